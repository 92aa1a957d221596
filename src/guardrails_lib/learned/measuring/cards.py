"""What a model card says was measured, and with which weights: blocks that are written anew.

A mark stands above a fence of text. ``<!-- evaluate names wikigold | weights sha256 ... -->``
says that ``python -m guardrails_lib.learned.evaluate names wikigold`` printed it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ..weights import path_of

__all__ = ["EVALUATE", "LEAVE_OUT", "Block", "blocks", "card_of", "checksum", "rewritten"]

EVALUATE, LEAVE_OUT = "evaluate", "leave-out"

_BLOCK = re.compile(
    rf"<!-- (?P<how>{EVALUATE}|{LEAVE_OUT}) (?P<arguments>[a-z0-9_]+(?: [a-z0-9_]+)*)"
    r"(?: \| weights sha256 (?P<digest>[0-9a-f]{64}))? -->\n```text\n(?P<text>(?:(?!```).*\n)*)```"
)


class Block(NamedTuple):
    """What was measured once, and what was told of it."""

    how: str
    arguments: tuple[str, ...]
    """What is measured, ``names``, ``pii`` or ``injection``; and the sets, if not all."""
    digest: str
    """Of the weights with which, or beside which, it was measured; empty where it never was."""
    text: str


def card_of(name: str) -> Path:
    """The card of the weights that are called *name*."""
    return path_of(name).with_suffix(".md")


def checksum(weights: Path) -> str:
    """The SHA-256 of a file of weights, by which a card names it."""
    return hashlib.sha256(weights.read_bytes()).hexdigest()


def blocks(card: str) -> list[Block]:
    """The blocks of a card."""
    return [_block(match) for match in _BLOCK.finditer(card)]


def rewritten(card: str, told: Callable[[Block], str | None], weights: str) -> str:
    """*card* with each block as it is *told* now, or as it is where that is None."""

    def put(match: re.Match[str]) -> str:
        block = _block(match)
        text = told(block)
        if text is None:
            return match[0]
        arguments = " ".join(block.arguments)
        mark = f"<!-- {block.how} {arguments} | weights sha256 {weights} -->"
        return f"{mark}\n```text\n{text.strip()}\n```"

    return _BLOCK.sub(put, card)


def _block(match: re.Match[str]) -> Block:
    return Block(
        match["how"], tuple(match["arguments"].split(" ")), match["digest"] or "", match["text"]
    )
