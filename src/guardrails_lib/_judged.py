"""What findings mean: one that is judged, a decision that ends the call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ._mask import Cover, masked
from ._parts import fixed_in
from ._plan import Group
from ._policy import Action, Rule
from ._say import Say
from ._stand_ins import StandIn, Synthetic, pseudonym
from ._tree import strings
from ._types import Finding, Span, ToolCall

__all__ = [
    "Decision",
    "Job",
    "Judged",
    "Redacted",
    "add",
    "borne_out_at",
    "joined",
    "judge",
    "meaning",
    "redacted_texts",
    "stand_in",
    "strictest",
    "text_jobs",
    "without",
]

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
    fixed: bool = False
    """The text cannot be changed where it is: a key, a name. To redact it then escalates."""


class Judged(NamedTuple):
    """A finding and what it means."""

    action: Action
    finding: Finding
    say: Say = ""
    then: Action = Action.ABSTAIN
    holder: str = ""
    order: int = 0
    """The place of its rule among those that looked."""
    stand_in: StandIn | None = None
    """What its rule puts for what it redacts; `pseudonym` if that is to be restored."""
    fieldwise: bool = False
    """Only the part where it is needs to be asked for again."""

    @property
    def cover(self) -> Cover:
        """What is to be replaced, if it is to be redacted."""
        return Cover(self.finding, self.stand_in)


class Redacted(NamedTuple):
    """What one rule found in one text, and was to be redacted."""

    job: Job
    rule: Rule[Any]
    judged: Sequence[Judged]


class Decision(Exception):
    """How the call, or this attempt, ends; raised from wherever it is known."""

    def __init__(self, judged: Sequence[Judged], text: str | None = None) -> None:
        super().__init__()
        self.judged = judged
        self.text = text  # None: it is about the request
        strictest = max(each.action for each in judged)
        if strictest > Action.RETRY:  # nobody will be asked again
            thens = (each.then for each in judged if each.action is Action.RETRY)
            strictest = max([strictest, *thens])
        self.action = strictest

    @property
    def deciding(self) -> list[Judged]:
        """The findings that mean no less than what is decided."""
        return [
            each
            for each in self.judged
            if (each.then if each.action is Action.RETRY else each.action) is self.action
        ]

    @property
    def say(self) -> Say:
        """What the first rule that decides wants said."""
        return next((each.say for each in self.deciding if each.say), "")


def text_jobs(group: Group, where: str, tool_call: ToolCall) -> list[Job]:
    """*group*, to look at each text among the arguments of the tool call at *where*."""
    if not group.rules:
        return []
    place, arguments = f"{where}.arguments", tool_call.arguments
    return [
        *(Job(group, text, at, where) for at, text in strings(arguments, place)),
        *(Job(group, text, at, where, fixed=True) for at, text in fixed_in(arguments, place)),
    ]


def judge(job: Job, rule: Rule[Any], finding: Finding, last: bool) -> Judged:
    """Place *finding* and say what it means; one that is placed nowhere is an error."""
    if not finding.where or isinstance(job.subject, str):
        finding = replace(finding, where=job.where)
        if finding.span and _outside(finding.span, job.subject):
            message = "it found something outside the text"
            finding = replace(finding, message=message, span=None, kind="error")
    action = meaning(rule, finding, last)
    if job.fixed and action is Action.REDACT:
        action = Action.ESCALATE
    made = stand_in(rule)
    return Judged(action, finding, rule.say, rule.then, job.holder, 0, made, rule.fieldwise)


def borne_out_at(judged: Judged, places: Mapping[str, str]) -> Judged:
    """*judged* with its evidence where the source was when the request was given."""
    evidence = judged.finding.evidence
    if evidence is None or evidence.where not in places:
        return judged
    moved = replace(evidence, where=places[evidence.where])
    return judged._replace(finding=replace(judged.finding, evidence=moved))


def stand_in(rule: Rule[Any]) -> StandIn | None:
    """What *rule* puts for what it redacts."""
    return pseudonym if rule.restore else rule.with_


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


def without(text: str, judged: Iterable[Judged]) -> str:
    """*text* as it is looked at again: a fake would be found, so a placeholder is in its place."""
    covers = (each.cover for each in judged if each.action is Action.REDACT)
    return masked(
        text,
        [
            each._replace(stand_in=pseudonym) if isinstance(each.stand_in, Synthetic) else each
            for each in covers
        ],
    )


def redacted_texts(
    jobs: Iterable[Job],
    judged: Iterable[Judged],
    *,
    issue: Callable[[Job], StandIn] = lambda _: pseudonym,
) -> dict[str, str]:
    """The texts in which something is to be redacted, without it, each at its place."""
    found: dict[str, list[Cover]] = {}
    for each in judged:
        if each.action is Action.REDACT:
            found.setdefault(each.finding.where, []).append(each.cover)
    return {
        job.where: masked(job.subject, found[job.where], issue=issue(job))
        for job in jobs
        if job.where in found and isinstance(job.subject, str) and not job.fixed
    }


def strictest(judged: Sequence[Judged]) -> Action | None:
    """The strictest that anything found means."""
    return max((each.action for each in judged), default=None)
