"""A guarded client of OpenAI over real HTTP: what is sent, and what comes back."""

from __future__ import annotations

import asyncio
import functools
import importlib
import inspect
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

pytest.importorskip("openai", reason="the openai extra is not installed")
pytest.importorskip("uvicorn", reason="the testing extra is not installed")

import openai
from openai import AsyncOpenAI, AzureOpenAI, OpenAI
from openai.types.chat import ChatCompletion, ParsedChatCompletion
from openai.types.responses import ParsedResponse, Response
from pydantic import BaseModel

from guardrails_lib import (
    Accepted,
    Blocked,
    Budget,
    Event,
    Finding,
    Label,
    Message,
    Policy,
    PolicyError,
    Refused,
    ToolCall,
    Usage,
    Vault,
    abstain,
    block,
    check,
    drop,
    redact,
    retry,
)
from guardrails_lib._errors import ReplyError
from guardrails_lib.checks import matching
from guardrails_lib.models.clients import guarded_client
from guardrails_lib.models.openai_client import SDK, guarded_openai
from guardrails_lib.testing.server import Fail, Raw, Say, ScriptedServer

HTTP: Any = importlib.import_module("httpx" if openai.__version__ < "3" else "httpx2")
"""What the SDK speaks through: httpx before 3.0, then HTTP."""

PIN = matching(r"\b\d{4}\b")
POLICY = Policy(
    name="support",
    input=(redact(PIN, restore=True), block(matching("forbidden"))),
    output=(redact(matching("hush")), block(matching("bomb"))),
)
PAY: Any = {"type": "function", "function": {"name": "pay", "parameters": {}}}
Ask: TypeAlias = Callable[..., Any]


def user(text: str) -> list[Any]:
    return [{"role": "user", "content": text}]


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


@pytest.fixture(scope="module")
def clients(server: ScriptedServer) -> Iterator[tuple[OpenAI, AsyncOpenAI, asyncio.Runner]]:
    options: dict[str, Any] = {"base_url": f"{server.url}/v1", "api_key": ScriptedServer.key}
    with OpenAI(**options) as client, asyncio.Runner() as runner:
        other = AsyncOpenAI(**options)
        yield client, other, runner
        runner.run(other.close())


@pytest.fixture(params=["sync", "async"])
def ask(request: pytest.FixtureRequest, clients: tuple[OpenAI, AsyncOpenAI, asyncio.Runner]) -> Ask:
    """Calls a method of a guarded client, by its name."""
    client, other, runner = clients

    def asked(name: str, policy: Policy = POLICY, *, retries: int = 0, **given: Any) -> Any:
        terms = {each: given.pop(each) for each in TERMS if each in given}
        if request.param == "sync":
            guarded = guarded_openai(client.with_options(max_retries=retries), policy, **terms)
            return at(guarded, name)(model="m", **given)

        async def awaited() -> Any:
            guarded = guarded_openai(other.with_options(max_retries=retries), policy, **terms)
            return await at(guarded, name)(model="m", **given)

        return runner.run(awaited())

    return asked


TERMS = ("outcomes", "cleared_for", "observers", "strict", "prices")
CREATE = "chat.completions.create"


def at(client: Any, name: str) -> Any:
    return functools.reduce(getattr, name.split("."), client)


def sent(server: ScriptedServer, place: int = -1) -> Any:
    return server.asked[place].body


# -- chat completions


def test_the_sdk_s_own_type_comes_back(server: ScriptedServer, ask: Ask) -> None:
    server.play("Hello.")
    answer = ask(CREATE, messages=user("Hi."))
    assert type(answer) is ChatCompletion
    assert answer.choices[0].message.content == "Hello."
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage is not None
    assert answer.usage.total_tokens == 15


def test_it_is_what_the_client_itself_gives(server: ScriptedServer, ask: Ask) -> None:
    server.play(repeat=Say("Hello.", calls=(ToolCall("pay", {"amount": 7}, "c1"),)))
    with OpenAI(base_url=f"{server.url}/v1", api_key=server.key) as client:
        bare = client.chat.completions.create(model="m", messages=user("Hi."), tools=[PAY])
    guarded = ask(CREATE, messages=user("Hi."), tools=[PAY])
    assert guarded.model_dump() == bare.model_dump()
    assert repr(guarded) == repr(bare)


