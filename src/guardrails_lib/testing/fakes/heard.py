"""All texts that a fake model was sent, as a model reads them."""

from __future__ import annotations

from collections.abc import Iterator

from ..._tree import fixed, keys, strings
from ..._types import Data, Message, Request, Source, ToolCall

__all__ = ["heard"]


def heard(prompt: object) -> str:
    r"""Every text, key and number in *prompt*, a line each, but for those that stand in another.

    So what an echo says does not double with each turn of a conversation.

    >>> from guardrails_lib import Data, Message, Request
    >>> heard(Request([Message("tool", parts=["A form:", Data({"age": 7})])]))
    'A form:\nage\n7'
    """
    texts = list(dict.fromkeys(text for text in _texts(prompt) if text))
    return "\n".join(
        text
        for text in texts
        if not any(text in other for other in texts if len(other) > len(text))
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Request):
        for each in (*value.messages, *value.sources, *value.tools):
            yield from _texts(each)
    elif isinstance(value, Message):
        for part in value.parts or (value.text,):
            yield from _texts(part)
        yield value.name
        for call in value.tool_calls:
            yield from _texts(call)
    elif isinstance(value, Source):
        yield from (value.uri, value.text)
    elif isinstance(value, ToolCall):
        yield value.name
        yield from _texts(value.arguments)
    elif isinstance(value, Data):
        yield from _texts(value.value)
    elif isinstance(value, list | tuple):
        for each in value:  # a chat may be one of these values
            yield from _texts(each)
    else:
        yield from keys(value)
        yield from (text for _, text in strings(value))
        yield from (text for _, text in fixed(value))
