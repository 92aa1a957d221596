"""The methods of a client that ask a model, each of them a guarded function."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any, TypeAlias

from .. import (
    Policy,
    PolicyError,
    Reply,
    Vault,
    guard,
)
from .._answers import closed
from .._deadline import deadline, until
from .._ledger import Charge
from .._terms import Terms
from .asked import Asked, AsyncShown, Shown
from .endpoints import Endpoint, Taken

__all__ = ["ClientTerms", "Terms", "Under"]


class ClientTerms(Terms, total=False):
    """What a guarded client takes beside its policy."""

    outcomes: bool
    """Give the `Outcome` in place of the SDK's response; of a stream, a `Stream`."""


class Under:
    """What all methods of one client are guarded with."""

    def __init__(self, policy: Policy, terms: Mapping[str, Any], *, asynchronous: bool) -> None:
        rest: dict[str, Any] = {**terms}
        self.outcomes: bool = rest.pop("outcomes", False)
        self.asynchronous = asynchronous
        self._policy = policy
        self._charge = rest.get("ledger")
        self._terms = rest
        fits = guard(policy, returns=object, **self._terms_for(None))
        rules = policy.rules + (terms.get("shadow") or policy).rules
        for rule in rules if not asynchronous else ():
            if rule.check.is_async:
                raise PolicyError(
                    f"the client is not async, but {rule.check!r} is: guard one that is, or use a "
                    "check that is not"
                )
        fits(_anext if asynchronous else _next)  # refuse now what else can never work
        self._seconds = policy.budget.seconds

    def method(self, client: Any, endpoint: Endpoint, returns: Any = None) -> Callable[..., Any]:
        """The method of *client* that *endpoint* is about, guarded; a typed one *returns*."""
        sends = _Sends(client, endpoint)
        make = _amethod if self.asynchronous else _method

        def guarded(asking: _Asking) -> Callable[..., Any]:
            terms = self._terms_for(asking)
            fn = _named(asking({}), endpoint)
            return guard(self._policy, returns=returns, **terms)(fn)

        return _named(make(guarded, endpoint, sends, self._timed, self.outcomes), endpoint)

    def _terms_for(self, asking: _Asking | None) -> dict[str, Any]:
        """The terms of one function: near a limit it is called with other options."""
        charge = self._charge
        if not (isinstance(charge, Charge) and isinstance(charge.degrade, Mapping)):
            return self._terms
        cheaper = None if asking is None else asking(charge.degrade)
        return {**self._terms, "ledger": replace(charge, degrade=cheaper)}

    def _timed(self) -> AbstractContextManager[float | None]:
        """Within it the call is made; what it gives is by when that must have ended.

        The guard reckons from it too, or an SDK would give up a little before the guard does.
        """
        return nullcontext(until()) if self._seconds is None else deadline(self._seconds)


def _next(messages: list[Any]) -> None:
    """A function that is never called."""


async def _anext(messages: list[Any]) -> None:
    """A function that is never called."""


_Asking: TypeAlias = Callable[[Mapping[str, object]], Callable[..., Any]]
"""Gives what asks the model, with other options in place of some that were given."""


class _Sends:
    """The method of the client itself, and of one that does not try again."""

    def __init__(self, client: Any, endpoint: Endpoint) -> None:
        self.client = client
        self._endpoint = endpoint
        self._send = self._of(client)

    def __call__(self, asked: Asked, messages: list[Any], instead: Mapping[str, object]) -> Any:
        send = self._send if asked.by is None else self._hurried
        return send(**asked.arguments(messages, instead))

    @functools.cached_property
    def _hurried(self) -> Callable[..., Any]:
        return self._of(self._endpoint.hurried(self.client))

    def _of(self, client: Any) -> Callable[..., Any]:
        found: Callable[..., Any] = client
        for name in self._endpoint.name.split("."):
            found = getattr(found, name)
        return found


