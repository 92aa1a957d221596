"""Values of a stream as they grow: what is shown, what is not, and where it stops."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, field_validator
from typing_extensions import TypedDict

from guardrails_lib import (
    Abstained,
    Accepted,
    Action,
    Blocked,
    Budget,
    Outcome,
    Policy,
    Reply,
    Request,
    Stream,
    Usage,
    abstain,
    block,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import containing, longer_than, matching, unreadable
from guardrails_lib.testing import ScriptedModel, Turn

ONCE = Policy(budget=Budget(attempts=1))


class Line(BaseModel):
    sku: str
    price: float = Field(gt=0)
    day: date = date(2026, 1, 1)


class Order(BaseModel):
    id: int
    note: str = "none"
    kind: Literal["a", "b"] = "a"
    lines: list[Line] = []


@dataclass
class Point:
    x: int
    y: int = 5


class Named(TypedDict, total=False):
    name: str
    size: int


TREE = {
    "id": 17,
    "note": 'a "note"\nof two lines',
    "kind": "b",
    "lines": [
        {"sku": "blue kettle", "price": 1.5, "day": "2026-11-21"},
        {"sku": "lamp", "price": 2, "day": "2026-11-22"},
    ],
}
TEXT = json.dumps(TREE)
ORDER = Order.model_validate(TREE)


def cut(text: str, *sizes: int) -> list[str]:
    """*text* in pieces of these sizes, over and over."""
    pieces, at, turn = [], 0, 0
    while at < len(text):
        pieces.append(text[at : at + sizes[turn % len(sizes)]])
        at, turn = at + sizes[turn % len(sizes)], turn + 1
    return pieces


def drawn(
    pieces: Sequence[str], returns: Any = Order, policy: Policy = ONCE
) -> tuple[list[Any], Outcome[Any]]:
    """All that is shown of one reply, and how it ends."""

    @guard(policy, returns=returns)
    def call(prompt: str) -> Iterator[str]:
        yield from pieces

    stream = call("?")
    return list(stream.partials()), stream.outcome


def held(value: Any) -> Any:
    """What is there of a value, as dicts and lists."""
    if isinstance(value, BaseModel | Point):
        return {name: held(each) for name, each in vars(value).items()}
    if isinstance(value, dict):
        return {name: held(each) for name, each in value.items()}
    if isinstance(value, list):
        return [held(each) for each in value]
    return value


def is_begun(part: Any, whole: Any) -> bool:
    """Whether *part* is how *whole* begins."""
    if isinstance(part, dict):
        return all(name in whole and is_begun(each, whole[name]) for name, each in part.items())
    if isinstance(part, list):
        return len(part) <= len(whole) and all(map(is_begun, part, whole))
    if isinstance(part, str) and isinstance(whole, str):
        return whole.startswith(part)
    return bool(part == whole)


def read(text: str) -> Outcome[Order]:
    """How a reply ends that comes whole."""

    @guard(ONCE, returns=Order)
    def call(prompt: str) -> str:
        return text

    return call("?")


SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=6)


class TestGrowing:
    def test_a_field_that_has_not_come_is_absent(self) -> None:
        shown, _ = drawn(['{"id": 17, "no', 'te": "x"}'])
        assert shown[0].id == 17
        assert not hasattr(shown[0], "note")
        assert shown[0].model_fields_set == {"id"}

    def test_a_default_is_there_at_the_end_alone(self) -> None:
        shown, outcome = drawn(['{"id": 17', "}"])
        assert [hasattr(each, "kind") for each in shown] == [False] * (len(shown) - 1) + [True]
        assert outcome.unwrap() == Order(id=17)

    def test_a_string_is_shown_while_it_grows(self) -> None:
        shown, _ = drawn(['{"id": 1, "note": "a', " few", ' words"}'])
        notes = [each.note for each in shown if hasattr(each, "note")]
        assert list(dict.fromkeys(notes)) == ["a", "a few", "a few words"]

    def test_a_number_is_shown_once_it_has_closed(self) -> None:
        shown, _ = drawn(['{"id": 1', "7", '2, "note": ""', "}"])
        assert {each.id for each in shown if hasattr(each, "id")} == {172}

    def test_what_is_no_text_is_shown_once_it_has_closed_as_what_it_is(self) -> None:
        shown, _ = drawn(cut(TEXT, 1))
        days = {
            line.day
            for each in shown
            for line in getattr(each, "lines", [])
            if hasattr(line, "day")
        }
        assert days == {date(2026, 11, 21), date(2026, 11, 22)}
        assert {each.kind for each in shown if hasattr(each, "kind")} == {"b"}

    def test_what_is_shown_does_not_change_later(self) -> None:
        seen = []

        @guard(ONCE, returns=Order)
        def call(prompt: str) -> Iterator[str]:
            yield from cut(TEXT, 7)

        for each in call("?").partials():
            seen.append((each, held(each)))
        assert all(held(each) == before for each, before in seen)

    @given(SIZES)
    @example([1])
    @example([10_000])
    def test_the_last_is_the_value_of_the_whole_reply_however_it_is_cut(
        self, sizes: list[int]
    ) -> None:
        shown, outcome = drawn(cut(TEXT, *sizes))
        assert outcome == Accepted(ORDER)
        assert shown[-1] == ORDER
        assert all(is_begun(held(each), held(ORDER)) for each in shown)

    @pytest.mark.parametrize(
        ("returns", "text"),
        [
            (Point, '{"x": 1, "y": 2}'),
            (Named, '{"name": "Ann", "size": 3}'),
            (list[Line], json.dumps(TREE["lines"])),
            (list[str], '["one", "two", "three"]'),
            (dict[str, int], '{"a": 1, "b": 2}'),
            (list[Point | Named], '[{"x": 1}, {"name": "b"}]'),
            (Order | None, TEXT),
            ({"type": "object", "properties": {"a": {"type": "string"}}}, '{"a": "xyz", "b": [1]}'),
            ({"type": "array", "items": {"type": "integer"}}, "[1, 22, 333]"),
        ],
    )
    def test_other_types_grow_too(self, returns: Any, text: str) -> None:
        shown, outcome = drawn(cut(text, 2), returns)
        whole = outcome.unwrap()
        assert len(shown) > 2
        assert shown[-1] == whole
        assert all(is_begun(held(each), held(whole)) for each in shown)

    @pytest.mark.parametrize(
        ("returns", "text"),
        [
            (int, "42"),
            (Literal["yes", "no"], "yes"),
            (Point | Named, '{"x": 1}'),
            (None | int, "1"),
        ],
    )
    def test_what_cannot_be_told_before_its_end_is_shown_then(
        self, returns: Any, text: str
    ) -> None:
        shown, outcome = drawn(cut(text, 1), returns)
        assert shown == [outcome.unwrap()]

    @pytest.mark.parametrize(
        "reply",
        [
            f"\n```json\n{TEXT}\n```\nAnything else?",
            f'<think>Maybe {{"id": 1}}, or [2]?</think>\n\n{TEXT}',
            f"\ufeff{TEXT}\n\nThat is all.",
            f"Here you are: {TEXT}",
            f"I use {{x}} for it. {TEXT}",
        ],
    )
    def test_what_stands_around_it_goes_by(self, reply: str) -> None:
        for sizes in ((1,), (3,), (7, 2), (10_000,)):
            shown, outcome = drawn(cut(reply, *sizes))
            assert outcome == Accepted(ORDER)
            assert shown[-1] == ORDER
            if sizes != (10_000,):
                assert len(shown) > 9


# -- where it stops


class Told(ScriptedModel):
    """It knows how many pieces were taken of it."""

    taken = 0

    def stream(self, prompt: Any) -> Iterator[str | Reply[Any]]:
        for piece in super().stream(prompt):
            self.taken += 1
            yield piece


def streamed(model: Told, policy: Policy = ONCE) -> Stream[Order]:
    @guard(policy, returns=Order)
    def call(prompt: str) -> Iterator[str | Reply[Any]]:
        yield from model.stream(prompt)

    return call("An order.")


def drained(stream: Stream[Any]) -> Outcome[Any]:
    for _ in stream:
        pass
    return stream.outcome


BAD = {
    "a number out of range": '{"lines": [{"sku": "x", "price": -1, ',
    "a string for a number": '{"id": "x", ',
    "no such word": '{"kind": "c", ',
    "no date": '{"lines": [{"day": "tomorrow", ',
    "a list for an object": '{"lines": [[1], ',
    "the same key twice": '{"id": 1, "id": ',
    "no number": '{"id": NaN, ',
    "a number that is too large": '{"lines": [{"price": 1e999, ',
}


class TestStopping:
    @pytest.mark.parametrize("name", BAD)
    @pytest.mark.parametrize("partials", [True, False])
    def test_what_follows_a_part_that_does_not_fit_is_not_paid_for(
        self, name: str, partials: bool
    ) -> None:
        model = Told([*cut(BAD[name], 3), *["more "] * 1000])
        stream = streamed(model)
        list(stream.partials() if partials else stream)
        assert isinstance(stream.outcome, Abstained)
        assert model.taken <= len(cut(BAD[name], 3)) + 1
        assert model.closed == 1

    @given(st.sampled_from(sorted(BAD)), SIZES)
    def test_how_it_was_cut_changes_nothing(self, name: str, sizes: list[int]) -> None:
        policy = ONCE + Policy(output=(block(containing("secret")), redact(matching("[xy]"))))
        text = BAD[name] + '"note": "a secret"}'
        assert drawn(cut(text, *sizes), policy=policy)[1] == drawn([text], policy=policy)[1]

    def test_what_was_found_before_it_counts(self) -> None:
        policy = ONCE + Policy(output=(block(containing("secret")),))
        early = '{"note": "secret", "id": "x", '
        late = '{"id": "x", "note": "secret", '
        assert isinstance(drawn([early], policy=policy)[1], Blocked)
        assert isinstance(drawn([late], policy=policy)[1], Abstained)

    def test_it_is_asked_for_again_and_begins_anew(self) -> None:
        model = Told(cut('{"id": 3, "kind": "c", "note": "', 4) + ["more"] * 99, cut(TEXT, 4))
        stream = streamed(model, Policy())
        ids = [each.id for each in stream.partials() if hasattr(each, "id")]
        assert list(dict.fromkeys(ids)) == [3, 17]
        assert stream.outcome == Accepted(ORDER)
        assert "kind: Input should be 'a' or 'b'" in str(model.sent[1])

    def test_it_is_read_on_where_only_what_did_not_fit_will_be_asked_for(self) -> None:
        policy = Policy(validators=(retry(unreadable(), fieldwise=True),))
        model = Told(cut(TEXT.replace("17", '"x"'), 5), ['{"id": 17}'])
        stream = streamed(model, policy)
        assert list(stream.partials())[-1] == ORDER
        assert stream.outcome == Accepted(ORDER)

    def test_the_last_attempt_is_stopped_all_the_same(self) -> None:
        policy = ONCE + Policy(validators=(retry(unreadable(), fieldwise=True),))
        model = Told([BAD["no date"], *["more"] * 99])
        assert isinstance(drained(streamed(model, policy)), Abstained)
        assert model.taken == 1

    def test_what_was_paid_for_is_counted(self) -> None:
        model = Told(Turn(('{"id": "x", ', "more"), usage=Usage(5, 5)))
        assert drained(streamed(model)).record.attempts == 1

    def test_in_prose_nothing_stops(self) -> None:
        shown, outcome = drawn(cut(f'Not {{"id": "x", "note": ""}} but {TEXT}', 3))
        assert outcome == Accepted(ORDER)
        assert shown[-1] == ORDER

    def test_what_may_be_repaired_is_read_to_its_end(self) -> None:
        """A string that seems to have closed may have held quotes."""

        class Named(BaseModel):
            name: str = Field(min_length=9)

        @guard(ONCE, returns=Named, repair=True)
        def call(prompt: str) -> Iterator[str]:
            yield from ('{"name": "it "', 'fell" apart"}')

        stream = call("?")
        shown = list(stream.partials())
        assert stream.outcome.unwrap() == Named(name='it "fell" apart')
        assert shown[-1] == Named(name='it "fell" apart')

    def test_a_reply_that_is_no_json_is_read_to_its_end(self) -> None:
        _, outcome = drawn(['{"id": 1, oops', " and more"])
        assert "no JSON" in outcome.findings[0].message

    @given(st.text('{}[]":,\\ abidnotelsku17-.\n`', max_size=40), SIZES)
    def test_it_never_stops_what_would_have_been_accepted(self, end: str, sizes: list[int]) -> None:
        for begin in ("", "{", '{"id": 1, ', '{"id": 1, "lines": [', "```\n{"):
            text = begin + end
            whole = read(text)
            _, outcome = drawn(cut(text, *sizes))
            assert isinstance(outcome, Accepted) == isinstance(whole, Accepted)
            assert outcome == whole or isinstance(whole, Abstained)


# -- what is shown is safe

DIGITS = re.compile(r"\d{4}")
REDACTING = ONCE + Policy(output=(redact(matching(r"\d{4}")),))


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and how JSON might write it: any character may be escaped."""
    said = draw(st.text('12345 ab\n"\\é😀', max_size=14))
    pieces = []
    for character in said:
        plain = json.dumps(character, ensure_ascii=False)[1:-1]
        escaped = (
            json.dumps(character)[1:-1] if ord(character) > 127 else f"\\u{ord(character):04x}"
        )
        pieces.append(escaped if draw(st.booleans()) else plain)
    return said, "".join(pieces)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