def test_the_request_is_what_the_client_itself_sends(server: ScriptedServer, ask: Ask) -> None:
    server.play(repeat="Hello.")
    options: dict[str, Any] = {"temperature": 0.5, "tools": [PAY], "stop": ["x"], "n": 1}
    with OpenAI(base_url=f"{server.url}/v1", api_key=server.key) as client:
        client.chat.completions.create(model="m", messages=user("Hi."), **options)
    ask(CREATE, messages=user("Hi."), user=openai.NOT_GIVEN, **options)
    assert sent(server, 0) == sent(server, 1)


def test_every_message_and_tool_result_is_redacted_on_the_wire(
    server: ScriptedServer, ask: Ask
) -> None:
    server.play("Done.")
    call = {
        "id": "c1",
        "type": "function",
        "function": {"name": "pin", "arguments": '{"a": "1111"}'},
    }
    ask(
        CREATE,
        messages=[
            {"role": "user", "content": "I am 2222"},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": "it is 3333"},
            {"role": "user", "content": [{"type": "text", "text": "or 4444?"}]},
        ],
    )
    text = json.dumps(sent(server))
    assert not any(pin in text for pin in ("1111", "2222", "3333", "4444"))


def test_placeholders_are_restored_in_what_comes_back(server: ScriptedServer, ask: Ask) -> None:
    server.play(lambda asked: f"You said {asked.body['messages'][0]['content']}")
    answer = ask(CREATE, messages=user("pin 1234"))
    assert answer.choices[0].message.content == "You said pin 1234"
    assert "1234" not in server.asked[0].text


def test_placeholders_are_restored_in_tool_calls(server: ScriptedServer, ask: Ask) -> None:
    def call(asked: Any) -> Say:
        return Say(calls=(ToolCall("pay", {"pin": asked.body["messages"][0]["content"]}, "c1"),))

    server.play(call)
    answer = ask(CREATE, messages=user("1234"), tools=[PAY])
    (called,) = answer.choices[0].message.tool_calls
    assert (called.id, called.function.name) == ("c1", "pay")
    assert json.loads(called.function.arguments) == {"pin": "1234"}


def test_what_a_rule_redacts_is_nowhere_in_what_comes_back(
    server: ScriptedServer, ask: Ask
) -> None:
    message = {
        "role": "assistant",
        "content": "say hush",
        "reasoning_content": "hush",
        "annotations": [{"type": "url_citation", "url_citation": {"title": "hush"}}],
    }
    token = {"token": "hush", "logprob": -1, "bytes": None, "top_logprobs": []}
    choice = {
        "index": 0,
        "message": message,
        "finish_reason": "stop",
        "logprobs": {"content": [token], "refusal": None},
        "content_filter_results": {"hush": 1},
    }
    body = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "citations": "hush"}
    details = {"cached_tokens": 1, "quote": "hush"}
    usage = {"prompt_tokens": 2, "prompt_tokens_details": details, "cost": 0.5, "note": "hush"}
    server.play(Raw({**body, "choices": [choice], "usage": usage}))
    answer = ask(CREATE, messages=user("Hi."), logprobs=True)
    assert answer.choices[0].message.content == "say ████"
    assert (answer.usage.cost, answer.usage.prompt_tokens_details.cached_tokens) == (0.5, 1)
    assert "hush" not in answer.model_dump_json()
    assert "hush" not in repr(answer)


def test_log_probabilities_stay_where_the_text_does(server: ScriptedServer, ask: Ask) -> None:
    server.play(Say(["Hel", "lo."], logprobs=(-0.5, -0.25)))
    answer = ask(CREATE, messages=user("Hi."), logprobs=True)
    assert [each.logprob for each in answer.choices[0].logprobs.content] == [-0.5, -0.25]


def test_a_refused_request_reaches_no_model(server: ScriptedServer, ask: Ask) -> None:
    server.play()
    with pytest.raises(Refused) as told:
        ask(CREATE, messages=user("forbidden"))
    assert isinstance(told.value.outcome, Blocked)
    assert server.asked == []


