"""The value in a reply: read, looked into, and restored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from ._call import Call
from ._effects import Flow
from ._judged import Job, redacted_texts
from ._restore import restored_data, restored_json
from ._schema import Read, Reader, Unreadable, as_json
from ._tree import keys, replaced, strings
from ._types import Finding, Source

__all__ = ["value_in", "with_places"]

T = TypeVar("T")


def value_in(
    call: Call[Any], reader: Reader[T], text: str, given: T | None, last: bool
) -> Flow[tuple[str, Read[T]]]:
    """The text and the value in it, restored once the output rules have looked inside."""
    if call.as_written and given is None:
        return text, reader.read(text)
    wrote = text
    if call.vault is not None and given is not None:
        wrote = as_json(reader.tree(given))
    read = None if given is None else Read(given)
    repairs: tuple[Finding, ...] = ()
    if restored_json(call, wrote) == wrote:
        read = read or _read_unlooked(call, reader, text)
        tree = reader.tree(read.value) if call.plan.output.rules else None
        repairs = read.findings
    else:
        tree = _written(reader, wrote)
        if given is not None:
            whole = _is_whole(reader, wrote, given)
            read = None if whole else Read(restored_data(call, given))
    if call.plan.output.rules:
        texts = yield from _inside(call, tree, text, last)
        if texts:
            text = wrote = as_json(replaced(tree, texts, "reply"))
            read = None
    read = read or _read_back(call, reader, wrote)
    return text, read if read.findings or not repairs else Read(read.value, repairs)


def with_places(value: T, sources: Sequence[Source]) -> T:
    """*value* with the place of each quote of a typed citation in *sources*."""
    from .citing.placed import placed  # noqa: PLC0415  # a room, and few answers have citations

    return placed(value, sources)


def _read_unlooked(call: Call[Any], reader: Reader[T], text: str) -> Read[T]:
    """The value in *text*; of what JSON has escaped in it no output rule has seen what it says."""
    try:
        return reader.read(text)
    except Unreadable as problem:
        escaped = "\\" in text and call.plan.output.rules
        raise (problem.curtly() if escaped else problem) from None


def _read_back(call: Call[Any], reader: Reader[T], text: str) -> Read[T]:
    """The value in *text*, restored; why it does not fit is then told without its words."""
    back = restored_json(call, text)
    try:
        read = reader.read(back)
    except Unreadable as problem:
        raise (problem if back == text else problem.curtly()) from None
    if back == text:
        return read
    return Read(read.value, tuple(replace(each, span=None) for each in read.findings))


def _is_whole(reader: Reader[T], text: str, value: T) -> bool:
    """Whether all of *value* is in *text*: JSON has what is secret or excluded otherwise."""
    try:
        return bool(reader.read(text).value == value)
    except Exception:  # it cannot be read, or not be compared
        return False


def _written(reader: Reader[Any], text: str) -> object:
    """What is in *text* as dicts, lists and strings, though a placeholder may not fit its type."""
    try:
        return reader.tree(reader.read(text).value)
    except Unreadable:
        if (tree := reader.draft(text)) is None:
            raise
        return tree


def _inside(call: Call[Any], tree: object, text: str, last: bool) -> Flow[dict[str, str]]:
    """The strings of the value in which something is redacted that JSON has escaped in *text*."""
    shown = call.shown  # what was shown cannot be changed
    jobs = [
        Job(call.plan.output, inner, path, "reply", fixed=shown)
        for path, inner in strings(tree, "reply")
        if inner not in text
    ]
    jobs += [
        Job(call.plan.output, key, "reply", fixed=True) for key in keys(tree) if key not in text
    ]
    judged = yield from call.look(jobs, last)
    call.decide(judged)
    return redacted_texts(jobs, judged)
