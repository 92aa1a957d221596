"""Flows over real SDKs, which speak real HTTP to a scripted server."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from benchmarks.shapes import play

pytest.importorskip("uvicorn", reason="the testing extra is not installed")
pytest.importorskip("tenacity", reason="the flows extra is not installed")
pytest.importorskip("openai", reason="the openai extra is not installed")
pytest.importorskip("anthropic", reason="the anthropic extra is not installed")

import anthropic
import openai

from guardrails_lib import Accepted, Policy, abstain, guard
from guardrails_lib._guarded import Shape
from guardrails_lib.checks import containing
from guardrails_lib.flows import breaker, cascade, fallback, hedged, retried
from guardrails_lib.flows.transient import asked_to_wait, is_transient
from guardrails_lib.testing.server import Cut, Fail, Say, ScriptedServer

KEY = "none"
COST: Any = {"include_usage": True}
WAIT = 0.1
SHAPES = pytest.mark.parametrize("shape", Shape, ids=lambda shape: shape.name)


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        yield made


def asking(url: str, shape: Shape, policy: Policy, **options: Any) -> Any:
    """A guarded call of OpenAI's SDK, which gives what the SDK gives."""
    asked: Any = {"model": "gpt-x"}
    where: Any = {"base_url": f"{url}/v1", "api_key": KEY, "max_retries": 0, **options}

    def messages(prompt: str) -> Any:
        return [{"role": "user", "content": prompt}]

    def call(prompt: str) -> Any:
        with openai.OpenAI(**where) as client:
            return client.chat.completions.create(messages=messages(prompt), **asked)

    async def acall(prompt: str) -> Any:
        async with openai.AsyncOpenAI(**where) as client:
            return await client.chat.completions.create(messages=messages(prompt), **asked)

    def stream(prompt: str) -> Iterator[Any]:
        with (
            openai.OpenAI(**where) as client,
            client.chat.completions.create(
                messages=messages(prompt), stream=True, stream_options=COST, **asked
            ) as chunks,
        ):
            yield from chunks

    async def astream(prompt: str) -> AsyncIterator[Any]:
        async with openai.AsyncOpenAI(**where) as client:
            chunks: Any = await client.chat.completions.create(
                messages=messages(prompt), stream=True, stream_options=COST, **asked
            )
            async with chunks:
                async for chunk in chunks:
                    yield chunk

    forms: dict[Shape, Any] = {
        Shape.CALL: call,
        Shape.ACALL: acall,
        Shape.STREAM: stream,
        Shape.ASTREAM: astream,
    }
    return guard(policy)(forms[shape])


@SHAPES
class TestInEveryShape:
    """Functions, coroutines, generators and async generators do the same."""

    def test_it_waits_as_long_as_the_server_asks(self, shape: Shape, server: Any) -> None:
        server.play(Fail(429, retry_after=WAIT), "In 1889.")
        flow = retried(asking(server.url, shape, Policy()), first=60.0, longest=60.0)
        began = time.monotonic()
        assert play(flow)[1] == Accepted("In 1889.")
        assert time.monotonic() - began >= WAIT

    def test_a_lost_connection_is_made_again(self, shape: Shape, server: Any) -> None:
        server.play(Cut("In 1889.", after=0), "In 1889.")
        flow = retried(asking(server.url, shape, Policy()), first=0.001)
        assert play(flow)[1] == Accepted("In 1889.")

    def test_what_is_the_callers_fault_is_not_tried_again(self, shape: Shape, server: Any) -> None:
        server.play(Fail(400))
        with pytest.raises(openai.BadRequestError):
            play(retried(asking(server.url, shape, Policy())))
        assert len(server.asked) == 1

    def test_where_one_is_down_the_other_is_asked(self, shape: Shape, server: Any) -> None:
        server.play(Fail(503), "In 1889.")
        first, second = (asking(server.url, shape, Policy(name=name)) for name in ("one", "two"))
        _, outcome = play(fallback(breaker(first), second))
        assert outcome == Accepted("In 1889.")
        failed = [
            [event.by for event in step.events if event.kind == "failed"]
            for step in outcome.record.steps
        ]
        assert failed == [[("InternalServerError",)], []]

    def test_a_time_out_of_the_sdk_is_a_failure(self, shape: Shape, server: Any) -> None:
        server.play(Say("late", seconds=1.0), "In 1889.")
        first = asking(server.url, shape, Policy(), timeout=0.05)
        second = asking(server.url, shape, Policy())
        assert play(fallback(first, second))[1] == Accepted("In 1889.")

    def test_where_one_abstains_the_other_is_asked(self, shape: Shape, server: Any) -> None:
        server.play(["I am ", "not sure."], ["In ", "1889."])
        sure = Policy(validators=(abstain(containing("not sure")),))
        first, second = asking(server.url, shape, sure), asking(server.url, shape, Policy())
        shown, outcome = play(cascade(first, second))
        assert outcome == Accepted("In 1889.")
        assert "sure" not in "".join(shown)
        assert [step.spent.tokens > 0 for step in outcome.record.steps] == [True, True]