def test_a_refused_answer_raises_with_its_outcome(server: ScriptedServer, ask: Ask) -> None:
    server.play("a bomb")
    with pytest.raises(Refused) as told:
        ask(CREATE, messages=user("Hi."))
    assert told.value.outcome.findings[0].where == "reply"


def test_outcomes_come_in_place_of_responses(server: ScriptedServer, ask: Ask) -> None:
    server.play("say hush", "a bomb")
    outcome = ask(CREATE, messages=user("Hi."), outcomes=True)
    assert isinstance(outcome, Accepted)
    assert outcome.value == "say ████"
    assert isinstance(ask(CREATE, messages=user("Hi."), outcomes=True), Blocked)


def test_what_the_model_spent_is_in_the_record(server: ScriptedServer, ask: Ask) -> None:
    def price(model: str, usage: Usage) -> float:
        return {"m": 0.5}[model] * usage.tokens

    server.play("Hello.")
    outcome = ask(CREATE, messages=user("Hi."), outcomes=True, prices=price)
    assert outcome.record.spent == Usage(10, 5, dollars=7.5)


def test_tool_calls_go_through_the_rules_of_tools(server: ScriptedServer, ask: Ask) -> None:
    @check
    def dear(call: ToolCall) -> Iterator[Finding]:
        """A call that costs much."""
        if call.name == "pay":
            yield Finding("it is dear")

    calls = (ToolCall("pay", {"amount": 7}, "c1"), ToolCall("log", {}, "c2"))
    server.play(repeat=Say(calls=calls))
    answer = ask(CREATE, Policy(tools=(drop(dear()),)), messages=user("Hi."), tools=[PAY])
    assert [each.function.name for each in answer.choices[0].message.tool_calls] == ["log"]
    with pytest.raises(Refused):
        ask(CREATE, Policy(tools=(block(dear()),)), messages=user("Hi."), tools=[PAY])


def test_without_its_calls_an_answer_has_stopped(server: ScriptedServer, ask: Ask) -> None:
    @check
    def any_call(call: ToolCall) -> Iterator[Finding]:
        """A call."""
        yield Finding("it is a call")

    server.play(Say("Wait.", calls=(ToolCall("pay", {}, "c1"),)))
    policy = Policy(tools=(drop(any_call()),))
    choice = ask(CREATE, policy, messages=user("Hi."), tools=[PAY]).choices[0]
    assert (choice.finish_reason, choice.message.tool_calls) == ("stop", None)


def test_what_comes_back_can_be_sent_again_as_it_is(server: ScriptedServer, ask: Ask) -> None:
    server.play("Hello.", "Hello.", "Done.")
    message = ask(CREATE, messages=user("Hi.")).choices[0].message
    with OpenAI(base_url=f"{server.url}/v1", api_key=server.key) as client:
        bare = client.chat.completions.create(model="m", messages=user("Hi."))
    ask(CREATE, messages=[message])
    left_out = {"annotations"}  # what is quoted there was not looked at
    assert sent(server)["messages"][0].keys() == bare.choices[0].message.model_fields_set - left_out


def test_arguments_that_are_no_json_come_back_as_they_are(server: ScriptedServer, ask: Ask) -> None:
    server.play(Say(calls=(ToolCall("pay", '{"amount": ', "c1"),)))
    (call,) = ask(CREATE, messages=user("Hi."), tools=[PAY]).choices[0].message.tool_calls
    assert call.function.arguments == '{"amount": '


def test_a_custom_tool_comes_back_in_its_own_type(server: ScriptedServer, ask: Ask) -> None:
    call = {"id": "c1", "type": "custom", "custom": {"name": "run", "input": "echo hush"}}
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": None, "tool_calls": [call]},
        "finish_reason": "tool_calls",
    }
    body = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
    server.play(Raw({**body, "choices": [choice]}))
    policy = Policy(tools=(redact(matching("hush")),))
    custom = {"type": "custom", "custom": {"name": "run"}}
    (made,) = ask(CREATE, policy, messages=user("."), tools=[custom]).choices[0].message.tool_calls
    assert (made.type, made.custom.input) == ("custom", "echo ████")


