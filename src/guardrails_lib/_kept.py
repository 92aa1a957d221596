"""What a guarded call asks of a cache of answers."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from ._types import Finding, Label, Reply, Request, ToolCall

__all__ = ["Cache", "Kept", "Wanted"]


class Wanted(NamedTuple):
    """The answer that is wanted."""

    policy: str
    """The fingerprint of the policy."""
    cleared_for: Label | None
    label: Label
    """The highest label of what the model sees."""
    returns: str
    """What stands for the type that is read from the reply."""
    request: Request
    """All that the model sees, redacted: the n-th placeholder in it has the number n."""
    options: object = ()
    """The other arguments of the guarded function."""


class Kept(NamedTuple):
    """An answer that was accepted, as it may be kept: nothing is put back into it."""

    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What validators flagged. The other rules look at it again."""
    label: Label = Label.PUBLIC
    model: str = ""

    @property
    def reply(self) -> Reply[Any]:
        """It, in the place of the model's."""
        return Reply(self.text, tool_calls=self.tool_calls, model=self.model)


class Cache(Protocol):
    """Answers by what was wanted. A cache that fails is one that has nothing."""

    def recall(self, wanted: Wanted, /) -> Kept | str:
        """The answer; or, if there is none, the key under which the caller now fetches it.

        Whoever is given a key must `keep` or `release` it: others who want the same wait.
        """
        ...

    def keep(self, key: str, kept: Kept, /) -> None:
        """Keep the answer."""
        ...

    async def arecall(self, wanted: Wanted, /) -> Kept | str:
        """`recall`, awaited."""
        ...

    async def akeep(self, key: str, kept: Kept, /) -> None:
        """`keep`, awaited."""
        ...

    def release(self, key: str, /) -> None:
        """There is no answer to keep; it never waits."""
        ...
