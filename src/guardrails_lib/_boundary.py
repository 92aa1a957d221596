"""What may reach the model: messages and sources, looked at, redacted, dropped."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

from ._call import Call
from ._clearance import above, marked, remaining, silenced
from ._effects import Flow
from ._judged import Decision, Job, Judged, redacted_texts
from ._parts import fixed_texts, rewritten, texts_of, unread
from ._plan import Group, Plan
from ._policy import Action
from ._restore import issuing
from ._stand_ins import pseudonym
from ._together import Held, looked_at_together
from ._types import Finding, Label, Message, Request, Source

__all__ = ["PLACE", "admitted"]

Holder = TypeVar("Holder", Message, Source)

PLACE = "messages"
"""Where the messages of a request are, in what is said of it."""


def admitted(
    call: Call[Any], new: Request, place: str, strict: bool, before: Request | None = None
) -> Flow[Request]:
    """What may reach the model of *new*, its messages being at *place*, after *before*."""
    plan, shadow = call.plan, call.shadow
    messages = [(f"{place}[{n}]", each) for n, each in enumerate(new.messages)]
    sources: list[tuple[str, Source]] = []
    if new.sources:
        sources = [(f"sources[{n}]", each) for n, each in enumerate(new.sources)]
        call.sources = dict(sources)
    parts = _parts(call, new, messages, sources)
    for where in parts:
        call.coverage[where] = ()
    request = new
    if plan.boundary or shadow:
        left = yield from _sifted(call, new, messages, sources, before)
        if left is not None:
            dropped = {where for where, _ in (*messages, *sources)}
            messages, sources = left
            dropped.difference_update(where for where, _ in (*messages, *sources))
            parts = [where for where in parts if where.partition(".")[0] not in dropped]
            request = _made_of(new, left)
            if new.sources:
                call.sources = dict(sources)
    if before is not None:
        request = replace(before, messages=before.messages + request.messages)
    else:
        call.request = request
    if plan.requests.rules or (shadow and shadow.requests.rules):
        held: list[Held] = [*_named(before), *messages, *sources]
        covers = tuple(where for where in parts if where not in call.opaque)
        request = yield from looked_at_together(call, request, held, covers)
    if before is None:
        call.request = request
    if call.cleared_for is not None:
        call.decide(remaining([*messages, *sources], request, call.cleared_for))
    if not request.messages:
        raise call.stop("empty", "there is nothing left to ask")
    if strict:
        call.decide(
            [
                Judged(Action.BLOCK, Finding("nobody looked at this", kind="unseen", where=where))
                for where in parts
                if not call.coverage[where]
            ]
        )
    return request


def _named(before: Request | None) -> Iterator[Held]:
    """What the model was asked before, by its place in that."""
    if before is not None:
        yield from ((f"messages[{n}]", each) for n, each in enumerate(before.messages))
        yield from ((f"sources[{n}]", each) for n, each in enumerate(before.sources))


_Left: TypeAlias = tuple[list[tuple[str, Message]], list[tuple[str, Source]]]


def _sifted(
    call: Call[Any],
    new: Request,
    messages: list[tuple[str, Message]],
    sources: list[tuple[str, Source]],
    before: Request | None,
) -> Flow[_Left | None]:
    """What the rules over texts, messages and sources leave, where they change anything."""
    labels = above(call.cleared_for, (*messages, *sources))
    jobs = _boundary_jobs(call.plan, messages, sources, labels)
    judged = yield from call.look(jobs)
    if call.shadow:
        theirs = _boundary_jobs(call.shadow, messages, sources, labels)
        call.shadowed("boundary", theirs, judged, last=True)
    if call.vault is not None and before is None and not call.resumed:  # the model may write them
        typed = list(_typed(call, messages, sources))
        jobs = [*jobs, *(job for job, _ in typed)]
        judged = [*judged, *(found for _, found in typed)]
    if not judged:
        return None
    try:
        call.decide(judged)
    except Decision as decision:
        if before is None and call.handing and decision.action is Action.ESCALATE:
            call.request = new
            with contextlib.suppress(Decision):  # a full vault: what is redacted is blotted then
                left = _left(call, messages, sources, before, (jobs, judged, labels))
                call.request = _made_of(new, left)
        raise
    return _left(call, messages, sources, before, (jobs, judged, labels))


def _made_of(request: Request, left: _Left) -> Request:
    """*request* with the messages and sources that are *left*."""
    messages, sources = left
    return replace(
        request,
        messages=tuple(each for _, each in messages),
        sources=tuple(each for _, each in sources),
    )


def _left(
    call: Call[Any],
    messages: list[tuple[str, Message]],
    sources: list[tuple[str, Source]],
    before: Request | None,
    found: tuple[Sequence[Job], Sequence[Judged], Mapping[str, Label]],
) -> _Left:
    """What is left once what was *found* is redacted or dropped."""
    jobs, judged, labels = found
    dropped = call.dropped(judged)
    issue = issuing(call, _said(messages, sources, before) if call.plan.restores else ())
    kept = [each for each in judged if each.holder not in dropped]
    held: Sequence[tuple[str, Message | Source]] = (*messages, *sources)
    named = {where: each.label for where, each in held}
    texts = redacted_texts(jobs, kept, issue=lambda job: issue(named[job.holder]))
    redacted = {each.holder for each in judged if each.action is Action.REDACT}
    quiet = silenced(held, labels, jobs, kept)
    cleared_for = call.cleared_for or Label.PUBLIC

    def left(where: str, holder: Holder) -> Holder:
        return replace(holder, label=cleared_for) if where in quiet else holder

    return (
        [
            (w, left(w, rewritten(w, m, texts) if w in redacted else m))
            for w, m in messages
            if w not in dropped
        ],
        [(w, left(w, _with(s, texts.get(w)))) for w, s in sources if w not in dropped],
    )


def _typed(
    call: Call[Any], messages: Iterable[tuple[str, Message]], sources: Iterable[tuple[str, Source]]
) -> Iterator[tuple[Job, Judged]]:
    """Placeholders of the vault that stand in a request: somebody typed them.

    They are redacted like a value, so what is restored is what was typed.
    """
    assert call.vault is not None
    for job in _all_texts(messages, sources):
        for span in call.vault.issued(str(job.subject)):
            finding = Finding("a placeholder was typed", span, kind="placeholder", where=job.where)
            action = Action.ESCALATE if job.fixed else Action.REDACT
            yield job, Judged(action, finding, holder=job.holder, stand_in=pseudonym)


def _all_texts(
    messages: Iterable[tuple[str, Message]], sources: Iterable[tuple[str, Source]]
) -> Iterator[Job]:
    for where, message in messages:
        for place, text in texts_of(where, message):
            yield Job(_NOBODY, text, place, where)
        for place, text in fixed_texts(where, message):
            yield Job(_NOBODY, text, place, where, fixed=True)
    for where, source in sources:
        yield Job(_NOBODY, source.text, where, where)
        yield Job(_NOBODY, source.uri, where, where, fixed=True)


_NOBODY = Group(())


def _said(
    messages: Iterable[tuple[str, Message]],
    sources: Iterable[tuple[str, Source]],
    before: Request | None,
) -> list[str]:
    """Every text of a request."""
    if before is not None:
        messages = (*(("", each) for each in before.messages), *messages)
        sources = (*(("", each) for each in before.sources), *sources)
    return [str(job.subject) for job in _all_texts(messages, sources)]


def _boundary_jobs(
    plan: Plan,
    messages: Sequence[tuple[str, Message]],
    sources: Sequence[tuple[str, Source]],
    labels: Mapping[str, Label],
) -> list[Job]:
    jobs: list[Job] = []
    for where, message in messages:
        over_texts = plan.trusted_texts if message.trusted else plan.texts
        over_message = plan.trusted_messages if message.trusted else plan.messages
        if over_texts.rules:
            if message.parts or message.tool_calls or message.name or message.extra:
                jobs += [Job(over_texts, t, part, where) for part, t in texts_of(where, message)]
                jobs += [
                    Job(over_texts, text, part, where, fixed=True)
                    for part, text in fixed_texts(where, message)
                ]
                if where in labels:
                    jobs.append(Job(over_texts, "", where, where))
            else:
                jobs.append(Job(over_texts, message.text, where, where))
        if over_message.rules:
            texts = (*texts_of(where, message), *fixed_texts(where, message))
            covers = tuple(dict.fromkeys(part for part, _ in texts))
            jobs.append(Job(over_message, message, where, where, covers))
    for where, source in sources:
        if plan.source_texts.rules:
            jobs.append(Job(plan.source_texts, source.text, where, where))
        if plan.sources.rules:
            jobs.append(Job(plan.sources, source, where, where))
    return marked(jobs, labels) if labels else jobs


def _parts(
    call: Call[Any],
    request: Request,
    messages: Iterable[tuple[str, Message]],
    sources: Iterable[tuple[str, Source]],
) -> list[str]:
    """Everything that goes to the model, looked at or not."""
    parts: list[str] = []
    for where, message in messages:
        if not (message.parts or message.tool_calls or message.raw):
            parts.append(where)
            continue
        parts += dict.fromkeys(
            part for part, _ in (*texts_of(where, message), *fixed_texts(where, message))
        )
        dark = list(unread(where, message))
        call.opaque = call.opaque.union(dark)
        parts += dark
    if request.sources:
        parts += [where for where, _ in sources]
    if request.tools:
        parts += [f"tools[{n}]" for n in range(len(request.tools))]
    return parts


def _with(source: Source, text: str | None) -> Source:
    return source if text is None else replace(source, text=text)
