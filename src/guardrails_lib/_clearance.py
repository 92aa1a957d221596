"""How far texts may travel: what a model is cleared for, and what is above that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ._judged import Job, Judged
from ._parts import fixed_texts, texts_of, unread
from ._policy import Action
from ._types import Finding, Label, Message, Request, Source, Uncleared

__all__ = ["above", "highest", "marked", "remaining", "silenced"]


_PUBLIC = Label.PUBLIC
"""To ask an Enum for a member takes as long as all the rest."""


def highest(request: Request) -> Label:
    """The highest label in *request*."""
    label = _PUBLIC
    for message in request.messages:
        if message.label is not _PUBLIC and message.label > label:
            label = message.label
    for source in request.sources:
        if source.label is not _PUBLIC and source.label > label:
            label = source.label
    return label


def above(
    cleared_for: Label | None, held: Iterable[tuple[str, Message | Source]]
) -> dict[str, Label]:
    """The labels above *cleared_for*, by where the messages and sources are that have them."""
    if cleared_for is None:
        return {}
    return {where: each.label for where, each in held if each.label > cleared_for}


def marked(jobs: Sequence[Job], labels: Mapping[str, Label]) -> list[Job]:
    """*jobs*, with the texts in them that have one of *labels* known by it.

    An empty one is, where there is no other: so a rule may drop a picture.
    """
    speaking = {job.holder for job in jobs if isinstance(job.subject, str) and job.subject}
    return [
        job._replace(subject=Uncleared(job.subject, labels[job.holder]))
        if job.holder in labels
        and isinstance(job.subject, str)
        and (job.subject or job.holder not in speaking)
        else job
        for job in jobs
    ]


def silenced(
    held: Iterable[tuple[str, Message | Source]],
    labels: Mapping[str, Label],
    jobs: Iterable[Job],
    judged: Iterable[Judged],
) -> set[str]:
    """Which of *held* with one of *labels* say nothing any more: all of it was redacted."""
    if not labels:
        return set()
    texts = {
        job.where: (0, len(job.subject))
        for job in jobs
        if isinstance(job.subject, str) and not job.fixed
    }
    gone = {
        each.finding.where
        for each in judged
        if each.action is Action.REDACT and each.finding.span == texts.get(each.finding.where)
    }
    return {where for where, each in held if where in labels and _says_nothing(where, each, gone)}


def _says_nothing(where: str, holder: Message | Source, gone: set[str]) -> bool:
    """Whether each text of *holder* is *gone*, and there is nothing else in it."""
    if isinstance(holder, Source):
        return where in gone
    return not (
        any(text and place not in gone for place, text in texts_of(where, holder))
        or any(True for _ in fixed_texts(where, holder))
        or any(True for _ in unread(where, holder))
    )


def remaining(
    held: Iterable[tuple[str, Message | Source]], request: Request, cleared_for: Label
) -> list[Judged]:
    """What of *held* is still in *request* and above *cleared_for*: no rule took it out."""
    there = {id(each) for each in (*request.messages, *request.sources)}
    return [
        Judged(
            Action.BLOCK,
            Finding(
                f"{each.label} is more than {cleared_for}, and no rule took it out",
                kind="uncleared",
                where=where,
            ),
        )
        for where, each in held
        if each.label > cleared_for and id(each) in there
    ]
