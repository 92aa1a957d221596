"""What a text says is not so, and how much of a thing it speaks of."""

from __future__ import annotations

import re
from typing import NamedTuple

from .words import listed, stem

__all__ = [
    "DENIALS",
    "OPPOSITES",
    "SIZES",
    "Polarity",
    "alike",
    "amounts",
    "contradicts",
    "opposite",
    "overstates",
    "polarity",
    "sides",
]

_NOT = listed(
    "not never no none nobody nothing nowhere neither nor cannot without hardly scarcely barely "
    "n't nt nicht kein keine keinen nie ohne pas jamais aucun sans nunca ningún sin non niet geen "
    "unable lacks lacked lacking absent"
)
_NO_NOT = listed("only just merely necessarily later fewer less more than")
_BREAK = frozenset(",;:.!?()\u2014\u2013") | listed("but although though while whereas")
_PIECE = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*|[,;:.!?()\u2014\u2013]")
SCOPE = 4
"""So many words that say something are said not to be so."""

_PAIRS = """
increase rise rose risen grow grew grown climb gain higher expand\
|decrease fall fell fallen drop decline shrink shrank reduce lower
include cover contain|exclude omit
allow permit allowed legal authorise authorize|forbid forbidden prohibit ban illegal disallow
accept approve agree|reject deny refuse decline disapprove
possible|impossible
able|unable
valid|invalid
available|unavailable
safe|unsafe dangerous
likely|unlikely
required require mandatory compulsory|optional voluntary
before|after
open|closed close shut
win won|lose lost
pass passed|fail failed
start begin began begun|end finish ended
maximum|minimum
early|late
true|false
same|different
free|paid
alive|dead
enable enabled|disable disabled
effective|ineffective
legal|illegal
active|inactive
reversible|irreversible
refundable|non-refundable nonrefundable
import|export
buy bought|sell sold
north northern|south southern
east eastern|west western
hot|cold
short|long
large big|small
largest biggest|smallest
highest|lowest
older oldest|younger youngest
faster|slower
better best|worse worst
positive|negative
male|female
inside indoor|outside outdoor
"""
"""Opposites, a pair a line."""

_SIDES: dict[str, tuple[int, int]] = {}
for _number, _pair in enumerate(_PAIRS.strip().splitlines()):
    for _side, _words in enumerate(_pair.split("|")):
        for _word in _words.split():
            _SIDES.setdefault(stem(_word) or _word, (_number, _side))

_LEVELS = {
    **dict.fromkeys(listed("no none nobody neither"), 0),
    **dict.fromkeys(listed("few hardly rarely seldom"), 1),
    **dict.fromkeys(listed("some several sometimes occasionally certain"), 2),
    **dict.fromkeys(listed("many often numerous frequently"), 3),
    **dict.fromkeys(listed("most mostly usually majority generally"), 4),
    **dict.fromkeys(listed("all every each always everyone everybody everything entire"), 5),
}
_SOLE = listed("only solely exclusively sole alone just merely limited exclusive")


DENIALS = _NOT
"""Words that say that something is not so."""

SIZES = _SOLE | _LEVELS.keys()
"""Words that say of how much of a thing a sentence is."""

OPPOSITES = frozenset(_SIDES)
"""The stems of words that have an opposite."""


_SAME: dict[tuple[int, int], set[str]] = {}
for _word, _place in _SIDES.items():
    _SAME.setdefault(_place, set()).add(_word)


def alike(word: str) -> frozenset[str]:
    """The stems on the side of *word*: to rise is to grow.

    >>> stem("grown") in alike(stem("rises")), alike("house")
    (True, frozenset())
    """
    return frozenset(_SAME.get(_SIDES.get(word, (-1, 0)), ()))


def sides(words: frozenset[str]) -> frozenset[tuple[int, int]]:
    """Of *words* that have an opposite, which pair each is of, and on which side."""
    return frozenset(_SIDES[word] for word in words & OPPOSITES)


class Polarity(NamedTuple):
    """The words of a sentence that are said to be so, and those said not to be."""

    plain: frozenset[str]
    denied: frozenset[str]
    heads: frozenset[str]
    """Of those denied, the first after each *not*."""


def polarity(text: str) -> Polarity:
    """What *text*, in small letters, says is so and is not so.

    >>> sorted(polarity("it covers fire but does not cover floods").denied)
    ['cover', 'flood']
    """
    plain: set[str] = set()
    denied: set[str] = set()
    heads: set[str] = set()
    left, head = 0, False
    pieces: list[str] = _PIECE.findall(text)
    for at, word in enumerate(pieces):
        if word in _BREAK:
            left = 0
            continue
        if word in _NOT or word.endswith(("n't", "n\u2019t")):
            if at + 1 < len(pieces) and pieces[at + 1] in _NO_NOT:
                continue
            left, head = SCOPE, True
            continue
        found = stem(word) or (word if word in _SIDES else "")
        if not found:
            continue
        if not left:
            plain.add(found)
            continue
        denied.add(found)
        if head:
            heads.add(found)
            head = False
        left -= 1
    return Polarity(frozenset(plain), frozenset(denied), frozenset(heads))


def _flips(one: Polarity, other: Polarity) -> bool:
    """Whether *other* says is so what *one* denies."""
    return any(head in other.plain for head in one.heads) and bool(
        (one.denied - one.plain) & other.plain
    )


def contradicts(claim: Polarity, evidence: Polarity) -> bool:
    """Whether the one says of the same words that it is so, and the other that it is not."""
    if claim.heads and evidence.heads:
        return _flips(claim, evidence) and _flips(evidence, claim)
    if claim.heads:
        return _flips(claim, evidence)
    return _flips(evidence, claim)


def opposite(claim: Polarity, evidence: Polarity) -> bool:
    """Whether a word of the claim is the opposite of one that stands in its place."""
    said, told = _sides(claim), _sides(evidence)
    for pair, sides in said.items():
        others = told.get(pair, set())
        if others and not sides & others:
            return True
    return False


def _sides(text: Polarity) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for words, turned in ((text.plain, 0), (text.denied, 1)):
        for word in words:
            if word in _SIDES:
                pair, side = _SIDES[word]
                turn = turned and word in text.heads
                found.setdefault(pair, set()).add(side ^ 1 if turn else side)
    return found


def amounts(words: list[str]) -> tuple[frozenset[int], bool]:
    """How much of a thing *words* speak of, from none to all; and whether of that only."""
    levels = frozenset(_LEVELS[word] for word in words if word in _LEVELS)
    return levels, not _SOLE.isdisjoint(words)


def overstates(claim: tuple[frozenset[int], bool], evidence: tuple[frozenset[int], bool]) -> bool:
    """Whether the claim speaks of more than the evidence does."""
    said, only = claim
    told, sole = evidence
    if only and not sole:
        return True
    said, told = said - {0}, told - {0}
    if not said or not told or said & told:
        return False
    if max(said) == 1:
        return min(told) >= 3
    return max(said) > max(told) or max(told) == 1
