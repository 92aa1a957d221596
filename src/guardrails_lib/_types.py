"""The values that travel through a guarded call: frozen, equal by value, printed as code."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, NamedTuple, Self, TypeVar

from ._tree import strings
from ._values import FrozenDict, code, pretty

__all__ = [
    "NO_USAGE",
    "UNFINISHED",
    "Data",
    "Evidence",
    "Finding",
    "Label",
    "Media",
    "Message",
    "Reply",
    "Request",
    "Source",
    "Span",
    "ToolCall",
    "Uncleared",
    "Usage",
]

T_co = TypeVar("T_co", covariant=True)


class Label(enum.IntEnum):
    """How far a text may travel; the larger, the less far."""

    PUBLIC = 0
    INTERNAL = 1
    CONFIDENTIAL = 2
    RESTRICTED = 3

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return f"Label.{self.name}"


class Uncleared(str):
    """A text that the model is not cleared for, as checks over text are given it."""

    __slots__ = ("label",)
    label: Label

    def __new__(cls, text: str, label: Label) -> Self:
        made = super().__new__(cls, text)
        made.label = label
        return made


class Span(NamedTuple):
    """The characters from *start* up to, not including, *end*."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, repr=False)
class Evidence:
    """The place in a source that is nearest to what a finding is about; never its text.

    *where* is the source (``sources[2]``), *uri* its name, *score* how much it bears out.

    >>> Evidence("sources[0]", "kb://help/7", Span(10, 42), 0.4)
    Evidence(where='sources[0]', uri='kb://help/7', span=Span(start=10, end=42), score=0.4)
    """

    where: str
    uri: str = ""
    span: Span | None = None
    score: float = 0.0

    __repr__ = code
    _repr_pretty_ = pretty


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One thing a check saw: what and where, never what to do, never the text itself.

    *kind* is the entity or rule (``EMAIL_ADDRESS``; ``error`` when a check could not
    tell), *where* the part (``messages[2]``, ``sources[0]``, ``reply``). *instead* is a
    safe form of the span where the check knows one.

    >>> Finding("an address", Span(3, 9), kind="EMAIL_ADDRESS")
    Finding(message='an address', span=Span(start=3, end=9), kind='EMAIL_ADDRESS')
    """

    message: str
    span: Span | None = None
    score: float = 1.0
    check: str = ""
    kind: str = ""
    where: str = ""
    instead: str | None = None
    evidence: Evidence | None = None
    """What comes nearest to it in the sources, where a check looked there."""

    __repr__ = code
    _repr_pretty_ = pretty

    def __post_init__(self) -> None:
        span: Any = self.span
        if span is not None and not isinstance(span, Span):
            object.__setattr__(self, "span", Span(*span))


@dataclass(frozen=True, slots=True, repr=False)
class Usage:
    """What a call cost. Usages add up.

    >>> Usage(10, 2) + Usage(5, 1, dollars=0.5)
    Usage(input_tokens=15, output_tokens=3, dollars=0.5)
    """

    input_tokens: int = 0
    output_tokens: int = 0
    dollars: float = 0.0
    cache_read_tokens: int = 0
    """How many of the tokens in the provider had in its cache, which costs less."""
    cache_write_tokens: int = 0
    """How many of the tokens in the provider put there, which costs more."""

    __repr__ = code
    _repr_pretty_ = pretty

    @property
    def tokens(self) -> int:
        """Tokens in and out together."""
        return self.input_tokens + self.output_tokens

    def __add__(self, other: Usage) -> Usage:
        if not isinstance(other, Usage):
            return NotImplemented
        if self is NO_USAGE or other is NO_USAGE:  # as a rule it is one or the other
            return other if self is NO_USAGE else self
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.dollars + other.dollars,
            self.cache_read_tokens + other.cache_read_tokens,
            self.cache_write_tokens + other.cache_write_tokens,
        )


NO_USAGE = Usage()


@dataclass(frozen=True, slots=True, repr=False)
class ToolCall:
    """A tool that the model wants to be run, with its arguments."""

    name: str
    arguments: Mapping[str, object] | str = FrozenDict()
    """What the model gave: a mapping, or the text as it came where that is no JSON object."""
    id: str = ""
    offered: tuple[object, ...] | None = field(default=None, compare=False, repr=False)
    """The tools of the request; the engine puts them there for the rules of ``tools=``."""

    __repr__ = code
    _repr_pretty_ = pretty

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise TypeError(f"the name of a tool is text, not {_named(self.name)}")
        if isinstance(self.arguments, Mapping):
            object.__setattr__(self, "arguments", FrozenDict(self.arguments))
        elif not isinstance(self.arguments, str):
            raise TypeError(f"arguments are a mapping or text, not {_named(self.arguments)}")


@dataclass(frozen=True, slots=True, repr=False)
class Media:
    """A content part that is not text: no check looks at it, and the coverage says so."""

    kind: str
    raw: object = field(default=None, repr=False)

    __repr__ = code
    _repr_pretty_ = pretty


@dataclass(frozen=True, slots=True, repr=False)
class Data:
    """A content part that is nested data: a form, a record, what a tool gave.

    Its strings are looked at, each by itself; so are its keys and numbers, which cannot be
    changed.

    >>> Message("user", parts=["About", Data({"name": "Ann", "age": 7})]).text.splitlines()
    ['About', 'Ann']
    """

    value: object = field(hash=False)

    __repr__ = code
    _repr_pretty_ = pretty


@dataclass(frozen=True, repr=False, init=False)
class Message:
    """One message of a conversation.

    A message with several content parts has them in *parts*; *text* is then the texts
    among them, a line each.

    >>> Message("user", parts=("What is this?", Media("image_url"))).text
    'What is this?'
    """

    role: str
    text: str = ""
    label: Label = Label.PUBLIC
    parts: tuple[str | Media | Data, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    name: str = ""
    raw: object = field(default=None, compare=False, repr=False)
    """The chat dict or object that it was read from, where it was."""
    extra: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """Where else in that dict there is something: ``audio``, ``content[0].title``."""
    feedback: bool = field(default=False, init=False, compare=False, repr=False)
    """Whether the engine says this of a reply, and no user."""

    __repr__ = code
    _repr_pretty_ = pretty

    def __init__(
        self,
        role: str,
        text: str = "",
        label: Label = Label.PUBLIC,
        parts: Iterable[str | Media | Data] = (),
        tool_calls: Iterable[ToolCall] = (),
        name: str = "",
        raw: object = None,
        extra: tuple[str, ...] = (),
    ) -> None:
        if not (isinstance(role, str) and isinstance(text, str) and isinstance(name, str)):
            raise TypeError("a Message has a role, a text and maybe a name, and all are str")
        put = self.__dict__  # what is left at its default is the class's, which takes half the time
        put["role"] = role
        put["text"] = text
        if label is not Label.PUBLIC:
            put["label"] = Label(label)
        if parts:
            put["parts"] = found = _all((str, Media, Data), parts, "parts")
            put["text"] = "\n".join(_texts(found))
        if tool_calls:
            put["tool_calls"] = _all(ToolCall, tool_calls, "tool_calls")
        if name:
            put["name"] = name
        if raw is not None:
            put["raw"] = raw
        if extra:
            put["extra"] = extra

    @classmethod
    def of_reply(cls, text: str, label: Label) -> Message:
        """What the engine says of a reply, in the place of the user."""
        made = cls("user", text, label)
        made.__dict__["feedback"] = True
        return made

    @property
    def trusted(self) -> bool:
        """True for the developer's own words."""
        return self.role in {"system", "developer"}


