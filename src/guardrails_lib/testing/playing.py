"""A guarded call as a test sees it: what was asked, what the model was sent, how it ended."""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from .._events import Event
from .._guard import Guard
from .._guarded import Shape, guarded_as
from .._outcome import Outcome
from .._types import Reply, Request
from .._values import code, pretty
from .._vault import Vault

__all__ = ["Model", "Played", "asked_of", "play", "play_all", "strings_in"]

T = TypeVar("T")


class Model(Protocol):
    """A fake, asked in any of four ways; it keeps what it was sent."""

    sent: list[Any]

    def __call__(self, prompt: Request, /) -> Reply[Any]:
        """The whole answer."""
        ...

    async def acall(self, prompt: Request, /) -> Reply[Any]:
        """The whole answer, awaited."""
        ...

    def stream(self, prompt: Request, /) -> Iterator[str | Reply[Any]]:
        """The answer, chunk by chunk."""
        ...

    def astream(self, prompt: Request, /) -> AsyncIterator[str | Reply[Any]]:
        """The answer, chunk by chunk, for ``async for``."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Played(Generic[T]):
    """One guarded call, played to its end."""

    request: Request
    """What was asked."""
    shape: Shape
    sent: tuple[Any, ...] = ()
    """What the model was sent, each time that it was asked."""
    shown: str = ""
    """What a stream showed, or the text of an accepted answer."""
    outcome: Outcome[T] | None = None
    """How it ended; None where an error was raised."""
    error: Exception | None = None
    events: tuple[Event, ...] = field(default=(), repr=False)
    """What observers were told."""

    __repr__ = code
    _repr_pretty_ = pretty


def play(
    guard: Guard[T],
    model: Model,
    request: Request | str,
    *,
    shape: Shape = Shape.CALL,
    vault: Vault | None = None,
) -> Played[T]:
    """Ask *model* with *guard* around it.

    >>> from guardrails_lib import Guard, Policy, redact
    >>> from guardrails_lib.checks import matching
    >>> from guardrails_lib.testing import ScriptedModel
    >>> guarded = Guard(Policy(input=(redact(matching(r"[0-9]{4}")),)))
    >>> played = play(guarded, ScriptedModel("Thanks."), "My pin is 1234.")
    >>> played.sent[0].text, played.shown
    ('My pin is ████.', 'Thanks.')
    """
    events: list[Event] = []
    watched = replace(guard, observers=(*guard.observers, events.append))
    return _played(asked_of(watched, model, shape), model, request, vault, events)


def play_all(
    call: Callable[..., Any],
    model: Model,
    request: Request | str,
    *,
    vault: Vault | None = None,
) -> Played[Any]:
    """Call a guarded function that asks *model* itself."""
    return _played(call, model, request, vault, [])


def asked_of(guard: Guard[T], model: Model, shape: Shape) -> Callable[..., Any]:
    """A guarded function of *shape* that asks *model*."""

    def call(request: Request) -> Any:
        return model(request)

    async def acall(request: Request) -> Any:
        return await model.acall(request)

    def stream(request: Request) -> Iterator[Any]:
        yield from model.stream(request)

    async def astream(request: Request) -> AsyncIterator[Any]:
        async for piece in model.astream(request):
            yield piece

    shapes: dict[Shape, Callable[..., Any]] = {
        Shape.CALL: call,
        Shape.ACALL: acall,
        Shape.STREAM: stream,
        Shape.ASTREAM: astream,
    }
    return guard(shapes[shape])


def strings_in(value: object) -> Iterator[str]:
    """Every text in *value*, however deep; what a `Request` has as ``meta`` is not sent."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from strings_in(key)
            yield from strings_in(held)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if each.name != "meta":
                yield from strings_in(getattr(value, each.name))
    elif isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes):
        for held in value:
            yield from strings_in(held)


def _played(
    call: Callable[..., Any],
    model: Model,
    request: Request | str,
    vault: Vault | None,
    events: list[Event],
) -> Played[Any]:
    shape = guarded_as(call).shape
    before = len(model.sent)
    given = {} if vault is None else {"vault": vault}
    shown: list[str] = []
    outcome: Any = None
    error: Exception | None = None
    try:
        if shape is Shape.CALL:
            outcome = call(request, **given)
        elif shape is Shape.ACALL:
            outcome = _awaited(call(request, **given))
        elif shape is Shape.STREAM:
            streamed = call(request, **given)
            for text in streamed:
                shown.append(text)  # noqa: PERF402  # what was shown before an error counts
            outcome = streamed.outcome
        else:
            outcome = _awaited(_heard(call, request, given, shown))
    except Exception as problem:
        error = problem
    if shape in {Shape.CALL, Shape.ACALL} and isinstance(getattr(outcome, "value", None), str):
        shown.append(outcome.value)
    sent = tuple(model.sent[before:])
    what = Request(request) if isinstance(request, str) else request
    return Played(what, shape, sent, "".join(shown), outcome, error, tuple(events))


async def _heard(
    call: Callable[..., Any], request: Request | str, given: dict[str, Any], shown: list[str]
) -> Any:
    streamed = call(request, **given)
    async for text in streamed:
        shown.append(text)  # noqa: PERF401  # as above
    return streamed.outcome


def _awaited(coroutine: Coroutine[Any, Any, T]) -> T:
    """What *coroutine* gives, in a thread of its own where an event loop runs in this one."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