def test_the_model_is_asked_again_as_the_policy_says(server: ScriptedServer, ask: Ask) -> None:
    server.play("no", "yes")
    policy = Policy(validators=(retry(matching("no")),), budget=Budget(attempts=2))
    answer = ask(CREATE, policy, messages=user("Hi."), user="u1")
    assert answer.choices[0].message.content == "yes"
    assert [each["role"] for each in sent(server)["messages"]] == ["user", "assistant", "user"]
    assert sent(server)["user"] == "u1"


def test_a_refusal_of_the_model_comes_back_as_one(server: ScriptedServer, ask: Ask) -> None:
    server.play(Say(refusal="I can't, hush."))
    message = ask(CREATE, messages=user("Hi.")).choices[0].message
    assert (message.content, message.refusal) == (None, "I can't, ████.")


def test_a_vault_is_that_of_the_conversation(server: ScriptedServer, ask: Ask) -> None:
    vault = Vault()
    server.play(repeat="Hello.")
    for _ in range(2):
        ask(CREATE, messages=user("pin 1234"), vault=vault)
    assert sent(server, 0) == sent(server, 1)


def test_a_message_of_ours_may_have_a_label(server: ScriptedServer, ask: Ask) -> None:
    server.play("Hello.")
    given = [*user("Hi."), Message("user", "salaries", Label.RESTRICTED)]
    with pytest.raises(Refused):
        ask(CREATE, messages=given, cleared_for=Label.INTERNAL)
    ask(CREATE, messages=given)
    assert sent(server)["messages"][1] == {"role": "user", "content": "salaries"}


def test_the_sdk_s_own_messages_go_back_to_it(server: ScriptedServer, ask: Ask) -> None:
    server.play(Say(calls=(ToolCall("pay", {"pin": "1234"}, "c1"),)), "Done.")
    answer = ask(CREATE, Policy(), messages=user("Hi."), tools=[PAY])
    result = {"role": "tool", "tool_call_id": "c1", "content": "ok"}
    ask(CREATE, messages=[*user("Hi."), answer.choices[0].message, result])
    message = sent(server)["messages"][1]
    assert (message["role"], message["tool_calls"][0]["id"]) == ("assistant", "c1")
    assert "1234" not in server.asked[1].text


# -- what is beside the messages


def test_options_that_hold_texts_are_looked_at(server: ScriptedServer, ask: Ask) -> None:
    server.play("Hello.")
    prediction = {"type": "content", "content": "c 3333"}
    ask(
        CREATE,
        messages=user("Hi."),
        user="a 1111",
        metadata={"b": "b 2222"},
        prediction=prediction,
        extra_body={"note": "d 4444"},
    )
    body = sent(server)
    assert not any(pin in json.dumps(body) for pin in ("1111", "2222", "3333", "4444"))
    assert body["user"].startswith("a [")
    assert body["metadata"]["b"].startswith("b [")
    assert body["prediction"]["content"].startswith("c [")
    assert body["note"].startswith("d [")
    assert len(body["messages"]) == 1


def test_an_option_may_be_what_refuses(server: ScriptedServer, ask: Ask) -> None:
    server.play()
    with pytest.raises(Refused) as told:
        ask(CREATE, messages=user("Hi."), metadata={"note": "forbidden"})
    assert told.value.outcome.findings[0].where == "messages[1].content[0].metadata.note"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"n": 2}, "only one answer is looked at"),
        ({"audio": {"voice": "x", "format": "wav"}}, "no rule listens"),
        ({"modalities": ["text", "audio"]}, "no rule listens"),
        ({"functions": [{"name": "pay"}]}, "the old form of tools="),
        ({"web_search_options": {}}, "what no rule looks at"),
        ({"tools": [{"type": "web_search"}]}, "what no rule looks at"),
        ({"extra_body": {"messages": []}}, "give it as messages="),
        ({"extra_body": {"n": 2}}, "give it as n="),
        ({"brand_new": "text"}, "not known here"),
    ],
)
def test_what_no_rule_could_look_at_is_refused(
    server: ScriptedServer, ask: Ask, given: dict[str, Any], why: str
) -> None:
    server.play()
    with pytest.raises(TypeError, match=why):
        ask(CREATE, messages=user("Hi."), **given)
    assert server.asked == []


