"""What was measured, written for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from .calibration import Calibrated
from .lengths import ANY_LENGTH, OfLength
from .measured import NamesIn, Prompted
from .measures import Interval
from .tallies import ANY

__all__ = ["WIDTH", "as_json", "calibration_told", "lengths_told", "names_told", "prompts_told"]

WIDTH = 100
"""No line is longer."""


def names_told(parts: Mapping[str, Sequence[NamesIn]]) -> str:
    """What was found of the names of sets, part by part, each under its title."""
    told: list[str] = []
    for title, some in parts.items():
        told.extend(["\n".join(wrap(title, WIDTH))] if title else [])
        told.extend("\n".join(_names(each)) for each in some)
    return "\n\n".join(told)


def _names(measured: NamesIn) -> Iterator[str]:
    yield f"{measured.name}: {measured.texts} texts"
    if measured.other:
        yield from wrap(f"types that are not looked for: {', '.join(measured.other)}", WIDTH)
    for by in ("words", "places"):
        rows = [each for each in measured.rows if each.by == by and (each.names or each.precision)]
        if any(each.names for each in rows):
            head = (f"by {by}", "names", "precision", "but for others", "recall", "F1", "F2")
            yield from _aligned(
                head,
                *(
                    (
                        "any" if row.type == ANY else row.type,
                        str(row.names),
                        *map(_two, (row.precision, row.precision_apart, row.recall)),
                        *map(_two, (row.f1, row.f2)),
                    )
                    for row in rows
                ),
            )
        elif by == "words":
            yield "no names in it that are looked for: there is nothing to recall"
    if measured.leak:
        yield f"leak rate {_three(measured.leak)}: characters of names left in clear"
    if measured.touched:
        yield f"texts without a name in which one was found: {_three(measured.touched)}"


def prompts_told(parts: Mapping[str, Sequence[Prompted]]) -> str:
    """What was told of prompts and documents, part by part, each under its title."""
    hostile = [
        (
            ("attacks", "texts", "honest", "AUC", "at 1% FP", "at 0.1% FP", "at threshold"),
            _attack,
            {title: [each for each in some if each.attacks] for title, some in parts.items()},
        ),
        (
            ("honest", "texts", "threshold", "found falsely"),
            _honest,
            {title: [each for each in some if each.honest] for title, some in parts.items()},
        ),
    ]
    tables = []
    for head, told, chosen in hostile:
        rows: list[Sequence[str]] = []
        for title, some in chosen.items():
            rows.extend((line,) for line in wrap(title, WIDTH) if some)
            rows.extend(told(each) for each in some)
        if rows:
            tables.append("\n".join(_aligned(head, *rows)))
    return "\n\n".join(tables)


def calibration_told(rows: Sequence[Calibrated]) -> str:
    """How many texts were attacks, by their scores."""
    head = ("scores", "from", "to", "attacks", "honest", "attacks, if as many")
    lines = (
        (
            row.where,
            f"{row.low:.2f}",
            f"{row.high:.2f}",
            str(row.attacks),
            str(row.honest),
            _two(row.share),
        )
        for row in rows
    )
    return "\n".join(_aligned(head, *lines)) if rows else ""


def lengths_told(rows: Sequence[OfLength]) -> str:
    """How texts were told apart, by length."""
    head = ("lengths", "from", "to", "attacks", "recall", "honest", "found falsely")
    lines = (
        (
            row.where,
            str(row.low),
            str(row.high) if row.high < ANY_LENGTH else "any",
            str(row.attacks),
            _two(row.recall),
            str(row.honest),
            _three(row.false_positives),
        )
        for row in rows
    )
    return "\n".join(_aligned(head, *lines)) if rows else ""


def _attack(row: Prompted) -> Sequence[str]:
    recalls = map(_two, (row.recall_1, row.recall_01, row.recall))
    return (row.name, str(row.attacks), str(row.against), _three(row.auc), *recalls)


def _honest(row: Prompted) -> Sequence[str]:
    return row.name, str(row.honest), f"{row.threshold:.3f}", _three(row.false_positives)


def _two(measure: Interval | None) -> str:
    return f"{measure.value:.2f} {measure.low:.2f}-{measure.high:.2f}" if measure else "-"


def _three(measure: Interval | None) -> str:
    return f"{measure.value:.3f} {measure.low:.3f}-{measure.high:.3f}" if measure else "-"


def _aligned(*rows: Sequence[str]) -> Iterator[str]:
    """*rows* as lines: the first column begins at the left. A row of one is a title."""
    whole = [row for row in rows if len(row) > 1]
    widths = [max(map(len, column)) for column in zip(*whole, strict=True)]
    for row in rows:
        first, *rest = row
        cells = (each.rjust(width) for each, width in zip(rest, widths[1:], strict=False))
        yield "  ".join((first.ljust(widths[0]), *cells)).rstrip()


def as_json(measured: Any) -> str:
    """What was measured, as JSON: an interval is an object, and no measure is null."""
    return json.dumps(_plain(measured), indent=2)


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {key: _plain(each) for key, each in value._asdict().items()}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value
