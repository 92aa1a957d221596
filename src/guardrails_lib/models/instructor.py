"""instructor, guarded: each call ends in an outcome, and asking again is the policy's to do.

Each time that the model is asked, instructor makes one attempt: it shapes the request, and
reads and validates the reply. The rules, the attempts, the budget and the record are the
guard's.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, Unpack, overload

from .. import AsyncStream, Outcome, Policy, Reply, Stream, Vault
from .asking import (
    Asking,
    AsyncInstructor,
    Hooks,
    Instructor,
    Pieces,
    Terms,
    attempts_of,
    closed,
    once,
)

if TYPE_CHECKING:
    from typing_extensions import TypeForm

__all__ = ["AsyncGuardedInstructor", "GuardedInstructor", "Terms", "guarded"]

T = TypeVar("T")
Chat: TypeAlias = Sequence[Any]
Options: TypeAlias = Mapping[str, Any]

_KEPT = 256
"""For how many types a client keeps what it has prepared."""


# an async client is a client too, and gives another result
@overload
def guarded(  # type: ignore[overload-overlap]  # see above
    client: AsyncInstructor, policy: Policy, **terms: Unpack[Terms]
) -> AsyncGuardedInstructor: ...
@overload
def guarded(client: Instructor, policy: Policy, **terms: Unpack[Terms]) -> GuardedInstructor: ...
@overload
def guarded(  # pyright: ignore[reportOverlappingOverload]  # so is a coroutine function
    client: Callable[..., Awaitable[Any]], policy: Policy, **terms: Unpack[Terms]
) -> AsyncGuardedInstructor: ...
@overload
def guarded(
    client: Callable[..., Any], policy: Policy, **terms: Unpack[Terms]
) -> GuardedInstructor: ...
def guarded(
    client: Any, policy: Policy, **terms: Unpack[Terms]
) -> GuardedInstructor | AsyncGuardedInstructor:
    """An instructor client, or the ``create`` that instructor patched, under *policy*.

    What is given stays as it is.
    """
    if not isinstance(client, Instructor) and not callable(client):
        raise TypeError(f"guarded() takes an instructor client, not {type(client).__name__}")
    if isinstance(client, AsyncInstructor) or inspect.iscoroutinefunction(client):
        return AsyncGuardedInstructor(Asking(client, policy, terms))
    return GuardedInstructor(Asking(client, policy, terms))


class GuardedInstructor:
    """An instructor client that gives outcomes."""

    def __init__(self, asking: Asking) -> None:
        asking.can_work(self.create)
        self._asking = asking
        self._whole: Callable[..., Any] = functools.lru_cache(_KEPT)(self._prepare)
        self._streamed: Callable[..., Any] = functools.lru_cache(_KEPT)(self._prepare_stream)

    @property
    def chat(self) -> GuardedInstructor:
        """The same: ``client.chat.completions.create`` is ``client.create``."""
        return self

    completions = chat

    def create(
        self,
        response_model: TypeForm[T],
        messages: Chat,
        *,
        max_retries: int | None = None,
        strict: bool = True,
        hooks: Hooks | None = None,
        vault: Vault | None = None,
        **options: Any,
    ) -> Outcome[T]:
        """Ask for a *response_model*.

        *max_retries* is how often to ask again, within the attempts of the policy's budget.
        *strict* is pydantic's. *vault* is that of the conversation. *options* go to the
        model as they are.
        """
        ask = self._whole(response_model, strict, attempts_of(max_retries, options))
        outcome: Outcome[T] = ask(messages, vault=vault, hooks=hooks, options=options)
        return outcome

    def create_partial(
        self,
        response_model: TypeForm[T],
        messages: Chat,
        *,
        max_retries: int | None = None,
        hooks: Hooks | None = None,
        vault: Vault | None = None,
        **options: Any,
    ) -> Stream[T]:
        """Ask for a *response_model* that is shown as it grows: `Stream.partials`."""
        ask = self._streamed(response_model, False, attempts_of(max_retries, options))
        stream: Stream[T] = ask(messages, vault=vault, hooks=hooks, options=options)
        return stream

    def create_iterable(
        self,
        response_model: TypeForm[T],
        messages: Chat,
        *,
        max_retries: int | None = None,
        hooks: Hooks | None = None,
        vault: Vault | None = None,
        **options: Any,
    ) -> Stream[list[T]]:
        """Ask for a list of *response_model* that is shown as it grows."""
        ask = self._streamed(response_model, True, attempts_of(max_retries, options))
        stream: Stream[list[T]] = ask(messages, vault=vault, hooks=hooks, options=options)
        return stream

    def _prepare(self, response_model: Any, strict: bool, attempts: int | None) -> Any:
        asking, form = self._asking, self._asking.form(response_model, strict)

        def create(messages: Chat, hooks: Hooks | None, options: Options) -> Reply[Any]:
            seen: list[Any] = []
            request = once(form, strict, hooks, seen)
            try:
                made = asking.create(messages=messages, **request, **options)
                return asking.answered(form, made, seen)
            except Exception as problem:
                failure = problem
            return asking.unread(form, failure, seen)

        return asking.guard(create, form.returns, attempts)

    def _prepare_stream(self, response_model: Any, many: bool, attempts: int | None) -> Any:
        asking, one = self._asking, self._asking.growing(response_model)
        returns: Any = list[one] if many else one  # type: ignore[valid-type]  # it is given

        def create(
            messages: Chat, hooks: Hooks | None, options: Options
        ) -> Iterator[str | Reply[Any]]:
            pieces = Pieces(asking, many=many)
            chunks = asking.create(**asking.streamed(returns, messages, hooks, options))
            try:
                for chunk in chunks:
                    yield pieces(chunk)
            finally:
                chunks.close()
            yield pieces.rest()

        return asking.guard(create, returns, attempts)


class AsyncGuardedInstructor:
    """An async instructor client that gives outcomes."""

    def __init__(self, asking: Asking) -> None:
        asking.can_work(self.create)
        self._asking = asking
        self._whole: Callable[..., Any] = functools.lru_cache(_KEPT)(self._prepare)
        self._streamed: Callable[..., Any] = functools.lru_cache(_KEPT)(self._prepare_stream)

    @property
    def chat(self) -> AsyncGuardedInstructor:
        """The same: ``client.chat.completions.create`` is ``client.create``."""
        return self

    completions = chat

    async def create(
        self,
        response_model: TypeForm[T],
        messages: Chat,
        *,
        max_retries: int | None = None,
        strict: bool = True,
        hooks: Hooks | None = None,
        vault: Vault | None = None,
        **options: Any,
    ) -> Outcome[T]:
        """`GuardedInstructor.create`, awaited."""
        ask = self._whole(response_model, strict, attempts_of(max_retries, options))
        outcome: Outcome[T] = await ask(messages, vault=vault, hooks=hooks, options=options)
        return outcome

    def create_partial(
        self,
        response_model: TypeForm[T],
        messages: Chat,
        *,
        max_retries: int | None = None,
        hooks: Hooks | None = None,
        vault: Vault | None = None,
        **options: Any,
    ) -> AsyncStream[T]:
        """`GuardedInstructor.create_partial`, for ``async for``."""
        ask = self._streamed(response_model, False, attempts_of(max_retries, options))
        stream: AsyncStream[T] = ask(messages, vault=vault, hooks=hooks, options=options)
        return stream

    def create_iterable(
        self,
        response_model: TypeForm[T],
        messages: Chat,
        *,
        max_retries: int | None = None,
        hooks: Hooks | None = None,
        vault: Vault | None = None,
        **options: Any,
    ) -> AsyncStream[list[T]]:
        """`GuardedInstructor.create_iterable`, for ``async for``."""
        ask = self._streamed(response_model, True, attempts_of(max_retries, options))
        stream: AsyncStream[list[T]] = ask(messages, vault=vault, hooks=hooks, options=options)
        return stream

    def _prepare(self, response_model: Any, strict: bool, attempts: int | None) -> Any:
        asking, form = self._asking, self._asking.form(response_model, strict)

        async def create(messages: Chat, hooks: Hooks | None, options: Options) -> Reply[Any]:
            seen: list[Any] = []
            request = once(form, strict, hooks, seen)
            try:
                made = await asking.create(messages=messages, **request, **options)
                return asking.answered(form, made, seen)
            except Exception as problem:
                failure = problem
            return asking.unread(form, failure, seen)

        return asking.guard(create, form.returns, attempts)

    def _prepare_stream(self, response_model: Any, many: bool, attempts: int | None) -> Any:
        asking, one = self._asking, self._asking.growing(response_model)
        returns: Any = list[one] if many else one  # type: ignore[valid-type]  # it is given

        async def create(
            messages: Chat, hooks: Hooks | None, options: Options
        ) -> AsyncIterator[str | Reply[Any]]:
            pieces = Pieces(asking, many=many)
            chunks = await asking.create(**asking.streamed(returns, messages, hooks, options))
            try:
                async for chunk in chunks:
                    yield pieces(chunk)
            finally:
                await closed(chunks)
            yield pieces.rest()

        return asking.guard(create, returns, attempts)