def test_what_is_switched_off_is_not_refused(server: ScriptedServer, ask: Ask) -> None:
    server.play("Hello.")
    ask(CREATE, messages=user("Hi."), n=None, audio=None, functions=openai.NOT_GIVEN)


def test_messages_are_needed(ask: Ask) -> None:
    with pytest.raises(TypeError, match="messages="):
        ask(CREATE)
    with pytest.raises(TypeError, match="a list of messages, not str"):
        ask(CREATE, messages="Hi.")
    with pytest.raises(TypeError, match="no messages of the role 'options'"):
        ask(CREATE, messages=[{"role": "options", "content": "Hi."}], user="u")


# -- responses


RESPOND = "responses.create"


def test_a_response_comes_back_with_guarded_text(server: ScriptedServer, ask: Ask) -> None:
    server.play(lambda asked: f"hush {asked.body['input'][0]['content']}")
    answer = ask(RESPOND, input="pin 1234", instructions="Be kind.")
    assert type(answer) is Response
    assert answer.output_text == "████ pin 1234"
    assert "1234" not in server.asked[0].text
    assert sent(server)["instructions"] == "Be kind."


def test_items_and_results_of_tools_are_redacted_on_the_wire(
    server: ScriptedServer, ask: Ask
) -> None:
    server.play("Done.")
    call = {"type": "function_call", "call_id": "c", "name": "pin", "arguments": '{"a": "2222"}'}
    items = [
        {"role": "user", "content": [{"type": "input_text", "text": "I am 1111"}]},
        call,
        {"type": "function_call_output", "call_id": "c", "output": "it is 3333"},
    ]
    ask(RESPOND, input=items)
    assert not any(pin in server.asked[0].text for pin in ("1111", "2222", "3333"))
    assert [each.get("type") for each in sent(server)["input"]] == [None, *_KINDS]


_KINDS = ("function_call", "function_call_output")


def test_the_output_of_a_response_goes_back_to_it(server: ScriptedServer, ask: Ask) -> None:
    server.play(Say("Wait.", calls=(ToolCall("pay", {"pin": "1234"}, "c1"),)), "Done.")
    answer = ask(RESPOND, Policy(), input="Hi.", tools=[{"type": "function", "name": "pay"}])
    result = {"type": "function_call_output", "call_id": "c1", "output": "ok"}
    ask(RESPOND, input=[*user("Hi."), *answer.output, result])
    assert [each.get("type") for each in sent(server)["input"][1:]] == ["message", *_KINDS]
    assert None not in [value for each in sent(server)["input"] for value in each.values()]
    assert "1234" not in server.asked[1].text


def test_calls_in_a_response_are_restored(server: ScriptedServer, ask: Ask) -> None:
    def call(asked: Any) -> Say:
        return Say(calls=(ToolCall("pay", {"pin": asked.body["input"][0]["content"]}, "c1"),))

    server.play(call)
    (item,) = ask(RESPOND, input="1234", tools=[{"type": "function", "name": "pay"}]).output
    assert (item.type, item.call_id, json.loads(item.arguments)) == (
        "function_call",
        "c1",
        {"pin": "1234"},
    )


def test_what_was_thought_and_quoted_is_not_in_a_response(server: ScriptedServer, ask: Ask) -> None:
    part = {
        "type": "output_text",
        "text": "say hush",
        "annotations": [{"type": "url_citation", "title": "hush", "url": "u"}],
    }
    output = [
        {"type": "reasoning", "id": "rs", "summary": [{"type": "summary_text", "text": "hush"}]},
        {"type": "web_search_call", "id": "ws", "action": {"query": "hush"}},
        {
            "type": "message",
            "id": "msg",
            "role": "assistant",
            "content": [part],
            "status": "completed",
        },
    ]
    body = {
        "id": "r",
        "object": "response",
        "model": "m",
        "status": "completed",
        "output": output,
        "metadata": {"echo": "hush"},
        "instructions": "hush",
    }
    server.play(Raw(body))
    answer = ask(RESPOND, input="Hi.")
    assert answer.output_text == "say ████"
    assert "hush" not in answer.model_dump_json()


