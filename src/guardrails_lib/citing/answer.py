"""What an answer says and cites: in its text, or in the fields of a typed one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .._citation import Citation
from .._tree import nodes
from .._types import Reply

__all__ = ["citations", "texts"]

SENTENCE = 4
"""A field of fewer words is a name or a choice, and no sentence."""


def texts(reply: Reply[Any]) -> Iterator[tuple[str, str]]:
    """The texts of *reply*, each with its place; the place of the whole text is empty."""
    if reply.value is None or isinstance(reply.value, str):
        yield "", reply.text
        return
    held = ""
    for place, each in nodes(reply.value, "reply"):
        if isinstance(each, Citation):
            held = place + "."
        elif type(each) is not str or (held and place.startswith(held)):
            continue
        elif len(each.split(None, SENTENCE)) >= SENTENCE:
            yield place, each


def citations(value: object, place: str = "reply") -> list[tuple[str, Citation]]:
    """Each citation in *value*, with its place."""
    return [(where, each) for where, each in nodes(value, place) if isinstance(each, Citation)]
