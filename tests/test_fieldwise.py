"""Asking again: what the model is told, and for which parts of its answer it is asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from enum import Enum
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from guardrails_lib import (
    Abstained,
    Accepted,
    Action,
    Blocked,
    Budget,
    Escalated,
    Finding,
    Outcome,
    Policy,
    PolicyError,
    Reply,
    Request,
    block,
    check,
    escalate,
    flag,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import containing, matching, unreadable
from guardrails_lib.testing import ScriptedModel


class Line(BaseModel):
    sku: str
    price: float = Field(gt=0)


class Order(BaseModel):
    id: int
    note: str = ""
    lines: list[Line] = []


GOOD = {"id": 17, "note": "so", "lines": [{"sku": "a", "price": 1.5}, {"sku": "b", "price": 2.0}]}
ORDER = Order.model_validate(GOOD)
FIELDWISE = Policy(validators=(retry(unreadable(), fieldwise=True),), budget=Budget(attempts=3))


def without(*path: str | int, value: object) -> str:
    """The good order, with another value at one place."""
    tree = json.loads(json.dumps(GOOD))
    inside = tree
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    return json.dumps(tree)


def ask(policy: Policy, *turns: Any, returns: Any = Order) -> tuple[Outcome[Any], list[str]]:
    model = ScriptedModel(*turns)

    @guard(policy, returns=returns)
    def call(prompt: str) -> Reply[Any]:
        return model(prompt)

    outcome = call("An order, please.")
    return outcome, [str(each) for each in model.sent]


class TestParts:
    def test_only_what_does_not_fit_is_asked_for(self) -> None:
        outcome, sent = ask(
            FIELDWISE, without("lines", 1, "price", value=-2), '{"lines[1].price": 2.0}'
        )
        assert outcome.unwrap() == ORDER
        assert 'these parts alone, as one JSON object with the keys "lines[1].price"' in sent[1]

    def test_several_parts_are_asked_for_at_once(self) -> None:
        tree = json.loads(without("id", value="x"))
        del tree["lines"][0]["sku"]
        outcome, sent = ask(FIELDWISE, json.dumps(tree), '{"id": 17, "lines[0].sku": "a"}')
        assert outcome.unwrap() == ORDER
        assert '"id", "lines[0].sku"' in sent[1]

    def test_the_parts_may_come_one_after_the_other(self) -> None:
        tree = json.loads(without("id", value="x"))
        tree["note"] = 5
        outcome, sent = ask(FIELDWISE, json.dumps(tree), '{"note": "so"}', '{"id": 17}')
        assert outcome.unwrap() == ORDER
        assert '"note"' not in sent[2].rpartition("the keys")[2]

    def test_the_whole_may_come_all_the_same(self) -> None:
        outcome, _ = ask(FIELDWISE, without("id", value="x"), json.dumps(GOOD))
        assert outcome.unwrap() == ORDER

    def test_a_part_that_does_not_fit_either_is_asked_for_once_more(self) -> None:
        outcome, _ = ask(FIELDWISE, without("id", value="x"), '{"id": "y"}', '{"id": 17}')
        assert outcome.unwrap() == ORDER

    def test_with_a_key_that_was_not_asked_for_it_is_a_whole_answer(self) -> None:
        outcome, _ = ask(FIELDWISE, without("id", value="x"), '{"id": 18, "note": "!"}')
        assert outcome.unwrap() == Order(id=18, note="!")

    def test_prose_around_a_part_is_no_matter(self) -> None:
        outcome, _ = ask(FIELDWISE, without("id", value="x"), 'Sorry:\n```json\n{"id": 17}\n```')
        assert outcome.unwrap() == ORDER

    def test_a_dict_in_place_of_text_is_a_part_too(self) -> None:
        outcome, _ = ask(FIELDWISE, without("id", value="x"), Reply(value={"id": 17}))
        assert outcome.unwrap() == ORDER

    def test_what_is_put_in_is_validated_whole(self) -> None:
        outcome, _ = ask(FIELDWISE, without("lines", 0, value=3), '{"lines[0]": {"sku": 5}}', "no")
        assert isinstance(outcome, Abstained)

    def test_output_rules_see_the_whole_answer(self) -> None:
        policy = FIELDWISE + Policy(output=(block(containing("so")),))
        tree = json.loads(without("id", value="x"))
        tree["note"] = "s"
        outcome, _ = ask(policy, json.dumps(tree | {"note": "s"}), '{"id": 17}')
        assert isinstance(outcome, Accepted)
        outcome, _ = ask(policy, without("id", value="x"), '{"id": 17}')
        assert isinstance(outcome, Blocked)

    def test_without_the_rule_the_whole_is_asked_for(self) -> None:
        _, sent = ask(Policy(), without("id", value="x"), json.dumps(GOOD))
        assert sent[1].endswith("Answer again, and mend this.")

    def test_no_json_is_asked_for_whole(self) -> None:
        _, sent = ask(FIELDWISE, "no", json.dumps(GOOD))
        assert sent[1].endswith("Answer again, and mend this.")

    @pytest.mark.parametrize("reply", ['{"id": 1, "id": 2}', "<think>so", '{"id": NaN}', "[" * 999])
    def test_what_is_refused_by_name_is_asked_for_whole(self, reply: str) -> None:
        outcome, sent = ask(FIELDWISE, reply, json.dumps(GOOD))
        assert sent[1].endswith("Answer again, and mend this.")
        assert outcome.unwrap() == ORDER

    @pytest.mark.parametrize("part", ['{"id": 1, "id": 2}', "<think>so", "", "[" * 999])
    def test_parts_that_are_refused_by_name_are_asked_for_again(self, part: str) -> None:
        outcome, _ = ask(FIELDWISE, without("id", value="x"), part, json.dumps(GOOD))
        assert outcome.unwrap() == ORDER

    def test_many_parts_are_asked_for_whole(self) -> None:
        lines = [{"sku": n, "price": 1} for n in range(30)]
        _, sent = ask(FIELDWISE, without("lines", value=lines), json.dumps(GOOD))
        assert sent[1].endswith("Answer again, and mend this.")


@check
def dear(order: Order, *, limit: float) -> Iterator[Finding]:
    """A line that costs more than it may."""
    for place, line in enumerate(order.lines):
        if line.price > limit:
            yield Finding(
                f"lines[{place}].price: more than {limit:g}", where=f"lines[{place}].price"
            )


@check
def odd(order: Order) -> Iterator[Finding]:
    """An order with an odd number; it does not say where."""
    if order.id % 2:
        yield Finding("an odd number")


class TestValidators:
    def test_a_check_over_the_answer_says_which_part(self) -> None:
        policy = Policy(validators=(retry(dear(limit=1.8), fieldwise=True),))
        outcome, sent = ask(policy, json.dumps(GOOD), '{"lines[1].price": 1.0}')
        assert outcome.unwrap().lines[1].price == 1.0
        assert "lines[1].price: more than 1.8" in sent[1]

    def test_a_finding_without_a_place_asks_for_the_whole(self) -> None:
        policy = Policy(validators=(retry(odd(), fieldwise=True),))
        _, sent = ask(policy, json.dumps(GOOD), json.dumps(GOOD | {"id": 2}))
        assert sent[1].endswith("Answer again, and mend this.")

    def test_beside_another_finding_the_whole_is_asked_for(self) -> None:
        policy = Policy(validators=(retry(dear(limit=1.8), fieldwise=True), retry(odd())))
        outcome, sent = ask(policy, json.dumps(GOOD), json.dumps(GOOD | {"id": 2, "lines": []}))
        assert sent[1].endswith("Answer again, and mend this.")
        assert isinstance(outcome, Accepted)

    def test_attempts_spent_then_holds(self) -> None:
        rule = retry(dear(limit=1), fieldwise=True, then=Action.ESCALATE)
        outcome, _ = ask(Policy(validators=(rule,)), json.dumps(GOOD), '{"lines[1].price": 3}')
        assert isinstance(outcome, Escalated)

    def test_a_place_that_holds_what_was_redacted_is_not_told(self) -> None:
        @check
        def quoting(order: Order) -> Iterator[Finding]:
            """A check that takes a text for a place, which it should not."""
            if order.id == 17:
                yield Finding("something is missing", where="4711")

        policy = Policy(
            output=(redact(matching(r"\d{4}")),),
            validators=(retry(quoting(), fieldwise=True),),
        )
        model = ScriptedModel(json.dumps(GOOD | {"note": "4711"}), json.dumps(GOOD | {"id": 18}))
        outcome = guard(policy, returns=Order)(model)("An order, please.")
        assert isinstance(outcome, Accepted)
        assert "4711" not in str(model.sent)


class TestUnreadable:
    @pytest.mark.parametrize(
        ("rule", "kind"),
        [(block(unreadable()), Blocked), (escalate(unreadable()), Escalated)],
    )
    def test_a_rule_says_at_once_what_it_means(self, rule: Any, kind: type) -> None:
        outcome, sent = ask(Policy(validators=(rule,)), "no")
        assert isinstance(outcome, kind)
        assert len(sent) == 1

    def test_a_flag_leaves_it_to_the_policy(self) -> None:
        outcome, sent = ask(Policy(validators=(flag(unreadable()),)), "no", "no")
        assert isinstance(outcome, Abstained)
        assert len(sent) == 2

    def test_each_place_is_a_finding(self) -> None:
        rule = escalate(unreadable())
        outcome, _ = ask(Policy(validators=(rule,)), '{"id": "x", "note": 5}')
        assert [finding.where for finding in outcome.findings] == ["reply.id", "reply.note"]

    def test_a_shadow_is_told_too(self) -> None:
        shadow = Policy(validators=(block(unreadable()),))

        @guard(Policy(budget=Budget(attempts=1)), returns=Order, shadow=shadow)
        def call(prompt: str) -> str:
            return "no"

        (difference,) = call("?").record.differences
        assert (difference.stage, difference.shadow) == ("unreadable", Action.BLOCK)

    def test_without_a_type_there_is_nothing_to_read(self) -> None:
        with pytest.raises(PolicyError, match="looks at a typed answer"):
            guard(FIELDWISE)


def wrong_rules() -> list[Callable[[], object]]:
    return [
        lambda: retry(containing("x"), fieldwise=True),
        lambda: retry(matching("x"), fieldwise=True),
    ]


@pytest.mark.parametrize("make", wrong_rules())
def test_a_check_over_text_knows_no_parts(make: Callable[[], object]) -> None:
    with pytest.raises(PolicyError, match="parts of a typed answer"):
        make()


# -- in every form of call

FORMS: dict[str, Callable[[Policy, ScriptedModel], Outcome[Order]]] = {}


def form(run: Callable[[Policy, ScriptedModel], Outcome[Order]]) -> None:
    FORMS[run.__name__] = run


@form
def function(policy: Policy, model: ScriptedModel) -> Outcome[Order]:
    return guard(policy, returns=Order)(model)("An order, please.")


@form
def coroutine(policy: Policy, model: ScriptedModel) -> Outcome[Order]:
    @guard(policy, returns=Order)
    async def call(prompt: str) -> Reply[Any]:
        return await model.acall(prompt)

    return asyncio.run(call("An order, please."))


@form
def stream(policy: Policy, model: ScriptedModel) -> Outcome[Order]:
    @guard(policy, returns=Order)
    def call(prompt: str) -> Iterator[str | Reply[Any]]:
        yield from model.stream(prompt)

    with call("An order, please.") as texts:
        assert "".join(texts)
        return texts.outcome


@form
def async_stream(policy: Policy, model: ScriptedModel) -> Outcome[Order]:
    @guard(policy, returns=Order)
    async def call(prompt: str) -> AsyncIterator[str | Reply[Any]]:
        async for piece in model.astream(prompt):
            yield piece

    async def run() -> Outcome[Order]:
        texts = call("An order, please.")
        assert "".join([text async for text in texts])
        return texts.outcome

    return asyncio.run(run())


@pytest.mark.parametrize("name", FORMS)
def test_parts_are_asked_for_in_every_form_of_call(name: str) -> None:
    model = ScriptedModel([*without("id", value="x")], [*'{"id": 17}'])
    assert FORMS[name](FIELDWISE, model).unwrap() == ORDER


# -- what the model is told

CODES = {f"C{n}": f"code-{n}" for n in range(500)}
Code: Any = Enum("Code", CODES)  # type: ignore[misc]  # mypy wants to read the names


class Coded(BaseModel):
    code: Code
    kind: Literal["a", "b"] = "a"


def feedback(sent: list[str]) -> str:
    return sent[1].partition("That reply was not accepted:")[2]


class TestFeedback:
    def test_it_names_the_path_what_was_found_and_what_is_allowed(self) -> None:
        _, sent = ask(
            Policy(), '{"code": "code-1", "kind": 5}', '{"code": "code-1"}', returns=Coded
        )
        assert "kind: Input should be 'a' or 'b' (found a number)" in feedback(sent)

    def test_it_is_short_however_large_the_schema(self) -> None:
        _, sent = ask(Policy(), '{"code": "x"}', '{"code": "code-1"}', returns=Coded)
        assert len(feedback(sent)) < 500
        assert "code-1'" in feedback(sent)

    def test_it_is_a_few_lines_however_much_is_wrong(self) -> None:
        lines = [{"sku": n, "price": -1} for n in range(500)]
        for policy in (Policy(), FIELDWISE):
            _, sent = ask(policy, without("lines", value=lines), json.dumps(GOOD))
            assert len(feedback(sent).splitlines()) <= 12
            assert len(feedback(sent)) < 2_500

    def test_it_never_repeats_what_a_rule_redacted(self) -> None:
        policy = FIELDWISE + Policy(output=(redact(matching(r"\d{4}")),))
        _, sent = ask(policy, without("id", value="code 4711"), '{"id": 17}')
        assert "4711" not in sent[1]

    def test_the_history_does_not_grow(self) -> None:
        policy = Policy(budget=Budget(attempts=9))
        _, sent = ask(policy, *["not at all"] * 9)
        assert len({len(prompt) for prompt in sent[1:]}) == 1

    def test_a_long_reply_is_not_sent_back_whole(self) -> None:
        _, sent = ask(Policy(), "x" * 1_000_000, json.dumps(GOOD))
        assert len(sent[1]) < 40_000


@given(
    st.lists(
        st.sampled_from(["id", "note", "lines[0].sku", "lines[1].price"]), min_size=1, unique=True
    )
)
def test_whatever_parts_are_wrong_the_answer_is_as_if_it_had_been_right(wrong: list[str]) -> None:
    tree, parts = json.loads(json.dumps(GOOD)), {}
    for place in wrong:
        *before, last = [
            int(s) if s.isdigit() else s
            for s in place.replace("]", "").replace("[", ".").split(".")
        ]
        inside: Any = tree
        for step in before:
            inside = inside[step]
        parts[place], inside[last] = inside[last], ["wrong"]
    outcome, _ = ask(FIELDWISE, json.dumps(tree), json.dumps(parts))
    assert outcome.unwrap() == ORDER


def test_parts_are_asked_for_by_a_json_schema_too() -> None:
    schema = {
        "type": "object",
        "properties": {"id": {"type": "integer"}, "note": {"type": "string"}},
        "required": ["id"],
    }
    outcome, sent = ask(FIELDWISE, '{"id": "x", "note": "so"}', '{"id": 17}', returns=schema)
    assert outcome.unwrap() == {"id": 17, "note": "so"}
    assert '"id"' in sent[1]


def test_what_is_missing_is_a_part_by_a_json_schema_too() -> None:
    schema = {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]}
    outcome, sent = ask(FIELDWISE, '{"note": "so"}', '{"id": 17}', returns=schema)
    assert outcome.unwrap() == {"note": "so", "id": 17}
    assert "id: it is missing, and required; allowed: integer" in sent[1]


def test_a_request_is_asked_as_messages() -> None:
    asked: list[Request] = []

    @guard(FIELDWISE, returns=Order)
    def call(request: Request) -> str:
        asked.append(request)
        return without("id", value="x") if len(asked) == 1 else '{"id": 17}'

    assert call(Request("An order, please.")).unwrap() == ORDER
    assert [message.role for message in asked[1].messages] == ["user", "assistant", "user"]
