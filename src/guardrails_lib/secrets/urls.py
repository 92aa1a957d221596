"""Passwords in addresses, in headers and in what is told to programs."""

from __future__ import annotations

import base64
import re
from typing import Any

from .filler import is_placeholder
from .randomness import entropy
from .shape import Secret, Shape, place

__all__ = ["SHAPES"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,20})\Z")
_WEB = frozenset({"http", "https", "ws", "wss", "ftp", "ftps", "sftp", "ssh", "git"})
_SCHEME_AND_ALL = 24
_KNOWN = 300
"""So far before it, a command is looked for."""


def _password(shape: Shape, match: Any) -> Secret | None:
    """What is between the name and the host."""
    start, end = place(match)
    value, name = match.string[start:end], match["name"]
    if _is_shown(value, name):
        return None
    before = match.string[max(0, match.start() - _SCHEME_AND_ALL) : match.start()]
    scheme = _SCHEME.search(before)
    if scheme is None:
        return None
    kind = "URL_PASSWORD" if scheme[1].lower() in _WEB else shape.kind
    return Secret(start, end, kind, 0.9)


def _is_shown(value: str, name: str) -> bool:
    """Whether a password is one that everybody shows: its user's name, or a word that says so."""
    return value == name or _tells_itself(value) or value.strip("\"'") == ""


def _tells_itself(value: str) -> bool:
    return is_placeholder(value) and not _DIFFERS.fullmatch(value)


_DIFFERS = re.compile(r"(?=.*[^A-Za-z0-9])(?=.*[0-9])(?=.*[A-Z])(?=.*[a-z])[^${}<>\[\]()%]{8,}\$\d")
"""What a shell would take for one of its parameters, but is the end of a password."""


def _of_user(shape: Shape, match: Any) -> Secret | None:
    """What `curl -u name:password` is given."""
    before = match.string[max(0, match.start() - _KNOWN) : match.start()]
    if "curl" not in before and "wget" not in before:
        return None
    name = match["name"]
    start, end = place(match)
    value = match.string[start:end]
    if not value:  # the name is a key, and its password is empty
        if not _NOTHING_MORE.match(match.string, end):
            return None
        (start, end), value, name = match.span("name"), name, ""
    if len(value) < 3 or _is_shown(value, name):  # curl's own examples
        return None
    return Secret(start, end, shape.kind, 0.8)


def _in_header(shape: Shape, match: Any) -> Secret | None:
    start, end = place(match)
    value = match.string[start:end]
    if (match["scheme"] or "").lower().startswith("basic"):
        return _basic(shape, start, end, value)
    if is_placeholder(value) or entropy(value) < _VARIED or value.isalpha():
        return None
    return Secret(start, end, shape.kind, 0.8)


def _basic(shape: Shape, start: int, end: int, value: str) -> Secret | None:
    """A name and a password, in base64."""
    try:
        name, colon, word = (
            base64.b64decode(value + "=" * (-len(value) % 4)).decode().partition(":")
        )
    except ValueError:
        return None
    if not colon or _is_shown(word or name, name if word else ""):
        return None
    return Secret(start, end, shape.kind, 0.9)


_NOTHING_MORE = re.compile(r"[\"']?(?:\s|\Z)")
_VARIED = 2.75
"""Bits a character."""

SHAPES = (
    Shape(
        "CONNECTION_PASSWORD",
        "URL",
        r"://(?P<name>[^\s:/?#@\"'<>`\\\x00-\x20\x7f-\U0010ffff]{0,80})"
        r":(?P<v>[^\s/\"'<>`\\\x00-\x20\x7f-\U0010ffff]{1,128})@(?=[A-Za-z0-9\[])",
        "RFC 3986, 3.2.1",
        _password,
    ),
    Shape(
        "CURL_PASSWORD",
        "curl",
        r"[ \t](?:-u|--user|--proxy-user|-U)(?:=|[ \t]{0,5})[\"']?"
        r"(?P<name>[^\s:\"'\x00-\x20\x7f-\U0010ffff]{0,80})[\"']?:[\"']?"
        r"(?P<v>[^\s\"'\x00-\x20\x7f-\U0010ffff]{0,100})(?=[\"'\s]|\Z)",
        "curl, manual page",
        _of_user,
    ),
    Shape(
        "AUTH_HEADER",
        "HTTP",
        r"(?:-H|--header)(?:=|[ \t]{0,5})[\"'](?i:authorization|x-[a-z0-9-]{0,24}(?:key|token|auth)"
        r"|api-?key|[a-z-]{0,16}token|private-token):[ \t]{0,5}"
        r"(?P<scheme>(?i:basic|bearer|token|api-?token|apikey|key|ssws)[ =])?[ \t]{0,3}"
        r"(?P<v>[A-Za-z0-9_=~@.+/-]{8,1600})(?=[\"'])",
        "curl, manual page; RFC 9110, 11.6.2",
        _in_header,
    ),
    Shape(
        "AUTH_HEADER",
        "HTTP",
        r"(?i:authorization)[\"']{0,2}\]?[ \t]{0,3}[:=,][ \t]{0,5}[\"']?"
        r"(?P<scheme>(?i:basic) )(?P<v>[A-Za-z0-9+/]{8,400}={0,2})(?![A-Za-z0-9+/=])",
        "RFC 7617",
        _in_header,
    ),
    Shape(
        "BEARER_TOKEN",
        "HTTP",
        r"(?P<scheme>(?i:bearer))[ \t]{1,3}(?=[A-Za-z_.~+/-]{0,40}[0-9])"
        r"(?P<v>[A-Za-z0-9_.~+/-]{20,1600}={0,2})(?![A-Za-z0-9_~+/=-])",
        "RFC 6750, 2.1",
        _in_header,
    ),
)
