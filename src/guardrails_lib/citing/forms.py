"""The citations in a text, however they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice, pairwise
from typing import NamedTuple, TypeAlias

from .._types import Span

__all__ = ["MOST", "Mark", "marks"]

MOST = 5_000
"""So many citations of a form are looked for: more are none that a person reads."""


class Mark(NamedTuple):
    """A citation in a text, and what it names."""

    span: Span
    names: tuple[str, ...]
    around: Span | None = None
    """What it stands for, where a tag is around that."""
    label: str = ""
    """What is defined, where it is no citation but says what a label means."""


Known: TypeAlias = Collection[str]
Names: TypeAlias = tuple[str, ...] | None

_URI = r"(?<![a-zA-Z0-9+.-])[a-zA-Z][a-zA-Z0-9+.-]{0,20}://[^\s<>\[\]{}|\\^`\"'【】]{1,2000}"
_ADDRESS = re.compile(_URI)
_CODE = re.compile(r"`[^`\n]{1,500}`|!\[[^\[\]\n]{0,500}\](?=\()")
"""What is shown as it is, and what makes an image of a link."""

_SOURCE_WORD = (
    r"(?:sources?|references?|refs?|citations?|cited from|see|cf|quellen?|siehe|fuentes?"
    r"|fontes?|fonti|bronn?e?n?|voir|véase)"
)
_SEVERAL = re.compile(r"\s*[,;\u3001\uff0c]\s*|\s+(?:and|&|und|et|y|e|en)\s+")
_RANGE = re.compile(r"([a-z]{0,12}[\s_-]?)(\d{1,4})\s?[-\u2013\u2014]\s?\1(\d{1,4})", re.IGNORECASE)
_INSIDE_A_SOURCE = re.compile(
    r"(?:pp?|pages?|seite|sections?|sec|§+|ch|chapter|lines?|para|paragraphs?|fig|figure|table)"
    r"\.?\s?[\d.\u2013-]+",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\^?\d{1,3}|\^[\w.-]{1,60}|#\s?\d{1,4}|[a-z]{1,20}[_-]\d{1,6}|[a-zA-Z]\d{1,4}"
    r"|(?i:sources?|documents?|docs?|refs?|references?|passages?|results?|chunks?|quelle"
    r"|fuente|fonte)[\s_.:#-]{0,3}[\w.-]{0,60}\d"
    r"|[\w%.-]{1,120}\.(?i:md|txt|pdf|html?|docx?|json|csv|xlsx?|pptx?|rst|xml)"
)
"""What names a source by its looks, whether there is one or not."""
_SAYS_SO = re.compile(rf"{_SOURCE_WORD}\s?:\s?", re.IGNORECASE)
MOST_IN_RANGE = 50


def _items(said: str, known: Known) -> Iterator[tuple[str, bool]]:
    """What *said* lists, and whether each by its looks names a source."""
    for item in _SEVERAL.split(said[_start_of(said) :].strip()):
        if not item or _INSIDE_A_SOURCE.fullmatch(item):
            continue
        span = _RANGE.fullmatch(item)
        if item.casefold() in known:
            yield item, True
        elif span and 0 <= int(span[3]) - int(span[2]) < MOST_IN_RANGE:
            yield from ((f"{span[1]}{n}", True) for n in range(int(span[2]), int(span[3]) + 1))
        elif address := _ADDRESS.search(item):
            yield _trimmed(address[0]), True
        else:
            yield item, _NAME.fullmatch(item) is not None


def _start_of(said: str) -> int:
    prefix = _SAYS_SO.match(said)
    return prefix.end() if prefix else 0


def _trimmed(uri: str) -> str:
    """An address without what ends the sentence it is in."""
    uri = uri.rstrip(".,;:!?*_\u3002\uff0c")
    while uri.endswith(")") and uri.count("(") < uri.count(")"):
        uri = uri[:-1].rstrip(".,;:!?*_")
    return uri


def _bracket(match: re.Match[str], known: Known) -> Names:
    if match[1] == "0" and match.string[: match.start()][-1:].isalnum():
        return None  # the first of an array
    items = list(_items(match[1], known))
    if len(items) > 1 and items[0][0] == "0":
        return None  # an interval
    if all(looks_so for _, looks_so in items) or _start_of(match[1]):
        return tuple(name for name, _ in items) or None
    return None


def _told(match: re.Match[str], known: Known) -> Names:
    whole = match[1].strip().rstrip(".")
    if whole.casefold() in known:
        return (whole,)
    items = list(_items(whole, known))
    if match[0].lower().startswith(("(see", "(cf", "(siehe", "(voir", "(v")):  # often an aside
        items = [each for each in items if each[1]]
    return tuple(name for name, _ in items) or None


def _link(match: re.Match[str], known: Known) -> Names:
    uri = match[1].strip("<>")
    if uri.startswith("#") or uri.lower().startswith(("mailto:", "tel:", "sms:", "data:")):
        return None
    return (uri,)


def _address(match: re.Match[str], known: Known) -> Names:
    return (_trimmed(match[0]),)


def _lens(match: re.Match[str], known: Known) -> Names:
    before, _, after = match[1].partition("\u2020")
    names_it = after.casefold() in known or _NAME.fullmatch(after) is not None
    return (after if names_it else before.strip(),)


def _raised(match: re.Match[str], known: Known) -> Names:
    digits = match[0].translate(_RAISED)
    return tuple(name for name, _ in _items(re.sub(r"[^\d-]", ",", digits), known))


_RAISED = str.maketrans(
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789"
)
_RAISED |= str.maketrans("\u207b\u2013", "--")
_R = "[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]"

_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Known], Names]], ...] = (
    (
        re.compile(
            r"\[[^\[\]\n]{0,500}\]\((<?[^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)"
            r"(?:[ ]+[\"'][^\"'\n]{0,200}[\"'])?\)"
        ),
        _link,
    ),
    (re.compile(r"\[([^\[\]\n]{1,300})\](?![(:])"), _bracket),
    (re.compile(r"【([^【】\n]{1,200})】"), _lens),
    (re.compile(rf"\({_SOURCE_WORD}\b[.:]?\s{{0,3}}([^()\n]{{1,300}})\)", re.IGNORECASE), _told),
    (
        re.compile(
            r"\(((?:source|doc|document|ref|reference|passage)s?[\s_-]?\d{1,4}"
            r"(?:\s?[,;&]\s?[\w-]{1,20}){0,20})\)",
            re.IGNORECASE,
        ),
        _bracket,
    ),
    (
        re.compile(
            rf"^ {{0,3}}[*_]{{0,2}}{_SOURCE_WORD}[*_]{{0,2}}:[*_]{{0,2}} +([^\n]{{1,1000}})$",
            re.IGNORECASE | re.MULTILINE,
        ),
        _told,
    ),
    (re.compile(_URI), _address),
    (
        re.compile(
            rf"(?:(?<=[.!?,;:\"')\]\u201d\u2019\u00bb])|(?<=[^\W\d_]{{3}})){_R}{{1,3}}+"
            rf"(?:[,\u02d2\u02c0\u207b\u2013]{_R}{{1,3}}+){{0,20}}+(?!\w)"
        ),
        _raised,
    ),
)


def marks(text: str, known: Known = ()) -> list[Mark]:
    """The citations in *text*, in order, which may name what is *known*; none in code.

    >>> [(each.span.start, each.names) for each in marks("It is 5 [1, doc-3]. No array[0].")]
    [(8, ('1', 'doc-3'))]
    """
    text = _without_code(text)
    known = frozenset(known)
    defined = list(islice(_definitions(text, known), MOST + 1))
    found = [*defined, *islice(_tags(text, known), MOST + 1)]
    for form, names_in in _FORMS:
        matches = islice(form.finditer(text), MOST + 1)
        read = ((Span(*match.span()), names_in(match, known)) for match in matches)
        found += [Mark(span, names) for span, names in read if names is not None]
    found.sort(key=lambda mark: (mark.span.start, -mark.span.end))
    labels = {each.label: each.names for each in defined}
    return list(_outermost(found, labels))


def _without_code(text: str) -> str:
    """*text* with blanks where it shows something as it is."""
    if "```" in text or "~~~" in text:
        lines, fence = [], ""
        for line in text.splitlines(keepends=True):
            bar = _FENCE.match(line)
            shown = bool(fence or bar)
            if bar and not fence:
                fence = bar[1]
            elif bar and bar[1].startswith(fence) and not line[bar.end() :].strip():
                fence = ""
            lines.append(" " * (len(line) - 1) + "\n" if shown else line)
        text = "".join(lines)
    return _CODE.sub(lambda match: " " * len(match[0]), text)


_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def _outermost(found: Iterable[Mark], labels: Mapping[str, Names]) -> Iterator[Mark]:
    end = 0
    for mark in found:
        if mark.span.start < end:
            continue
        end = mark.span.end
        if mark.label:
            yield mark
        else:
            names = [labels.get(name) or (name.removeprefix("^"),) for name in mark.names]
            yield mark._replace(names=tuple(dict.fromkeys(each for some in names for each in some)))


_LABELLED = re.compile(
    r"^ {0,3}(?:[-*] )?\[(\^?[\w.-]{1,60})\](:?)[ \t]+([^\n]{1,2000})$", re.MULTILINE
)
_LISTED = re.compile(r"^ {0,3}(\d{1,3})[.)][ \t]+([^\n]{1,2000})$", re.MULTILINE)
_HEADED = re.compile(
    rf"^[ #*_]{{0,10}}{_SOURCE_WORD}(?: used| cited)?[*_]{{0,2}}:?[*_]{{0,2}}[ ]*$",
    re.IGNORECASE | re.MULTILINE,
)


def _definitions(text: str, known: Known) -> Iterator[Mark]:
    """What labels mean: ``[^1]: ...`` anywhere, and the list under a heading of its own."""
    if "[" not in text and not _HEADED.search(text):
        return
    headed = [each.start() for each in _HEADED.finditer(text)]
    listed_from = headed[-1] if headed else len(text)
    for match in _LABELLED.finditer(text):
        if match[2] or match.start() > listed_from or _address_alone(match[3]):
            yield Mark(Span(*match.span()), _in_definition(match[3], known), label=match[1])
    for match in _LISTED.finditer(text, listed_from):
        names = _in_definition(match[2], known)
        if names:
            yield Mark(Span(*match.span()), names, label=match[1])


def _address_alone(said: str) -> bool:
    return _ADDRESS.fullmatch(said.strip().strip("<>")) is not None


def _in_definition(said: str, known: Known) -> tuple[str, ...]:
    if address := _ADDRESS.search(said):
        return (_trimmed(address[0]),)
    whole = said.strip().rstrip(".")
    words = (whole, whole.partition(",")[0], *whole.split())
    return tuple(dict.fromkeys(each for each in words if each.casefold() in known))[:1]


_OPENED = re.compile(
    r"<(cite|source|citation|ref|sup|quote|q)\b([^<>\n]{0,500}?)(/?)>", re.IGNORECASE
)
_ENDED = re.compile(r"</(cite|source|citation|ref|sup|quote|q)\s{0,5}>", re.IGNORECASE)
_NAMING = re.compile(
    r"""(?<![\w-])(?:source|src|id|idx|index|ref|name|doc|document|cite|href|uri|url|number|n)
    \s{0,3}=\s{0,3}(?:"([^"]{1,300})"|'([^']{1,300})'|([^\s"'=<>]{1,300}))""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_NAME = 80


