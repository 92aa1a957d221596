"""What the characters of a match can be, told from its parsed pattern."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from .tree import REPEATS, inner, minds_last_line, ops

__all__ = [
    "ANY",
    "ASCII",
    "BLANKS",
    "DIGITS",
    "LIKE_ASCII",
    "NONE",
    "WORD",
    "Letters",
    "beside",
    "first",
    "folded",
    "last",
    "letters",
    "spaced",
    "words",
]


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
            if looks and minds_last_line(value, tree):
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
        if (op is ops.ASSERT and (found := words(value[1])))
        or (op is ops.SUBPATTERN and (found := beside(value[-1])))
    ]
    return max(choices, key=_shortest, default=frozenset())


def words(tree: Any) -> frozenset[str]:
    """Words, `folded`, one of which every match holds; none is not known."""
    choices: list[frozenset[str]] = []
    run = _NOTHING
    for op, value in [*tree, (ops.AT, None)]:
        exact = _exact(op, value)
        if exact and len(run) * len(exact) <= _MANY:
            run = frozenset(one + other for one in run for other in exact)
            continue
        choices.append(frozenset() if "" in run else run)
        run = exact or _NOTHING
        if op is ops.BRANCH:
            ways = [words(each) for each in value[1]]
            choices.append(frozenset().union(*ways) if all(ways) else frozenset())
        elif op is ops.SUBPATTERN or (op in REPEATS and value[0] > 0):
            choices.append(words(inner(op, value)[0]))
    return max(choices, key=_telling)


_NOTHING = frozenset({""})
_MANY = 64
"""So many words are told apart; of more, what they have in common."""

_LONG = 6
"""A longer word tells no more."""


def _exact(op: Any, value: Any) -> frozenset[str] | None:
    """All that a node can be, `folded`, if that is a few words; nothing if it is no more known."""
    if op is ops.LITERAL:
        return frozenset({folded(chr(value))})
    if op is ops.SUBPATTERN:
        ways = [value[-1]]
    elif op is ops.BRANCH:
        ways = value[1]
    else:
        return None
    found: set[str] = set()
    for way in ways:
        run = _NOTHING
        for each in way:
            more = _exact(*each)
            if not more or len(run) * len(more) > _MANY:
                return None
            run = frozenset(one + other for one in run for other in more)
        found |= run
    return frozenset(found) if len(found) <= _MANY else None


def _telling(words: frozenset[str]) -> tuple[int, int]:
    return min(_shortest(words), _LONG), -len(words)


def folded(letter: str) -> str:
    """One character for *letter* in all its cases, as a pattern takes them for equal."""
    other = letter.casefold()
    return LIKE_ASCII.get(letter) or (other if len(other) == 1 else letter)


LIKE_ASCII = {"\u0130": "i", "\u0131": "i", "\u212a": "k", "\u017f": "s"}
"""The letters beyond ASCII that a pattern takes for one of ASCII, its case aside."""


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