@pytest.mark.parametrize(
    "name", ["previous_response_id", "conversation", "prompt", "background", "context_management"]
)
def test_what_the_provider_keeps_is_refused(ask: Ask, name: str) -> None:
    with pytest.raises(TypeError, match=f"{name}=...\\) is not for a guarded client"):
        ask(RESPOND, input="Hi.", **{name: "x"})


def test_a_reference_to_an_item_is_refused(ask: Ask) -> None:
    with pytest.raises(TypeError, match="item_reference"):
        ask(RESPOND, input=[{"type": "item_reference", "id": "x"}])
    with pytest.raises(TypeError, match="input="):
        ask(RESPOND)


# -- typed answers


class Refund(BaseModel):
    order: str
    amount: float


@check
def dear(refund: Refund) -> Iterator[Finding]:
    """A refund that costs much."""
    if refund.amount > 100:
        yield Finding("it is dear")


TYPED = Policy(output=(redact(matching("hush")),), validators=(abstain(dear()),))
REFUND = '{"order": "hush 17", "amount": 7.5}'


def test_a_completion_is_parsed_of_what_was_looked_at(server: ScriptedServer, ask: Ask) -> None:
    server.play(REFUND)
    answer = ask("chat.completions.parse", TYPED, messages=user("Hi."), response_format=Refund)
    assert isinstance(answer, ParsedChatCompletion)
    message = answer.choices[0].message
    assert message.parsed == Refund(order="████ 17", amount=7.5)
    assert Refund.model_validate_json(message.content or "") == message.parsed
    schema = sent(server)["response_format"]["json_schema"]
    assert (schema["name"], schema["strict"]) == ("Refund", True)


def test_a_response_is_parsed_of_what_was_looked_at(server: ScriptedServer, ask: Ask) -> None:
    server.play(REFUND)
    answer = ask("responses.parse", TYPED, input="Hi.", text_format=Refund)
    assert isinstance(answer, ParsedResponse)
    assert answer.output_parsed == Refund(order="████ 17", amount=7.5)
    assert sent(server)["text"]["format"]["name"] == "Refund"


def test_validators_see_a_typed_answer(server: ScriptedServer, ask: Ask) -> None:
    server.play('{"order": "17", "amount": 700}')
    with pytest.raises(Refused, match="it is dear"):
        ask("chat.completions.parse", TYPED, messages=user("Hi."), response_format=Refund)


def test_a_typed_outcome_holds_the_value(server: ScriptedServer, ask: Ask) -> None:
    server.play(REFUND)
    outcome = ask("responses.parse", TYPED, input="Hi.", text_format=Refund, outcomes=True)
    assert outcome.unwrap() == Refund(order="████ 17", amount=7.5)


def test_what_cannot_be_typed_is_refused(ask: Ask) -> None:
    with pytest.raises(TypeError, match="a pydantic model"):
        ask("chat.completions.parse", messages=user("Hi."), response_format=int)
    with pytest.raises(TypeError, match="a typed answer is no call of a tool"):
        ask("responses.parse", input="Hi.", text_format=Refund, tools=[PAY])
    with pytest.raises(TypeError, match=r"goes to chat\.completions\.parse"):
        ask(CREATE, messages=user("Hi."), response_format=Refund)


# -- errors, and time


@pytest.mark.parametrize(
    ("turn", "error"),
    [
        (Fail(429), openai.RateLimitError),
        (Fail(500), openai.InternalServerError),
        (Fail(401), openai.AuthenticationError),
    ],
)
@pytest.mark.parametrize("given", [{"messages": user("Hi.")}, {"input": "Hi."}])
def test_errors_of_the_sdk_pass_as_they_are(
    server: ScriptedServer, ask: Ask, turn: Fail, error: type[Exception], given: Any
) -> None:
    server.play(turn)
    with pytest.raises(error):
        ask(CREATE if "messages" in given else RESPOND, **given)


def test_the_sdk_tries_again_where_there_is_no_deadline(server: ScriptedServer, ask: Ask) -> None:
    server.play(Fail(429, retry_after=0.01), "Hello.")
    assert ask(CREATE, messages=user("Hi."), retries=1).choices[0].message.content == "Hello."


