"""The ways in which models break the JSON that they were asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from ..._schema import as_json
from ..hypotheses import st

__all__ = ["BREAKS", "NEEDED", "Break"]

Break: TypeAlias = "Callable[[st.DrawFn, Any], str | None]"
"""Makes a broken reply of a value that fits; None if it cannot be broken so. It may still be read:
whoever breaks it has to look."""

_MARK = "\ue000"
"""Stands in a string for what JSON could not say there."""
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"(\s*:)?|[{}\[\],]|[^"{}\[\],]+')


def _tokens(text: str) -> list[re.Match[str]]:
    return list(_TOKEN.finditer(text))


def _places(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Each part of *tree*, the whole first, with the way to it."""
    yield path, tree
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree if _is_list(tree) else ())
    for step, each in steps:
        yield from _places(each, (*path, step))


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _with(tree: Any, path: tuple[Any, ...], value: object) -> Any:
    """A copy of *tree* with *value* in that place."""
    if not path:
        return value
    step, *rest = path
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[step] = _with(tree[step], tuple(rest), value)
    return copy


def _one(draw: st.DrawFn, tree: Any, is_one: Callable[[Any], bool]) -> tuple[Any, Any] | None:
    """One of the parts of *tree* that are so, with the way to it."""
    found = [each for each in _places(tree) if is_one(each[1])]
    return draw(st.sampled_from(found)) if found else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _has_keys(value: object) -> bool:
    return isinstance(value, dict) and bool(value)


def _truncated(draw: st.DrawFn, tree: Any) -> str | None:
    text = as_json(tree)
    return text[: draw(st.integers(1, len(text) - 1))] if len(text) > 1 else None


def _fenced(draw: st.DrawFn, tree: Any) -> str | None:
    """The fence is closed within the value."""
    text = as_json(tree)
    if len(text) < 2:
        return None
    at = draw(st.integers(1, len(text) - 1))
    return f"```json\n{text[:at]}\n```\n{text[at:]}\n```"


def _wrong_type(draw: st.DrawFn, tree: Any) -> str | None:
    path, value = draw(st.sampled_from(list(_places(tree))))
    others = [each for each in _VALUES if type(each) is not type(value)]
    return as_json(_with(tree, path, draw(st.sampled_from(others))))


_VALUES: list[Any] = [None, "many", 17, 0.5, True, ["a"], {"a": 1}]


def _extra_keys(draw: st.DrawFn, tree: Any) -> str | None:
    found = _one(draw, tree, lambda value: isinstance(value, dict))
    if found is None:
        return None
    path, value = found
    new = [each for each in ("note", "confidence", "x") if each not in value]
    keys = draw(st.lists(st.sampled_from(new), min_size=1, unique=True)) if new else []
    return as_json(_with(tree, path, {**value, **dict.fromkeys(keys, "more")}))


def _missing_keys(draw: st.DrawFn, tree: Any) -> str | None:
    found = _one(draw, tree, _has_keys)
    if found is None:
        return None
    path, value = found
    gone = draw(st.sets(st.sampled_from(sorted(value)), min_size=1))
    return as_json(_with(tree, path, {key: value[key] for key in value if key not in gone}))


def _duplicate_keys(draw: st.DrawFn, tree: Any) -> str | None:
    found = _one(draw, tree, _has_keys)
    if found is None:
        return None
    path, value = found
    key = draw(st.sampled_from(list(value)))
    again = draw(st.sampled_from([value[key], None]))
    return as_json(_with(tree, path, {**value, f"{key}{_MARK}": again})).replace(_MARK, "")


def _no_number(*words: str) -> Break:
    def breaks(draw: st.DrawFn, tree: Any) -> str | None:
        found = _one(draw, tree, _is_number)
        if found is None:
            return None
        word = draw(st.sampled_from(words))
        return as_json(_with(tree, found[0], _MARK)).replace(f'"{_MARK}"', word)

    return breaks


def _instead(*texts: str) -> Break:
    def breaks(draw: st.DrawFn, tree: Any) -> str | None:
        return draw(st.sampled_from(texts))

    return breaks


def _around(*forms: str) -> Break:
    def breaks(draw: st.DrawFn, tree: Any) -> str | None:
        return draw(st.sampled_from(forms)).replace("()", as_json(tree))

    return breaks


