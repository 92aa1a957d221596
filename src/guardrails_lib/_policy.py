"""A policy is a value: which checks run where, and what each finding means."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from types import UnionType
from typing import Any, Generic, TypedDict, TypeVar, Union, Unpack, get_args, get_origin

from ._check import Check
from ._errors import PolicyError
from ._fingerprint import fingerprint
from ._say import Say, checked
from ._stand_ins import StandIn, hashed, label, mask, synthetic
from ._types import Message, Reply, Request, Source, ToolCall
from ._values import code, pretty

__all__ = [
    "Action",
    "Budget",
    "Policy",
    "Rule",
    "abstain",
    "block",
    "drop",
    "escalate",
    "flag",
    "redact",
    "retry",
]

S = TypeVar("S")
S_contra = TypeVar("S_contra", contravariant=True)


class Action(enum.IntEnum):
    """What a finding means, mildest first. The strictest one wins."""

    FLAG = 1
    REDACT = 2
    DROP = 3
    RETRY = 4
    ABSTAIN = 5
    ESCALATE = 6
    BLOCK = 7

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return f"Action.{self.name}"


class How(TypedDict, total=False):
    """What every verb takes beside its check."""

    say: Say
    """What the person is told, maybe by language; ``{kinds}`` is what was found."""
    timeout: float
    """After so many seconds the check counts as broken."""
    on_error: Action
    """What a check that breaks means, where not the action of the rule."""
    trusted: bool
    """Look at the developer's own messages too."""


class HowRetry(How, total=False):
    """What `retry` takes beside that."""

    then: Action
    """What a finding means when attempts are spent."""
    fieldwise: bool
    """Ask again for the parts of a typed answer that findings are about, and for no others."""


class HowRedact(How, total=False):
    """What `redact` takes beside that."""

    restore: bool
    """Put it back into the answer: a placeholder stands for it until then."""
    with_: StandIn
    """What makes what stands for it, where not blots."""


@dataclass(frozen=True, repr=False)
class Rule(Generic[S_contra]):
    """A verb around a noun: if *check* finds something, take *action*."""

    action: Action
    check: Check[S_contra]
    say: Say = ""
    timeout: float | None = None
    on_error: Action | None = None
    trusted: bool = False
    then: Action = Action.ABSTAIN
    restore: bool = False
    with_: StandIn | None = None
    fieldwise: bool = False

    def __post_init__(self) -> None:
        verb = self.action.name.lower()
        if not isinstance(self.check, Check):
            given: object = self.check
            name = getattr(given, "__name__", type(given).__name__)
            raise PolicyError(f"{verb}() takes a check: write {verb}({name}(...))")
        object.__setattr__(self, "say", checked(self.say))
        if self.action is Action.REDACT and self.check.subject is not str:
            raise PolicyError(
                f"redact() needs a check over text, and {self.check!r} looks at "
                f"{_type_name(self.check.subject)}: use drop, escalate or block"
            )
        if self.then in {Action.REDACT, Action.DROP, Action.RETRY}:
            raise PolicyError(f"then={self.then}: use FLAG, ABSTAIN, ESCALATE or BLOCK")
        if self.timeout is not None and not self.timeout > 0:
            raise PolicyError(f"timeout={self.timeout}: seconds, more than 0")
        if self.restore or self.with_ is not None:
            self._can_stand_in(verb)
        if self.fieldwise and self.action is not Action.RETRY:
            raise PolicyError(f"fieldwise= is for retry(), not {verb}()")
        if self.fieldwise and kinds(self.check.subject) <= _UNTYPED:
            raise PolicyError(
                f"fieldwise= asks for parts of a typed answer, and {self.check!r} looks at "
                f"{_type_name(self.check.subject)}: use unreadable(), or a check over the answer"
            )

    def _can_stand_in(self, verb: str) -> None:
        if self.action is not Action.REDACT:
            raise PolicyError(f"restore= and with_= are for redact(), not {verb}()")
        if self.restore and self.with_ is not None:
            raise PolicyError(
                "restore= or with_=: what stands for a text is one thing or the other"
            )
        given: object = self.with_
        for each in (mask, label, hashed, synthetic):
            if given is each:
                raise PolicyError(f"with_= takes what {each.__name__}(...) gives: call it")
        if self.with_ is not None and not callable(self.with_):
            raise PolicyError(
                "with_= takes a stand-in: mask(...), label(), hashed(...), synthetic(...)"
            )

    _repr_pretty_ = pretty

    def __repr__(self) -> str:
        how = [
            f"{each.name}={getattr(self, each.name)!r}"
            for each in fields(self)[2:]
            if getattr(self, each.name) != each.default
        ]
        return f"{self.action.name.lower()}({', '.join([repr(self.check), *how])})"


