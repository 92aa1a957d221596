"""The scripted server, read by the SDK of Mistral."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("uvicorn", reason="the testing extra is not installed")
pytest.importorskip("mistralai", reason="the mistral extra is not installed")

from mistralai.client import Mistral
from mistralai.client.errors import SDKError

from guardrails_lib import ToolCall
from guardrails_lib.testing.server import Cut, Fail, Say, ScriptedServer

ASKED: dict[str, Any] = {"model": "mistral-x", "messages": [{"role": "user", "content": "Hi"}]}
CALL = ToolCall("look_up", {"q": "a kettle"})


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


@pytest.fixture(scope="module")
def client(server: ScriptedServer) -> Iterator[Any]:
    with Mistral(api_key=server.key, server_url=f"{server.url}/mistral") as made:
        yield made


def chunks(client: Any) -> list[Any]:
    with client.chat.stream(**ASKED) as stream:
        return [each.data for each in stream]


def test_a_text(server: ScriptedServer, client: Any) -> None:
    server.play("Hello.")
    answer = client.chat.complete(**ASKED)
    assert (answer.choices[0].message.content, answer.usage.total_tokens) == ("Hello.", 15)


def test_a_stream_tells_its_cost_at_its_end(server: ScriptedServer, client: Any) -> None:
    server.play(["Good", "bye."])
    got = chunks(client)
    assert [each.choices[0].delta.content for each in got] == ["", "Good", "bye.", ""]
    assert [bool(each.usage) for each in got] == [False, False, False, True]
    assert got[-1].choices[0].finish_reason == "stop"


@pytest.mark.parametrize("stream", [False, True])
def test_a_call_of_a_tool_is_whole(stream: bool, server: ScriptedServer, client: Any) -> None:
    server.play(Say(calls=(CALL,)))
    if stream:
        made = chunks(client)[-1].choices[0].delta.tool_calls
    else:
        made = client.chat.complete(**ASKED).choices[0].message.tool_calls
    written = [(call.id, call.function.name, call.function.arguments) for call in made]
    assert written == [("call_1", "look_up", '{"q": "a kettle"}')]


def test_thinking_is_a_part_of_its_own(server: ScriptedServer, client: Any) -> None:
    server.play(Say("Hello.", thinking="Hm."))
    parts = client.chat.complete(**ASKED).choices[0].message.content
    assert [part.type for part in parts] == ["thinking", "text"]


def test_an_error(server: ScriptedServer, client: Any) -> None:
    server.play(Fail(429, "Not now."))
    with pytest.raises(SDKError, match="Not now") as raised:
        client.chat.complete(**ASKED)
    assert raised.value.status_code == 429


def test_a_stream_that_breaks_off(server: ScriptedServer, client: Any) -> None:
    server.play(Cut(["Good", "bye."], after=2.5))
    with pytest.raises(Exception, match="peer closed connection"):
        chunks(client)


def test_an_unknown_part(server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", fault="unknown part"))
    (part,) = client.chat.complete(**ASKED).choices[0].message.content
    assert part.raw["type"] == "hologram"


def test_no_choices(server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", fault="no choices"))
    assert client.chat.complete(**ASKED).choices == []


def test_null_content(server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", fault="null content"))
    assert client.chat.complete(**ASKED).choices[0].message.content is None