class TestSafe:
    @given(written(), written(), SIZES)
    def test_nothing_is_shown_that_a_rule_redacts(
        self, one: tuple[str, str], other: tuple[str, str], sizes: list[int]
    ) -> None:
        """Law 9, for the strings of a value, whatever JSON makes of them."""
        text = f'{{"name": "{one[1]}", "more": ["{other[1]}"]}}'
        shown, outcome = drawn(cut(text, *sizes), dict[str, Any], REDACTING)
        for each in shown:
            assert not any(map(DIGITS.search, texts(each)))
        if isinstance(outcome, Accepted):
            assert shown[-1] == outcome.value

    @given(written(), SIZES)
    def test_nothing_is_shown_from_where_a_rule_refuses(
        self, one: tuple[str, str], sizes: list[int]
    ) -> None:
        policy = ONCE + Policy(output=(block(matching(r"\d{4}")),))
        shown, outcome = drawn(cut(f'{{"name": "{one[1]}"}}', *sizes), dict[str, Any], policy)
        for each in shown:
            assert not any(map(DIGITS.search, texts(each)))
        if DIGITS.search(one[0]):
            assert isinstance(outcome, Blocked)

    def test_a_validator_does_not_tell_what_a_rule_redacts(self) -> None:
        """It has seen the text as it came, to end the stream in time."""

        class Coded(BaseModel):
            code: str

            @field_validator("code")
            @classmethod
            def known(cls, code: str) -> str:
                raise ValueError(f"there is no {code[::-1]}")

        policy = ONCE + Policy(output=(redact(matching("[a-z]{6}")),))
        _, outcome = drawn(['{"code": "secret", ', "more"], Coded, policy)
        assert isinstance(outcome, Abstained)
        assert "terces" not in repr(outcome) + repr(outcome.record)

    def test_with_a_rule_that_must_see_all_nothing_is_shown_before_the_end(self) -> None:
        policy = ONCE + Policy(output=(abstain(longer_than(limit=9_999)),))
        shown, outcome = drawn(cut(TEXT, 3), policy=policy)
        assert shown == [outcome.unwrap()]

    def test_what_was_shown_is_a_draft_until_the_validators_have_looked(self) -> None:
        policy = ONCE + Policy(validators=(block(containing("kettle")),))
        shown, outcome = drawn(cut(TEXT, 3), policy=policy)
        assert shown
        assert isinstance(outcome, Blocked)

    @given(SIZES)
    def test_what_was_redacted_is_restored_and_no_placeholder_is_ever_shown(
        self, sizes: list[int]
    ) -> None:
        policy = Policy(input=(redact(matching(r"\d{4}"), restore=True),))

        @guard(policy, returns=Named)
        def call(prompt: str) -> Iterator[str]:
            yield from cut(f'{{"name": "your code is {prompt}, yes", "size": 3}}', *sizes)

        stream = call("4711")
        shown = list(stream.partials())
        assert stream.outcome.unwrap() == {"name": "your code is 4711, yes", "size": 3}
        assert all(is_begun(each, shown[-1]) for each in shown)

    def test_the_record_says_that_something_was_shown(self) -> None:
        _, outcome = drawn(cut(TEXT, 9))
        assert [event.kind for event in outcome.record.events].count("shown") == 1


