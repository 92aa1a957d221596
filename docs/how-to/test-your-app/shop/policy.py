"""What may go to the model, and what may come back."""

import re
from collections.abc import Iterator

from guardrails_lib import (
    Budget,
    Finding,
    Known,
    Policy,
    Span,
    abstain,
    block,
    check,
    drop,
    escalate,
    redact,
)
from guardrails_lib.checks import injection, secrets, unfinished, unlisted_source

from .refund import Refund

__all__ = ["ASSISTANT", "REFUNDS", "customer_number", "over_limit"]

_NUMBER = re.compile(r"(?<![0-9A-Za-z])C-[0-9]{4}-[0-9]{4}(?![0-9A-Za-z])")


def _numbers() -> Known[str]:
    return Known(
        bad=["I am C-2041-7713.", "customer: C-0000-0001"],
        good=["Do you have USB-C-2041 cables?", "It was 20-41-7713."],
    )


@check(width=13, known=_numbers)
def customer_number(text: str) -> Iterator[Finding]:
    """The number of a customer: it opens the whole account."""
    for found in _NUMBER.finditer(text):
        yield Finding("a customer's number", Span(*found.span()), kind="CUSTOMER")


def _refunds(limit: float) -> Known[Refund]:
    return Known(bad=[Refund("A-1", limit + 0.01)], good=[Refund("A-1", limit)])


@check(known=_refunds)
def over_limit(refund: Refund, *, limit: float) -> Iterator[Finding]:
    """A refund larger than a clerk may grant."""
    if refund.amount > limit:
        yield Finding(f"more than {limit:.2f}")


ASSISTANT = Policy(
    name="assistant",
    input=(redact(customer_number(), restore=True), block(secrets()), block(injection())),
    sources=(
        drop(unlisted_source(allow=("kb://help/**",))),
        drop(injection(where="document")),
        redact(customer_number(), restore=True),
    ),
    output=(redact(secrets()),),
    validators=(abstain(unfinished()),),
    budget=Budget(seconds=20.0, attempts=2),
)

REFUNDS = ASSISTANT + Policy(
    name="refunds",
    validators=(escalate(over_limit(limit=100.0)),),
)
