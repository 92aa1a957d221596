"""A text that a pattern matches, put together from the pattern."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from ...scan.tree import REPEATS, ops, parsed

__all__ = ["is_match", "match_of"]

_MOST = 64
"""So many ways to write it are tried."""

_LONGEST = 10_000


def match_of(pattern: str) -> str | None:
    """A text that holds a match of *pattern*; None where none is found that `re` agrees to."""
    tree = parsed(pattern)
    if tree is None:
        return None
    for before, after in _AROUND:
        for text in islice(_texts(list(tree), {}), _MOST):
            whole = f"{before}{text}{after}"
            if text and is_match(pattern, whole):
                return whole
    return None


_AROUND = (("", ""), (" ", " "), ("a", "a"), ("1", "1"), ("\n", "\n"))
"""What may have to stand beside a match."""


def is_match(pattern: str, text: str) -> bool | None:
    """Whether `re` finds a match in *text* that is not empty; None where it cannot tell."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return any(match[0] for match in re.finditer(pattern, text))
    except (re.error, RecursionError, OverflowError):
        return None


def _texts(nodes: list[Any], groups: dict[int, str]) -> Iterator[str]:
    """Ways to write *nodes*, one after the other; what lies beside the match is left out."""
    if not nodes:
        yield ""
        return
    (op, value), *rest = nodes
    for first in _of(op, value, groups):
        if len(first) <= _LONGEST:
            for more in islice(_texts(rest, groups), _MOST):
                yield first + more


def _of(op: Any, value: Any, groups: dict[int, str]) -> Iterator[str]:
    if op is ops.LITERAL:
        yield chr(value)
    elif op in (ops.ANY, ops.NOT_LITERAL, ops.IN):
        yield from _letters(op, value)
    elif op is ops.BRANCH:
        for way in value[1]:
            yield from islice(_texts(list(way), groups), _MOST)
    elif op in REPEATS:
        yield from _repeated(value, groups)
    elif op is ops.SUBPATTERN:
        for text in _texts(list(value[-1]), groups):
            groups[value[0]] = text
            yield text
    elif op is ops.ATOMIC_GROUP:
        yield from _texts(list(value), groups)
    elif op is ops.GROUPREF:
        yield groups.get(value, "")
    elif op is ops.ASSERT:  # what stands before has to be written, what follows may be
        ways = _texts(list(value[1]), groups)
        yield from ways if value[0] < 0 else chain([""], ways)
    else:  # a condition: `re` says in the end whether it holds
        yield ""


def _repeated(value: Any, groups: dict[int, str]) -> Iterator[str]:
    least, most, body = value
    for times in dict.fromkeys((max(least, min(1, most)), least, min(most, least + 4))):
        if times > _LONGEST:
            continue
        if times == 0:
            yield ""
            continue
        ways = list(islice(_texts(list(body), groups), _VARIED))
        if ways:
            yield "".join(ways[n % len(ways)] for n in range(times))
            yield ways[0] * times


_VARIED = 16

_TRIED = "a1 A5-b0_.@\nB/x\u00e9\u4e2d"
"""Letters of many kinds, of which some class has one."""


def _letters(op: Any, value: Any) -> Iterator[str]:
    if op is ops.ANY:
        yield "a"
    elif op is ops.NOT_LITERAL:
        yield from (letter for letter in _TRIED if ord(letter) != value)
    else:
        negated = bool(value) and value[0][0] is ops.NEGATE
        listed = [] if negated else list(_listed(value))
        yield from listed
        others = (each for each in _TRIED if each not in listed)
        yield from (each for each in others if _is_in(each, value[negated:]) != negated)


def _listed(value: Any) -> Iterator[str]:
    for op, held in value:
        if op is ops.LITERAL:
            yield chr(held)
        elif op is ops.RANGE:
            yield from (chr(code) for code in range(held[0], min(held[1], held[0] + 5) + 1))


def _is_in(letter: str, items: Any) -> bool:
    return any(_has(op, held, letter) for op, held in items)


def _has(op: Any, held: Any, letter: str) -> bool:
    if op is ops.LITERAL:
        return bool(ord(letter) == held)
    if op is ops.RANGE:
        return bool(held[0] <= ord(letter) <= held[1])
    return re.match(_CLASSES[str(held)], letter) is not None


_CLASSES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
