"""What kind of answer a question wants, and whether a text has one that it does not itself name."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from ..grounding.facts import Facts
from ..grounding.words import contents, listed, plain

__all__ = ["Kind", "asks", "has_one", "says_what", "wanted"]

Kind: TypeAlias = Literal["number", "date", "name", ""]

_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "date",
        re.compile(
            r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade|time)\b"
            r"|\bhow (?:long ago|recently)\b|\b(?:wann|quand|quando|cu[aá]ndo)\b"
        ),
    ),
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|old|long|far|tall|often|large|big|high|deep|heavy|fast)\b"
            r"|\bwhat (?:percent|percentage|number|amount|proportion|fraction|share)\b"
            r"|\b(?:wie ?viele?|combien|cu[aá]nt[oa]s?|quant[oaie]s?|hoeveel)\b"
        ),
    ),
    (
        "name",
        re.compile(
            r"\b(?:who|whom|whose|where|wer|wessen|wo|où|qui|dónde|quién|quem|onde|chi|dove)\b"
            r"|\b(?:what|which) (?:person|people|president|king|queen|general|author|scientist"
            r"|leader|player|actor|man|woman|company|team|group|organi[sz]ation|band|party|country"
            r"|nation|tribe|city|state|place|location|region|town|county|continent)\b"
        ),
    ),
)

_COUNTED = listed(
    "one two three four five six seven eight nine ten eleven twelve half hundred thousand million "
    "billion dozen third quarter percent once twice several few many"
)
_DATED = re.compile(r"1\d{3}s?|20\d\ds?|\d+(?:st|nd|rd|th)|\d0s")


def wanted(question: str) -> Kind:
    """The kind of answer that *question*, in small letters, wants; empty for any.

    >>> wanted("when did it open?"), wanted("how many came?"), wanted("why is it so?")
    ('date', 'number', '')
    """
    for kind, form in _ASKS:
        if form.search(question):
            return kind
    return ""


def has_one(kind: Kind, text: Facts, question: Facts) -> bool:
    """Whether *text* has what could be an answer of that kind and is not in the *question*."""
    asked = set(question.words)
    words = [word for word in text.words if word not in asked]
    if kind == "number":
        return any(word in _COUNTED or any(map(str.isdigit, word)) for word in words)
    if kind == "date":
        return "century" in words or bool(text.days) or any(map(_DATED.fullmatch, words))
    if kind == "name":
        return any(not asked.issuperset(name.words) for name in text.names)
    return True


_WORD_THAT_ASKS = re.compile(
    r"[?\uff1f\u061f]|\b(?:who|whom|whose|what|which|when|where|why|how|wer|was|wann|wo|warum|wie|qui|quoi|quand"
    r"|pourquoi|comment|qué|quién|cuándo|dónde|cómo|chi|cosa|quando|dove|come|wie|wat|waarom)\b"
)


def says_what(question: str) -> bool:
    """Whether a word of *question* says what it is about.

    >>> says_what("Who is he?"), says_what("Who is the mayor?")
    (False, True)
    """
    return bool(contents(question))


def asks(text: str) -> bool:
    """Whether *text* is a question by its looks.

    >>> asks("Why not?"), asks("Hello there!")
    (True, False)
    """
    return any(mark in text for mark in "?\uff1f\u061f") or bool(
        _WORD_THAT_ASKS.search(plain(text))
    )
