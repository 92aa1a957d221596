"""Personal data, as Presidio's recognizers find it, and names, as they were learned."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from .._check import Check, check
from .._errors import PolicyError
from .._types import Finding, Span
from ..scan.plan import LONGEST
from .knowing import known_in
from .parameters import called, listed, score, texts

if TYPE_CHECKING:
    from ..presidio.analyzer import Analyzer, Found
    from ..presidio.recognizers import EntityRecognizer, NlpEngine

__all__ = ["pii"]

T = TypeVar("T")

Texts: TypeAlias = Iterable[str] | Callable[[str], bool]
Allowed: TypeAlias = tuple[tuple[str, frozenset[str] | Callable[[str], bool]], ...]
Denied: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

ANY = ""
"""Stands for every entity in what is allowed."""

DENIED = "DENIED"
"""What a denied text is called that is given without an entity."""

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]+"
)
"""Characters that take no room: one inside a number hides it from a pattern."""


UNSEEN = 64
"""So many characters that take no room are looked through before what a stream has not shown."""

_GLUED = re.compile(r"[^\W\d_]\d|\d[^\W\d_]|::|//|@")
"""What stands where a finding may begin inside a word, and cut a name off before it."""

BLOT = "\u2588"
"""Stands where something was found, while what is left is looked at: no part of any word."""


class _Given:
    """An object of Presidio's that was given; equal to itself, and printed without an address."""

    def __init__(self, value: Any) -> None:
        self.value = value
        to_dict = None if isinstance(value, type) else getattr(value, "to_dict", None)
        said = to_dict() if to_dict else {"models": getattr(value, "models", None)}
        told = ", ".join(f"{key}={said[key]!r}" for key in sorted(said) if key != "id")
        self._said = f"{type(value).__name__}({told})"

    def __repr__(self) -> str:
        return self._said

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Given) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


def pii(
    *,
    entities: Iterable[str] | None = None,
    countries: Iterable[str] = (),
    threshold: float | None = None,
    allow: Texts | Mapping[str, Texts] = (),
    deny: Iterable[str] | Mapping[str, Iterable[str]] = (),
    context: Iterable[str] = (),
    recognizers: Iterable[EntityRecognizer] = (),
    nlp: NlpEngine | None = None,
    through: bool = True,
) -> Check[str]:
    """Personal data: what presidio-analyzer finds, many times as fast, and names.

    >>> check = pii(entities=["EMAIL_ADDRESS"], allow=["help@example.com"])
    >>> [(f.kind, f.span, f.score) for f in check("ann@example.com, help@example.com")]
    [('EMAIL_ADDRESS', Span(start=0, end=15), 1.0)]

    It looks for everything that Presidio looks for in English text, and for what is of
    no country; with *countries* (``("de", "in")``) for theirs too; and for people, places and
    organizations in several languages, as a small model has learned. *entities* leaves out the
    rest, and *threshold* what is less certain. *allow* holds exact texts, or a function of
    a text that says whether it is fine; a mapping gives them by entity. *deny* holds words
    that are found wherever they stand. *context* holds words that are taken to be near.
    *recognizers* are your own classes of Presidio; *nlp* is one of its engines. The kinds of
    names that it finds, or a recognizer with a model of its own, are left to that.

    It looks *through* invisible characters: a zero-width space does not hide a number; and
    of a word of which a part is found, it looks at what is left. Without that it finds what
    Presidio with the same recognizers finds, and no more. A recognizer that breaks is a
    finding of kind ``error``, and the others still have their say; so is what is longer than
    2,048 characters.

    It knows patterns and check digits. It does not know that a number is somebody's: eight
    digits may be an order, so see *threshold*. Of names it knows what they look like and what
    stands around them: it misses some, and some words it takes for one. In a stream, words
    farther off than 160 characters are not near (with a *threshold*, 640).
    """
    return _pii(
        entities=None if entities is None else texts("entities", entities),
        countries=tuple(each.lower() for each in texts("countries", countries)),
        threshold=None if threshold is None else score("threshold", threshold),
        allow=_allowed(allow),
        deny=_denied(deny),
        context=texts("context", context),
        recognizers=tuple(map(_Given, listed("recognizers", recognizers))),
        nlp=None if nlp is None else _Given(nlp),
        through=_either("through", through),
    )


def _width(*, through: bool, allow: Allowed, **sought: Any) -> int | None:
    analyzer = _analyzer(**sought)
    denied = {kind for kind, _ in sought["deny"]}
    unknown = sorted({kind for kind, _ in allow} - {ANY, *analyzer.kinds, *denied})
    if unknown:
        raise PolicyError(f"allow= names {', '.join(unknown)}, which pii() does not look for")
    return analyzer.width and analyzer.width + LONGEST * through  # some of it may be unseen


def _back(*, through: bool, allow: Allowed, **sought: Any) -> int | None:
    del allow
    analyzer = _analyzer(**sought)
    return analyzer.width and analyzer.back + UNSEEN * through


def _tail(*, through: bool, allow: Allowed, **sought: Any) -> Callable[[str], int]:
    del allow  # what is allowed is found first
    analyzer = _analyzer(**sought)

    def settled(text: str) -> int:
        at = analyzer.tail(text)
        if not through:
            return at
        before = text[:at]  # what may be found from there on may cut off what begins in it
        return analyzer.tail(before) if _GLUED.search(text, at) else analyzer.patterns_tail(before)

    def tail(text: str) -> int:
        if not through or text.isascii() or not INVISIBLE.search(text):
            return settled(text)
        seen, places = _without_invisible(text)
        at = settled(seen)
        return min(settled(text), places[at] if at < len(places) else len(text))

    return tail