@pytest.mark.parametrize("shape", [Shape.STREAM, Shape.ASTREAM], ids=lambda shape: shape.name)
def test_a_stream_that_breaks_off_is_not_begun_anew(shape: Shape, server: Any) -> None:
    server.play(Cut(["In ", "the year ", "1889."], after=3))
    flow = retried(asking(server.url, shape, Policy()))
    assert is_transient(raised(lambda _: play(flow), server.url))
    assert len(server.asked) == 1


def test_the_request_that_loses_is_given_up(server: Any) -> None:
    server.play(Say("slow", seconds=30.0), "In 1889.")
    flow = hedged(asking(server.url, Shape.ACALL, Policy()), after=0.2)
    assert play(flow)[1] == Accepted("In 1889.")
    for _ in range(200):
        if server.closed_early:
            break
        time.sleep(0.01)
    assert server.closed_early == 1


def test_a_fallback_may_be_to_another_provider(server: Any) -> None:
    server.play(Fail(500), "In 1889.")

    @guard(Policy())
    def claude(prompt: str) -> Any:
        with anthropic.Anthropic(base_url=server.url, api_key=KEY, max_retries=0) as client:
            return client.messages.create(
                model="claude-x", max_tokens=9, messages=[{"role": "user", "content": prompt}]
            )

    flow = fallback(asking(server.url, Shape.CALL, Policy()), claude)
    assert play(flow)[1] == Accepted("In 1889.")
    assert [asked.path for asked in server.asked] == ["/v1/chat/completions", "/v1/messages"]


def by_openai(url: str) -> Any:
    with openai.OpenAI(base_url=f"{url}/v1", api_key=KEY, max_retries=0, timeout=0.2) as client:
        return client.chat.completions.create(
            model="gpt-x", messages=[{"role": "user", "content": "q"}]
        )


def by_anthropic(url: str) -> Any:
    with anthropic.Anthropic(base_url=url, api_key=KEY, max_retries=0, timeout=0.2) as client:
        return client.messages.create(
            model="claude-x", max_tokens=9, messages=[{"role": "user", "content": "q"}]
        )


def by_mistral(url: str) -> Any:
    sdk = pytest.importorskip("mistralai.client", reason="the mistral extra is not installed")
    with sdk.Mistral(api_key=KEY, server_url=f"{url}/mistral", timeout_ms=200) as client:
        return client.chat.complete(model="m-x", messages=[{"role": "user", "content": "q"}])


def by_google(url: str) -> Any:
    sdk = pytest.importorskip("google.genai", reason="the google extra is not installed")
    with contextlib.closing(
        sdk.Client(api_key=KEY, http_options={"base_url": url, "timeout": 200})
    ) as client:
        return client.models.generate_content(model="gemini-x", contents="q")


SDKS = pytest.mark.parametrize(
    "ask", [by_openai, by_anthropic, by_mistral, by_google], ids=lambda ask: ask.__name__
)


def raised(ask: Callable[[str], Any], url: str) -> Exception:
    try:
        ask(url)
    except Exception as problem:
        return problem
    raise AssertionError("it answered")


@SDKS
class TestErrorsOfTheSdks:
    """They are known by what they carry, and none of the SDKs is imported for it."""

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_the_server_may_answer_the_next_time(self, ask: Any, status: int, server: Any) -> None:
        server.play(Fail(status))
        assert is_transient(raised(ask, server.url))

    @pytest.mark.parametrize("status", [400, 401, 404])
    def test_it_would_answer_the_same(self, ask: Any, status: int, server: Any) -> None:
        server.play(Fail(status))
        assert not is_transient(raised(ask, server.url))

    def test_the_server_says_when(self, ask: Any, server: Any) -> None:
        server.play(Fail(429, retry_after=2.0))
        assert asked_to_wait(raised(ask, server.url)) == 2.0

    def test_a_lost_connection_may_be_there_the_next_time(self, ask: Any, server: Any) -> None:
        server.play(Cut("In 1889.", after=0), repeat=Cut("In 1889.", after=0))
        assert is_transient(raised(ask, server.url))

    def test_so_may_one_that_took_too_long(self, ask: Any, server: Any) -> None:
        server.play(repeat=Say("late", seconds=1.0))
        assert is_transient(raised(ask, server.url))

    def test_so_may_a_server_that_is_not_there(self, ask: Any, server: Any) -> None:
        assert is_transient(raised(ask, "http://127.0.0.1:9"))
