"""Whether the rules of a policy guard: each is shown what its own check is known to find."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, TypeAlias

from .._check import Check
from .._errors import PolicyError
from .._events import Event
from .._guard import Guard
from .._guarded import Shape, guarded_as
from .._policy import Action, Budget, Policy, Rule, kinds
from .._schema import Unreadable
from .._types import Label, Message, Reply, Request, Source, ToolCall
from .._values import code
from .delivered import INNOCENT, Delivery, answers, delivered
from .playing import Played, play
from .severity import severity
from .stages import STAGES

__all__ = ["Shown", "Subject", "Verdict", "guard_of", "shown", "shown_alone"]

Subject: TypeAlias = Policy | Guard[Any] | Callable[..., Any]
"""What has rules: of a guarded function its guard counts, and the function is not called."""


class Verdict(enum.Enum):
    """What came of showing a rule its samples."""

    GUARDS = "guards"
    FAILS = "does not guard"
    UNTESTED = "untested"

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """What one rule made of the samples of its check; no sample is in it."""

    stage: str
    rule: Rule[Any]
    verdict: Verdict
    found: int = 0
    """In so many of the known-bad samples it found something."""
    bad: int = 0
    quiet: int = 0
    """In so many of the known-good samples it found nothing."""
    good: int = 0
    why: str = ""

    __repr__ = code


def shown(subject: Subject) -> Iterator[Shown]:
    """What each rule of *subject* makes of the samples of its own check.

    A rule *guards* if, alone in its stage, it finds something in every known-bad sample and
    does as it says, and nothing in the known-good ones; and if the whole policy is no milder
    with the bad ones. Rules whose check has no samples are *untested*.

    >>> from guardrails_lib import block
    >>> from guardrails_lib.checks import longer_than
    >>> [(each.verdict, each.found) for each in shown(Policy(input=(block(longer_than(limit=9)),)))]
    [(Verdict.GUARDS, 2)]
    """
    guard = guard_of(subject)
    around = _innocent(guard)
    for stage in STAGES:
        for rule in getattr(guard.policy, stage):
            alone = shown_alone(stage, rule, guard.cleared_for)
            yield _together(alone, guard, around) if alone.verdict is Verdict.GUARDS else alone


def shown_alone(stage: str, rule: Rule[Any], cleared_for: Label | None = None) -> Shown:
    """What *rule* makes of the samples of its check where it is the only one."""
    try:
        known = rule.check.known
        if known is None:
            return Shown(stage, rule, Verdict.UNTESTED, why="its check declares no samples")
        of_bad, of_good = (
            [_alone(stage, rule, cleared_for, each) for each in _deliveries(stage, rule, some)]
            for some in (known.bad, known.good)
        )
    except PolicyError:  # it may quote a parameter of the rule
        why = "its samples are no values of the type that its check looks at"
        return Shown(stage, rule, Verdict.FAILS, why=why)
    except ImportError as problem:  # it says which extra is missing
        return Shown(stage, rule, Verdict.FAILS, why=str(problem))
    except Exception as problem:  # whatever an author's function raises
        why = f"its samples cannot be made: {type(problem).__name__}"
        return Shown(stage, rule, Verdict.FAILS, why=why)
    bad, good = len(of_bad), len(of_good)
    found, quiet = sum(map(_is_found, of_bad)), sum(map(_is_quiet, of_good))
    milder = sum(not _as_meant(rule, each) for each in of_bad)
    counted = Shown(stage, rule, Verdict.FAILS, found, bad, quiet, good)
    if found < bad:
        return replace(counted, why=_why_not(rule, known.bad, of_bad))
    if milder:
        return replace(counted, why=f"{milder} end milder than {rule.action.name.lower()}")
    if quiet < good:
        why = f"it found something in {good - quiet} that it is known to leave alone"
        return replace(counted, why=why)
    if not bad:
        why = known.why or "nothing that it is known to find can be where this stage looks"
        return replace(counted, verdict=Verdict.UNTESTED, why=why)
    return replace(counted, verdict=Verdict.GUARDS)


def guard_of(subject: Subject) -> Guard[Any]:
    """The guard of *subject*, with nothing of the world behind it."""
    if isinstance(subject, Policy):
        return Guard(subject, returns=_wanted(subject))
    guard: object = subject if isinstance(subject, Guard) else guarded_as(subject).guard
    if not isinstance(guard, Guard):
        raise PolicyError("a flow has several guards: name one of the functions in it")
    cleared_for = Label.RESTRICTED if guard.cleared_for is None else guard.cleared_for
    return Guard(guard.policy, returns=guard.returns, repair=guard.repair, cleared_for=cleared_for)


# -- one rule, and one sample


def _deliveries(
    stage: str, rule: Rule[Any], samples: Iterable[object], around: Request = INNOCENT
) -> Iterator[Delivery]:
    made = (delivered(stage, rule.check.subject, sample, around) for sample in samples)
    return (each for each in made if each is not None)


def _alone(
    stage: str, rule: Rule[Any], cleared_for: Label | None, delivery: Delivery
) -> Played[Any]:
    rules: dict[str, Any] = {stage: (rule,)}
    policy = Policy(budget=Budget(attempts=_ATTEMPTS), **rules)
    return _played(Guard(policy, cleared_for=cleared_for, returns=delivery.returns), delivery)


_ATTEMPTS = 2
"""So that a rule which has it asked again is seen to."""


def _played(guard: Guard[Any], delivery: Delivery) -> Played[Any]:
    returns = delivery.returns if guard.returns is None else guard.returns
    guard = replace(guard, returns=returns, repair=guard.repair or delivery.repair)
    if delivery.labelled and guard.cleared_for is None:
        guard = replace(guard, cleared_for=Label.PUBLIC)
    is_async = any(rule.check.is_async for rule in guard.policy.rules)
    model = answers(delivery.reply, delivery.samples)
    return play(guard, model, delivery.request, shape=Shape.ACALL if is_async else Shape.CALL)


def _seen(played: Played[Any]) -> list[Event]:
    """What rules found; not what the engine itself has to say of what cannot be read."""
    events = () if played.outcome is None else played.outcome.record.events
    found = (each for each in events if each.kind == "found" and each.by)
    return [each for each in found if each.by != ("returns",) or not _is_unreadable(each)]


def _is_unreadable(event: Event) -> bool:
    return event.finding is not None and event.finding.kind == "unreadable"


def _is_found(played: Played[Any]) -> bool:
    return any(event.finding and event.finding.kind != "error" for event in _seen(played))


def _is_quiet(played: Played[Any]) -> bool:
    return played.error is None and not _seen(played)


def _as_meant(rule: Rule[Any], played: Played[Any], attempts: int = _ATTEMPTS) -> bool:
    """Whether the call ended no milder than *rule* says, if it is asked so often."""
    last = rule.action is Action.RETRY and attempts == 1
    meant = rule.then if last else rule.action
    return played.outcome is not None and severity(played) >= meant


def _why_not(rule: Rule[Any], samples: Iterable[object], played: Iterable[Played[Any]]) -> str:
    """Why *rule* did not find what it should; nothing of the samples is quoted."""
    for each in played:
        if each.error is not None:
            return f"the call broke: {type(each.error).__name__}"
        for event in _seen(each):
            if event.finding and event.finding.kind == "error":
                return _missing(rule.check, samples) or event.finding.message
    return "it found nothing in what it is known to find"


def _missing(check: Check[Any], samples: Iterable[object]) -> str:
    """Which extra *check* lacks, in the words of its own error."""
    for sample in () if check.is_async else samples:
        try:
            check.look(sample)
        except ImportError as problem:
            return str(problem)
        except Exception:  # the engine has said that it broke
            return ""
    return ""


# -- the whole policy


def _together(alone: Shown, guard: Guard[Any], around: Request) -> Shown:
    """*alone*, unless the rule is kept from guarding by what else is in the policy."""
    rule, stage = alone.rule, alone.stage
    known = rule.check.known
    assert known is not None  # as it was shown
    attempts = guard.policy.budget.attempts or _ATTEMPTS
    earlier = _earlier(guard.policy, stage, rule)
    milder = 0
    for delivery in _deliveries(stage, rule, known.bad, around):
        played = _played(guard, delivery)
        events = () if played.outcome is None else played.outcome.record.events
        stopped = played.error is not None or any(
            each.action is not None and each.action >= Action.REDACT and earlier.issuperset(each.by)
            for each in events
        )
        milder += not (stopped or _as_meant(rule, played, attempts))
    if not milder:
        return alone
    why = f"in the whole policy {milder} of them end milder than {rule.action.name.lower()}"
    return replace(alone, verdict=Verdict.FAILS, why=why)


def _earlier(policy: Policy, stage: str, rule: Rule[Any]) -> set[str]:
    """The checks that look before *rule* does, and may take away what it would find."""
    order = _order(stage, rule)
    return {"returns"} | {
        other.check.name
        for name in STAGES
        for other in getattr(policy, name)
        if _order(name, other) < order
    }


def _order(stage: str, rule: Rule[Any]) -> int:
    if stage in {"input", "sources"}:
        return int(Request in kinds(rule.check.subject))
    return STAGES.index(stage)


def _innocent(guard: Guard[Any]) -> Request:
    """A request that the policy lets through as it is, if one can be put together."""
    messages = [*INNOCENT.messages, *_good(guard.policy.input, str, Message)]
    sources = [*INNOCENT.sources, *_good(guard.policy.sources, Source)]
    for source, message in product(sources[:_MOST], messages[:_MOST]):
        asked = Message("user", message) if isinstance(message, str) else message
        request = Request([asked], [source])
        if _played(guard, Delivery(request)).sent[:1] == (request,):
            return request
    return INNOCENT


_MOST = 4


def _good(rules: Iterable[Rule[Any]], *types: type[Any]) -> Iterator[Any]:
    """What those rules are known to leave alone."""
    for rule in rules:
        try:
            known = rule.check.known
        except Exception:  # noqa: S112  # it is told where the rule is shown
            continue
        yield from (each for each in (known.good if known else ()) if type(each) in types)


def _wanted(policy: Policy) -> Any:
    """What the typed answers are that *policy* looks at."""
    plain = {str, Reply, Request, Message, Source, ToolCall}
    found = [rule.check.subject for rule in policy.validators]
    typed = [each for each in found if not kinds(each) & plain]
    return next((each for each in typed if each is not Unreadable), dict if typed else None)
