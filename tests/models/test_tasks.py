"""The list in ``{"tasks": [...]}``, while it arrives."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.models.tasks import Tasks

VALUES = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def taken(text: str, size: int) -> tuple[str, str]:
    tasks = Tasks()
    pieces = [tasks(text[at : at + size]) for at in range(0, len(text), size)]
    return "".join(pieces), tasks.rest()


@given(st.lists(VALUES, max_size=4), st.integers(1, 9), st.booleans(), st.sampled_from([None, 1]))
def test_the_list_comes_out_whole(
    values: list[object], size: int, ascii_: bool, indent: int | None
) -> None:
    text = json.dumps({"tasks": values}, ensure_ascii=ascii_, indent=indent)
    before, after = "Here: ```json\n", "\n```\n[more]"
    out, rest = taken(before + text + after, size)
    assert out == text[text.index("[") : text.rindex("]") + 1]
    assert rest == ""


@given(st.text(alphabet='{}[]"\\tasks: ,1'), st.integers(1, 5))
def test_how_it_is_cut_changes_nothing(text: str, size: int) -> None:
    for whole in (text, '{"tasks": [' + text):
        assert taken(whole, size) == taken(whole, len(whole) or 1)


def test_what_holds_no_list_is_given_in_the_end() -> None:
    assert taken("I cannot do that.", 4) == ("", "I cannot do that.")


def test_a_list_that_is_cut_off_is_given_as_far_as_it_goes() -> None:
    assert taken('{"tasks": [{"a": 1}, {"b', 3) == ('[{"a": 1}, {"b', "")


def test_many_pieces_without_a_list_take_little_time() -> None:
    """Each is looked at once, however much has come before."""
    tasks = Tasks()
    for _ in range(50_000):
        tasks("{ no list ")
    assert len(tasks.rest()) == 500_000
