"""What is logged while a call is played."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

__all__ = ["logged"]


class _Lines(logging.Handler):
    """Keeps each line, whatever its level."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line, its traceback too."""
        self.lines.append(self.format(record))


@contextlib.contextmanager
def logged() -> Iterator[list[str]]:
    """The lines that are logged meanwhile by any logger whose lines reach the root."""
    root, ours = logging.getLogger(), _Lines()
    before = root.level
    root.addHandler(ours)
    root.setLevel(logging.DEBUG)
    try:
        yield ours.lines
    finally:
        root.setLevel(before)
        root.removeHandler(ours)