def flag(check: Check[S], **how: Unpack[How]) -> Rule[S]:
    """A finding is noted, and nothing else."""
    return Rule(Action.FLAG, check, **how)


def redact(check: Check[str], **how: Unpack[HowRedact]) -> Rule[str]:
    """What is found is replaced. What cannot be replaced, having no span, escalates."""
    return Rule(Action.REDACT, check, **how)


def drop(check: Check[S], **how: Unpack[How]) -> Rule[S]:
    """The message, source or tool call in which something is found is removed."""
    return Rule(Action.DROP, check, **how)


def retry(check: Check[S], **how: Unpack[HowRetry]) -> Rule[S]:
    """The model is asked again, told of the findings; attempts spent, *then* holds."""
    return Rule(Action.RETRY, check, **how)


def abstain(check: Check[S], **how: Unpack[How]) -> Rule[S]:
    """The answer is "I don't know"."""
    return Rule(Action.ABSTAIN, check, **how)


def escalate(check: Check[S], **how: Unpack[How]) -> Rule[S]:
    """A person must decide."""
    return Rule(Action.ESCALATE, check, **how)


def block(check: Check[S], **how: Unpack[How]) -> Rule[S]:
    """The exchange is forbidden."""
    return Rule(Action.BLOCK, check, **how)


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class Budget:
    """What one call may take. None is no limit; `attempts` is then 2: ask, and once more."""

    seconds: float | None = None
    dollars: float | None = None
    tokens: int | None = None
    attempts: int | None = None

    __repr__ = code
    _repr_pretty_ = pretty

    def __post_init__(self) -> None:
        for each in fields(self):
            limit = getattr(self, each.name)
            if limit is not None and not limit >= (each.name == "attempts"):
                raise PolicyError(f"Budget({each.name}={limit}): a limit cannot be that low")

    def __and__(self, other: Budget) -> Budget:
        """The tighter of two budgets, limit by limit."""
        if not isinstance(other, Budget):
            return NotImplemented
        return Budget(
            **{
                each.name: min(
                    (
                        b
                        for b in (getattr(self, each.name), getattr(other, each.name))
                        if b is not None
                    ),
                    default=None,
                )
                for each in fields(self)
            }
        )


_UNTYPED = frozenset({str, Reply, Message, Request, Source, ToolCall})


def kinds(subject: object) -> frozenset[object]:
    """The types that a check over *subject* looks at: more than one, if it is a union of ours."""
    origin = get_origin(subject)
    if origin in {Union, UnionType}:
        parts = frozenset(get_origin(part) or part for part in get_args(subject))
        if parts <= _UNTYPED:
            return parts
    return frozenset({origin or subject})


_STAGES: dict[str, tuple[set[object], set[Action]]] = {
    "input": ({str, Message, Request}, {Action.RETRY}),
    "sources": ({str, Source, Request}, {Action.RETRY}),
    "output": ({str}, {Action.DROP}),
    "tools": ({str, ToolCall}, set()),
    "validators": (set(), {Action.REDACT, Action.DROP}),
}
"""Which subjects each stage has, and which actions make no sense there."""

