"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.saying.languages import LANGUAGES, language, letters, likely

SENTENCES = {
    "en": "The meeting starts at nine, and you should bring the papers that we sent you.",
    "de": "Die Besprechung beginnt um neun, und Sie sollten die Unterlagen mitbringen.",
    "fr": "La réunion commence à neuf heures et vous devez apporter les documents.",
    "es": "La reunión empieza a las nueve y usted debe traer los documentos.",
    "it": "La riunione comincia alle nove e dovete portare i documenti che abbiamo mandato.",
    "pt": "A reunião começa às nove e vocês devem trazer os documentos que enviamos.",
    "nl": "De vergadering begint om negen uur en u moet de papieren meenemen.",
    "pl": "Spotkanie zaczyna się o dziewiątej i proszę przynieść ze sobą dokumenty.",
    "ja": "会議は九時に始まりますので、お送りした書類をお持ちください。",
    "zh": "会议九点开始，请带上我们寄给您的文件，并准时到达会议室。",
    "ru": "Собрание начинается в девять, и вам нужно взять с собой документы.",
    "uk": "Збори починаються о дев'ятій, і вам потрібно взяти з собою документи.",
    "ko": "회의는 아홉 시에 시작하니 보내 드린 서류를 가져오세요.",
    "el": "Η συνάντηση αρχίζει στις εννέα και πρέπει να φέρετε τα έγγραφα.",
    "ar": "يبدأ الاجتماع في الساعة التاسعة ويجب أن تحضر الوثائق معك.",
    "fa": "جلسه ساعت نه شروع می‌شود و باید مدارک را با خود بیاورید، گرچه دیر است.",
    "tr": "Toplantı dokuzda başlıyor ve size gönderdiğimiz belgeleri getirmeniz gerekiyor.",
    "sv": "Mötet börjar klockan nio och du måste ta med dig de papper som vi har skickat.",
    "cs": "Schůzka začíná v devět a měli byste si vzít dokumenty, které jsme vám poslali.",
}


@pytest.mark.parametrize(("code", "text"), SENTENCES.items())
def test_a_sentence_is_in_its_language(code: str, text: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize("text", ["", " ", "123 456", "!?", "\ud800", "\0"])
def test_what_has_no_letters_is_in_no_language(text: str) -> None:
    assert language(text) is None


def test_letters_that_are_written_in_two_characters_are_read_as_one() -> None:
    decomposed = "Für größere Mengen wa\u0308re das scho\u0308n, mu\u0308sste aber fru\u0308h sein"
    assert language(decomposed) == "de"


def test_capitals_change_nothing() -> None:
    assert language(SENTENCES["de"].upper()) == "de"


def test_a_letter_of_a_dense_script_says_more() -> None:
    assert letters("会议") == {"han": 8}


def test_a_few_han_characters_may_be_japanese() -> None:
    assert set(likely("東京都千代田区")) == {"zh", "ja"}


@given(st.text())
def test_a_likelihood_is_positive_and_of_a_known_language(text: str) -> None:
    for code, score in likely(text).items():
        assert code in LANGUAGES
        assert score > 0


@pytest.mark.parametrize("unit", ["a", "é", "的", "\u0301", "de ", "ы", "\ud800"])
def test_a_long_text_of_anything_is_read_in_part(unit: str) -> None:
    assert language(unit * 1_000_000) in {*LANGUAGES, None}
