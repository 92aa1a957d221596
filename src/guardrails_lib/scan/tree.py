"""A pattern, parsed: how wide its matches are, and how far it looks around them."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any

__all__ = [
    "REPEATS",
    "TOKENS",
    "Words",
    "ahead",
    "around",
    "inner",
    "minds_last_line",
    "ops",
    "parsed",
    "reach",
    "used",
    "ways",
]

ops: Any = import_module("re._constants")
"""The kinds of node; no type checker knows the module."""

_parser: Any = import_module("re._parser")

REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)

_VERSION_0 = 0x2000
"""What `regex` calls its way to be like `re`."""

_KNOWN_FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.UNICODE | _VERSION_0
"""Those whose meaning is known here. They, and not all others, have the same number in `regex`."""


def parsed(source: str, flags: int = 0) -> Any:
    """The tree of *source*; None where it is written in what `regex` alone knows."""
    found: list[frozenset[str]] = []

    def keep(many: re.Match[str]) -> str:
        found.append(frozenset(_WORD.findall(many[0])))
        return _STANDS_IN

    short = source if _STANDS_IN in source else _MANY_WORDS.sub(keep, source)
    tree = _tree(short, flags)
    if found and tree is not None:
        again = {ops.GROUPREF, ops.GROUPREF_EXISTS} & used(tree)  # the parser knows their widths
        if again or _put_back(tree, iter(found)) != len(found):
            return _tree(source, flags)  # or it was no alternative of its own
    return tree


def _tree(source: str, flags: int) -> Any:
    if flags & ~_KNOWN_FLAGS or _foreign(source):
        return None
    if flags & re.IGNORECASE:  # `regex` lets anything stand before it, and it says no more
        source = "".join(token for token in TOKENS.findall(source) if token != "(?i)")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _parser.parse(source, flags & ~_VERSION_0)
    except (re.error, RecursionError, OverflowError, ValueError):
        return None


class Words(tuple[Any, ...]):  # noqa: SLOT001  # a tuple can have no slots of its own
    """An alternative of very many words, as its letters: to take apart each takes long."""

    words: frozenset[str]


_STANDS_IN = "\ue000"
_WORD = re.compile("[a-zA-Z]+")
_MANY_WORDS = re.compile(
    r"(?<=[^\\]\(\?:)(?:\(\?:[a-zA-Z]+\)|[a-zA-Z]+)(?:\|(?:\(\?:[a-zA-Z]+\)|[a-zA-Z]+)){63,}(?=\))"
)


def _put_back(tree: Any, found: Iterator[frozenset[str]]) -> int:
    """Put what many words can be where they stood; how many of them there were."""
    put = 0
    tree.width = None  # the parser may have asked for it
    for n, (op, value) in enumerate(tree.data):
        if op is ops.LITERAL and value == ord(_STANDS_IN):
            tree.data[n] = ops.BRANCH, _letters_of(tree.state, next(found))
            put += 1
        put += sum(_put_back(each, found) for each in inner(op, value))
    return put


def _letters_of(state: Any, words: frozenset[str]) -> Words:
    def one(letters: set[str]) -> tuple[Any, Any]:
        return ops.IN, [(ops.LITERAL, ord(letter)) for letter in sorted(letters)]

    sizes = [len(word) for word in words]
    rest = _parser.SubPattern(state, [one({letter for word in words for letter in word[1:]})])
    begin = one({word[0] for word in words})
    times = ops.MAX_REPEAT, (min(sizes) - 1, max(sizes) - 1, rest)
    made = Words((None, [_parser.SubPattern(state, [begin, times])]))
    made.words = words
    return made


def _foreign(source: str) -> bool:
    """Whether `re` reads *source* otherwise than `regex`: fuzzy matching, classes by name."""
    for token in TOKENS.finditer(source):
        if token[0] == "{" and not _TIMES.match(source, token.start()):
            return True
        if token[0].startswith("[") and "[:" in token[0][1:]:
            return True
    return False


TOKENS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?#[^)]*\)|\(\?<[=!]|\(\?[=!]|\(\?P<\w+>|\(\?P=\w+\)"
    r"|\(\?[a-zA-Z-]*[:)]|\(|\)|.",
    re.DOTALL,
)
"""What a source is made of, read from left to right."""

_TIMES = re.compile(r"\{(?:\d+(?:,\d*)?|,\d+)\}")


def inner(op: Any, value: Any) -> list[Any]:
    """The patterns inside one node of a tree."""
    if op is ops.BRANCH:
        return list(value[1])
    if op is ops.SUBPATTERN:
        return [value[-1]]
    if op in REPEATS:
        return [value[2]]
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [value[1]]
    if op is ops.ATOMIC_GROUP:
        return [value]
    if op is ops.GROUPREF_EXISTS:
        return [each for each in value[1:] if each is not None]
    return []


def used(tree: Any) -> set[Any]:
    """The kinds of node that a tree has."""
    found = set()
    for op, value in tree:
        found.add(op)
        for each in inner(op, value):
            found |= used(each)
    return found


def reach(tree: Any) -> int | None:
    """The longest match of a tree; None is no bound."""
    most = tree.getwidth()[1]
    return None if most >= ops.MAXREPEAT else int(most)


def around(tree: Any, *, behind: bool = True) -> int:
    """How many characters beside its match a pattern may look at, at most; or after it alone."""
    total = 0
    for op, value in tree:
        if op is ops.AT:
            total += 2  # the characters on both sides; `$` minds a last line end too
        elif op in (ops.ASSERT, ops.ASSERT_NOT) and (behind or value[0] > 0):
            total += value[1].getwidth()[1]
        total += sum(around(each, behind=behind) for each in inner(op, value))
    return int(total)


def ahead(tree: Any) -> int:
    """How far a pattern looks ahead of itself, at most, beyond the one next character."""
    most = 0
    for op, value in tree:
        if op in (ops.ASSERT, ops.ASSERT_NOT) and value[0] > 0:
            most = max(most, int(value[1].getwidth()[1]) + around(value[1], behind=False))
        elif op is ops.AT:
            most = max(most, 2 * minds_last_line(value, tree))
        else:
            most = max(most, *map(ahead, inner(op, value)), 0)
    return most


def minds_last_line(where: Any, tree: Any) -> bool:
    """Whether a place is the end of the text, or of the line that ends it."""
    return where is ops.AT_END and not tree.state.flags & re.MULTILINE


def ways(tree: Any) -> float:
    """In how many ways a pattern can be tried at one place: a bound on backtracking."""
    total = 1.0
    for op, value in tree:
        inside = [ways(each) for each in inner(op, value)]
        if op in REPEATS:
            low, high = value[:2]
            if high >= ops.MAXREPEAT:
                return math.inf
            base = inside[0]
            total *= high - low + 1 if base == 1 else _power(base, high) * (high - low + 1)
        elif op is ops.BRANCH:
            total *= sum(inside)
        else:
            total *= math.prod(inside)
    return total


def _power(base: float, times: int) -> float:
    try:
        return float(base**times)
    except OverflowError:
        return math.inf
