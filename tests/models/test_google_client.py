"""A guarded client of google-genai, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

pytest.importorskip("google.genai", reason="the google extra is not installed")
pytest.importorskip("uvicorn", reason="the testing extra is not installed")

import httpx
from google import genai
from google.genai import types
from google.genai.errors import ClientError, ServerError

from guardrails_lib import (
    Accepted,
    Blocked,
    Budget,
    Finding,
    Policy,
    Refused,
    Stream,
    ToolCall,
    Usage,
    block,
    check,
    redact,
    retry,
)
from guardrails_lib.checks import matching
from guardrails_lib.models.google_client import guarded_google
from guardrails_lib.testing.server import Fail, Raw, Say, ScriptedServer, Turn

HIDING = Policy(
    input=(redact(matching("PRIVATE-[0-9]+"), restore=True),),
    output=(redact(matching("S3CRET")),),
)
BLOCKING = Policy(output=(block(matching("S3CRET")),))
CALL = ToolCall("pay", {"amount": 7}, "call-1")
SAID = Say(["It is S3", "CRET."], usage=Usage(10, 5))
ASKED: dict[str, Any] = {"model": "gemini-3", "contents": "I am PRIVATE-17."}
PICTURE = types.Part.from_bytes(data=b"\x00..", mime_type="image/png")


def plain(server: ScriptedServer, **more: Any) -> genai.Client:
    options = types.HttpOptions(base_url=server.url, api_version="v1", **more)
    return genai.Client(api_key=ScriptedServer.key, http_options=options)


@contextmanager
def clients(turn: Turn, policy: Policy = HIDING, **terms: Any) -> Iterator[tuple[Any, Any]]:
    """A guarded client, and the server that it asks."""
    with ScriptedServer(repeat=turn) as server, plain(server) as client:
        yield guarded_google(client, policy, **terms).models, server


def parts(answer: Any) -> list[Any]:
    return list(answer.candidates[0].content.parts or ())


def sent(server: ScriptedServer) -> Any:
    return server.asked[0].body


def test_a_response_is_the_sdks_own_with_guarded_text() -> None:
    with clients(SAID) as (models, server):
        answer = models.generate_content(**ASKED)
    assert isinstance(answer, types.GenerateContentResponse)
    assert (answer.text or "").startswith("It is ")
    assert "S3CRET" not in answer.model_dump_json()
    assert answer.usage_metadata is not None
    assert answer.usage_metadata.total_token_count == 15
    assert answer.candidates is not None
    assert answer.candidates[0].finish_reason is types.FinishReason.STOP
    assert "PRIVATE-17" not in server.asked[0].text


def test_a_stream_is_of_the_sdks_own_chunks() -> None:
    with clients(SAID) as (models, _):
        chunks = list(models.generate_content_stream(**ASKED))
    assert all(isinstance(each, types.GenerateContentResponse) for each in chunks)
    assert "".join(each.text or "" for each in chunks).startswith("It is ")
    assert not any("S3CRET" in each.model_dump_json() for each in chunks)
    assert chunks[-1].candidates[0].finish_reason is types.FinishReason.STOP
    assert chunks[-1].usage_metadata.total_token_count == 15


def test_what_is_awaited_is_guarded_alike() -> None:
    async def asked() -> tuple[str, str]:
        with ScriptedServer(repeat=SAID) as server:
            async with httpx.AsyncClient() as transport:
                models = guarded_google(plain(server, httpx_async_client=transport), HIDING).aio
                answer = await models.models.generate_content(**ASKED)
                stream = await models.models.generate_content_stream(**ASKED)
                return answer.text, "".join([each.text or "" async for each in stream])

    whole, streamed = asyncio.run(asked())
    assert whole == streamed
    assert whole.startswith("It is ")
    assert "S3CRET" not in whole


def test_what_was_redacted_on_the_way_is_put_back() -> None:
    def echo(asked: Any) -> str:
        return f"Hello, {asked.body['contents'][0]['parts'][0]['text']}"

    with clients(echo) as (models, _):
        answer = models.generate_content(**ASKED)
        chunks = list(models.generate_content_stream(**ASKED))
    assert answer.text == "Hello, I am PRIVATE-17."
    assert "".join(each.text or "" for each in chunks) == answer.text


CONTENTS: list[Any] = [
    ["I am", types.Part(text="PRIVATE-17"), PICTURE],
    types.Content(role="user", parts=[types.Part(text="PRIVATE-17")]),
    [{"role": "user", "parts": [{"text": "PRIVATE-17"}]}],
    [{"text": "PRIVATE-17"}],
    [
        types.Content(
            role="model",
            parts=[
                types.Part(function_call=types.FunctionCall(name="f", args={"a": "PRIVATE-17"}))
            ],
        ),
        types.Part.from_function_response(name="f", response={"b": ["PRIVATE-17"]}),
    ],
]


@pytest.mark.parametrize("contents", CONTENTS, ids=range(len(CONTENTS)))
def test_contents_of_every_form_are_looked_at_and_keep_their_form(contents: Any) -> None:
    with ScriptedServer(repeat="Hello.") as server, plain(server) as client:
        asked = {"model": "gemini-3", "contents": contents}
        client.models.generate_content(**asked)
        guarded_google(client, HIDING).models.generate_content(**asked)
        guarded_google(client, Policy()).models.generate_content(**asked)
        bare, hidden, untouched = (each.body for each in server.asked)
    assert bare["contents"] == untouched["contents"]
    assert "PRIVATE-17" in str(bare)
    assert "PRIVATE-17" not in str(hidden)


def test_the_instruction_for_the_system_is_looked_at_by_rules_for_the_developers_words() -> None:
    policy = Policy(input=(redact(matching("PRIVATE-[0-9]+"), trusted=True),))
    with clients("Hello.", policy) as (models, server):
        models.generate_content(**ASKED, config={"system_instruction": "They are PRIVATE-17."})
    assert "PRIVATE-17" not in server.asked[0].text
    assert sent(server)["systemInstruction"]["parts"][0]["text"].startswith("They are ")


@pytest.mark.parametrize(
    "given", [{"labels": {"who": "PRIVATE-17"}}, {"stop_sequences": ["PRIVATE-17"]}]
)
def test_texts_in_the_config_are_looked_at(given: Any) -> None:
    with clients("Hello.") as (models, server):
        models.generate_content(**ASKED, config=given)
    assert "PRIVATE-17" not in server.asked[0].text


def test_the_rest_of_the_config_goes_on() -> None:
    config = types.GenerateContentConfig(temperature=0.5, max_output_tokens=7)
    with clients("Hello.") as (models, server):
        models.generate_content(**ASKED, config=config)
    assert sent(server)["generationConfig"] == {"temperature": 0.5, "maxOutputTokens": 7}


def pay(amount: int) -> None:
    """Pay."""


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ({"candidate_count": 2}, "only one answer"),
        ({"cached_content": "c"}, "provider keeps"),
        ({"response_modalities": ["AUDIO"]}, "listens"),
        ({"tools": [pay]}, "the SDK would run"),
        ({"tools": [{"google_search": {}}]}, "google_search runs before"),
        ({"http_options": {"extra_body": {"a": 1}}}, "extra_body"),
    ],
)
def test_what_no_rule_could_look_at_is_refused(config: Any, why: str) -> None:
    with clients(SAID) as (models, server), pytest.raises(TypeError, match=why):
        models.generate_content(**ASKED, config=config)
    assert server.asked == []


@pytest.mark.parametrize("contents", [None, [7], object()])
def test_contents_that_are_none_are_refused(contents: Any) -> None:
    with clients(SAID) as (models, _), pytest.raises(TypeError, match="contents="):
        models.generate_content(model="gemini-3", contents=contents)


@check
def payment(call: ToolCall) -> Iterator[Finding]:
    """A call that pays."""
    if call.name == "pay":
        yield Finding("it pays")


DECLARED: dict[str, Any] = {
    "tools": [
        types.Tool(
            function_declarations=[
                types.FunctionDeclaration(
                    name="pay",
                    parameters=types.Schema(
                        type=types.Type.OBJECT,
                        properties={"amount": types.Schema(type=types.Type.INTEGER)},
                    ),
                )
            ]
        )
    ]
}


def test_calls_come_back_as_parts_with_their_signatures() -> None:
    call = {"name": "pay", "args": {"amount": 7}, "id": "call-1"}
    part = {"functionCall": call, "thoughtSignature": "__4xMg=="}
    turn = Raw(
        {"candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP"}]}
    )
    with clients(turn) as (models, server):
        answer = models.generate_content(**ASKED, config=DECLARED)
    assert answer.function_calls[0].args == {"amount": 7}
    assert parts(answer)[0].thought_signature == b"\xff\xfe12"
    assert sent(server)["tools"][0]["functionDeclarations"][0]["name"] == "pay"


def test_calls_of_a_stream_come_at_its_end() -> None:
    with clients(Say(["Pay", "ing."], calls=(CALL,))) as (models, _):
        *_, last = models.generate_content_stream(**ASKED)
    assert last.function_calls[0].args == {"amount": 7}


def test_a_call_that_may_not_be_is_refused() -> None:
    policy = Policy(tools=(block(payment()),))
    with clients(Say(calls=(CALL,)), policy) as (models, _), pytest.raises(Refused):
        models.generate_content(**ASKED, config=DECLARED)


def test_a_refusal_is_raised_with_its_outcome() -> None:
    with clients(SAID, BLOCKING) as (models, _):
        with pytest.raises(Refused) as problem:
            models.generate_content(**ASKED)
        assert isinstance(problem.value.outcome, Blocked)
        with pytest.raises(Refused):
            list(models.generate_content_stream(**ASKED))


def test_outcomes_may_be_had_in_place_of_responses() -> None:
    with clients(SAID, outcomes=True) as (models, _):
        assert isinstance(models.generate_content(**ASKED), Accepted)
        stream = models.generate_content_stream(**ASKED)
        assert isinstance(stream, Stream)
        assert "S3CRET" not in "".join(stream)


def test_a_second_attempt_says_what_was_wrong_with_the_first() -> None:
    turns = iter(["It is S3CRET.", "It is not."])
    policy = Policy(output=(retry(matching("S3CRET")),), budget=Budget(attempts=2))
    with clients(lambda _: next(turns), policy) as (models, server):
        assert models.generate_content(**ASKED).text == "It is not."
    assert [each["role"] for each in server.asked[1].body["contents"]] == ["user", "model", "user"]


def test_errors_are_the_sdks_own() -> None:
    with clients(Fail(500)) as (models, _), pytest.raises(ServerError):
        models.generate_content(**ASKED)
    with clients(Fail(429)) as (models, _), pytest.raises(ClientError):
        models.generate_content_stream(**ASKED)


def test_a_budget_in_seconds_is_the_time_out_of_the_call() -> None:
    policy = Policy(budget=Budget(seconds=0.2))
    with clients(Say("late", seconds=5), policy, outcomes=True) as (models, _):
        outcome = models.generate_content(**ASKED)
    assert [each.kind for each in outcome.findings] == ["budget"]


@pytest.mark.parametrize("path", ["chats", "files", "models.embed_content", "aio.chats"])
def test_what_is_not_guarded_is_not_there(path: str) -> None:
    with ScriptedServer() as server, plain(server) as client:
        found = guarded_google(client, HIDING)
        with pytest.raises(AttributeError, match="is not guarded"):
            for name in path.split("."):
                found = getattr(found, name)


def test_the_client_itself_stays_as_it_was() -> None:
    with ScriptedServer(repeat=SAID) as server, plain(server) as client:
        guarded_google(client, HIDING).models.generate_content(**ASKED)
        assert client.models.generate_content(**ASKED).text == "It is S3CRET."