def test_with_a_deadline_it_tries_once(server: ScriptedServer, ask: Ask) -> None:
    server.play(Fail(429, retry_after=0.01))
    policy = Policy(budget=Budget(seconds=30))
    with pytest.raises(openai.RateLimitError):
        ask(CREATE, policy, messages=user("Hi."), retries=1)
    assert len(server.asked) == 1


def test_the_caller_s_own_time_out_holds(server: ScriptedServer, ask: Ask) -> None:
    server.play(Say("Hello.", seconds=1))
    policy = Policy(budget=Budget(seconds=30))
    with pytest.raises(openai.APITimeoutError):
        ask(CREATE, policy, messages=user("Hi."), timeout=0.05)


def test_a_budget_in_seconds_ends_a_call(server: ScriptedServer, ask: Ask) -> None:
    server.play(Say("Hello.", seconds=1))
    outcome = ask(CREATE, Policy(budget=Budget(seconds=0.1)), messages=user("Hi."), outcomes=True)
    assert [each.kind for each in outcome.findings] == ["budget"]


@pytest.mark.parametrize("given", [None, 5.0, openai.Timeout(60, connect=1)])
def test_what_is_left_is_the_time_out_of_the_sdk(given: Any) -> None:
    seen: list[Any] = []

    def answered(request: Any) -> Any:
        seen.append(request.extensions["timeout"])
        choice = {"index": 0, "message": {"role": "assistant", "content": "Hello."}}
        body = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
        return HTTP.Response(200, json={**body, "choices": [{**choice, "finish_reason": "stop"}]})

    transport = HTTP.MockTransport(answered)
    with OpenAI(
        api_key=ScriptedServer.key, timeout=given, http_client=HTTP.Client(transport=transport)
    ) as client:
        guarded = guarded_openai(client, Policy(budget=Budget(seconds=3)))
        guarded.chat.completions.create(model="m", messages=user("Hi."))
    (timeouts,) = seen
    assert 2 < timeouts["read"] < 3.1
    assert timeouts["connect"] < (1.1 if isinstance(given, openai.Timeout) else 3.1)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("no choices", "it has no choices"),
        ("null content", "it has no text"),
        ("unknown part", "a part of the type"),
    ],
)
def test_what_cannot_be_read_is_an_error(
    server: ScriptedServer, ask: Ask, fault: Any, why: str
) -> None:
    server.play(Say("Hello.", fault=fault))
    with pytest.raises(ReplyError, match=why):
        ask(CREATE, messages=user("Hi."))


def test_usage_may_be_missing(server: ScriptedServer, ask: Ask) -> None:
    server.play(Say("Hello.", usage=None))
    assert ask(CREATE, messages=user("Hi.")).usage is None


def test_an_empty_answer_is_none(server: ScriptedServer, ask: Ask) -> None:
    server.play(Say("", finish="filter", fault="null content"))
    with pytest.raises(Refused) as refused:
        ask(CREATE, messages=user("Hi."))
    assert [each.kind for each in refused.value.outcome.findings] == ["filtered"]


# -- the client


@pytest.fixture(scope="module")
def client() -> Iterator[OpenAI]:
    with OpenAI(
        base_url="http://nowhere.invalid/v1", api_key=ScriptedServer.key, timeout=7
    ) as made:
        yield made


def test_harmless_attributes_pass_through(client: OpenAI) -> None:
    guarded = guarded_openai(client, POLICY)
    assert (guarded.timeout, guarded.max_retries) == (7, client.max_retries)
    assert guarded.base_url == client.base_url
    assert not guarded.is_closed()


def test_a_copy_is_guarded_again(server: ScriptedServer) -> None:
    server.play("say hush")
    with OpenAI(base_url=f"{server.url}/v1", api_key=server.key) as client:
        copy = guarded_openai(client, POLICY).with_options(timeout=3, max_retries=0)
        assert (copy.timeout, copy.max_retries) == (3, 0)
        answer = copy.chat.completions.create(model="m", messages=user("Hi."))
    assert answer.choices[0].message.content == "say ████"