def _tags(text: str, known: Known) -> Iterator[Mark]:
    """The tags that name a source: in an attribute, or as what they hold."""
    ends = iter(_ENDED.finditer(text))
    end = next(ends, None)
    for opened, following in pairwise([*islice(_OPENED.finditer(text), MOST + 1), None]):
        assert opened  # None is but the last
        while end is not None and end.start() < opened.end():
            end = next(ends, None)
        inner = following is not None and end is not None and following.start() < end.start()
        closing = None if opened[3] or inner else end
        inside = text[opened.end() : closing.start()] if closing else ""
        if naming := _NAMING.search(opened[2]):
            said = next(each for each in naming.groups() if each)
            names = tuple(name.partition("-")[0] if _SENTENCES.fullmatch(name) else name
                          for name, _ in _items(said, known))  # fmt: skip
            around = Span(opened.end(), closing.start()) if closing and inside.strip() else None
            yield Mark(Span(*opened.span()), names, around)
        elif closing and 0 < len(inside) <= _LONGEST_NAME:
            items = list(_items(inside.strip("[] \n"), known))
            if items and all(looks_so for _, looks_so in items):
                whole = Span(opened.start(), closing.end())
                yield Mark(whole, tuple(name for name, _ in items))


_SENTENCES = re.compile(r"\d{1,4}-\d{1,4}(?=$)")
