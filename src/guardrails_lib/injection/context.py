"""What is around a phrase that makes it honest: it is forbidden, or talked about."""

from __future__ import annotations

import re

from .cue import Cue

__all__ = ["doubted"]

_LOOK = 60
"""So many characters before a phrase say whether it is an order at all."""

_AROUND = 220
"""So many characters around a quoted phrase say whether it is talked about."""

_GAP = r"(?:[^\w.!?\n]{1,3}|[,:;]?\s{1,3})"
"""Between two words of a sentence: one may end a line, and a sentence does not end there."""

_FORBIDDEN = re.compile(
    r"(?:n['\u2019]t|\bnot|\bnever|\bwithout|\bcannot|\bavoid|\brefuses? to"
    r"|\b(?:did|do|does|would|why) (?:you|it|they|we|she|he|i)"
    r"|\b(?:tr(?:y|ies|ying)|attempt(?:s|ing)?|want(?:s|ing)?) to"
    r"|\b(?:users?|people|attackers?|someone|anyone|they|that|which)"
    r"(?: who| may| might| can| could| will| would"
    r"| (?:tells?|asks?) (?:you|it|the model) to)?)"
    rf"{_GAP}"
    r"(?:(?!forget|hesitate|fail|worry|mind|afraid|follow|answer|respond|please)"
    rf"\w{{1,15}}{_GAP})?\Z",
    re.IGNORECASE,
)
"""What stands before an order that is told not to be followed, or that somebody else gives."""

_OPENING = re.compile(r"[\"'\u2018\u201c\u00ab\u201e`]\W{0,3}(?:\w{1,20}\W{1,3}){0,3}$")
_CLOSING = re.compile(r"[^\"\u2019\u201d\u00bb`\n]{0,60}[\"'\u2019\u201d\u00bb\u201c`]")

_TALK = re.compile(
    r"\b(?:prompt[ -]injections?|injection (?:attack|attempt)s?|jail ?break(?:s|ing)?"
    r"|attack(?:er)?s?"
    r"|adversar\w{2,6}|detect\w{0,5}|classif\w{2,7}|defen[cds]\w{0,5}|protect\w{0,5}|prevent\w{0,5}"
    r"|malicious|security|phrases? (?:like|such)|mitigat\w{2,5}|vulnerab\w{3,8}|saniti[sz]\w{1,6}"
    r"|red[ -]team\w{0,5}|guard ?rails?|blocklist|regex|researchers?|what does|translat\w{1,5})\b",
    re.IGNORECASE,
)
"""Words with which people talk about attacks."""

_FORBIDDEN_LEFT, _TALKED_LEFT = 0.3, 0.45
"""So much is left of the certainty."""


def doubted(cue: Cue, text: str, start: int, end: int) -> float:
    """How sure *cue* is there, what stands around it being so."""
    score = cue.score
    if cue.orders and _FORBIDDEN.search(text, max(0, start - _LOOK), start):
        score *= _FORBIDDEN_LEFT
    if _is_quoted(text, start, end) and _TALK.search(
        text, max(0, start - _AROUND), min(len(text), end + _AROUND)
    ):
        score *= _TALKED_LEFT
    return score


def _is_quoted(text: str, start: int, end: int) -> bool:
    before = _OPENING.search(text, max(0, start - _LOOK), start)
    return bool(before and _CLOSING.match(text, end))
