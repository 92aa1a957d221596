"""Characters that show nothing, and where they are no part of how the text is spelled."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from .view import Edit, View, decoded, edited

__all__ = ["NOT_SHOWN", "Run", "ended_by", "hidden", "kind_of", "runs", "unseen"]

_TAGS = "\U000e0000-\U000e007f"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u3164\ufeff\uffa0"
_ANNOTATION = "\ufff9-\ufffb"
_ORDERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_SOFT = "\u00ad"

NOT_SHOWN = f"{_TAGS}{_SELECTORS}{_BLANK}{_ANNOTATION}{_ORDERING}{_CONTROLS}{_SOFT}"
"""The characters of a class that show nothing."""

_RUN = re.compile(f"[{NOT_SHOWN}]+")
_KINDS = {
    "tags": re.compile(f"[{_TAGS}]"),
    "annotation": re.compile(f"[{_ANNOTATION}]"),
    "selectors": re.compile(f"[{_SELECTORS}]"),
    "zero-width": re.compile(f"[{_BLANK}\u200e\u200f\u061c]"),
}
_TAG = re.compile(f"[{_TAGS}]{{2,}}")
_SELECTOR = re.compile(f"[{_SELECTORS}]{{4,}}")
_ONE_SELECTOR = re.compile(f"[{_SELECTORS}]")
_BITS = re.compile(f"[{_BLANK}]{{16,}}")

_SPELLING = re.compile("[\u200b-\u200f\u061c\ufe00-\ufe0f\u00ad]{1,2}")
"""Joiners, breaks, marks and selectors that many scripts are spelled with."""

_SCRIPTS = re.compile(
    "[\u0590-\u109f\u1100-\u11ff\u1780-\u18af\u1900-\u1aaf\u1b00-\u1c4f\ua840-\uabff"
    "\ufb1d-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
"""Letters of those scripts."""

_IDEOGRAPH = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_REGION = re.compile("[\U000e0061-\U000e007a]{2}[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,3}")
_FLAG, _FLAG_ENDS = "\U0001f3f4", "\U000e007f"
_KEYCAP = "\u20e3"


class Run(NamedTuple):
    """Characters that show nothing, from *start* to *end*, with no other between them."""

    start: int
    end: int
    before: str
    """The character before it; nothing at the beginning."""
    after: str


def runs(text: str) -> Iterator[Run]:
    """The runs that no spelling, emoji or byte order asks for."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        if not _is_spelling(match[0], before, after):
            yield Run(start, end, before, after)


def kind_of(text: str, run: Run) -> str:
    """What the characters of *run* are; nothing where they may be careless and no more."""
    start, end, before, after = run
    if _KINDS["tags"].search(text, start, end):
        return "tags"
    if _KINDS["annotation"].search(text, start, end):
        return "annotation"
    selectors = len(_KINDS["selectors"].findall(text, start, end))
    if selectors > 1 or (selectors and before.isalpha()):
        return "selectors"
    blank = len(_KINDS["zero-width"].findall(text, start, end))
    in_word = before.isalnum() and after.isalnum()
    return "zero-width" if blank > 2 or (blank and in_word) else ""


def ended_by(text: str) -> int:
    """Where a run begins that *text* ends with; else its end."""
    at = len(text)
    while at and _RUN.match(text, at - 1):
        at -= 1
    return at


def unseen(text: str) -> Iterator[View]:
    """*text* without what does not show, where that stands beside a letter or a digit.

    Where it stands for the spaces between words, *text* is also read with those.
    """
    some = [run for run in runs(text) if run.before.isalnum() or run.after.isalnum()]
    yield from edited(text, (Edit(run.start, run.end, "") for run in some), "invisible")
    if all(two.start - one.end > 2 for one, two in itertools.pairwise(some)):
        yield from edited(text, (Edit(run.start, run.end, " ") for run in some), "invisible")


def hidden(text: str) -> Iterator[View]:
    """What characters that do not show spell themselves, in one of three known ways."""
    for match in _TAG.finditer(text):
        said = "".join(chr(code) for code in (ord(tag) - 0xE0000 for tag in match[0]) if code > 31)
        if not _is_flag(match[0], text[max(0, match.start() - 1) : match.start()]):
            yield decoded(said.rstrip("\x7f"), *match.span(), "tags")
    for match in _SELECTOR.finditer(text):
        codes = bytes(
            code - 0xFE00 if code < 0xFE10 else code - 0xE0100 + 16 for code in map(ord, match[0])
        )
        yield from _said(codes, match.span(), "selectors")
    for match in _BITS.finditer(text):
        yield from _of_bits(match[0], match.span())


def _of_bits(run: str, span: tuple[int, int]) -> Iterator[View]:
    """What a run of two characters says when one is a nought and the other is a one."""
    two = sorted(set(run))
    if len(two) == 2:
        ones = "".join("01"[letter == two[1]] for letter in run)
        for digits in (ones, ones.translate({48: "1", 49: "0"})):
            codes = bytes(int(digits[at : at + 8], 2) for at in range(0, len(digits) - 7, 8))
            yield from _said(codes, span, "zero-width bits")


def _said(codes: bytes, span: tuple[int, int], how: str) -> Iterator[View]:
    said = codes.decode("utf-8", "replace")
    if said.isprintable() and "\ufffd" not in said:
        yield decoded(said, *span, how)


def _is_spelling(run: str, before: str, after: str) -> bool:
    """Whether *run* is what an honest text holds there."""
    if run == "\ufeff" and before in ("", "\n"):
        return True
    if _SPELLING.fullmatch(run) and (_SCRIPTS.match(before) or _SCRIPTS.match(after)):
        return True
    if _ONE_SELECTOR.fullmatch(run) and _IDEOGRAPH.match(before):
        return True
    if run in ("\ufe0e", "\ufe0f"):
        return after == _KEYCAP if before.isascii() else not before.isalpha()
    if run in ("\u200d", "\ufe0f\u200d"):
        return _is_emoji(before) and _is_emoji(after)
    return _is_flag(run, before)


def _is_emoji(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter) in ("So", "Sk", "Sm", "Cn")


def _is_flag(run: str, before: str) -> bool:
    """Whether *run* says whose a black flag is."""
    return before == _FLAG and run[-1:] == _FLAG_ENDS and bool(_REGION.fullmatch(run[:-1]))
