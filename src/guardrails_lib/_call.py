"""The state of one call while it runs: what was seen, found, spent and decided."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, NamedTuple, TypeVar

from ._case import Case, ToDesk
from ._check import Seen
from ._deadline import until
from ._effects import Flow, Look
from ._events import Difference, Event, Observer, Record
from ._fieldwise import Draft
from ._hidden import Hidden
from ._judged import Decision, Job, Judged, Redacted, joined, judge, without
from ._kept import Cache
from ._ledger import AsyncLedger, Charge, Held, Ledger
from ._outcome import Abstained, Accepted, Blocked, Escalated, Outcome, Passage
from ._plan import Plan
from ._policy import Action, Rule
from ._say import default, said, spoken
from ._types import NO_USAGE, Finding, Label, Request, Source, ToolCall, Usage
from ._values import FrozenDict
from ._vault import Vault

__all__ = ["Call"]

T = TypeVar("T")


class Hold(NamedTuple):
    """Money set aside for asking once."""

    ledger: Ledger | AsyncLedger
    held: Held
    spent: float
    """What the call had spent before."""
    told: bool = True
    """Whether it came to be known what that cost."""


_ENDINGS = {
    Action.ABSTAIN: "Abstained",
    Action.ESCALATE: "Escalated",
    Action.BLOCK: "Blocked",
}
_new = tuple.__new__  # a named tuple in half the time that its own constructor takes


class Call(Generic[T]):
    """One call of a guarded function."""

    until: float | None = None
    cleared_for: Label | None = None
    """What the model may see; None is anything."""
    label = Label.PUBLIC
    """The highest label of what was asked."""
    seen = Label.PUBLIC
    """The highest of what the model saw."""
    put_back = Label.PUBLIC
    """The highest of what was put back into its answer."""
    attempts = 0
    shown = False
    spent = NO_USAGE
    outcome: Outcome[T] | None = None
    vault: Vault | None = None
    """What is redacted to be restored; made when it is needed, if no conversation has one."""
    draft: Draft | None = None
    """The answer of which parts were asked for again."""
    typed = False
    """Whether the answer is more than text."""
    hidden: Hidden | None = None
    """What rules redacted, once there is anything."""
    opaque: frozenset[str] = frozenset()
    """Parts that no check can read."""
    issued: Mapping[str, str] = FrozenDict()
    """What this call put behind placeholders."""
    shows_value = False
    """Whether the caller wants the value of a stream as it grows, and not its text."""
    asked: Request | None = None
    """What the caller asked."""
    request: Request | None = None
    """What the model sees of it, or would see."""
    sources: Mapping[str, Source] = FrozenDict()
    """The sources that it may see, each by its place in what was asked."""
    stops = Action.RETRY
    """The mildest that ends an attempt; of what a person has approved that is to block."""
    resumed = False
    """Whether a person has decided: what was asked was looked at then."""
    amended = False
    """Whether that person gave another answer, which the policy has not seen."""
    answer: str | None = None
    """What was accepted, as it may be kept: with nothing put back."""
    calls: tuple[ToolCall, ...] = ()
    """The tool calls of the reply, as they may be kept."""
    language: str | Callable[[Request], str] = "en"
    """What refusals are said in."""
    handing: ToDesk | None = None
    """Where its case goes, if a person must decide."""
    afterwards: tuple[tuple[str, Sequence[Job], Sequence[Judged], bool], ...] = ()
    """What the shadow policy is to look at once the call has ended."""
    differences: tuple[Difference, ...] = ()
    prices: Callable[[str, Usage], float] | None = None
    """What a model costs."""
    charge: Charge | None = None
    """Whose money it is."""
    held: tuple[Hold, ...] = ()
    """What is set aside of it, once for each time that the model is asked."""
    told = False
    """Whether it is known what the model cost the last time that it was asked."""
    degraded = False
    """Whether money is short, so that another function is asked."""
    cache: Cache | None = None
    options: tuple[str, object] = ("", ())
    """What stands for the type that is wanted, and all arguments but the request."""
    fetching = ""
    """The key under which others wait for this answer."""
    flagged: tuple[Finding, ...] = ()
    """What validators flagged in the answer."""

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
        self.id = _fresh_id()
        budget = plan.policy.budget
        self.limited = plan.limited
        if budget.seconds is not None:
            self.until = self.began + budget.seconds
        outer = until()
        if outer is not None:
            self.until = outer if self.until is None else min(outer, self.until)
            self.limited = True
        self.events: list[Event] = []
        self.findings: list[Finding] = []
        self.coverage: dict[str, tuple[str, ...]] = {}

    @property
    def as_written(self) -> bool:
        """Whether a reply reaches the caller as the model wrote it."""
        return self.vault is None and not self.plan.output.rules

    def show_value(self) -> None:
        """The caller wants the value as it grows, and not the text."""
        if not self.typed:
            raise TypeError("partials() gives a typed value: say which, in guard(..., returns=...)")
        if self.events:
            raise RuntimeError("partials() comes before anything is read of the stream")
        self.shows_value = True

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
        deaf: list[Observer] = []
        for observer in self.observers:
            try:
                observer(event)
            except Exception as problem:
                import logging  # noqa: PLC0415  # rarely needed

                deaf.append(observer)
                logging.getLogger("guardrails_lib").warning(
                    "observer %s raised %s: it hears no more of this call",
                    _name(observer),
                    type(problem).__name__,
                )
        if deaf:
            self.observers = [each for each in self.observers if each not in deaf]
            for observer in deaf:
                self.note("deaf", by=(_name(observer),))

    @property
    def counts_dollars(self) -> bool:
        """Whether there is a limit to what may be spent."""
        return self.charge is not None or self.plan.policy.budget.dollars is not None

    def within_budget(self, judged: Iterable[Judged] = ()) -> None:
        """End the call, keeping what is *judged*, if it has taken more than it may."""
        if self.is_late():
            self.keep(judged)
            raise self.stopped_late()
        budget = self.plan.policy.budget
        for what, limit, spent in (
            ("dollars", budget.dollars, self.spent.dollars),
            ("tokens", budget.tokens, self.spent.tokens),
        ):
            if limit is not None and spent > limit:
                self.keep(judged)
                raise self.stop("budget", f"more than {limit:g} {what}")

    def is_late(self, early: float = 0.0) -> bool:
        """Whether the time has passed by when it must have ended, or is *early* seconds away."""
        return self.until is not None and self.clock() > self.until - early

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
        if not any(map(any, answers)):  # as a rule nothing is found
            for job in jobs:
                self.saw(job.group.names, job.covers or (job.where,))
            if self.limited:
                self.within_budget(judged)
            return judged
        redacted: list[Redacted] = []
        for job, answer in zip(jobs, answers, strict=True):
            for rule, seen in zip(job.group.rules, answer, strict=True):
                if seen:
                    found = joined(judge(job, rule, each, last) for each in self.charged(seen))
                    judged += found
                    if any(each.action is Action.REDACT for each in found):
                        redacted.append(Redacted(job, rule, found))
                    self._hide_fixed(job, rule, found)
        if redacted:
            judged += yield from self.still_there(redacted)
        for job in jobs:
            self.saw(job.group.names, job.covers or (job.where,))
        if self.limited:
            self.within_budget(judged)
        return judged

    def still_there(self, redacted: Sequence[Redacted]) -> Flow[list[Judged]]:
        """What rules still find in a text without what they found in it: that escalates."""
        looks: list[tuple[tuple[Rule[Any]], object]] = []
        for job, rule, judged in redacted:
            gone = [each for each in judged if each.action is Action.REDACT]
            self._hide_all(text := str(job.subject), gone)
            looks.append(((rule,), without(text, judged)))
        answers = yield Look(looks, self.until)
        return [
            judge(job, rule, _again(finding), last=True)
            for (job, rule, _), answer in zip(redacted, answers, strict=True)
            for finding in self.charged(answer[0])
        ]

    def charged(self, seen: Iterable[Seen]) -> list[Finding]:
        """The findings; what the looking cost is added to what was spent."""
        found = []
        for each in seen:
            if isinstance(each, Usage):
                known = each.dollars > 0
                self.spent += each if known else replace(each, dollars=0.0)
                if not known and each != NO_USAGE and self.counts_dollars:
                    raise self.stop("error", "what a check spent is not known in dollars")
            else:
                found.append(each)
        return found

    def saw(self, names: tuple[str, ...], places: Iterable[str]) -> None:
        """Put into the coverage that the checks of these *names* looked at *places*."""
        if names:
            for where in places:
                before = self.coverage.get(where)
                if not before:
                    self.coverage[where] = names
                elif before[-len(names) :] != names:  # a place may hold many keys
                    self.coverage[where] = before + names
                self.note("looked", self.hidden.place(where) if self.hidden else where, names)

    def forget_reply(self) -> None:
        """Take a reply that is asked for again out of the coverage; the next one is another."""
        for where in [each for each in self.coverage if each.startswith(("reply", "value"))]:
            del self.coverage[where]
        self.calls = ()

    def decide(self, judged: Sequence[Judged]) -> None:
        """Keep what was found; raise the `Decision` if the call cannot go on."""
        self.keep(judged)
        if any(each.action >= self.stops for each in judged):
            raise Decision(judged)

    def keep(self, judged: Iterable[Judged]) -> None:
        """Put findings into the outcome and the record, with nothing redacted in them."""
        for each in judged:
            finding = self.clean(each.finding)
            self.findings.append(finding)
            by = (finding.check,) if finding.check else ()
            self.note("found", finding.where, by, each.action, finding)

    def clean(self, finding: Finding) -> Finding:
        """*finding* without any text that a rule redacted."""
        return finding if self.hidden is None else self.hidden.finding(finding)

    def hide(self, text: str) -> None:
        """Keep *text*, which a rule redacted, out of all that is said of the call."""
        if text:
            if self.hidden is None:
                self.hidden = Hidden(self.plan.names)
            self.hidden.add(text)

    def _hide_fixed(self, job: Job, rule: Rule[Any], judged: Sequence[Judged]) -> None:
        """Keep a key that *rule* takes out out of what is said: it would stand in each place.

        What a person is to decide, he must see.
        """
        if job.fixed and rule.action not in {Action.FLAG, Action.ESCALATE}:
            text = str(job.subject)
            self._hide_all(text, judged)
            if any(each.finding.span is None for each in judged):
                self.hide(text)

    def _hide_all(self, text: str, judged: Iterable[Judged]) -> None:
        for start, end in (each.finding.span for each in judged if each.finding.span):
            self.hide(text[start:end])

    def end(
        self, decision: Decision, near: tuple[Passage, ...] = (), case: Case | None = None
    ) -> Outcome[T]:
        """The refusal that *decision* asks for."""
        if self.outcome is not None:  # it was abandoned meanwhile
            return self.outcome
        self.note("decided", action=decision.action)
        say, findings, record = self.said(decision), self.clean_findings(), self.record(self.label)
        if decision.action is Action.ABSTAIN:
            self.outcome = Abstained(say, findings, record, near)
        elif decision.action is Action.ESCALATE:
            self.outcome = Escalated(say, findings, record, case)
        else:
            self.outcome = Blocked(say, findings, record)
        return self.outcome

    def said(self, decision: Decision) -> str:
        """What the person is told."""
        tag = spoken(self.language, self.asked)
        if decision.say:
            return said(decision.say, [self.clean(j.finding).kind for j in decision.deciding], tag)
        return default(_ENDINGS[decision.action], tag)

    def accept(self, value: T, tool_calls: tuple[ToolCall, ...]) -> Outcome[T]:
        """The answer stands."""
        if self.outcome is not None:  # it was abandoned meanwhile
            return self.outcome
        self.note("decided")
        label = max(self.put_back, self.seen)
        self.outcome = Accepted(value, self.clean_findings(), tool_calls, "", self.record(label))
        return self.outcome

    def clean_findings(self) -> tuple[Finding, ...]:
        """What was found so far, with nothing redacted in it."""
        return tuple([self.clean(each) for each in self.findings])

    def broken_off(self, kind: str, message: str) -> None:
        """The call ends without a decision of the policy: nobody wants it, or it failed."""
        if self.outcome is None:
            judged = [Judged(Action.ABSTAIN, Finding(message, kind=kind))]
            self.keep(judged)
            self.end(Decision(judged))

    def record(self, label: Label) -> Record:
        """What there is to say of the call by now; *label* is that of what comes of it."""
        policy = self.plan.policy
        seconds = self.clock() - self.began
        events, coverage = self.events, self.coverage
        if self.hidden is not None:  # it may have been told of before a rule redacted it
            events = [self.hidden.event(event) for event in events]
            coverage = self.hidden.coverage(coverage)
        fields = (
            self.id,
            policy.name,
            policy.fingerprint,
            time.time() - seconds,
            seconds,
            self.attempts,
            self.spent,
            FrozenDict(coverage),
            tuple(events),
            self.differences,
            label,
            (),
        )
        return _new(Record, fields)

    def shadowed(self, stage: str, jobs: Sequence[Job], ours: Sequence[Judged], last: bool) -> None:
        """Remember what the shadow policy is to look at, once the call has ended."""
        self.afterwards += ((stage, jobs, ours, last),)

    def stopped_late(self) -> Decision:
        """The decision of a call that takes too long."""
        seconds = self.plan.policy.budget.seconds
        if self.until is not None and (seconds is None or self.until < self.began + seconds):
            seconds = round(max(0.0, self.until - self.began), 3)
        return self.stop("budget", f"more than {seconds:g} seconds")

    def dropped(self, judged: Iterable[Judged]) -> set[str]:
        """The messages, sources or tool calls that are to be removed."""
        places = {each.holder for each in judged if each.action is Action.DROP}
        for where in sorted(places):
            self.note("dropped", where)
        return places

    def stop(self, kind: str, message: str, where: str = "") -> Decision:
        """The decision to abstain, for a reason of the engine's own."""
        judged = [Judged(Action.ABSTAIN, Finding(message, kind=kind, where=where))]
        self.keep(judged)
        return Decision(judged)


def _fresh_id() -> str:
    """An id that no other call has, in this process, its forks or elsewhere."""
    process = os.getpid()
    if process not in _tokens:
        _tokens[process] = os.urandom(8).hex()
    return f"{_tokens[process]}{next(_calls):08x}"


_tokens: dict[int, str] = {}
_calls = itertools.count()


def _name(observer: Observer) -> str:
    return getattr(observer, "__name__", type(observer).__name__)


def _again(finding: Finding) -> Finding:
    """A finding in a text that was redacted: without a span, so it cannot be redacted."""
    return replace(finding, message=f"redacted, and there again: {finding.message}", span=None)
