"""What guarded calls do, seen from outside: which rules look, and which find something.

The engine yields each look that it wants, with its rules, and is sent what they saw. Who
stands between the engine and its driver sees both, and changes neither.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from types import GeneratorType, ModuleType
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from .. import _guard, _resume
from .._call import Call
from .._check import Seen
from .._effects import Effect, Flow, Look
from .._engine import Form
from .._events import Event
from .._judged import Job, judge
from .._listen import Listening
from .._outcome import Outcome
from .._plan import Group, Plan
from .._policy import Policy, Rule
from .._schema import Reader
from .._types import Finding, Request
from .stages import STAGES
from .watching import Trial, current_trial

__all__ = ["GuardReport", "Place", "SeenCall", "onlooking", "watched"]

T = TypeVar("T")


class Place(NamedTuple):
    """Where a rule stands in its policy."""

    stage: str
    number: int
    rule: Rule[Any]

    def __str__(self) -> str:
        return f"{self.stage}[{self.number}] {self.rule!r}"


class SeenCall:
    """What one guarded call did. No text of the call is in how it prints."""

    def __init__(self, call: Call[Any]) -> None:
        self.policy: Policy = call.plan.policy
        self.trial: Trial | None = current_trial()
        """The law that makes the call, where one does."""
        call.plan, self._places = _told_apart(call.plan)
        self._call = call
        self._error = ""
        self._looked: set[Place] = set()
        self._fired: set[Place] = set()
        self._broke: set[Place] = set()
        self._ears: list[Listening] = []

    def __repr__(self) -> str:
        fired = ", ".join(map(str, self.fired)) or "nothing"
        return f"<{self.policy.name or 'a call'}: {self.ended or 'running'}, fired: {fired}>"

    @property
    def ended(self) -> str:
        """``Accepted``, ``Abstained``, ``Escalated``, ``Blocked``, or the error that it raised.

        Empty while it runs.
        """
        if self._error:
            return self._error
        return "" if self._call.outcome is None else type(self._call.outcome).__name__

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened, in its order."""
        outcome = self._call.outcome
        return tuple(self._call.events) if outcome is None else outcome.record.events

    @property
    def looked(self) -> tuple[Place, ...]:
        """The rules that looked at something."""
        return _in_order(self._looked)

    @property
    def fired(self) -> tuple[Place, ...]:
        """The rules that found something.

        In a reply that comes in pieces it is what they find in the whole of it.
        """
        heard = {
            Place("output", each.order, self.policy.output[each.order])
            for ear in self._ears
            for each in ear.judged
            if each.finding.span is not None
        }
        return _in_order(self._fired | heard)

    @property
    def broke(self) -> tuple[Place, ...]:
        """The rules of which the check raised, or took too long."""
        return _in_order(self._broke)

    def answered(self, look: Look, answers: list[list[list[Seen]]], ear: Listening | None) -> None:
        """Take in what was seen; an *ear* is looking through a reply, and weighs it later."""
        if ear is not None and ear not in self._ears:
            self._ears.append(ear)
        for (rules, subject), answer in zip(look.jobs, answers, strict=True):
            for rule, found in zip(rules, answer, strict=True):
                place = self._places.get(id(rule))
                if place is not None:  # the rules of a shadow have none
                    self._looked.add(place)
                    self._take(place, subject, found, waits=ear is not None)

    def _take(self, place: Place, subject: object, found: Iterable[Seen], *, waits: bool) -> None:
        for each in found:
            if isinstance(each, Finding):
                finding = judge(Job(_NOBODY, subject, "-"), place.rule, each, last=True).finding
                if finding.kind == "error":
                    self._broke.add(place)
                elif finding.span is None or not waits:
                    self._fired.add(place)

    def raised(self, problem: BaseException) -> None:
        """The call ends with *problem*; a driver that goes on no further is none."""
        if isinstance(problem, Exception):
            self._error = type(problem).__name__


_NOBODY = Group(())


def _in_order(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda each: (STAGES.index(each.stage), each.number)))


@dataclass(frozen=True, slots=True)
class GuardReport:
    """What the guarded calls of one test did, so that it can say that a guard was there."""

    calls: list[SeenCall]
    """In the order in which they began."""
    policy: Policy | None = None
    """What the test is about, if a marker says so."""

    @property
    def looked(self) -> tuple[Place, ...]:
        """The rules that looked at something in any of the calls."""
        return _in_order({place for call in self.calls for place in call.looked})

    @property
    def fired(self) -> tuple[Place, ...]:
        """The rules that found something in any of the calls."""
        return _in_order({place for call in self.calls for place in call.fired})


