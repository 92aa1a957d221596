"""An answer as JSON, and back: strict, so that what cannot be read is no answer."""

from __future__ import annotations

import json
from typing import Any

from .._kept import Kept
from .._types import Evidence, Finding, Label, Span, ToolCall

__all__ = ["kept_of", "written"]

VERSION = 1
_LABELS = tuple(Label)


def written(kept: Kept) -> bytes | None:
    """*kept* as JSON; None if it would not be the same when it is read again."""
    fields = [
        VERSION,
        kept.text,
        [[each.name, each.arguments, each.id] for each in kept.tool_calls],
        [_finding(each) for each in kept.findings],
        int(kept.label),
        kept.model,
    ]
    try:
        made = json.dumps(fields, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError):
        return None
    data = made.encode("utf-8", "surrogatepass")
    return data if kept_of(data) == kept else None


def kept_of(data: bytes) -> Kept | None:
    """What was written; None if it is something else."""
    try:
        fields = _DECODER.decode(data.decode("utf-8", "surrogatepass"))
        version, text, calls, findings, label, model = fields
        if (
            version != VERSION
            or type(fields) is not list
            or type(text) is not str
            or type(model) is not str
            or type(label) is not int
            or type(calls) is not list
            or type(findings) is not list
            or label < 0
        ):
            return None
        return Kept(
            text,
            tuple([_tool_call(*each) for each in calls]) if calls else (),
            tuple([_finding_of(*each) for each in findings]) if findings else (),
            _LABELS[label],
            model,
        )
    except (AttributeError, TypeError, ValueError, IndexError, RecursionError):
        return None


def _tool_call(name: str, arguments: Any, id: str) -> ToolCall:  # noqa: A002  # its own word
    _texts(name, id)
    return ToolCall(name, arguments, id)


def _finding(finding: Finding) -> list[object]:
    seen = finding.evidence
    return [
        finding.message,
        finding.span,
        finding.score,
        finding.check,
        finding.kind,
        finding.where,
        finding.instead,
        None if seen is None else [seen.where, seen.uri, seen.span, seen.score],
    ]


def _finding_of(
    message: str,
    span: list[int] | None,
    score: float,
    check: str,
    kind: str,
    where: str,
    instead: str | None,
    seen: list[Any] | None,
) -> Finding:
    _texts(message, check, kind, where, instead or "")
    evidence = None if seen is None else _evidence(*seen)
    return Finding(message, _span(span), _number(score), check, kind, where, instead, evidence)


def _evidence(where: str, uri: str, span: list[int] | None, score: float) -> Evidence:
    _texts(where, uri)
    return Evidence(where, uri, _span(span), _number(score))


def _span(given: list[int] | None) -> Span | None:
    if given is None:
        return None
    start, end = given
    if type(start) is not int or type(end) is not int:
        raise TypeError("a span is of whole numbers")
    return Span(start, end)


def _number(given: float) -> float:
    if type(given) not in {int, float}:
        raise TypeError("a score is a number")
    return given


def _texts(*given: object) -> None:
    if not all(type(each) is str for each in given):
        raise TypeError("a text is a str")


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_number)
