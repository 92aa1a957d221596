"""The strings inside nested data, and the same data with some of them replaced."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib._tree import keys, replaced, strings
from guardrails_lib._values import FrozenDict

KEYS = st.sampled_from(["a", "b", "to", "a.b", "[0]", "", "1", "x y", "a\u0301"])
LEAVES = st.none() | st.booleans() | st.integers() | st.text("ab.[]0", max_size=4)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=3)
        | st.dictionaries(KEYS, inner, max_size=3).map(FrozenDict)
    ),
    max_leaves=12,
)


def count(tree: Any) -> int:
    if isinstance(tree, str):
        return 1
    if isinstance(tree, dict):
        return sum(map(count, tree.values()))
    return sum(map(count, tree)) if isinstance(tree, list | tuple) else 0


@given(TREES)
def test_every_string_has_a_path_of_its_own(tree: object) -> None:
    """Two with one path would be taken for one."""
    paths = [path for path, _ in strings(tree)]
    assert len(set(paths)) == len(paths) == count(tree)


@given(TREES)
def test_replacing_nothing_changes_nothing(tree: object) -> None:
    same = replaced(tree, {})
    assert same == tree
    assert type(same) is type(tree)


@given(TREES)
def test_every_string_can_be_replaced(tree: object) -> None:
    new = {path: f"<{path}>" for path, _ in strings(tree)}
    assert dict(strings(replaced(tree, new))) == new


@given(TREES)
def test_replacing_a_string_by_itself_changes_nothing(tree: object) -> None:
    assert replaced(tree, dict(strings(tree))) == tree


@given(TREES, st.text(max_size=3))
def test_paths_may_have_a_beginning_in_common(tree: object, root: str) -> None:
    texts = dict(strings(tree, root))
    assert all(path.startswith(root) for path in texts)
    assert replaced(tree, texts, root) == tree


def test_a_string_alone_has_the_path_that_it_is_given() -> None:
    assert list(strings("a", "reply")) == [("reply", "a")]
    assert replaced("a", {"reply": "b"}, "reply") == "b"


def test_keys_are_not_among_the_strings() -> None:
    assert [text for _, text in strings({"key": "value"})] == ["value"]


def test_keys_are_found_however_deep_they_stand() -> None:
    assert list(keys({"to": [{"name": "a"}], 1: ({"x": "b"},)})) == ["to", "name", "x"]


@given(TREES)
def test_keys_and_strings_are_all_the_texts_of_a_tree(tree: object) -> None:
    texts = [*keys(tree), *(text for _, text in strings(tree))]
    assert sorted(texts) == sorted(every_text(tree))


def every_text(tree: Any) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    if isinstance(tree, dict):
        return [*tree, *(text for value in tree.values() for text in every_text(value))]
    inner = tree if isinstance(tree, list | tuple) else ()
    return [text for value in inner for text in every_text(value)]


@pytest.mark.parametrize(
    ("tree", "paths"),
    [
        ({"to": ["a", 1, "b"]}, [".to[0]", ".to[2]"]),
        ({"not a name": "a", "b": "b"}, ["[0]", ".b"]),
        ([["a"], ("b",)], ["[0][0]", "[1][0]"]),
        ({1: "a", None: "b"}, ["[0]", "[1]"]),
    ],
)
def test_a_path_is_written_as_in_code_and_a_strange_key_by_its_place(
    tree: object, paths: list[str]
) -> None:
    assert [path for path, _ in strings(tree)] == paths


@pytest.mark.parametrize("tree", [None, 1, 1.5, True, b"bytes", object(), range(2)])
def test_what_is_no_tree_is_left_as_it_is(tree: object) -> None:
    assert list(strings(tree)) == []
    assert replaced(tree, {"": "new"}) is tree


def test_what_was_given_is_not_changed() -> None:
    tree = {"to": ["a"]}
    replaced(tree, {".to[0]": "z"})
    assert tree == {"to": ["a"]}


def test_a_frozen_dict_stays_one() -> None:
    assert type(replaced(FrozenDict(a="b"), {".a": "c"})) is FrozenDict


class Point(NamedTuple):
    x: str
    y: int


def test_a_named_tuple_stays_one() -> None:
    assert replaced({"at": Point("a", 1)}, {".at[0]": "b"}) == {"at": Point("b", 1)}


def test_a_mapping_that_is_no_dict_can_be_read() -> None:
    tree = MappingProxyType({"a": "b"})
    assert list(strings(tree)) == [(".a", "b")]
    assert dict(replaced(tree, {".a": "c"})) == {"a": "c"}


@pytest.mark.parametrize("depth", [10, 400, 900])
def test_a_tree_may_be_as_deep_as_json_can_be(depth: int) -> None:
    tree = json.loads(depth * "[" + '"a"' + depth * "]")
    ((path, text),) = strings(tree)
    assert text == "a"
    assert list(strings(replaced(tree, {path: "b"}))) == [(path, "b")]
