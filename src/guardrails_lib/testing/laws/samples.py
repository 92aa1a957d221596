"""What is known to be bad is refused, and what is known to be good is accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..._guard import Guard
from ..._outcome import Accepted
from ..._policy import Action, Policy
from ..._types import Request
from ..hypotheses import st
from ..known import Verdict, shown
from ..playing import Played, play
from ..severity import severity
from .stating import broken, hold
from .subjects import Call, Subject, saying, shapes_of, subject_of

__all__ = ["accepts_known_good", "refuses_known_bad"]

Asked = st.SearchStrategy[str] | st.SearchStrategy[Request]


def refuses_known_bad(
    call: Call,
    *,
    bad: Asked | None = None,
    at_least: Action = Action.REDACT,
    examples: int | None = None,
) -> None:
    """Each rule finds what its check is known to find, alone and under the whole policy.

    With *bad*, what you know to be bad is asked too, and it must mean *at_least* so much. A
    check of yours that says nothing of what it is known to find breaks the law.
    """
    on = subject_of(call)

    def each_rule(guard: Guard[Any]) -> None:
        for one in shown(call if isinstance(call, Policy) else guard):
            untried = one.verdict is Verdict.UNTESTED and one.rule.check.known is None
            if untried or one.verdict is Verdict.FAILS:
                raise broken(f"{one.rule!r} in {one.stage} does not guard: {one.why}")

    def law(guard: Guard[Any], asked: Request | str, shape: int) -> None:
        played = _asked(guard, asked, shape)
        if severity(played) < at_least:
            raise broken(f"what is bad means {_name(severity(played))}", played=played)

    name = "refuses_known_bad"
    _hold(name, on, each_rule, law, bad, examples)


def accepts_known_good(
    call: Call,
    *,
    good: Asked | None = None,
    at_most: Action = Action.FLAG,
    examples: int | None = None,
) -> None:
    """No rule finds anything in what its check is known to leave alone.

    With *good*, what you know to be good is asked too: it is accepted, and nothing that is
    found in it means more than *at_most*.
    """
    on = subject_of(call)

    def each_rule(guard: Guard[Any]) -> None:
        for one in shown(call if isinstance(call, Policy) else guard):
            if one.quiet < one.good:
                raise broken(f"{one.rule!r} in {one.stage} finds something: {one.why}")

    def law(guard: Guard[Any], asked: Request | str, shape: int) -> None:
        played = _asked(guard, asked, shape)
        if severity(played) > at_most or not isinstance(played.outcome, Accepted):
            raise broken(f"what is good means {_name(severity(played))}", played=played)

    name = "accepts_known_good"
    _hold(name, on, each_rule, law, good, examples)


def _hold(
    name: str,
    on: Subject,
    each_rule: Callable[..., None],
    law: Callable[..., None],
    asked: st.SearchStrategy[Any] | None,
    examples: int | None,
) -> None:
    """Look at each rule once, and at each of what is *asked*."""
    hold(each_rule, on.guards, name=name, policy=on.policy, examples=1)
    if asked is not None:
        drawn = on.guards, asked, st.integers(0, 3)
        hold(law, *drawn, name=name, policy=on.policy, examples=examples)


def _asked(guard: Guard[Any], asked: Request | str, shape: int) -> Played[Any]:
    """A call with nothing to say against but what is asked: the validators see no answer."""
    before = replace(guard, policy=replace(guard.policy, validators=()), returns=None)
    ways = shapes_of(before.policy)
    return play(before, saying(lambda _: "Yes."), asked, shape=ways[shape % len(ways)])


def _name(severe: int) -> str:
    return Action(severe).name if severe else "nothing"
