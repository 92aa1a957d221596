"""A typed answer, end to end: what is taken, what is refused and how, whatever a model writes."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, field_validator, model_validator
from typing_extensions import TypedDict

from guardrails_lib import (
    Abstained,
    Accepted,
    Action,
    Blocked,
    Budget,
    Escalated,
    Outcome,
    Policy,
    PolicyError,
    Reply,
    block,
    escalate,
    flag,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import matching, repaired
from guardrails_lib.schemas.json_schema import JsonSchema
from guardrails_lib.testing import ScriptedModel

ONCE = Budget(attempts=1)


class Refund(BaseModel):
    order: int
    amount: float = Field(gt=0)
    reason: str = ""


@dataclass
class Point:
    x: int
    y: int = 0


class Named(TypedDict, total=False):
    name: str


class Colour(Enum):
    RED = "red"


SCHEMA = {
    "type": "object",
    "properties": {"order": {"type": "integer"}, "when": {"type": "string", "format": "date"}},
    "required": ["order"],
    "additionalProperties": False,
}
TEXT = '{"order": 17, "amount": 39.5, "reason": "broken"}'
REFUND = Refund(order=17, amount=39.5, reason="broken")


def ask(
    returns: Any, *turns: Any, policy: Policy | None = None, repair: bool = False
) -> Outcome[Any]:
    model = ScriptedModel(*turns)
    policy = policy or Policy(budget=ONCE)

    @guard(policy, returns=returns, repair=repair)
    def call(prompt: str) -> Reply[Any]:
        return model(prompt)

    return call("?")


def said(outcome: Outcome[Any]) -> str:
    assert isinstance(outcome, Abstained)
    assert [finding.kind for finding in outcome.findings] == ["unreadable"]
    return outcome.findings[0].message


# -- what it may be


@pytest.mark.parametrize(
    ("returns", "text", "value"),
    [
        (Refund, TEXT, REFUND),
        (Point, '{"x": 1}', Point(1)),
        (Named, '{"name": "a"}', {"name": "a"}),
        (Literal["yes", "no"], "no", "no"),
        (Colour, "red", Colour.RED),
        (Refund | Point, '{"x": 1}', Point(1)),
        (list[Point], '[{"x": 1}]', [Point(1)]),
        (dict[str, int], '{"a": 1}', {"a": 1}),
        (tuple[int, ...], "[1, 2]", (1, 2)),
        (SCHEMA, '{"order": 17}', {"order": 17}),
        ({"$schema": "http://json-schema.org/draft-04/schema#", "type": "integer"}, "3", 3),
        (JsonSchema(SCHEMA, formats=False), '{"order": 1, "when": "x"}', {"order": 1, "when": "x"}),
        ({}, '[{"any": "thing"}]', [{"any": "thing"}]),
        ({"enum": ["yes", "no"]}, "yes", "yes"),
    ],
)
def test_it_is_what_returns_says(returns: Any, text: str, value: object) -> None:
    assert ask(returns, text).unwrap() == value


@pytest.mark.parametrize(
    ("returns", "said"),
    [
        ({"type": "nonsense"}, "type"),
        ({"$ref": "#"}, "itself"),
        ({"$ref": "https://example.com/other"}, "registry="),
        ({"$ref": "file:///etc/hostname"}, "registry="),
        ({"$schema": "https://example.com/draft-99"}, "draft-99"),
        ({"type": "string", "pattern": "("}, "no regular expression"),
        (5, "no type that can be read"),
        (len, "takes a type or a JSON Schema"),
    ],
)
def test_what_cannot_be_read_by_is_refused_where_it_is_written(returns: Any, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        guard(Policy(), returns=returns)


# -- an instance that is there already


class Counted(BaseModel):
    """It knows how often it was validated."""

    times: list[int] = []

    @model_validator(mode="after")
    def count(self) -> Counted:
        self.times.append(1)
        return self


@pytest.mark.parametrize("value", [Refund(order=1, amount=1), Point(2), Colour.RED])
def test_an_instance_is_given_on_as_it_is(value: object) -> None:
    assert ask(type(value), Reply(value=value)).unwrap() is value


def test_an_instance_is_not_validated_again() -> None:
    assert ask(Counted, Reply(value=Counted())).unwrap().times == [1]


def test_an_instance_that_was_made_without_validation_is_taken_at_its_word() -> None:
    odd = Refund.model_construct(order="x", amount=-1)
    assert ask(Refund, Reply(value=odd)).unwrap() is odd


def test_a_dict_by_a_json_schema_is_checked() -> None:
    assert ask(SCHEMA, Reply(value={"order": 1})).unwrap() == {"order": 1}
    assert "order" in said(ask(SCHEMA, Reply(value={"order": "x"})))


# -- bad input


@pytest.mark.parametrize("returns", [Refund, SCHEMA], ids=["model", "schema"])
@pytest.mark.parametrize("cut", range(len(TEXT)))
def test_a_reply_that_ends_too_soon_is_no_answer(returns: Any, cut: int) -> None:
    assert isinstance(ask(returns, TEXT[:cut]), Abstained)


HOSTILE = {
    "20,000 brackets": ("[" * 20_000, "nested more than 201 deep"),
    "20,000 brackets that close": ("[" * 20_000 + "]" * 20_000, "nested more than 201 deep"),
    "20,000 braces": ('{"a":' * 20_000 + "1" + "}" * 20_000, "nested more than 201 deep"),
    "a byte order mark alone": ("\ufeff", "there is no JSON"),
    "bytes that are no text": (b'{"order": \xff}'.decode(errors="surrogateescape"), "Unicode"),
    "two in a row": ('{"order":1}{"order":2}', "something follows"),
    "twice the same key": ('{"order":1,"order":2}', "the same key twice"),
    "no number": ('{"order":NaN}', "NaN and Infinity"),
    "a number that is too large": ('{"order":1e999}', "too large"),
    "a number of 5,000 digits": ('{"order":' + "9" * 5_000 + "}", "too large"),
    "nothing": ("", "there is no JSON"),
}


@pytest.mark.parametrize("returns", [Refund, SCHEMA, Any, list[Any]], ids=str)
@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_model_writes_has_its_outcome(name: str, returns: Any) -> None:
    text, why = HOSTILE[name]
    assert why in said(ask(returns, text))


@pytest.mark.parametrize(
    "text", [f"\ufeff{TEXT}", TEXT.replace(" ", "\r\n"), TEXT.replace(" ", "\n\r ")]
)
def test_marks_and_line_ends_are_no_matter(text: str) -> None:
    assert ask(Refund, text).unwrap() == REFUND


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("[" + ",".join(["1234567"] * 6_500_000) + "]", True),
        ("x" * 50_000_000, False),
        ('"' + "x" * 50_000_000, False),
        ("so [1, " * 7_000_000, False),
        ("so [x] " * 7_000_000, False),
        ("```\n" * 12_000_000, False),
        ("<think></think>" * 400_000, False),
        (" " * 50_000_000, False),
    ],
    ids=["numbers", "prose", "a string", "brackets", "[x]", "fences", "reasoning", "blanks"],
)
def test_fifty_megabytes_have_their_outcome(text: str, fits: bool) -> None:
    began = time.monotonic()
    assert isinstance(ask(list[int], text), Accepted) is fits
    assert time.monotonic() - began < 60  # it is no measure: a square would take days


@pytest.mark.parametrize("returns", [list[int], dict[str, list[int]], list[int] | None, SCHEMA])
def test_a_million_things_that_do_not_fit_are_not_all_kept(returns: Any) -> None:
    for count in (100, 10_000, 300_000):
        text = "[" + ",".join(['"abcd"'] * count) + "]"
        message = said(ask(returns, f'{{"a": {text}}}' if "dict" in str(returns) else text))
        assert len(message) < 2_000
        assert "abcd" not in message


def test_a_schema_that_nothing_fits_abstains() -> None:
    schemas: list[dict[str, object]] = [{"not": {}}, {"type": "string", "enum": [1]}]
    for schema in (*schemas, {"allOf": [False]}):
        assert isinstance(ask(schema, "1"), Abstained)


def test_a_schema_may_refer_to_itself_where_there_is_an_end() -> None:
    tree = {
        "type": "object",
        "properties": {"inside": {"$ref": "#"}},
        "additionalProperties": False,
    }
    assert ask(tree, '{"inside": {"inside": {}}}').unwrap() == {"inside": {"inside": {}}}
    deep = '{"inside":' * 150 + "{}" + "}" * 150
    assert isinstance(ask(tree, deep), Accepted)
    assert "inside" in said(ask(tree, '{"inside": {"outside": {}}}'))


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)+$", "^(a|a)*$", "(.*a){25}$"])
def test_a_catastrophic_pattern_ends(pattern: str) -> None:
    outcome = ask({"type": "string", "pattern": pattern}, json.dumps("a" * 60 + "!"))
    assert isinstance(outcome, Abstained)


class Odd(BaseModel):
    name: str

    @field_validator("name")
    @classmethod
    def break_down(cls, name: str) -> str:
        problems: dict[str, BaseException] = {
            "key": KeyError(name),
            "memory": MemoryError(name),
            "recursion": RecursionError(name),
            "stop": StopIteration(name),
            "type": TypeError(name),
        }
        raise problems[name]


@pytest.mark.parametrize("name", ["key", "memory", "recursion", "stop", "type"])
def test_a_validator_that_breaks_is_no_pass(name: str) -> None:
    outcome = ask(Odd, json.dumps({"name": name}))
    assert "could not be read" in said(outcome)
    assert name not in said(outcome).lower().replace("error", "").replace(name.title(), "")[:15]


@given(st.text('{}[]":,\\ab1.e+-\n`<>think/ ', max_size=60))
def test_any_reply_has_an_outcome(reply: str) -> None:
    for returns in (Refund, SCHEMA, list[int], Literal["a", "b"]):
        assert isinstance(ask(returns, reply), Accepted | Abstained)


# -- repair


BROKEN = '{\'order\': 17, "amount": 39.5, "reason": "broken",}'


class TestRepair:
    def test_it_is_not_done_unasked(self) -> None:
        assert "no JSON" in said(ask(Refund, BROKEN))

    def test_what_was_changed_is_found(self) -> None:
        outcome = ask(Refund, BROKEN, repair=True)
        assert outcome.unwrap() == REFUND
        assert {finding.kind for finding in outcome.findings} == {"repaired"}
        assert {finding.where for finding in outcome.findings} == {"reply"}

    def test_it_is_in_the_record(self) -> None:
        events = ask(Refund, BROKEN, repair=True).record.events
        assert {e.action for e in events if e.finding and e.finding.kind == "repaired"} == {
            Action.FLAG
        }

    def test_what_was_changed_is_found_at_its_place(self) -> None:
        reply = f"<think>well</think>\nHere:\n```json\n{BROKEN}\n```\n"
        outcome = ask(Refund, reply, repair=True)
        assert outcome.unwrap() == REFUND
        (last,) = [f for f in outcome.findings if f.span and f.span.end >= reply.index(",}")][-1:]
        assert last.span is not None
        assert "," in reply[last.span.start : last.span.end]

    @pytest.mark.parametrize(
        ("verb", "kind"), [(block, Blocked), (escalate, Escalated), (flag, Accepted)]
    )
    def test_a_policy_says_what_it_means(self, verb: Any, kind: type) -> None:
        policy = Policy(validators=(verb(repaired()),))
        outcome = ask(Refund, BROKEN, policy=policy, repair=True)
        assert isinstance(outcome, kind)
        assert len(outcome.findings) == len(set(outcome.findings))

    def test_the_model_may_be_asked_again(self) -> None:
        policy = Policy(validators=(retry(repaired()),))
        assert ask(Refund, BROKEN, TEXT, policy=policy, repair=True) == Accepted(REFUND)

    def test_what_is_whole_has_no_finding(self) -> None:
        assert ask(Refund, TEXT, repair=True) == Accepted(REFUND)

    @pytest.mark.parametrize(
        "reply", ["", "I cannot do that.", "[Note] I cannot.", "Set {x} to 5.", '""', "{", "["]
    )
    def test_prose_never_becomes_a_value(self, reply: str) -> None:
        for returns in (Refund, dict[str, Any], list[Any], SCHEMA, {}):
            outcome = ask(returns, reply, repair=True)
            assert isinstance(outcome, Abstained) or reply == '""'

    @pytest.mark.parametrize("text", ['{"order": 1, "order": 2, "amount": 1}', '{"order": NaN}'])
    def test_what_is_refused_by_name_is_not_repaired(self, text: str) -> None:
        assert isinstance(ask(Refund, text, repair=True), Abstained)

    def test_what_does_not_fit_is_not_repaired(self) -> None:
        assert "order" in said(ask(Refund, '{"order": "x", "amount": 1}', repair=True))

    def test_text_is_not_repaired(self) -> None:
        with pytest.raises(PolicyError, match="repair=True mends JSON"):
            guard(Policy(), repair=True)  # type: ignore[call-overload]

    def test_rules_look_at_what_was_repaired(self) -> None:
        policy = Policy(output=(redact(matching("bro[a-z]+")),), budget=ONCE)
        outcome = ask(Refund, BROKEN, policy=policy, repair=True)
        assert outcome.unwrap().reason == "██████"


# -- beside the boundary


class Coded(BaseModel):
    code: str

    @field_validator("code")
    @classmethod
    def known(cls, code: str) -> str:
        raise ValueError(f"there is no {code[::-1]}")


@pytest.mark.parametrize("code", ["secret", r"\u0073ecret"])
def test_a_validator_does_not_tell_what_a_rule_redacts(code: str) -> None:
    policy = Policy(output=(redact(matching("[a-z]{6}")),), budget=ONCE)
    outcome = ask(Coded, f'{{"code": "{code}"}}', policy=policy)
    assert isinstance(outcome, Abstained)
    assert "terces" not in repr(outcome) + repr(outcome.record)


def test_a_value_that_was_restored_is_read_as_it_was() -> None:
    policy = Policy(input=(redact(matching("MARGARET"), restore=True),))

    @guard(policy, returns=Refund, repair=True)
    def call(prompt: str) -> str:
        return f"Here: {{'order': 1, 'amount': 2, 'reason': '{prompt}',}}"

    outcome = call("MARGARET")
    assert outcome.unwrap().reason == "MARGARET"
    assert {finding.kind for finding in outcome.findings} >= {"repaired"}
    assert "MARGARET" not in repr(outcome.record)
