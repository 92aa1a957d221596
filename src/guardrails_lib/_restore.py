"""What was redacted, put back: into texts, tool calls and streams."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ._call import Call
from ._errors import VaultError
from ._stand_ins import StandIn
from ._tree import keys, replaced, strings
from ._types import ToolCall
from ._vault import Vault

__all__ = ["Restoring", "in_json", "issuing", "restored", "restored_call"]


def issuing(call: Call[Any], texts: Sequence[str]) -> StandIn:
    """What makes placeholders that stand in none of *texts*."""

    def issue(kind: str, text: str) -> str:
        if call.vault is None:
            call.vault = Vault()
        try:
            return call.vault.placeholder(kind, text, avoid=texts)
        except VaultError as problem:
            raise call.stop("vault", str(problem)) from None

    return issue


def restored(call: Call[Any], text: str, written: Callable[[str], str] = str) -> str:
    """*text* as the caller is to have it; what is put back stays out of all that is said."""
    vault = call.vault
    if vault is None:
        return text
    for start, end in vault.issued(text):
        call.hide(vault.restore(text[start:end]))
    return vault.restore(text, written=written)


def in_json(value: str) -> str:
    """*value* as it is written between the quotes of a JSON string."""
    return json.dumps(value, ensure_ascii=False)[1:-1]


def restored_call(call: Call[Any], tool_call: ToolCall) -> ToolCall:
    """*tool_call* as it is to be run."""
    if call.vault is None:
        return tool_call
    given = tool_call.arguments
    arguments: Mapping[str, object] | str
    if isinstance(given, str):
        arguments = restored(call, given, in_json if _is_json(given) else str)
    else:
        back = {place: restored(call, text) for place, text in strings(given)}
        arguments = replaced(given, back)
        if any(restored(call, key) != key for key in keys(given)):
            arguments = _renamed(call, arguments)
    return tool_call if arguments == given else replace(tool_call, arguments=arguments)


def _renamed(call: Call[Any], value: Any) -> Any:
    """*value* with its keys restored."""
    if isinstance(value, Mapping):
        return {
            restored(call, key) if isinstance(key, str) else key: _renamed(call, inner)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_renamed(call, inner) for inner in value]
    return value


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


class Restoring:
    """A text that arrives in pieces: given on restored, but for an end that may go on."""

    def __init__(self, call: Call[Any], vault: Vault, written: Callable[[str], str]) -> None:
        self._call = call
        self._vault = vault
        self._written = written
        self._held = ""

    def __call__(self, text: str, *, final: bool) -> str:
        """What can be given on, *text* having arrived; all of it, if it is the *final* piece."""
        text = self._held + text
        kept = 0 if final else self._vault.unfinished(text)
        at = len(text) - kept
        self._held = text[at:]
        return restored(self._call, text[:at], self._written)