def _method(
    guarded: Callable[[_Asking], Callable[..., Any]],
    endpoint: Endpoint,
    sends: _Sends,
    timed: Callable[[], AbstractContextManager[float | None]],
    outcomes: bool,
) -> Callable[..., Any]:
    def asking(instead: Mapping[str, object]) -> Callable[..., Any]:
        def whole(messages: list[Any], asked: Asked) -> Reply[Any]:
            answer = sends(asked, messages, instead)
            return asked.read(messages, answer)

        return whole

    def streaming(instead: Mapping[str, object]) -> Callable[..., Any]:
        def streamed(messages: list[Any], asked: Asked) -> Iterator[str | Reply[Any]]:
            saw, chunks = asked.seeing(messages), endpoint.chunks()
            sent = sends(asked, messages, instead)
            try:
                for chunk in sent:
                    saw(chunk)
                    yield _piece(chunks(chunk))
            finally:
                _closed(sent)
            yield chunks.rest()

        return streamed

    ask = functools.cache(lambda: guarded(asking))  # a typed validator fits no text: said then
    show = functools.cache(lambda: guarded(streaming))

    def method(*, vault: Vault | None = None, **given: Any) -> Any:
        taken = endpoint.taken(given)
        also = _also(taken, vault)
        with timed() as by:
            asked = Asked(endpoint, sends.client, taken, by)
            answer: Any = (show if taken.streamed else ask)()(asked.messages, asked, **also)
        if outcomes:
            return answer
        if taken.streamed:
            return endpoint.stream(Shown(answer, asked), sends.client)
        return asked.rebuilt(answer)

    return method


def _amethod(
    guarded: Callable[[_Asking], Callable[..., Any]],
    endpoint: Endpoint,
    sends: _Sends,
    timed: Callable[[], AbstractContextManager[float | None]],
    outcomes: bool,
) -> Callable[..., Any]:
    def asking(instead: Mapping[str, object]) -> Callable[..., Any]:
        async def whole(messages: list[Any], asked: Asked) -> Reply[Any]:
            answer = await sends(asked, messages, instead)
            return asked.read(messages, answer)

        return whole

    def streaming(instead: Mapping[str, object]) -> Callable[..., Any]:
        async def streamed(messages: list[Any], asked: Asked) -> AsyncIterator[str | Reply[Any]]:
            saw, chunks = asked.seeing(messages), endpoint.chunks()
            sent = await sends(asked, messages, instead)
            try:
                async for chunk in sent:
                    saw(chunk)
                    yield _piece(chunks(chunk))
            finally:
                await closed(sent)
            yield chunks.rest()

        return streamed

    ask = functools.cache(lambda: guarded(asking))  # as above
    show = functools.cache(lambda: guarded(streaming))

    async def method(*, vault: Vault | None = None, **given: Any) -> Any:
        taken = endpoint.taken(given)
        also = _also(taken, vault)
        with timed() as by:
            asked = Asked(endpoint, sends.client, taken, by)
            answer: Any = (show if taken.streamed else ask)()(asked.messages, asked, **also)
            if not taken.streamed:
                answer = await answer
        if outcomes:
            return answer
        if taken.streamed:
            return endpoint.stream(await AsyncShown.of(answer, asked), sends.client)
        return asked.rebuilt(answer)

    return method


def _named(fn: Callable[..., Any], endpoint: Endpoint) -> Callable[..., Any]:
    fn.__qualname__ = endpoint.name
    return fn


def _also(taken: Taken, vault: Vault | None) -> dict[str, Any]:
    """What the guard is to know beside the messages."""
    also: dict[str, Any] = {"tools": taken.tools} if taken.tools else {}
    return also if vault is None else {**also, "vault": vault}


def _piece(reply: Reply[Any]) -> str | Reply[Any]:
    """What the guard is given of a chunk: text alone, as a rule, with which it is quickest."""
    usage = reply.usage
    return reply if usage.tokens or usage.dollars else reply.text


def _closed(sent: Any) -> None:
    if (close := getattr(sent, "close", None)) is not None:
        close()
