"""What every call should have: no personal data and no secrets out, no orders in.

It needs Presidio, for personal data: ``pip install "guardrails-lib[pii]"``.
"""

from guardrails_lib import Policy, block, drop, redact
from guardrails_lib.checks import injection, invisible, pii, reordered, secrets, split_injection

__all__ = ["BASE", "PERSONAL"]

PERSONAL = (
    *("CREDIT_CARD", "CRYPTO", "EMAIL_ADDRESS", "IBAN_CODE", "IP_ADDRESS", "MAC_ADDRESS"),
    *("MEDICAL_LICENSE", "PHONE_NUMBER", "UK_NHS", "US_BANK_NUMBER", "US_DRIVER_LICENSE"),
    *("US_ITIN", "US_PASSPORT", "US_SSN"),
)
"""What tells of a person. Addresses of pages, dates and UUIDs do not by themselves."""

BASE = Policy(
    name="base",
    input=(
        redact(pii(entities=PERSONAL, threshold=0.4), restore=True),
        redact(secrets()),
        block(injection(where="prompt")),
        block(split_injection(where="prompt")),
        redact(invisible()),
        redact(reordered()),
    ),
    sources=(
        redact(pii(entities=PERSONAL, threshold=0.4), restore=True),
        redact(secrets()),
        drop(injection(where="document")),
        redact(invisible()),
        redact(reordered()),
    ),
    output=(redact(secrets()),),
)
