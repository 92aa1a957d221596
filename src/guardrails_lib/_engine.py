"""The one pipeline: request -> boundary -> model -> schema -> validators -> outcome.

`run` is a generator. It yields what it needs done and is sent the result, so it does no
I/O and knows nothing of threads or event loops: the drivers in `_drive` do the work.
A plain reply is a stream of one chunk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias, TypeVar

from ._call import Call, Decision, Job, Judged
from ._effects import END, Ask, Flow, Late, Pull
from ._listen import Listening
from ._mask import masked
from ._outcome import Outcome
from ._plan import Plan
from ._policy import Action
from ._schema import TEXT, Reader, Unreadable, as_json
from ._tree import replaced, strings
from ._types import Finding, Message, Reply, Request, Source, ToolCall, Usage

__all__ = ["run"]

T = TypeVar("T")
Answer: TypeAlias = tuple[T, tuple[ToolCall, ...]]

LONGEST = 64 * 2**20
"""How many characters a reply may have; one that never ends is ended there."""


class Form(NamedTuple):
    """How the guarded function answers."""

    name: str
    streamed: bool = False
    early: bool = False
    strict: bool = False


def run(call: Call[T], reader: Reader[T], request: Request, form: Form) -> Flow[Outcome[T]]:
    """Take one request all the way to its outcome."""
    call.note("started")
    try:
        try:
            value, tool_calls = yield from _answer(call, reader, request, form)
        except (Decision, Late) as ending:
            decision = ending if isinstance(ending, Decision) else call.late()
            if call.shadow:
                yield from call.compare()
            return call.end(decision)
        if call.shadow:
            yield from call.compare()
        return call.accept(value, tool_calls)
    except GeneratorExit:
        call.broken_off("abandoned", "nobody wanted the rest")
        raise
    except Exception as problem:
        call.note("failed", by=(type(problem).__name__,))
        call.broken_off("failed", f"the model raised {type(problem).__name__}")
        raise


def _answer(call: Call[T], reader: Reader[T], request: Request, form: Form) -> Flow[Answer[T]]:
    """Ask until a reply passes every rule, or a `Decision` is raised."""
    request = yield from _boundary(call, request, _PLACE, form)
    asked = request
    mark = len(call.findings)
    while True:
        call.attempts += 1
        call.note("asked")
        yield Ask(asked)
        call.in_time()
        last = call.attempts >= call.plan.attempts
        try:
            return (yield from _accepted(call, reader, asked, form, last))
        except Decision as decision:
            if decision.action is not Action.RETRY:
                raise
            exchange = Request(_exchange(call, decision))
        del call.findings[mark:]  # they were about a reply that is gone; the record has them
        place = f"retry[{call.attempts}].messages"
        asked = yield from _boundary(call, exchange, place, form, request)


def _exchange(call: Call[Any], decision: Decision) -> tuple[Message, Message]:
    """What the model said, and what was wrong with it; the next try sees this one alone."""
    wrong = (call.clean(each.finding) for each in decision.judged if each.action is Action.RETRY)
    lines = dict.fromkeys(f"- {finding.message}" for finding in wrong)
    feedback = "\n".join(["That reply was not accepted:", *lines, "Answer again, and mend this."])
    return Message("assistant", decision.text), Message("user", feedback)


# -- the boundary: what may reach the model


_PLACE = "messages"


def _boundary(
    call: Call[Any], new: Request, place: str, form: Form, before: Request | None = None
) -> Flow[Request]:
    """What may reach the model of *new*, its messages being at *place*, after *before*."""
    plan, shadow = call.plan, call.shadow
    messages = [(f"{place}[{n}]", each) for n, each in enumerate(new.messages)]
    sources = [(f"sources[{n}]", each) for n, each in enumerate(new.sources)]
    _list_parts(call.coverage, new, messages, sources)
    request = new
    if plan.boundary or shadow:
        jobs = _boundary_jobs(plan, messages, sources)
        judged = yield from call.look(jobs)
        if shadow:
            theirs = _boundary_jobs(shadow, messages, sources)
            call.shadowed("boundary", theirs, judged, last=True)
        if judged:
            call.decide(judged)
            dropped = _dropped(call, judged)
            texts = _redacted(jobs, judged)
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
        request = yield from _whole(call, request)
    if not request.messages:
        raise call.stop("empty", "there is nothing left to ask")
    if form.strict:
        call.decide(
            [
                Judged(Action.BLOCK, Finding("nobody looked at this", kind="unseen", where=where))
                for where, by in call.coverage.items()
                if not by
            ]
        )
    return request


def _whole(call: Call[Any], request: Request) -> Flow[Request]:
    """*request* after the rules that look at all of it together."""
    named: dict[str, Message | Source] = {
        **{f"messages[{n}]": each for n, each in enumerate(request.messages)},
        **{f"sources[{n}]": each for n, each in enumerate(request.sources)},
    }
    covers = tuple(where for where in call.coverage if not where.startswith("tools["))

    def jobs(plan: Plan) -> list[Job]:
        return [Job(plan.requests, request, "request", "", covers)]

    judged = yield from call.look(jobs(call.plan))
    if call.shadow:
        call.shadowed("request", jobs(call.shadow), judged, last=True)
    judged = [_held_by(each, named) for each in judged]
    call.decide(judged)
    dropped = _dropped(call, judged)
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


def _dropped(call: Call[Any], judged: Iterable[Judged]) -> set[str]:
    dropped = {each.holder for each in judged if each.action is Action.DROP}
    for where in sorted(dropped):
        call.note("dropped", where=where)
    return dropped


def _boundary_jobs(
    plan: Plan, messages: Sequence[tuple[str, Message]], sources: Sequence[tuple[str, Source]]
) -> list[Job]:
    jobs: list[Job] = []
    for where, message in messages:
        over_texts = plan.trusted_texts if message.trusted else plan.texts
        over_message = plan.trusted_messages if message.trusted else plan.messages
        if over_texts.rules:
            if message.parts or message.tool_calls:
                jobs += [Job(over_texts, t, part, where) for part, t in _texts(where, message)]
            else:
                jobs.append(Job(over_texts, message.text, where, where))
        if over_message.rules:
            covers = tuple(part for part, _ in _texts(where, message))
            jobs.append(Job(over_message, message, where, where, covers))
    for where, source in sources:
        if plan.source_texts.rules:
            jobs.append(Job(plan.source_texts, source.text, where, where))
        if plan.sources.rules:
            jobs.append(Job(plan.sources, source, where, where))
    return jobs


def _list_parts(
    coverage: dict[str, tuple[str, ...]],
    request: Request,
    messages: Iterable[tuple[str, Message]],
    sources: Iterable[tuple[str, Source]],
) -> None:
    """Put everything that goes to the model into *coverage*, looked at by nobody yet."""
    for where, message in messages:
        if message.parts or message.tool_calls or message.raw:
            for part, _ in _texts(where, message):
                coverage[part] = ()
            for n, each in enumerate(message.parts):
                if not isinstance(each, str):
                    coverage[f"{where}.content[{n}]"] = ()
            for key in message.extra:
                coverage[f"{where}.{key}"] = ()
        else:
            coverage[where] = ()
    for where, _ in sources:
        coverage[where] = ()
    for n in range(len(request.tools)):
        coverage[f"tools[{n}]"] = ()


def _texts(where: str, message: Message) -> Iterator[tuple[str, str]]:
    """The texts of a message, each with its place."""
    if message.parts:
        for n, part in enumerate(message.parts):
            if isinstance(part, str):
                yield f"{where}.content[{n}]", part
    else:
        yield where, message.text
    for n, call in enumerate(message.tool_calls):
        yield f"{where}.tool_calls[{n}].name", call.name
        yield from strings(call.arguments, f"{where}.tool_calls[{n}].arguments")


def _rewritten(where: str, message: Message, texts: dict[str, str]) -> Message:
    """*message* with the texts at their places replaced."""
    parts = tuple(
        texts.get(f"{where}.content[{n}]", part) if isinstance(part, str) else part
        for n, part in enumerate(message.parts)
    )
    calls = tuple(
        ToolCall(
            texts.get(f"{where}.tool_calls[{n}].name", call.name),
            replaced(call.arguments, texts, f"{where}.tool_calls[{n}].arguments"),
            call.id,
        )
        for n, call in enumerate(message.tool_calls)
    )
    return replace(message, text=texts.get(where, message.text), parts=parts, tool_calls=calls)


def _with(source: Source, text: str | None) -> Source:
    return source if text is None else replace(source, text=text)


def _redacted(jobs: Iterable[Job], judged: Iterable[Judged]) -> dict[str, str]:
    """The texts in which something is to be redacted, without it."""
    found: dict[str, list[Finding]] = {}
    for each in judged:
        if each.action is Action.REDACT:
            found.setdefault(each.finding.where, []).append(each.finding)
    return {
        job.where: masked(job.subject, found[job.where])
        for job in jobs
        if job.where in found and isinstance(job.subject, str)
    }


# -- the answer: from the reply to a value that stands


def _accepted(
    call: Call[T], reader: Reader[T], request: Request, form: Form, last: bool
) -> Flow[Answer[T]]:
    """The reply, if output rules, tool rules, schema and validators let it stand."""
    live = form.streamed and (form.early or (reader is TEXT and not call.plan.patient))
    ear = Listening(call, live=live, last=last)
    heard = yield from _listened(call, reader, ear, form)
    last = last or call.shown
    text, tool_calls = ear.text, heard.tool_calls
    try:
        if tool_calls:
            tool_calls = yield from _tools(call, tool_calls, last)
        value = reader.read(text) if heard.given is None or ear.changed else heard.given
        if reader is not TEXT and call.plan.output.rules:
            text, value = yield from _inside(call, reader, text, value, last)
        if call.plan.policy.validators or call.shadow:
            reply = Reply(text, value, tool_calls, heard.usage, heard.logprobs, request)
            yield from _validated(call, reply, last)
    except Unreadable as problem:
        raise _unreadable(call, problem, ear.text, last) from None
    except Decision as decision:
        decision.text = ear.text
        raise
    if form.streamed:
        yield from ear.give()
    return value, tool_calls


def _unreadable(call: Call[Any], problem: Unreadable, text: str, last: bool) -> Decision:
    """What a reply means that does not hold what it should."""
    then = call.plan.policy.unreadable
    finding = Finding(str(problem), check="returns", kind="unreadable", where="reply")
    judged = [Judged(then if last else Action.RETRY, finding, then=then)]
    call.keep(judged)
    return Decision(judged, text)


class _Heard(NamedTuple):
    """What came with the text of a reply."""

    given: Any = None
    tool_calls: tuple[ToolCall, ...] = ()
    usage: Usage = Usage()
    logprobs: tuple[float, ...] | None = None

    def plus(self, reply: Reply[Any]) -> _Heard:
        """What there is, and what *reply* brings."""
        logprobs = (self.logprobs or ()) + (reply.logprobs or ()) or self.logprobs
        calls = self.tool_calls + reply.tool_calls
        return _Heard(reply.value, calls, self.usage + reply.usage, logprobs)


_NOTHING = _Heard()


def _listened(call: Call[Any], reader: Reader[Any], ear: Listening, form: Form) -> Flow[_Heard]:
    """Pull the reply to its end; if the model fails, what is safe is shown before that."""
    heard, length, pull = _NOTHING, 0, Pull(call.until)
    failure: Exception | None = None
    try:
        while True:
            try:
                piece = yield pull
            except Late:
                raise
            except Exception as problem:
                failure, piece = problem, END
            call.in_time()
            if piece is END:
                yield from ear.hear("", final=True)
                break
            if isinstance(piece, str):
                text = piece
            else:
                reply = _as_reply(reader, piece, form)
                call.charge(reply.usage)
                heard, text = heard.plus(reply), reply.text
            length += len(text) or 1024
            if length > LONGEST:
                raise call.stop("budget", f"a reply of more than {LONGEST:,} characters")
            yield from ear.hear(text, final=not form.streamed)
            if not form.streamed:
                break
        if ear.found:
            yield from ear.finish()
    except Decision:
        if failure is None:
            raise
    finally:
        ear.account()
        if call.shadow:
            jobs = [Job(call.shadow.output, "".join(ear.raw), "reply")]
            call.shadowed("output", jobs, ear.judged, ear.last)
    if failure is not None:
        raise failure
    call.note("answered", usage=heard.usage)
    return heard


def _as_reply(reader: Reader[Any], piece: object, form: Form) -> Reply[Any]:
    """What the function gave, if not text, as a `Reply` whose text rules can look at."""
    if isinstance(piece, Reply):
        if piece.value is None or piece.text or reader is TEXT:
            return piece
        return replace(piece, text=as_json(reader.tree(piece.value)))
    if form.streamed:
        raise TypeError(f"{form.name} yields str or Reply, not {type(piece).__name__}")
    try:
        value = reader.take(piece)
    except Unreadable:
        return Reply(as_json(piece))  # it is read again, and asked for again
    except TypeError as problem:
        raise TypeError(
            f"{form.name} returned {type(piece).__name__}; a guarded function returns text, a "
            f"Reply, or with returns= a dict or an instance of that type ({problem})"
        ) from None
    return Reply(as_json(reader.tree(value)), value)


def _inside(
    call: Call[Any], reader: Reader[T], text: str, value: T, last: bool
) -> Flow[tuple[str, T]]:
    """The value, its strings looked at where JSON has escaped them in the text."""
    tree = reader.tree(value)
    jobs = [
        Job(call.plan.output, inner, path, "reply")
        for path, inner in strings(tree, "reply")
        if inner not in text
    ]
    judged = yield from call.look(jobs, last)
    call.decide(judged)
    texts = _redacted(jobs, judged)
    if not texts:
        return text, value
    tree = replaced(tree, texts, "reply")
    return as_json(tree), reader.read(as_json(tree))


def _tools(call: Call[Any], calls: tuple[ToolCall, ...], last: bool) -> Flow[tuple[ToolCall, ...]]:
    """The tool calls that may be run."""
    named = [(f"reply.tool_calls[{n}]", each) for n, each in enumerate(calls)]
    for where, _ in named:
        call.coverage.setdefault(where, ())
    jobs = _tool_jobs(call.plan, named)
    judged = yield from call.look(jobs, last)
    if call.shadow:
        call.shadowed("tools", _tool_jobs(call.shadow, named), judged, last)
    if not judged:
        return calls
    call.decide(judged)
    dropped = _dropped(call, judged)
    texts = _redacted(jobs, judged)
    return tuple(
        replace(each, arguments=replaced(each.arguments, texts, f"{where}.arguments"))
        for where, each in named
        if where not in dropped
    )


def _tool_jobs(plan: Plan, named: Iterable[tuple[str, ToolCall]]) -> list[Job]:
    jobs: list[Job] = []
    for where, each in named:
        texts = strings(each.arguments, f"{where}.arguments")
        if plan.tool_texts.rules:
            jobs += [Job(plan.tool_texts, text, place, where) for place, text in texts]
        if plan.tools.rules:
            jobs.append(Job(plan.tools, each, where, where))
    return jobs


def _validated(call: Call[Any], reply: Reply[Any], last: bool) -> Flow[None]:
    """Let the validators look at the finished answer."""
    jobs = _validator_jobs(call.plan, reply)
    judged = yield from call.look(jobs, last)
    if call.shadow:
        call.shadowed("validators", _validator_jobs(call.shadow, reply), judged, last)
    call.decide(judged)


def _validator_jobs(plan: Plan, reply: Reply[Any]) -> list[Job]:
    jobs = [Job(plan.reply_texts, reply.text, "reply"), Job(plan.replies, reply, "reply")]
    jobs += [
        Job(group, reply.value, "value")
        for group in plan.values
        if _is_a(reply.value, group.rules[0].check.subject)
    ]
    return [job for job in jobs if job.group.rules]


def _is_a(value: object, kind: Any) -> bool:
    try:
        return isinstance(value, kind)
    except TypeError:  # list[Refund] and its like: the schema has seen to it
        return True
