"""What is asked of Redis for each method of a ledger, and how its answer is read."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from .._errors import LedgerError
from .._ledger import Held, Overspent
from . import scripts
from .limit import HELD, Limit, account, nanos, of, several
from .scripts import Script

__all__ = ["Asked", "Books"]

T = TypeVar("T")


class Asked(NamedTuple, Generic[T]):
    """A script with what it is about, and how the answer is read."""

    script: Script
    keys: Sequence[str]
    arguments: Sequence[str | int | float]
    read: Callable[[Any], T]

    @property
    def known(self) -> tuple[object, ...]:
        """What EVALSHA takes: the script by its name."""
        return (self.script.sha, len(self.keys), *self.keys, *self.arguments)

    @property
    def whole(self) -> tuple[object, ...]:
        """What EVAL takes: the script itself."""
        return (self.script.text, len(self.keys), *self.keys, *self.arguments)


class Books:
    """The keys of one ledger. The braces keep them in one slot of a cluster."""

    def __init__(self, limits: tuple[Limit, ...], prefix: str) -> None:
        if not prefix or "{" in prefix or "}" in prefix:
            raise LedgerError(f"prefix={prefix!r}: a text without braces")
        self.limits = several(limits)
        self._id = f"{prefix}:"
        self._of = f"{{{prefix}}}:of:"
        self._held = f"{{{prefix}}}:held:"
        self._open = f"{{{prefix}}}:open"
        self._windows = tuple(
            word for each in limits for word in (each.every or "ever", nanos(each.dollars))
        )

    def reserve(self, who: Mapping[str, str], dollars: float) -> Asked[Held | Overspent]:
        """Set *dollars* aside. Asked again with the same id, it is set aside once."""
        names = self._names(who)
        name = secrets.token_hex(16)

        def read(answer: Any) -> Held | Overspent:
            done, *taken = answer
            if not done:
                return Overspent(str(self.limits[taken[0]]))
            most = self._windows[1::2]
            used = max((t / m for t, m in zip(taken, most, strict=True) if m), default=0.0)
            return Held(self._id + name, dollars, names, used)

        arguments = (name, nanos(dollars), HELD, *self._windows)
        return Asked(scripts.RESERVE, self._keys(name, names), arguments, read)

    def settle(self, held: Held, dollars: float) -> Asked[None]:
        """Book what was spent."""
        if not held.id.startswith(self._id):
            raise LedgerError("this was reserved in another ledger")
        name = held.id.removeprefix(self._id)
        keys = self._keys(name, held.accounts)
        return Asked(scripts.SETTLE, keys, (name, nanos(dollars), HELD), lambda _: None)

    def spent(self, who: Mapping[str, str]) -> Asked[dict[Limit, float]]:
        """What is taken of each limit."""
        return self._read(who, lambda limit, taken: taken)

    def left(self, who: Mapping[str, str]) -> Asked[dict[Limit, float]]:
        """What is left of each limit."""
        return self._read(who, lambda limit, taken: max(0, nanos(limit.dollars) - taken))

    def open(self, older_than: float) -> Asked[tuple[str, ...]]:
        """The names of what is not settled."""
        return Asked(
            scripts.LIST,
            (self._open,),
            (HELD, older_than),
            lambda answer: tuple(_text(each) for each in answer),
        )

    def reserved(self, names: tuple[str, ...]) -> Asked[tuple[Held, ...]]:
        """What is reserved under *names*, without what is settled meanwhile."""

        def read(answer: Any) -> tuple[Held, ...]:
            found = [dict(_pairs(each)) for each in answer]
            return tuple(
                Held(
                    self._id + name,
                    int(each.pop("")) / 1e9,
                    tuple(sorted(key.removeprefix(self._of) for key in each)),
                )
                for name, each in zip(names, found, strict=True)
                if each
            )

        return Asked(scripts.FIND, [self._held + name for name in names], (), read)

    def _names(self, who: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(account(limit, of(limit, who)) for limit in self.limits)

    def _keys(self, name: str, accounts: tuple[str, ...]) -> tuple[str, ...]:
        return (self._open, self._held + name, *(self._of + each for each in accounts))

    def _read(
        self, who: Mapping[str, str], what: Callable[[Limit, int], int]
    ) -> Asked[dict[Limit, float]]:
        def read(answer: Any) -> dict[Limit, float]:
            taken = zip(self.limits, answer, strict=True)
            return {limit: what(limit, int(each)) / 1e9 for limit, each in taken}

        return Asked(scripts.READ, [self._of + name for name in self._names(who)], (), read)


def _text(raw: bytes | str) -> str:
    """A client gives texts as bytes, or as texts, as it was told."""
    return raw.decode() if isinstance(raw, bytes) else raw


def _pairs(flat: Sequence[bytes | str]) -> zip[tuple[str, str]]:
    texts = [_text(each) for each in flat]
    return zip(texts[::2], texts[1::2], strict=True)
