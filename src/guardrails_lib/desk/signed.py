"""What a webhook is told, signed, so that the other side knows who says it, and when."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Mapping

from .._case import Case
from .._errors import DeskError
from .written import from_json

__all__ = ["HEADER", "secret_bytes", "sign", "verify"]

HEADER = "Guardrails-Signature"

_SHORTEST = 32


def secret_bytes(secret: bytes) -> bytes:
    """*secret*, if it is long enough to be one."""
    if not isinstance(secret, bytes) or len(secret) < _SHORTEST:
        raise DeskError("secret= is 32 random bytes or more: secrets.token_bytes(32)")
    return secret


def sign(body: bytes, secret: bytes, now: float) -> str:
    """The header for *body*: the time, and an HMAC (SHA-256) over both."""
    at = str(int(now))
    return f"t={at},v1={_mac(at, body, secret)}"


def verify(
    headers: Mapping[str, str],
    body: bytes,
    secret: bytes,
    *,
    tolerance: float = 300.0,
    clock: Callable[[], float] = time.time,
) -> Case:
    """The case that was sent, if who sent it has *secret*. `DeskError` if not, and if it is old.

    Give it the body as it came, byte for byte. The same case may come again, also when it was
    sent once only: `Case.id` tells.
    """
    secret_bytes(secret)
    given = [value for name, value in headers.items() if name.lower() == HEADER.lower()]
    if len(given) != 1:
        raise DeskError(f"there is no {HEADER}, or more than one")
    fields = [each.strip().partition("=") for each in given[0].split(",")]
    times = [value for name, _, value in fields if name == "t"]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdigit() and len(times[0]) < 16):
        raise DeskError(f"the {HEADER} has no time")
    mac = _mac(times[0], body, secret).encode()
    theirs = [value.encode("utf-8", "surrogatepass") for name, _, value in fields if name == "v1"]
    if not any([hmac.compare_digest(mac, each) for each in theirs]):  # noqa: C419  # all: so long takes any
        raise DeskError("the signature is another's: another secret, or the body was changed")
    if abs(clock() - int(times[0])) > tolerance:
        raise DeskError(f"it was signed more than {tolerance:g} seconds ago, or ahead")
    return from_json(body.decode("utf-8", "replace"))


def _mac(at: str, body: bytes, secret: bytes) -> str:
    return hmac.new(secret, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
