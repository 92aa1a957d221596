"""What users see of the types. Read by mypy and pyright, and never run."""

from __future__ import annotations

from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Coroutine,
    Generator,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from typing import Annotated, Any, Literal, assert_never, assert_type

from guardrails_lib import (
    Abstained,
    Accepted,
    Action,
    Approve,
    AsyncStream,
    Blocked,
    Budget,
    Case,
    Charge,
    Check,
    Desk,
    Escalated,
    Event,
    Finding,
    Guard,
    Json,
    Label,
    Message,
    Outcome,
    Passage,
    Policy,
    Record,
    Refused,
    Reply,
    Request,
    Rule,
    Source,
    Span,
    Stream,
    ToDesk,
    ToolCall,
    Unreadable,
    Usage,
    Vault,
    Wrong,
    abstain,
    block,
    check,
    deadline,
    drop,
    escalate,
    flag,
    guard,
    hashed,
    label,
    mask,
    redact,
    retry,
    synthetic,
)
from guardrails_lib.checks import (
    containing,
    disguised,
    in_argument,
    injection,
    invisible,
    longer_than,
    matching,
    no_sources,
    off_topic,
    refused,
    repaired,
    secrets,
    sign_source,
    split_injection,
    takeover,
    unanswerable,
    uncleared,
    ungrounded,
    unlisted_source,
    unreadable,
    unsafe_markdown,
    unsafe_shell,
    unsafe_sql,
    unsure,
)
from guardrails_lib.flows import MemoryStore, breaker, cached, cascade, fallback, retried
from guardrails_lib.learned import Weighed, explain
from guardrails_lib.models import guarded
from guardrails_lib.schemas.json_schema import JsonSchema
from guardrails_lib.spend import Limit, MemoryLedger, Price, Prices, prices
from guardrails_lib.testing import ScriptedModel

POLICY = Policy()


@dataclass
class Refund:
    amount: float


# -- guard


def the_guard_knows_what_is_read() -> None:
    assert_type(guard(POLICY), Guard[str])
    assert_type(guard(POLICY, returns=Refund), Guard[Refund])
    assert_type(guard(POLICY, returns=str), Guard[str])
    assert_type(guard(POLICY, returns=list[Refund]), Guard[list[Refund]])
    assert_type(guard(POLICY, strict=True, early=True, shadow=POLICY), Guard[str])
    assert_type(guard(POLICY, returns=Refund, observers=(print,)), Guard[Refund])


def the_guard_knows_what_is_no_class() -> None:
    assert_type(guard(POLICY, returns=Refund | None), Guard[Refund | None])
    assert_type(guard(POLICY, returns=Literal["yes", "no"]), Guard[Literal["yes", "no"]])
    assert_type(guard(POLICY, returns=Annotated[int, "more than 3"]), Guard[int])
    assert_type(guard(POLICY, returns={"type": "object"}), Guard[Json])
    assert_type(guard(POLICY, returns=JsonSchema({}, formats=False)), Guard[Json])


# -- the four forms, on functions


@guard(POLICY)
def call(prompt: str, *, temperature: float = 0.0) -> str:
    return f"{prompt}{temperature}"


@guard(POLICY)
async def acall(prompt: str, *, temperature: float = 0.0) -> str:
    return f"{prompt}{temperature}"


@guard(POLICY)
def stream(prompt: str, *, temperature: float = 0.0) -> Iterator[str]:
    yield f"{prompt}{temperature}"


@guard(POLICY)
async def astream(prompt: str, *, temperature: float = 0.0) -> AsyncIterator[str]:
    yield f"{prompt}{temperature}"


@guard(POLICY, returns=Refund)
def typed_call(prompt: str, *, temperature: float = 0.0) -> str:
    return f"{prompt}{temperature}"


@guard(POLICY, returns=Refund)
async def typed_acall(prompt: str, *, temperature: float = 0.0) -> str:
    return f"{prompt}{temperature}"


@guard(POLICY, returns=Refund)
def typed_stream(prompt: str, *, temperature: float = 0.0) -> Iterator[str]:
    yield f"{prompt}{temperature}"


