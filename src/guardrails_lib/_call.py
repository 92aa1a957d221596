"""The state of one call while it runs: what was seen, found, spent and decided."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Generic, NamedTuple, TypeVar

from ._check import Seen
from ._effects import Flow, Look
from ._events import Difference, Event, Observer, Record
from ._mask import BLOT, masked
from ._outcome import Abstained, Accepted, Blocked, Escalated, Outcome
from ._plan import Group, Plan
from ._policy import Action, Rule
from ._types import Finding, FrozenDict, Span, ToolCall, Usage

__all__ = ["Call", "Decision", "Job", "Judged", "Redacted", "add", "meaning"]

T = TypeVar("T")

_REFUSALS: dict[Action, type[Abstained | Escalated | Blocked]] = {
    Action.ABSTAIN: Abstained,
    Action.ESCALATE: Escalated,
    Action.BLOCK: Blocked,
}
_SHORT = 4
_new = tuple.__new__  # a named tuple in half the time that its own constructor takes
_NOWHERE = Span(-1, -1)


class Job(NamedTuple):
    """Rules to be run on one part of the call."""

    group: Group
    subject: object
    where: str
    holder: str = ""
    """The message, source or tool call that the part belongs to: what `drop` removes."""
    covers: tuple[str, ...] = ()
    """The parts that are looked at with it, where that is not the one at *where*."""


class Judged(NamedTuple):
    """A finding and what it means."""

    action: Action
    finding: Finding
    say: str = ""
    then: Action = Action.ABSTAIN
    holder: str = ""
    order: int = 0
    """The place of its rule among those that looked."""


class Redacted(NamedTuple):
    """What one rule found in one text, and was to be redacted."""

    job: Job
    rule: Rule[Any]
    judged: Sequence[Judged]


class Decision(Exception):
    """How the call, or this attempt, ends; raised from wherever it is known."""

    def __init__(self, judged: Sequence[Judged], text: str = "") -> None:
        super().__init__()
        self.judged = judged
        self.text = text
        strictest = max(each.action for each in judged)
        if strictest > Action.RETRY:  # nobody will be asked again
            thens = (each.then for each in judged if each.action is Action.RETRY)
            strictest = max([strictest, *thens])
        self.action = strictest

    @property
    def say(self) -> str:
        """What the first rule that decides wants said."""
        for each in self.judged:
            action = each.then if each.action is Action.RETRY else each.action
            if action is self.action and each.say:
                return each.say
        return ""


class Call(Generic[T]):
    """One call of a guarded function."""

    until: float | None = None
    attempts = 0
    shown = False
    spent = Usage()
    outcome: Outcome[T] | None = None
    _afterwards: tuple[tuple[str, Sequence[Job], Sequence[Judged], bool], ...] = ()
    _differences: tuple[Difference, ...] = ()

    def __init__(
        self,
        plan: Plan,
        *,
        observers: Sequence[Observer] = (),
        shadow: Plan | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.plan = plan
        self.observers = observers
        self.shadow = shadow
        self.clock = clock
        self.began = clock()
        seconds = plan.policy.budget.seconds
        if seconds is not None:
            self.until = self.began + seconds
        self.events: list[Event] = []
        self.findings: list[Finding] = []
        self.coverage: dict[str, tuple[str, ...]] = {}
        self.redacted: set[str] = set()
        self._scrubbed: dict[str, str] = {}

    def note(
        self,
        kind: str,
        where: str = "",
        by: tuple[str, ...] = (),
        action: Action | None = None,
        finding: Finding | None = None,
        usage: Usage | None = None,
    ) -> None:
        """Put an event into the record and tell the observers."""
        at = self.clock() - self.began
        event = _new(Event, (kind, at, where, by, action, finding, usage))
        self.events.append(event)
        if self.observers:
            self._tell(event)

    def _tell(self, event: Event) -> None:
        for observer in self.observers:
            try:
                observer(event)
            except Exception as problem:
                self.observers = [each for each in self.observers if each is not observer]
                name = getattr(observer, "__name__", type(observer).__name__)
                logging.getLogger("guardrails_lib").warning(
                    "observer %s raised %s: it hears no more of this call",
                    name,
                    type(problem).__name__,
                )
                self.note("deaf", by=(name,))

    def in_time(self) -> None:
        """End the call if its seconds are over."""
        if self.until is not None and self.clock() > self.until:
            raise self.late()

    def late(self) -> Decision:
        """The decision to give no answer, since it took too long."""
        return self._over("seconds")

    def charge(self, usage: Usage) -> None:
        """Add *usage* to what was spent; over the budget, the call ends."""
        self.spent += usage
        budget = self.plan.policy.budget
        if budget.dollars is not None and self.spent.dollars > budget.dollars:
            raise self._over("dollars")
        if budget.tokens is not None and self.spent.tokens > budget.tokens:
            raise self._over("tokens")

    def look(self, jobs: Sequence[Job], last: bool = True) -> Flow[list[Judged]]:
        """Have *jobs* done: slow ones last, and not at all if the others block."""
        judged: list[Judged] = []
        if self.plan.slow and any(job.group.slow for job in jobs):
            quick = [job._replace(group=job.group.part(slow=False)) for job in jobs]
            judged = yield from self.look(quick, last)
            if any(each.action is Action.BLOCK for each in judged):
                return judged
            jobs = [job._replace(group=job.group.part(slow=True)) for job in jobs]
        if not jobs:
            return judged
        answers = yield Look([(job.group.rules, job.subject) for job in jobs], self.until)
        redacted: list[Redacted] = []
        for job, answer in zip(jobs, answers, strict=True):
            for rule, seen in zip(job.group.rules, answer, strict=True):
                if seen:
                    found = joined(self.judge(job, rule, each, last) for each in self.charged(seen))
                    judged += found
                    if rule.action is Action.REDACT:
                        redacted.append(Redacted(job, rule, found))
        if redacted:
            judged += yield from self.still_there(redacted)
        for job in jobs:
            self.saw(job)
        self.in_time()
        return judged

    def still_there(self, redacted: Sequence[Redacted]) -> Flow[list[Judged]]:
        """What rules still find in a text without what they found in it: that escalates."""
        looks: list[tuple[tuple[Rule[Any]], object]] = []
        for job, rule, judged in redacted:
            text = str(job.subject)
            gone = [each.finding for each in judged if each.action is Action.REDACT]
            for start, end in (finding.span for finding in gone if finding.span):
                self.hide(text[start:end])
            looks.append(((rule,), masked(text, gone)))
        answers = yield Look(looks, self.until)
        self.in_time()
        return [
            self.judge(job, rule, _again(finding), last=True)
            for (job, rule, _), answer in zip(redacted, answers, strict=True)
            for finding in self.charged(answer[0])
        ]

    def charged(self, seen: Iterable[Seen]) -> list[Finding]:
        """The findings; what the looking cost is charged."""
        found = []
        for each in seen:
            if isinstance(each, Usage):
                self.charge(each)
            else:
                found.append(each)
        return found

    def saw(self, job: Job) -> None:
        """Put into the coverage that *job* was done."""
        names = job.group.names
        if names:
            for where in job.covers or (job.where,):
                self.coverage[where] = self.coverage.get(where, ()) + names
                self.note("looked", self._place(where), names)

    def judge(self, job: Job, rule: Rule[Any], finding: Finding, last: bool) -> Judged:
        """Place *finding* and say what it means; one that is placed nowhere is an error."""
        if not finding.where or isinstance(job.subject, str):
            finding = replace(finding, where=job.where)
            if finding.span and _outside(finding.span, job.subject):
                message = "it found something outside the text"
                finding = replace(finding, message=message, span=None, kind="error")
        return Judged(meaning(rule, finding, last), finding, rule.say, rule.then, job.holder)

    def decide(self, judged: Sequence[Judged]) -> None:
        """Keep what was found; raise the `Decision` if the call cannot go on."""
        self.keep(judged)
        if any(each.action >= Action.RETRY for each in judged):
            raise Decision(judged)

    def keep(self, judged: Iterable[Judged]) -> None:
        """Put findings into the outcome and the record, with nothing redacted in them."""
        for each in judged:
            finding = self.clean(each.finding)
            self.findings.append(finding)
            self.note("found", finding.where, (finding.check,), each.action, finding)

    def clean(self, finding: Finding) -> Finding:
        """*finding* without any text that a rule redacted."""
        if not self.redacted:
            return finding
        for name in ("message", "where", "instead", "kind", "check"):
            text = getattr(finding, name)
            if text and text not in self.plan.names:
                safe = self.scrub(text)
                if safe is not text:
                    finding = replace(finding, **{name: safe})  # type: ignore[arg-type]  # all are texts
        return finding

    def scrub(self, text: str) -> str:
        """*text* with whatever a rule redacted in this call blotted out."""
        known = self._scrubbed.get(text)
        if known is None:
            known = text
            for secret in self.redacted:
                if secret in known:
                    known = _without(secret, known)
            self._scrubbed[text] = known
        return known

    def hide(self, text: str) -> None:
        """Keep *text*, which a rule redacted, out of all that is said of the call."""
        if text and text not in self.redacted:
            self.redacted.add(text)
            self._scrubbed.clear()

    def end(self, decision: Decision) -> Outcome[T]:
        """The refusal that *decision* asks for."""
        refusal = _REFUSALS[decision.action]
        self.note("decided", action=decision.action)
        findings, record = self._clean_findings(), self.record()
        if decision.say:
            outcome = refusal(decision.say, findings, record=record)
        else:
            outcome = refusal(findings=findings, record=record)
        self.outcome = outcome
        return outcome

    def accept(self, value: T, tool_calls: tuple[ToolCall, ...]) -> Outcome[T]:
        """The answer stands."""
        self.note("decided")
        self.outcome = Accepted(value, self._clean_findings(), tool_calls, "", self.record())
        return self.outcome

    def _clean_findings(self) -> tuple[Finding, ...]:
        return tuple([self.clean(each) for each in self.findings])

    def broken_off(self, kind: str, message: str) -> None:
        """The call ends without a decision of the policy: nobody wants it, or it failed."""
        if self.outcome is None:
            judged = [Judged(Action.ABSTAIN, Finding(message, kind=kind))]
            self.keep(judged)
            self.end(Decision(judged))

    def record(self) -> Record:
        """What there is to say of the call by now."""
        policy = self.plan.policy
        seconds = self.clock() - self.began
        events, coverage = self.events, self.coverage
        if self.redacted:  # it may have been told of before a rule redacted it
            events = [self._clean_event(event) for event in events]
            coverage = {self._place(where): by for where, by in coverage.items()}
        fields = (
            os.urandom(8).hex(),
            policy.name,
            policy.fingerprint,
            time.time() - seconds,
            seconds,
            self.attempts,
            self.spent,
            FrozenDict(coverage),
            tuple(events),
            self._differences,
        )
        return _new(Record, fields)

    def shadowed(self, stage: str, jobs: Sequence[Job], ours: Sequence[Judged], last: bool) -> None:
        """Remember what the shadow policy is to look at, once the call has ended."""
        self._afterwards += ((stage, jobs, ours, last),)

    def compare(self) -> Flow[None]:
        """Run the shadow policy on what the policy saw, and keep where they differ."""
        different = []
        for stage, jobs, ours, last in self._afterwards:
            answers = yield Look([(job.group.rules, job.subject) for job in jobs])
            theirs = [
                judged
                for job, answer in zip(jobs, answers, strict=True)
                for rule, seen in zip(job.group.rules, answer, strict=True)
                for judged in joined(
                    self.judge(job, rule, each, last) for each in seen if isinstance(each, Finding)
                )
            ]
            found = {self.clean(each.finding) for each in ours}
            more = [self.clean(each.finding) for each in theirs]
            actions = _strictest(ours), _strictest(theirs)
            if actions[0] is not actions[1] or found != set(more):
                new = tuple(finding for finding in more if finding not in found)
                different.append(Difference(stage, *actions, new))
        self._differences = tuple(different)

    def _place(self, where: str) -> str:
        """*where*, as it may be told: the keys of what a model or user sent are text too."""
        return self.scrub(where) if self.redacted and "." in where else where

    def _clean_event(self, event: Event) -> Event:
        finding = event.finding and self.clean(event.finding)
        return event._replace(where=self._place(event.where), finding=finding)

    def _over(self, what: str) -> Decision:
        limit = getattr(self.plan.policy.budget, what)
        return self.stop("budget", f"more than {limit:g} {what}")

    def stop(self, kind: str, message: str, where: str = "") -> Decision:
        """The decision to abstain, for a reason of the engine's own."""
        judged = [Judged(Action.ABSTAIN, Finding(message, kind=kind, where=where))]
        self.keep(judged)
        return Decision(judged)


