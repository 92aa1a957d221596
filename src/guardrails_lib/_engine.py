"""The one pipeline: request -> boundary -> model -> schema -> validators -> outcome.

`run` is a generator. It yields what it needs done and is sent the result, so it does no
I/O and knows nothing of threads or event loops: the drivers in `_drive` do the work.
A plain reply is a stream of one chunk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias, TypeVar

from ._arriving import arriving_at
from ._boundary import PLACE, admitted
from ._call import Call
from ._clearance import highest
from ._effects import END, Ask, Emit, Flow, Late, Pull, Sample, Stopped
from ._ending import refused
from ._exchange import exchange
from ._judged import Decision, Job, Judged, borne_out_at
from ._kept import Kept
from ._listen import Listening
from ._outcome import Outcome
from ._places import originals, places
from ._plan import Plan
from ._policy import Action
from ._reading import value_in, with_places
from ._recall import keep, recalled, release
from ._restore import Restoring, in_json, restored, restored_json
from ._schema import TEXT, Read, Reader, Unreadable, as_json
from ._shadow import compare
from ._spending import reserved, settled, spend
from ._tool_calls import allowed
from ._types import NO_USAGE, UNFINISHED, Finding, Reply, Request, ToolCall, Usage

__all__ = ["run"]

S = TypeVar("S")
T = TypeVar("T")
Answer: TypeAlias = tuple[T, tuple[ToolCall, ...]]


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
            decision = ending if isinstance(ending, Decision) else call.stopped_late()
            if call.shadow:
                yield from compare(call)
            outcome = yield from refused(call, decision)
            yield from settled(call)
            return outcome
        if call.shadow:
            yield from compare(call)
        if call.held:
            yield from settled(call)
        return call.accept(value, tool_calls)
    except (GeneratorExit, Stopped) as end:
        call.broken_off("abandoned", "nobody wanted the rest")
        if call.held and isinstance(end, Stopped):
            yield from settled(call)
        raise
    except Exception as problem:
        call.note("failed", by=(type(problem).__name__,))
        call.broken_off("failed", f"the model raised {type(problem).__name__}")
        yield from settled(call, failed=not _timed_out(problem))
        raise
    finally:
        if call.fetching:
            release(call)


def _timed_out(problem: Exception) -> bool:
    """Whether the model may have answered, and nobody heard it."""
    return isinstance(problem, TimeoutError) or "timeout" in type(problem).__name__.lower()


def _answer(call: Call[T], reader: Reader[T], request: Request, form: Form) -> Flow[Answer[T]]:
    """Ask until a reply passes every rule, or a `Decision` is raised."""
    call.asked = request
    if label := highest(request):  # public is none
        call.label = label
    asked = request = yield from admitted(call, request, PLACE, form.strict)
    if label:
        call.seen = highest(request)
    if call.amended:
        call.stops = Action.RETRY
    mark = len(call.findings)
    kept = None
    if call.cache is not None and not call.resumed:
        kept = yield from recalled(call, call.cache, request)
    while True:
        if call.limited:
            call.within_budget()
        if kept is None:
            if call.charge is not None:
                yield from reserved(call, call.charge, asked)
            call.attempts += 1
            call.note("asked")
        try:
            yield Ask(asked, None if kept is None else kept.reply)
        except Exception as problem:
            raise _unless_late(call, problem)  # noqa: B904  # it is the same one
        last = call.resumed or call.attempts >= call.plan.attempts
        try:
            return (yield from _accepted(call, reader, request, form, last, kept))
        except Decision as decision:
            if decision.action is not Action.RETRY:
                raise
            more = Request(exchange(call, reader, decision))
        kept = None
        call.forget_reply()
        del call.findings[mark:]  # they were about a reply that is gone; the record has them
        place = f"retry[{call.attempts}].messages"
        asked = yield from admitted(call, more, place, form.strict, request)


# -- the answer: from the reply to a value that stands


def _accepted(
    call: Call[T], reader: Reader[T], request: Request, form: Form, last: bool, kept: Kept | None
) -> Flow[Answer[T]]:
    """The reply, if output rules, tool rules, schema and validators let it stand."""
    live = form.streamed and (form.early or (reader is TEXT and not call.plan.patient))
    ear = Listening(call, live=live and not call.shows_value, last=last)
    if call.vault is not None:
        ear.restoring = Restoring(call, str if reader is TEXT else in_json)
    heard = yield from _listened(call, reader, ear, form)
    last = last or call.shown
    text = wrote = ear.text
    tool_calls = heard.tool_calls
    repairs: tuple[Finding, ...] = ()
    unfinished = () if heard.finish not in UNFINISHED else (UNFINISHED[heard.finish],)
    try:
        if tool_calls:
            tool_calls = yield from allowed(call, tool_calls, request.tools, last)
        value: Any = text
        if reader is not TEXT:
            text, (value, repairs) = yield from _value(call, reader, ear, heard, request, last)
        elif call.vault is not None:
            value = restored(call, text)
        if kept is not None:
            call.keep([Judged(Action.FLAG, each) for each in kept.findings])
        elif repairs or unfinished or call.plan.policy.validators or call.shadow:
            logprobs, tokens = heard.logprobs, heard.tokens
            reply = Reply(
                *(text, value, tool_calls, heard.usage, logprobs, request, repairs, tokens),
                finish=heard.finish,
                model=heard.model,
            )
            yield from _validated(call, reader, reply, form, last, repairs + unfinished)
    except Unreadable as problem:
        raise (yield from _unreadable(call, problem, ear.text, last)) from None
    except Decision as decision:
        decision.text = ear.text
        raise
    if call.limited:
        call.within_budget()
    call.answer = text
    if call.fetching and call.cache is not None and not (unfinished or call.degraded):
        yield from keep(call, call.cache, heard.model)
    if form.streamed:
        if call.shows_value:
            yield Emit(value)
        elif rest := ear.taken(final=True):
            yield Emit(rest if text == wrote else restored_json(call, text))
    return value, tool_calls


def _value(
    call: Call[Any],
    reader: Reader[T],
    ear: Listening,
    heard: _Heard,
    request: Request,
    last: bool,
) -> Flow[tuple[str, Read[T]]]:
    """What is read from the reply, and its text; there is no value in half of one."""
    if heard.unfit is not None:
        raise heard.unfit
    if heard.finish in UNFINISHED:
        raise Unreadable(UNFINISHED[heard.finish].message)
    given = None if ear.changed else heard.given
    text, read = yield from value_in(call, reader, ear.text, given, last)
    if request.sources:
        read = read._replace(value=with_places(read.value, originals(call, request)))
    return text, read


def _sampled(
    call: Call[Any], reader: Reader[Any], request: Request, form: Form
) -> Flow[tuple[str, ...]]:
    """What else the model answers; nobody is shown it."""
    if call.charge is not None:
        yield from reserved(call, call.charge, request, call.plan.samples)
    texts = []
    usage = Usage()
    for pieces in (yield Sample(request, call.plan.samples, call.until)):
        replies = [
            Reply[Any](piece) if isinstance(piece, str) else _as_reply(call, reader, piece, form)
            for piece in pieces
        ]
        texts.append("".join(each.text for each in replies))
        usage = sum((each.usage for each in replies), usage)
        for each in replies:
            spend(call, each.usage, each.model)
    call.note("sampled", usage=usage)
    return tuple(texts)


def _unreadable(call: Call[Any], problem: Unreadable, text: str, last: bool) -> Flow[Decision]:
    """What a reply means that does not hold what it should."""
    judged = yield from _looked_at(call, "unreadable", _unread_jobs, problem, last)
    if not any(each.action >= Action.RETRY for each in judged):
        then = call.plan.policy.unreadable
        finding = Finding(str(problem), check="returns", kind="unreadable", where="reply")
        judged.append(Judged(then if last else Action.RETRY, finding, then=then))
    call.keep(judged)
    return Decision(judged, text)


def _unread_jobs(plan: Plan, problem: Unreadable) -> list[Job]:
    return [Job(plan.unread, problem, "reply")] if plan.unread.rules else []


def _looked_at(
    call: Call[Any], stage: str, jobs: Callable[[Plan, S], list[Job]], subject: S, last: bool
) -> Flow[list[Judged]]:
    """What the policy finds in *subject*, and the shadow beside it."""
    judged = yield from call.look(jobs(call.plan, subject), last)
    if call.shadow:
        call.shadowed(stage, jobs(call.shadow, subject), judged, last)
    return judged


class _Heard(NamedTuple):
    """What came with the text of a reply."""

    given: Any = None
    tool_calls: tuple[ToolCall, ...] = ()
    usage: Usage = NO_USAGE
    logprobs: tuple[float, ...] | None = None
    tokens: tuple[str, ...] | None = None
    finish: str = ""
    model: str = ""
    unfit: Unreadable | None = None
    """Why no more of a stream was read: a part that has arrived does not fit."""

    def plus(self, reply: Reply[Any]) -> _Heard:
        """What there is, and what *reply* brings."""
        logprobs = (self.logprobs or ()) + (reply.logprobs or ()) or self.logprobs
        tokens = (self.tokens or ()) + (reply.tokens or ()) or self.tokens
        calls = self.tool_calls + reply.tool_calls
        usage = self.usage + reply.usage
        finish, model = reply.finish or self.finish, reply.model or self.model
        return _Heard(reply.value, calls, usage, logprobs, tokens, finish, model)


_NOTHING = _Heard()


def _listened(  # noqa: PLR0912  # a call for each chunk would cost more than it explains
    call: Call[Any], reader: Reader[Any], ear: Listening, form: Form
) -> Flow[_Heard]:
    """Pull the reply to its end; if the model fails, what is safe is shown before that."""
    heard, pull, whole = _NOTHING, Pull(call.until), not form.streamed
    failure: Exception | None = None
    arriving = None if reader is TEXT else arriving_at(call, reader, ear, form.streamed)
    try:
        while True:
            try:
                piece = yield pull
            except Late:
                raise
            except Exception as problem:
                failure, piece = _unless_late(call, problem), END
            if call.limited:
                call.within_budget()
            final = whole
            if isinstance(piece, str):
                text = piece
            elif piece is END:
                text, final = arriving.rest() if arriving else "", True
            else:
                reply = _as_reply(call, reader, piece, form)
                heard, text = heard.plus(reply), reply.text
                call.calls = heard.tool_calls
                spend(call, reply.usage, reply.model or heard.model)
            if arriving and piece is not END and heard.given is None:
                text = arriving.piece(text)
                final = final or arriving.unfit is not None
            yield from ear.hear(text, final=final)
            if final:
                break
            if arriving and call.shows_value:
                yield from arriving.shown()
        if ear.found:
            yield from ear.finish()
    except (Decision, Late) as ending:
        if failure is None:
            raise _no_milder(call, ear, ending) from None
    finally:
        ear.account()
    if failure is not None:
        raise failure
    call.note("answered", usage=heard.usage)
    return heard._replace(unfit=arriving.unfit) if arriving else heard


_SOON = 0.01
"""An SDK that was told the time that is left reckons from a little earlier."""


def _unless_late(call: Call[Any], problem: Exception) -> Exception:
    """*problem*, with which the model failed; when the time is over, that is why."""
    if call.is_late(_SOON):
        raise Late from problem
    return problem


def _no_milder(call: Call[Any], ear: Listening, ending: Decision | Late) -> Exception:
    """*ending*, or what was found before it: to run out of time is no way round that."""
    action = ending.action if isinstance(ending, Decision) else Action.ABSTAIN
    if not any(each.action > action for each in ear.judged):
        return ending
    stopped = ending if isinstance(ending, Decision) else call.stopped_late()
    return Decision([*ear.judged, *stopped.judged], ear.text)


def _as_reply(call: Call[Any], reader: Reader[Any], piece: object, form: Form) -> Reply[Any]:
    """What the function gave, if not text, as a `Reply` whose text rules can look at."""
    reply = piece if isinstance(piece, Reply) else Reply(value=piece)
    if call.draft is not None and isinstance(reply.value, dict):
        return replace(reply, text=reply.text or as_json(reply.value), value=None)
    if isinstance(piece, Reply) and (piece.value is None or reader is TEXT):
        return piece if piece.value is None else replace(piece, value=None)
    if form.streamed and reply is not piece:
        raise TypeError(f"{form.name} yields str or Reply, not {type(piece).__name__}")
    try:
        value = reader.take(reply.value)
        text = reply.text or as_json(reader.tree(value))
    except Unreadable:
        return replace(reply, text=reply.text or as_json(reply.value), value=None)  # asked again
    except TypeError as problem:
        raise TypeError(
            f"{form.name} returned {type(reply.value).__name__}; a guarded function returns text, "
            f"a Reply, or with returns= a dict or an instance of that type ({problem})"
        ) from None
    return replace(reply, text=text, value=value)


def _validated(
    call: Call[Any],
    reader: Reader[Any],
    reply: Reply[Any],
    form: Form,
    last: bool,
    noticed: tuple[Finding, ...],
) -> Flow[None]:
    """Let the validators look at the finished answer."""
    if call.plan.samples and reply.request:
        samples = yield from _sampled(call, reader, reply.request, form)
        reply = replace(reply, samples=samples)
    judged = yield from _looked_at(call, "validators", _validator_jobs, reply, last)
    if judged and reply.request and reply.request.sources:
        given = places(call, reply.request)
        judged = [borne_out_at(each, given) for each in judged]
    told = {replace(each.finding, check="") for each in judged}
    nothing = not (reply.text or reply.tool_calls)
    noted = [
        Judged(Action.ABSTAIN if nothing else Action.FLAG, each)
        for each in noticed
        if replace(each, check="") not in told
    ]
    call.flagged = tuple(each.finding for each in judged)
    call.decide([*noted, *judged])


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
