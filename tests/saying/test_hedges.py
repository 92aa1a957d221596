"""Where a text says that it is not sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.saying.hedges import hedges


def confidences(text: str) -> list[float]:
    return [each.confidence for each in hedges(text)]


@pytest.mark.parametrize(
    "text",
    [
        "I'm not sure, but it is 5.",
        "I don\u2019t know.",
        "My best guess is 5.",
        "Ich bin mir nicht ganz sicher.",
        "Je ne suis pas tout à fait sûr.",
        "No estoy seguro.",
        "Non sono sicura.",
        "Não tenho certeza.",
        "Ik weet het niet.",
        "Nie jestem pewna.",
        "はっきりしません。",
        "我不太确定。",
    ],
)
def test_who_does_not_know_is_hardly_confident(text: str) -> None:
    assert confidences(text) == [0.2]


@pytest.mark.parametrize(
    "text",
    [
        "I think it is 5.",
        "It might be 5.",
        "As far as I know, it is 5.",
        "It is probably 5.",
        "Ich glaube, es sind fünf.",
        "Es sind wahrscheinlich fünf.",
        "Je pense que oui.",
        "Il est peut-être cinq heures.",
        "Creo que son cinco.",
        "Tal vez son cinco.",
        "Penso che siano cinque.",
        "Forse sono cinque.",
        "Acho que são cinco.",
        "Talvez sejam cinco.",
        "Ik denk dat het vijf is.",
        "Misschien is het vijf.",
        "Wydaje mi się, że pięć.",
        "Chyba pięć.",
        "五つだと思います。",
        "我觉得是五个。",
    ],
)
def test_who_believes_is_half_confident(text: str) -> None:
    assert confidences(text) == [0.4]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It is 5.",
        "You might want to restart the app.",
        "May I ask for your order number?",
        "You may return it within 30 days.",
        "Could you send me the invoice?",
        "`I think` is a comment.",
        "The switch is in the settings, at the top.",
        "Das Paket kommt am Montag.",
        "Könnten Sie mir die Rechnung schicken?",
        "La garantie dure cinq ans.",
        "保修期是五年。",
        "保証期間は五年です。",
    ],
)
def test_what_is_said_plainly_hedges_nothing(text: str) -> None:
    assert confidences(text) == []


def test_each_sentence_has_what_hedges_most() -> None:
    assert confidences("I think, but I'm not sure. It may be. It is.") == [0.2, 0.6]


@given(st.text() | st.text("I thinkmaybe. \n可能", max_size=200))
def test_a_hedge_is_a_part_of_the_text(text: str) -> None:
    for span, confidence in hedges(text):
        assert 0 <= span.start < span.end <= len(text)
        assert 0 < confidence < 1
