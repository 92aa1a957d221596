"""No network while a test runs."""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

__all__ = ["NetworkTried", "offline"]


class NetworkTried(AssertionError):
    """The network was wanted where there is to be none."""


_attempts: list[list[str]] = []
"""What was tried, for each who wants none: hooks cannot be taken away, so this switches it."""


@contextmanager
def offline() -> Iterator[list[str]]:
    """Nothing connects, sends or looks up a name meanwhile, but to this machine itself.

    What tries raises `NetworkTried`, and is put into the list. Loopback addresses,
    ``localhost`` and unix sockets are allowed. What does not go through Python's `socket` is
    not seen: uvloop, libraries with sockets in C, other processes.

    >>> with offline() as attempts:
    ...     try:
    ...         socket.create_connection(("example.com", 443))
    ...     except NetworkTried as problem:
    ...         print(problem)
    there is no network here: look up example.com
    >>> attempts
    ['look up example.com']
    """
    _listen()
    attempts: list[str] = []
    _attempts.append(attempts)
    try:
        yield attempts
    finally:
        _attempts[:] = [each for each in _attempts if each is not attempts]


@cache
def _listen() -> None:
    sys.addaudithook(_heard)


_LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_TO_ADDRESSES = {"socket.connect": "connect to", "socket.sendto": "send to"}
_TO_ADDRESSES["socket.sendmsg"] = "send to"


def _heard(event: str, args: tuple[object, ...]) -> None:
    if not _attempts or not event.startswith("socket."):
        return
    attempt = _attempt(event, args)
    if attempt:
        for each in _attempts:
            each.append(attempt)
        raise NetworkTried(f"there is no network here: {attempt}")


def _attempt(event: str, args: tuple[object, ...]) -> str:
    """What is tried that is not on this machine; empty where it is."""
    if event in _LOOK_UPS:
        return "" if _is_here(args[0]) else f"look up {_said(args[0])}"
    if event == "socket.getnameinfo":
        return _to("look up", args[0])
    if event not in _TO_ADDRESSES:
        return ""
    family, address = getattr(args[0], "family", None), args[1]
    if address is None or family is getattr(socket, "AF_UNIX", ""):
        return ""
    if family not in {socket.AF_INET, socket.AF_INET6}:
        return f"{_TO_ADDRESSES[event]} {address!r}"
    return _to(_TO_ADDRESSES[event], address)


def _to(verb: str, address: object) -> str:
    if not isinstance(address, tuple) or not address:
        return f"{verb} {address!r}"
    return "" if _is_here(address[0]) else f"{verb} {_said(address[0])}:{address[1]}"


def _is_here(host: object) -> bool:
    """Whether *host* is this machine itself."""
    if host is None or host in {"", b"", "localhost", b"localhost"}:
        return True
    try:
        address = ipaddress.ip_address(_said(host))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified)


def _said(host: object) -> str:
    return host.decode("latin-1") if isinstance(host, bytes) else str(host)
