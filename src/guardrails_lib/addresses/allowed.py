"""Which addresses are listed: patterns of scheme, host, port, path and query."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from .._errors import PolicyError
from .url import LONGEST, Address, Unreadable, read, segments

__all__ = ["checked", "misfit"]

Segment: TypeAlias = Callable[[str], object] | None
"""Says whether a segment of a path fits; None stands for any number of them."""

_SHAPE = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?://(?P<host>[^/?#]*))?(?P<rest>.*)")
_PORT = re.compile(r"\d+(?:/.*)?")
_REGISTRY = re.compile(r"(?:ac|co|com|edu|gob|gov|go|ne|net|or|org)\.[a-z]{2}")
"""Where a registry sells names beneath a country: ``co.uk``."""

_ANYBODYS = frozenset({"about", "blob", "data", "filesystem", "javascript", "vbscript"})
"""Schemes whose addresses hold the document, or code: anybody can write one."""

ANY_HOST = "**"
_PLACE = "host.invalid"
"""Stands for a host while a pattern without one is read."""


class _Pattern(NamedTuple):
    """One entry of the list, read once."""

    scheme: str
    host: str
    """``*.`` before it stands for its subdomains, and ``**`` for any host."""
    user: str
    port: str
    opaque: bool
    path: tuple[Segment, ...]
    query: Segment
    """None where any will do."""


def misfit(address: Address, patterns: tuple[str, ...]) -> str:
    """The part of *address* that fits none of *patterns*; nothing where one fits."""
    listed = _listed(patterns)
    left = [
        each for host in _names(address.host) for each in listed.get((address.scheme, host), ())
    ]
    if not left:
        known = any(scheme == address.scheme for scheme, _ in listed)
        return "host" if known else "scheme"
    try:
        path = segments(address.path)
    except Unreadable:
        return "path"
    tests: tuple[tuple[str, Callable[[_Pattern], object]], ...] = (
        ("host", lambda each: each.opaque == address.opaque),
        ("port", lambda each: each.port == address.port),
        ("user name", lambda each: each.user == address.user and not address.has_password),
        ("path", lambda each: _fits(each.path, path)),
        ("query", lambda each: each.query is None or each.query(address.query)),
    )
    for part, test in tests:
        left = [each for each in left if test(each)]
        if not left:
            return part
    return ""


def _names(host: str) -> Iterator[str]:
    """How a pattern may have written *host*."""
    yield host
    labels = host.split(".")
    for n in range(1, len(labels)):
        yield "*." + ".".join(labels[n:])
    yield ANY_HOST


def _fits(pattern: Sequence[Segment], path: Sequence[str]) -> bool:
    """Whether *path* fits; what goes wrong is tried again from the last ``**`` alone."""
    at = here = 0
    open_at = open_here = -1
    while here < len(path):
        fits = pattern[at] if at < len(pattern) else _nothing
        if fits is None:
            open_at, open_here = at, here
            at += 1
        elif fits(path[here]):
            at += 1
            here += 1
        elif open_at >= 0:
            open_here += 1
            at, here = open_at + 1, open_here
        else:
            return False
    return all(each is None for each in pattern[at:])


def _nothing(segment: str) -> bool:
    del segment
    return False


@functools.lru_cache(maxsize=256)
def _listed(patterns: tuple[str, ...]) -> dict[tuple[str, str], list[_Pattern]]:
    """The patterns by scheme and host."""
    listed: dict[tuple[str, str], list[_Pattern]] = {}
    for text in patterns:
        pattern = _read(text)
        listed.setdefault((pattern.scheme, pattern.host), []).append(pattern)
    return listed


def checked(given: object) -> tuple[str, ...]:
    """The patterns of a policy, each of them one that can be read."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise PolicyError('write allow=("https://docs.example.com/**",): a tuple of patterns')
    patterns = tuple(given)
    if not patterns:
        raise PolicyError("allow= lists no pattern, so every source would be unlisted")
    _listed(patterns)
    return patterns