@guard(POLICY, returns=Refund)
async def typed_astream(prompt: str, *, temperature: float = 0.0) -> AsyncIterator[str]:
    yield f"{prompt}{temperature}"


def a_function_gives_an_outcome() -> None:
    assert_type(call("hi"), Outcome[str])
    assert_type(call("hi", temperature=1.0), Outcome[str])
    assert_type(call(prompt="hi"), Outcome[str])
    assert_type(typed_call("hi", temperature=1.0), Outcome[Refund])


async def a_coroutine_function_gives_one_to_be_awaited() -> None:
    assert_type(await acall("hi", temperature=1.0), Outcome[str])
    assert_type(await typed_acall("hi", temperature=1.0), Outcome[Refund])
    await assert_type(acall(prompt="hi"), Coroutine[Any, Any, Outcome[str]])


def a_generator_gives_a_stream() -> None:
    assert_type(stream("hi", temperature=1.0), Stream[str])
    assert_type(typed_stream("hi", temperature=1.0), Stream[Refund])
    assert_type(typed_stream("hi").partials(), Iterator[Refund])


async def an_async_generator_gives_an_async_stream() -> None:
    assert_type(astream("hi", temperature=1.0), AsyncStream[str])
    assert_type(typed_astream("hi", temperature=1.0), AsyncStream[Refund])
    assert_type(typed_astream("hi").partials(), AsyncIterator[Refund])


