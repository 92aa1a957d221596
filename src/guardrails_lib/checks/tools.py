"""What a model wants to be run: a tool that is not there, arguments that do not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from .._check import Check, check
from .._errors import PolicyError
from .._schema import MOST_TOLD, Unreadable
from .._types import Finding, ToolCall
from .knowing import known_in
from .parameters import in_place_of

if TYPE_CHECKING:
    from ..schemas.tools.offered import Takes, Tool

__all__ = ["unfit_arguments", "unknown_tool"]

MOST = 5
"""So many of the things that do not fit in one call are told."""

LONGEST = 200
"""So many characters of the names of tools or arguments are told."""


class _OfTools(Protocol):
    def __call__(self, *, tools: Iterable[object] | None = None) -> Check[ToolCall]: ...


def _of_tools(make: Callable[..., Check[ToolCall]]) -> _OfTools:
    """A factory that reads its tools where the policy is written, and keeps a tuple of them."""

    @in_place_of(make)
    def read(*, tools: Iterable[object] | None = None) -> Check[ToolCall]:
        return make(tools=None if tools is None else _legible(make.__name__, tools))

    return read


def _legible(name: str, given: Iterable[object]) -> tuple[object, ...]:
    from ..schemas.tools import offered  # noqa: PLC0415  # jsonschema takes 90 ms

    if not isinstance(given, Iterable) or isinstance(given, str | bytes | Mapping):
        raise PolicyError(f"{name}() takes several tools: write tools=(...,)")
    tools = tuple(given)
    for n, each in enumerate(tools):
        try:
            for tool in offered.tools_in(each):
                offered.takes(tool)
        except offered.Illegible as problem:
            raise PolicyError(f"{name}(): tools[{n}] cannot be read: {problem}") from problem
    return tools


@_of_tools
@check(known=known_in("tools.unknown_tool"))
def unknown_tool(call: ToolCall, *, tools: tuple[object, ...] | None = None) -> Iterator[Finding]:
    """A call of a tool that the model was not offered.

    Models make up tools, and text that they read talks them into others. *tools* are those
    there are; without it they are those of the request, and if it has none, every call is
    unknown.

    >>> check = unknown_tool(tools=[{"name": "pay", "parameters": {"type": "object"}}])
    >>> [finding.message for finding in check(ToolCall("transfer"))]
    ['a tool that is not there; there are: pay']

    It looks at the name alone: see `unfit_arguments`.
    """
    known, broken = _read(call, tools)
    if not any(tool.name == call.name for tool in known):
        yield from broken
        names = _listed(tool.name for tool in known)
        told = f"there are: {names}" if names else "there are none"
        yield Finding(f"a tool that is not there; {told}", kind="unknown_tool")


@_of_tools
@check(known=known_in("tools.unfit_arguments"))
def unfit_arguments(
    call: ToolCall, *, tools: tuple[object, ...] | None = None
) -> Iterator[Finding]:
    """Arguments that a tool does not take: by its JSON Schema, or its signature in Python.

    Each place that does not fit is a finding of kind ``arguments``. An argument that the
    tool has no name for is one of kind ``unknown_argument``, where a JSON Schema would let
    it pass by saying nothing about it. *tools* are as in `unknown_tool`.

    >>> def pay(to: str, sum: int) -> None: ...
    >>> check = unfit_arguments(tools=[pay])
    >>> [finding.message for finding in check(ToolCall("pay", {"to": "Ann", "sum": "5"}))]
    ['pay: sum: Input should be a valid integer (found text)']

    Nothing is known of what a built-in takes. What no tool is known to take cannot be
    looked at: that is a finding of kind ``error``.
    """
    from ..schemas.tools import offered  # noqa: PLC0415  # jsonschema takes 90 ms

    known, broken = _read(call, tools)
    meant = [tool for tool in known if tool.name == call.name]
    if not meant:
        yield from broken
        yield Finding("nothing is known of what this tool takes", kind="error")
    for tool in meant:
        try:
            takes = offered.takes(tool)
        except offered.Illegible as problem:
            yield Finding(str(problem), kind="error")
        else:
            if takes is not None:
                yield from _unfit(tool, takes, call.arguments)


def _read(call: ToolCall, tools: tuple[object, ...] | None) -> tuple[list[Tool], list[Finding]]:
    """The tools there are, and a finding for each that cannot be read."""
    from ..schemas.tools import offered  # noqa: PLC0415  # jsonschema takes 90 ms

    known: list[Tool] = []
    broken: list[Finding] = []
    for n, each in enumerate((call.offered or ()) if tools is None else tools):
        try:
            known += offered.tools_in(each)
        except offered.Illegible as problem:
            broken.append(Finding(f"tools[{n}] cannot be read: {problem}", kind="error"))
    return known, broken


def _unfit(tool: Tool, takes: Takes, given: Mapping[str, object] | str) -> Iterator[Finding]:
    from ..schemas.tools import arguments  # noqa: PLC0415  # with the rest of them

    try:
        made = arguments.arguments_in(given)
    except Unreadable as problem:
        told = "; ".join(each.message for each in problem.wrong)
        yield Finding(f"{tool.name}: the arguments: {told}", kind="arguments")
        return
    wrong = list(takes.errors(made))
    for each in wrong[:MOST]:
        place = each.place if each.path else "the arguments"
        yield Finding(f"{tool.name}: {place}: {each.curt or each.message}", kind="arguments")
    if len(wrong) > MOST:
        least = "at least " if len(wrong) >= MOST_TOLD else ""
        yield Finding(f"{tool.name}: and {least}{len(wrong) - MOST} more", kind="arguments")
    if count := takes.unknown(made):
        several = "an argument" if count == 1 else f"{count} arguments"
        names = _listed(takes.names) or "none"
        told = f"{tool.name}: {several} that it does not take; it takes: {names}"
        yield Finding(told, kind="unknown_argument")


def _listed(names: Iterable[str]) -> str:
    told = ", ".join(names)
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}..."
