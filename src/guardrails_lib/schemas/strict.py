"""JSON read as the standard has it: what parsers let through in silence is refused by name."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import Any

from pydantic_core import from_json

from .._schema import Unreadable

__all__ = ["Malformed", "first_value", "is_single", "strictly"]


class Malformed(Unreadable):
    """The text is no JSON at all."""


def strictly(text: str) -> object:
    """The value in a JSON text.

    A key that is there twice, NaN, Infinity, a number beyond range and a value nested more
    than 200 deep are `Unreadable`; what is no JSON is `Malformed`.

    >>> strictly('{"a": [1, 2.5]}')
    {'a': [1, 2.5]}
    """
    try:
        tree = from_json(text)
    except ValueError as problem:
        raise _named(str(problem)) from None
    except TypeError:  # a lone surrogate: whoever made a text of bytes met what is no text
        raise Malformed("no JSON: it is not valid Unicode") from None
    if not is_single(text, _keys(tree, text)):
        raise Unreadable("an object has the same key twice")
    return tree


def is_single(text: str, keys: int) -> bool:
    """Whether each of *keys*, so many different ones being in *text*, is there once.

    Every key has a colon behind it, so there are as many keys at most as there are colons.
    """
    if keys == text.count(":"):
        return True
    if keys == text.count('":') and not _is_apart(text):
        return True
    return keys == _colons(text)


def _is_apart(text: str) -> bool:
    """Whether a colon may stand apart from its key; one character is looked for much quicker."""
    return (
        " :" in text
        or ("\n" in text and "\n:" in text)
        or ("\t" in text and "\t:" in text)
        or ("\r" in text and "\r:" in text)
    )


def first_value(text: str, start: int) -> int:
    """Where the JSON value that begins at *start* ends; `Malformed` if there is none."""
    try:
        return _decode(text, start)[1]
    except json.JSONDecodeError as problem:
        raise Malformed(f"no JSON: {problem.msg.lower()}") from None
    except RecursionError:
        raise _deep() from None
    except ValueError:
        raise _large() from None


_decode = json.JSONDecoder().raw_decode
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


def _deep() -> Unreadable:
    return Unreadable("it is nested more than 201 deep")


def _large() -> Unreadable:
    return Unreadable("a number is too large")


def _named(said: str) -> Unreadable:
    if said.startswith("recursion limit"):
        return _deep()
    if said.startswith("number out of range"):
        return _large()
    return Malformed(f"no JSON: {said}")


def _colons(text: str) -> int:
    """How many colons stand outside of strings: one for each key."""
    if "\\" not in text:
        return "".join(text.split('"')[::2]).count(":")
    return _STRING.sub("", text).count(":")


def _keys(tree: Any, text: str) -> int:
    """How many keys there are; `Unreadable` for a number that is none."""
    if type(tree) is float:
        tree = [tree]
    elif type(tree) not in _NESTED:
        return 0
    count = 0
    waiting = [tree]
    while waiting:
        each = waiting.pop()
        if type(each) is dict:
            count += len(each)
            each = each.values()
        for inner in each:
            kind = type(inner)
            if kind in _NESTED:
                waiting.append(inner)
            elif kind is float and not isfinite(inner):
                raise _no_number(text)
    return count


_NESTED = {dict, list}


def _no_number(text: str) -> Unreadable:
    try:
        from_json(text, allow_inf_nan=False)
    except ValueError:
        return Unreadable("NaN and Infinity are no numbers in JSON")
    return _large()