# -- the stream itself


def test_text_has_no_partials() -> None:
    @guard(Policy())
    def call(prompt: str) -> Iterator[str]:
        yield "x"

    with pytest.raises(TypeError, match="returns="):
        call("?").partials()


def test_partials_come_before_anything_is_read() -> None:
    stream = streamed(Told([TEXT]))
    next(iter(stream))
    with pytest.raises(RuntimeError, match="before anything is read"):
        stream.partials()


def test_whoever_stops_looking_abandons_the_call() -> None:
    model = Told(cut(TEXT, 3))
    stream = streamed(model)
    for _ in stream.partials():
        break
    assert stream.outcome.findings[-1].kind == "abandoned"
    assert model.closed == 1


def test_what_the_model_raises_is_raised() -> None:
    model = Told(Turn(('{"id": 1, ',), error=ConnectionError("gone")))
    with pytest.raises(ConnectionError):
        list(streamed(model).partials())


@given(SIZES, st.sampled_from([TEXT, *BAD.values()]))
def test_an_async_stream_shows_the_same(sizes: list[int], text: str) -> None:
    @guard(REDACTING, returns=Order)
    async def call(prompt: str) -> AsyncIterator[str]:
        for piece in cut(text, *sizes):
            yield piece

    async def run() -> tuple[list[Any], Outcome[Any]]:
        stream = call("?")
        return [each async for each in stream.partials()], stream.outcome

    assert asyncio.run(run()) == drawn(cut(text, *sizes), policy=REDACTING)


def test_a_last_attempt_is_one_however_it_is_watched() -> None:
    policy = Policy(unreadable=Action.BLOCK)

    @guard(policy, returns=Order)
    def call(request: Request) -> Iterator[str]:
        yield '{"id": "x"}'

    stream = call(Request("?"))
    list(stream.partials())
    assert isinstance(stream.outcome, Blocked)
    assert stream.outcome.record.attempts == 2
