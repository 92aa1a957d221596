"""Plain facts about a text: its length, its words, what it matches."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator

from .._check import check
from .._errors import PolicyError
from .._types import Finding, Span
from ..scan import Pattern, compiled
from .knowing import known_in

__all__ = ["containing", "longer_than", "matching", "naming"]


@check(width=None, known=known_in("text.longer_than"))
def longer_than(text: str, *, limit: int) -> Iterator[Finding]:
    """A text of more than *limit* characters.

    Long prompts cost money and hide things; long answers are rarely read. How long a
    text is shows at its end, so as an output rule it lets a stream show nothing before.

    >>> [finding.message for finding in longer_than(limit=3)("abcd")]
    ['4 characters, and 3 are allowed']

    It does not count tokens. To stop a reply that costs too much, use `Budget`.
    """
    if len(text) > limit:
        yield Finding(f"{len(text)} characters, and {limit} are allowed")


def _pattern(pattern: str) -> Pattern:
    try:
        return compiled(pattern)
    except (ValueError, TypeError) as problem:
        raise PolicyError(f"matching(): {problem}") from None


def _matching_width(pattern: str) -> int | None:
    return _pattern(pattern).width


def _matching_tail(pattern: str) -> Callable[[str], int]:
    return _pattern(pattern).tail


@check(width=_matching_width, tail=_matching_tail, known=known_in("text.matching"))
def matching(text: str, pattern: str) -> Iterator[Finding]:
    r"""What matches *pattern*, a regular expression of the `regex` module.

    It is looked for from every start; in a guarded call, matches that overlap become one
    finding. A pattern with a bound (``\d{4,16}``) lets a
    stream flow: only a tail that could still match is held back. One without (``\d+``)
    must see the whole text. A pattern that takes too long counts as broken, not as clean.

    >>> [finding.span for finding in matching(r"\d{3}")("call 555 now")]
    [Span(start=5, end=8)]

    It knows no check digits and no context: 555 may be a price. Empty matches are nothing.
    """
    for start, end in compiled(pattern).find(text):
        yield Finding("it matches a pattern", Span(start, end))


def _checked(words: object, of: str = "containing") -> str | tuple[str, ...]:
    if isinstance(words, str):
        return words
    if isinstance(words, tuple | list) and all(isinstance(word, str) for word in words):
        return tuple(words)
    raise PolicyError(f"{of}() takes a text or a tuple of texts")


@functools.lru_cache(maxsize=4096)
def _words(words: str | tuple[str, ...], ignore_case: bool) -> tuple[tuple[str, ...], Pattern]:
    each = (words,) if isinstance(words, str) else words
    if not each or not all(each):
        raise PolicyError("containing() takes a text or a tuple of texts, none of them empty")
    longest_first = sorted(each, key=len, reverse=True)
    pattern = "|".join(re.escape(word) for word in longest_first)
    return each, compiled(f"(?i:{pattern})" if ignore_case else pattern)


def _containing_width(words: str | tuple[str, ...], ignore_case: bool) -> int | None:
    return _words(_checked(words), ignore_case)[1].width


def _containing_tail(words: str | tuple[str, ...], ignore_case: bool) -> Callable[[str], int]:
    return _words(_checked(words), ignore_case)[1].tail


@check(width=_containing_width, tail=_containing_tail, known=known_in("text.containing"))
def containing(
    text: str, words: str | tuple[str, ...], *, ignore_case: bool = False
) -> Iterator[Finding]:
    """Any of *words*, letter by letter, also inside longer words.

    >>> [finding.span for finding in containing(("foo", "bar"))("a bar")]
    [Span(start=2, end=5)]

    It does not see through look-alike letters or spacing. For the names of firms, people
    and products use `naming`, which knows where a word ends.
    """
    each, pattern = _words(_checked(words), ignore_case)
    if ignore_case or any(word in text for word in each):
        for start, end in pattern.find(text):
            yield Finding("it contains a word of the list", Span(start, end))


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that put no space between words: a name begins and ends anywhere."""

_BETWEEN = re.compile(r"[\s\-\u2010-\u2015]+")
_APART = r"[\s\-\u2010-\u2015]{0,3}"
_ENDINGS = r"(?:['\u2019\u02bc]?s|es)?"
"""Of a plural, and of what is somebody's."""


def _letter(letter: str) -> str:
    """*letter*, with its mark or without it."""
    base, *marks = tuple(unicodedata.normalize("NFD", letter))
    if not marks or not base.isascii():
        return re.escape(letter)
    return f"(?:{letter}|{base}(?:{''.join(marks)})?)"


def _name(name: str) -> str:
    name = unicodedata.normalize("NFC", name.strip())
    pattern = _APART.join("".join(map(_letter, part)) for part in _BETWEEN.split(name))
    if not _UNSPACED.match(name[0]):
        pattern = rf"(?<![^\W_]){pattern}"
    if not _UNSPACED.match(name[-1]):
        pattern = rf"{pattern}{_ENDINGS}(?![^\W_])"
    return pattern


@functools.lru_cache(maxsize=4096)
def _names(names: str | tuple[str, ...], ignore_case: bool) -> Pattern:
    each = (names,) if isinstance(names, str) else names
    if not each or not all(any(map(str.isalnum, name)) for name in each):
        raise PolicyError("naming() takes a name or a tuple of names, each with a letter")
    pattern = "|".join(map(_name, sorted(each, key=len, reverse=True)))
    return compiled(f"(?i:{pattern})" if ignore_case else pattern)


def _naming_width(names: str | tuple[str, ...], ignore_case: bool) -> int | None:
    return _names(_checked(names, "naming"), ignore_case).width


def _naming_tail(names: str | tuple[str, ...], ignore_case: bool) -> Callable[[str], int]:
    return _names(_checked(names, "naming"), ignore_case).tail


@check(width=_naming_width, tail=_naming_tail, known=known_in("text.naming"))
def naming(
    text: str, names: str | tuple[str, ...], *, ignore_case: bool = True
) -> Iterator[Finding]:
    """Any of *names*, as a word of its own: competitors, people, secret projects.

    >>> check = naming(("Acme", "Globex Corp"))
    >>> [f.span for f in check("ACME's prices, and GLOBEX-CORP's. An acmeist.")]
    [Span(start=0, end=6), Span(start=19, end=32)]

    Capitals count only with ``ignore_case=False``: say that for a name that is a word, such
    as Apple. A plural or a possessive is found, blanks and hyphens are the same or none, and
    an accent may be missing. Chinese, Japanese and Thai names are found in any text.

    It does not see through look-alike letters; ``disguised(naming(...))`` does. It does not
    know a firm by its products, nor what is a name and what is a word.
    """
    for start, end in _names(_checked(names, "naming"), ignore_case).find(text):
        yield Finding("it names what is on the list", Span(start, end), kind="named")
