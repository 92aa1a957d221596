"""The bot: what it may answer, and the one function that asks the model."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel

from guardrails_lib import (
    Budget,
    Finding,
    Outcome,
    Policy,
    Reply,
    Source,
    abstain,
    block,
    check,
    drop,
    escalate,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import injection, longer_than, pii, secrets
from guardrails_lib.desk import MemoryDesk

__all__ = ["GUARD", "SUPPORT", "Refund", "over_limit", "prompt", "support_bot", "unknown_order"]


class Refund(BaseModel):
    """What the bot decides, and the sentence that the customer reads."""

    order: int
    amount: float
    reply: str


@check
def over_limit(refund: Refund, *, limit: float) -> Iterator[Finding]:
    """A refund larger than a clerk may grant."""
    if refund.amount > limit:
        yield Finding(f"{refund.amount:.2f} is over {limit:.2f}")


@check
def unknown_order(reply: Reply[Refund]) -> Iterator[Finding]:
    """A refund for an order that none of the sources is about."""
    if reply.value is not None and reply.request is not None:
        wanted = f"kb://orders/{reply.value.order}"
        if all(source.uri != wanted for source in reply.request.sources):
            yield Finding(f"no source is about order {reply.value.order}")


SUPPORT = Policy(
    name="support",
    input=(
        redact(pii(threshold=0.4), restore=True),
        block(injection(where="prompt"), say="I can help with orders only."),
    ),
    sources=(drop(injection(where="document")),),
    output=(redact(pii(threshold=0.4)), redact(secrets())),
    validators=(
        retry(longer_than(limit=120)),
        abstain(unknown_order(), say="I don't know. Let me find someone who does."),
        escalate(over_limit(limit=100.0), say="A colleague decides this, and writes to you today."),
    ),
    budget=Budget(attempts=2),
)

GUARD = guard(SUPPORT, returns=Refund, desk=MemoryDesk())

Model: TypeAlias = Callable[[str], Reply[Any]]


def prompt(question: str, sources: Sequence[Source]) -> str:
    """The question, and below it the sources that the answer may rest on."""
    return "\n".join([question, *(f"[{source.uri}] {source.text}" for source in sources)])


def support_bot(model: Model) -> Callable[..., Outcome[Refund]]:
    """The bot on *model*, guarded by `SUPPORT`."""

    @GUARD
    def decide(question: str, *, sources: Sequence[Source] = ()) -> Reply[Any]:
        return model(prompt(question, sources))

    return decide
