"""A gate: an expression over bytes that is found in every text in which a pattern is found.

It says less than the pattern. What an engine of bytes cannot know is left out: what is looked
at around a match, but for one character on each side, and what was captured. What a match can
do without at its ends is left out too, for a gate need not say where a match begins.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from .letters import ASCII, UNICODE, Ranges, both, cased, inverted, matching, merged
from .spelling import MANY, spelled, spelled_beside
from .tree import REPEATS, inner, ops, parsed

__all__ = ["gate"]

_KNOWN = int(re.IGNORECASE | re.MULTILINE | re.DOTALL | re.UNICODE)
"""The flags whose meaning is known here. They have the same number in `regex`."""

_WIDE = 64
"""So many alternatives are replaced by what their first letters have in common."""

_LETTERS = (ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN)
_ASSERTS = (ops.ASSERT, ops.ASSERT_NOT)
_CLASSES = {
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W",
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S",
}
_ANYTHING = r"[\x00-\xff]*"


class _Opaque(Exception):
    """No gate is known for the pattern."""


class _Terms(NamedTuple):
    """What the nodes of one tree are read with."""

    flags: int
    top: int
    """The last character of the texts that are read."""
    groups: dict[int, tuple[Any, int]]
    """What each group holds, and the flags there."""


def gate(source: str, flags: int, *, ascii_only: bool) -> str | None:
    """The gate of *source*, for texts in ASCII alone or for UTF-8; None where there is none.

    In UTF-8 texts `stand_ins` have replaced what they stand for.
    """
    tree = parsed(source, flags)
    if tree is None:
        return None
    terms = _Terms(tree.state.flags, ASCII if ascii_only else UNICODE, {})
    try:
        _collect(tree, terms)
        return _factor(list(tree), terms)
    except (_Opaque, RecursionError):
        return None


def _collect(tree: Any, terms: _Terms) -> None:
    """Every group of *tree*, with the flags inside it."""
    if terms.flags & ~_KNOWN:
        raise _Opaque
    for op, value in tree:
        inside = _within(terms, value) if op is ops.SUBPATTERN else terms
        if op is ops.SUBPATTERN and value[0] is not None:
            terms.groups[value[0]] = value[-1], inside.flags
        for each in inner(op, value):
            _collect(each, inside)


def _within(terms: _Terms, group: Any) -> _Terms:
    """What the nodes inside *group* are read with."""
    return terms._replace(flags=(terms.flags | group[1]) & ~group[2])


def _factor(nodes: list[Any], terms: _Terms, ends: tuple[int, ...] = (0, -1)) -> str:
    """What is found wherever *nodes* are, cut to the least at the *ends* that nothing is at."""
    before = _side(nodes, 0, terms) if 0 in ends else ""
    after = _side(nodes, -1, terms) if -1 in ends else ""
    if not nodes:
        raise _Opaque
    op, value = nodes[0]
    free = tuple(end for end in ends if not (before, after)[end])
    if len(nodes) == 1 and op is ops.SUBPATTERN:
        held = _factor(list(value[-1]), _within(terms, value), free)
    elif len(nodes) == 1 and op is ops.BRANCH and len(value[1]) <= _WIDE:
        held = "|".join(dict.fromkeys(_factor(list(one), terms, free) for one in value[1]))
    else:
        held = _text(nodes, terms)
    return f"{before}(?:{held}){after}"


def _side(nodes: list[Any], end: int, terms: _Terms) -> str:
    """The condition on the character beside *nodes* at their *end*, 0 or -1.

    The node that says it is taken off. Without one, what a match can do without is.
    """
    while nodes:
        op, value = nodes[end]
        if op is ops.AT or op in _ASSERTS:
            said = []
            while nodes and (nodes[end][0] is ops.AT or nodes[end][0] in _ASSERTS):
                said.append(nodes.pop(end))
            if condition := _condition(said, nodes, end, terms):
                return condition
        elif _least(nodes[end]) == 0:
            nodes.pop(end)
        elif op in REPEATS and value[1] != value[0]:
            nodes[end] = op, (value[0], value[0], value[2])
        else:
            break
    return ""


def _least(node: Any) -> int:
    """How few characters *node* can match."""
    op, value = node
    if op in (ops.GROUPREF, ops.GROUPREF_EXISTS):
        return 0
    if op is ops.BRANCH:
        return min(sum(_least(each) for each in way) for way in value[1])
    if op in _LETTERS:
        return 1
    if op is ops.AT or op in _ASSERTS:
        return 0
    times = value[0] if op in REPEATS else 1
    return int(times * sum(_least(each) for each in inner(op, value)[0]))


def _condition(said: list[Any], nodes: list[Any], end: int, terms: _Terms) -> str:
    """What *said* asks of the one character beside *nodes*; nothing where it asks more."""
    everything: Ranges = ((0, terms.top),)
    allowed, edge, boundary = everything, True, ""
    for op, value in said:
        asked = None
        if op is ops.AT and value is ops.AT_BOUNDARY:
            boundary = r"\b" if terms.top == ASCII else ""
            asked = _beyond(nodes, end, terms) if terms.top > ASCII else None
        elif op is ops.AT:
            asked = _anchored(value, end, terms)
        elif (value[0] < 0) is (end == 0) and len(value[1]) == 1 and value[1][0][0] in _LETTERS:
            asked = _letters(value[1][0], terms)
            if op is ops.ASSERT:
                edge = False
            else:
                asked = inverted(asked, terms.top)
        if asked is not None:
            allowed = both(allowed, asked, terms.top)
    if allowed == everything and edge:
        return boundary
    beside = spelled_beside(allowed, edge)
    return beside + boundary if end == 0 else boundary + beside


def _anchored(where: Any, end: int, terms: _Terms) -> Ranges | None:
    """The characters that `^`, `$` and their like stand beside, if not the text's own end."""
    lines = ((10, 10),)
    if end == 0 and where is ops.AT_BEGINNING:
        return lines if terms.flags & re.MULTILINE else ()
    if end == 0 and where is ops.AT_BEGINNING_STRING:
        return ()
    if end == -1 and where is ops.AT_END:
        return lines
    if end == -1 and where is ops.AT_END_STRING:
        return ()
    return None


