"""What stood in a conversation before it was redacted, and what stands for it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Container, Iterable
from typing import NamedTuple, NoReturn

from ._errors import VaultError
from ._stand_ins import LETTERS, PLACEHOLDER, begun, placeholder
from ._types import Label, Span

__all__ = ["Vault"]


class _Issued(NamedTuple):
    placeholder: str
    used: float
    """Seconds since the epoch."""
    label: Label


class Vault:
    """The values of one conversation, each behind a placeholder that only it can restore.

    >>> conversation = Vault()
    >>> said = conversation.placeholder("EMAIL_ADDRESS", "ann@example.com")
    >>> conversation.restore(f"I wrote to {said}.")
    'I wrote to ann@example.com.'
    >>> Vault().restore(said) == said
    True
    >>> conversation
    Vault(1 value)

    The same value has the same placeholder as long as it is held; of another kind, it has
    another. A value is forgotten when it was neither redacted nor restored for *lifetime*
    seconds; None holds it as long as the vault lives. A vault that holds *limit* values
    takes no more, and says so: to forget one would lose it. Threads may share a vault.
    """

    __slots__ = ("__weakref__", "_clock", "_issued", "_lifetime", "_limit", "_lock", "_texts")

    def __init__(
        self,
        *,
        lifetime: float | None = 3600.0,
        limit: int = 10_000,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if lifetime is not None and not lifetime > 0:
            raise VaultError(f"lifetime={lifetime}: seconds, more than 0, or None")
        if limit < 1:
            raise VaultError(f"limit={limit}: at least 1 value")
        self._lifetime = lifetime
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._issued: OrderedDict[tuple[str, str], _Issued] = OrderedDict()  # least used first
        self._texts: dict[str, tuple[str, str]] = {}

    def placeholder(
        self,
        kind: str,
        text: str,
        *,
        label: Label = Label.PUBLIC,
        avoid: Iterable[Container[str]] = (),
    ) -> str:
        """What stands for *text*; if it is new, it is in none of the texts, or sets, to *avoid*.

        Of all the labels that a value was given with, the highest is kept.
        """
        with self._lock:
            now = self._forget()
            known = self._issued.get((kind, text))
            if known is None:
                if len(self._issued) >= self._limit:
                    raise VaultError(
                        f"the vault is full, its limit being {self._limit:,}: "
                        "give the conversation a Vault with a larger one"
                    )
                known = _Issued(self._fresh(kind, avoid), now, label)
                self._texts[known.placeholder] = kind, text
            self._use(kind, text, known._replace(used=now, label=max(known.label, label)))
            return known.placeholder

    def restore(self, text: str, *, written: Callable[[str], str] = str) -> str:
        """*text* with each placeholder of this vault replaced by its value, once.

        What looks like a placeholder and is none of this vault is left. *written* gives
        what to write for a value, where it must be escaped.
        """
        if "[" not in text:
            return text
        with self._lock:
            now = self._forget()
            known = [each for each in PLACEHOLDER.finditer(text) if each[0] in self._texts]
            values = [self._texts[each[0]] for each in known]
            for known_by in values:
                self._use(*known_by, self._issued[known_by]._replace(used=now))
        pieces: list[str] = []
        at = 0
        for each, (_, value) in zip(known, values, strict=True):
            pieces += text[at : each.start()], written(value)
            at = each.end()
        return "".join([*pieces, text[at:]])

    def issued(self, text: str) -> list[Span]:
        """Where placeholders of this vault stand in *text*."""
        if "[" not in text:
            return []
        with self._lock:
            self._forget()
            found = PLACEHOLDER.finditer(text)
            return [Span(*each.span()) for each in found if each[0] in self._texts]

    def label(self, text: str) -> Label:
        """The highest label of the values whose placeholders stand in *text*."""
        with self._lock:
            self._forget()
            known = (self._texts.get(each[0]) for each in PLACEHOLDER.finditer(text))
            return max((self._issued[each].label for each in known if each), default=Label.PUBLIC)

    def unfinished(self, text: str) -> int:
        """How many characters at the end of *text* may begin a placeholder of this vault."""
        if "[" not in text:
            return 0
        with self._lock:
            self._forget()
            return begun(text, self._texts)

    def part(self, placeholders: Iterable[str]) -> Vault:
        """A vault of its own with the values behind *placeholders*, which it never forgets."""
        part = Vault(lifetime=None, limit=self._limit)
        with self._lock:
            for each in placeholders:
                if (known := self._texts.get(each)) is not None:
                    part._use(*known, self._issued[known])
                    part._texts[each] = known
        return part

    def export(self, key: bytes) -> bytes:
        """All that is held, encrypted with *key*: 32 bytes, as of ``secrets.token_bytes(32)``.

        It needs cryptography: ``pip install "guardrails-lib[vault]"``. The lifetime of
        the values goes on.
        """
        import json  # noqa: PLC0415  # few vaults are exported

        from ._sealed import sealed  # noqa: PLC0415  # it imports cryptography

        with self._lock:
            self._forget()
            values = [[*value, *issued] for value, issued in self._issued.items()]
        held = {"lifetime": self._lifetime, "limit": self._limit, "values": values}
        return sealed(json.dumps(held).encode(), key)

    @classmethod
    def load(cls, data: bytes, key: bytes, *, clock: Callable[[], float] = time.time) -> Vault:
        """The vault that was exported; `VaultError` if *data* was changed or *key* is another."""
        import json  # noqa: PLC0415  # few vaults are exported

        from ._sealed import opened  # noqa: PLC0415  # it imports cryptography

        held = json.loads(opened(data, key))
        vault = cls(lifetime=held["lifetime"], limit=held["limit"], clock=clock)
        for kind, text, issued, used, label in held["values"]:
            vault._use(kind, text, _Issued(issued, used, Label(label)))
            vault._texts[issued] = kind, text
        return vault

    def __len__(self) -> int:
        with self._lock:
            self._forget()
            return len(self._issued)

    def __bool__(self) -> bool:
        return True  # an empty one is a vault

    def __repr__(self) -> str:
        held = len(self)
        return f"Vault({held} value{'' if held == 1 else 's'})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Vault is neither pickled nor copied: export(key) writes it encrypted")

    def _forget(self) -> float:
        """Drop what has expired; the time it is."""
        now = self._clock()
        if self._lifetime is not None:
            while self._issued:
                value, issued = next(iter(self._issued.items()))
                if now - issued.used < self._lifetime:
                    break
                del self._issued[value], self._texts[issued.placeholder]
        return now

    def _use(self, kind: str, text: str, issued: _Issued) -> None:
        self._issued[kind, text] = issued
        self._issued.move_to_end((kind, text))

    def _fresh(self, kind: str, avoid: Iterable[Container[str]]) -> str:
        import secrets  # noqa: PLC0415  # it takes 3 ms

        avoided = tuple(avoid)
        while True:
            new = placeholder(kind, "".join(secrets.choice(LETTERS) for _ in range(8)))
            if new not in self._texts and not any(new in each for each in avoided):
                return new
