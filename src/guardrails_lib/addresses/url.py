"""An address, taken apart as a browser takes it apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, unquote_to_bytes, urlsplit

try:
    import can_ada
except ImportError as missing:
    raise ImportError(
        'to read addresses as a browser does needs can-ada: pip install "guardrails-lib[urls]"'
    ) from missing

__all__ = ["LONGEST", "Address", "Unreadable", "read", "segments"]

LONGEST = 4_096
"""So many characters of an address are read."""

_TIMES = 4
"""So often is a path decoded that was encoded again and again."""

_WITH_NAMES = frozenset({"http", "https", "ws", "wss", "ftp"})
"""The schemes whose host is a name of the net or a number."""

_BLANK = "".join(map(chr, range(33)))
"""What a browser takes off at either end."""

_DOTS = re.compile(r"\s*\.(?:\s*\.)?\s*(?:;.*)?", re.DOTALL)
"""A segment that means this place or the one above, also to servers that read `;` as an end."""

_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f\ufffd]")
_OF_SIXTEEN_BITS = re.compile(r"%u([0-9a-fA-F]{4})")


class Unreadable(ValueError):
    """An address that has no one meaning; the message quotes nothing of it."""


class Address(NamedTuple):
    """What a browser sees in an address. What follows ``#`` never leaves the browser."""

    scheme: str
    user: str
    has_password: bool
    host: str
    """In small ASCII letters where the scheme is one of the web; without a dot at its end."""
    port: str
    """Empty where it is the usual one of the scheme."""
    path: str
    """As it would be sent: dots resolved, what must be is encoded."""
    query: str
    fragment: str

    @property
    def opaque(self) -> bool:
        """True of ``urn:isbn:1``: there is neither a host nor a root."""
        return not self.host and not self.path.startswith("/")


def read(uri: str) -> Address:
    """The parts of *uri*. Where there is no one way to read it, that is an error.

    >>> read("HTTPS://good.com@EVIL.com:443/a/../b?c").host
    'evil.com'
    """
    if len(uri) > LONGEST:
        raise Unreadable(f"its address is longer than {LONGEST:,} characters")
    try:
        url = can_ada.parse(uri)
    except (ValueError, TypeError):  # it takes no lone surrogates
        raise Unreadable("its address is none that a browser could read") from None
    scheme, host = str(url.protocol).removesuffix(":"), str(url.hostname)
    if not _read_alike(uri, scheme, host):
        raise Unreadable("browsers and other programs read its address differently")
    return Address(
        scheme,
        str(url.username),
        bool(url.password),
        host.removesuffix("."),
        str(url.port),
        str(url.pathname),
        str(url.search).removeprefix("?"),
        str(url.hash).removeprefix("#"),
    )


def segments(path: str) -> list[str]:
    """The segments of *path*, decoded once; an error where one of them hides more than a name.

    A server may decode what it is sent, even twice: ``%2e%2e`` and ``%252e%252e`` lead out of
    the place that they stand in, and ``%2f`` is a slash.
    """
    return [_named(each) for each in path.split("/")]


def _read_alike(uri: str, scheme: str, host: str) -> bool:
    """Whether Python, which may fetch it, sees the same host in it as a browser."""
    try:
        parts = urlsplit(uri.strip(_BLANK))
        other = parts.hostname or ""
        if scheme not in _WITH_NAMES:
            alike = unquote(other) == unquote(host).strip("[]").lower()
            return alike and not _climbs_out(parts.path)
        if "\\" in other:
            return False
        name = f"[{other}]" if ":" in other else other
        return str(can_ada.parse(f"https://{name}/").hostname) == host
    except ValueError:
        return False


def _climbs_out(path: str) -> bool:
    """Whether there is more above than there was below: ``kb://help/../admin``.

    A browser stays at the host; what else knows such a scheme may take it for a folder.
    """
    depth = 0
    for each in path.split("/"):
        name = unquote(each)
        depth += -1 if name == ".." else name not in {"", "."}
        if depth < 0:
            return True
    return False


def _named(segment: str) -> str:
    try:
        name = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        raise Unreadable("the path of its address is not UTF-8") from None
    if any(_UNSAFE.search(each) or _DOTS.fullmatch(each) for each in _decoded(segment)):
        raise Unreadable("the path of its address hides a slash, a control or dots")
    return name


def _decoded(segment: str) -> Iterator[str]:
    """*segment* decoded once and again, until there is nothing left to decode."""
    for _ in range(_TIMES):
        yield unicodedata.normalize("NFKC", segment)
        if "%" not in segment:
            return
        wide = _OF_SIXTEEN_BITS.sub(lambda match: chr(int(match[1], 16)), segment)
        further = unquote_to_bytes(wide.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
        if further == segment:
            return
        segment = further
    raise Unreadable("the path of its address is encoded again and again")