def _beyond(nodes: list[Any], end: int, terms: _Terms) -> Ranges | None:
    r"""The characters that stand beyond a `\b` beside *nodes*."""
    found = _outermost(nodes, end, terms)
    words = matching(r"\w", terms.top)
    if found is None:
        return None
    if merged(found + words) == words:
        return inverted(words, terms.top)
    return words if not both(found, words, terms.top) else None


def _outermost(nodes: Any, end: int, terms: _Terms) -> Ranges | None:
    """The characters that a match of *nodes* can begin or end with, if that is known."""
    if not len(nodes):
        return None
    op, value = nodes[end]
    if op in _LETTERS:
        return _letters(nodes[end], terms)
    if op is ops.BRANCH:
        each = [_outermost(way, end, terms) for way in value[1]]
        return None if None in each else merged(pair for found in each for pair in found or ())
    if op is ops.SUBPATTERN:
        return _outermost(value[-1], end, _within(terms, value))
    if op in REPEATS and value[0] > 0:
        return _outermost(value[2], end, terms)
    return None


def _text(nodes: Iterable[Any], terms: _Terms) -> str:
    """The expression for *nodes*, in their order."""
    return "".join(_one(node, terms) for node in nodes)


def _one(node: Any, terms: _Terms) -> str:
    op, value = node
    if op in _LETTERS:
        return spelled(_letters(node, terms))
    if op in REPEATS:
        return _repeated(value, terms)
    if op is ops.SUBPATTERN:
        return f"(?:{_text(value[-1], _within(terms, value))})"
    if op is ops.ATOMIC_GROUP:
        return f"(?:{_text(value, terms)})"
    if op is ops.BRANCH:
        if len(value[1]) > _WIDE:
            return _common(value[1], terms)
        return f"(?:{'|'.join(dict.fromkeys(_text(each, terms) for each in value[1]))})"
    if op is ops.AT:
        return r"\b" if value is ops.AT_BOUNDARY and terms.top == ASCII else ""
    if op in _ASSERTS:
        return ""
    if op is ops.GROUPREF and value in terms.groups:
        body, flags = terms.groups[value]
        if (flags ^ terms.flags) & re.IGNORECASE == 0:
            return f"(?:{_text(body, terms._replace(flags=flags))})"
    return _ANYTHING


def _repeated(value: Any, terms: _Terms) -> str:
    low, high, body = value
    if len(body) == 1 and body[0][0] in _LETTERS:
        return spelled(_letters(body[0], terms), low, high)
    if high > MANY and high != low:
        high = ops.MAXREPEAT
    times = f"{{{low},{'' if high is ops.MAXREPEAT else high}}}"
    return f"(?:{_text(body, terms)}){times}"


def _common(alternatives: list[Any], terms: _Terms) -> str:
    """What each of many *alternatives* begins with, and then anything."""
    first = [_outermost(each, 0, terms) for each in alternatives]
    if None in first:
        return _ANYTHING
    return spelled(merged(pair for found in first for pair in found or ())) + _ANYTHING


def _letters(node: Any, terms: _Terms) -> Ranges:
    """The characters that one node matches."""
    op, value = node
    top = terms.top
    if op is ops.ANY:
        return ((0, top),) if terms.flags & re.DOTALL else inverted(((10, 10),), top)
    items = value if op is ops.IN else [(ops.LITERAL, value)]
    negated = op is ops.NOT_LITERAL or items[0][0] is ops.NEGATE
    plain: list[tuple[int, int]] = []
    classes: list[tuple[int, int]] = []
    for kind, each in items:
        if kind is ops.LITERAL:
            plain.append((each, each))
        elif kind is ops.RANGE:
            plain.append(each)
        elif kind is ops.CATEGORY:
            classes += matching(_CLASSES[each], top)
    cases = bool(terms.flags & re.IGNORECASE)
    return _members(tuple(plain), tuple(classes), cases, negated, top)


@functools.lru_cache(maxsize=4096)
def _members(plain: Ranges, classes: Ranges, cases: bool, negated: bool, top: int) -> Ranges:
    """The characters of a class: *plain* ones, whose case may not matter, and *classes*."""
    found = merged(plain)
    if cases and found:
        if found[-1][1] <= ASCII:
            found = cased(found)
        else:
            each = (f"\\U{low:08x}-\\U{high:08x}" for low, high in found)
            found = matching(f"(?i)[{''.join(each)}]", top)
    found = both(merged([*found, *classes]), ((0, top),), top)
    return inverted(found, top) if negated else found