_NOT_ANSWERS = {Message, Request, Source, ToolCall}


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class Policy:
    """The rules of each stage of a call, in the order in which the call meets them.

    ``p + q`` runs the rules of both and ``Policy()`` changes nothing. Budgets add up to
    the tighter one. For the rest, `dataclasses.replace`.

    >>> Policy(name="a") + Policy(budget=Budget(seconds=2.0))
    Policy(name='a', budget=Budget(seconds=2.0))
    """

    name: str = ""
    input: tuple[Rule[Any], ...] = ()
    sources: tuple[Rule[Any], ...] = ()
    output: tuple[Rule[str], ...] = ()
    tools: tuple[Rule[Any], ...] = ()
    validators: tuple[Rule[Any], ...] = ()
    budget: Budget = field(default_factory=Budget)
    unreadable: Action = Action.ABSTAIN
    """What a reply means that cannot be read into ``returns=``, attempts spent."""
    fingerprint: str = field(init=False, compare=False, repr=False)
    """The same for equal policies, in every process."""

    __repr__ = code
    _repr_pretty_ = pretty

    def __post_init__(self) -> None:
        for stage in _STAGES:
            rules = getattr(self, stage)
            if isinstance(rules, Rule) or not isinstance(rules, Iterable):
                raise PolicyError(f"{stage}= takes a tuple of rules: write {stage}=(rule,)")
            object.__setattr__(self, stage, tuple(rules))
            _fits(stage, getattr(self, stage))
        if self.unreadable < Action.ABSTAIN:
            raise PolicyError(f"unreadable={self.unreadable}: use ABSTAIN, ESCALATE or BLOCK")
        object.__setattr__(self, "fingerprint", fingerprint(self))

    def __add__(self, other: Policy) -> Policy:
        if not isinstance(other, Policy):
            return NotImplemented
        return Policy(
            name="+".join(name for name in (self.name, other.name) if name),
            input=self.input + other.input,
            sources=self.sources + other.sources,
            output=self.output + other.output,
            tools=self.tools + other.tools,
            validators=self.validators + other.validators,
            budget=self.budget & other.budget,
            unreadable=max(self.unreadable, other.unreadable),
        )

    @property
    def rules(self) -> tuple[Rule[Any], ...]:
        """Every rule, in the order in which a call meets them."""
        return self.input + self.sources + self.output + self.tools + self.validators


def _fits(stage: str, rules: tuple[Rule[Any], ...]) -> None:
    """Refuse the rules that *stage* can never carry out."""
    subjects, senseless = _STAGES[stage]
    seen: dict[tuple[Action, Check[Any]], Rule[Any]] = {}
    for rule in rules:
        if not isinstance(rule, Rule):
            raise PolicyError(
                f"{stage}= takes rules, not {_type_name(type(rule))}: put a verb around it, "
                "as in block(...)"
            )
        looks_at = kinds(rule.check.subject)
        if not (looks_at & subjects if subjects else looks_at - _NOT_ANSWERS):
            subject = next(iter(looks_at))
            raise PolicyError(
                f"{rule!r} can never see its subject in {stage}=: it looks at "
                f"{_type_name(subject)}; put it in {_stage_for(subject)}="
            )
        for action in (rule.action, rule.on_error):
            if action is not None and action in senseless:
                raise PolicyError(f"{stage}= cannot {action.name.lower()}: {_REASONS[stage]}")
        if rule.restore and stage not in _BEFORE_THE_MODEL:
            raise PolicyError(
                f"{stage}= cannot restore: what is redacted there is not for whoever gets the "
                "answer; put redact(..., restore=True) in input= or sources="
            )
        twin = seen.setdefault((rule.action, rule.check), rule)
        if any(getattr(twin, each) != getattr(rule, each) for each in _ALIKE):
            raise PolicyError(f"two rules of {stage}= contradict each other: {twin!r}, {rule!r}")


_ALIKE = ("say", "then", "restore", "with_", "fieldwise")
"""What two rules of one verb and check must have alike."""

_BEFORE_THE_MODEL = {"input", "sources"}

_REASONS = {
    "input": "asking again does not change what was asked; use abstain, escalate or block",
    "sources": "asking again does not change the sources; use drop, abstain or block",
    "output": "a reply has no parts to remove; use redact, retry, abstain or block",
    "validators": "they look at the finished answer; put redact(...) in output=, or use retry",
}


def _stage_for(subject: object) -> str:
    for stage, (subjects, _) in _STAGES.items():
        if subject in subjects:
            return stage
    return "validators"


def _type_name(kind: object) -> str:
    return getattr(kind, "__name__", str(kind))