def _texts(parts: Iterable[str | Media | Data]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Data):
            yield from (text for _, text in strings(part.value))


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """A document that the answer may rest on."""

    uri: str
    text: str = ""
    label: Label = Label.PUBLIC
    as_of: datetime | None = None
    """When the text was last known to be right; with its time zone."""
    signature: str = ""
    """What `sign_source` puts there, so that `unsigned_source` knows it again."""

    __repr__ = code
    _repr_pretty_ = pretty

    def __post_init__(self) -> None:
        if not all(isinstance(each, str) for each in (self.uri, self.text, self.signature)):
            raise TypeError("a Source has a uri and a text, maybe a signature, and all are str")
        if not isinstance(self.label, Label):
            object.__setattr__(self, "label", Label(self.label))
        if self.as_of is not None and getattr(self.as_of, "tzinfo", None) is None:
            raise TypeError("as_of= is a datetime with its time zone: datetime.now(UTC)")


@dataclass(frozen=True, repr=False, init=False)
class Request:
    """All that the model will see. Every text in it is looked at, not only the last turn.

    >>> Request("hello")
    Request(messages=(Message(role='user', text='hello'),))
    """

    messages: tuple[Message, ...]
    sources: tuple[Source, ...] = ()
    tools: tuple[object, ...] = field(default=(), hash=False)
    meta: Mapping[str, object] = field(default=FrozenDict(), hash=False)
    deadline: float | None = field(default=None, compare=False, repr=False)
    """`time.monotonic()` by when the answer is wanted, where the budget has seconds."""

    __repr__ = code
    _repr_pretty_ = pretty

    def __init__(
        self,
        messages: str | Message | Iterable[Message],
        sources: Iterable[Source] = (),
        tools: Iterable[object] = (),
        meta: Mapping[str, object] | None = None,
        deadline: float | None = None,
    ) -> None:
        put = self.__dict__  # as in Message
        if isinstance(messages, str):
            put["messages"] = (Message("user", messages),)
        elif isinstance(messages, Message):
            put["messages"] = (messages,)
        else:
            put["messages"] = _all(Message, messages, "messages")
        if sources:
            put["sources"] = _all(Source, sources, "sources")
        if tools:
            put["tools"] = _all(object, tools, "tools")
        if meta:
            if not isinstance(meta, Mapping):
                raise TypeError(f"meta is a mapping, not {_named(meta)}")
            put["meta"] = FrozenDict(meta)
        if deadline is not None:
            put["deadline"] = deadline

    @property
    def text(self) -> str:
        """The texts of all messages, a blank line between them."""
        return "\n\n".join(message.text for message in self.messages)