@check(width=_width, tail=_tail, back=_back, known=known_in("personal.pii"))
@called("pii")
def _pii(
    text: str,
    *,
    entities: tuple[str, ...] | None = None,
    countries: tuple[str, ...] = (),
    threshold: float | None = None,
    allow: Allowed = (),
    deny: Denied = (),
    context: tuple[str, ...] = (),
    recognizers: tuple[_Given, ...] = (),
    nlp: _Given | None = None,
    through: bool = True,
) -> Iterator[Finding]:
    analyzer = _analyzer(entities, countries, threshold, deny, context, recognizers, nlp)
    found, broken = analyzer.look(text)
    if through and not text.isascii() and INVISIBLE.search(text):
        seen, places = _without_invisible(text)
        more, broken_too = analyzer.look(seen)
        found = analyzer.merged(found, (_placed(each, places) for each in more))
        broken = tuple(dict.fromkeys(broken + broken_too))
    if through and (cuts := _cuts(text, found)):
        left = analyzer.look(_masked(text, found)).found
        found = analyzer.merged(found, (each for each in left if _touches(each, cuts)))
    for each in found:
        if not (allow and _is_allowed(allow, each.kind, text[each.start : each.end])):
            span = Span(each.start, each.end)
            yield Finding(f"personal data: {each.kind}", span, each.score, kind=each.kind)
    for name in broken:
        yield Finding(f"{name} could not tell", kind="error")
    if analyzer.width and any(each.end - each.start > LONGEST for each in found):
        yield Finding(f"more than {LONGEST:,} characters: it may go on", kind="error")


@functools.lru_cache(maxsize=64)
def _analyzer(
    entities: tuple[str, ...] | None,
    countries: tuple[str, ...],
    threshold: float | None,
    deny: Denied,
    context: tuple[str, ...],
    recognizers: tuple[_Given, ...],
    nlp: _Given | None,
) -> Analyzer:
    """Built once for equal parameters."""
    try:
        from ..presidio import analyzer as fast  # noqa: PLC0415  # an extra, and it takes a second
        from ..presidio import names  # noqa: PLC0415  # so does it
        from ..presidio import recognizers as known  # noqa: PLC0415  # so does it
    except ImportError as problem:
        raise PolicyError(str(problem)) from problem
    engine = nlp.value if nlp else None
    more = (*(each.value for each in recognizers), *(known.named(engine) if engine else ()))
    listed = known.chosen(entities, countries, (*more, *names.unclaimed(entities, more)))
    denied = tuple(known.denying(kind, words) for kind, words in deny)
    return fast.Analyzer((*listed, *denied), engine, context, threshold, entities)


def _without_invisible(text: str) -> tuple[str, list[int]]:
    """*text* as it is seen, and where each of its characters stands."""
    places = [at for at, letter in enumerate(text) if not INVISIBLE.match(letter)]
    return INVISIBLE.sub("", text), places


def _cuts(text: str, found: Iterable[Found]) -> list[int]:
    """Where a finding begins or ends inside a word, of which something is left then.

    Two colons beside one are an address by themselves once no letter touches them.
    """
    cuts = set()
    for each in found:
        for at in (each.start, each.end):
            inside = 0 < at < len(text) and text[at - 1 : at + 1].isalnum()
            if inside or "::" in (text[max(0, at - 2) : at], text[at : at + 2]):
                cuts.add(at)
    return sorted(cuts)


def _touches(found: Found, cuts: Sequence[int]) -> bool:
    """Whether one of *cuts* is where it begins or ends, or within it."""
    at = bisect_left(cuts, found.start)
    return at < len(cuts) and cuts[at] <= found.end


def _masked(text: str, found: Iterable[Found]) -> str:
    """*text* with a blot for each character that was found."""
    letters = list(text)
    for each in found:
        letters[each.start : each.end] = BLOT * (each.end - each.start)
    return "".join(letters)


def _placed(found: Found, places: list[int]) -> Found:
    return found._replace(start=places[found.start], end=places[found.end - 1] + 1)


def _is_allowed(allow: Allowed, kind: str, text: str) -> bool:
    for entity, fine in allow:
        if entity in (ANY, kind) and (fine(text) if callable(fine) else text in fine):
            return True
    return False


def _either(name: str, value: bool) -> bool:
    if not isinstance(value, bool):
        raise PolicyError(f"{name}= is True or False, not {value!r}")
    return value


def _allowed(allow: Texts | Mapping[str, Texts]) -> Allowed:
    by_kind: list[tuple[str, Texts]] = _by_kind("allow", allow, ANY)
    return tuple((kind, fine) for kind, some in by_kind if (fine := _fine(some)))


def _fine(some: Texts) -> frozenset[str] | Callable[[str], bool]:
    return some if callable(some) else frozenset(texts("allow", some))


def _denied(deny: Iterable[str] | Mapping[str, Iterable[str]]) -> Denied:
    by_kind = _by_kind("deny", deny, DENIED)
    return tuple((kind, words) for kind, some in by_kind if (words := texts("deny", some)))


def _by_kind(name: str, given: T | Mapping[str, T], usual: str) -> list[tuple[str, T]]:
    if not isinstance(given, Mapping):
        return [(usual, given)]
    texts(name, given)
    return list(given.items())
