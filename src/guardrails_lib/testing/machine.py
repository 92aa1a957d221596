"""A conversation that hypothesis makes up, step by step, with a guarded application."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from .._guard import Guard
from .._guarded import Shape, guarded_as
from .._policy import Action, Policy
from .._types import NO_USAGE, Request, Usage
from .._values import code, pretty
from .after_each import answers_hold, holds, same_again
from .chat import Chat
from .fakes import (
    OUTAGES,
    TRICKS,
    EchoModel,
    FakeClock,
    FakeModel,
    FlakyModel,
    HostileModel,
    ScriptedModel,
    Turn,
)
from .fakes.model import Prompt, as_turn
from .hypotheses import InvalidArgument, Phase, settings, st, stateful
from .known import guard_of
from .laws.listening import logged
from .laws.planting import found
from .laws.subjects import samples, shapes_of
from .playing import Model, Played, play, play_all
from .strategies.outages import outages
from .strategies.shop import SHOP
from .strategies.texts import texts
from .warming import warm
from .watching import trying

__all__ = ["ConversationMachine", "Sample"]

_STEPS = 20
"""So many steps a conversation has at most, unless ``settings`` says."""


@dataclass(frozen=True, slots=True, repr=False)
class Sample:
    """A text, and what of it must not go on."""

    text: str
    values: tuple[str, ...] = ()

    __repr__ = code
    _repr_pretty_ = pretty


def _drawn(wanted: str) -> Any:
    """What the machine itself says may be drawn."""
    return st.runner().flatmap(lambda machine: getattr(machine, wanted)())


class ConversationMachine(stateful.RuleBasedStateMachine):
    """Conversations with *guarded*: hypothesis plays the user, documents, tools and the model.

    *guarded* is a policy, a `Guard`, or the application's own guarded function, which asks the
    fake *model*. After each call these laws are looked at: what rules take out reaches neither
    the model nor a log; what was put back is what was said in this conversation, and nothing
    of a stranger's; the budget is kept; sync and async agree. A test is

        TestSupport = ConversationMachine.of(SUPPORT).TestCase

    or a subclass with these attributes, which may have rules and invariants of its own.
    """

    guarded: ClassVar[Any] = None
    """A policy, a guard or a guarded function, in any of the four shapes."""
    model: ClassVar[Any] = None
    """For a guarded function, the fake that it asks. Else a strategy of fakes, if not all."""
    planted: ClassVar[st.SearchStrategy[str] | None] = None
    """What is said, found in documents and given by tools, and no model may see: whatever rule
    should see to it. Without it, that is what the rules of the policy are known to find."""
    texts: ClassVar[st.SearchStrategy[str]] = texts()
    """What else is said."""

    def __init_subclass__(cls, **how: Any) -> None:
        super().__init_subclass__(**how)
        # Of its own, hypothesis suppresses all health checks of a state machine. To say which
        # lines of the engine were run takes longer than to find what is wrong.
        phases = [each for each in settings().phases if each is not Phase.explain]
        cls.TestCase.settings = settings(deadline=None, stateful_step_count=_STEPS, phases=phases)

    @classmethod
    def of(
        cls,
        guarded: Policy | Guard[Any] | Callable[..., Any],
        *,
        model: Model | st.SearchStrategy[Any] | None = None,
        planted: st.SearchStrategy[str] | None = None,
        texts: st.SearchStrategy[str] | None = None,
    ) -> type[ConversationMachine]:
        """The machine that plays with *guarded*."""
        said = cls.texts if texts is None else texts
        of = {"guarded": guarded, "model": model, "planted": planted, "texts": said}
        return type(cls.__name__, (cls,), of)

    def __init__(self) -> None:
        super().__init__()
        guarded = type(self).guarded
        if not (isinstance(guarded, Policy) or callable(guarded)):
            raise InvalidArgument(f"{type(self).__name__}.guarded is no policy, guard or function")
        self._guard = guard_of(guarded)
        self._policy = self._guard.policy
        self._own = None if isinstance(guarded, Policy | Guard) else self._asking(guarded)
        if self.planted is None and not any(
            _known(self._policy, stage) for stage in ("input", "sources", "output")
        ):
            raise InvalidArgument(
                "nothing can be planted: no check of the policy that redacts, drops or refuses "
                "a text says what it is known to find. Give planted=, or @check(known=...)"
            )
        warm(self._policy)
        clock = self._clock = FakeClock()
        tools = SHOP.values() if self._policy.tools else ()
        self._chat, self._stranger = Chat(clock, tools), Chat(clock, tools)
        if self._own is not None:
            self.model.sent.clear()  # it may hang on what it was sent before

    def _asking(self, guarded: Callable[..., Any]) -> Callable[..., Any]:
        if not callable(getattr(self.model, "stream", None)):
            raise InvalidArgument("model= is the fake that the guarded function asks")

        def asking(request: Request, **given: Any) -> Any:
            return self.ask(request, **given)

        asking.__dict__["__guarded__"] = guarded_as(guarded)
        return asking

    def ask(self, request: Request, **given: Any) -> Any:
        """Call the guarded function. Override this where it wants no `Request`: a chat, say."""
        return type(self).guarded(request, **given)

    # -- what may happen

    @stateful.precondition(lambda self: not self._own)
    @stateful.rule(
        said=_drawn("_in_messages"),
        model=_drawn("_models"),
        shape=_drawn("_shapes"),
        cost=st.sampled_from([NO_USAGE, Usage(90, 10, dollars=0.001)]),
    )
    def user_asks(self, said: Sample, model: FakeModel, shape: Shape, cost: Usage) -> None:
        """The user writes, and *model* answers; and again in the other way, async or not."""
        self._chat.says("user", said.text, said.values)
        self._turn(model, shape, cost)

    @stateful.precondition(lambda self: not self._own and self._reveals())
    @stateful.rule(
        said=_drawn("_in_messages"), answer=_drawn("_in_answers"), shape=_drawn("_shapes")
    )
    def model_reveals(self, said: Sample, answer: Sample, shape: Shape) -> None:
        """The user writes, and the model answers with what nobody may see."""
        self._chat.says("user", said.text, said.values)
        model = FakeModel(lambda prompt, before: answer.text)
        self._turn(model, shape, unseen=answer.values)

    @stateful.precondition(lambda self: self._own)
    @stateful.rule(said=_drawn("_in_messages"))
    def user_asks_application(self, said: Sample) -> None:
        """The user writes, and the application is called as it is."""
        self._chat.says("user", said.text, said.values)
        self._own_turn(self._chat, self._stranger)

    @stateful.precondition(lambda self: self._chat.answer)
    @stateful.rule()
    def user_quotes_the_answer(self) -> None:
        """The user writes what was shown last, with what was put back in it."""
        self._chat.says("user", f"You said: {self._chat.answer}")

    @stateful.precondition(lambda self: self._stranger.placeholders)
    @stateful.rule()
    def user_quotes_a_stranger(self) -> None:
        """The user writes placeholders of another conversation."""
        self._chat.says("user", " ".join(self._stranger.placeholders))

    @stateful.rule(said=_drawn("_in_documents"))
    def document_is_found(self, said: Sample) -> None:
        """A document is given with the next question."""
        self._chat.consults(said.text, said.values)

    @stateful.precondition(lambda self: self._chat.open_calls)
    @stateful.rule(said=_drawn("_in_messages"))
    def tool_answers(self, said: Sample) -> None:
        """A tool gives what the model has called it for."""
        self._chat.says("tool", said.text, said.values)

    @stateful.rule(said=_drawn("_in_messages"))
    def stranger_asks(self, said: Sample) -> None:
        """Somebody else asks, and the model takes the one conversation for the other."""
        self._stranger.says("user", said.text, said.values)
        if self._own is not None:
            self._own_turn(self._stranger, self._chat)
        else:
            shape = shapes_of(self._policy)[0]
            model = FakeModel(lambda prompt, before: " ".join(self._chat.placeholders))
            self._stranger.ends(self._played(self._stranger, self._chat, model, shape))

    @stateful.rule(seconds=st.sampled_from([60.0, 4000.0]))
    def time_passes(self, seconds: float) -> None:
        """Nobody writes for a minute; or so long that the vault has forgotten."""
        self._clock.advance(seconds)

    # -- a turn

    def _turn(
        self, model: FakeModel, shape: Shape, cost: Usage = NO_USAGE, unseen: tuple[str, ...] = ()
    ) -> None:
        """Ask *model*, whose answers cost so much; *unseen* is what nobody may see of them."""
        answers: list[Turn] = []

        def answer(prompt: Prompt, before: int) -> Turn:
            turn = as_turn(model.turn(prompt))
            answers.append(turn if turn.error else replace(turn, usage=cost))
            return answers[-1]

        request = self._chat.request()
        played = self._played(self._chat, self._stranger, FakeModel(answer), shape, unseen)
        answers_hold(played, self._chat, self._policy, answers)
        if (other := _OTHER[shape]) in shapes_of(self._policy):
            script, vault = ScriptedModel(*answers), self._chat.vault
            same_again(played, play(self._guard, script, request, shape=other, vault=vault))
        self._chat.ends(played)

    def _own_turn(self, chat: Chat, other: Chat) -> None:
        """Call the application."""
        played = self._played(chat, other, self.model)
        if played.error is not None:
            raise played.error
        chat.ends(played)

    def _played(
        self,
        chat: Chat,
        other: Chat,
        model: Any,
        shape: Shape = Shape.CALL,
        unseen: tuple[str, ...] = (),
    ) -> Played[Any]:
        request, own = chat.request(), self._own
        with trying("ConversationMachine", self._policy) as trial, logged() as lines:
            trial.examples += 1
            if own is None:
                played = play(self._guard, model, request, shape=shape, vault=chat.vault)
            else:
                restores = any(rule.restore for rule in self._policy.rules)
                played = play_all(own, model, request, vault=chat.vault if restores else None)
            holds(played, chat, other, lines, unseen)
        return played

    # -- what may be drawn

    def _reveals(self) -> bool:
        return bool(_known(self._policy, "output"))

    def _in_messages(self) -> st.SearchStrategy[Sample]:
        return self._said("input")

    def _in_documents(self) -> st.SearchStrategy[Sample]:
        return self._said("sources")

    def _in_answers(self) -> st.SearchStrategy[Sample]:
        return st.sampled_from(_known(self._policy, "output"))

    def _said(self, stage: str) -> st.SearchStrategy[Sample]:
        plain = self.texts.map(Sample)
        if self.planted is not None:
            return plain | self.planted.map(lambda value: Sample(value, (value,)))
        known = _known(self._policy, stage)
        return plain | st.sampled_from(known) if known else plain

    def _models(self) -> st.SearchStrategy[Any]:
        return _FAKES if self.model is None else self.model

    def _shapes(self) -> st.SearchStrategy[Shape]:
        return st.sampled_from(shapes_of(self._policy))


_OTHER = {
    Shape.CALL: Shape.ACALL,
    Shape.ACALL: Shape.CALL,
    Shape.STREAM: Shape.ASTREAM,
    Shape.ASTREAM: Shape.STREAM,
}

_FAKES: st.SearchStrategy[FakeModel] = st.one_of(
    st.builds(EchoModel, chunk=st.just(20)),
    st.builds(EchoModel, chunk=st.just(20), tool=st.just("send_mail")),
    st.sampled_from(TRICKS).map(HostileModel),
    st.lists(outages([each for each in OUTAGES if each != "slow"]), min_size=1, max_size=2).map(
        lambda some: FlakyModel(EchoModel(), some)
    ),
)


@functools.lru_cache(maxsize=64)
def _known(policy: Policy, stage: str) -> tuple[Sample, ...]:
    """What rules of *stage* are known to find, that redact, drop or refuse."""
    return tuple(
        Sample(sample, tuple(dict.fromkeys(values)))
        for rule in getattr(policy, stage)
        if (rule.then if rule.action is Action.RETRY else rule.action) >= Action.REDACT
        for sample in samples(rule)
        if type(sample) is str and (values := found(rule, sample))
    )
