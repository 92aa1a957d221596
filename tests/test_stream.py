"""Streams: shown as they become safe, abandoned, broken off."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from guardrails_lib import (
    Abstained,
    Accepted,
    AsyncStream,
    Blocked,
    Escalated,
    Event,
    Finding,
    Policy,
    Stream,
    Usage,
    abstain,
    block,
    check,
    guard,
    redact,
)
from guardrails_lib.checks import containing, matching
from guardrails_lib.testing import ScriptedModel, Turn

SECRET = Policy(output=(block(containing("secret")),))


def streamed(model: ScriptedModel, policy: Policy = SECRET) -> Stream[str]:
    @guard(policy)
    def ask(prompt: str) -> Iterator[str]:
        yield from model.stream(prompt)  # type: ignore[misc]  # Reply is allowed too

    return ask("q")


def astreamed(model: ScriptedModel, policy: Policy = SECRET) -> AsyncStream[str]:
    @guard(policy)
    async def ask(prompt: str) -> AsyncIterator[str]:
        async for piece in model.astream(prompt):
            yield piece  # type: ignore[misc]  # Reply is allowed too

    return ask("q")


def test_nothing_happens_before_somebody_reads() -> None:
    model = ScriptedModel("a")
    streamed(model)
    assert model.sent == []


def test_the_outcome_is_there_at_the_end() -> None:
    stream = streamed(ScriptedModel(["a", "b"]))
    assert list(stream) == ["a", "b"]
    assert stream.outcome == Accepted("ab")


def test_what_was_spent_comes_with_the_last_piece() -> None:
    stream = streamed(ScriptedModel(Turn(("a",), usage=Usage(1, 2, 0.5))))
    list(stream)
    assert stream.outcome.record.spent == Usage(1, 2, 0.5)


def test_a_hit_in_the_last_chunk_is_not_shown() -> None:
    """Peers: openai-guardrails shows chunks first and drops the last results."""
    stream = streamed(ScriptedModel(["the ", "sec", "ret"]))
    assert "".join(stream) == "the "
    assert isinstance(stream.outcome, Blocked)


class TestAbandoned:
    """A hole of the sketch: an abandoned stream had no outcome."""

    def test_breaking_off_closes_the_model(self) -> None:
        model = ScriptedModel(["a", "b"])
        stream = streamed(model)
        for _ in stream:
            break
        assert model.closed == 1

    def test_it_abstains(self) -> None:
        stream = streamed(ScriptedModel(["a", "b"]))
        for _ in stream:
            break
        outcome = stream.outcome
        assert isinstance(outcome, Abstained)
        assert [finding.kind for finding in outcome.findings] == ["abandoned"]

    def test_what_was_found_before_is_kept(self) -> None:
        stream = streamed(
            ScriptedModel(["pin ", "x", "y"]), Policy(output=(redact(containing("pin")),))
        )
        for shown in stream:
            if shown == "x":
                break
        assert [f.check or f.kind for f in stream.outcome.findings] == ["containing", "abandoned"]

    def test_close_ends_it(self) -> None:
        model = ScriptedModel(["a", "b"])
        with streamed(model) as stream:
            assert next(iter(stream)) == "a"
        assert model.closed == 1
        assert list(stream) == []

    def test_asking_for_the_outcome_too_early_ends_it(self) -> None:
        model = ScriptedModel(["a", "b"])
        stream = streamed(model)
        reading = iter(stream)
        next(reading)
        assert isinstance(stream.outcome, Abstained)
        assert model.closed == 1

    def test_one_that_nobody_read_has_an_outcome_and_asked_nobody(self) -> None:
        model = ScriptedModel(["a"])
        assert isinstance(streamed(model).outcome, Abstained)
        assert model.sent == []

    def test_forgetting_it_closes_the_model(self) -> None:
        model = ScriptedModel(["a", "b"])
        stream = streamed(model)
        reading = iter(stream)
        next(reading)
        del reading, stream
        gc.collect()
        assert model.closed == 1

    def test_observers_hear_of_it(self) -> None:
        heard: list[Event] = []

        @guard(SECRET, observers=(heard.append,))
        def ask(prompt: str) -> Iterator[str]:
            yield from "abc"

        for _ in ask("q"):
            break
        assert heard[-1].kind == "decided"

    def test_breaking_off_an_async_stream_closes_the_model(self) -> None:
        model = ScriptedModel(["a", "b"])

        async def read() -> AsyncStream[str]:
            stream = astreamed(model)
            async for _ in stream:
                break
            await stream.aclose()
            return stream

        assert isinstance(asyncio.run(read()).outcome, Abstained)
        assert model.closed == 1

    def test_an_async_stream_that_is_broken_off_and_forgotten_is_closed_by_the_loop(self) -> None:
        model = ScriptedModel(["a", "b"])

        async def read() -> AsyncStream[str]:
            stream = astreamed(model)
            async for _ in stream:
                break
            assert isinstance(stream.outcome, Abstained)
            return stream

        assert isinstance(asyncio.run(read()).outcome, Abstained)
        assert model.closed == 1

    def test_async_with_closes_it(self) -> None:
        model = ScriptedModel(["a", "b"])

        async def read() -> None:
            async with astreamed(model) as stream:
                async for _ in stream:
                    break

        asyncio.run(read())
        assert model.closed == 1


class TestFailing:
    def test_the_models_own_exception_comes_after_what_was_safe(self) -> None:
        problem = ConnectionError("cut")
        stream = streamed(ScriptedModel(Turn(("a sec", "ond"), error=problem)))
        shown: list[str] = []
        with pytest.raises(ConnectionError) as raised:
            shown.extend(stream)
        assert raised.value is problem

    def test_what_was_held_back_is_shown_if_it_is_safe(self) -> None:
        stream = streamed(ScriptedModel(Turn(("a sec",), error=ConnectionError())))
        shown: list[str] = []
        with pytest.raises(ConnectionError):
            for text in stream:
                shown.append(text)
        assert "".join(shown) == "a sec"

    def test_what_is_not_safe_is_not_shown(self) -> None:
        policy = Policy(output=(block(matching(r"secret\b")),))
        stream = streamed(ScriptedModel(Turn(("a secret",), error=ConnectionError())), policy)
        shown: list[str] = []
        with pytest.raises(ConnectionError):
            for text in stream:
                shown.append(text)
        assert "".join(shown) == "a "

    def test_it_has_an_outcome(self) -> None:
        stream = streamed(ScriptedModel(Turn(("a",), error=ConnectionError("s3cret"))))
        with pytest.raises(ConnectionError):
            list(stream)
        outcome = stream.outcome
        assert [finding.kind for finding in outcome.findings] == ["failed"]
        assert "s3cret" not in repr(outcome.record)

    def test_an_async_model_too(self) -> None:
        problem = ConnectionError("cut")
        shown: list[str] = []

        async def read() -> AsyncStream[str]:
            stream = astreamed(ScriptedModel(Turn(("a", "b"), error=problem)))
            with pytest.raises(ConnectionError) as raised:
                async for text in stream:
                    shown.append(text)
            assert raised.value is problem
            return stream

        assert isinstance(asyncio.run(read()).outcome, Abstained)
        assert shown == ["a", "b"]

    def test_a_model_that_fails_before_its_first_word(self) -> None:
        with pytest.raises(ConnectionError):
            list(streamed(ScriptedModel(ConnectionError("refused"))))


def held(policy: Policy, text: str) -> list[int]:
    """How many characters are held back after each character of *text*."""
    given = shown = 0
    waiting: list[int] = []

    @guard(policy)
    def ask(prompt: str) -> Iterator[str]:
        nonlocal given
        for letter in text:
            given += 1
            yield letter
            waiting.append(given - shown)

    for piece in ask("q"):
        shown += len(piece)
    return waiting


def test_no_more_is_held_back_than_the_widest_check_can_match() -> None:
    policy = Policy(output=(block(matching(r"a{3,9}z")), abstain(containing("aaaaab"))))
    assert max(held(policy, "aaaaaaaaaaaaaaaa" * 20)) <= 10


def test_a_chunk_that_settles_nothing_is_not_looked_at() -> None:
    seen: list[str] = []

    @check(width=10, tail=lambda: lambda text: 1 + text.rfind(" "))
    def shouted(text: str) -> Iterator[Finding]:
        """A word in capitals."""
        seen.append(text)
        if text.isupper():
            yield Finding("shouted")

    letters = ScriptedModel(["s", "o", "o", "n", " ", "I", "t"])
    list(streamed(letters, Policy(output=(block(shouted()),))))
    assert seen == ["soon ", "soon It"]


def test_only_what_could_still_be_a_finding_is_held_back() -> None:
    waiting = held(Policy(output=(block(matching(r"\d{4}-\d{4}")),)), "no digits here, none at all")
    assert set(waiting) == {0}


@pytest.mark.parametrize(("early", "end"), [(False, Accepted), (True, Escalated)])
def test_what_json_has_escaped_is_redacted_in_what_is_shown_too(early: bool, end: Any) -> None:
    """Law 9: it was shown as it came. What was shown early cannot be changed, so it escalates."""

    @guard(Policy(output=(redact(containing("secret")),)), returns=list[str], early=early)
    def ask(prompt: str) -> Iterator[str]:
        yield '["\\u0073ecret"]'

    stream = ask("q")
    shown = "".join(stream)
    assert isinstance(stream.outcome, end)
    if not early:
        assert shown == '["██████"]'
