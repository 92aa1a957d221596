"""In which language something is said."""

from __future__ import annotations

import gzip
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import Message, Policy, PolicyError, Reply, Request, guard, redact
from guardrails_lib.checks.language import off_language, switched_language

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"

GERMAN = "Ihr Paket ist unterwegs und wird Ihnen morgen bis zum Mittag zugestellt."
ENGLISH = "Your parcel is on its way and will be delivered to you by noon tomorrow."
FRENCH = "Votre colis est en route et vous sera livré demain avant midi."
RUSSIAN = "Ваша посылка уже в пути и будет доставлена завтра до полудня."
CHINESE = "您的包裹正在路上，明天中午之前会送到您手中。"


@pytest.mark.parametrize(
    ("expect", "text"), [("de", GERMAN), ("en", ENGLISH), ("fr", FRENCH), ("zh", CHINESE)]
)
def test_a_text_in_the_expected_language_is_fine(expect: str, text: str) -> None:
    assert not list(off_language(expect=expect)(text))


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, RUSSIAN, CHINESE])
def test_a_text_in_another_language_is_found(text: str) -> None:
    [found] = off_language(expect="de")(text)
    assert (found.kind, found.span) == ("off_language", (0, len(text)))
    assert 0.5 <= found.score <= 1


def test_several_languages_may_be_expected() -> None:
    both = off_language(expect=("de", "fr"))
    assert not list(both(f"{GERMAN}\n{FRENCH}"))
    assert list(both(ENGLISH))


def test_a_passage_in_another_language_is_found_where_it_is() -> None:
    text = f"{GERMAN}\n\n{ENGLISH}"
    [found] = off_language(expect="de")(text)
    assert found.span
    assert text[slice(*found.span)] == ENGLISH


def test_a_few_letters_of_another_script_are_enough() -> None:
    assert list(off_language(expect="en")(f"{ENGLISH} 明天送到您手中。"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OK",
        "Guten Tag!",
        "Johann Sebastian Bach",
        "```python\nfor each in the_list_of_all_things:\n    print('it is not so')\n```",
        "https://example.com/this/is/the/way/to/the/page/that/you/want",
        "`the name of the variable that you have to change before it will work`",
    ],
)
def test_what_is_short_or_no_prose_is_in_no_language(text: str) -> None:
    assert not list(off_language(expect="it")(text))


def test_how_many_letters_tell_is_a_parameter() -> None:
    text = "Where is the parcel that I sent?"
    assert list(off_language(expect="de")(text))
    assert not list(off_language(expect="de", least=40)(text))


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, comment allez-vous aujourd'hui ?",
        "Ihre Bestellung ist unterwegs.",
        "No tengo esa información.",
        "Dziękuję bardzo, to już wszystko.",
        "かしこまりました。",
    ],
)
def test_a_short_sentence_is_told(text: str) -> None:
    assert list(off_language(expect="en")(text))


def test_passages_one_after_the_other_are_one_finding() -> None:
    [found] = off_language(expect="en")(f"{GERMAN} {GERMAN}\n\n{GERMAN}")
    assert found.span == (0, 3 * len(GERMAN) + 3)


def test_a_language_has_several_codes() -> None:
    assert off_language(expect="pt-BR") == off_language(expect=("pt",))
    assert off_language(expect="zh_Hans") == off_language(expect="zh")
    assert off_language(expect="nb") == off_language(expect="no")


@pytest.mark.parametrize(
    "write",
    [
        lambda: off_language(expect=()),
        lambda: off_language(expect="tlh"),
        lambda: off_language(expect="german"),
        lambda: off_language(expect=7),  # type: ignore[arg-type]  # the mistake that is tested
        lambda: off_language(expect=(7,)),  # type: ignore[arg-type]  # the mistake that is tested
        lambda: off_language(expect="de", least=0),
        lambda: off_language(expect="de", least=True),
        lambda: switched_language(least=0),
    ],
)
def test_a_policy_that_cannot_be_meant_says_so(write: Callable[[], object]) -> None:
    with pytest.raises(PolicyError):
        write()


def test_a_passage_can_be_redacted() -> None:
    @guard(Policy(output=(redact(off_language(expect="de")),)))
    def answer(prompt: str) -> str:
        return prompt

    assert answer(f"{GERMAN}\n{ENGLISH}").unwrap() == f"{GERMAN}\n{'█' * len(ENGLISH)}"


def asked(reply: str, *texts: str) -> list[str]:
    request = Request([Message("system", ENGLISH), *(Message("user", each) for each in texts)])
    return [each.kind for each in switched_language()(Reply(reply, request=request))]


def test_a_reply_is_in_the_language_of_the_last_question() -> None:
    assert not asked(GERMAN, ENGLISH, GERMAN)
    assert asked(GERMAN, GERMAN, ENGLISH) == ["off_language"]


def test_a_short_question_is_read_with_the_one_before() -> None:
    assert asked(ENGLISH, GERMAN, "Ja, bitte.") == ["off_language"]
    assert not asked(GERMAN, GERMAN, "Ja, bitte.")


def test_where_no_question_tells_nothing_is_found() -> None:
    assert not asked(GERMAN, "OK?")
    assert not asked(GERMAN)


def test_without_a_request_nobody_can_tell() -> None:
    assert [each.kind for each in switched_language()(Reply(GERMAN))] == ["error"]


@given(st.text() | st.text("dertheу的 .\n`\ud800", max_size=400))
def test_a_finding_is_a_part_of_the_text(text: str) -> None:
    for each in off_language(expect="de", least=5)(text):
        assert each.span
        assert 0 <= each.span.start < each.span.end <= len(text)


@pytest.mark.parametrize(
    "unit", ["a", "the ", "the. ", "``", "`a", "<a", "a@", "://", "发票", "\ud800", "\0", "=", "\n"]
)
def test_a_long_text_of_anything_is_read_in_time(unit: str) -> None:
    list(off_language(expect="de")(unit * (10_000_000 // len(unit))))


@pytest.mark.skipif(not DATA.exists(), reason="the data lie beside the repository")
def test_honest_answers_in_english_are_in_english() -> None:
    """Measured: 5 of 500, of which one is in Lojban, and the others list names."""
    check, found = off_language(expect="en"), 0
    with gzip.open(DATA / "benign_llm_outputs_dev" / "outputs.jsonl.gz", "rt") as lines:
        for line in lines:
            found += any(True for _ in check(json.loads(line)["text"]))
    assert found <= 8


def test_a_check_is_a_value() -> None:
    check = off_language(expect=("de", "en"))
    assert pickle.loads(pickle.dumps(check)) == check
    assert repr(check) == "off_language(expect=('de', 'en'))"
