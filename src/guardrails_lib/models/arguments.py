"""What of the arguments of an SDK's method goes on, what is looked at, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

__all__ = ["Arguments", "plain_messages", "refuse"]

_NOT_GIVEN = {"NotGiven", "Omit"}
"""How SDKs call the value of what was left out."""


class Arguments(NamedTuple):
    """The arguments of one method that guarded clients know. Others are refused."""

    method: str
    passed: frozenset[str]
    """They hold no text of a user."""
    beside: frozenset[str]
    """They hold texts, which are looked at with the messages."""
    refused: Mapping[str, str]
    """No rule could look at them, each with why."""
    own: frozenset[str]
    """They are read by themselves: the messages, the tools."""

    def parted(self, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What goes on as it is, and what is looked at beside the messages."""
        passed: dict[str, Any] = {}
        beside: dict[str, Any] = {}
        for name, value in given.items():
            if type(value).__name__ in _NOT_GIVEN:
                continue
            if name in self.passed or name in self.own:
                passed[name] = value
            elif name in self.beside:
                (passed if value is None else beside)[name] = value
            elif name not in self.refused:
                refuse(self.method, name, "it is not known here, so no rule would look at it")
            elif value is not None and value is not False:
                refuse(self.method, name, self.refused[name])
        if isinstance(body := given.get("extra_body"), Mapping):
            self._see_to_the_body(body)
        return passed, beside

    def _see_to_the_body(self, body: Mapping[str, Any]) -> None:
        """Refuse what would take the place of arguments that were looked at."""
        known = self.passed | self.beside | self.own | frozenset(self.refused)
        for name in body:
            if name in known:
                refuse(self.method, f"extra_body[{name!r}]", f"give it as {name}=")


def refuse(method: str, name: str, why: str) -> None:
    """Raise the error that says so."""
    raise TypeError(f"{method}({name}=...) is not for a guarded client: {why}")


def plain_messages(messages: Iterable[Any], method: str) -> list[Any]:
    """*messages* as dicts, where they are objects of the SDK."""
    if isinstance(messages, str | Mapping) or not isinstance(messages, Iterable):
        raise TypeError(f"{method}() takes a list of messages, not {type(messages).__name__}")
    return [_plain(each) for each in messages]


def _plain(message: Any) -> Any:
    if isinstance(message, dict):  # as a rule: that is quick to tell
        return message
    dump = getattr(message, "model_dump", None)
    if dump is None or isinstance(message, Mapping):
        return message
    left_out = getattr(message, "__api_exclude__", None)  # the SDK sends it so
    return dump(mode="json", by_alias=True, exclude_unset=True, exclude=left_out)
