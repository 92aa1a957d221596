"""HTML, and what of it is left where nothing may run, send or pretend.

nh3 parses as browsers do and leaves the tags that are allowed. Nothing is found where the
tags that it leaves are the tags that were written.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

try:
    import nh3
except ImportError as missing:
    raise ImportError('to clean HTML needs nh3: pip install "guardrails-lib[output]"') from missing

from . import url
from .html_names import ATTRIBUTES, CONTENT, NEVER, OTHERS, TAGS, UNSAFE
from .tags import OPENS, STARTS, TAG, Tag, tags
from .url import Patterns

__all__ = [
    "ATTRIBUTES",
    "NEVER",
    "TAGS",
    "Cleaned",
    "Rules",
    "allows",
    "cleaned",
    "escaped",
    "may_be_allowed",
    "mended",
    "plain",
    "rules",
]

MOST_TAGS = 20_000
MOST_MENDED = 500
MOST_UNREAD = 5_000
DEEPEST = 256
"""Beyond these a text is shown as it is written: to parse it takes too long, here and there."""

_EMPTY = frozenset({"br", "col", "hr", "img", "wbr"})
_IMPLIED = frozenset({"tbody", "colgroup"})
"""Tags that a parser adds where they were left out."""

_SURROGATES = re.compile("[\ud800-\udfff]")


class Rules(NamedTuple):
    """What is allowed."""

    tags: frozenset[str] = TAGS
    attributes: tuple[tuple[str, frozenset[str]], ...] = tuple(ATTRIBUTES.items())
    links: Patterns | None = None
    images: Patterns = ()


class Cleaned(NamedTuple):
    """What is safe to show for the characters from *start* to *end*, and what was not."""

    start: int
    end: int
    text: str
    kinds: tuple[str, ...]


@functools.lru_cache(maxsize=64)
def rules(
    tags: tuple[str, ...] | None,
    attributes: Mapping[str, tuple[str, ...]] | None,
    links: Patterns | None,
    images: Patterns,
) -> Rules:
    """The rules of these parameters; what is left out is as usual."""
    some = TAGS if tags is None else frozenset(tags)
    named = ATTRIBUTES if attributes is None else attributes
    fine = {tag: frozenset(names) for tag, names in named.items() if tag == "*" or tag in some}
    return Rules(some, tuple(sorted(fine.items())), links, images)


def may_be_allowed(tag: str, attribute: str) -> bool:
    """Whether any policy can allow *attribute*; addresses have rules of their own."""
    if (tag, attribute) in {("a", "href"), ("img", "src")}:
        return True
    plain = attribute.replace("-", "").isalnum() and not attribute.startswith("on")
    return plain and attribute not in UNSAFE


def cleaned(text: str, rules: Rules) -> Cleaned | None:
    """What is to stand for a part of *text*; None where it can stay as it is.

    >>> cleaned('Hello <b onclick="x()">you</b>!', Rules())
    Cleaned(start=6, end=30, text='<b>you</b>', kinds=('attribute',))
    """
    first = STARTS.search(text)
    if first is None:
        return None
    start = first.start()
    plain = _readable(text)
    written = tags(plain)
    if _is_too_much(plain, written):
        return Cleaned(start, len(text), escaped(text[start:]), ("depth",))
    left = _clean(rules)(plain)
    kinds = _lost(written, tags(left))
    if not kinds:
        return None
    end = text.rfind(">") + 1
    for a, b in ((start, end), (start, len(text))):
        if a < b:
            safe = _settled(plain[a:b], rules)
            if _is_fine(plain[:a] + safe + plain[b:], rules):
                return Cleaned(a, b, safe, kinds)
    return Cleaned(start, len(text), escaped(text[start:]), kinds)


def mended(text: str, rules: Rules) -> list[Cleaned]:
    """What is to stand for parts of *text*, each tag by itself where that is enough.

    >>> [each.text for each in mended('<p>A List<String> is <b id="x">one</b></p>', Rules())]
    ['&lt;String&gt;', '<b>']
    """
    whole = cleaned(text, rules)
    if whole is None:
        return []
    text = _readable(text)
    written = tags(text)
    if written is None or len(written) > MOST_MENDED:
        return [whole]
    if not CONTENT.isdisjoint(each.name for each in written):
        return [whole]
    found = [*_tag_by_tag(text, rules)]
    pieces: list[str] = []
    at = 0
    for each in found:
        pieces += text[at : each.start], each.text
        at = each.end
    return found if _is_fine("".join([*pieces, text[at:]]), rules) else [whole]


def _tag_by_tag(text: str, rules: Rules) -> Iterator[Cleaned]:
    """The tags that are not allowed, seen each by itself."""
    for match in TAG.finditer(text):
        name, closes = match[2].lower(), bool(match[1])
        if name not in rules.tags:
            unknown = name not in NEVER and name not in TAGS and name not in OTHERS
            said = escaped(match[0]) if unknown and not match[3] else ""
            yield Cleaned(*match.span(), said, ("tag",))
        elif not closes:
            left = _clean(rules)(match[0])
            kinds = _lost(tags(match[0]), tags(left))
            if kinds:
                yield Cleaned(*match.span(), left.removesuffix(f"</{name}>"), kinds)


def plain(text: str) -> bool:
    """Whether no tag of *text* has an attribute, and none is more than how text looks.

    A name that HTML does not have is one of no effect: ``<name>``.
    """
    found = tags(text)
    return found is not None and not any(
        each.attributes or each.name in NEVER or each.name in {"a", "img"} for each in found
    )


def allows(text: str, rules: Rules) -> bool:
    """Whether each tag of *text* is allowed, seen for itself."""
    found = tags(text)
    if found is None or not all(each.name in rules.tags for each in found):
        return False
    return all(cleaned(match[0], rules) is None for match in TAG.finditer(text) if not match[1])


def escaped(text: str) -> str:
    """*text*, to be shown as it is written."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _settled(text: str, rules: Rules) -> str:
    """*text* cleaned until cleaning it changes nothing."""
    clean = _clean(rules)
    for _ in range(4):
        text, before = clean(text), text
        if text == before:
            return text
    return escaped(text)