@dataclass(frozen=True, repr=False, init=False)
class Reply(Generic[T_co]):
    """What the model answered, and the value read from it.

    A guarded function may return one to hand over more than text: tool calls, what it
    cost, log-probabilities.
    """

    text: str = ""
    value: T_co | None = None
    tool_calls: tuple[ToolCall, ...] = ()
    usage: Usage = NO_USAGE
    logprobs: tuple[float, ...] | None = None
    request: Request | None = None
    repairs: tuple[Finding, ...] = ()
    """What had to be mended to read the value, if `guard(..., repair=True)` allows that."""
    tokens: tuple[str, ...] | None = None
    """The text of each token that `logprobs` is about, where the model gives them."""
    samples: tuple[str, ...] = ()
    """What else the model answered, where a check asks for samples."""
    finish: str = ""
    """Why it ended: ``stop``, ``tools``, ``length`` (it was cut off), ``filter`` (a filter of
    the provider stopped it), or what else the provider says."""
    model: str = ""
    """Which model it is from, by the name that prices are looked up under."""

    __repr__ = code
    _repr_pretty_ = pretty

    def __init__(
        self,
        text: str = "",
        value: T_co | None = None,
        tool_calls: tuple[ToolCall, ...] = (),
        usage: Usage = NO_USAGE,
        logprobs: tuple[float, ...] | None = None,
        request: Request | None = None,
        repairs: tuple[Finding, ...] = (),
        tokens: tuple[str, ...] | None = None,
        samples: tuple[str, ...] = (),
        finish: str = "",
        model: str = "",
    ) -> None:
        if not (isinstance(text, str) and isinstance(usage, Usage)):
            raise TypeError("the text of a Reply is a str, and its usage a Usage")
        put = self.__dict__  # as in Message: each chunk of a stream is one
        put["text"] = text
        if value is not None:
            put["value"] = value
        if tool_calls:
            put["tool_calls"] = tool_calls
        if usage is not NO_USAGE:
            put["usage"] = usage
        if logprobs is not None:
            put["logprobs"] = logprobs
        if request is not None:
            put["request"] = request
        if repairs:
            put["repairs"] = repairs
        if tokens is not None:
            put["tokens"] = tokens
        if samples:
            put["samples"] = samples
        if finish:
            put["finish"] = finish
        if model:
            put["model"] = model

    @property
    def is_text(self) -> bool:
        """Whether there is a text, and nothing else."""
        return len(self.__dict__) == 1


UNFINISHED: Mapping[str, Finding] = {
    "length": Finding(
        "the reply was cut off: it took all the tokens it may have", kind="cut_off", where="reply"
    ),
    "filter": Finding("a filter of the provider stopped the reply", kind="filtered", where="reply"),
}
"""What there is to say of a reply that did not come to its end, by how it finished."""


_Item = TypeVar("_Item")


def _all(
    kind: type[_Item] | tuple[type[_Item], ...], items: Iterable[_Item], name: str
) -> tuple[_Item, ...]:
    if isinstance(items, str) or not isinstance(items, Iterable):
        raise TypeError(f"{name} is {_named(items)}, and should be a list")
    found = tuple(items)
    for place, item in enumerate(found):
        if not isinstance(item, kind):
            kinds = kind if isinstance(kind, tuple) else (kind,)
            wanted = " or ".join(each.__name__ for each in kinds)
            raise TypeError(f"{name}[{place}] is {_named(item)}, not a {wanted}")
    return found


def _named(value: object) -> str:
    return f"a value of type {type(value).__name__}"
