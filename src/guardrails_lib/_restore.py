"""What was redacted, put back: into texts, tool calls and streams."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from ._call import Call
from ._errors import VaultError
from ._stand_ins import PLACEHOLDER, StandIn, begun
from ._tree import keys, nodes, put, strings
from ._types import Label, ToolCall
from ._vault import Vault

__all__ = [
    "Restoring",
    "in_json",
    "issuing",
    "restored",
    "restored_call",
    "restored_data",
    "restored_json",
    "unfinished",
]

T = TypeVar("T")


def issuing(call: Call[Any], texts: Sequence[str]) -> Callable[[Label], StandIn]:
    """What makes placeholders that stand in none of *texts*, for values of a label."""
    taken = frozenset(each for text in texts for each in PLACEHOLDER.findall(text))

    issued = dict(call.issued)
    call.issued = issued

    def issue(label: Label, kind: str, text: str) -> str:
        if call.vault is None:
            call.vault = Vault()
        try:
            made = call.vault.placeholder(kind, text, label=label, avoid=(taken,))
        except VaultError as problem:
            raise call.stop("vault", str(problem)) from None
        issued[made] = text
        return made

    return lambda label: functools.partial(issue, label)


def restored(call: Call[Any], text: str, written: Callable[[str], str] = str) -> str:
    """*text* as the caller is to have it; what is put back stays out of all that is said."""
    vault = call.vault
    if vault is None or "[" not in text:
        return text
    back: set[str] = set()

    def told(value: str) -> str:
        back.add(value)
        call.hide(value)
        return written(value)

    whole = vault.restore(text, written=told)
    if back:
        call.put_back = max(call.put_back, vault.label(text))
    if any(call.issued.get(each, "") not in {"", *back} for each in PLACEHOLDER.findall(text)):
        raise call.stop(
            "vault", "a value of this call has expired: give the Vault a longer lifetime"
        )
    return whole


def restored_json(call: Call[Any], text: str) -> str:
    """*text* restored, each value as it is written between the quotes of a JSON string."""
    whole = restored(call, text, in_json)
    if whole != text and (read := _read(text)) is not None:
        _keep_apart(call, read)
    return whole


def in_json(value: str) -> str:
    """*value* as it is written between the quotes of a JSON string."""
    return json.dumps(value, ensure_ascii=False)[1:-1]


def restored_call(call: Call[Any], tool_call: ToolCall) -> ToolCall:
    """*tool_call* as it is to be run."""
    if call.vault is None:
        return tool_call
    given = tool_call.arguments
    arguments: Mapping[str, object] | str
    if not isinstance(given, str):
        arguments = restored_data(call, given)
    elif _read(given) is None:
        arguments = restored(call, given)
    else:
        arguments = restored_json(call, given)
    return tool_call if arguments == given else replace(tool_call, arguments=arguments)


def restored_data(call: Call[Any], value: T) -> T:
    """*value* with its strings and keys restored, all else kept."""
    texts = {place: restored(call, text) for place, text in strings(value) if "[" in text}
    names = {key: restored(call, key) for key in keys(value) if "[" in key}
    if names:
        _keep_apart(call, value)
    return put(value, texts, names=names) if texts or names else value


def _keep_apart(call: Call[Any], value: object) -> None:
    """End the call if two keys of a mapping would be one: a value would be lost."""
    for _, each in nodes(value):
        if isinstance(each, Mapping):
            names = [key for key in each if isinstance(key, str)]
            if len({restored(call, key) for key in names}) < len(names):
                raise call.stop("vault", "two keys would be the same with their values put back")


def _read(text: str) -> object:
    """What is in a JSON text; None if it is none, or there is nothing to restore in it."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def unfinished(call: Call[Any], text: str) -> int:
    """How many characters at the end of *text* may begin a placeholder."""
    if call.vault is None:
        return 0
    return call.vault.unfinished(text) or begun(text, call.issued)


class Restoring:
    """A text that arrives in pieces: given on restored, but for an end that may go on."""

    def __init__(self, call: Call[Any], written: Callable[[str], str]) -> None:
        self._call = call
        self._written = written
        self._held = ""

    def __call__(self, text: str, *, final: bool) -> str:
        """What can be given on, *text* having arrived; all of it, if it is the *final* piece."""
        text = self._held + text
        kept = 0 if final else unfinished(self._call, text)
        at = len(text) - kept
        self._held = text[at:]
        return restored(self._call, text[:at], self._written)
