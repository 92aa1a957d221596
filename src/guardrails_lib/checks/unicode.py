"""Texts that are not what they seem: hidden characters, turned order, borrowed letters, codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from .._check import Check, Seen, check
from .._errors import PolicyError
from .._types import Finding, Span, Usage
from ..scan import compiled
from .knowing import known_in

if TYPE_CHECKING:
    from ..disguises import View

__all__ = ["disguised", "invisible", "look_alike", "reordered"]

_RUN = 1024
"""A run of so many hidden characters is as good as a longer one."""


def _hidden_tail() -> Callable[[str], int]:
    def tail(text: str) -> int:
        from ..disguises.unseen import ended_by  # noqa: PLC0415  # as below

        return len(text) if text.isascii() else ended_by(text)

    return tail


@check(width=_RUN, tail=_hidden_tail, back=16, known=known_in("unicode.invisible"))
def invisible(text: str) -> Iterator[Finding]:
    r"""Characters that do not show, where no spelling asks for them.

    A model reads them and a person does not: tag characters and variation selectors carry
    whole sentences, a zero-width space makes a word another one. *instead* of them there is
    nothing, so that `redact(invisible())` takes them out.

    >>> [(finding.kind, finding.span) for finding in invisible()("ig\u200bnore")]
    [('zero-width', Span(start=2, end=3))]

    Emoji, soft hyphens, a byte order mark at the beginning and the joiners of Arabic, Persian
    and Indic scripts are no findings. Nor are control characters, or what turns the order of a
    text: that is `reordered`.
    """
    if text.isascii():
        return
    from ..disguises.marks import UNSEEN, beyond  # noqa: PLC0415  # tables that take milliseconds
    from ..disguises.unseen import kind_of, runs  # noqa: PLC0415  # and many need none

    for run in runs(text) if UNSEEN in beyond(text) else ():
        if kind := kind_of(text, run):
            span = Span(run.start, run.end)
            yield Finding("characters that do not show", span, kind=kind, instead="")


_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_REORDERING = (
    f"[\u202d\u202e\u206a-\u206f]|[\u202b\u2067](?![^\n\u202c\u2069]{{0,256}}[{_RIGHT_TO_LEFT}])"
)


_TURNING = "\u202d\u202e\u202b\u2067\u206a\u206b\u206c\u206d\u206e\u206f"


def _reordering_tail() -> Callable[[str], int]:
    return compiled(_REORDERING).tail


@check(width=260, tail=_reordering_tail, known=known_in("unicode.reordered"))
def reordered(text: str) -> Iterator[Finding]:
    r"""A character that makes a text read in another order than it stands in.

    What a person approves is then not what a model or a compiler reads (Trojan Source). All
    overrides are findings, and what says "from right to left" of text that has no such letter.
    *instead* of them there is nothing.

    >>> [finding.span for finding in reordered()("file\u202egpj.exe")]
    [Span(start=4, end=5)]

    The marks and isolates that Arabic and Hebrew are written with are no findings.
    """
    if not text.isascii() and any(letter in text for letter in _TURNING):
        for start, end in compiled(_REORDERING).find(text):
            kind = "override" if text[start] in "\u202d\u202e" else "embedding"
            yield Finding(
                "a character turns the order of the text", Span(start, end), kind=kind, instead=""
            )


_WORD = r"(?<!\w)\w{4,64}(?!\w)"


def _word_tail() -> Callable[[str], int]:
    return compiled(_WORD).tail


@check(width=66, tail=_word_tail, known=known_in("unicode.look_alike"))
def look_alike(text: str) -> Iterator[Finding]:
    r"""A word in letters of ASCII but for a few of another script that look like them.

    So a name that is not the name, or an order that no list of words contains.

    >>> [finding.span for finding in look_alike()("log in to p\u0430ypal")]
    [Span(start=10, end=16)]

    Words of one script are none, whatever they look like, nor is a Greek letter before a word,
    for formulas have it. Words of fewer than four letters, or more than 64, are not looked at.
    """
    if text.isascii():
        return
    from ..disguises.letters import is_mixed  # noqa: PLC0415  # as above
    from ..disguises.marks import ODD_LETTERS, beyond  # noqa: PLC0415  # as above

    for match in _WORDS.finditer(text) if ODD_LETTERS in beyond(text) else ():
        if is_mixed(match[0]):
            span = Span(*match.span())
            yield Finding("letters of another script in a word", span, kind="look-alike")


_WORDS = re.compile(_WORD)


def _checked(check: object) -> None:
    """Refuse what cannot look at views; they are of the whole text."""
    if not isinstance(check, Check):
        raise PolicyError("disguised() takes a check: disguised(pii())")
    if check.subject is not str:
        raise PolicyError(
            f"disguised({check!r}): it looks at no text; give one whose subject is a str"
        )
    if check.is_async:
        raise PolicyError(
            f"disguised({check!r}): it is async; look through disguises with "
            "guardrails_lib.disguises.views, inside the check"
        )


@check(width=_checked, known=known_in("unicode.disguised"))
def disguised(text: str, check: Check[str]) -> Iterator[Seen]:
    r"""What *check* finds in another reading of the text, and not in the text as it is.

    The text is read as `disguises.views` does: without what does not show, in plain letters,
    unspaced, turned around, decoded. The finding has the place of what was disguised.

    >>> from guardrails_lib.checks import containing
    >>> (found,) = disguised(containing("ignore"))("please i.g.n.o.r.e it")
    >>> found.message, found.span
    ('it contains a word of the list (seen through spaced)', Span(start=7, end=18))

    What is encrypted or packed is not seen, nor five disguises in one another and more.
    """
    from ..disguises import views  # noqa: PLC0415  # as above

    known: set[tuple[str, Span | None]] = set()
    plain: list[Finding] | None = None
    for view in views(text):
        for seen in check.look(view.text):
            if isinstance(seen, Usage):
                yield seen
                continue
            if plain is None:
                plain = list(check(text))
            span = _outward(view, seen)
            key = seen.kind, span
            if key in known or _is_plain(text, view, seen, span, plain):
                continue
            known.add(key)
            yield Finding(
                f"{seen.message} (seen through {view.how})", span, seen.score, kind=seen.kind
            )


def _outward(view: View, seen: Finding) -> Span:
    return view.span(*(seen.span or (0, len(view.text))))


def _is_plain(text: str, view: View, seen: Finding, span: Span, plain: list[Finding]) -> bool:
    """Whether it is found in the text as it is, or in letters that are not disguised."""
    if seen.span is not None and text[span.start : span.end] == view.text[slice(*seen.span)]:
        return True
    return any(
        each.kind == seen.kind
        and (each.span is None or (each.span.start < span.end and span.start < each.span.end))
        for each in plain
    )