def meaning(rule: Rule[Any], finding: Finding, last: bool) -> Action:
    """What *finding* means under *rule*; on the *last* attempt nobody is asked again."""
    action = rule.action
    if finding.kind == "error" and rule.on_error is not None:
        action = rule.on_error
    if action is Action.RETRY and last:
        action = rule.then
    if action is Action.REDACT and not _replaceable(finding):
        action = Action.ESCALATE
    return action


def _replaceable(finding: Finding) -> bool:
    if finding.span is None:
        return False
    return finding.span.end > finding.span.start or finding.instead is not None


def _outside(span: Span, subject: object) -> bool:
    """Whether *subject* is or has a text in which there is no such place."""
    text = subject if isinstance(subject, str) else getattr(subject, "text", None)
    return isinstance(text, str) and not 0 <= span.start <= span.end <= len(text)


def _again(finding: Finding) -> Finding:
    """A finding in a text that was redacted: without a span, so it cannot be redacted."""
    return replace(finding, message=f"redacted, and there again: {finding.message}", span=None)


def joined(judged: Iterable[Judged]) -> list[Judged]:
    """*judged* by place, those that overlap and differ in nothing but their span made one."""
    found: list[Judged] = []
    growing: dict[tuple[int, Finding], int] = {}
    for each in sorted(judged, key=lambda each: each.finding.span or _NOWHERE):
        add(each, found, growing)
    return found


def add(new: Judged, found: list[Judged], growing: dict[tuple[int, Finding], int]) -> None:
    """Put *new* at the end of *found*, or make it one with the last of its kind there."""
    span = new.finding.span
    if span is not None:
        kind = new.order, replace(new.finding, span=None)
        place = growing.get(kind)
        before = None if place is None else found[place].finding.span
        if place is not None and before is not None and span.start < before.end:
            whole = Span(before.start, max(before.end, span.end))
            found[place] = new._replace(finding=replace(new.finding, span=whole))
            return
        growing[kind] = len(found)
    found.append(new)


def _without(secret: str, text: str) -> str:
    """*text* without *secret*; a short one only where it stands as a word of its own."""
    if len(secret) < _SHORT:
        return re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", BLOT * 3, text)
    return text.replace(secret, BLOT * 3)


def _strictest(judged: Sequence[Judged]) -> Action | None:
    return max((each.action for each in judged), default=None)
