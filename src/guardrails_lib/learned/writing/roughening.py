"""Written texts made as rough as those of people: in lower case, misspelt, without commas."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from .grammar import Chance, one_of

__all__ = ["Part", "rough"]


class Part(NamedTuple):
    """A stretch of a text, and what it names, if it is a name."""

    text: str
    name: str | None = None


_LOOSE = {"chat", "social"}
"""Kinds of text that are written fast."""
_SET = {"forms", "lists"}
"""Kinds of text whose marks and lines mean something."""
_CHATTY: Mapping[str, str] = {
    "you": "u",
    "your": "ur",
    "are": "r",
    "please": "pls",
    "because": "cuz",
    "about": "abt",
    "with": "w/",
    "and": "&",
    "tomorrow": "tmrw",
    "tonight": "2nite",
    "for": "4",
    "to": "2",
    "going to": "gonna",
    "want to": "wanna",
    "know": "kno",
    "people": "ppl",
    "the": "da",
    "that": "dat",
    "love": "luv",
    "though": "tho",
    "thanks": "thx",
    "before": "b4",
    "really": "rly",
    "just": "jus",
    "what": "wat",
    "this": "dis",
    "through": "thru",
    "right": "rite",
    "them": "em",
    "see": "c",
    "be": "b",
}
_WORDS = re.compile("|".join(rf"\b{word}\b" for word in _CHATTY), re.IGNORECASE)


def rough(parts: Sequence[Part], kind: str, language: str, chance: Chance) -> list[Part]:
    """*parts* as somebody might have written them, most of them as they are."""
    loose, fixed = kind in _LOOSE, kind in _SET
    made = list(parts)
    if language == "en" and chance() < (0.25 if loose else 0.03):
        made = _plain(made, lambda text: _chatty(text, chance))
    if chance() < 0.08:
        made = [_misspelt(part, chance) for part in made]
    if chance() < (0.2 if loose else 0.05) and not fixed:
        marks = one_of(chance, ("[.!?]+(?=\\s|$)", "[,;:]", "['\u2019]", "[.,;:!?'\"]"))
        made = _plain(made, lambda text: re.sub(marks, "", text))
    made = _cased(made, loose, chance)
    if chance() < 0.1 and not fixed:
        made = _tokenised(made)
    elif chance() < 0.03:
        made = _plain(made, lambda text: _spaced(text, chance))
    if chance() < 0.05 and not fixed:
        made = _wrapped(made, 40 + int(chance() * 50))
    return made


def _plain(parts: Sequence[Part], change: Callable[[str], str]) -> list[Part]:
    """*parts*, with all that is no name changed."""
    return [part if part.name else Part(change(part.text)) for part in parts]


def _named(parts: Sequence[Part], change: Callable[[str], str]) -> list[Part]:
    return [Part(change(part.text), part.name) if part.name else part for part in parts]


def _chatty(text: str, chance: Chance) -> str:
    def said(found: re.Match[str]) -> str:
        return _CHATTY[found[0].lower()] if chance() < 0.6 else found[0]

    return _WORDS.sub(said, text)


def _misspelt(part: Part, chance: Chance) -> Part:
    """*part* with a letter too many, too few, or in its neighbour's place: a name often."""
    text = part.text
    if len(text) < 4 or chance() > (0.35 if part.name else 0.1):
        return part
    at = 1 + int(chance() * (len(text) - 3))
    if not text[at : at + 2].isalpha():
        return part
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    doubled = text[: at + 1] + text[at:]
    dropped = text[:at] + text[at + 1 :]
    return Part(one_of(chance, (swapped, doubled, dropped)), part.name)


def _cased(parts: Sequence[Part], loose: bool, chance: Chance) -> list[Part]:
    draw = chance()
    if draw < (0.35 if loose else 0.2):
        return [Part(part.text.lower(), part.name) for part in parts]
    if draw > 0.97:
        return [Part(part.text.upper(), part.name) for part in parts]
    if draw > 0.94:
        return [Part(re.sub(r"(?<!\S)\w", _upper, part.text), part.name) for part in parts]
    if draw > 0.91:
        return _named(parts, str.lower)
    if draw > 0.88:
        return _named(parts, str.upper)
    return _plain(parts, str.lower) if draw > 0.86 else list(parts)


def _upper(found: re.Match[str]) -> str:
    return found[0].upper()


_BEFORE = re.compile(r"(?<=[\w)\"'])([.,;:!?)\]]+)(?=\s|$)")
_AFTER = re.compile(r"([(\[\"“]+)(?=\w)")
_SHORTENED = re.compile(r"(?i)(?<=\w)(n't|'s|'re|'ve|'ll|'d|'m)\b")


def _tokenised(parts: Sequence[Part]) -> list[Part]:
    """*parts* with each mark apart, as in old collections: ``do n't , he said .``."""
    made: list[Part] = []
    for part in parts:
        text = _SHORTENED.sub(r" \1", part.text) if made or part.name is None else part.text
        if part.name:
            text = re.sub(r"\s*([,\"()'-])\s*", _between, text).strip()
        else:
            text = _AFTER.sub(r"\1 ", _BEFORE.sub(r" \1", text))
            if made and made[-1].name and re.match(r"[.,;:!?)\]\"']", text):
                text = " " + re.sub(r"^([.,;:!?)\]\"])(?=\w)", r"\1 ", text)
            text = re.sub(r"([(\[\"“])$", r"\1 ", text)
        made.append(Part(text, part.name))
    return made


def _between(found: re.Match[str]) -> str:
    return found[0] if found[1] in "-'" else f" {found[1]} "


def _spaced(text: str, chance: Chance) -> str:
    return re.sub(r"(?<=\S) (?=\S)", lambda found: "  " if chance() < 0.2 else " ", text)


def _wrapped(parts: Sequence[Part], width: int) -> list[Part]:
    """*parts* in lines of at most *width*, so that a name may stand in two of them."""
    made: list[Part] = []
    column = 0
    for part in parts:
        text = ""
        for piece in re.split(r"( )", part.text):
            if piece == " " and column > width:
                text, column = text + "\n", 0
                continue
            column = len(piece) - piece.rfind("\n") - 1 if "\n" in piece else column + len(piece)
            text += piece
        made.append(Part(text, part.name))
    return made
