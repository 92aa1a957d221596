"""What a reply says is so, a sentence at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .._types import Span
from .sentences import sentences
from .words import LITTLE, listed, plain, stem, tokens

__all__ = ["Claim", "claims"]


class Claim(NamedTuple):
    """A sentence that says something is so."""

    span: Span
    text: str
    """What it says, without marks of citations and of Markdown."""


_LINE = re.compile(r"[^\n]+\n?|\n")
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(
    r"[ \t]{0,3}#{1,6}(?:[ \t]|$)|[ \t]*(?:\*\*|__)[^*_\n]{0,79}[^*_\n.!](?:\*\*|__):?[ \t]*$"
)
_RULE = re.compile(r"[ \t]*(?:[-=*_][ \t]*){3,}$|[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|?)+[ \t]*$")
_MARKER = re.compile(r"[ \t>]*(?:(?:[-*+\u2022\u2013]|\d{1,3}[.)]|\(?[a-z][.)])[ \t]+)?")
_FOOTNOTE = re.compile(r"[ \t]*\[\^?[\w-]{1,40}\]:")
_LABEL = re.compile(r"[ \t]*(?:sources?|references?|citations?|quellen?)[ \t]*:", re.IGNORECASE)

_MARKS = re.compile(
    r"!?\[(?P<link>[^\[\]\n]{0,300})\]\([^()\s]{0,500}(?:[ \t]\"[^\"\n]{0,200}\")?\)"
    r"|\[(?:\d{1,4}(?:\s?[,;\u2013-]\s?\d{1,4}){0,9}|\^[\w-]{1,40}|[A-Za-z]{1,12}[-_]?\d{1,6}"
    r"|(?:doc|document|source|src|ref|quelle|cit|note)[-_: ]?[\w.-]{0,40})\]"
    r"|\u3010[^\u3011\n]{1,80}\u3011"
    r"|\((?:see|source|sources|ref|cf|doc)[:.]? [^()\n]{1,80}\)"
    r"|</?[a-zA-Z][^<>\n]{0,200}>"
    r"|(?P<bare>https?://[^\s<>]{1,500})"
    r"|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+|~~|\|"
)

_MARKED = re.compile(r"[\[*_`~|<\u3010]|://|\((?:see|source|ref|cf|doc)")
"""Without any of these a text has no marks."""

_TALK = LITTLE | listed(
    "sorry help helps helped helping hope hopes question questions further assist assistance "
    "information info know knew think thought ask asking feel free glad happy understand "
    "unfortunately answer answers answering provide provided providing find found based context "
    "source sources document documents text texts passage passages mention mentioned mentions "
    "contain contains enough detail details apologize apologise apologies great good welcome "
    "day anything else need clarify clarification certainly course absolutely here "
    "step steps following follows summary overview example note please wait moment check "
    "let's looking look interesting nice wonderful agree agreed right true correct exactly "
    "hopefully chat talk talking concerns concern inquiry response reply specific sufficient "
    "related additional available conclude determine unable unsure"
)
"""Words about the conversation, and none of what it is about."""

_QUESTION = re.compile(r"[?\uff1f\u061f][\"')\]\u201d\u2019*_\s]*$")
_SAYS = re.compile(
    r"^(?:did you know|isn't it|aren't|didn't you know)\b|,\s*(?:right|isn't it|is it|don't they"
    r"|doesn't it|aren't they|wasn't it|no|correct|nicht wahr)\?",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"(?:(?:unfortunately|sorry|based on the [a-z]+),? )?(?:but )?"
    r"(?:the|these|those|your|this|none of the)? ?(?:provided |given |available |retrieved )?"
    r"(?:sources?|documents?|context|texts?|passages?|excerpts?|articles?|materials?|information)"
    r"(?: (?:provided|given|available))? "
    r"(?:(?:do|does|did)(?: not|n't) (?:say|mention|contain|provide|specify|include|state|tell"
    r"|give|cover|address|indicate|describe)|(?:is|are) silent)\b[^,;:.]{0,200}[.]?",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(r"\b(?:so|therefore|but|because|however|which|hence|since|and it|thus)\b")


def claims(text: str) -> Iterator[Claim]:
    """What *text* says is so: its sentences, the items of its lists, the rows of its tables.

    Code, headings, questions, and talk about the conversation alone ("I hope this helps",
    "The sources do not say") claim nothing. Talk is what has no word, number or name but
    those of talk, so whatever is said of a matter is a claim.

    >>> [claim.text for claim in claims("Hello! **Fire** is covered [1]. Anything else?")]
    ['Fire is covered .']
    """
    for start, end in _blocks(text):
        for span in sentences(text, start, end):
            at = _MARKER.match(text, span.start, span.end)
            first = at.end() if at else span.start
            said = cleaned(text[first : span.end])
            if _is_claim(said):
                yield Claim(Span(first, span.end), said)


def cleaned(text: str) -> str:
    """*text* without marks of citations and of Markdown."""
    return _MARKS.sub(_kept, text) if _MARKED.search(text) else text


def _kept(match: re.Match[str]) -> str:
    if match["link"] is not None:
        return match["link"]
    return " " if match[0] == "|" else ""


def _blocks(text: str) -> Iterator[Span]:
    """The stretches of *text* that are sentences: no code, no headings, no rules."""
    start = opened = 0
    fence = ""
    for line in _LINE.finditer(text):
        at, end = line.span()
        mark = _FENCE.match(line[0])
        if fence:
            if mark and mark[1].startswith(fence) and not line[0][mark.end() :].strip():
                fence = ""
            start = end
            continue
        row = line[0].rstrip("\n")
        if mark:
            fence, opened = mark[1], end
        if mark or (len(row) < 400 and _is_frame(row)):
            if start < at:
                yield Span(start, at)
            start = end
        elif "|" in row and row.strip().startswith("|"):
            if start < at:
                yield Span(start, at)
            if not _is_head(text, end):
                yield Span(at, end)
            start = end
    rest = opened if fence else start  # a fence that nothing closes hides nothing
    if rest < len(text):
        yield Span(rest, len(text))


def _is_frame(row: str) -> bool:
    return any(form.match(row) for form in (_HEADING, _RULE, _FOOTNOTE, _LABEL))


def _is_head(text: str, end: int) -> bool:
    """Whether a row of a table is the one above the rule."""
    stop = text.find("\n", end, end + 400)
    below = text[end : stop if stop >= 0 else end + 400]
    return "-" in below and bool(_RULE.match(below))


def _is_claim(text: str) -> bool:
    if _QUESTION.search(text[-12:]) and not _SAYS.search(text):
        return False
    words = tokens(plain(text))
    if all(word in _TALK or not stem(word) for word in words):
        return any(word[0].isdigit() for word in words)
    return not (_ABSENT.fullmatch(text.strip()) and not _FOLLOWS.search(text))
