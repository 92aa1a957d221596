"""What any check over text finds in one argument of a tool call."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from .._check import Check, Seen, check
from .._errors import PolicyError
from .._tree import fixed, keys, strings
from .._types import Finding, ToolCall, Usage
from .knowing import known_in
from .parameters import read_at_once

__all__ = ["in_argument"]


def _of_text(given: object) -> Check[str]:
    if not isinstance(given, Check) or given.subject is not str or given.is_async:
        raise PolicyError(
            "in_argument() takes a check over text that is not async: "
            'in_argument(unsafe_shell(allow=("ls",)), "command")'
        )
    return given


def _name(given: object) -> str:
    if not isinstance(given, str) or not given:
        raise PolicyError('in_argument() takes the name of an argument: "command"')
    return given


def _tool(given: object) -> str | None:
    if not (given is None or (isinstance(given, str) and given)):
        raise PolicyError("tool= is the name of a tool")
    return given


@read_at_once(check=_of_text, argument=_name, tool=_tool)
@check(known=known_in("arguments.in_argument"))
def in_argument(
    call: ToolCall, check: Check[str], argument: str, *, tool: str | None = None
) -> Iterator[Seen]:
    """What *check* finds in the *argument* of that name, be it of any tool or of one.

    A rule over text looks at every string of a call, and at its keys: too much for a check
    that takes each for a command. All texts, numbers and keys within the argument are
    looked at, each by itself.

    >>> from guardrails_lib.checks import unsafe_shell
    >>> check = in_argument(unsafe_shell(allow=("ls",)), "command", tool="run")
    >>> [found.kind for found in check(ToolCall("run", {"command": "ls; rm x"}))]
    ['several']
    >>> list(check(ToolCall("mail", {"command": "ls; rm x"})))
    []

    A call without that argument is fine here: `unfit_arguments` knows whether it needs one.
    Arguments that are no JSON object cannot be told apart: that is a finding of kind
    ``error``.
    """
    if tool is not None and call.name != tool:
        return
    given = _arguments(call)
    if given is None:
        yield Finding("the arguments are no JSON object", kind="error")
        return
    if argument not in given:
        return
    value = given[argument]
    texts = [text for _, text in (*strings(value), *fixed(value))] + list(keys(value))
    for text in texts:
        for seen in check.look(text):
            if isinstance(seen, Usage):
                yield seen
            else:  # its place is one in the argument, and not in the call
                yield replace(seen, message=f"{argument}: {seen.message}", span=None)


def _arguments(call: ToolCall) -> Mapping[str, object] | None:
    if isinstance(call.arguments, Mapping):
        return call.arguments
    try:
        read = json.loads(call.arguments)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None
