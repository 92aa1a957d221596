"""Where a reply repeats what only the model was told."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from .._types import Span
from ..likeness import sentences
from ..likeness.words import FUNCTION_WORDS
from .instructions import OWN, STOCK, instructed, persona

__all__ = ["Leak", "paraphrases", "repeats"]

_MOST = 200_000
"""So many characters of a reply are read, and of all that others say."""

_SEED = 4
"""So many words in a row are looked up at once."""

_GAP = 2
"""So many other words may stand between two runs that are one."""

_TELLING = 3
"""A run has at least so many words that tell something of the prompt."""

_LEAST = 4
"""An instruction in other words shares at least so many words that tell."""

_MANY = 50
"""A word of more instructions than that tells nothing of one."""

_OWN = 0.2
"""So much less must be shared by a sentence that speaks of what the model was told."""

_STEM = 6
"""Words that begin with so many letters alike are forms of one."""

_DENSE = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_WORD = re.compile(rf"[{_DENSE}]|[^\W_{_DENSE}]+")

Gram = tuple[str, ...]


class Leak(NamedTuple):
    """What is repeated, and how much of it."""

    span: Span
    score: float


class _Word(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def weight(self) -> float:
        """A character of a script without blanks is half a word."""
        return 0.5 if _is_dense(self.text) else 1.0


class _Known(NamedTuple):
    """What only the model was told."""

    grams: Mapping[Gram, bool]
    """Words in a row of instructions; False, if the model may say them of itself."""
    rules: tuple[frozenset[str], ...]
    """The words of each instruction that tell something."""
    words: float
    """How many there are in all."""


def repeats(text: str, told: Sequence[str], others: Iterable[str], least: int) -> Iterator[Leak]:
    """Where *text* repeats *least* words in a row of the instructions in *told*.

    What *others* say too (the user, a source) is known from there.
    """
    known = _known(tuple(told))
    found = _words(text[:_MOST])
    hits = [n for n in range(len(found) - _SEED + 1) if _gram(found, n) in known.grams]
    if not hits:
        return
    elsewhere = _elsewhere({_gram(found, n) for n in hits}, others)
    hits = [n for n in hits if _gram(found, n) not in elsewhere]
    least_weight = min(float(least), max(_SEED, known.words))
    for first, last in _runs(hits):
        run = found[first : last + 1]
        weight = sum(each.weight for each in run)
        own = not any(known.grams.get(_gram(found, n)) for n in range(first, last))
        if weight >= least_weight and sum(map(_tells, run)) >= _TELLING and not own:
            yield Leak(Span(run[0].start, run[-1].end), 1.0)


def paraphrases(
    text: str, told: Sequence[str], others: Iterable[str], share: float
) -> Iterator[Leak]:
    """The sentences of *text* that have the words of an instruction in *told*, in any order.

    What *others* say too is known from there.
    """
    rules = _known(tuple(told)).rules
    found = [each for each in _shared(text[:_MOST], rules) if each.score >= share - each.own]
    if found:
        read = _read(others)
        known = {
            each.rule for other in read for each in _shared(other, rules) if each.score >= share
        }
        yield from (Leak(each.span, each.score) for each in found if each.rule not in known)


class _Shared(NamedTuple):
    """How many of the words of a rule a sentence has."""

    span: Span
    rule: frozenset[str]
    score: float
    own: float
    """How much less will do, as the sentence says that it was told."""


def _shared(text: str, rules: Sequence[frozenset[str]]) -> Iterator[_Shared]:
    owners: dict[str, list[frozenset[str]]] = {}
    for rule in rules:
        for stem in rule:
            owners.setdefault(stem, []).append(rule)
    for span in sentences(text) if rules else ():
        said = text[span.start : span.end]
        hits = Counter(rule for stem in _stems(_words(said)) for rule in owners.get(stem, ()))
        shares = [(n / len(rule), rule) for rule, n in hits.items() if n >= _LEAST]
        if shares:
            share, rule = max(shares, key=itemgetter(0))
            yield _Shared(span, rule, round(share, 4), _OWN if OWN.search(said) else 0.0)


def _read(others: Iterable[str]) -> Iterator[str]:
    """As much of *others* as is read."""
    left = _MOST
    for text in others:
        yield text[:left]
        left -= min(left, len(text))


def _known(told: tuple[str, ...]) -> _Known:
    grams: dict[Gram, bool] = {}
    rules: list[frozenset[str]] = []
    total = 0.0
    for text in told:
        for span in sentences(text):
            sentence = text[span.start : span.end]
            until = instructed(sentence)
            own = not until and persona(sentence)
            found = _words(sentence if own else sentence[:until])
            total += sum(each.weight for each in found)
            for n in range(len(found) - _SEED + 1):
                gram = _gram(found, n)
                grams[gram] = grams.get(gram, False) or not own or n == 0
            rule = frozenset[str]() if own else _stems(found)
            if len(rule) >= _LEAST:
                rules.append(rule)
    return _Known(grams, _telling(rules), total)


def _telling(rules: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """*rules* without the words that many have."""
    once = dict.fromkeys(rules)
    often = Counter(stem for rule in once for stem in rule)
    many = {stem for stem, count in often.items() if count > _MANY}
    return tuple(dict.fromkeys(rule - many for rule in once if len(rule - many) >= _LEAST))


def _words(text: str) -> list[_Word]:
    return [_Word(each[0].casefold(), *each.span()) for each in _WORD.finditer(text)]


def _gram(words: Sequence[_Word], n: int) -> Gram:
    return tuple(each.text for each in words[n : n + _SEED])


def _elsewhere(grams: Collection[Gram], others: Iterable[str]) -> set[Gram]:
    """Which of *grams* stand in *others*."""
    found: set[Gram] = set()
    for text in _read(others):
        words = _words(text)
        found.update(
            gram for n in range(len(words) - _SEED + 1) if (gram := _gram(words, n)) in grams
        )
    return found


def _runs(hits: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last word of each run that *hits* are the beginnings of."""
    first = last = -1
    for n in hits:
        if last >= 0 and n > last + 1 + _GAP:
            yield first, last
            first = n
        first, last = (n if last < 0 else first), n + _SEED - 1
    if last >= 0:
        yield first, last


def _tells(word: _Word) -> float:
    if word.text in FUNCTION_WORDS or word.text in STOCK:
        return 0.0
    return word.weight


def _stems(words: Sequence[_Word]) -> frozenset[str]:
    """What tells of each word; of scripts without blanks, of each two characters."""
    pairs = {
        one.text + other.text
        for one, other in itertools.pairwise(words)
        if _is_dense(one.text) and _is_dense(other.text)
    }
    return frozenset(
        {each.text[:_STEM].removesuffix("s") for each in words if _tells(each) == 1.0} | pairs
    )


def _is_dense(word: str) -> bool:
    return word >= "\u0e00" and _DENSE_ONE.match(word) is not None


_DENSE_ONE = re.compile(f"[{_DENSE}]")
