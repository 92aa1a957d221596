"""What a text is judged by: its words and their neighbours, pieces of words, and concepts.

A concept is what many words of many languages mean, such as *ignore*, *vergiss* and *olvida*:
an attack in words that nobody used before is often one in concepts that everybody uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..hashing import buckets, hash_of
from ..numbers import Hashes, Integers, NDArray, Truths, np
from .reading import BLOCK, Reading, folded

__all__ = ["BITS", "RUN_WORTH", "SIZE", "Concepts", "Signs", "concepts", "named", "signs"]

BITS = 20
"""There are ``2 ** BITS`` weights for words; which of them a sign has, its hash says."""
RUN_BITS = 17
"""And as many again, of this power, for runs of characters."""
SIZE = (1 << BITS) + (1 << RUN_BITS)
RUN_WORTH = 0.5
"""What a run of characters counts, where a word counts 1."""

_STEMS = np.array([3, 4, 5, 6, 7, BLOCK], dtype=np.int64)[:, None]
"""So many letters of a word are looked at: a few tell one of a concept whose ending is open."""
_STEM, _WHOLE = 2, 5
"""Which of them are taken for the word itself, and which are the word."""
_LONGEST = int(_STEMS[_WHOLE - 1, 0])
_OPEN = np.uint64(0xA0761D6478BD642F)
_OPENED = np.array([_OPEN] * _WHOLE + [0], dtype=np.uint64)[:, None]
_PLACES = 18
_RUN = 4
_SEEN = (1 << 17) - 1
_ODD = 0x9E3779B1
_TURNS = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)))
_HALF = np.uint64(32)
_PAIRS = 3
_KINDS = np.array([0xE7037ED1A0B428DB * each % (1 << 64) for each in range(1, 17)], dtype=np.uint64)
"""What keeps apart the hashes of signs of different kinds."""
_OF_WORDS = np.stack((_KINDS[:3], _KINDS[5:8]))[:, :, None]
_OF_CONCEPTS = _KINDS[8:12][None, :, None]


class Concepts(NamedTuple):
    """The words of concepts, to be found by their hashes."""

    hashes: Hashes
    numbers: NDArray[np.uint8]
    places: NDArray[np.int16]
    """For each bucket which of the hashes is there, counted from 1."""


class Signs(NamedTuple):
    """The signs in a text, each once in a sentence."""

    numbers: Integers
    """Which weight each has."""
    at: Integers
    """The word that each begins at."""


def concepts(hashes: Hashes, numbers: NDArray[np.uint8]) -> Concepts:
    """Concepts whose words have these *hashes*."""
    places = np.zeros(1 << _PLACES, dtype=np.int16)
    places[buckets(hashes, _PLACES)] = np.arange(1, len(hashes) + 1)
    return Concepts(hashes, numbers, places)


def named(words: Mapping[str, Iterable[str]]) -> Concepts:
    """The concepts that *words* name. A word that ends in a star may go on."""
    found: dict[int, int] = {}
    for number, some in enumerate(words.values(), 1):
        for word in some:
            plain = folded(word)
            if plain.endswith("*"):
                found.setdefault(hash_of(plain[:-1][:_LONGEST]) ^ int(_OPEN), number)
            else:
                found.setdefault(hash_of(plain), number)
    hashes = np.array(list(found), dtype=np.uint64)
    return concepts(hashes, np.array(list(found.values()), dtype=np.uint8))


def signs(read: Reading, known: Concepts) -> Signs:
    """The signs in what was read, which is not nothing."""
    starts, hashed = read.starts, read.hashed
    stems = hashed.pieces(starts, np.minimum(starts + _STEMS, read.ends))
    concept = _concepts(stems ^ _OPENED, known) * read.is_word
    at = concept.nonzero()[0]
    hashes = np.concatenate(
        (
            _beside(stems[[_WHOLE, _STEM]], _OF_WORDS),
            _beside(concept[at].astype(np.uint64)[None], _OF_CONCEPTS),
        ),
    )
    runs = hashed.runs(_RUN) if read.length >= _RUN else hashes[:0]
    numbers = np.concatenate((buckets(hashes, BITS), buckets(runs, RUN_BITS) + (1 << BITS)))
    words = np.arange(len(starts))
    owner = np.zeros(read.length, dtype=np.int64)
    owner[starts[1:]] = 1
    owner = np.cumsum(owner[: len(runs)])
    places = np.concatenate((words, words, words, words, words, words, at, at, at, at, owner))
    sentence = np.zeros(len(starts), dtype=np.int64)
    sentence[read.segments] = _ODD
    once = _once(numbers + np.cumsum(sentence)[places])
    return Signs(numbers[once], places[once])


def _once(keys: Integers) -> Truths:
    """Which of *keys* are there the last time (or seem to be: few are taken for each other)."""
    keys = keys & _SEEN
    small = np.uint16 if len(keys) < 1 << 16 else np.uint32
    places = np.arange(len(keys), dtype=small)
    last = np.empty(_SEEN + 1, dtype=small)
    last[keys] = places
    once: Truths = last[keys] == places
    return once


def _beside(rows: Hashes, kinds: Hashes) -> Hashes:
    """Each hash in *rows* alone, with the next, with the one after that, and with both."""
    count = rows.shape[1]
    padded = np.zeros((len(rows), count + 2), dtype=np.uint64)
    padded[:, :count] = rows
    first, second, third = _TURNS
    sums = np.empty((len(rows), kinds.shape[1], count), dtype=np.uint64)
    np.multiply(rows, first, out=sums[:, 0])
    next_one = padded[:, 1 : count + 1] * second
    next_two = padded[:, 2:] * third
    np.add(sums[:, 0], next_one, out=sums[:, 1])
    np.add(sums[:, 0], next_two, out=sums[:, 2])
    if kinds.shape[1] > _PAIRS:
        np.add(sums[:, 1], next_two, out=sums[:, 3])
    sums += kinds
    sums ^= sums >> _HALF
    sums *= first
    return sums.ravel()


def _concepts(hashes: Hashes, known: Concepts) -> NDArray[np.uint8]:
    """The concept that a word stands for by one of its *hashes*: the last named; or 0."""
    concept = np.zeros(hashes.shape[1], dtype=np.uint8)
    places = known.places[buckets(hashes, _PLACES)]
    some = places.nonzero()
    which = places[some] - 1
    numbers = known.numbers[which] * (known.hashes[which] == hashes[some])
    np.maximum.at(concept, some[1], numbers)
    return concept
