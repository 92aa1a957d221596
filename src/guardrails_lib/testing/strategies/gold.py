"""Texts of which it is known what they hold, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ..._types import Span
from ..._values import code

__all__ = ["Gold", "Value", "assembled"]


class Value(NamedTuple):
    """A piece of a text that is to be found there."""

    text: str
    kind: str
    """What a finding of it is called."""


@dataclass(frozen=True, slots=True, repr=False)
class Gold:
    """A text, and where in it is what: spans with the kind of what stands there.

    >>> gold = assembled(["Write to ", Value("ann@example.com", "EMAIL_ADDRESS"), "."])
    >>> gold.spans
    ((Span(start=9, end=24), 'EMAIL_ADDRESS'),)
    >>> gold.values
    ('ann@example.com',)
    """

    text: str
    spans: tuple[tuple[Span, str], ...] = ()

    __repr__ = code

    @property
    def values(self) -> tuple[str, ...]:
        """What stands at the spans."""
        return tuple(self.text[span.start : span.end] for span, _ in self.spans)


def assembled(pieces: Iterable[str | Value]) -> Gold:
    """The text that *pieces* make one after another, and where in it the values are."""
    texts: list[str] = []
    spans: list[tuple[Span, str]] = []
    at = 0
    for piece in pieces:
        text = piece.text if isinstance(piece, Value) else piece
        if isinstance(piece, Value):
            spans.append((Span(at, at + len(text)), piece.kind))
        texts.append(text)
        at += len(text)
    return Gold("".join(texts), tuple(spans))
