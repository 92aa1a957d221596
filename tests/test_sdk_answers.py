"""What a guarded function gives that is an SDK's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any, cast

import pytest

from guardrails_lib import Accepted, Outcome, Policy, Reply, ReplyError, Usage, block, guard, redact
from guardrails_lib.checks import matching


class Completion:
    """A class such as those of OpenAI's SDK."""

    choices: list[Any]


def made(**fields: Any) -> Completion:
    kind = type("Made", (Completion,), {"__module__": "openai.types.chat", **fields})
    return kind()  # type: ignore[no-any-return]  # it is one


def completion(text: str | None) -> Completion:
    message = {"role": "assistant", "content": text}
    choice = {"message": message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 10, "completion_tokens": 2}
    return made(choices=[choice], usage=usage, model="gpt-4o")


def chunk(text: str | None, finish: str | None = None) -> Completion:
    delta = {"role": "assistant", "content": text}
    return made(choices=[{"delta": delta, "finish_reason": finish}], model="gpt-4o")


CHUNKS = ["It is ", "sunny."]


def chunks() -> Iterator[Completion]:
    for text in CHUNKS:
        yield chunk(text)
    yield chunk(None, "stop")


async def achunks() -> AsyncIterator[Completion]:
    for each in chunks():
        yield each


class Streamed:
    """A stream as SDKs give one, that is closed at its end."""

    __module__ = "openai._streaming"

    def __init__(self) -> None:
        self.pieces = chunks()
        self.closed = False

    def __iter__(self) -> Iterator[Completion]:
        return self

    def __next__(self) -> Completion:
        return next(self.pieces)

    def close(self) -> None:
        self.closed = True


class AsyncStreamed:
    __module__ = "openai._streaming"

    def __init__(self) -> None:
        self.pieces = achunks()
        self.closed = False

    def __aiter__(self) -> AsyncIterator[Completion]:
        return self

    async def __anext__(self) -> Completion:
        return await anext(self.pieces)

    async def close(self) -> None:
        self.closed = True


def test_a_response_is_read() -> None:
    @guard(Policy())
    def ask(prompt: str) -> Completion:
        return completion(f"You said {prompt}")

    outcome = ask("hello")
    assert outcome.unwrap() == "You said hello"
    assert outcome.record.spent == Usage(10, 2)


def test_a_response_is_read_when_it_is_awaited() -> None:
    @guard(Policy())
    async def ask(prompt: str) -> Completion:
        return completion(prompt)

    assert asyncio.run(ask("hello")).unwrap() == "hello"


def test_rules_look_at_what_was_read() -> None:
    @guard(Policy(output=(redact(matching(r"\d{4}")),)))
    def ask(prompt: str) -> Completion:
        return completion("pin 1234")

    assert ask("hello").unwrap() == "pin ████"


def test_a_typed_answer_is_read_from_it() -> None:
    @guard(Policy(), returns=dict[str, int])
    def ask(prompt: str) -> Completion:
        return completion('{"a": 1}')

    assert ask("hello").unwrap() == {"a": 1}


def test_a_response_that_cannot_be_read_is_an_error() -> None:
    @guard(Policy())
    def ask(prompt: str) -> Completion:
        return made(choices=[], usage=None, model="gpt-4o")

    with pytest.raises(ReplyError):
        ask("hello")


def test_a_stream_that_is_returned_is_read_to_its_end() -> None:
    given = Streamed()

    def ask(prompt: str) -> object:
        return given

    asking: Any = guard(Policy())(cast("Any", ask))
    assert asking("hello").unwrap() == "It is sunny."
    assert given.closed


def test_an_async_stream_that_is_returned_is_read_to_its_end() -> None:
    given = AsyncStreamed()

    @guard(Policy())
    async def ask(prompt: str) -> AsyncIterator[Completion]:
        return given

    assert asyncio.run(ask("hello")).unwrap() == "It is sunny."
    assert given.closed


def test_the_chunks_of_a_generator_are_read() -> None:
    @guard(Policy())
    def ask(prompt: str) -> Iterator[Completion]:
        yield from chunks()

    stream = ask("hello")
    assert list(stream) == CHUNKS
    assert isinstance(stream.outcome, Accepted)


def test_the_chunks_of_an_async_generator_are_read() -> None:
    @guard(Policy())
    async def ask(prompt: str) -> AsyncIterator[Completion]:
        async for each in achunks():
            yield each

    async def main() -> list[str]:
        return [text async for text in ask("hello")]

    assert asyncio.run(main()) == CHUNKS


def test_a_function_that_says_it_gives_a_stream_is_one() -> None:
    given = Streamed()

    @guard(Policy())
    def ask(prompt: str) -> Streamed:
        return given

    stream = ask("hello")
    assert list(stream) == CHUNKS
    assert given.closed


def test_a_function_that_says_it_gives_an_async_stream_is_one() -> None:
    given = AsyncStreamed()

    @guard(Policy())
    def ask(prompt: str) -> AsyncStreamed:
        return given

    async def main() -> list[str]:
        stream = ask("hello")
        return [text async for text in stream]

    assert asyncio.run(main()) == CHUNKS
    assert given.closed


def test_a_stream_that_is_refused_is_closed() -> None:
    given = Streamed()

    @guard(Policy(output=(block(matching("It is")),)))
    def ask(prompt: str) -> Streamed:
        return given

    stream = ask("hello")
    assert list(stream) == []
    assert given.closed


def test_chunks_after_texts_are_read_too() -> None:
    @guard(Policy())
    def ask(prompt: str) -> Iterator[Any]:
        yield "Well, "
        yield from chunks()

    assert "".join(ask("hello")) == "Well, It is sunny."


def test_further_answers_are_read() -> None:
    """Those that a check wants to compare."""
    from guardrails_lib import Finding, check, flag

    seen: list[tuple[str, ...]] = []

    @check(samples=2)
    def noted(reply: Reply[Any]) -> Iterator[Finding]:
        seen.append(reply.samples)
        yield from ()

    @guard(Policy(validators=(flag(noted()),)))
    def ask(prompt: str) -> Completion:
        return completion(prompt)

    ask("hello")
    assert seen == [("hello", "hello")]


def test_what_only_looks_like_an_sdks_is_not_read() -> None:
    class Answer:
        choices = ()

    @guard(Policy())
    def ask(prompt: str) -> Answer:
        return Answer()

    with pytest.raises(TypeError, match="a guarded function returns text"):
        ask("hello")


def test_the_original_of_a_refused_answer_is_in_no_record() -> None:
    @guard(Policy(output=(redact(matching("MARGARET")),)))
    def ask(prompt: str) -> Completion:
        return completion("pin MARGARET")

    outcome: Outcome[str] = ask("hello")
    assert "MARGARET" not in repr(outcome) + repr(outcome.record)
