"""hypothesis' `given`, around a guarded call."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from typing import Any, TypeAlias, TypeVar, cast

from .._guard import Guard
from .._guarded import Guarded, Shape, guarded_as
from .._policy import Policy
from .._types import Request
from .._vault import Vault
from .fakes import EchoModel
from .hypotheses import InvalidArgument, given, st
from .laws.subjects import shapes_of
from .playing import Model, Played, play, play_all
from .strategies.conversations import conversations
from .warming import warm

__all__ = ["Models", "Requests", "given_call", "played"]

Test = TypeVar("Test", bound=Callable[..., Any])
Requests: TypeAlias = st.SearchStrategy[Request] | st.SearchStrategy[str]
Models: TypeAlias = Callable[[], Model] | st.SearchStrategy[Any] | Model
"""What makes a fake model, or a strategy of them; for a guarded function, the one it asks."""


def given_call(
    guarded: Policy | Guard[Any] | Callable[..., Any],
    *,
    requests: Requests | None = None,
    model: Models = EchoModel,
    shapes: Collection[Shape] | None = None,
    vault: Callable[[], Vault] | None = None,
) -> Callable[[Test], Test]:
    """Give a test many guarded calls, one after the other, as its parameter *call*.

    Each is `played` to its end. The other parameters of the test are fixtures as ever, and
    ``@settings(...)`` says how many calls there are.

    >>> from guardrails_lib import redact
    >>> from guardrails_lib.checks import matching
    >>> from hypothesis import settings
    >>> @settings(max_examples=10)
    ... @given_call(Policy(input=(redact(matching("[0-9]{4}")),)), requests=st.just("It is 1234."))
    ... def test_no_number_leaves(call: Played[str]) -> None:
    ...     assert "1234" not in call.shown
    >>> test_no_number_leaves()
    """
    calls = played(guarded, requests=requests, model=model, shapes=shapes, vault=vault)

    def around(test: Test) -> Test:
        if "call" not in inspect.signature(test).parameters:
            name = getattr(test, "__qualname__", repr(test))
            raise InvalidArgument(f"{name} has no parameter `call`, which is what it is given")
        return cast("Test", given(call=calls)(test))  # it takes the rest of what the test takes

    return around


def played(
    guarded: Policy | Guard[Any] | Callable[..., Any],
    *,
    requests: Requests | None = None,
    model: Models = EchoModel,
    shapes: Collection[Shape] | None = None,
    vault: Callable[[], Vault] | None = None,
) -> st.SearchStrategy[Played[Any]]:
    """Guarded calls, each played to its end with one of *requests*, in any of *shapes*.

    Around a policy or a guard, a fake is put for each call that *model* makes, or that is drawn
    from it if it is a strategy. A guarded function is called as it is: *model* is then the fake
    that it asks. *vault* makes the `Vault` of each call; without it, the call has its own.
    """
    asked = conversations() if requests is None else requests
    if not isinstance(asked, st.SearchStrategy):
        raise InvalidArgument(f"requests= takes a strategy, not {requests!r}: write st.just(...)")
    if isinstance(guarded, Policy):
        guarded = Guard(guarded)
    if isinstance(guarded, Guard):
        some = _models(model)
        ways = _shapes(guarded.policy, shapes)
        calls = _calls(_guard_player(guarded), asked, some, st.sampled_from(ways), vault)
        return _warm(guarded.policy, calls)
    own = _own(guarded, shapes)
    if not callable(getattr(model, "stream", None)) or isinstance(model, type):
        raise InvalidArgument(
            "model= is the fake that the guarded function asks, so that what was sent is known: "
            "write MODEL = EchoModel(), ask that, and give model=MODEL"
        )
    calls = _calls(_own_player(guarded), asked, st.just(model), st.just(own.shape), vault)
    return calls if own.guard is None else _warm(own.guard.policy, calls)


Player: TypeAlias = Callable[[Any, Any, Shape, Vault | None], Played[Any]]


@st.composite
def _calls(
    draw: st.DrawFn,
    player: Player,
    requests: Requests,
    models: st.SearchStrategy[Any],
    shapes: st.SearchStrategy[Shape],
    vault: Callable[[], Vault] | None,
) -> Played[Any]:
    request: Any = draw(requests)
    model, shape = draw(models), draw(shapes)
    return player(model, request, shape, None if vault is None else vault())


def _guard_player(guard: Guard[Any]) -> Player:
    return lambda model, request, shape, vault: play(
        guard, model, request, shape=shape, vault=vault
    )


def _own_player(call: Callable[..., Any]) -> Player:
    def player(model: Any, request: Any, _: Shape, vault: Vault | None) -> Played[Any]:
        model.sent.clear()  # what it says may hang on what it was sent before
        return play_all(call, model, request, vault=vault)

    return player


def _models(model: Models) -> st.SearchStrategy[Any]:
    if isinstance(model, st.SearchStrategy):
        return model
    if callable(getattr(model, "stream", None)) and not isinstance(model, type):
        raise InvalidArgument(
            f"each call has a model of its own: write model=lambda: {model!r}, or only its class"
        )
    make: Callable[[], Any] = model  # type: ignore[assignment]  # no fake, as was looked at
    return st.builds(make)


def _shapes(policy: Policy, shapes: Collection[Shape] | None) -> list[Shape]:
    able = shapes_of(policy)
    wanted = able if shapes is None else tuple(shapes)
    if not wanted or any(each not in able for each in wanted):
        told = ", ".join(str(each) for each in able)
        raise InvalidArgument(f"shapes={shapes!r}: with this policy there are {told}")
    return list(wanted)


def _own(call: Callable[..., Any], shapes: Collection[Shape] | None) -> Guarded:
    if not callable(call):
        raise InvalidArgument(
            f"given_call() takes a Policy, a Guard or a guarded function, not {call!r}"
        )
    if shapes is not None:
        raise InvalidArgument("shapes= is for a policy or a guard: a function has one")
    return guarded_as(call)


def _warm(policy: Policy, calls: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """*calls*, with checks that have looked before anything is timed."""

    def warmed() -> st.SearchStrategy[Any]:
        warm(policy)
        return calls

    return st.deferred(warmed)
