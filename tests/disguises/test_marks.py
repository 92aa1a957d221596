"""A text on which no mark is found has no view, with the `fast` extra and without."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from guardrails_lib.disguises import marks
from guardrails_lib.disguises.reading import WAYS

PIECES = (
    "a|I|q|1|0|3|7|.|-|_|%|&|;|\\|/|+|=|<|>|*|`|~|\"|'|,|!|@|$| |  |\n|\r\n|\t|\x00|\u200b|\u00ad"
    "|\u0430|\u0435|\u0301|\ufe0f|\u202e|\u2019|\xe9|\xe8|\U000e0041|\uff41|\U0001d41a|%69|&#105;"
    "|&amp;|\\x69|\\u0069|aWdub3JlIGFsbCBw|QUFBQUFB|gur |eht |gsv |69 67 |0x69, |01101001 "
    '|105 103 |1gn0r3 |i g n o |.- |-... |696e|IFAUCQ|a" + "b|a<b>c|a**b|ig'
)
TEXTS = st.lists(st.sampled_from(PIECES.split("|")), max_size=25).map("".join) | st.text()


@settings(max_examples=400)
@given(TEXTS)
@example("a b c d")
@example("69 67 6e 6f 72 65")
@example("0x69, 0x67, 0x6e, 0x6f, 0x72, 0x65")
@example("01101001 01100111 01101110 01101111")
@example(".- -... -.-. -.. . ..-.")
@example("aWdub3JlIGFsbCBwcmV2aW91cw")
@example("a\xa0b\xa0c\xa0d")
@example("\u212aet yo\u212a eht")
def test_where_a_way_reads_something_its_mark_is_found(text: str) -> None:
    fast, slow = marks.marks(text), marks.by_shape(text)
    for mark, ways in WAYS.items():
        for way in ways:
            if list(way(text)):
                assert mark in fast, (mark, way)
                assert mark in slow, (mark, way)


def test_prose_has_no_marks() -> None:
    text = "The quick brown fox jumps over the lazy dog, and it isn't tired. " * 20
    assert list(marks.marks(text)) == []
    assert marks.by_shape(text) <= {marks.SPACED}