def _read(text: object) -> _Pattern:
    problem = functools.partial(_problem, text)
    if not isinstance(text, str):
        raise PolicyError("each pattern of allow= is a text")
    shape = _SHAPE.fullmatch(text)
    if shape is None or len(text) > LONGEST:
        raise problem("begins with no scheme: write https://docs.example.com/**")
    scheme, host, rest = shape["scheme"].lower(), shape["host"], shape["rest"]
    if scheme in _ANYBODYS:
        raise problem(f"allows what anybody can write: {scheme}: says nothing of where it is from")
    if "#" in text:
        raise problem("has a #, and what follows one is never asked for: leave it out")
    if host is None and ("." in scheme or _PORT.fullmatch(rest)):
        raise problem("looks like a host without a scheme: write https:// before it")
    if host == "" and not rest:
        raise problem("would allow all of its scheme: write more, or /** if that is meant")
    if "\\" in text or not text.isprintable() or " " in text:
        raise problem("has a backslash, a blank or an invisible character: encode it")
    if any(each in {".", ".."} for each in rest.split("/")):
        raise problem("has dots for a segment: write the path that is meant")
    named, before = _host(host, problem)
    address = _address(f"{scheme}:{'' if host is None else '//' + named}{rest}", problem)
    if address.has_password:
        raise problem("has a password, which would stand in records: leave it out", quoted=False)
    path = rest.partition("?")[0]
    return _Pattern(
        scheme,
        before if before == ANY_HOST else before + address.host,
        address.user,
        address.port,
        address.opaque,
        _path(address, problem) if path or host is None else (None,),
        _glob(address.query.split("*")) if "?" in rest else None,
    )


def _address(uri: str, problem: Callable[..., PolicyError]) -> Address:
    try:
        return read(uri)
    except Unreadable:
        raise problem("is no address that a browser could read") from None


def _host(host: str | None, problem: Callable[..., PolicyError]) -> tuple[str, str]:
    """The host to read, and what stood before it."""
    if host is None or "*" not in host:
        return host or "", ""
    if host == ANY_HOST:
        return _PLACE, ANY_HOST
    name = host.removeprefix("*.")
    if host == "*":
        raise problem("would allow every host: name one, or write ** if that is meant")
    if "*" in name or name == host:
        raise problem("has a * within its host: it may stand for subdomains alone, *.example.com")
    bare = name.rpartition("@")[2].partition(":")[0].strip(".").lower()
    if "." not in bare or _REGISTRY.fullmatch(bare):
        raise problem("would allow hosts of everybody: name one beneath which all are yours")
    return name, "*."


def _path(address: Address, problem: Callable[..., PolicyError]) -> tuple[Segment, ...]:
    parts = address.path.split("/")
    if address.opaque and parts[0] == "*":
        raise problem("would allow all of its scheme: write more, or ** if that is meant")
    if any("**" in part and part != "**" for part in parts):
        raise problem("has a ** within a segment: it stands for whole ones, /kb/**")
    try:
        segments(address.path)
    except Unreadable:
        raise problem("hides a slash, a control or dots in its path") from None
    if parts[-1] == "**":  # what is beneath, and not the place itself
        parts.insert(-1, "*")
    return tuple(None if p == "**" else _glob(map(unquote, p.split("*"))) for p in parts)


def _glob(parts: Iterable[str]) -> Callable[[str], object]:
    """Says whether a text is *parts* with anything between, each where it fits first."""
    first, *others = map(re.escape, parts)
    if not others:
        return re.compile(first, re.DOTALL).fullmatch
    *middle, last = others
    between = "".join(f"(?>.*?{part})" for part in middle)
    return re.compile(f"{first}{between}.*{last}", re.DOTALL).fullmatch


def _problem(text: object, what: str, *, quoted: bool = True) -> PolicyError:
    return PolicyError(f"the pattern {text!r} {what}" if quoted else f"a pattern {what}")
