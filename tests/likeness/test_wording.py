"""How like the wording of examples a text is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.likeness import Like, Wording, windows

BILLING = ("How do I pay my invoice?", "I was charged twice for the subscription.")
SHIPPING = ("Where is my parcel?", "The package has not arrived.")
BOTH = Wording({"billing": BILLING, "shipping": SHIPPING})


def like(text: str, wording: Wording = BOTH) -> Like:
    [found] = wording.likenesses([text])
    return found


@pytest.mark.parametrize("text", BILLING)
def test_an_example_is_wholly_like_itself(text: str) -> None:
    assert like(text).topic == "billing"
    assert like(text).similarity == pytest.approx(1.0)
    assert like(text.upper()).similarity == pytest.approx(1.0)


def test_a_text_of_other_words_is_not_like_it_at_all() -> None:
    assert like("Dragons breathe fire") == Like("", 0.0)


def test_words_that_any_text_has_weigh_next_to_nothing() -> None:
    assert 0.0 < like("How do I write my poem about lonely dragons?").similarity < 0.1


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Can I pay an invoice by card?", "billing"),
        ("the invoices were paid", "billing"),
        ("paying twice", "billing"),
        ("My parcels!", "shipping"),
        ("when will a packages arrive", "shipping"),
    ],
)
def test_forms_of_a_word_are_like_it(text: str, topic: str) -> None:
    assert like(text).topic == topic
    assert like(text).similarity > 0.2


def test_more_in_common_is_more_alike() -> None:
    texts = ("a lonely invoice of dragons", "pay a lonely invoice", "how do I pay my invoice")
    some = [like(text).similarity for text in texts]
    assert some == sorted(some)
    assert len(set(some)) == 3


@pytest.mark.parametrize(
    ("example", "near", "far"),
    [
        ("请问发票怎么开？", "我要开发票", "今天天气很好"),
        ("請求書を送ってください", "請求書はどこですか", "犬が好きです"),
        ("ฉันจะจ่ายใบแจ้งหนี้อย่างไร", "ใบแจ้งหนี้อยู่ที่ไหน", "แมวสีดำ"),
        ("Как оплатить счёт?", "Оплата счёта картой", "Погода сегодня хорошая"),
        ("كيف أدفع الفاتورة؟", "أين الفاتورة", "الطقس جميل اليوم"),
        ("मैं बिल का भुगतान कैसे करूँ?", "बिल कहाँ है", "मौसम अच्छा"),
        ("Wie bezahle ich meine Rechnung?", "Die Rechnungen stimmen nicht", "Das Wetter heute"),
    ],
)
def test_it_works_in_many_scripts(example: str, near: str, far: str) -> None:
    wording = Wording({"": [example]})
    assert like(near, wording).similarity > 0.15 > like(far, wording).similarity


def test_every_sentence_of_an_example_is_one() -> None:
    wording = Wording({"": ["Thank you! How do I pay my invoice? I was charged twice."]})
    assert like("I was charged twice.", wording).similarity == pytest.approx(1.0)


def test_examples_of_one_topic_do_not_make_another_less_like() -> None:
    assert like("pay my invoice", Wording({"billing": BILLING})) == like("pay my invoice")


@given(st.text() | st.text("invoce pay.发票\ud800", max_size=300))
def test_a_similarity_is_between_0_and_1(text: str) -> None:
    assert 0.0 <= like(text).similarity <= 1.0


@given(st.text().filter(lambda text: len([*windows(text)]) == 1))
def test_any_text_is_like_itself(text: str) -> None:
    [(start, end)] = windows(text)
    assert like(text[start:end], Wording({"": [text]})).similarity == pytest.approx(1.0)
