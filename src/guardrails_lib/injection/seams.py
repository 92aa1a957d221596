"""A line among the rows of a table that is no row, and asks for something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .trace import Trace

__all__ = ["traces"]

_ASKS = re.compile(
    r"""(?ix)
    [\s>*_"'-]{0,8}
    (?: (?:what|who|where|when|why|how|which|whose|whom|is|are|was|were|can|could|do|does|did|will
        |would|should|may|might|have|has)\b .* \? ["')\s]*
    |   (?:please\s|kindly\s|now\s|also\s|then\s|first\s)?
        (?:translate|explain|describe|write|tell|give|show|provide|list|summari[sz]e|convert|create
        |generate|calculate|compute|define|find|add|include|insert|append|replace|modify|rewrite
        |respond|answer|reply|recommend|suggest|compare|name|state|say|help|compose|draft|outline
        |discuss|identify|solve|mention|ignore|disregard|forget|send|forward|print|output|use|make
        |teach|introduce|elaborate|clarify|act|pretend|visit|click|delete|call|run|execute|stop)
        \s (?:\S+\s+){2,} .*
    )""",
)
_MOST = 400
"""A line of so many characters may be a sentence that asks."""

_ROWS = 3
"""So many rows in a line are a table."""


def traces(text: str) -> Iterator[Trace]:
    r"""Where a table is broken by a line that asks, or has one right before or after it.

    >>> rows = "| a | 1 |\n| b | 2 |\n| c | 3 |\n"
    >>> [trace.start for trace in traces(rows + "What is the capital of Peru?")]
    [30]
    """
    if text.count("|") < _ROWS * 2 and text.count("\t") < _ROWS * 2:
        return
    lines = list(_LINE.finditer(text))
    rows = [_is_row(line[0]) for line in lines]
    for n, line in enumerate(lines):
        if not rows[n] and len(line[0]) <= _MOST and _ASKS.fullmatch(line[0]):
            before, after = (
                _run(rows[max(0, n - _ROWS) : n][::-1]),
                _run(rows[n + 1 : n + 1 + _ROWS]),
            )
            if before + after >= _ROWS and (n in {0, len(lines) - 1} or (before and after)):
                score = _AMONG if before and after else _BESIDE
                yield Trace("order", _MESSAGE, *line.span(), score)


_LINE = re.compile(r"\S[^\n\r]*")
_MESSAGE = "a line that asks for something stands where a table has rows"
_AMONG, _BESIDE = 0.6, 0.5


def _is_row(line: str) -> bool:
    return (
        line[0] == "|" or (line.count("|") > 1 and line.rstrip()[-1] == "|") or line.count("\t") > 1
    )


def _run(rows: list[bool]) -> int:
    """How many rows there are in a line, from the first."""
    return rows.index(False) if False in rows else len(rows)
