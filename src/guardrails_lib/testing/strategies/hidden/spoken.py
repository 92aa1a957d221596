"""Secrets that are known by what stands around them: names, addresses, headers, blocks."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from itertools import count
from typing import NamedTuple, TypeAlias

from ....secrets.names import OWNERS
from ....secrets.randomness import is_random
from ..gold import Value
from .drawn import matching

__all__ = ["WRITINGS", "Writing"]

Pieces: TypeAlias = tuple[str | Value, ...]


class Writing(NamedTuple):
    """How secrets of one kind are written, with what tells that they are secrets."""

    provider: str
    pieces: Callable[[bytes], Pieces]
    """The same for the same seed."""


_TOKEN = "[A-Za-z0-9]{28}"
_NAMES = ("api_key", "client_secret", "ACCESS_TOKEN", "authToken", "signing-key")
_SCHEMES = ("postgres", "amqp", "redis", "mongodb+srv")
_HOST = "db.example.com/app"


def _pick(some: tuple[str, ...], seed: bytes) -> str:
    return some[sum(seed) % len(some)]


def _drawn(pattern: str, seed: bytes) -> str:
    """A value that does not look like words: one in some hundreds does, by chance."""
    tries = (matching(pattern, seed + n.to_bytes(2)) for n in count())
    return next(each for each in tries if any(map(str.isdigit, each)) and is_random(each))


def _thought_up(seed: bytes) -> str:
    """A password of some different characters."""
    tries = (
        matching("[A-Z][a-z]{2}[0-9][A-Z][a-z]{2}[0-9][a-z]", seed + n.to_bytes(2)) for n in count()
    )
    return next(each for each in tries if len(set(each)) > 6)


def _named(seed: bytes) -> Pieces:
    value = Value(_drawn(_TOKEN, seed), "SECRET")
    return (f'{_pick(_NAMES, seed)} = "', value, '"')


def _password(seed: bytes) -> Pieces:
    name = _pick(("db_password", "PASSWD", "passphrase"), seed)
    return (f'{name}: "', Value(_thought_up(seed), "PASSWORD"), '"')


def _owned(seed: bytes) -> Pieces:
    owner = _pick(tuple(OWNERS), seed)
    value = _drawn(OWNERS[owner], seed)
    return (f'{owner}_key = "', Value(value, f"{owner.upper()}_KEY"), '"')


def _option(seed: bytes) -> Pieces:
    return ("deploy --api-key ", Value(_drawn(_TOKEN, seed), "SECRET"), " --dry-run")


def _in_nuget(seed: bytes) -> Pieces:
    value = Value(_drawn(_TOKEN, seed), "PASSWORD")
    return ('<add key="ClearTextPassword" value="', value, '" />')


def _in_connection(seed: bytes) -> Pieces:
    value = Value(_thought_up(seed), "CONNECTION_PASSWORD")
    return (f"{_pick(_SCHEMES, seed)}://app:", value, f"@{_HOST}")


def _in_web_address(seed: bytes) -> Pieces:
    return ("https://app:", Value(_thought_up(seed), "URL_PASSWORD"), f"@{_HOST}")


def _of_curl(seed: bytes) -> Pieces:
    value = Value(_thought_up(seed), "CURL_PASSWORD")
    return ("curl -u ann:", value, " https://api.example.com/")


def _header(seed: bytes) -> Pieces:
    value = Value(_drawn(_TOKEN, seed), "AUTH_HEADER")
    return ('curl -H "X-Api-Key: ', value, '" https://api.example.com/')


def _bearer(seed: bytes) -> Pieces:
    return ("Authorization: Bearer ", Value(_drawn(_TOKEN, seed), "BEARER_TOKEN"))


def _basic(seed: bytes) -> Pieces:
    both = base64.b64encode(f"ann:{_thought_up(seed)}".encode()).decode()
    return ("Authorization: Basic ", Value(both, "AUTH_HEADER"))


def _pem(seed: bytes) -> Pieces:
    kind = _pick(("", "RSA ", "EC ", "OPENSSH "), seed) + "PRIVATE KEY"
    lines = (matching("[A-Za-z0-9+/]{64}", seed + bytes([n])) for n in range(4))
    block = "\n".join((f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----"))
    return (Value(block, "PRIVATE_KEY"),)


def _token(seed: bytes) -> str:
    header = {"alg": "HS256", "typ": "JWT"}
    parts = (json.dumps(each).encode() for each in (header, {"sub": matching("[a-z]{8}", seed)}))
    begin = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
    return f"{begin}.{matching('[A-Za-z0-9_-]{43}', seed)}"


def _jwt(seed: bytes) -> Pieces:
    return (Value(_token(seed), "JWT"),)


def _jwt_in_base64(seed: bytes) -> Pieces:
    return (Value(base64.b64encode(_token(seed).encode()).decode(), "JWT"),)


WRITINGS = (
    *(Writing("named", each) for each in (_named, _password, _owned, _option)),
    Writing("NuGet", _in_nuget),
    *(Writing("URL", each) for each in (_in_connection, _in_web_address)),
    Writing("curl", _of_curl),
    *(Writing("HTTP", each) for each in (_header, _bearer, _basic)),
    Writing("PEM", _pem),
    *(Writing("JSON Web Token", each) for each in (_jwt, _jwt_in_base64)),
)
