"""How a call ends without an answer: what comes near one, and the case for a person."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from ._call import Call
from ._case import Case, ToDesk
from ._effects import Do, Flow, Late
from ._judged import Decision, Job, redacted_texts, text_jobs
from ._outcome import Outcome, Passage
from ._plan import Group
from ._policy import Action
from ._restore import restored
from ._tree import fixed, keys, put, replaced, strings
from ._types import Data, Evidence, Media, Message, Request, Source, Span, ToolCall

__all__ = ["refused"]

T = TypeVar("T")

MOST = 3
"""So many passages are offered."""


def refused(call: Call[T], decision: Decision) -> Flow[Outcome[T]]:
    """The refusal that *decision* asks for, with all that belongs to it."""
    if decision.action is Action.ABSTAIN:
        near = yield from _nearest(call)
        return call.end(decision, near=near)
    if decision.action is Action.ESCALATE and call.handing is not None:
        case = yield from _handed_over(call, call.handing, decision)
        return call.end(decision, case=case)
    return call.end(decision)


# -- what comes near an answer


def _nearest(call: Call[Any]) -> Flow[tuple[Passage, ...]]:
    """The best evidence of what was found, with nothing in it that may not be shown."""
    found = _passages(call)
    if not found:
        return ()
    named = [(f"near[{n}]", each) for n, each in enumerate(found)]
    jobs = [Job(call.plan.output, each.text, where) for where, each in named]
    passages = []
    try:
        judged = yield from call.look(jobs if call.plan.output.rules else [])
        call.keep(judged)
        texts = redacted_texts(jobs, judged)
        wrong = {each.finding.where for each in judged if each.action > Action.REDACT}
        for where, each in named:
            if where not in wrong:
                text = restored(call, texts.get(where, each.text))
                passages.append(replace(each, text=text))
    except (Decision, Late):  # there is no time, or no money, for more
        return ()
    return tuple(passages)


def _passages(call: Call[Any]) -> list[Passage]:
    held = [each.evidence for each in call.findings if each.evidence is not None]
    best: dict[tuple[str, Span], Passage] = {}
    for each in sorted(held, key=_by_score):
        source = call.sources.get(each.where)
        if source is not None and each.span is not None and each.span.end <= len(source.text):
            text = source.text[each.span.start : each.span.end]
            passage = Passage(text, source.uri, each.where, each.span, each.score)
            best.setdefault((each.where, each.span), passage)
    return list(best.values())[:MOST]


def _by_score(evidence: Evidence) -> tuple[float, str, int]:
    return -evidence.score, evidence.where, evidence.span.start if evidence.span else 0


# -- the case for a person


def _handed_over(call: Call[Any], handing: ToDesk, decision: Decision) -> Flow[Case | None]:
    """The case, as it lies at the desk; if that cannot be, it is in the outcome alone.

    None where it cannot be made: there may be data that nobody can blot.
    """
    case: Case | None = None
    try:
        yield from _redact_calls(call)
        case = _case(call, handing, decision)
        held: Case = yield Do(handing.desk, "open", (case,))
    except Exception as problem:
        call.note("unfiled", by=(type(problem).__name__,))
        return case
    call.note("spooled" if held.spooled else "opened", by=(type(handing.desk).__name__,))
    return held


def _redact_calls(call: Call[Any]) -> Flow[None]:
    """Redact in the tool calls what rules redact there: another rule may have decided before."""
    redacting = [rule for rule in call.plan.tool_texts.rules if rule.action is Action.REDACT]
    group = Group(tuple(redacting))
    redacted: list[ToolCall] = []
    try:
        for n, each in enumerate(call.calls):
            where = f"reply.tool_calls[{n}]"
            jobs = text_jobs(group, where, each)
            texts = redacted_texts(jobs, (yield from call.look(jobs)))
            arguments = replaced(each.arguments, texts, f"{where}.arguments")
            redacted.append(replace(each, arguments=arguments))
        call.calls = tuple(redacted)
    except (Decision, Late):  # there is no time, or no money, to look
        call.calls = ()


def _case(call: Call[Any], handing: ToDesk, decision: Decision) -> Case:
    now = time.time()
    request = call.request or Request(())
    return Case(
        id=call.id,
        request=_without_hidden(call, request),
        reply=None if decision.text is None else _clean(call, decision.text),
        tool_calls=tuple(_clean_call(call, each) for each in call.calls),
        findings=call.clean_findings(),
        say=call.said(decision),
        record=call.record(call.label),
        opened=now,
        deadline=None if handing.within is None else now + handing.within,
        fallback=handing.fallback,
        sealed=_sealed(call, handing),
        tags=handing.tags,
    )


def _sealed(call: Call[Any], handing: ToDesk) -> str:
    """What this call put behind placeholders, encrypted."""
    if handing.key is None or call.vault is None or not call.issued:
        return ""
    return base64.b64encode(call.vault.part(call.issued).export(handing.key)).decode("ascii")


def _without_hidden(call: Call[Any], request: Request) -> Request:
    """*request* as a person may read it: its texts, and nothing that no rule could look at."""
    return Request(
        [_clean_message(call, each) for each in request.messages],
        [_clean_source(call, each) for each in request.sources],
        request.tools,
    )


def _clean_message(call: Call[Any], message: Message) -> Message:
    return Message(
        message.role,
        _clean(call, message.text),
        message.label,
        [_clean_part(call, each) for each in message.parts],
        [_clean_call(call, each) for each in message.tool_calls],
        _clean(call, message.name),
    )


def _clean_part(call: Call[Any], part: str | Media | Data) -> str | Media | Data:
    if isinstance(part, str):
        return _clean(call, part)
    return Media(part.kind) if isinstance(part, Media) else Data(_clean_data(call, part.value))


def _clean_source(call: Call[Any], source: Source) -> Source:
    return replace(source, uri=_clean(call, source.uri), text=_clean(call, source.text))


def _clean_call(call: Call[Any], tool_call: ToolCall) -> ToolCall:
    arguments = tool_call.arguments
    if isinstance(arguments, str):
        return ToolCall(tool_call.name, _clean(call, arguments), tool_call.id)
    return ToolCall(tool_call.name, _clean_data(call, arguments), tool_call.id)


def _clean_data(call: Call[Any], value: T) -> T:
    """*value* with hidden texts blotted in its strings, keys and numbers."""
    texts = _changed(call, (*strings(value), *fixed(value)))
    names = _changed(call, ((key, key) for key in keys(value)))
    return put(value, texts, names=names) if texts or names else value


def _changed(call: Call[Any], texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {place: clean for place, text in texts if (clean := _clean(call, text)) != text}


def _clean(call: Call[Any], text: str) -> str:
    return text if call.hidden is None else call.hidden.scrubbed(text)
