"""The words of a text that say what it is about, each in one form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ..likeness.words import FUNCTION_WORDS

__all__ = ["LITTLE", "TOKEN", "contents", "listed", "plain", "stem", "tokens"]

LONGEST = 40
"""Of what is longer, so many characters are a word: the rest is no language."""

REMEMBERED = 32_768
"""So many words are brought into their form once."""

TOKEN = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+|(?<=\d)[.,]\d+)*")
"""A number with its points, or letters and digits with the apostrophes in them."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{2,}"
)
"""Scripts that put no space between words: two neighbouring letters do for a word."""


def listed(words: str) -> frozenset[str]:
    """The words in a text that is a list of them."""
    return frozenset(words.split())


LITTLE = FUNCTION_WORDS | listed(
    "there's it's that's he's she's they're we're you're i'm i've i'd i'll don't doesn't didn't "
    "isn't aren't wasn't weren't won't can't couldn't wouldn't shouldn't hasn't haven't hadn't "
    "n't ain't what's let's who's nt ca wo na gonna wanna yeah yea lol oh wow hmm haha also well "
    "often whose upon though although however since during within among yet still quite rather "
    "thus therefore hence would've they've we've you've they'd he'd she'd lot lots bit"
)
"""Words that a text about anything has, and what is left of them between apostrophes."""


def plain(text: str) -> str:
    """*text* in small letters, in the one form that its characters have."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")


def tokens(text: str) -> list[str]:
    """All words of *text*, which is `plain`.

    >>> tokens("it isn't 1,000 km")
    ['it', "isn't", '1,000', 'km']
    """
    found: list[str] = TOKEN.findall(text)
    if text.isascii() or not _UNSPACED.search(text):
        return found
    return [piece for word in found for piece in _pieces(word)]


def _pieces(word: str) -> list[str]:
    if not _UNSPACED.search(word):
        return [word]
    return [word[n : n + 2] for n in range(len(word) - 1)]


def contents(text: str) -> list[str]:
    """The stems of the words of *text* that say something, as often as they are in it.

    >>> contents("The warranties were covering 1,000 floods")
    ['warranti', 'cover', '1000', 'flood']
    """
    return [found for word in tokens(plain(text)) if (found := stem(word))]


def _stem(word: str) -> str:
    """What is the same in the forms of a word; empty for a word that says nothing.

    >>> _stem("covers"), _stem("covered"), _stem("studies"), _stem("the")
    ('cover', 'cover', 'studi', '')
    """
    if word in LITTLE:
        return ""
    if "'" in word:
        word = word.split("'", 1)[0]
        if word in LITTLE or len(word) < 2:
            return ""
    if word[0].isdigit():
        return word.replace(",", "")[:LONGEST]
    if not word.isascii():
        return word[:LONGEST]
    return _shorter(word[:LONGEST])


class _Stems(dict[str, str]):
    """The stems of words that were met. Numbers and codes are not kept."""

    def __missing__(self, word: str) -> str:
        found = _stem(word)
        if word.isalpha():
            if len(self) >= REMEMBERED:
                self.clear()
            self[word] = found
        return found


stem: Callable[[str], str] = _Stems().__getitem__
"""`_stem`, remembered; to look it up takes less time than to call it."""


def _shorter(word: str) -> str:
    """Without the endings of English, as far as three letters with a vowel are left."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]
        if word.endswith("ie"):
            word = word[:-1]
    for ending in ("ingly", "edly", "ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            left = word[: -len(ending)]
            if not any(letter in "aeiouy" for letter in left):
                break
            word = left
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1] + ("i" if word[-1] == "y" else "")
    return word
