"""One POST, that ends in time whatever the other side does."""

from __future__ import annotations

import contextlib
import email.utils
import http.client
import ipaddress
import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from .._errors import DeskError

__all__ = ["Answer", "Target", "persist", "post", "target"]

_FIRST_PAUSE = 0.2
"""Seconds before the second attempt, at most. It doubles from there."""


class Target(NamedTuple):
    """Where to post."""

    host: str
    port: int
    path: str
    tls: ssl.SSLContext | None
    """None: in the clear, to this machine itself."""


class Answer(NamedTuple):
    """What came of a POST. No text of the other side is in it."""

    status: int = 0
    """0: there was no answer."""
    again: float | None = None
    """After so many seconds the other side wants to be asked again."""
    problem: str = ""

    @property
    def taken(self) -> bool:
        """Whether the other side has it."""
        return 200 <= self.status < 300

    @property
    def may_change(self) -> bool:
        """Whether it is worth to try again."""
        return self.status in {0, 408, 425, 429} or self.status >= 500

    def __str__(self) -> str:
        return f"the other side answered {self.status}" if self.status else self.problem


def target(url: str, tls: ssl.SSLContext | None) -> Target:
    """*url* taken apart: https, or http to this machine itself."""
    try:
        at = urlsplit(url)
        host, port = at.hostname or "", at.port
    except ValueError:
        raise DeskError("that is no address to post to") from None
    if not host or at.username is not None or at.fragment or not _plain(url):
        raise DeskError("an address to post to has a host, no user and no fragment")
    if at.scheme == "http" and not _is_here(host):
        raise DeskError("cases are sent by https: http is for this machine alone")
    if at.scheme not in {"http", "https"}:
        raise DeskError("an address to post to begins with https://")
    path = (at.path or "/") + (f"?{at.query}" if at.query else "")
    if at.scheme == "http":
        return Target(host, port or 80, path, None)
    return Target(host, port or 443, path, tls or ssl.create_default_context())


def persist(attempt: Callable[[float], Answer], *, attempts: int, seconds: float) -> Answer:
    """What came of the last *attempt*. It is told how many of all *seconds* are left."""
    if seconds <= 0:
        return Answer(problem="there was no time left to send it")
    end = time.monotonic() + seconds
    answer = attempt(seconds)
    for past in range(1, attempts):
        if not answer.may_change or answer.taken:
            break
        pause = _FIRST_PAUSE * 2 ** (past - 1) * random.uniform(0.5, 1.0)  # noqa: S311  # no secret
        pause = max(pause, answer.again or 0.0)
        if time.monotonic() + pause >= end:
            break
        time.sleep(pause)
        answer = attempt(end - time.monotonic())
    return answer


def post(to: Target, body: bytes, headers: Mapping[str, str], seconds: float) -> Answer:
    """Post *body* once, and read no more than the head of the answer. Redirects are answers.

    It is done by a thread, since finding a host by its name cannot be stopped, and an answer
    may come a byte at a time. The connection is closed when the time is up.
    """
    connection = (
        http.client.HTTPConnection(to.host, to.port, timeout=seconds)
        if to.tls is None
        else http.client.HTTPSConnection(to.host, to.port, timeout=seconds, context=to.tls)
    )
    answers: list[Answer] = []
    over = threading.Event()

    def exchange() -> None:
        try:
            connection.connect()
            if over.is_set():
                return
            connection.request("POST", to.path, body, dict(headers))
            answer = connection.getresponse()
            answers.append(Answer(answer.status, _again(answer.headers.get("Retry-After"))))
        except Exception as problem:  # also what comes of closing it meanwhile
            answers.append(Answer(problem=f"the other side: {type(problem).__name__}"))

    thread = threading.Thread(target=exchange, name="guardrails-webhook", daemon=True)
    thread.start()
    thread.join(seconds)
    over.set()
    in_time = next(iter(answers), Answer(problem=f"no answer in {seconds:.1f} seconds"))
    with contextlib.suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)
    connection.close()
    return in_time


def _plain(url: str) -> bool:
    return url.isascii() and url.isprintable() and " " not in url


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _again(given: str | None) -> float | None:
    """``Retry-After``: seconds, or a date."""
    if given is None:
        return None
    if given.isascii() and given.isdigit() and len(given) < 10:
        return float(given)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(given).timestamp() - time.time())
    except (ValueError, OverflowError, TypeError):
        return None
