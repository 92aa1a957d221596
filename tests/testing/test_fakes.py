"""Models that do as they are told."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from guardrails_lib import Reply, Request, ToolCall, Usage
from guardrails_lib.testing import ScriptedModel, ScriptEnded, Turn

Pieces = list[str | Reply[Any]]


def called(model: ScriptedModel, prompt: Any) -> Pieces:
    return [model(prompt)]


def awaited(model: ScriptedModel, prompt: Any) -> Pieces:
    return [asyncio.run(model.acall(prompt))]


def streamed(model: ScriptedModel, prompt: Any) -> Pieces:
    return list(model.stream(prompt))


def astreamed(model: ScriptedModel, prompt: Any) -> Pieces:
    async def all_of_it() -> Pieces:
        return [piece async for piece in model.astream(prompt)]

    return asyncio.run(all_of_it())


FORMS = [called, awaited, streamed, astreamed]
every_form = pytest.mark.parametrize("form", FORMS)
WHOLE = pytest.mark.parametrize("form", [called, awaited])
STREAM = pytest.mark.parametrize("form", [streamed, astreamed])
Form = Callable[[ScriptedModel, Any], Pieces]


def text_of(pieces: Pieces) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


# -- turns


@every_form
def test_a_text_is_played(form: Form) -> None:
    assert text_of(form(ScriptedModel("Hello."), "Hi")) == "Hello."


@every_form
@pytest.mark.parametrize("chunks", [["Good", "bye", "."], ("Good", "bye.")])
def test_chunks_are_played(form: Form, chunks: Any) -> None:
    assert text_of(form(ScriptedModel(chunks), "Hi")) == "Goodbye."


@STREAM
def test_a_stream_gives_one_chunk_after_the_other(form: Form) -> None:
    assert form(ScriptedModel(["Good", "", "bye."]), "Hi") == ["Good", "", "bye."]


@WHOLE
def test_a_call_gives_one_reply(form: Form) -> None:
    assert form(ScriptedModel(["Good", "bye."]), "Hi") == [Reply("Goodbye.")]


@every_form
def test_a_reply_is_played_as_it_is(form: Form) -> None:
    reply: Reply[Any] = Reply("Hi", tool_calls=(ToolCall("pay"),), usage=Usage(3))
    (piece,) = form(ScriptedModel(reply), "Hi")
    assert piece is reply


@every_form
def test_a_turn_is_played(form: Form) -> None:
    assert text_of(form(ScriptedModel(Turn(("Good", "bye."))), "Hi")) == "Goodbye."


@every_form
def test_an_empty_turn_is_an_empty_answer(form: Form) -> None:
    turns: list[Any] = ["", [], Turn()]
    for turn in turns:
        assert text_of(form(ScriptedModel(turn), "Hi")) == ""


@every_form
def test_an_exception_is_raised(form: Form) -> None:
    problem = ConnectionError("gone")
    with pytest.raises(ConnectionError) as caught:
        form(ScriptedModel(problem), "Hi")
    assert caught.value is problem


@every_form
def test_what_is_no_exception_of_a_program_is_raised_too(form: Form) -> None:
    class Stop(BaseException):
        pass

    with pytest.raises(Stop):
        form(ScriptedModel(Stop()), "Hi")


def test_a_stream_that_breaks_off_gives_its_chunks_first() -> None:
    model = ScriptedModel(Turn(("a", "b"), error=ConnectionError("gone")))
    seen = []
    with pytest.raises(ConnectionError, match="gone"):
        for piece in model.stream("Hi"):
            seen.append(piece)  # it breaks off
    assert seen == ["a", "b"]


def test_an_async_stream_that_breaks_off_gives_its_chunks_first() -> None:
    model = ScriptedModel(Turn(("a", "b"), error=ConnectionError("gone")))
    seen: Pieces = []

    async def read() -> None:
        async for piece in model.astream("Hi"):
            seen.append(piece)  # it breaks off

    with pytest.raises(ConnectionError, match="gone"):
        asyncio.run(read())
    assert seen == ["a", "b"]


@WHOLE
def test_what_an_answer_costs_is_in_the_reply(form: Form) -> None:
    assert form(ScriptedModel(Turn(("a",), usage=Usage(3, 4))), "Hi") == [
        Reply("a", usage=Usage(3, 4))
    ]


@STREAM
def test_what_an_answer_costs_comes_at_the_end_of_a_stream(form: Form) -> None:
    assert form(ScriptedModel(Turn(("a", "b"), usage=Usage(3, 4))), "Hi") == [
        "a",
        "b",
        Reply(usage=Usage(3, 4)),
    ]


@every_form
def test_each_chunk_takes_its_time(form: Form) -> None:
    began = time.perf_counter()
    form(ScriptedModel(Turn(("a",), seconds=0.003)), "Hi")
    assert time.perf_counter() - began >= 0.003


def test_the_text_of_a_turn_is_its_chunks_put_together() -> None:
    assert Turn(("Good", "bye.")).text == "Goodbye."


def test_a_turn_prints_as_the_code_that_makes_it() -> None:
    turn = Turn(("a",), seconds=0.5, usage=Usage(3))
    assert repr(turn) == "Turn(chunks=('a',), seconds=0.5, usage=Usage(input_tokens=3))"
    assert eval(repr(turn)) == turn


# -- the script


@every_form
def test_turns_are_played_in_order_and_what_was_asked_is_kept(form: Form) -> None:
    model = ScriptedModel("a", ["b"], Reply("c"))
    request, chat = Request("two"), [{"role": "user", "content": "three"}]
    assert [text_of(form(model, prompt)) for prompt in ("one", request, chat)] == ["a", "b", "c"]
    assert model.sent == ["one", request, chat]
    assert model.sent[1] is request


@every_form
def test_a_script_that_has_ended_says_so(form: Form) -> None:
    model = ScriptedModel("a")
    form(model, "one")
    with pytest.raises(ScriptEnded, match="asked 2 times, and the script has 1"):
        form(model, "two")
    assert model.sent == ["one", "two"]


def test_a_script_that_has_ended_fails_a_test_and_is_not_taken_for_an_answer() -> None:
    assert issubclass(ScriptEnded, AssertionError)


def test_a_question_is_kept_before_the_answer_breaks() -> None:
    model = ScriptedModel(ConnectionError())
    with pytest.raises(ConnectionError):
        model("one")
    assert model.sent == ["one"]


# -- closing


@STREAM
def test_a_stream_read_to_its_end_is_closed_once(form: Form) -> None:
    model = ScriptedModel(["a", "b"])
    form(model, "Hi")
    assert model.closed == 1


@pytest.mark.parametrize("turn", [["a", "b"], Reply("a"), Turn(("a",), usage=Usage(1))])
def test_a_stream_left_before_its_end_is_closed_once(turn: Any) -> None:
    model = ScriptedModel(turn)
    stream = model.stream("Hi")
    next(iter(stream))
    assert model.closed == 0
    close(stream)
    close(stream)
    assert model.closed == 1


def close(stream: Iterator[Any]) -> None:
    stream.close()  # type: ignore[attr-defined]  # it is a generator


def test_an_async_stream_left_before_its_end_is_closed_once() -> None:
    model = ScriptedModel(["a", "b"])

    async def leave() -> None:
        stream: AsyncIterator[Any] = model.astream("Hi")
        await anext(stream)
        assert model.closed == 0
        await stream.aclose()  # type: ignore[attr-defined]  # it is a generator

    asyncio.run(leave())
    assert model.closed == 1


@STREAM
def test_a_stream_that_breaks_off_is_closed(form: Form) -> None:
    model = ScriptedModel(ConnectionError())
    with pytest.raises(ConnectionError):
        form(model, "Hi")
    assert model.closed == 1


@WHOLE
def test_a_call_closes_nothing(form: Form) -> None:
    model = ScriptedModel("a")
    form(model, "Hi")
    assert model.closed == 0


def test_a_stream_that_is_never_read_asks_nothing() -> None:
    model = ScriptedModel("a")
    close(model.stream("Hi"))
    assert model.sent == []
    assert model.closed == 0


# -- threads


@pytest.mark.parametrize("form", [called, streamed])
def test_sixteen_threads_share_a_script_and_each_turn_is_played_once(form: Form) -> None:
    model = ScriptedModel(*(f"{n}," for n in range(16 * 50)))
    played: list[list[str]] = [[] for _ in range(16)]
    start = threading.Barrier(16)

    def ask(who: int) -> None:
        start.wait()
        for n in range(50):
            played[who].append(text_of(form(model, (who, n))))

    threads = [threading.Thread(target=ask, args=(who,)) for who in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(text for each in played for text in each) == sorted(
        f"{n}," for n in range(16 * 50)
    )
    assert len(model.sent) == len(set(map(str, model.sent))) == 16 * 50
    assert model.closed == (16 * 50 if form is streamed else 0)


def test_a_thousand_tasks_share_a_script() -> None:
    model = ScriptedModel(*map(str, range(1000)))

    async def ask_all() -> list[str]:
        replies = await asyncio.gather(*(model.acall(str(n)) for n in range(1000)))
        return [reply.text for reply in replies]

    assert sorted(asyncio.run(ask_all()), key=int) == list(map(str, range(1000)))
