"""What can stand for a text that is redacted: blots, a label, a hash, a fake."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import InitVar, dataclass, field
from typing import TypeAlias

from ._errors import PolicyError

__all__ = [
    "LETTERS",
    "PLACEHOLDER",
    "StandIn",
    "Synthetic",
    "begun",
    "hashed",
    "label",
    "mask",
    "placeholder",
    "pseudonym",
    "synthetic",
]

StandIn: TypeAlias = Callable[[str, str], str]
"""Gives, for the kind of what was found and its text, what stands for it."""

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so they spell no word; no digits, so no check takes them for a number."""

_UNLIKE_A_NAME = re.compile(r"[^A-Z0-9]+")
_LONGEST_NAME = 40
_HASH_LETTERS = 16

PLACEHOLDER = re.compile(rf"\[[A-Z0-9_]{{1,{_LONGEST_NAME}}}_[{LETTERS}]{{8}}\]")
"""What any placeholder looks like, whoever issued it."""


def placeholder(kind: str, letters: str) -> str:
    """A placeholder for something of *kind*, with its random *letters*.

    The brackets say where it begins and ends, so none overlaps another or begins like
    one. In Markdown a bracket without a link behind it and an underscore within a word
    are text; ``<...>`` would be HTML, ``*`` markup, and a hyphen may come back as
    another hyphen.

    >>> placeholder("EMAIL_ADDRESS", "KXQTMBWP")
    '[EMAIL_ADDRESS_KXQTMBWP]'
    """
    return f"[{_named(kind)}_{letters}]"


def begun(text: str, placeholders: Iterable[str]) -> int:
    """How many characters at the end of *text* may begin one of *placeholders*."""
    at = text.rfind("[")
    if at < 0 or "]" in (tail := text[at:]):
        return 0
    return len(tail) if any(each.startswith(tail) for each in placeholders) else 0


def pseudonym(kind: str, text: str) -> str:  # a stand-in is given both
    """What a placeholder looks like before a vault gives the real one."""
    return placeholder(kind, LETTERS[:8])


@dataclass(frozen=True, slots=True, repr=False)
class _Mask:
    character: str

    def __call__(self, kind: str, text: str) -> str:
        return self.character * len(text)

    def __repr__(self) -> str:
        return f"mask({self.character!r})"


@dataclass(frozen=True, slots=True, repr=False)
class _Label:
    def __call__(self, kind: str, text: str) -> str:
        return f"[{_named(kind)}]"

    def __repr__(self) -> str:
        return "label()"


@dataclass(frozen=True, repr=False)
class _Hashed:
    """The key is no field: what prints fields, or makes dicts of them, shows it nowhere."""

    mark: str
    """The same for the same key alone."""
    key: InitVar[bytes]

    def __post_init__(self, key: bytes) -> None:
        object.__setattr__(self, "_key", key)

    def __call__(self, kind: str, text: str) -> str:
        import hmac  # noqa: PLC0415  # it takes 3 ms

        key: bytes = self.__dict__["_key"]
        digest = hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")
        rest = int.from_bytes(digest)
        letters = ""
        for _ in range(_HASH_LETTERS):
            rest, place = divmod(rest, len(LETTERS))
            letters += LETTERS[place]
        return f"[{_named(kind)}:{letters}]"

    def __repr__(self) -> str:
        return "hashed(...)"


@dataclass(frozen=True, slots=True, repr=False)
class Synthetic:
    """A believable fake. A check would find it again, as it is meant to."""

    seed: int | str
    make: Callable[[str, str, str], str] = field(compare=False, repr=False)

    def __call__(self, kind: str, text: str) -> str:
        return self.make(str(self.seed), kind, text)

    def __repr__(self) -> str:
        return f"synthetic({self.seed!r})"


def mask(character: str) -> StandIn:
    """The *character*, as often as there were characters.

    >>> mask("*")("PIN", "1234")
    '****'
    """
    if not isinstance(character, str) or len(character) != 1:
        raise PolicyError('mask() takes one character: write mask("█")')
    return _Mask(character)


def label() -> StandIn:
    """The kind of what was found, in brackets.

    >>> label()("EMAIL_ADDRESS", "ann@example.com")
    '[EMAIL_ADDRESS]'
    """
    return _Label()


def hashed(key: bytes | str) -> StandIn:
    """Letters that only *key* can make of the text: the same for the same text, in every call.

    So two tables can be joined by it. Whoever has the key can try texts, and phone
    numbers are few: keep it like a password, and make it of 32 random bytes.

    >>> hashed(b"an example")("PIN", "1234")
    '[PIN:LSMLXVGCDXBMHGZP]'
    """
    if not isinstance(key, bytes | str) or not key:
        raise PolicyError("hashed() takes a key: 32 random bytes, kept like a password")
    import hmac  # noqa: PLC0415  # it takes 3 ms

    secret = key.encode("utf-8", "surrogatepass") if isinstance(key, str) else key
    return _Hashed(
        hmac.digest(secret, b"guardrails-lib: the mark of a key", "sha256").hex(), secret
    )


def synthetic(seed: int | str) -> StandIn:
    """A believable fake of the same shape: an address for an address, a card for a card.

    It depends on *seed*, kind and text alone, and is never the text itself. It needs
    faker: ``pip install "guardrails-lib[synthetic]"``. The seed is no key: whoever
    knows it can try texts.
    """
    from ._synthetic import fake  # noqa: PLC0415  # it imports faker

    if isinstance(seed, bool) or not isinstance(seed, int | str):
        raise PolicyError("synthetic() takes a seed: a number or a text")
    return Synthetic(seed, fake)


def _named(kind: str) -> str:
    """*kind* in capitals, digits and underscores."""
    return _UNLIKE_A_NAME.sub("_", kind.upper())[:_LONGEST_NAME].strip("_") or "VALUE"
