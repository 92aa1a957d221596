"""Answers that are used again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias, TypeVar

from .._errors import PolicyError
from .._guarded import Shape, guarded_as
from .._kept import Kept, Wanted
from .flights import Flights, Seat, Task, key_in
from .keys import key_of, name_of, partition_of
from .near import Near, Neighbours, Vectors, question_in, taken_over
from .shelf import Shelf
from .stores import AsyncStore, Store

__all__ = ["Answers", "cached"]

F = TypeVar("F", bound=Callable[..., Any])


def cached(
    ask: F,
    store: Store | AsyncStore,
    ttl: float = 3600.0,
    *,
    model: str,
    near: Near | None = None,
) -> F:
    """*ask*, a guarded function, that gives an answer again which it gave before.

    An answer is used again for *ttl* seconds where everything is the same: the policy, the
    labels, the clearance, the *model*, what the function is and all that the model would see,
    redacted. *model* names it, and what else answers hang on that is not in the call, such as
    the version of a prompt. The rules look at the answer again, each time. Only what was
    accepted is kept, and nothing is put back into it. Equal calls at one time ask once.

    With *near*, answers to near questions are used, too: the outcome has a finding ``near``.

    >>> from guardrails_lib import Policy, guard
    >>> from guardrails_lib.flows import MemoryStore
    >>> @guard(Policy())
    ... def ask(prompt: str) -> str:
    ...     print("asked")
    ...     return "42"
    >>> asking = cached(ask, MemoryStore(), model="gpt-5-mini")
    >>> asking("6 * 7?").unwrap(), asking("6 * 7?").unwrap()
    asked
    ('42', '42')
    """
    guarded = guarded_as(ask)
    if guarded.guard is None or guarded.fn is None:
        raise PolicyError("a flow is not cached: put cached() around the functions in it")
    if guarded.guard.cache is not None:
        raise PolicyError("it is cached already")
    if guarded.shape in {Shape.CALL, Shape.STREAM}:
        if not isinstance(store, Store):
            raise PolicyError(f"a {type(store).__name__} is for async functions alone")
        if near is not None and near.is_async:
            raise PolicyError("embed= is async, and the function is not")
    answers = Answers(store, ttl, model=model, near=near, of=name_of(guarded.fn))
    wrapped: F = replace(guarded.guard, cache=answers)(guarded.fn)
    return wrapped


class _Question(NamedTuple):
    """A text of which the vector is wanted."""

    text: str


_Step: TypeAlias = str | Seat[Kept] | _Question
"""What is to be done before it goes on: a key is to be read, a seat waited in."""


class Answers:
    """The cache of one guarded function."""

    def __init__(
        self,
        store: Store | AsyncStore,
        ttl: float,
        *,
        model: str,
        near: Near | None = None,
        of: str = "",
        patience: float = 60.0,
    ) -> None:
        """*of* stands for the function. After *patience* seconds one more asks the same."""
        if not (isinstance(model, str) and model):
            raise PolicyError("model= takes the name of the model that answers")
        self._shelf = Shelf(store, ttl)
        self._names = (model, of)
        self._flights: Flights[Kept] = Flights(patience=patience)
        self._neighbours = Neighbours(near) if near is not None else None

    def recall(self, wanted: Wanted, /) -> Kept | str:
        """The answer; or, if there is none, the ticket with which the caller now fetches it."""
        landed = self._flights.landed
        key = key_of(wanted, *self._names)
        found = self._shelf.get(key)
        if found is not None:
            return found
        missing = self._missing(wanted, key, landed)
        given: object = None
        try:
            while True:
                given = self._done(missing.send(given))
        except StopIteration as end:
            found_or_ticket: Kept | str = end.value
            return found_or_ticket
        finally:
            missing.close()

    async def arecall(self, wanted: Wanted, /) -> Kept | str:
        """`recall`, awaited."""
        landed = self._flights.landed
        key = key_of(wanted, *self._names)
        found = await self._shelf.aget(key)
        if found is not None:
            return found
        missing = self._missing(wanted, key, landed, asyncio.current_task())
        given: object = None
        try:
            while True:
                given = await self._adone(missing.send(given))
        except StopIteration as end:
            found_or_ticket: Kept | str = end.value
            return found_or_ticket
        finally:
            missing.close()

    def keep(self, ticket: str, kept: Kept, /) -> None:
        """Keep the answer, and give it to all who wait for it."""
        try:
            self._shelf.put(key_in(ticket), kept)
        finally:
            self._land(ticket, kept)

    async def akeep(self, ticket: str, kept: Kept, /) -> None:
        """`keep`, awaited."""
        try:
            await self._shelf.aput(key_in(ticket), kept)
        finally:
            self._land(ticket, kept)

    def release(self, ticket: str, /) -> None:
        """There is no answer to keep: the next who waits fetches it."""
        if self._neighbours is not None:
            self._neighbours.forget(ticket)
        self._flights.release(ticket)

    def _land(self, ticket: str, kept: Kept) -> None:
        if self._neighbours is not None:
            self._neighbours.add(ticket, key_in(ticket))
        self._flights.land(ticket, kept)

    def _missing(
        self, wanted: Wanted, key: str, landed: int, task: Task | None = None
    ) -> Generator[_Step, Any, Kept | str]:
        """What is done where nothing is kept under *key*; it does no work of others itself."""
        seat = self._flights.join(key, task, by=wanted.request.deadline)
        given: Kept | str = seat if isinstance(seat, str) else (yield seat)
        if not isinstance(given, str):
            return given
        ticket = given
        try:
            found: Kept | None = None
            if self._flights.landed != landed:  # maybe this one, between the look and the flight
                found = yield key
            if found is None and self._neighbours is not None:
                found = yield from self._nearest(wanted, ticket, self._neighbours)
        except BaseException:
            self.release(ticket)
            raise
        if found is None:
            return ticket
        self._flights.land(ticket, found)
        return found

    def _nearest(
        self, wanted: Wanted, ticket: str, neighbours: Neighbours
    ) -> Generator[_Step, Any, Kept | None]:
        question = question_in(wanted)
        if question is None:
            return None
        vectors: Vectors | None = yield _Question(question)
        if vectors is None:
            return None
        place = neighbours.place(partition_of(wanted, *self._names), question, vectors)
        if place is None:
            return None
        for cosine, key in neighbours.around(place):
            found: Kept | None = yield key
            if found is not None:
                return taken_over(found, cosine)
            neighbours.remove(key)
        neighbours.remember(ticket, place)
        return None

    def _done(self, step: _Step) -> object:
        if isinstance(step, str):
            return self._shelf.get(step)
        if isinstance(step, Seat):
            return self._flights.wait(step)
        assert self._neighbours is not None
        return self._neighbours.embedded(step.text)

    async def _adone(self, step: _Step) -> object:
        if isinstance(step, str):
            return await self._shelf.aget(step)
        if isinstance(step, Seat):
            return await self._flights.await_(step)
        assert self._neighbours is not None
        return await self._neighbours.aembedded(step.text)