# -- one rule told from another


def _told_apart(plan: Plan) -> tuple[Plan, dict[int, Place]]:
    """*plan* with a copy of each rule, so that one that stands in two places is two."""
    if plan not in _apart:
        _apart[plan] = _copied(plan.policy)
    return _apart[plan]


def _copied(policy: Policy) -> tuple[Plan, dict[int, Place]]:
    places: dict[int, Place] = {}
    copies: dict[str, Any] = {}
    for stage in STAGES:
        rules: tuple[Rule[Any], ...] = getattr(policy, stage)
        copies[stage] = tuple(map(replace, rules))
        for number, (rule, copy) in enumerate(zip(rules, copies[stage], strict=True)):
            places[id(copy)] = Place(stage, number, rule)
    return Plan(replace(policy, **copies)), places


_apart: WeakKeyDictionary[Plan, tuple[Plan, dict[int, Place]]] = WeakKeyDictionary()


# -- between the engine and its driver


class _Between(Generator[Effect, Any, Outcome[T]]):
    """Passes on what the engine and its driver say to each other."""

    def __init__(self, flow: Flow[Outcome[T]], call: SeenCall) -> None:
        self._flow = flow
        self._call = call
        self._look: Look | None = None
        self._ear: Listening | None = None

    def send(self, answer: Any, /) -> Effect:
        if self._look is not None:
            self._call.answered(self._look, answer, self._ear)
        return self._passed_on(self._flow.send, answer)

    def throw(self, kind: Any, value: Any = None, trace: Any = None, /) -> Effect:
        problem = kind if value is None else value
        return self._passed_on(self._flow.throw, problem)

    def _passed_on(self, say: Callable[[Any], Effect], what: Any) -> Effect:
        self._look = None
        try:
            effect = say(what)
        except StopIteration:
            raise
        except BaseException as problem:
            self._call.raised(problem)
            raise
        if isinstance(effect, Look):
            self._look, self._ear = effect, _ear(self._flow)
        return effect


def _ear(flow: Generator[Any, Any, Any]) -> Listening | None:
    """Whoever looks through a reply as it arrives, if that is who wants this look."""
    inner: object = flow
    while isinstance(inner, GeneratorType) and inner.gi_yieldfrom is not None:
        inner = inner.gi_yieldfrom
    frame = getattr(inner, "gi_frame", None)
    who = None if frame is None else frame.f_locals.get("self")
    return who if isinstance(who, Listening) else None


# -- who looks on

_onlookers: list[Callable[[SeenCall], object]] = []
_Run = Callable[[Call[Any], Reader[Any], Request, Form], Flow[Outcome[Any]]]


@contextmanager
def onlooking(onlooker: Callable[[SeenCall], object]) -> Iterator[None]:
    """Tell *onlooker* of each guarded call that begins meanwhile.

    The engine has no place for it, so that nobody pays for it but tests: its entrance is
    another while somebody looks on.
    """
    _onlookers.append(onlooker)
    try:
        with ExitStack() as stack:
            if len(_onlookers) == 1:
                for module in (_guard, _resume):
                    stack.enter_context(_other_entrance(module))
            yield
    finally:
        _onlookers.remove(onlooker)


@contextmanager
def _other_entrance(module: ModuleType) -> Iterator[None]:
    run: _Run = vars(module)["run"]

    def seen(
        call: Call[Any], reader: Reader[Any], request: Request, form: Form
    ) -> Flow[Outcome[Any]]:
        if module is _resume and not call.resumed:  # an outcome is read from a case
            return run(call, reader, request, form)
        watched = SeenCall(call)
        for each in tuple(_onlookers):
            each(watched)
        return _Between(run(call, reader, request, form), watched)

    vars(module)["run"] = seen
    try:
        yield
    finally:
        vars(module)["run"] = run


@contextmanager
def watched() -> Iterator[list[SeenCall]]:
    """The guarded calls that are made meanwhile, in the order in which they begin.

    >>> from guardrails_lib import Policy, block, guard
    >>> from guardrails_lib.checks import containing
    >>> @guard(Policy(input=(block(containing("pin")),)))
    ... def ask(prompt: str) -> str:
    ...     return "Hello."
    >>> with watched() as calls:
    ...     _ = ask("Hi."), ask("my pin")
    >>> [call.ended for call in calls]
    ['Accepted', 'Blocked']
    >>> [[str(place) for place in call.fired] for call in calls]
    [[], ["input[0] block(containing(words='pin'))"]]
    """
    calls: list[SeenCall] = []
    with onlooking(calls.append):
        yield calls