@pytest.mark.parametrize(
    "name",
    [
        *("embeddings", "files", "images", "audio", "moderations", "beta", "completions"),
        *("batches", "realtime", "with_raw_response", "with_streaming_response", "post"),
        *("chat.completions.list", "chat.completions.with_raw_response", "responses.retrieve"),
        *("responses.compact", "responses.input_items", "conversations", "api_key"),
    ],
)
def test_what_is_not_guarded_cannot_be_reached(client: OpenAI, name: str) -> None:
    with pytest.raises(AttributeError):
        at(guarded_openai(client, POLICY), name)


def test_the_error_says_what_to_do(client: OpenAI) -> None:
    with pytest.raises(AttributeError, match="embeddings is not guarded: call it on the client"):
        _ = guarded_openai(client, POLICY).embeddings


def test_the_client_itself_stays_as_it_was(client: OpenAI) -> None:
    before = dict(vars(client)), client.chat.completions.create
    guarded = guarded_openai(client, POLICY)
    assert guarded.chat.completions.create != client.chat.completions.create
    assert vars(client).keys() - before[0].keys() <= {"chat", "responses"}  # made when looked at
    assert client.chat.completions.create == before[1]


def test_its_repr_shows_no_key(client: OpenAI) -> None:
    assert repr(guarded_openai(client, POLICY)) == "<OpenAI, guarded by support>"
    assert repr(guarded_openai(client, POLICY).chat) == "<chat of a guarded OpenAI>"


def test_it_is_a_context_manager_like_the_client() -> None:
    with guarded_openai(OpenAI(api_key=ScriptedServer.key), POLICY) as guarded:
        assert not guarded.is_closed()
    assert guarded.is_closed()

    async def opened() -> Any:
        async with guarded_openai(AsyncOpenAI(api_key=ScriptedServer.key), POLICY) as guarded:
            return guarded

    assert asyncio.run(opened()).is_closed()


def test_a_client_of_azure_is_guarded_too() -> None:
    seen = []

    def answered(request: Any) -> Any:
        seen.append(str(request.url))
        choice = {"index": 0, "message": {"role": "assistant", "content": "hush"}}
        body = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
        return HTTP.Response(200, json={**body, "choices": [{**choice, "finish_reason": "stop"}]})

    with AzureOpenAI(
        azure_endpoint="https://azure.invalid",
        api_version="2026-01-01",
        api_key=ScriptedServer.key,
        http_client=HTTP.Client(transport=HTTP.MockTransport(answered)),
    ) as client:
        for policy in (POLICY, replace(POLICY, budget=Budget(seconds=60))):
            create = guarded_openai(client, policy).chat.completions.create
            answer = create(model="m", messages=user("Hi."))
            assert answer.choices[0].message.content == "████"
    assert seen[0] == seen[1]
    assert seen[0].startswith("https://azure.invalid/openai/deployments/m/")


def test_methods_of_an_async_client_are_coroutine_functions() -> None:
    guarded = guarded_openai(AsyncOpenAI(api_key=ScriptedServer.key), POLICY)
    assert inspect.iscoroutinefunction(guarded.chat.completions.create)


def test_async_checks_on_a_client_that_is_not_are_refused_at_once(client: OpenAI) -> None:
    @check
    async def slow(text: str) -> Any:
        """Slow."""
        for _ in text[:0]:
            yield Finding("never")

    with pytest.raises(PolicyError, match="the client is not async"):
        guarded_openai(client, Policy(output=(block(slow()),)))


def test_a_typed_validator_is_for_parse(client: OpenAI) -> None:
    guarded = guarded_openai(client, TYPED)
    with pytest.raises(PolicyError):
        guarded.chat.completions.create(model="m", messages=user("Hi."))


def test_an_unknown_version_of_the_sdk_is_refused(client: OpenAI) -> None:
    with pytest.raises(ImportError, match=r"openai .+ is installed, and openai>=99,<100 is"):
        guarded_client(SDK._replace(versions=((99,), (100,))), client, POLICY, {})


def test_observers_are_told(server: ScriptedServer, ask: Ask) -> None:
    told: list[Event] = []
    server.play("Hello.")
    ask(CREATE, messages=user("Hi."), observers=(told.append,))
    assert [each.kind for each in told][:2] == ["started", "looked"]
