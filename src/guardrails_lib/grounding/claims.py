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


_FRAME = re.compile(
    r"^[ \t]{0,8}(?:(?P<fence>`{3,}|~{3,})[^\n]*"
    r"|\#{1,6}(?:[ \t][^\n]*)?$"  # a heading
    r"|(?:\*\*|__)[^*_\n]{0,79}[^*_\n.!](?:\*\*|__):?[ \t]*$"  # as good as one
    r"|(?:[-=*_][ \t]?){3,400}$"  # a rule
    r"|(?P<below>\|?(?:[ \t]?:?-{1,80}:?[ \t]?\|){1,80}[ \t:-]{0,80}$)"
    r"|(?P<row>\|[^\n]*)"
    r"|\[\^?[\w-]{1,40}\]:[^\n]*"  # a footnote
    r"|(?:sources?|references?|citations?|quellen?)[ \t]*:[^\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
"""Lines that are no sentences: what frames those, and the rows of tables."""

_MARKER = re.compile(r"[ \t>]*(?:(?:[-*+\u2022\u2013]|\d{1,3}[.)]|\(?[a-z][.)])[ \t]+)?")
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
    row: Span | None = None
    for line in _FRAME.finditer(text):
        mark = line["fence"]
        if fence:
            if mark and mark.startswith(fence) and not line[0].strip("`~ \t"):
                fence, start = "", line.end()
            continue
        if row:
            if not line["below"]:  # what is above the rule of a table is its head
                yield row
            row = None
        if start < line.start():
            yield Span(start, line.start())
        start = line.end()
        if mark:
            fence, opened = mark, line.end()
        elif line["row"]:
            row = Span(*line.span())
    if row:
        yield row
    rest = opened if fence else start  # a fence that nothing closes hides nothing
    if rest < len(text):
        yield Span(rest, len(text))


def _is_claim(text: str) -> bool:
    if _QUESTION.search(text[-12:]) and not _SAYS.search(text):
        return False
    words = tokens(plain(text))
    if all(word in _TALK or not stem(word) for word in words):
        return any(word[0].isdigit() for word in words)
    return not (_ABSENT.fullmatch(text.strip()) and not _FOLLOWS.search(text))
