"""What nobody looked at is in nothing that a guarded client of OpenAI gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("openai", reason="the openai extra is not installed")
pytest.importorskip("uvicorn", reason="the testing extra is not installed")

from openai import OpenAI

from guardrails_lib import Policy, redact
from guardrails_lib.checks import matching
from guardrails_lib.models.openai_client import guarded_openai
from guardrails_lib.testing.server import Raw, ScriptedServer

POLICY = Policy(
    output=(redact(matching("hush")),),
    tools=(redact(matching("hush")),),
)
SSE = (("content-type", "text/event-stream"),)
HI: list[Any] = [{"role": "user", "content": "Hi."}]


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


@pytest.fixture(scope="module")
def client(server: ScriptedServer) -> Iterator[Any]:
    with OpenAI(base_url=f"{server.url}/v1", api_key=server.key, max_retries=0) as made:
        yield guarded_openai(made, POLICY)


def soiled(given: Any) -> Any:
    """The same with a word to redact under a new name in each of its objects."""
    if isinstance(given, dict):
        return {**{name: soiled(each) for name, each in given.items()}, "aside": "hush", "n": 1.5}
    return [soiled(each) for each in given] if isinstance(given, list) else given


def events(*given: dict[str, Any]) -> Raw:
    lines = [f"data: {json.dumps(soiled(each))}\n\n".encode() for each in given]
    return Raw([*lines, b"data: [DONE]\n\n"], headers=SSE)


def clean(given: Any) -> bool:
    """Whether the word is nowhere in what an object of the SDK holds and says."""
    written = given.model_dump_json(warnings=False) + repr(given) + repr(given.model_extra)
    return "hush" not in written + json.dumps(given.model_dump(mode="json", warnings=False))


USAGE = {
    "prompt_tokens": 2,
    "completion_tokens": 1,
    "total_tokens": 3,
    "prompt_tokens_details": {"cached_tokens": 1},
}
CALL = {
    "id": "c1",
    "type": "function",
    "function": {"name": "pay", "arguments": '{"to": "hush", "amount": 7}'},
}
TOKEN = {"token": "say", "logprob": -1.0, "bytes": None, "top_logprobs": []}
MESSAGE = {
    "role": "assistant",
    "content": "say hush",
    "refusal": None,
    "annotations": [{"type": "url_citation", "url_citation": {"title": "hush", "url": "hush"}}],
    "tool_calls": [CALL],
    "reasoning_content": "hush",
    "reasoning": {"text": "hush"},
}
BODY = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "usage": USAGE}


def completion(message: dict[str, Any]) -> dict[str, Any]:
    choice = {
        "index": 0,
        "message": message,
        "finish_reason": "tool_calls" if "tool_calls" in message else "stop",
        "logprobs": {"content": [TOKEN], "refusal": None},
    }
    return {**BODY, "choices": [choice], "moderation": {"input": {"text": "hush"}}}


def test_a_completion_holds_what_was_looked_at_alone(server: ScriptedServer, client: Any) -> None:
    server.play(Raw(soiled(completion(MESSAGE))))
    answer = client.chat.completions.create(model="m", messages=HI)
    assert clean(answer)
    message = answer.choices[0].message
    assert message.content == "say ████"
    assert json.loads(message.tool_calls[0].function.arguments) == {"to": "████", "amount": 7}


def test_so_does_one_in_which_nothing_is_found(server: ScriptedServer, client: Any) -> None:
    server.play(Raw(soiled(completion({**MESSAGE, "content": "say", "tool_calls": None}))))
    answer = client.chat.completions.create(model="m", messages=HI)
    assert clean(answer)
    assert answer.choices[0].logprobs.content[0].token == "say"
    assert (answer.usage.n, answer.usage.prompt_tokens_details.n) == (1.5, 1.5)


def test_so_do_chunks(server: ScriptedServer, client: Any) -> None:
    def chunk(finish: str | None = None, **delta: Any) -> dict[str, Any]:
        choice = {
            "index": 0,
            "delta": delta,
            "finish_reason": finish,
            "logprobs": {"content": [TOKEN]},
        }
        return {**BODY, "object": "chat.completion.chunk", "usage": None, "choices": [choice]}

    server.play(
        events(
            chunk(role="assistant", content="", reasoning_content="hush"),
            chunk(content="say hu"),
            chunk(content="sh"),
            chunk(tool_calls=[{"index": 0, **CALL}]),
            chunk("tool_calls"),
            {**BODY, "object": "chat.completion.chunk", "choices": []},
        )
    )
    options = {"include_usage": True}
    create = client.chat.completions.create
    chunks = list(create(model="m", messages=HI, stream=True, stream_options=options))
    assert all(map(clean, chunks))
    assert chunks[-1].usage.total_tokens == 3


PART = {
    "type": "output_text",
    "text": "say hush",
    "annotations": [{"type": "url_citation", "title": "hush", "url": "hush"}],
    "logprobs": [{"token": "hush", "logprob": -1.0, "bytes": [], "top_logprobs": []}],
}
OUTPUT = [
    {"type": "reasoning", "id": "rs", "summary": [{"type": "summary_text", "text": "hush"}]},
    {"type": "web_search_call", "id": "ws", "status": "completed", "action": {"query": "hush"}},
    {"type": "message", "id": "m", "role": "assistant", "status": "completed", "content": [PART]},
    {
        "type": "function_call",
        "id": "fc",
        "call_id": "c1",
        "name": "pay",
        "arguments": '{"to": "hush"}',
        "status": "completed",
    },
    {"type": "custom_tool_call", "id": "cc", "call_id": "c2", "name": "run", "input": "hush"},
    {
        "type": "local_shell_call",
        "id": "ls",
        "call_id": "c3",
        "status": "completed",
        "action": {"type": "exec", "command": ["hush"]},
    },
]
RESPONSE = {
    "id": "r",
    "object": "response",
    "created_at": 1,
    "model": "m",
    "status": "completed",
    "output": OUTPUT,
    "parallel_tool_calls": True,
    "tool_choice": "auto",
    "tools": [],
    "instructions": "hush",
    "metadata": {"echo": "hush"},
    "user": "hush",
    "prompt": {"id": "hush"},
    "usage": {
        "input_tokens": 2,
        "input_tokens_details": {"cached_tokens": 1, "cache_write_tokens": 0},
        "output_tokens": 1,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": 3,
    },
}


def test_so_does_a_response(server: ScriptedServer, client: Any) -> None:
    server.play(Raw(soiled(RESPONSE)))
    answer = client.responses.create(model="m", input="Hi.")
    assert clean(answer)
    kinds = ["message", "function_call", "custom_tool_call", "local_shell_call"]
    assert [each.type for each in answer.output] == kinds
    assert answer.output[3].action.command == ["████"]
    assert answer.usage.n == 1.5


def test_so_do_events(server: ScriptedServer, client: Any) -> None:
    at = {"item_id": "m", "output_index": 2, "content_index": 0}
    server.play(
        events(
            {"type": "response.created", "response": {**RESPONSE, "output": []}},
            {"type": "response.reasoning_summary_text.delta", "delta": "hush", "item_id": "rs"},
            {"type": "response.output_text.delta", "delta": "say hu", "logprobs": [], **at},
            {"type": "response.output_text.delta", "delta": "sh", "logprobs": [], **at},
            {"type": "response.output_text.annotation.added", "annotation": {"title": "hush"}},
            {"type": "response.function_call_arguments.delta", "delta": '{"to": "hush"}'},
            {"type": "response.output_item.done", "item": OUTPUT[2], "output_index": 2},
            {"type": "response.completed", "response": RESPONSE},
        )
    )
    shown = list(client.responses.create(model="m", input="Hi.", stream=True))
    assert all(map(clean, shown))
    assert shown[-1].response.output_text == "say ████"