def _written(change: Callable[[re.Match[str]], str]) -> Break:
    """Its JSON, each token of which is written as *change* says; None if that changes nothing."""

    def breaks(_: st.DrawFn, tree: Any) -> str | None:
        text = json.dumps(tree, ensure_ascii=False)
        changed = "".join(map(change, _tokens(text)))
        return None if changed == text else changed

    return breaks


def _in_single_quotes(token: re.Match[str]) -> str:
    text = token[0]
    if text[0] != '"':
        return text
    inner, _, rest = text[1:].rpartition('"')
    return f"'{inner}'{rest}" if "'" not in inner else text


def _without_quotes(token: re.Match[str]) -> str:
    found = re.fullmatch(r'"([A-Za-z_]\w*)"(\s*:)', token[0])
    return f"{found[1]}{found[2]}" if found else token[0]


def _as_in_python(token: re.Match[str]) -> str:
    if token[0][0] == '"':
        return token[0]
    words = {"true": "True", "false": "False", "null": "None"}
    return re.sub("true|false|null", lambda word: words[word[0]], token[0])


def _trailing_comma(draw: st.DrawFn, tree: Any) -> str | None:
    return _at_bracket(draw, tree, "}]", lambda bracket: f",{bracket}")


def _comments(draw: st.DrawFn, tree: Any) -> str | None:
    comment = draw(st.sampled_from(["// as you asked\n", "/* as you asked */", "# see above\n"]))
    return _at_bracket(draw, tree, "{[,", lambda bracket: f"{bracket} {comment}")


def _at_bracket(draw: st.DrawFn, tree: Any, which: str, change: Callable[[str], str]) -> str | None:
    text = as_json(tree)
    found = [
        each for each in _tokens(text) if each[0] in which and text[each.start() - 1] not in "{["
    ]
    if not found:
        return None
    at = draw(st.sampled_from(found))
    return text[: at.start()] + change(at[0]) + text[at.end() :]


def _two_values(draw: st.DrawFn, tree: Any) -> str | None:
    """One that is much like it follows."""
    found = _one(draw, tree, lambda value: _is_number(value) or isinstance(value, str))
    if found is None:
        return None
    path, value = found
    other = _with(tree, path, f"{value}a" if isinstance(value, str) else value + 1)
    form = draw(st.sampled_from(["{}\n{}", "{}, {}", "```json\n{}\n```\nor\n```json\n{}\n```"]))
    return form.format(as_json(tree), as_json(other))


BREAKS: Mapping[str, Break] = MappingProxyType(
    {
        "truncated": _truncated,
        "fenced": _fenced,
        "wrong_type": _wrong_type,
        "extra_keys": _extra_keys,
        "missing_keys": _missing_keys,
        "duplicate_keys": _duplicate_keys,
        "nan": _no_number("NaN", "Infinity", "-Infinity"),
        "too_large": _no_number("1e999", "-1e999"),
        "too_deep": _instead("[" * 300 + "]" * 300, '{"a":' * 300 + "1" + "}" * 300),
        "prose": _instead(
            "I'm sorry, I cannot answer that.",
            "The order is number 17, and it was paid.",
            "Sure! Here is the JSON you asked for:",
        ),
        "single_quotes": _written(_in_single_quotes),
        "unquoted_keys": _written(_without_quotes),
        "python_words": _written(_as_in_python),
        "trailing_comma": _trailing_comma,
        "comments": _comments,
        "two_values": _two_values,
        "glued": _around("() ()", "();", "() is what I found.", "()```"),
        "unfinished_reasoning": _around("<think>They want ()", "<reasoning>\n()\n"),
        "empty": _instead("", " \n", "```json\n```", "<think>Nothing comes to mind.</think>"),
    }
)
"""By what is wrong then, the likeliest first."""

_KEYED = frozenset({"object"})
_NESTED = frozenset({"object", "array"})
NEEDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(("extra_keys", "missing_keys", "duplicate_keys", "unquoted_keys"), _KEYED),
        **dict.fromkeys(("trailing_comma", "comments"), _NESTED),
        **dict.fromkeys(("nan", "too_large"), frozenset({"number"})),
        "python_words": frozenset({"boolean", "null"}),
        "single_quotes": frozenset({"object", "string"}),
        "two_values": frozenset({"number", "string"}),
    }
)
"""The kinds of values of which there must be one in what is to be broken so."""
