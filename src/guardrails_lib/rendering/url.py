"""Where an address leads, read as a browser reads it, and what is wrong with that."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
import string
from typing import TypeAlias
from urllib.parse import unquote

from ..addresses.allowed import misfit
from ..addresses.url import Address, Unreadable, read

__all__ = [
    "FINE",
    "RUNS",
    "WEB",
    "Patterns",
    "bare",
    "carries",
    "image",
    "link",
    "private",
    "runs",
    "scheme",
]

Patterns: TypeAlias = tuple[str, ...]

WEB = frozenset({"http", "https"})
FINE = WEB | {"mailto"}
"""What a link may be of, unless said."""

RUNS = frozenset(
    {
        "about",
        "blob",
        "chrome",
        "data",
        "feed",
        "file",
        "filesystem",
        "intent",
        "jar",
        "javascript",
        "livescript",
        "mocha",
        "mhtml",
        "ms-its",
        "resource",
        "vbscript",
        "view-source",
        "wyciwyg",
    }
)
"""Schemes that run code, hold a document, or open what is on the machine."""

_EDGES = "".join(map(chr, range(33)))
"""What a browser takes off at either end."""

_WITHIN = str.maketrans("", "", "\t\n\r")
"""What it takes out anywhere."""

_SLASHES = frozenset("/\\")
_OF_SCHEMES = frozenset(string.ascii_letters + string.digits + "+.-")

_INSIDE = (
    "localhost",
    ".arpa",
    ".corp",
    ".home",
    ".internal",
    ".intranet",
    ".lan",
    ".local",
    ".localdomain",
    ".localhost",
    ".private",
    ".lvh.me",
    ".localtest.me",
    ".nip.io",
    ".sslip.io",
    ".xip.io",
)
"""Names of what is not on the public net, and of those who answer with any number asked for."""

_METADATA = frozenset({"168.63.129.16"})
"""Public numbers that only a machine of a cloud can reach, for what it must not tell."""

_SIXTY_FOUR = ipaddress.ip_network("64:ff9b::/96")
"""Where a number of four bytes stands within one of sixteen."""

_MUCH = 200
"""A link that is made to be read has a shorter query."""

_NAMES = 256
"""Within so many characters a scheme has ended."""

_CODED = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_READ = 0.95
"""So much of what was said in base64 is letters that one can read; noise is not."""


def bare(url: str) -> str:
    """*url* without what a browser does not see."""
    return url.strip(_EDGES).translate(_WITHIN)


def scheme(url: str) -> str:
    """The scheme of a `bare` address in small letters; nothing where it leads from a page."""
    before, colon, _ = url.partition(":")
    named = before[:1].isascii() and before[:1].isalpha() and _OF_SCHEMES.issuperset(before)
    return before.lower() if colon and named else ""


def runs(url: str) -> bool:
    """Whether its scheme is one of `RUNS`, also for those who skip what does not show."""
    before, colon, _ = url[:_NAMES].partition(":")
    if not colon:
        return False
    shown = (each for each in before if each.isprintable() and not each.isspace())
    return "".join(shown).lower() in RUNS


def link(url: str, listed: Patterns | None) -> str:
    """What is wrong with a link to *url*: the kind of a finding, or nothing.

    With no list any page of the web will do, also one of the app's own.
    """
    url = bare(url)
    if not url or url.startswith("#"):
        return ""
    named = scheme(url)
    if runs(url) or (named and named not in FINE and listed is None):
        return "scheme"
    if not named and not _leads_away(url):
        return "" if listed is None else "unlisted"
    address = _read(url if named else f"https:{url}")
    if listed is None:
        return _wrong(address) if named in WEB or not named else ""
    return "unlisted" if address is None or misfit(address, listed) else ""


def image(url: str, listed: Patterns) -> str:
    """The same for an image, which is asked for as soon as it is shown."""
    url = bare(url)
    if runs(url):
        return "scheme"
    address = _read(url) if scheme(url) in WEB else None
    return "" if address and listed and not misfit(address, listed) else "image"


def private(host: str) -> bool:
    """Whether *host* is this machine, one of its net, or one that answers for these."""
    if not host:
        return False
    try:
        number = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return "." not in host or f".{host}".endswith(_INSIDE)
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo or (None, None))[1]
        if number in _SIXTY_FOUR:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return private(str(inner))
    return not number.is_global or number.is_multicast or host in _METADATA


def carries(address: Address) -> bool:
    """Whether *address* looks as if it takes something along: much, or what is in base64."""
    said = f"{address.query}&{address.fragment}"
    if len(said) > _MUCH:
        return True
    return any(map(_hides_words, _CODED.findall(f"{unquote(said)} {address.path}")))


def _wrong(address: Address | None) -> str:
    if address is None:  # a browser opens nothing, or what it would have anyway
        return ""
    if address.user or address.has_password:
        return "user"
    return "carrier" if carries(address) else ""


def _hides_words(text: str) -> bool:
    try:
        padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
        said = base64.b64decode(padded, altchars=b"-_", validate=False).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return False
    known = sum(each.isalnum() or each in " .,:;@'\"/\n-" for each in said)
    return known >= len(said) * _READ


def _leads_away(url: str) -> bool:
    """Whether it begins with two slashes of either kind, so that a host follows."""
    return len(url) > 1 and url[0] in _SLASHES and url[1] in _SLASHES


def _read(url: str) -> Address | None:
    try:
        return read(url)
    except Unreadable:
        return None
