"""The methods of a client that ask a model, each of them a guarded function."""

from __future__ import annotations

import functools
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any, TypedDict

from .. import (
    Accepted,
    AsyncStream,
    Desk,
    Label,
    Observer,
    Outcome,
    Policy,
    Reply,
    Request,
    Stream,
    ToDesk,
    guard,
)
from .._deadline import until
from .asked import Asked, AsyncShown, Shown
from .endpoints import Endpoint, Taken

__all__ = ["Terms", "Under"]


class Terms(TypedDict, total=False):
    """What a guarded client takes beside its policy."""

    outcomes: bool
    """Give the `Outcome` in place of the SDK's response; of a stream, a `Stream`."""
    cleared_for: Label | None
    """The highest label that the model may see."""
    observers: Iterable[Observer]
    """Who is told each event."""
    shadow: Policy | None
    """A policy to try: it is run on the same values and changes nothing."""
    desk: Desk | ToDesk | None
    """Where cases for a person go."""
    language: str | Callable[[Request], str]
    """What refusals are said in."""
    strict: bool
    """Block a request of which some part is looked at by nobody."""
    early: bool
    """Show a stream as soon as the output rules allow it."""


class Under:
    """What all methods of one client are guarded with."""

    def __init__(self, policy: Policy, terms: Terms, *, asynchronous: bool) -> None:
        rest: dict[str, Any] = {**terms}
        self.outcomes: bool = rest.pop("outcomes", False)
        self.asynchronous = asynchronous
        self._policy = policy
        self._terms = rest
        self._seconds = guard(policy, **rest).policy.budget.seconds

    def method(self, client: Any, endpoint: Endpoint, returns: Any = None) -> Callable[..., Any]:
        """The method of *client* that *endpoint* is about, guarded; a typed one *returns*."""
        make = _amethod if self.asynchronous else _method
        guarded = guard(self._policy, returns=returns, **self._terms)
        return make(guarded, endpoint, _Sends(client, endpoint), self._by, self.outcomes)

    def _by(self) -> float | None:
        """By when a call that begins now must have ended."""
        outer = until()
        if self._seconds is None:
            return outer
        by = time.monotonic() + self._seconds
        return by if outer is None else min(by, outer)


class _Sends:
    """The method of the client itself, and of one that does not try again."""

    def __init__(self, client: Any, endpoint: Endpoint) -> None:
        self.client = client
        self._endpoint = endpoint
        self._send = self._of(client)

    def __call__(self, asked: Asked, messages: list[Any]) -> Any:
        send = self._send if asked.by is None else self._hurried
        return send(**asked.arguments(messages))

    @functools.cached_property
    def _hurried(self) -> Callable[..., Any]:
        return self._of(self._endpoint.hurried(self.client))

    def _of(self, client: Any) -> Callable[..., Any]:
        found: Callable[..., Any] = functools.reduce(
            getattr, self._endpoint.name.split("."), client
        )
        return found


def _method(
    guarded: Any,
    endpoint: Endpoint,
    sends: _Sends,
    by: Callable[[], float | None],
    outcomes: bool,
) -> Callable[..., Any]:
    def whole(messages: list[Any], asked: Asked) -> Reply[Any]:
        answer = sends(asked, messages)
        reply = endpoint.reply(answer)
        if asked.is_answer(messages):
            asked.answer, asked.reply = answer, reply
        return reply

    def streamed(messages: list[Any], asked: Asked) -> Iterator[Reply[Any]]:
        showing = endpoint.showing(asked.taken) if asked.is_answer(messages) else None
        asked.showing = showing or asked.showing
        chunks, sent = endpoint.chunks(), sends(asked, messages)
        try:
            for chunk in sent:
                if showing is not None:
                    showing.saw(chunk)
                yield chunks(chunk)
        finally:
            _closed(sent)
        yield chunks.rest()

    ask, show = guarded(_named(whole, endpoint)), guarded(_named(streamed, endpoint))

    def method(*, vault: Any = None, **given: Any) -> Any:
        taken = endpoint.taken(given)
        asked = Asked(endpoint, sends.client, taken, by())
        also = _also(taken, vault)
        if taken.streamed:
            stream: Stream[Any] = show(asked.messages, asked, **also)
            return stream if outcomes else endpoint.stream(Shown(stream, asked), sends.client)
        outcome: Outcome[Any] = ask(asked.messages, asked, **also)
        return outcome if outcomes else _rebuilt(asked, outcome)

    return _named(method, endpoint)


def _amethod(
    guarded: Any,
    endpoint: Endpoint,
    sends: _Sends,
    by: Callable[[], float | None],
    outcomes: bool,
) -> Callable[..., Any]:
    async def whole(messages: list[Any], asked: Asked) -> Reply[Any]:
        answer = await sends(asked, messages)
        reply = endpoint.reply(answer)
        if asked.is_answer(messages):
            asked.answer, asked.reply = answer, reply
        return reply

    async def streamed(messages: list[Any], asked: Asked) -> AsyncIterator[Reply[Any]]:
        showing = endpoint.showing(asked.taken) if asked.is_answer(messages) else None
        asked.showing = showing or asked.showing
        chunks, sent = endpoint.chunks(), await sends(asked, messages)
        try:
            async for chunk in sent:
                if showing is not None:
                    showing.saw(chunk)
                yield chunks(chunk)
        finally:
            await _aclosed(sent)
        yield chunks.rest()

    ask, show = guarded(_named(whole, endpoint)), guarded(_named(streamed, endpoint))

    async def method(*, vault: Any = None, **given: Any) -> Any:
        taken = endpoint.taken(given)
        asked = Asked(endpoint, sends.client, taken, by())
        also = _also(taken, vault)
        if taken.streamed:
            stream: AsyncStream[Any] = show(asked.messages, asked, **also)
            if outcomes:
                return stream
            return endpoint.stream(await AsyncShown.of(stream, asked), sends.client)
        outcome: Outcome[Any] = await ask(asked.messages, asked, **also)
        return outcome if outcomes else _rebuilt(asked, outcome)

    return _named(method, endpoint)


def _named(fn: Callable[..., Any], endpoint: Endpoint) -> Callable[..., Any]:
    fn.__qualname__ = endpoint.name
    return fn


def _also(taken: Taken, vault: Any) -> dict[str, Any]:
    """What the guard is to know beside the messages."""
    also: dict[str, Any] = {"tools": taken.tools} if taken.tools else {}
    return also if vault is None else {**also, "vault": vault}


def _rebuilt(asked: Asked, outcome: Outcome[Any]) -> Any:
    """The SDK's response; `Refused`, if there is none to give."""
    if isinstance(outcome, Accepted):
        return asked.endpoint.rebuilt(asked.answer, asked.reply, outcome)
    return outcome.unwrap()


def _closed(sent: Any) -> None:
    if (close := getattr(sent, "close", None)) is not None:
        close()


async def _aclosed(sent: Any) -> None:
    """Read no more of an async stream: that of an SDK, or a generator."""
    await (sent.aclose if hasattr(sent, "aclose") else sent.close)()
