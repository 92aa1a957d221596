"""One method of an SDK, as a guarded client reads and writes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from .. import Accepted, Reply
from .._answers import Chunks

__all__ = ["Chunks", "Endpoint", "Showing", "Taken", "sooner"]


class Taken(NamedTuple):
    """What one call of a method of an SDK was given."""

    messages: list[Any]
    """All that the model is to see, in the order in which it sees it."""
    options: dict[str, Any]
    """The other arguments, as they go to the SDK."""
    beside: dict[str, Any] = {}  # noqa: RUF012  # it is a named tuple, and nobody changes it
    """Those of them that hold texts. They are looked at with the messages."""
    tools: Sequence[Any] = ()
    streamed: bool = False


class Showing(Protocol):
    """Makes the chunks of an SDK of a text that is safe: those of one streamed reply."""

    def saw(self, chunk: Any, /) -> None:
        """Note of what the SDK sent whatever is no text."""
        ...

    def text(self, text: str, /) -> Iterable[Any]:
        """The chunks that bring *text*; before the first, those that open a reply."""
        ...

    def end(self, accepted: Accepted[Any], /) -> Iterable[Any]:
        """The tool calls, why it ended, what it cost."""
        ...


class Endpoint(Protocol):
    """One method of an SDK, as a guarded client reads and writes it. It holds no state."""

    @property
    def name(self) -> str:
        """Where it is, from the client on: ``chat.completions.create``."""
        ...

    def taken(self, given: dict[str, Any], /) -> Taken:
        """What the caller gave; `TypeError` for what no rule could look at."""
        ...

    def sent(self, messages: list[Any], options: dict[str, Any], /) -> dict[str, Any]:
        """The arguments for the SDK, *messages* being what the rules left of them."""
        ...

    def timed(self, arguments: dict[str, Any], client: Any, seconds: float, /) -> dict[str, Any]:
        """The *arguments* of a call that may take so long, and less if the caller said so."""
        ...

    def hurried(self, client: Any, /) -> Any:
        """*client* with no retries of its own: with n of them a time-out would be n times it."""
        ...

    def reply(self, answer: Any, /) -> Reply[Any]:
        """What is in a whole response."""
        ...

    def chunks(self) -> Chunks:
        """What reads a streamed one."""
        ...

    def rebuilt(self, answer: Any, before: Reply[Any], accepted: Accepted[Any], /) -> Any:
        """A response that holds what was *accepted*, and nothing that was not looked at."""
        ...

    def showing(self, taken: Taken, /) -> Showing:
        """What makes the chunks of a streamed one."""
        ...

    def stream(self, chunks: Any, client: Any, /) -> Any:
        """The SDK's own stream, of the *chunks* in a `Shown` or `AsyncShown`."""
        ...


def sooner(timeout: Any, seconds: float) -> Any:
    """*timeout* (seconds, None, or an object with several), or *seconds* where that is less."""
    if timeout is None:
        return seconds
    if isinstance(timeout, int | float):
        return min(timeout, seconds)
    return type(timeout)(
        **{each: sooner(getattr(timeout, each), seconds) for each in _TIMEOUTS},
    )


_TIMEOUTS = ("connect", "read", "write", "pool")
