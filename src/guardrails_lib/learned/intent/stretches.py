"""The stretches of a text that weigh most, the worst first."""

from __future__ import annotations

from collections.abc import Iterator

from .judging import Judge, Scored

__all__ = ["MOST", "stretches"]

MOST = 9
"""So many stretches are told apart. For each the whole text is read once more."""


def stretches(judge: Judge, text: str, where: str) -> Iterator[Scored]:
    """The stretch of *text* that weighs most; then that of the rest, without it; and so on.

    None of a text without words, and of another `MOST`.
    """
    for _ in range(MOST):
        found = judge.score(text, where)
        if found.start == found.end:
            return
        yield found
        blank = " " * (found.end - found.start)
        text = text[: found.start] + blank + text[found.end :]
