"""HTML, and what of it is left where nothing may run, send or pretend.

nh3 parses as browsers do and leaves the tags that are allowed. Nothing is found where the
tags that it leaves are the tags that were written.
"""

from __future__ import annotations

import functools
import html
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

try:
    import nh3
except ImportError as missing:
    raise ImportError('to clean HTML needs nh3: pip install "guardrails-lib[output]"') from missing

from . import url
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
    "plain",
    "rules",
]

_TAG_NAMES = """
a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small
span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
"""
TAGS = frozenset(_TAG_NAMES.split())
"""What shows text, tables, lists and pictures."""

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset({"dir", "lang", "title"}),
    "a": frozenset({"href"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "td": frozenset({"align", "colspan", "headers", "rowspan"}),
    "th": frozenset({"align", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}

_NEVER_NAMES = """
applet audio base body button canvas dialog embed fieldset form frame frameset head html iframe
image input isindex keygen link listing map area math meta noembed noframes noscript object
optgroup option output param plaintext portal script select slot source style svg template
textarea title track video xmp
"""
NEVER = frozenset(_NEVER_NAMES.split())
"""Tags that run, send, ask, or change how what follows is read."""

MOST_TAGS = 20_000
MOST_UNREAD = 5_000
DEEPEST = 256
"""Beyond these a text is shown as it is written: to parse it takes too long, here and there."""

_UNSAFE_NAMES = """
action background cite class classid code codebase content data dynsrc form formaction href id
is longdesc lowsrc manifest name nonce part ping poster slot src srcdoc srcset style target
usemap xlink:href xmlns
"""
_UNSAFE = frozenset(_UNSAFE_NAMES.split())
"""Attributes that ask for something, lead somewhere, or take the name of what is of the page."""

_EMPTY = frozenset({"br", "col", "hr", "img", "wbr"})
_IMPLIED = frozenset({"tbody", "colgroup"})
"""Tags that a parser adds where they were left out."""

_BLANK = r"[ \t\r\n\f]"
_NAMED = r"[a-zA-Z][a-zA-Z0-9_:.-]*+"
_VALUE = r"""(?:"([^"\0]*+)"|'([^'\0]*+)'|([^ \t\r\n\f"'=<>`\0][^ \t\r\n\f"'<>`\0]*+))"""
_ATTRIBUTE = re.compile(f"({_NAMED})(?:{_BLANK}*+={_BLANK}*+{_VALUE})?+")
_TAG = re.compile(
    rf"<(/?)([a-zA-Z][a-zA-Z0-9]*+)"
    rf"((?:{_BLANK}++{_NAMED}(?:{_BLANK}*+={_BLANK}*+{_VALUE})?+)*+){_BLANK}*+/?>"
)
_OPENS = re.compile(r"<[a-zA-Z]")
_STARTS = re.compile(r"<[a-zA-Z/!?]")
"""What else stands after `<` makes it a character like others."""
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


class _Tag(NamedTuple):
    closes: bool
    name: str
    attributes: tuple[tuple[str, str], ...]


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
    return plain and attribute not in _UNSAFE


def cleaned(text: str, rules: Rules) -> Cleaned | None:
    """What is to stand for a part of *text*; None where it can stay as it is.

    >>> cleaned('Hello <b onclick="x()">you</b>!', Rules())
    Cleaned(start=6, end=30, text='<b>you</b>', kinds=('attribute',))
    """
    first = _STARTS.search(text)
    if first is None:
        return None
    start = first.start()
    plain = _SURROGATES.sub("\ufffd", text) if not _is_text(text) else text
    written = _tags(plain)
    if _is_too_much(plain, written):
        return Cleaned(start, len(text), escaped(text[start:]), ("depth",))
    left = _clean(rules)(plain)
    kinds = _lost(written, _tags(left))
    if not kinds:
        return None
    end = text.rfind(">") + 1
    for a, b in ((start, end), (start, len(text))):
        if a < b:
            safe = _settled(plain[a:b], rules)
            if _is_fine(plain[:a] + safe + plain[b:], rules):
                return Cleaned(a, b, safe, kinds)
    return Cleaned(start, len(text), escaped(text[start:]), kinds)


def plain(text: str) -> bool:
    """Whether no tag of *text* has an attribute, and none is more than how text looks.

    A name that HTML does not have is one of no effect: ``<name>``.
    """
    found = _tags(text)
    return found is not None and not any(
        each.attributes or each.name in NEVER or each.name in {"a", "img"} for each in found
    )


def allows(text: str, rules: Rules) -> bool:
    """Whether each tag of *text* is allowed, seen for itself."""
    found = _tags(text)
    if found is None or not all(each.name in rules.tags for each in found):
        return False
    return all(cleaned(match[0], rules) is None for match in _TAG.finditer(text) if not match[1])


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
    written = _tags(text)
    return not (_is_too_much(text, written) or _lost(written, _tags(_clean(rules)(text))))


def _lost(written: list[_Tag] | None, left: list[_Tag] | None) -> tuple[str, ...]:
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


def _is_too_much(text: str, written: list[_Tag] | None) -> bool:
    """Whether to parse it, here or in a browser, takes a time or a depth that nobody has."""
    if written is None:
        return len(_OPENS.findall(text)) > MOST_UNREAD
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


def _tags(text: str) -> list[_Tag] | None:
    """The tags of *text*; None where something in it is more than plain tags and text.

    In what it takes, no two readers of HTML can differ.
    """
    found = []
    at = 0
    while start := _STARTS.search(text, at):
        match = _TAG.match(text, start.start())
        if match is None:
            return None
        attributes = _attributes(match[3]) if match[3] else ()
        found.append(_Tag(bool(match[1]), match[2].lower(), attributes))
        at = match.end()
    return found


def _attributes(text: str) -> tuple[tuple[str, str], ...]:
    found = []
    for name, double, single, unquoted in _ATTRIBUTE.findall(text):
        value = double or single or unquoted
        if name.lower() != "rel":  # which nh3 writes itself
            value = value.replace("\r\n", "\n").replace("\r", "\n")
            found.append((name.lower(), html.unescape(value) if "&" in value else value))
    return tuple(sorted(found))


def _is_text(text: str) -> bool:
    return text.isascii() or _SURROGATES.search(text) is None


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
