"""What a law is about: a policy, a guard or a guarded function; and what it is tried with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from ..._guard import Guard
from ..._guarded import Shape, guarded_as
from ..._policy import Budget, Policy, Rule
from ..._types import Reply, Request, Source, ToolCall
from ...desk import MemoryDesk
from ..fakes.model import FakeModel, Turn, as_turn
from ..hypotheses import st
from ..playing import Played, play
from ..stages import STAGES
from ..strategies.replies import replies

__all__ = [
    "SIZES",
    "Call",
    "Subject",
    "Texts",
    "asked",
    "cut",
    "one_policy",
    "only",
    "put",
    "samples",
    "saying",
    "shapes_of",
    "stages_of",
    "subject_of",
    "texts_for",
]

Call: TypeAlias = Policy | Guard[Any] | Callable[..., Any]
"""What a law is about. Of a guarded function it is the guard: the function is not called."""
Texts: TypeAlias = st.SearchStrategy[str]

SIZES = st.lists(st.integers(1, 7), min_size=1, max_size=8)


@dataclass(frozen=True, slots=True)
class Subject:
    """Guards to try a law with."""

    guards: st.SearchStrategy[Guard[Any]]
    texts: Texts
    """What is asked."""
    said: Texts
    """What the model says."""
    policy: Policy | None
    """The one policy that it is all about, if it is one."""
    returns: Any = None
    """What is read from the answer."""

    @property
    def is_typed(self) -> bool:
        """Whether the answer is more than text."""
        return self.returns is not None and self.returns is not str


def subject_of(call: Call | st.SearchStrategy[Policy], texts: Texts | None = None) -> Subject:
    """The guards of *call*, with nothing behind them but memory, and texts to try them with.

    Unless *texts* are given, they are made of what the checks of the policy say is known.
    """
    if isinstance(call, st.SearchStrategy):
        some = st.text(max_size=60) if texts is None else texts
        return Subject(call.map(Guard), some, some, None)
    guard = _alone(_guard_of(call))
    some = texts_for(guard.policy) if texts is None else texts
    on = Subject(st.just(guard), some, some, guard.policy, guard.returns)
    return replace(on, said=st.one_of(replies(guard.returns), some)) if on.is_typed else on


def one_policy(on: Subject, law: str) -> Policy:
    """The one policy that *law* is about."""
    if on.policy is None:
        raise TypeError(f"{law} takes one policy, guard or guarded function, and no strategy")
    return on.policy


def _guard_of(call: Call) -> Guard[Any]:
    if isinstance(call, Policy):
        return Guard(call)
    if isinstance(call, Guard):
        return call
    guard = guarded_as(call).guard
    if not isinstance(guard, Guard):
        raise TypeError("a flow has several guards: try the law with each function in it")
    return guard


def _alone(guard: Guard[Any]) -> Guard[Any]:
    """*guard* without what is outside: a law opens no cases, spends nothing, tells nobody."""
    desk = guard.to_desk
    own = None if desk is None else replace(desk, desk=MemoryDesk())
    return replace(guard, desk=own, ledger=None, cache=None, observers=())


def texts_for(policy: Policy) -> Texts:
    """Texts with what the checks of *policy* find, as far as they say so, and others."""
    known = sorted({each for rule in policy.rules for each in samples(rule)})
    plain = st.text(max_size=40)
    if not known:
        return plain
    piece = st.one_of(st.sampled_from(known), plain)
    return st.lists(piece, max_size=3).map(" ".join)


def samples(rule: Rule[Any]) -> tuple[str, ...]:
    """The texts in which the check of *rule* is known to find something."""
    known = rule.check.known if rule.check.subject is str else None
    return () if known is None else tuple(each for each in known.bad if isinstance(each, str))


def shapes_of(policy: Policy) -> tuple[Shape, ...]:
    """In which ways a function can be called that is guarded with *policy*."""
    if any(rule.check.is_async for rule in policy.rules):
        return Shape.ACALL, Shape.ASTREAM
    return tuple(Shape)


def stages_of(on: Subject) -> st.SearchStrategy[str]:
    """The stages in which there is something to be tried."""
    some = [each for each in STAGES if on.policy is not None and getattr(on.policy, each)]
    return st.sampled_from(some or STAGES)


def only(policy: Policy, stage: str) -> Policy:
    """The rules of one stage alone, asked once, so that what each sees is the same."""
    return Policy(budget=Budget(attempts=1), **{stage: getattr(policy, stage)})


def put(policy: Policy, stage: str, rules: tuple[Rule[Any], ...]) -> Policy:
    """*policy* with other rules in one stage."""
    changed: dict[str, Any] = {stage: rules}
    return replace(policy, **changed)


def cut(text: str, sizes: Sequence[int]) -> list[str]:
    """*text* in pieces of those sizes, over and over."""
    chunks: list[str] = []
    at = turn = 0
    while at < len(text):
        chunks.append(text[at : at + sizes[turn % len(sizes)]])
        at, turn = at + sizes[turn % len(sizes)], turn + 1
    return chunks


def saying(say: Callable[[Request], Reply[Any] | str], sizes: Sequence[int] = ()) -> FakeModel:
    """A model that says what *say* gives for what it is sent, cut into *sizes* if streamed."""

    def answer(prompt: Any, _: int) -> Turn:
        turn = as_turn(say(prompt))
        return replace(turn, chunks=tuple(cut(turn.text, sizes))) if sizes else turn

    return FakeModel(answer)


def asked(
    guard: Guard[Any],
    prompt: str,
    reply: str | None = None,
    *,
    shape: Shape | None = None,
    sizes: Sequence[int] = (),
) -> Played[Any]:
    """A call of a model that says *reply*, or repeats what it is asked; its tools do too.

    What is asked is in a source, too, where the policy looks at those.
    """
    policy = guard.policy
    said = prompt if reply is None else reply
    calls = (ToolCall("look_up", {"query": said}),) if policy.tools else ()
    answer = Reply[Any](said, tool_calls=calls)
    sources = (Source("kb://x", prompt),) if policy.sources else ()
    model = saying(lambda _: answer, sizes)
    how = shapes_of(policy)[0] if shape is None else shape
    return play(guard, model, Request(prompt, sources), shape=how)
