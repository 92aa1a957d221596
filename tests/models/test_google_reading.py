"""What Gemini answers, as google-genai gives it over real HTTP and as its own types."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import pytest

pytest.importorskip("google.genai", reason="the google extra is not installed")
pytest.importorskip("uvicorn", reason="the testing extra is not installed")

import httpx
from google import genai
from google.genai import types
from google.genai.errors import ClientError, ServerError

from guardrails_lib import Reply, ToolCall, Usage
from guardrails_lib._errors import ReplyError
from guardrails_lib.models.google import Chunks, is_stream, reply_of
from guardrails_lib.testing.server import Cut, Fail, Say, ScriptedServer

MODEL = "gemini-3-flash"
CALL = ToolCall("pay", {"amount": 7, "to": "Zoë"}, "call-1")


Played: TypeAlias = Say | Fail | Cut
SCRIPT: list[Played] = []
CLIENT: list[genai.Client] = []


@pytest.fixture(scope="module", autouse=True)
def gemini() -> Iterator[None]:
    """One client of one server, which plays what is put into `SCRIPT`."""
    with ScriptedServer(repeat=lambda _: SCRIPT.pop(0)) as server:
        options = types.HttpOptions(base_url=server.url, api_version="v1")
        with genai.Client(api_key=ScriptedServer.key, http_options=options) as client:
            CLIENT.append(client)
            yield
            CLIENT.clear()


def whole(turn: Played) -> Any:
    SCRIPT.append(turn)
    return CLIENT[0].models.generate_content(model=MODEL, contents="Hi")


def chunks(turn: Played) -> list[Any]:
    return list(streamed(turn))


def streamed(turn: Played) -> Iterator[Any]:
    SCRIPT.append(turn)
    return CLIENT[0].models.generate_content_stream(model=MODEL, contents="Hi")


def read(answers: Iterable[Any]) -> Reply[Any]:
    """The pieces of a stream, put together."""
    reads = Chunks()
    pieces = [reads(each) for each in answers]
    rest = reads.rest()
    return Reply(
        "".join(each.text for each in pieces),
        tool_calls=rest.tool_calls,
        usage=sum((each.usage for each in pieces), Usage()),
        logprobs=rest.logprobs,
        tokens=rest.tokens,
        finish=rest.finish,
        model=rest.model,
    )


def response(*parts: types.Part, reason: str | None = "STOP", **more: Any) -> Any:
    candidate = types.Candidate(content=types.Content(parts=list(parts)))
    candidate.finish_reason = types.FinishReason(reason) if reason else None
    return types.GenerateContentResponse(candidates=[candidate], **more)


def counts(*numbers: int) -> types.GenerateContentResponseUsageMetadata:
    prompt, out, thoughts, cached = numbers
    return types.GenerateContentResponseUsageMetadata(
        prompt_token_count=prompt,
        candidates_token_count=out,
        thoughts_token_count=thoughts,
        cached_content_token_count=cached,
    )


def test_a_response_is_read_whole() -> None:
    said = Say("Hello.", calls=(CALL,), usage=Usage(10, 5, cache_read_tokens=4), logprobs=(-0.25,))
    assert reply_of(whole(said)) == Reply(
        "Hello.",
        tool_calls=(CALL,),
        usage=Usage(10, 5, cache_read_tokens=4),
        logprobs=(-0.25,),
        tokens=("Hello.",),
        finish="tools",
        model=MODEL,
    )


def test_a_stream_is_read_as_the_whole_response_is() -> None:
    said = Say(["Hel", "lo."], calls=(CALL,), usage=Usage(10, 5), logprobs=(-0.5, -0.25))
    assert read(chunks(said)) == Reply(
        "Hello.",
        tool_calls=(CALL,),
        usage=Usage(10, 5),
        logprobs=(-0.5, -0.25),
        tokens=("Hel", "lo."),
        finish="tools",
        model=MODEL,
    )


def test_an_async_client_gives_the_same() -> None:
    async def asked() -> tuple[Reply[Any], Reply[Any]]:
        with ScriptedServer("Hello.", ["Hel", "lo."]) as server:
            async with httpx.AsyncClient() as plain:
                options = types.HttpOptions(
                    base_url=server.url, api_version="v1", httpx_async_client=plain
                )
                models = genai.Client(api_key=ScriptedServer.key, http_options=options).aio.models
                one = await models.generate_content(model=MODEL, contents="Hi")
                stream = await models.generate_content_stream(model=MODEL, contents="Hi")
                assert is_stream(stream)
                return reply_of(one), read([each async for each in stream])

    one, other = asyncio.run(asked())
    assert one.text == other.text == "Hello."
    assert one.finish == other.finish == "stop"


def test_a_stream_is_told_from_a_response() -> None:
    assert is_stream(iter([response()]))
    assert not is_stream(response())


def test_what_the_model_thinks_is_no_part_of_the_answer() -> None:
    said = Say(["Good", "bye."], thinking="They are leaving.")
    assert reply_of(whole(said)).text == read(chunks(said)).text == "Goodbye."


@pytest.mark.parametrize("finish", ["length", "filter"])
def test_a_cut_off_or_filtered_answer_says_so(finish: str) -> None:
    said = Say(["Hel", "lo"], finish=finish)
    assert reply_of(whole(said)).finish == read(chunks(said)).finish == finish


@pytest.mark.parametrize("reason", ["SAFETY", "PROHIBITED_CONTENT", "MODEL_ARMOR"])
def test_a_filter_may_leave_nothing(reason: str) -> None:
    assert reply_of(response(reason=reason)) == Reply(finish="filter")


def test_a_request_that_is_filtered_has_no_candidates() -> None:
    feedback = types.GenerateContentResponsePromptFeedback(block_reason=types.BlockedReason.SAFETY)
    refused = types.GenerateContentResponse(prompt_feedback=feedback)
    assert reply_of(refused) == read([refused]) == Reply(finish="filter")


@pytest.mark.parametrize("fault", ["no choices", "null content", "unknown part"])
def test_a_response_that_holds_nothing_is_an_error(fault: Any) -> None:
    said = Say("Hello.", fault=fault)
    with pytest.raises(ReplyError):
        reply_of(whole(said))
    with pytest.raises(ReplyError):
        read(chunks(said))


def test_a_malformed_call_is_an_error_that_names_the_reason() -> None:
    with pytest.raises(ReplyError, match="ended with MALFORMED_FUNCTION_CALL"):
        reply_of(response(reason="MALFORMED_FUNCTION_CALL"))


def test_a_picture_cannot_be_read() -> None:
    picture = types.Part.from_bytes(data=b"..", mime_type="image/png")
    with pytest.raises(ReplyError, match="a part of it is inline_data"):
        reply_of(response(types.Part(text="See:"), picture))


def test_what_the_provider_runs_by_itself_is_no_part_of_the_answer() -> None:
    code = types.Part(
        executable_code=types.ExecutableCode(code="1+1", language=types.Language.PYTHON)
    )
    came = types.Part(
        code_execution_result=types.CodeExecutionResult(
            output="2", outcome=types.Outcome.OUTCOME_OK
        )
    )
    assert reply_of(response(code, came, types.Part(text="Two."))).text == "Two."


def test_arguments_in_pieces_are_refused() -> None:
    call = types.Part(function_call=types.FunctionCall(name="pay", will_continue=True))
    with pytest.raises(ReplyError, match="stream_function_call_arguments"):
        reply_of(response(call))


def test_of_several_candidates_none_is_chosen() -> None:
    one = response(types.Part(text="Yes."))
    other = response(types.Part(text="No."))
    one.candidates += other.candidates
    with pytest.raises(ReplyError, match="2 candidates"):
        reply_of(one)
    other.candidates[0].index = 1
    with pytest.raises(ReplyError, match="several candidates"):
        read([response(types.Part(text="Yes.")), other])


def test_usage_that_grows_from_chunk_to_chunk_is_counted_once() -> None:
    growing = [
        response(types.Part(text="a"), reason=None, usage_metadata=counts(10, 1, 0, 4)),
        response(types.Part(text="b"), reason=None, usage_metadata=counts(10, 2, 3, 4)),
        response(types.Part(text="c"), reason="STOP", usage_metadata=counts(10, 3, 3, 4)),
    ]
    assert read(growing).usage == Usage(10, 6, cache_read_tokens=4)


def test_tokens_of_tools_and_of_thoughts_count() -> None:
    usage = counts(10, 3, 2, 0)
    usage.tool_use_prompt_token_count = 5
    assert reply_of(response(types.Part(text="a"), usage_metadata=usage)).usage == Usage(15, 5)


def test_usage_may_be_missing() -> None:
    assert reply_of(whole(Say("Hello.", usage=None))).usage == Usage()


@pytest.mark.parametrize("mode", ["python", "json"])
def test_a_dict_is_read_as_the_object_is(mode: Any) -> None:
    call = types.Part(function_call=types.FunctionCall(name="pay", args={"amount": 7}, id="1"))
    given = response(types.Part(text="a"), call, usage_metadata=counts(10, 3, 2, 4))
    assert reply_of(given.model_dump(mode=mode)) == reply_of(given)


def test_a_stream_without_an_end_broke_off() -> None:
    said = Say(["Hel", "lo", "."])
    with pytest.raises(ReplyError, match="broke off"):
        read(chunks(Cut(said, after=2, clean=True)))


def test_an_error_in_place_of_a_stream_is_the_sdks_own() -> None:
    with pytest.raises(ServerError):
        chunks(Fail(500))
    with pytest.raises(ClientError):
        whole(Fail(429))


def test_a_cut_connection_is_no_end() -> None:
    """What the transport makes of it is raised, or it is an error of ours."""
    reads = Chunks()
    with pytest.raises(Exception) as problem:  # noqa: PT011  # the SDK says nothing of its type
        for each in streamed(Cut(Say(["Hel", "lo", "."]), after=1.5)):
            reads(each)
        reads.rest()
    assert "Hel" not in str(problem.value)
