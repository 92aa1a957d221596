"""In which language something is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .._check import check
from .._errors import PolicyError
from .._types import Finding, Reply
from .knowing import known_in
from .parameters import read_at_once

__all__ = ["off_language", "switched_language"]

_ALSO = {"nb": "no", "nn": "no", "fil": "tl", "iw": "he", "in": "id", "cmn": "zh"}
"""Other codes for the same."""


def _expected(given: object) -> tuple[str, ...]:
    from ..saying.languages import LANGUAGES  # noqa: PLC0415  # tables that few need

    several = (given,) if isinstance(given, str) else given
    if not isinstance(several, Iterable):
        raise PolicyError('expect= takes a language, or several: expect=("de", "en")')
    codes = [each.lower().replace("_", "-") if isinstance(each, str) else "" for each in several]
    found = tuple(_ALSO.get(head, head) for head in (each.partition("-")[0] for each in codes))
    if not found or any(each not in LANGUAGES for each in found):
        known = ", ".join(sorted(LANGUAGES))
        raise PolicyError(f"expect= takes languages that are told apart: {known}")
    return found


def _at_least_one(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise PolicyError("least= is a number of letters, 1 or more")
    return given


@read_at_once(expect=_expected, least=_at_least_one)
@check(known=known_in("language.off_language"))
def off_language(text: str, *, expect: str | Iterable[str], least: int = 20) -> Iterator[Finding]:
    """The passages of a text that are in none of the languages *expect*.

    A customer who cannot read the answer has none, and rules that know words of one
    language see nothing in another. Its span is the passage, its score how sure that is.

    >>> check = off_language(expect="de")
    >>> [f.span for f in check("I have sent the invoice to you by e-mail this morning.")]
    [Span(start=0, end=54)]
    >>> list(check("Ich habe Ihnen die Rechnung heute früh per E-Mail geschickt."))
    []

    It goes by scripts, letters, endings and small words, and knows 33 languages. Code, tags
    and addresses are in no language. What has fewer than *least* letters is too short to
    tell, as are names; of a script that no expected language is written in, 16 letters do.
    Norwegian and Danish, or Czech and Slovak, are seldom told apart in a sentence or two,
    and what cannot be told is not found. Of a long text 200,000 characters are read.
    """
    from ..saying.passages import foreign  # noqa: PLC0415  # as above

    for span, _, sure in foreign(text, tuple(expect), least):
        yield Finding("it is in another language", span, sure, kind="off_language")


@read_at_once(least=_at_least_one)
@check(known=known_in("language.switched_language"))
def switched_language(reply: Reply[object], *, least: int = 20) -> Iterator[Finding]:
    """The passages of a reply that are in another language than the last question.

    >>> from guardrails_lib import Request
    >>> asked = Request("Wo ist mein Paket? Ich warte schon seit zwei Wochen darauf.")
    >>> reply = Reply("Your parcel will be delivered by the end of this week.", request=asked)
    >>> [f.kind for f in switched_language()(reply)]
    ['off_language']

    Where the last message is too short to tell (fewer than *least* letters), those before
    it are read with it. Where all of them are, it finds nothing. Who asks for a
    translation wants another language: use `off_language` there, or no rule.
    """
    from ..saying.passages import foreign, spoken  # noqa: PLC0415  # as above

    if reply.request is None:
        yield Finding("there is no question to tell its language", kind="error")
        return
    users = (each.text for each in reversed(reply.request.messages) if each.role == "user")
    expected = spoken(users, least)
    for span, _, sure in foreign(reply.text, expected, least) if expected else ():
        yield Finding("it is in another language", span, sure, kind="off_language")
