"""What a scripted server says, one turn each time it is asked, and what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from ..._types import ToolCall, Usage
from ..._values import code

__all__ = ["Asked", "Cut", "Fail", "Fault", "Raw", "Said", "Say", "Turn", "said"]

Fault: TypeAlias = Literal["no choices", "null content", "unknown part", "role repeated"]
Headers: TypeAlias = tuple[tuple[str, str], ...]

COST = Usage(10, 5)
"""What an answer costs unless it says otherwise: every provider tells."""


@dataclass(frozen=True, slots=True, repr=False)
class Fail:
    """An error, in the provider's own words for the status.

    >>> Fail(429, retry_after=2.0)
    Fail(status=429, retry_after=2.0)
    """

    status: int = 500
    message: str = "The script says so."
    kind: str = ""
    """What the provider calls it (``rate_limit_error``), or what goes with the status."""
    retry_after: float | None = None
    """Seconds, sent as the header ``Retry-After``."""
    headers: Headers = ()
    seconds: float = 0.0
    """Waited before it."""

    __repr__ = code

    def __post_init__(self) -> None:
        if not 400 <= self.status <= 599:
            raise ValueError(f"an error has a status from 400 to 599, not {self.status}")


@dataclass(frozen=True, slots=True, repr=False)
class Say:
    """An answer: its text in chunks, the tools it calls, what it cost, how it ends.

    A stream has an event for each chunk; a whole answer has them put together.

    >>> Say(["Good", "bye."], calls=(ToolCall("hang_up"),)).text
    'Goodbye.'
    """

    chunks: Sequence[str] = ()
    """A text, or a list of texts."""
    calls: tuple[ToolCall, ...] = ()
    """Arguments that are a text are sent as they are, also where they are no JSON."""
    usage: Usage | None = COST
    """None leaves it out."""
    finish: str | None = None
    """``stop``, ``tools``, ``length``, ``filter``, or a word of the provider; None is what goes
    with the rest."""
    model: str = ""
    """The one that was asked for, unless this says otherwise."""
    logprobs: tuple[float, ...] = ()
    """One for each chunk, which is then a token."""
    refusal: str = ""
    """What the model says in place of an answer."""
    thinking: str = ""
    """What it thinks before; no part of the answer."""
    fault: Fault | None = None
    """What is wrong with the shape of it."""
    error: Fail | None = None
    """Sent in the stream after the chunks; in place of a whole answer."""
    seconds: float = 0.0
    """Waited before the answer begins."""
    between: float = 0.0
    """Waited before each event of a stream but the first."""

    __repr__ = code

    def __post_init__(self) -> None:
        chunks = (self.chunks,) if isinstance(self.chunks, str) else tuple(self.chunks)
        object.__setattr__(self, "chunks", tuple(chunk for chunk in chunks if chunk))
        if self.logprobs and len(self.logprobs) != len(self.chunks):
            raise ValueError(f"{len(self.logprobs)} logprobs for {len(self.chunks)} chunks")
        if self.fault is not None and self.fault not in get_args(Fault):
            raise ValueError(f"a fault is one of {', '.join(get_args(Fault))}, not {self.fault}")

    @property
    def text(self) -> str:
        """The chunks put together."""
        return "".join(self.chunks)

    @property
    def end(self) -> str:
        """Why it ends, said or not."""
        if self.finish is not None:
            return self.finish
        return "tools" if self.calls else "stop"


@dataclass(frozen=True, slots=True, repr=False)
class Raw:
    """A body that is sent as it is: JSON for a mapping, or bytes, or pieces of bytes."""

    body: Mapping[str, Any] | bytes | Sequence[bytes]
    status: int = 200
    headers: Headers = ()
    seconds: float = 0.0
    """Waited before it."""
    between: float = 0.0
    """Waited before each piece but the first."""

    __repr__ = code


@dataclass(frozen=True, slots=True, repr=False)
class Cut:
    """An answer of which the connection ends too early.

    *after* counts the events of a stream; an answer that is no stream is one event. 0 is
    before any byte, 2 is after two events, 2.5 in the middle of the bytes of the third. If it
    is *clean*, the body ends there as if it were whole, as behind some proxies.

    >>> Cut(Say(["Good", "bye."]), after=2.5)
    Cut(turn=Say(chunks=('Good', 'bye.')), after=2.5)
    """

    turn: str | Sequence[str] | Say | Fail | Raw
    after: float = 0.0
    clean: bool = False

    __repr__ = code

    def __post_init__(self) -> None:
        if self.after < 0:
            raise ValueError("nothing can be cut before its beginning")
        if self.clean and not self.after:
            raise ValueError("what is cut before any byte does not end cleanly")


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """What a client sent: where to, with which headers (but its key), and the body."""

    path: str
    headers: Mapping[str, str]
    body: Any
    """What its JSON says."""
    streamed: bool = False
    """Whether the answer is to come as events."""

    __repr__ = code

    @property
    def text(self) -> str:
        r"""Every text in the body, one a line, as it is behind its JSON.

        >>> Asked("/", {}, {"model": "m", "messages": [{"content": "Say \"Hi\"."}]}).text
        'm\nSay "Hi".'
        """
        return "\n".join(_texts(self.body))

    @property
    def model(self) -> str:
        """The model that is asked for, in the body or in the path.

        >>> Asked("/v1/models/m:generateContent", {}, {}).model
        'm'
        """
        named = self.body.get("model") if isinstance(self.body, Mapping) else None
        return named if isinstance(named, str) else self.path.rpartition("/")[2].partition(":")[0]


Said: TypeAlias = Say | Fail | Cut | Raw
Turn: TypeAlias = str | Sequence[str] | Said | Callable[[Asked], str | Sequence[str] | Said]


def said(turn: Turn, asked: Asked) -> Said:
    """What *turn* comes to for what was *asked*."""
    if isinstance(turn, Say | Fail | Cut | Raw):
        return turn
    return said(turn(asked), asked) if callable(turn) else Say(turn)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return _texts(list(value.values()))
    return [text for each in value for text in _texts(each)] if isinstance(value, list) else []
