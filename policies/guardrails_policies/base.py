"""What every call should have: no personal data and no secrets out, no orders in."""

from guardrails_lib import Policy, block, drop, redact
from guardrails_lib.checks import injection, invisible, pii, reordered, secrets, split_injection

__all__ = ["BASE"]

BASE = Policy(
    name="base",
    input=(
        redact(pii(threshold=0.4), restore=True),
        redact(secrets()),
        block(injection(where="prompt")),
        block(split_injection(where="prompt")),
        redact(invisible()),
        redact(reordered()),
    ),
    sources=(
        redact(pii(threshold=0.4), restore=True),
        redact(secrets()),
        drop(injection(where="document")),
        redact(invisible()),
        redact(reordered()),
    ),
    output=(redact(secrets()),),
)
