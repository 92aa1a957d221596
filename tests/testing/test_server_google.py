"""The scripted server, read by the SDK of Google."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("uvicorn", reason="the testing extra is not installed")
pytest.importorskip("google.genai", reason="the google extra is not installed")

from google.genai import Client
from google.genai.errors import APIError

from guardrails_lib import ToolCall, Usage
from guardrails_lib.testing.server import Cut, Fail, Say, ScriptedServer

ASKED: dict[str, Any] = {"model": "gemini-x", "contents": "Hi"}
CALL = ToolCall("look_up", {"q": "a kettle"}, id="7")


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


@pytest.fixture(scope="module")
def client(server: ScriptedServer) -> Iterator[Any]:
    options: Any = {"base_url": server.url}
    made = Client(api_key=ScriptedServer.key, http_options=options)
    yield made
    made.close()


def whole(client: Any) -> Any:
    return client.models.generate_content(**ASKED)


def pieces(client: Any) -> list[Any]:
    return list(client.models.generate_content_stream(**ASKED))


def test_a_text(server: ScriptedServer, client: Any) -> None:
    server.play("Hello.")
    answer = whole(client)
    assert (answer.text, answer.model_version) == ("Hello.", "gemini-x")
    assert answer.candidates[0].finish_reason == "STOP"


def test_a_stream_tells_its_cost_at_its_end(server: ScriptedServer, client: Any) -> None:
    server.play(["Good", "bye."])
    got = pieces(client)
    assert [each.text for each in got] == ["Good", "bye."]
    assert [bool(each.usage_metadata) for each in got] == [False, True]
    assert server.asked[0].streamed


@pytest.mark.parametrize("ask", [whole, lambda client: pieces(client)[-1]], ids=["whole", "last"])
def test_a_call_of_a_tool(ask: Any, server: ScriptedServer, client: Any) -> None:
    server.play(Say(calls=(CALL,)))
    (call,) = ask(client).function_calls
    assert (call.id, call.name, call.args) == ("7", "look_up", {"q": "a kettle"})


def test_the_cost_says_what_was_cached(server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", usage=Usage(10, 1, cache_read_tokens=7)))
    usage = whole(client).usage_metadata
    assert (usage.prompt_token_count, usage.cached_content_token_count) == (10, 7)


def test_log_probabilities_of_equal_tokens(server: ScriptedServer, client: Any) -> None:
    server.play(*[Say(["a", "a"], logprobs=(-0.1, -0.2))] * 2)
    chosen = whole(client).candidates[0].logprobs_result.chosen_candidates
    assert [each.log_probability for each in chosen] == [-0.1, -0.2]
    results = [each.candidates[0].logprobs_result for each in pieces(client)]
    assert [each.chosen_candidates[0].log_probability for each in results] == [-0.1, -0.2]


@pytest.mark.parametrize(
    ("finish", "word"), [("length", "MAX_TOKENS"), ("filter", "SAFETY"), ("SPII", "SPII")]
)
def test_how_it_ends(finish: str, word: str, server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", finish=finish))
    assert whole(client).candidates[0].finish_reason == word


@pytest.mark.parametrize("ask", [whole, pieces])
def test_an_error(ask: Any, server: ScriptedServer, client: Any) -> None:
    server.play(Fail(429, "Not now."))
    with pytest.raises(APIError, match="Not now") as raised:
        ask(client)
    assert (raised.value.code, raised.value.status) == (429, "RESOURCE_EXHAUSTED")


def test_an_error_within_a_stream(server: ScriptedServer, client: Any) -> None:
    server.play(Say(["Good", "bye."], error=Fail(503, "Not now.")))
    with pytest.raises(APIError, match="Not now"):
        pieces(client)


def test_a_stream_that_breaks_off(server: ScriptedServer, client: Any) -> None:
    server.play(Cut(["Good", "bye."], after=1.5))
    with pytest.raises(Exception, match="peer closed connection"):
        pieces(client)


def test_no_candidates(server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", fault="no choices"))
    assert whole(client).candidates is None


def test_null_content(server: ScriptedServer, client: Any) -> None:
    server.play(Say("x", fault="null content"))
    assert whole(client).candidates[0].content.parts is None
