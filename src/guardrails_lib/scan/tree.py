"""A pattern, parsed: what every match of it must be made of."""

from __future__ import annotations

import functools
import math
import re
import warnings
from re import _constants as ops  # type: ignore[attr-defined]  # typeshed does not know it
from re import _parser  # type: ignore[attr-defined]  # the only parser of patterns there is
from typing import Any, NamedTuple

__all__ = [
    "ANY",
    "ASCII",
    "BLANKS",
    "DIGITS",
    "NONE",
    "REPEATS",
    "TOKENS",
    "WORD",
    "Letters",
    "ahead",
    "around",
    "beside",
    "first",
    "inner",
    "last",
    "letters",
    "ops",
    "parsed",
    "reach",
    "spaced",
    "used",
    "ways",
]

REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)

_VERSION_0 = 0x2000
"""What `regex` calls its way to be like `re`."""

_KNOWN_FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.UNICODE | _VERSION_0
"""Those whose meaning is known here. They, and not all others, have the same number in `regex`."""


def parsed(source: str, flags: int = 0) -> Any:
    """The tree of *source*; None where it is written in what `regex` alone knows."""
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
            most = max(most, 2 * _minds_last_line(value, tree))
        else:
            most = max(most, *map(ahead, inner(op, value)), 0)
    return most


def _minds_last_line(where: Any, tree: Any) -> bool:
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


class Letters(NamedTuple):
    """What one character of a match can be, or more than that."""

    ascii: frozenset[str]
    beyond: bool
    """Whether it can be one that is not ASCII, digits of other scripts aside."""

    def __or__(self, other: Letters) -> Letters:
        return Letters(self.ascii | other.ascii, self.beyond or other.beyond)


ASCII = frozenset(map(chr, range(128)))
DIGITS = frozenset("0123456789")
BLANKS = frozenset(" \t\n")
_SPACES = frozenset(" \t\n\r\f\v")
WORD = frozenset(filter(str.isalnum, ASCII)) | {"_"}
_FOLDS = frozenset("kKsSiI")
"""The ASCII letters that a character of another script can stand for, case aside."""

_PERHAPS_SPACES = frozenset("\x1c\x1d\x1e\x1f")
_CATEGORIES = {  # what can be in a class of characters, and what is in it for certain
    ops.CATEGORY_DIGIT: (DIGITS, DIGITS),
    ops.CATEGORY_NOT_DIGIT: (ASCII - DIGITS, ASCII - DIGITS),
    ops.CATEGORY_SPACE: (_SPACES | _PERHAPS_SPACES, _SPACES),
    ops.CATEGORY_NOT_SPACE: (ASCII - _SPACES, ASCII - _SPACES - _PERHAPS_SPACES),
    ops.CATEGORY_WORD: (WORD, WORD),
    ops.CATEGORY_NOT_WORD: (ASCII - WORD, ASCII - WORD),
}
ANY = Letters(ASCII, True)
NONE = Letters(frozenset(), False)


@functools.lru_cache(maxsize=512)
def _literal(code: int) -> Letters:
    """One character in either case: whether a pattern minds the case is not looked into.

    One beyond ASCII stands for some that are not, by case or as a digit; if it is not of
    a word, one that is not of a word either says so.
    """
    letter = chr(code)
    if code < 128:
        return Letters(frozenset({letter, letter.lower(), letter.upper()}), letter in _FOLDS)
    return Letters(_FOLDS | DIGITS | (set() if letter.isalpha() else {"-"}), True)


def _members(value: Any) -> Letters:
    if value[0][0] is ops.NEGATE:
        return Letters(ASCII - frozenset().union(*map(_surely, value[1:])), True)
    found = NONE
    for op, each in value:
        if op is ops.LITERAL:
            found |= _literal(each)
        elif op is ops.RANGE:
            for code in range(min(each[0], 128), min(each[1], 128) + 1):
                found |= _literal(code)
        else:
            found |= Letters(_CATEGORIES[each][0], each is not ops.CATEGORY_DIGIT)
    return found


def _surely(item: Any) -> frozenset[str]:
    """ASCII characters that a negated class leaves out for certain."""
    op, value = item
    if op is ops.LITERAL:
        return frozenset({chr(value)})
    if op is ops.RANGE:
        return frozenset(map(chr, range(value[0], min(value[1], 127) + 1)))
    return _CATEGORIES[value][1]


def letters(op: Any, value: Any) -> Letters | None:
    """What a node that takes exactly one character can take; None is another kind of node."""
    if op is ops.LITERAL:
        return _literal(value)
    if op is ops.IN:
        return _members(value)
    if op is ops.ANY:
        return ANY
    if op is ops.NOT_LITERAL:
        return Letters(ASCII - {chr(value)}, True)
    return None


def spaced(tree: Any, *, looks: bool) -> bool:
    """Whether a match may hold a blank or a line end; *looks*, what it looks at around it too."""
    for op, value in tree:
        one = letters(op, value)
        if one is not None:
            if not one.ascii.isdisjoint(BLANKS):
                return True
        elif op is ops.AT:
            if looks and _minds_last_line(value, tree):
                return True
        elif (looks or op not in (ops.ASSERT, ops.ASSERT_NOT)) and any(
            spaced(each, looks=looks) for each in inner(op, value)
        ):
            return True
    return False


def beside(tree: Any) -> frozenset[str]:
    """Words, one of which a pattern must see in what it looks at around it; none is not known."""
    choices = [
        found
        for op, value in tree
        if (op is ops.ASSERT and (found := _words(value[1])))
        or (op is ops.SUBPATTERN and (found := beside(value[-1])))
    ]
    return max(choices, key=_shortest, default=frozenset())


def _words(tree: Any) -> frozenset[str]:
    """Words in lower case, one of which every ASCII match holds; none is not known."""
    choices: list[frozenset[str]] = []
    run = ""
    for op, value in [*tree, (ops.AT, None)]:
        if op is ops.LITERAL and value < 128:
            run += chr(value).lower()
            continue
        choices.append(frozenset({run} - {""}))
        run = ""
        if op is ops.BRANCH:
            ways = [_words(each) for each in value[1]]
            choices.append(frozenset().union(*ways) if all(ways) else frozenset())
        elif op is ops.SUBPATTERN or (op in REPEATS and value[0] > 0):
            choices.append(_words(inner(op, value)[0]))
    return max(choices, key=_shortest)


def _shortest(words: frozenset[str]) -> int:
    return min(map(len, words), default=0)


def first(tree: Any, after: Letters = ANY) -> Letters:
    """What the first character of a match can be, *after* being what may follow it."""
    return _edge(list(tree), after, first)


def last(tree: Any, before: Letters = ANY) -> Letters:
    """What the last character of a match can be, *before* being what may precede it."""
    return _edge(list(tree)[::-1], before, last)


def _edge(nodes: list[Any], beyond: Letters, edge: Any) -> Letters:
    found = NONE
    for op, value in nodes:
        one = letters(op, value)
        if one is not None:
            return found | one
        if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
            continue
        if op is ops.BRANCH:
            for each in value[1]:
                found |= edge(each, NONE)
            empty = any(each.getwidth()[0] == 0 for each in value[1])
        elif op in REPEATS or op in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
            body = inner(op, value)[0]
            found |= edge(body, NONE)
            empty = (op in REPEATS and value[0] == 0) or body.getwidth()[0] == 0
        else:
            return ANY
        if not empty:
            return found
    return found | beyond
