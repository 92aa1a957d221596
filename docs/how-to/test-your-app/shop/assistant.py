"""The guarded calls. Which model answers is said by whoever makes the assistant."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from guardrails_lib import Desk, Outcome, Reply, Request, Stream, guard

from .policy import ASSISTANT, REFUNDS
from .refund import Refund

__all__ = ["Model", "answering", "chatting", "refunding"]


class Model(Protocol):
    """What asks a model: in production a client of an SDK, in tests a fake."""

    def __call__(self, prompt: Request, /) -> Reply[Any]:
        """The whole answer."""
        ...

    def stream(self, prompt: Request, /) -> Iterator[str | Reply[Any]]:
        """The answer, chunk by chunk."""
        ...


def answering(model: Model) -> Callable[..., Outcome[str]]:
    """Answers a question from documents."""

    @guard(ASSISTANT)
    def answer(request: Request) -> Reply[Any]:
        return model(request)

    return answer


def chatting(model: Model) -> Callable[..., Stream[str]]:
    """Answers in a chat, as the words come."""

    @guard(ASSISTANT)
    def chat(request: Request) -> Iterator[str | Reply[Any]]:
        yield from model.stream(request)

    return chat


def refunding(model: Model, desk: Desk | None = None) -> Callable[..., Outcome[Refund]]:
    """Decides on a refund; what is over the limit goes to a person."""

    @guard(REFUNDS, returns=Refund, desk=desk)
    def decide(request: Request) -> Reply[Any]:
        return model(request)

    return decide