def _is_fine(text: str, rules: Rules) -> bool:
    written = tags(text)
    return not (_is_too_much(text, written) or _lost(written, tags(_clean(rules)(text))))


def _lost(written: list[Tag] | None, left: list[Tag] | None) -> tuple[str, ...]:
    """What is not left of what was written: the kinds of findings."""
    if written is None or left is None:
        return ("markup",)
    if written == left:
        return ()
    kept, wanted = Counter(left), Counter(written)
    gone = wanted - kept
    added = kept - wanted
    if not gone and all(each.closes or each.name in _IMPLIED for each in added):
        return ()
    names = Counter(each.name for each in left if not each.closes)
    kinds: dict[str, None] = {}
    for each in gone:
        if each.closes or not names[each.name]:
            kinds["script" if each.name == "script" else "tag"] = None
            continue
        like = [other for other in added if other.name == each.name]
        some = {pair for other in like for pair in other.attributes}
        kinds.update(
            (_named(each.name, pair[0]), None) for pair in each.attributes if pair not in some
        )
    return tuple(kinds) or ("markup",)


def _named(tag: str, attribute: str) -> str:
    if (tag, attribute) == ("a", "href"):
        return "link"
    return "image" if (tag, attribute) == ("img", "src") else "attribute"


def _is_too_much(text: str, written: list[Tag] | None) -> bool:
    """Whether to parse it, here or in a browser, takes a time or a depth that nobody has."""
    if written is None:
        return len(OPENS.findall(text)) > MOST_UNREAD
    if len(written) > MOST_TAGS:
        return True
    if len(written) <= DEEPEST:
        return False
    open_now: Counter[str] = Counter()
    depth = 0
    for each in written:
        if not each.closes:
            if each.name not in _EMPTY:
                open_now[each.name] += 1
                depth += 1
                if depth > DEEPEST:
                    return True
        elif open_now[each.name]:
            open_now[each.name] -= 1
            depth -= 1
    return False


def _readable(text: str) -> str:
    """*text* without halves of characters, which nh3 does not take."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


@functools.lru_cache(maxsize=64)
def _clean(rules: Rules) -> Callable[[str], str]:
    def keep(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) == ("a", "href"):
            return None if url.link(value, rules.links) else value
        if (tag, attribute) == ("img", "src"):
            return None if url.image(value, rules.images) else value
        return value

    cleaner = nh3.Cleaner(
        tags=set(rules.tags),
        attributes={"*": set(), **{tag: set(names) for tag, names in rules.attributes}},
        attribute_filter=keep,
        url_schemes={*url.FINE, *(each.partition(":")[0].lower() for each in rules.links or ())},
    )
    return cleaner.clean