def what_was_misspelt_is_an_error() -> None:
    call("hi", temperatur=1.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    call()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    call("hi", temperature="hot")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    stream(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


# -- what a guarded function may return


@guard(POLICY)
def gives_reply(prompt: str) -> Reply[Any]:
    return Reply(prompt, usage=Usage(1))


@guard(POLICY, returns=Refund)
def gives_typed_reply(prompt: str) -> Reply[Refund]:
    return Reply(prompt)


@guard(POLICY, returns=Refund)
def gives_instance(prompt: str) -> Refund:
    return Refund(len(prompt))


@guard(POLICY, returns=Refund)
def gives_dict(prompt: str) -> dict[str, object]:
    return {"amount": len(prompt)}


@guard(POLICY, returns=Refund)
async def gives_instance_later(prompt: str) -> Refund:
    return Refund(len(prompt))


@guard(POLICY)
def gives_pieces_and_cost(prompt: str) -> Iterator[str | Reply[Any]]:
    yield prompt
    yield Reply(usage=Usage(1))


@guard(POLICY)
def is_a_generator(prompt: str) -> Generator[str, None, None]:
    yield prompt


@guard(POLICY)
async def is_an_async_generator(prompt: str) -> AsyncGenerator[str, None]:
    yield prompt


def whatever_is_returned_the_outcome_is_of_what_is_read() -> None:
    assert_type(gives_reply("hi"), Outcome[str])
    assert_type(gives_typed_reply("hi"), Outcome[Refund])
    assert_type(gives_instance("hi"), Outcome[Refund])
    assert_type(gives_dict("hi"), Outcome[Refund])
    assert_type(gives_pieces_and_cost("hi"), Stream[str])
    assert_type(is_a_generator("hi"), Stream[str])
    assert_type(is_an_async_generator("hi"), AsyncStream[str])


async def the_same_when_it_is_awaited() -> None:
    assert_type(await gives_instance_later("hi"), Outcome[Refund])


def a_scripted_model_can_be_guarded() -> None:
    model = ScriptedModel("a", ["b", "c"])
    assert_type(model("hi"), Reply[Any])
    assert_type(guard(POLICY)(model)("hi"), Outcome[str])
    assert_type(guard(POLICY)(model.stream)("hi"), Stream[str])
    assert_type(guard(POLICY)(model.astream)("hi"), AsyncStream[str])


async def a_scripted_model_can_be_guarded_and_awaited() -> None:
    assert_type(await guard(POLICY)(ScriptedModel("a").acall)("hi"), Outcome[str])


# -- the three forms of a request, and sources


@guard(POLICY)
def with_sources(prompt: str, *, sources: Sequence[Source] = ()) -> str:
    return f"{prompt}{sources}"


@guard(POLICY)
def of_request(request: Request) -> str:
    return request.text


@guard(POLICY)
def of_chat(messages: list[dict[str, Any]]) -> str:
    return str(messages)


def a_request_has_three_forms() -> None:
    assert_type(with_sources("hi", sources=[Source("a", "b")]), Outcome[str])
    assert_type(of_request(Request("hi")), Outcome[str])
    assert_type(of_chat([{"role": "user", "content": "hi"}]), Outcome[str])


# -- the four forms, on methods


class Bot:
    @guard(POLICY)
    def call(self, prompt: str, *, temperature: float = 0.0) -> str:
        return f"{prompt}{temperature}"

    @guard(POLICY)
    async def acall(self, prompt: str, *, temperature: float = 0.0) -> str:
        return f"{prompt}{temperature}"

    @guard(POLICY)
    def stream(self, prompt: str, *, temperature: float = 0.0) -> Iterator[str]:
        yield f"{prompt}{temperature}"

    @guard(POLICY)
    async def astream(self, prompt: str, *, temperature: float = 0.0) -> AsyncIterator[str]:
        yield f"{prompt}{temperature}"

    @guard(POLICY, returns=Refund)
    def typed_call(self, prompt: str, *, temperature: float = 0.0) -> str:
        return f"{prompt}{temperature}"

    @guard(POLICY, returns=Refund)
    async def typed_acall(self, prompt: str, *, temperature: float = 0.0) -> str:
        return f"{prompt}{temperature}"

    @guard(POLICY, returns=Refund)
    def typed_stream(self, prompt: str, *, temperature: float = 0.0) -> Iterator[str]:
        yield f"{prompt}{temperature}"

    @guard(POLICY, returns=Refund)
    async def typed_astream(self, prompt: str, *, temperature: float = 0.0) -> AsyncIterator[str]:
        yield f"{prompt}{temperature}"

    @staticmethod
    @guard(POLICY)
    def static(prompt: str) -> str:
        return prompt


def a_method_is_called_through_its_object(bot: Bot) -> None:
    assert_type(bot.call("hi", temperature=1.0), Outcome[str])
    assert_type(bot.stream("hi", temperature=1.0), Stream[str])
    assert_type(bot.astream("hi", temperature=1.0), AsyncStream[str])
    assert_type(bot.typed_call("hi", temperature=1.0), Outcome[Refund])
    assert_type(bot.typed_stream("hi", temperature=1.0), Stream[Refund])
    assert_type(bot.typed_astream("hi", temperature=1.0), AsyncStream[Refund])
    assert_type(bot.static("hi"), Outcome[str])


async def a_method_is_awaited_through_its_object(bot: Bot) -> None:
    assert_type(await bot.acall("hi", temperature=1.0), Outcome[str])
    assert_type(await bot.typed_acall("hi", temperature=1.0), Outcome[Refund])


def a_method_keeps_its_parameters(bot: Bot) -> None:
    bot.call("hi", temperatur=1.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    bot.call(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


# -- outcomes


def an_outcome_is_matched(outcome: Outcome[Refund]) -> str:
    match outcome:
        case Accepted(refund):
            assert_type(refund, Refund)
            assert_type(outcome, Accepted[Refund])
            return ""
        case Abstained() as abstained:
            assert_type(abstained, Abstained)
            return abstained.say
        case Escalated(say):
            assert_type(say, str)
            return say
        case Blocked():
            assert_type(outcome, Blocked)
            return outcome.why
        case _:
            assert_never(outcome)


def an_outcome_is_told_by_its_type(outcome: Outcome[Refund]) -> None:
    if isinstance(outcome, Accepted):
        assert_type(outcome.value, Refund)
    else:
        assert_type(outcome, Abstained | Escalated | Blocked)
        assert_type(outcome.say, str)


def every_outcome_has_these(outcome: Outcome[Refund]) -> None:
    assert_type(outcome.findings, tuple[Finding, ...])
    assert_type(outcome.say, str)
    assert_type(outcome.record, Record)
    assert_type(outcome.unwrap(), Refund)


def an_answer_has_tool_calls(outcome: Accepted[str]) -> None:
    assert_type(outcome.tool_calls, tuple[ToolCall, ...])
    assert_type(outcome.unwrap(), str)


def the_error_carries_the_outcome(problem: Refused) -> None:
    assert_type(problem.outcome.say, str)
    assert_type(problem.outcome.why, str)


def an_answer_of_a_narrower_type_is_one_of_a_wider(outcome: Accepted[bool]) -> None:
    an_outcome_of_numbers(outcome)


def an_outcome_of_numbers(outcome: Outcome[int]) -> None:
    assert_type(outcome.unwrap(), int)


# -- streams


def a_stream_gives_text_and_then_an_outcome(stream: Stream[Refund]) -> None:
    for text in stream:
        assert_type(text, str)
    assert_type(stream.outcome, Outcome[Refund])
    with stream as same:
        assert_type(same, Stream[Refund])
    stream.close()


async def an_async_stream_gives_text_and_then_an_outcome(stream: AsyncStream[Refund]) -> None:
    async for text in stream:
        assert_type(text, str)
    assert_type(stream.outcome, Outcome[Refund])
    async with stream as same:
        assert_type(same, AsyncStream[Refund])
    await stream.aclose()


# -- checks


@check
def over_limit(refund: Refund, *, limit: float) -> Iterator[Finding]:
    if refund.amount > limit:
        yield Finding(f"over {limit}")


@check(width=3, slow=True)
def short(text: str, word: str = "") -> Iterator[Finding]:
    if word in text:
        yield Finding("it is there", Span(0, 1))


@check(width=len, tail=lambda word: lambda text: text.rfind(word))
def as_wide(text: str, word: str) -> Iterator[Finding]:
    if word in text:
        yield Finding("it is there")


@check
def judged(text: str) -> Iterator[Finding | Usage]:
    yield Usage(len(text))


@check
async def asked(text: str, *, model: str) -> AsyncIterator[Finding]:
    yield Finding(f"{text}{model}")


@check(slow=True)
async def asked_and_paid(source: Source) -> AsyncIterator[Finding | Usage]:
    yield Usage(len(source.text))


@check
def bare(message: Message) -> Iterator[Finding]:
    yield Finding(message.role)


def a_check_looks_at_its_subject() -> None:
    assert_type(over_limit(limit=9), Check[Refund])
    assert_type(short(), Check[str])
    assert_type(short("a"), Check[str])
    assert_type(as_wide(word="a"), Check[str])
    assert_type(judged(), Check[str])
    assert_type(asked(model="a"), Check[str])
    assert_type(asked_and_paid(), Check[Source])
    assert_type(bare(), Check[Message])
    assert_type(matching("a"), Check[str])
    assert_type(containing(("a", "b"), ignore_case=True), Check[str])
    assert_type(longer_than(limit=9), Check[str])


def a_check_is_called_in_its_test() -> None:
    assert_type(list(over_limit(limit=9)(Refund(10))), list[Finding])
    over_limit(limit=9)("text")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    over_limit(9)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    over_limit(limt=9)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    over_limit()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def an_async_check_is_awaited() -> None:
    assert_type(await asked(model="a").alook("text"), list[Finding | Usage])


def what_is_no_check_is_an_error() -> None:
    @check  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]
    def listing(text: str) -> list[Finding]:
        return [Finding(text)]

    listing()


# -- rules


def a_verb_makes_a_rule_of_its_check() -> None:
    assert_type(flag(over_limit(limit=9)), Rule[Refund])
    assert_type(drop(bare()), Rule[Message])
    assert_type(retry(over_limit(limit=9), then=Action.BLOCK), Rule[Refund])
    assert_type(abstain(short(), say="No."), Rule[str])
    assert_type(escalate(over_limit(limit=9), timeout=1.0), Rule[Refund])
    assert_type(block(asked_and_paid(), on_error=Action.FLAG, trusted=True), Rule[Source])
    assert_type(redact(matching("a")), Rule[str])


def a_verb_is_used_as_it_can_be() -> None:
    redact(bare())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    block(matching)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    block(short(), sya="No.")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    block(short(), then=Action.FLAG)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    block(short(), timeout="1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def a_policy_takes_rules_of_every_kind() -> None:
    policy = Policy(
        name="support",
        input=(redact(matching("a")), block(bare())),
        sources=(drop(asked_and_paid()),),
        output=(redact(short()),),
        validators=(retry(over_limit(limit=9)), abstain(longer_than(limit=9))),
        budget=Budget(seconds=1.0, attempts=2),
        unreadable=Action.ESCALATE,
    )
    assert_type(policy + policy, Policy)
    assert_type(policy.rules, tuple[Rule[Any], ...])
    assert_type(policy.fingerprint, str)
    assert_type(policy.budget & Budget(), Budget)
    Policy(output=(block(bare()),))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def what_is_redacted_may_be_restored_or_stood_in_for() -> None:
    assert_type(redact(matching("a"), restore=True, say="No."), Rule[str])
    for stand_in in (mask("*"), label(), hashed(b"key"), synthetic(7)):
        assert_type(stand_in("EMAIL", "a"), str)
        redact(matching("a"), with_=stand_in)
    redact(matching("a"), with_=lambda kind, text: kind + text)
    redact(matching("a"), with_="*")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    block(short(), restore=True)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


@guard(POLICY)
def in_a_conversation(prompt: str, vault: Vault | None = None) -> str:
    return prompt


def a_conversation_is_an_argument() -> None:
    vault = Vault(lifetime=60.0, limit=9)
    assert_type(in_a_conversation("a", vault=vault), Outcome[str])
    assert_type(Vault.load(vault.export(b"key"), b"key"), Vault)
    assert_type(vault.restore(vault.placeholder("EMAIL", "a", avoid=["b"])), str)


# -- values


def a_value_knows_its_fields(request: Request, reply: Reply[Refund], event: Event) -> None:
    assert_type(request.messages, tuple[Message, ...])
    assert_type(request.sources, tuple[Source, ...])
    assert_type(request.meta, Mapping[str, object])
    assert_type(request.deadline, float | None)
    assert_type(request.messages[0].label, Label)
    assert_type(reply.value, Refund | None)
    assert_type(reply.usage + Usage(), Usage)
    assert_type(event.finding, Finding | None)
    request.meta["a"] = 1  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
    request.messages = ()  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def an_observer_is_any_function_of_an_event() -> None:
    seen: list[Event] = []
    guard(POLICY, observers=[seen.append, print])
    guard(POLICY, observers=(str.upper,))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]


# -- reading


def what_can_be_said_of_a_reply_that_cannot_be_read(problem: Unreadable) -> None:
    assert_type(problem.wrong, tuple[Wrong, ...])
    assert_type(unreadable(), Check[Unreadable])
    assert_type(repaired(), Check[Reply[object]])
    assert_type(retry(unreadable(), fieldwise=True), Rule[Unreadable])


def a_json_schema_can_be_used_alone(value: object) -> None:
    schema = JsonSchema({"type": "object"}, registry={}, formats=False)
    assert_type(schema.fits(value), bool)
    assert_type(schema.errors(value), list[Wrong])


# -- hostile input


def what_a_check_of_hostile_input_looks_at() -> None:
    assert_type(secrets(providers=["AWS"], threshold=0.5), Check[str])
    assert_type(injection(where="document", allow=("a phrase",)), Check[str])
    assert_type(injection(allow=str.isupper), Check[str])
    assert_type(disguised(secrets()), Check[str])
    assert_type(invisible(), Check[str])
    assert_type(uncleared(), Check[str])
    assert_type(split_injection(where="prompt"), Check[Request])
    assert_type(no_sources(), Check[Request])
    assert_type(unlisted_source(allow=("kb://help/*",)), Check[Source])
    assert_type(sign_source(Source("kb://1"), "k" * 32), Source)
    assert_type(off_topic(allow=("How do I pay?",), below=0.2), Check[str])
    assert_type(takeover(where="document", threshold=0.9, allow=("a phrase",)), Check[str])
    injection(where="page")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def a_guard_is_cleared_for_a_label() -> None:
    assert_type(guard(POLICY, cleared_for=Label.INTERNAL), Guard[str])
    assert_type(guard(POLICY, returns=Refund, cleared_for=Label.PUBLIC), Guard[Refund])
    guard(POLICY, cleared_for="INTERNAL")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]


# -- answers one can stand behind


def what_a_check_of_answers_looks_at() -> None:
    assert_type(ungrounded(below=0.5), Check[Reply[object]])
    assert_type(unanswerable(), Check[Request | Reply[Any]])
    assert_type(unsure(samples=3), Check[Reply[object]])
    assert_type(refused(), Check[str])
    assert_type(unsafe_markdown(links=("https://example.com/**",)), Check[str])
    assert_type(unsafe_sql("postgres", tables=("orders",)), Check[str])
    assert_type(in_argument(unsafe_shell(allow=("ls",)), "command", tool="run"), Check[ToolCall])
    unsafe_sql(tables=("orders",))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def a_case_ends_in_the_outcome_that_the_call_would_have_had(desk: Desk) -> None:
    refunds = guard(POLICY, returns=Refund, desk=ToDesk(desk, within=60.0), language="de")
    assert_type(refunds, Guard[Refund])
    assert_type(refunds.resume("17"), Outcome[Refund])
    assert_type(refunds.resolve("17", Approve(), by="Ann"), Outcome[Refund])
    refunds.resolve("17", "approve", by="Ann")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert_type(desk.open(Case("17", Request("?"))), Case)


def what_an_abstention_offers(outcome: Outcome[str]) -> None:
    match outcome:
        case Abstained():
            assert_type(outcome.near, tuple[Passage, ...])
        case Escalated():
            assert_type(outcome.case, Case | None)


# -- what SDKs give


class Completion:
    choices: list[object]


@guard(POLICY)
def completed(prompt: str) -> Completion:
    raise NotImplementedError(prompt)


@guard(POLICY)
async def acompleted(prompt: str) -> Completion:
    raise NotImplementedError(prompt)


@guard(POLICY)
def chunks(prompt: str) -> Iterator[Completion]:
    raise NotImplementedError(prompt)


@guard(POLICY)
def achunks(prompt: str) -> AsyncIterator[Completion]:
    raise NotImplementedError(prompt)


@guard(POLICY)
async def all_chunks(prompt: str) -> AsyncIterator[Completion]:
    raise NotImplementedError(prompt)


@guard(POLICY, returns=Refund)
def typed_completion(prompt: str) -> Completion:
    raise NotImplementedError(prompt)


async def what_an_sdk_gives_may_be_returned() -> None:
    assert_type(completed("a"), Outcome[str])
    assert_type(await acompleted("a"), Outcome[str])
    assert_type(chunks("a"), Stream[str])
    assert_type(achunks("a"), AsyncStream[str])
    assert_type(await all_chunks("a"), Outcome[str])
    assert_type(typed_completion("a"), Outcome[Refund])


# -- flows, clients, money


async def a_flow_is_called_like_its_steps() -> None:
    assert_type(cascade(call, call)("a", temperature=0.5), Outcome[str])
    assert_type(await fallback(acall, acall)("a", temperature=0.5), Outcome[str])
    assert_type(breaker(stream)("a"), Stream[str])
    assert_type(retried(astream)("a"), AsyncStream[str])
    assert_type(cached(typed_call, MemoryStore(), model="m")("a"), Outcome[Refund])


class Client:
    """A client of an SDK."""


def a_guarded_client_is_used_like_the_client() -> None:
    assert_type(guarded(Client(), POLICY, cleared_for=Label.INTERNAL), Client)


def money_is_set_aside() -> None:
    ledger = MemoryLedger(Limit(1.0, per="user", every="day"))
    assert_type(guard(POLICY, ledger=ledger, prices=prices), Guard[str])
    charge = Charge(ledger, estimate=0.01, by=lambda request: {"user": request.text})
    own = Prices(own={"mine": Price(0.1, 0.2)})
    assert_type(guard(POLICY, returns=Refund, ledger=charge, prices=own), Guard[Refund])
    assert_type(own("mine", Usage(1, 2)), float)


def time_is_shared() -> None:
    with deadline(2.0) as by:
        assert_type(by, float | None)


def what_weighed_is_told() -> None:
    assert_type(explain(Finding("a name", Span(0, 3), kind="PERSON"), "Ann"), tuple[Weighed, ...])
