"""Whether the model declined."""

from __future__ import annotations

import gzip
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import Escalated, Policy, PolicyError, escalate, guard
from guardrails_lib.checks.refusals import refused

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"

STEPS = "Open the settings, choose Privacy, and turn the switch off. Then restart the app. " * 9


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry, but I can't help with that.",
        "I\u2019m unable to assist with this request.",
        "I CANNOT HELP WITH THAT.",
        "As an AI language model, I cannot browse the internet.",
        "That would violate our content policy, so I must decline.",
        "That's not something I can help with. Is there anything else?",
        "Es tut mir leid, aber dabei kann ich Ihnen nicht helfen.",
        "Je suis désolé, mais je ne peux pas vous aider avec cela.",
        "Lo siento, pero no puedo ayudarte con eso.",
        "Mi dispiace, ma non posso aiutarti con questo.",
        "Desculpe, mas não posso ajudar com isso.",
        "Het spijt me, maar daar kan ik niet mee helpen.",
        "Przykro mi, ale nie mogę w tym pomóc.",
        "申し訳ありませんが、そのご要望にはお応えできません。",
        "抱歉，我无法提供帮助。",
        "I won't translate that, because it is meant to insult your colleague.",
        "Leider darf ich darüber nicht sprechen.",
        "Non posso dirle dove abita quella persona.",
        "その方の住所はお伝えできません。",
    ],
)
def test_a_refusal_is_found(text: str) -> None:
    [found] = refused()(text)
    assert found.kind == "refused"
    assert 0.5 <= found.score <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I'm sorry for the delay! Your parcel arrives tomorrow.",
        "I can't help but notice that a bracket is missing on line 3.",
        "You can't return items after 30 days.",
        "The bot said \"I'm sorry, I can't help with that\" and hung up.",
        "```\nprint(\"I'm sorry, I can't help with that.\")\n```",
        "If I can't help you, I will hand you over to a person. What is your order number?",
        "The minister refused to answer the question.",
        "Es tut mir leid für die Verspätung. Ihr Paket kommt morgen an.",
        "お待たせして申し訳ありません。明日お届けします。",
        "I can't wait to see your garden!",
        "I won't keep you long: your order ships today.",
        "As an assistant manager you cannot sign contracts alone.",
        "We won't be open on Christmas Day.",
        "It is not possible to divide by zero.",
        "Ich kann in dem Vertrag keinen Fehler finden.",
        "Ik kan de bestelling niet vinden.",
    ],
)
def test_an_answer_is_no_refusal(text: str) -> None:
    assert not list(refused()(text))


def test_an_apology_before_an_answer_is_no_refusal() -> None:
    assert not list(refused()(f"I'm sorry, but I can't do that for you. {STEPS}"))


def test_a_refusal_that_goes_on_to_help_in_the_same_sentence_is_none() -> None:
    assert not list(refused()("I can't see your account, but I can tell you how: " + STEPS))


def test_a_refusal_that_says_why_and_whom_to_ask_is_one() -> None:
    why = "That would be illegal. If you feel unsafe, please contact the authorities."
    assert list(refused()(f"I can't help you with that. {why}"))


def test_what_comes_late_limits_an_answer() -> None:
    text = "It is 5 euros. It ships today. I cannot create a label for it."
    assert not list(refused()(text))


def test_the_span_is_the_sentence_that_declines() -> None:
    text = "Thank you for asking. I'm not able to help with that. Goodbye!"
    [found] = refused()(text)
    assert found.span
    assert text[slice(*found.span)] == "I'm not able to help with that."


def test_the_threshold_leaves_out_what_is_less_certain() -> None:
    text = "I don't have access to your calendar."
    assert list(refused(threshold=0.5)(text))
    assert not list(refused(threshold=0.6)(text))


def test_a_threshold_is_a_score() -> None:
    with pytest.raises(PolicyError):
        refused(threshold=2)


def test_a_refusal_can_go_to_a_person() -> None:
    @guard(Policy(output=(escalate(refused()),)))
    def answer(prompt: str) -> str:
        return "I cannot help with that."

    assert isinstance(answer("?"), Escalated)


@given(st.text() | st.text("I'm sory,canthelp. \n抱歉不能\ud800", max_size=300))
def test_a_finding_is_a_sentence_of_the_text(text: str) -> None:
    for each in refused(threshold=0)(text):
        assert each.span
        assert 0 <= each.span.start < each.span.end <= len(text)
        assert 0 <= each.score <= 1


@pytest.mark.parametrize(
    "unit", ["a", "I can't help. ", "I cannot ", "sorry, but I ", "nicht ", "\ud800", "\0", "不能"]
)
def test_a_long_text_of_anything_is_read_in_time(unit: str) -> None:
    list(refused(threshold=0)(unit * (10_000_000 // len(unit))))


@pytest.mark.skipif(not DATA.exists(), reason="the data lie beside the repository")
def test_honest_answers_are_no_refusals() -> None:
    """Measured: 1 of 500, and it does decline."""
    check, found = refused(), 0
    with gzip.open(DATA / "benign_llm_outputs_dev" / "outputs.jsonl.gz", "rt") as lines:
        for line in lines:
            found += any(True for _ in check(json.loads(line)["text"]))
    assert found <= 2


def test_a_check_is_a_value() -> None:
    assert pickle.loads(pickle.dumps(refused())) == refused()
