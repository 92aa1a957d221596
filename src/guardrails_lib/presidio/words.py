"""Words by spaCy's rules for English, and which of them count."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from .recognizers import IS_PUNCT, IS_STOP, words_of_english

__all__ = ["Cut", "Words", "sure", "unhalved", "words"]

Cut: TypeAlias = tuple[tuple[str, int], ...]

_SURROGATE = re.compile("[\ud800-\udfff]")

_DIGIT = re.compile("[0-9]")

_LETTERS = re.compile("([A-Za-z]+)([,;!?]?)")
"""What spaCy takes apart in one way only, but for its exceptions."""

_LONG = 2_000
"""A piece without a blank that is longer is cut at every mark: spaCy takes time with its square."""

_ROUGHLY = re.compile(r"\w+|\W")

_KEPT = 20_000
"""So many pieces are remembered."""

_PLAIN = re.compile(r"\(?[^\W\d_]{1,30}[.,;:!?)]{0,2}")
"""What is remembered: letters, and the marks around a word. No number, no address."""


class Words:
    """Cuts pieces of text into words, and tells the words that say something."""

    def __init__(self, language: Callable[[], Any]) -> None:
        self._language = language
        rules = language()
        self._exceptions = frozenset(rules.tokenizer.rules)
        self._is_stop = rules.vocab.lex_attr_getters[IS_STOP]
        self._is_punct = rules.vocab.lex_attr_getters[IS_PUNCT]
        self._cut: dict[str, Cut] = {}
        self._counts: dict[str, bool] = {}
        self._least: dict[str, int] = {}

    def cut(self, piece: str) -> Cut:
        """The words of *piece* in lower case, each with its length as it was written."""
        known = self._cut.get(piece)
        if known is None:
            plain = _LETTERS.fullmatch(piece)
            if plain and not {piece, plain[1]} & self._exceptions:
                known = tuple((word.lower(), len(word)) for word in plain.groups() if word)
            elif piece.isdigit() and piece.isascii():
                return ((piece, len(piece)),)
            elif len(piece) > _LONG:
                return tuple((word.lower(), len(word)) for word in _ROUGHLY.findall(piece))
            else:
                tokens = self._language().tokenizer(unhalved(piece))
                known = tuple((token.lower_, len(token)) for token in tokens)
            if _PLAIN.fullmatch(piece):
                _keep(self._cut, piece, known)
        return known

    def known(self, piece: str) -> Cut | None:
        """The words of *piece* if that is quickly told."""
        return self._cut.get(piece) or (self.cut(piece) if _PLAIN.fullmatch(piece) else None)

    def at_least(self, piece: str) -> int:
        """How many words of *piece* count, or fewer where that would take long to tell."""
        known = self._least.get(piece)
        if known is None:
            if _PLAIN.fullmatch(piece):
                known = sum(":" not in word and self.count(word) for word, _ in self.cut(piece))
                _keep(self._least, piece, known)
            else:
                known = int(sure(piece))
        return known

    def count(self, word: str) -> bool:
        """Whether *word* is more than a stop word or a punctuation mark."""
        known = self._counts.get(word)
        if known is None:
            known = not (self._is_stop(word) or self._is_punct(word) or word in ("be", "-PRON-"))
            if _PLAIN.fullmatch(word):
                _keep(self._counts, word, known)
        return known


def sure(piece: str) -> bool:
    """Whether one of its words counts: a number does, but with a colon it may be taken apart."""
    return ":" not in piece and _DIGIT.search(piece) is not None


def _keep(known: dict[str, Any], key: str, value: object) -> None:
    if len(known) >= _KEPT:
        known.clear()
    known[key] = value


@functools.cache
def words() -> Words:
    """The one that all share."""
    return Words(words_of_english)


def unhalved(text: str) -> str:
    """*text* with U+FFFD for each half of a character, which spaCy refuses."""
    return _SURROGATE.sub("\ufffd", text)
