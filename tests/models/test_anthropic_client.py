"""Guarded clients of Anthropic, with the SDK itself and over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("uvicorn", reason="the testing extra is not installed")
pytest.importorskip("anthropic", reason="the anthropic extra is not installed")

import anthropic

from guardrails_lib import (
    Accepted,
    Blocked,
    Budget,
    Policy,
    Refused,
    ReplyError,
    ToolCall,
    Usage,
    Vault,
    block,
    check,
    deadline,
    drop,
    flag,
    redact,
    retry,
)
from guardrails_lib.checks import matching
from guardrails_lib.models.anthropic_client import guarded_anthropic
from guardrails_lib.testing.server import Cut, Fail, Raw, Say, ScriptedServer

KEY = "none"
PAY = {"name": "pay", "description": "Pays.", "input_schema": {"type": "object"}}
NAMES = Policy(
    name="names",
    input=(redact(matching("Ann|Bob"), restore=True),),
    output=(redact(matching("secret")),),
    tools=(block(matching("forbidden")),),
)


def ask(text: Any = "I am Ann.", **more: Any) -> dict[str, Any]:
    return {
        "model": "claude-x",
        "max_tokens": 100,
        "messages": [{"role": "user", "content": text}],
        **more,
    }


def echo(wrap: str = "Hello, {}.") -> Callable[[Any], Say]:
    """A model that says what it was told last."""
    return lambda asked: Say(wrap.format(asked.body["messages"][-1]["content"]))


def is_a(kind: type[Any], value: Any) -> bool:
    return type(value) is kind


def guarded(client: Any, policy: Policy, **terms: Any) -> Any:
    return guarded_anthropic(client, policy, **terms)


@pytest.fixture(scope="module")
def running() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


@pytest.fixture
def server(running: ScriptedServer) -> ScriptedServer:
    running.asked.clear()
    return running


@pytest.fixture(scope="module")
def bare(running: ScriptedServer) -> Iterator[Any]:
    with anthropic.Anthropic(base_url=running.url, api_key=KEY, max_retries=0, timeout=5) as made:
        yield made


@pytest.fixture
def client(bare: Any) -> Any:
    return guarded(bare, NAMES)


def awaited(running: ScriptedServer, use: Callable[[Any], Any], policy: Policy = NAMES) -> Any:
    """What *use* gives of an async client."""

    async def run() -> Any:
        async with anthropic.AsyncAnthropic(
            base_url=running.url, api_key=KEY, max_retries=0
        ) as made:
            return await use(guarded(made, policy))

    return asyncio.run(run())


# what goes, what comes


def test_a_message_comes_in_the_type_of_the_sdk(server: ScriptedServer, client: Any) -> None:
    server.play(Say("Hello.", usage=Usage(10, 5), model="claude-y"))
    message = client.messages.create(**ask())
    assert is_a(anthropic.types.Message, message)
    assert (message.content[0].text, message.stop_reason) == ("Hello.", "end_turn")
    assert (message.usage.input_tokens, message.usage.output_tokens) == (10, 5)
    assert message.model == "claude-y"


def test_what_is_redacted_does_not_go_and_is_put_back(server: ScriptedServer, client: Any) -> None:
    server.play(echo())
    message = client.messages.create(**ask(), system="You help.")
    assert "Ann" not in server.asked[0].text
    assert server.asked[0].body["system"] == "You help."
    assert message.content[0].text == "Hello, I am Ann.."


def test_results_of_tools_are_redacted_in_their_place(server: ScriptedServer, client: Any) -> None:
    call = {"type": "tool_use", "id": "t1", "name": "who", "input": {"about": "Bob"}}
    result = {"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text"}]}
    result["content"][0]["text"] = "Bob called."  # type: ignore[index]  # it is a list
    messages = [
        {"role": "user", "content": "Who called?"},
        {"role": "assistant", "content": [call]},
        {"role": "user", "content": [result, {"type": "text", "text": "And Ann?"}]},
    ]
    server.play("They did.")
    client.messages.create(**ask() | {"messages": messages}, tools=[PAY])
    body = server.asked[0].body
    assert "Bob" not in server.asked[0].text
    assert "Ann" not in server.asked[0].text
    assert [each["role"] for each in body["messages"]] == ["user", "assistant", "user"]
    sent_call, sent_result = body["messages"][1]["content"][0], body["messages"][2]["content"][0]
    assert (sent_call["id"], sent_call["name"]) == ("t1", "who")
    assert (sent_result["type"], sent_result["tool_use_id"]) == ("tool_result", "t1")
    assert sent_result["content"][0]["text"].endswith(" called.")
    assert body["tools"] == [PAY]


def test_other_arguments_that_hold_texts_are_looked_at(server: ScriptedServer, client: Any) -> None:
    server.play("Hello.")
    client.messages.create(
        **ask("Hi."),
        metadata={"user_id": "Ann"},
        stop_sequences=["Bob"],
        output_config={"format": {"type": "json_schema", "schema": {"description": "Ann"}}},
    )
    assert "Ann" not in server.asked[0].text
    assert "Bob" not in server.asked[0].text
    assert set(server.asked[0].body) >= {"metadata", "stop_sequences", "output_config"}


def test_what_has_no_text_goes_as_it_is(server: ScriptedServer, client: Any) -> None:
    server.play("Hello.")
    more: dict[str, Any] = {
        "tool_choice": {"type": "auto"},
        "thinking": {"type": "enabled", "budget_tokens": 1024},
        "service_tier": "auto",
    }
    client.messages.create(**ask("Hi."), **more, stop_sequences=anthropic.omit)
    body = server.asked[0].body
    assert {name: body[name] for name in more} == more
    assert body["max_tokens"] == 100
    assert "stop_sequences" not in body


def test_the_vault_of_a_conversation_is_kept(server: ScriptedServer, client: Any) -> None:
    vault = Vault()
    server.play(echo(), echo())
    client.messages.create(**ask(), vault=vault)
    client.messages.create(**ask("Ann again"), vault=vault)
    first, second = (each.body["messages"][0]["content"] for each in server.asked)
    assert first.split()[-1].rstrip(".") == second.split()[0]


def test_calls_of_tools_are_looked_at_and_restored(server: ScriptedServer, client: Any) -> None:
    def call(asked: Any) -> Say:
        said = asked.body["messages"][0]["content"]
        return Say("One moment.", calls=(ToolCall("pay", {"whom": said}, "t1"),))

    server.play(call)
    message = client.messages.create(**ask("Ann"), tools=[PAY])
    text, used = message.content
    assert text.text == "One moment."
    assert is_a(anthropic.types.ToolUseBlock, used)
    assert (used.id, used.name, used.input) == ("t1", "pay", {"whom": "Ann"})
    assert message.stop_reason == "tool_use"


def test_a_call_that_is_forbidden_is_refused(server: ScriptedServer, client: Any) -> None:
    server.play(Say(calls=(ToolCall("pay", {"whom": "forbidden"}, "t1"),)))
    with pytest.raises(Refused) as raised:
        client.messages.create(**ask(), tools=[PAY])
    assert isinstance(raised.value.outcome, Blocked)


def test_a_message_without_the_calls_that_were_dropped_ended_its_turn(
    server: ScriptedServer, bare: Any
) -> None:
    client = guarded(bare, Policy(tools=(drop(matching("Ann")),)))
    server.play(Say("Well.", calls=(ToolCall("pay", {"whom": "Ann"}, "t1"),)))
    message = client.messages.create(**ask("Hi."), tools=[PAY])
    assert [each.type for each in message.content] == ["text"]
    assert message.stop_reason == "end_turn"


@pytest.mark.parametrize("turn", [Say("my secret"), Say(["my sec", "ret"], thinking="The secret.")])
def test_nothing_that_is_redacted_is_in_the_message(
    turn: Say, server: ScriptedServer, client: Any
) -> None:
    server.play(turn)
    message = client.messages.create(**ask())
    assert "secret" not in message.model_dump_json()
    assert message.content[-1].text == "my ██████"


def test_what_else_a_message_brings_is_left_out(server: ScriptedServer, client: Any) -> None:
    citation = {"type": "char_location", "cited_text": "secret", "document_index": 0}
    said: dict[str, Any] = {"type": "text", "text": "Yes.", "citations": [citation]}
    body = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-x",
        "content": [{**said, "note": "secret"}],
        "stop_reason": "end_turn",
        "stop_details": {"type": "refusal", "explanation": "secret"},
        "usage": {"input_tokens": 1, "output_tokens": 1, "note": "secret"},
        "note": "secret",
    }
    server.play(Raw(body))
    message = client.messages.create(**ask())
    assert message.content[0].text == "Yes."
    assert "secret" not in message.model_dump_json()


def test_a_refusal_is_raised_with_its_outcome(server: ScriptedServer, bare: Any) -> None:
    client = guarded(bare, Policy(input=(block(matching("Ann")),)))
    with pytest.raises(Refused) as raised:
        client.messages.create(**ask())
    assert isinstance(raised.value.outcome, Blocked)
    assert not server.asked


def test_outcomes_are_given_where_they_are_wanted(server: ScriptedServer, bare: Any) -> None:
    client = guarded(bare, NAMES, outcomes=True)
    server.play(Say("my secret", usage=Usage(10, 5)))
    outcome = client.messages.create(**ask())
    assert isinstance(outcome, Accepted)
    assert outcome.value == "my ██████"
    assert outcome.record.spent.tokens == 15


def test_what_a_message_costs_is_known(server: ScriptedServer, bare: Any) -> None:
    asked: list[Any] = []

    def price(model: str, usage: Usage) -> float:
        asked.append((model, usage))
        return 0.25

    usage = {
        "input_tokens": 10,
        "output_tokens": 5,
        "cache_read_input_tokens": 100,
        "cache_creation_input_tokens": 30,
    }
    body = {"type": "message", "role": "assistant", "id": "m", "model": "claude-y"}
    said = {"content": [{"type": "text", "text": "Hello."}], "stop_reason": "end_turn"}
    server.play(Raw({**body, **said, "usage": usage}))
    client = guarded(bare, Policy(), outcomes=True, prices=price)
    outcome = client.messages.create(**ask("Hi."))
    assert outcome.record.spent.dollars == 0.25
    ((model, priced),) = asked
    assert model == "claude-y"
    assert (priced.input_tokens, priced.output_tokens) == (140, 5)
    assert (priced.cache_read_tokens, priced.cache_write_tokens) == (100, 30)


def test_the_id_of_the_request_is_kept(server: ScriptedServer, client: Any) -> None:
    body = {"type": "message", "role": "assistant", "id": "m", "model": "claude-y"}
    said = {"content": [{"type": "text", "text": "Hello."}], "stop_reason": "end_turn"}
    server.play(Raw({**body, **said}, headers=(("request-id", "req-1"),)), "Hello.")
    first, second = (client.messages.create(**ask("Hi.")) for _ in range(2))
    assert (first._request_id, second._request_id) == ("req-1", None)


def test_a_reply_may_be_asked_for_again(server: ScriptedServer, bare: Any) -> None:
    policy = Policy(validators=(retry(matching("No")),), budget=Budget(attempts=2))
    client = guarded(bare, policy)
    server.play("No.", "Yes.")
    assert client.messages.create(**ask(), system="Be nice.").content[0].text == "Yes."
    again = server.asked[1].body
    assert again["system"] == "Be nice."
    assert [each["role"] for each in again["messages"]] == ["user", "assistant", "user"]


def test_the_same_is_awaited(server: ScriptedServer) -> None:
    async def use(client: Any) -> Any:
        return await client.messages.create(**ask(), tools=[PAY])

    server.play(
        lambda asked: Say(
            "my secret", calls=(ToolCall("pay", {"whom": asked.body["messages"][0]["content"]}),)
        )
    )
    message = awaited(server, use)
    assert is_a(anthropic.types.Message, message)
    assert message.content[0].text == "my ██████"
    assert message.content[1].input == {"whom": "I am Ann."}
    assert "Ann" not in server.asked[0].text


# thoughts


def test_a_thought_in_which_nothing_is_found_comes_unchanged(
    server: ScriptedServer, client: Any
) -> None:
    server.play(Say("Yes.", thinking="Let me see."), "Done.")
    message = client.messages.create(**ask("Hi."))
    thought = message.content[0]
    assert (thought.type, thought.thinking) == ("thinking", "Let me see.")
    history = [
        {"role": "user", "content": "Hi."},
        {"role": "assistant", "content": message.content},
        {"role": "user", "content": "And?"},
    ]
    client.messages.create(**ask() | {"messages": history})
    assert server.asked[1].body["messages"][1]["content"][0] == thought.to_dict()


@pytest.mark.parametrize("slow", [False, True])
def test_a_thought_that_no_quick_rule_clears_is_left_out(
    slow: bool, server: ScriptedServer, bare: Any
) -> None:
    @check(slow=slow)
    def nothing(text: str) -> Iterator[Any]:
        yield from ()

    found = flag(matching("see")) if not slow else flag(nothing())
    client = guarded(bare, Policy(output=(found,)))
    server.play(Say("Yes.", thinking="Let me see."))
    message = client.messages.create(**ask("Hi."))
    assert [each.type for each in message.content] == ["text"]


# what is not for a guarded client


@pytest.mark.parametrize(
    "more",
    [
        {"container": "c1"},
        {"mcp_servers": [{"url": "https://example.com"}]},
        {"diagnostics": {"previous_message_id": "m"}},
        {"user_profile_id": "Ann"},
        {"unheard_of": "Ann"},
        {"extra_body": {"messages": []}},
        {"extra_body": {"mcp_servers": []}},
        {"tools": [{"type": "web_search_20250305", "name": "web_search"}]},
        {"tools": [{"type": "code_execution_20250825", "name": "code_execution"}]},
        {"tools": ["Ann"]},
    ],
)
def test_what_no_rule_would_see_is_refused(
    more: dict[str, Any], server: ScriptedServer, client: Any
) -> None:
    with pytest.raises(TypeError) as raised:
        client.messages.create(**ask("Hi."), **more)
    assert "Ann" not in str(raised.value)
    assert not server.asked


def test_there_are_messages(client: Any) -> None:
    with pytest.raises(TypeError, match="needs messages="):
        client.messages.create(model="claude-x", max_tokens=100)


@pytest.mark.parametrize("kind", ["bash_20250124", "text_editor_20250728", "custom", None])
def test_tools_that_the_caller_runs_go(
    kind: str | None, server: ScriptedServer, client: Any
) -> None:
    server.play("Hello.")
    tool = {**PAY, "type": kind}
    client.messages.create(**ask("Hi."), tools=[tool])
    assert server.asked[0].body["tools"] == [tool]


@pytest.mark.parametrize(
    "path",
    [
        "beta",
        "completions",
        "files",
        "post",
        "messages.batches",
        "messages.count_tokens",
        "messages.with_raw_response",
        "with_raw_response",
    ],
)
def test_the_rest_of_the_client_is_not_there(path: str, client: Any) -> None:
    found = client
    with pytest.raises(AttributeError, match="call it on the client itself"):
        for step in path.split("."):
            found = getattr(found, step)


def test_what_sends_nothing_is_the_clients(client: Any, bare: Any) -> None:
    assert (client.base_url, client.max_retries) == (bare.base_url, 0)
    assert KEY not in repr(client)
    assert "names" in repr(client)


def test_a_copy_is_guarded_too(server: ScriptedServer, client: Any) -> None:
    server.play(echo())
    copy = client.with_options(timeout=3.0)
    assert copy.timeout == 3.0
    copy.messages.create(**ask())
    assert "Ann" not in server.asked[0].text


def test_the_client_itself_stays_as_it_was(server: ScriptedServer, bare: Any) -> None:
    server.play("Hello.", "Hello.", echo())
    bare.messages.create(**ask())  # what a client makes for its first call is made
    before = dict(vars(bare))
    client = guarded(bare, NAMES)
    client.messages.create(**ask())
    assert {name: vars(bare)[name] for name in before} == before
    message = bare.messages.create(**ask())
    assert message.content[0].text == "Hello, I am Ann.."
    assert "Ann" in server.asked[2].text


# errors


@pytest.mark.parametrize(
    ("turn", "kind"),
    [
        (Fail(429, retry_after=1.0), "RateLimitError"),
        (Fail(500), "InternalServerError"),
        (Fail(529), "APIStatusError"),
        (Cut("Hello.", after=0.0), "APIConnectionError"),
        (Cut("Hello.", after=0.5), "APIConnectionError"),
        (Say("Hello.", seconds=30), "APITimeoutError"),
    ],
)
def test_errors_are_those_of_the_sdk(
    turn: Any, kind: str, server: ScriptedServer, client: Any
) -> None:
    server.play(turn, turn)
    with pytest.raises(getattr(anthropic, kind)):
        client.messages.create(**ask(), timeout=0.2)

    async def use(client: Any) -> Any:
        return await client.messages.create(**ask(), timeout=0.2)

    with pytest.raises(getattr(anthropic, kind)):
        awaited(server, use)


@pytest.mark.parametrize("fault", ["null content", "unknown part", "no choices"])
def test_a_message_that_cannot_be_read_is_an_error(
    fault: Any, server: ScriptedServer, client: Any
) -> None:
    server.play(Say("Hello.", fault=fault))
    with pytest.raises(ReplyError):
        client.messages.create(**ask())


def test_a_message_with_no_usage_is_read(server: ScriptedServer, client: Any) -> None:
    server.play(Say("Hello.", usage=None))
    assert client.messages.create(**ask()).content[0].text == "Hello."


def test_arguments_that_are_no_object_are_looked_at_as_text(
    server: ScriptedServer, client: Any
) -> None:
    server.play(Say(calls=(ToolCall("pay", "forbidden", "t1"),)))
    with pytest.raises(Refused):
        client.messages.create(**ask(), tools=[PAY])


def test_another_major_version_is_refused(bare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.metadata

    from guardrails_lib.models.versions import supported

    monkeypatch.setattr(importlib.metadata, "version", lambda _: "4.0.1")
    supported.cache_clear()
    with pytest.raises(ImportError, match=r"anthropic 4\.0\.1 is installed, and anthropic>=2,<3"):
        guarded(bare, NAMES)
    supported.cache_clear()


# deadlines


def noted(policy: Policy) -> tuple[Any, list[Any]]:
    """A client that notes the time-outs of its requests, and tries twice again."""
    import httpx2

    seen: list[Any] = []

    def answer(request: Any) -> Any:
        seen.append(request.extensions["timeout"])
        return httpx2.Response(500, json={"type": "error", "error": {"type": "api_error"}})

    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    made = anthropic.Anthropic(api_key=KEY, base_url="http://anthropic.test", http_client=http)
    return guarded(made, policy), seen


def test_the_seconds_of_a_budget_are_the_time_out_of_its_only_attempt() -> None:
    client, seen = noted(Policy(budget=Budget(seconds=2.0)))
    with client, pytest.raises(anthropic.InternalServerError):
        client.messages.create(**ask())
    (timeout,) = seen
    assert all(0 < each <= 2.0 for each in timeout.values())


def test_the_time_out_of_the_caller_holds_if_it_is_sooner() -> None:
    client, seen = noted(Policy(budget=Budget(seconds=20.0)))
    with client, pytest.raises(anthropic.InternalServerError):
        client.messages.create(**ask(), timeout=1.5)
    assert set(seen[0].values()) == {1.5}


def test_a_deadline_around_the_call_reaches_the_sdk() -> None:
    client, seen = noted(Policy())
    with client, deadline(3.0), pytest.raises(anthropic.InternalServerError):
        client.messages.create(**ask())
    assert all(0 < each <= 3.0 for each in seen[0].values())
