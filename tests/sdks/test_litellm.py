"""What litellm gives over real HTTP, with the wire formats of two providers.

It cannot be installed beside the other SDKs: ``make test-sdks`` runs this.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import pytest

pytest.importorskip("litellm", reason="litellm needs an older openai: make test-sdks")

import litellm  # type: ignore[import-not-found]  # it has an environment of its own

from guardrails_lib import Accepted, Policy, Reply, ToolCall, Usage, guard, redact
from guardrails_lib._errors import ReplyError
from guardrails_lib.checks import matching
from guardrails_lib.models.litellm import Chunks, is_stream, reply_of
from guardrails_lib.testing.server import Cut, Fail, Say, ScriptedServer

CALL = ToolCall("pay", {"amount": 7}, "call-1")
ASKED = [{"role": "user", "content": "Hi"}]
TOOLS = [
    {
        "type": "function",
        "function": {"name": "pay", "parameters": {"type": "object", "properties": {}}},
    }
]
OPENAI, ANTHROPIC = "openai/small", "anthropic/claude-small"

Played: TypeAlias = Say | Fail | Cut
SCRIPT: list[Played] = []
URL: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[None]:
    """Plays what is put into `SCRIPT`."""
    with ScriptedServer(repeat=lambda _: SCRIPT.pop(0)) as running:
        URL.append(running.url)
        yield


def asking(turn: Played, model: str, **more: Any) -> dict[str, Any]:
    SCRIPT.append(turn)
    base = URL[0] + "/v1" if model == OPENAI else URL[0]
    given = {"model": model, "messages": ASKED, "api_base": base, "api_key": ScriptedServer.key}
    return {**given, "num_retries": 0, "max_retries": 0, **more}


def whole(turn: Played, model: str = OPENAI, **more: Any) -> Any:
    return litellm.completion(**asking(turn, model, **more))


def chunks(turn: Played, model: str = OPENAI, **more: Any) -> list[Any]:
    more = {"stream": True, "stream_options": {"include_usage": True}, **more}
    stream = litellm.completion(**asking(turn, model, **more))
    assert is_stream(stream)
    return list(stream)


def read(answers: Iterable[Any]) -> Reply[Any]:
    """The pieces of a stream, put together."""
    reads = Chunks()
    pieces = [reads(each) for each in answers]
    rest = reads.rest()
    return Reply(
        "".join(each.text for each in pieces),
        tool_calls=rest.tool_calls,
        usage=sum((each.usage for each in pieces), Usage()),
        finish=rest.finish,
        model=rest.model,
    )


@pytest.mark.parametrize("model", [OPENAI, ANTHROPIC])
def test_a_response_is_read_whole(model: str) -> None:
    came = reply_of(whole(Say("Hello.", calls=(CALL,), usage=Usage(10, 5)), model, tools=TOOLS))
    assert came.text == "Hello."
    assert came.tool_calls == (CALL,)
    assert came.usage == Usage(10, 5)
    assert came.finish == "tools"
    assert came.model == model.partition("/")[2]


@pytest.mark.parametrize("model", [OPENAI, ANTHROPIC])
def test_a_stream_is_read_as_the_whole_response_is(model: str) -> None:
    said = Say(["Hel", "lo."], calls=(CALL,), usage=Usage(10, 5))
    came = read(chunks(said, model, tools=TOOLS))
    assert came.text == "Hello."
    assert came.tool_calls == (CALL,)
    assert came.usage == Usage(10, 5)
    assert came.finish == "tools"


def test_async_calls_give_the_same() -> None:
    async def asked() -> tuple[Reply[Any], Reply[Any]]:
        one = await litellm.acompletion(**asking(Say("Hello."), OPENAI))
        stream = await litellm.acompletion(**asking(Say(["Hel", "lo."]), OPENAI, stream=True))
        assert is_stream(stream)
        return reply_of(one), read([each async for each in stream])

    one, other = asyncio.run(asked())
    assert one.text == other.text == "Hello."


@pytest.mark.parametrize("finish", ["length", "filter"])
def test_a_cut_off_or_filtered_answer_says_so(finish: str) -> None:
    assert reply_of(whole(Say("Hel", finish=finish))).finish == finish
    assert read(chunks(Say(["Hel", "lo"], finish=finish))).finish == finish


def test_arguments_that_are_not_json_stay_text() -> None:
    broken = ToolCall("pay", '{"amount":', "call-1")
    assert reply_of(whole(Say(calls=(broken,)), tools=TOOLS)).tool_calls == (broken,)
    assert read(chunks(Say(calls=(broken,)), tools=TOOLS)).tool_calls == (broken,)


def test_a_response_that_holds_nothing_is_an_error() -> None:
    with pytest.raises(ReplyError, match="a reply of litellm cannot be read"):
        reply_of(whole(Say("Hello.", fault="null content")))


def test_a_picture_cannot_be_read() -> None:
    answer = whole(Say("See:"))
    answer.choices[0].message.images = [{"type": "image_url", "image_url": {"url": "about:blank"}}]
    with pytest.raises(ReplyError, match="pictures"):
        reply_of(answer)


@pytest.mark.parametrize(
    ("status", "kind"), [(429, litellm.RateLimitError), (500, litellm.InternalServerError)]
)
def test_errors_are_the_sdks_own(status: int, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        whole(Fail(status))


def test_a_guarded_function_returns_what_litellm_gives() -> None:
    def answer(question: str) -> Any:
        return whole(Say("It is S3CRET.", usage=Usage(10, 5)))

    guarded: Any = guard(Policy(output=(redact(matching("S3CRET")),)))(answer)
    outcome = guarded("Hi")
    assert isinstance(outcome, Accepted)
    assert "S3CRET" not in outcome.value
    assert outcome.record.spent.tokens == 15


def test_a_guarded_generator_yields_what_litellm_streams() -> None:
    @guard(Policy(output=(redact(matching("S3CRET")),)))
    def answer(question: str) -> Iterator[Any]:
        yield from litellm.completion(**asking(Say(["It is S3", "CRET."]), OPENAI, stream=True))

    assert "S3CRET" not in "".join(answer("Hi"))
