"""What may reach the model: messages and sources, looked at, redacted, dropped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ._call import Call
from ._effects import Flow
from ._judged import Job, Judged, redacted_texts
from ._plan import Group, Plan
from ._policy import Action
from ._restore import issuing
from ._stand_ins import pseudonym
from ._tree import fixed, keys, nodes, opaque, replaced, strings
from ._types import Data, Finding, Media, Message, Request, Source, ToolCall

__all__ = ["PLACE", "admitted", "fixed_in"]

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
    parts = _parts(call, new, messages, sources)
    for where in parts:
        call.coverage[where] = ()
    request = new
    if plan.boundary or shadow:
        jobs = _boundary_jobs(plan, messages, sources)
        judged = yield from call.look(jobs)
        if shadow:
            theirs = _boundary_jobs(shadow, messages, sources)
            call.shadowed("boundary", theirs, judged, last=True)
        if call.vault is not None and before is None:  # what the model wrote may hold its own
            typed = list(_typed(call, messages, sources))
            jobs = [*jobs, *(job for job, _ in typed)]
            judged = [*judged, *(found for _, found in typed)]
        if judged:
            call.decide(judged)
            dropped = call.dropped(judged)
            parts = [where for where in parts if where.partition(".")[0] not in dropped]
            issue = issuing(call, _said(messages, sources, before) if plan.restores else ())
            kept = [each for each in judged if each.holder not in dropped]
            texts = redacted_texts(jobs, kept, issue=issue)
            redacted = {each.holder for each in judged if each.action is Action.REDACT}
            request = replace(
                new,
                messages=tuple(
                    _rewritten(w, m, texts) if w in redacted else m
                    for w, m in messages
                    if w not in dropped
                ),
                sources=tuple(_with(s, texts.get(w)) for w, s in sources if w not in dropped),
            )
    if before is not None:
        request = replace(before, messages=before.messages + request.messages)
    if plan.requests.rules or (shadow and shadow.requests.rules):
        covers = tuple(where for where in parts if where not in call.opaque)
        request = yield from _whole(call, request, covers)
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
        for place, text in _texts(where, message):
            yield Job(_NOBODY, text, place, where)
        for place, text in _fixed(where, message):
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


def _whole(call: Call[Any], request: Request, covers: tuple[str, ...]) -> Flow[Request]:
    """*request* after the rules that look at all of it together."""
    named: dict[str, Message | Source] = {
        **{f"messages[{n}]": each for n, each in enumerate(request.messages)},
        **{f"sources[{n}]": each for n, each in enumerate(request.sources)},
    }

    def jobs(plan: Plan) -> list[Job]:
        return [Job(plan.requests, request, "request", "", covers)]

    judged = yield from call.look(jobs(call.plan))
    if call.shadow:
        call.shadowed("request", jobs(call.shadow), judged, last=True)
    judged = [_held_by(each, named) for each in judged]
    call.decide(judged)
    dropped = call.dropped(judged)
    if not dropped:
        return request
    left = [each for where, each in named.items() if where not in dropped]
    return replace(
        request,
        messages=tuple(each for each in left if isinstance(each, Message)),
        sources=tuple(each for each in left if isinstance(each, Source)),
    )


def _held_by(judged: Judged, named: Iterable[str]) -> Judged:
    """A finding about the whole request drops what it names; naming nothing, it escalates."""
    if judged.action is not Action.DROP:
        return judged
    holder = judged.finding.where.partition(".")[0]
    if holder in named:
        return judged._replace(holder=holder)
    return judged._replace(action=Action.ESCALATE)


def _boundary_jobs(
    plan: Plan, messages: Sequence[tuple[str, Message]], sources: Sequence[tuple[str, Source]]
) -> list[Job]:
    jobs: list[Job] = []
    for where, message in messages:
        over_texts = plan.trusted_texts if message.trusted else plan.texts
        over_message = plan.trusted_messages if message.trusted else plan.messages
        if over_texts.rules:
            if message.parts or message.tool_calls or message.name or message.extra:
                jobs += [Job(over_texts, t, part, where) for part, t in _texts(where, message)]
                jobs += [
                    Job(over_texts, text, part, where, fixed=True)
                    for part, text in _fixed(where, message)
                ]
            else:
                jobs.append(Job(over_texts, message.text, where, where))
        if over_message.rules:
            texts = (*_texts(where, message), *_fixed(where, message))
            covers = tuple(dict.fromkeys(part for part, _ in texts))
            jobs.append(Job(over_message, message, where, where, covers))
    for where, source in sources:
        if plan.source_texts.rules:
            jobs.append(Job(plan.source_texts, source.text, where, where))
        if plan.sources.rules:
            jobs.append(Job(plan.sources, source, where, where))
    return jobs


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
            part for part, _ in (*_texts(where, message), *_fixed(where, message))
        )
        unread = list(_unread(where, message))
        call.opaque.update(unread)
        parts += unread
    if request.sources:
        parts += [where for where, _ in sources]
    if request.tools:
        parts += [f"tools[{n}]" for n in range(len(request.tools))]
    return parts


def _texts(where: str, message: Message) -> Iterator[tuple[str, str]]:
    """The texts of a message, each with its place."""
    if message.parts:
        for n, part in enumerate(message.parts):
            if isinstance(part, str):
                yield f"{where}.content[{n}]", part
            elif isinstance(part, Data):
                yield from strings(part.value, f"{where}.content[{n}]")
    else:
        yield where, message.text
    for place, value in _beside(where, message):
        yield from strings(value, place)
    for n, call in enumerate(message.tool_calls):
        yield f"{where}.tool_calls[{n}].name", call.name
        yield from strings(call.arguments, f"{where}.tool_calls[{n}].arguments")


def _fixed(where: str, message: Message) -> Iterator[tuple[str, str]]:
    """The texts of a message that cannot be changed where they are."""
    if message.name:
        yield f"{where}.name", message.name
    for n, part in enumerate(message.parts):
        if isinstance(part, Data):
            yield from _fixed_in_data(part.value, f"{where}.content[{n}]")
    for place, value in _beside(where, message):
        yield from _fixed_in_data(value, place)
    for n, call in enumerate(message.tool_calls):
        yield from fixed_in(call.arguments, f"{where}.tool_calls[{n}].arguments")


def fixed_in(arguments: Mapping[str, object] | str, where: str) -> Iterator[tuple[str, str]]:
    """Keys and numbers; what JSON has escaped, in a text that could not be taken apart."""
    if isinstance(arguments, str):
        yield from _escaped(arguments, where)
    else:
        yield from ((where, key) for key in dict.fromkeys(keys(arguments)))
        yield from fixed(arguments, where)


def _fixed_in_data(value: object, where: str) -> Iterator[tuple[str, str]]:
    yield from ((where, key) for key in dict.fromkeys(keys(value)))
    yield from fixed(value, where)
    for place, text in strings(value, where):
        yield from _escaped(text, place)


def _escaped(text: str, where: str) -> Iterator[tuple[str, str]]:
    """The strings in a JSON text that are written otherwise in it."""
    if "\\" in text:
        try:
            read = json.loads(text, object_pairs_hook=list)
        except (ValueError, RecursionError):
            return
        yield from ((where, inner) for _, inner in strings(read) if inner not in text)


_MISSING = object()


def _beside(where: str, message: Message) -> Iterator[tuple[str, object]]:
    """What a chat dict holds beside what a message has a name for, each with its place."""
    if message.extra:
        paths = [key if key.startswith("[") else f".{key}" for key in message.extra]
        found: dict[str, object] = dict.fromkeys(paths, _MISSING)
        found.update(node for node in nodes(message.raw) if node[0] in found)
        yield from ((where + path, value) for path, value in found.items())


def _unread(where: str, message: Message) -> Iterator[str]:
    """The places in a message that no check can read."""
    for n, part in enumerate(message.parts):
        place = f"{where}.content[{n}]"
        if isinstance(part, Data):
            yield from opaque(part.value, place)
        elif isinstance(part, Media):
            yield place
    for place, value in _beside(where, message):
        yield from opaque(value, place)
    for n, call in enumerate(message.tool_calls):
        yield from opaque(call.arguments, f"{where}.tool_calls[{n}].arguments")


def _rewritten(where: str, message: Message, texts: dict[str, str]) -> Message:
    """*message* with the texts at their places replaced."""
    parts = tuple(
        _part_with(texts, f"{where}.content[{n}]", part) for n, part in enumerate(message.parts)
    )
    calls = tuple(
        ToolCall(
            texts.get(f"{where}.tool_calls[{n}].name", call.name),
            replaced(call.arguments, texts, f"{where}.tool_calls[{n}].arguments"),
            call.id,
        )
        for n, call in enumerate(message.tool_calls)
    )
    text = texts.get(where, message.text)
    new = replace(message, text=text, parts=parts, tool_calls=calls)
    beside = {
        place: texts[place]
        for root, value in _beside(where, message)
        for place, _ in strings(value, root)
        if place in texts
    }
    return replace(new, raw=replaced(message.raw, beside, where)) if beside else new


def _part_with(
    texts: Mapping[str, str], where: str, part: str | Media | Data
) -> str | Media | Data:
    if isinstance(part, str):
        return texts.get(where, part)
    return Data(replaced(part.value, texts, where)) if isinstance(part, Data) else part


def _with(source: Source, text: str | None) -> Source:
    return source if text is None else replace(source, text=text)
