"""What somebody says who declines."""

from __future__ import annotations

import pytest
from benchmarks.saying_texts import ANSWERS, ROUNDS

from guardrails_lib.saying.refusal_phrases import CUES, REFUSALS
from guardrails_lib.saying.refusals import _phrases, refusal

WRITTEN = [
    (language, text) for texts in ROUNDS for language, some in texts.items() for text in some
]


def test_each_language_that_has_phrases_has_cues() -> None:
    assert set(CUES) == set(REFUSALS)


@pytest.mark.parametrize("language", REFUSALS)
def test_where_a_phrase_is_there_is_a_cue(language: str) -> None:
    for text in [*(text for _, text in WRITTEN), *ANSWERS]:
        plain = text.replace("\u2019", "'")
        for phrase, _ in _phrases()[language]:
            for match in phrase.finditer(plain):
                assert any(cue in match[0].lower() for cue in CUES[language]), match[0]


def test_most_of_the_refusals_that_were_written_are_found() -> None:
    """Measured: 207 of 218; each round was lower when it was new."""
    found = sum((refusal(text) or (None, 0.0))[1] >= 0.5 for _, text in WRITTEN)
    assert found >= 0.9 * len(WRITTEN)


def test_no_answer_that_was_written_is_a_refusal() -> None:
    assert [text for text in ANSWERS if (refusal(text) or (None, 0.0))[1] >= 0.5] == []
