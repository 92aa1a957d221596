"""What pydantic-ai gives: the responses of its models, their streams, and what a run came to."""

from __future__ import annotations

from typing import Any

from .._schema import as_json
from .._types import Reply, ToolCall, Usage
from ..schemas.typed import Typed
from .fields import call_of, counted, field, listed, readable, unbroken, unreadable

__all__ = ["PACKAGE", "SUPPORTED", "Chunks", "is_stream", "reply_of"]

PACKAGE = "pydantic-ai-slim"
SUPPORTED = ((2,), (3,))

_FINISHES = {"content_filter": "filter", "tool_call": "tools"}
_LEFT_OUT = {"thinking", "builtin-tool-call", "builtin-tool-return", "compaction"}
"""What the model thinks, and what the provider runs by itself."""


def reply_of(answer: Any) -> Reply[Any]:
    """What is in a ``ModelResponse``, or in the ``AgentRunResult`` of an agent."""
    if hasattr(answer, "output") and hasattr(answer, "response"):
        return _of_run(answer)
    if field(answer, "kind") != "response":
        raise unreadable(PACKAGE, f"{type(answer).__name__} is no ModelResponse")
    state = field(answer, "state")
    if state not in {None, "complete"}:
        raise unreadable(PACKAGE, f"the response is {state}")
    texts, calls = [], []
    for part in listed(answer, "parts"):
        if field(part, "part_kind") == "tool-call":
            calls.append(_call(part))
        else:
            texts.append(_text(part))
    reply: Reply[Any] = Reply(
        "".join(texts),
        tool_calls=tuple(calls),
        usage=_spent(answer),
        finish=_finish(answer, calls),
        model=_model(answer),
    )
    return readable(PACKAGE, unbroken(PACKAGE, reply))


def is_stream(answer: Any) -> bool:
    """Whether it gives the events of a response."""
    return any(hasattr(answer, each) for each in ("__aiter__", "__next__")) or (
        hasattr(answer, "__iter__") and not isinstance(answer, list | tuple | dict | str)
    )


class Chunks:
    """Reads the events of one response.

    No event says what it cost and why it ended. The response that the stream makes of them
    does: let it come last (``yield stream.get()``).
    """

    def __init__(self) -> None:
        self._shown = ""
        self._begun: set[int] = set()
        self._calls: list[ToolCall] = []
        self._whole: Reply[Any] | None = None

    def __call__(self, event: Any) -> Reply[Any]:
        """The text that *event* brings; of the whole response, what it cost."""
        usage, text = Usage(), ""
        match field(event, "event_kind"):
            case "part_start":
                text = self._started(field(event, "index"), field(event, "part"))
            case "part_delta":
                text = _grown(field(event, "delta"))
            case "part_end":
                self._ended(field(event, "index"), field(event, "part"))
            case "final_result":
                pass
            case None:
                self._whole = reply_of(event)
                if not self._whole.text.startswith(self._shown):
                    raise unreadable(PACKAGE, "the response at its end says something else")
                text, usage = self._whole.text[len(self._shown) :], self._whole.usage
            case _:
                raise unreadable(PACKAGE, f"{type(event).__name__} is no event of a response")
        self._shown += text
        return Reply(text, usage=usage)

    def rest(self) -> Reply[Any]:
        """What is known at the end of the stream."""
        if self._whole is not None:
            whole = self._whole
            return Reply(tool_calls=whole.tool_calls, finish=whole.finish, model=whole.model)
        if self._begun:
            raise unreadable(PACKAGE, "the stream broke off: a part of it has no end")
        reply: Reply[Any] = Reply(tool_calls=tuple(self._calls))
        return reply if self._shown else readable(PACKAGE, reply)

    def _started(self, index: object, part: Any) -> str:
        kind = field(part, "part_kind")
        if not isinstance(index, int):
            raise unreadable(PACKAGE, "a part of it has no place")
        if index in self._begun:
            raise unreadable(PACKAGE, "a part of it begins twice")
        if kind in {"text", "tool-call"}:
            self._begun.add(index)
        return "" if kind == "tool-call" else _text(part)

    def _ended(self, index: object, part: Any) -> None:
        """Take the call that is whole now; of a text all has come."""
        if isinstance(index, int):
            self._begun.discard(index)
        if field(part, "part_kind") == "tool-call":
            self._calls.append(_call(part))


def _grown(delta: Any) -> str:
    kind, text = field(delta, "part_delta_kind"), field(delta, "content_delta")
    if kind in {"tool_call", "thinking"}:
        return ""
    if kind != "text" or not isinstance(text, str):
        raise unreadable(PACKAGE, f"{type(delta).__name__} is no text")
    return text


def _text(part: Any) -> str:
    kind, text = field(part, "part_kind"), field(part, "content")
    if kind in _LEFT_OUT:
        return ""
    if kind != "text" or not isinstance(text, str):
        raise unreadable(PACKAGE, f"a part of it is a {type(part).__name__}")
    return text


def _call(part: Any) -> ToolCall:
    return call_of(field(part, "tool_name"), field(part, "args"), field(part, "tool_call_id"))


def _of_run(result: Any) -> Reply[Any]:
    """What an agent gives in the end. What it cost is that of all its requests."""
    output, response = result.output, result.response
    finish = _finish(response, ())
    if finish == "tools":  # its tools are run, and the output may be the call of one
        finish = "stop"
    usage, model = _tokens(result.usage), _model(response)
    deferred = [*listed(output, "calls"), *listed(output, "approvals")]
    if isinstance(output, str):
        reply: Reply[Any] = Reply(output, usage=usage, finish=finish, model=model)
    elif deferred and all(field(each, "part_kind") == "tool-call" for each in deferred):
        calls = tuple(_call(each) for each in deferred)
        reply = Reply(tool_calls=calls, usage=usage, finish="tools", model=model)
    elif output is None:
        raise unreadable(PACKAGE, "the run has no output")
    else:
        text = as_json(Typed(type(output)).tree(output))
        reply = Reply(text, output, usage=usage, finish=finish, model=model)
    return readable(PACKAGE, reply)


def _model(response: Any) -> str:
    model = field(response, "model_name")
    return model if isinstance(model, str) else ""


def _finish(response: Any, calls: object) -> str:
    finish = field(response, "finish_reason")
    if not isinstance(finish, str):
        return ""
    return "tools" if calls and finish == "stop" else _FINISHES.get(finish, finish)


def _spent(response: Any) -> Usage:
    """What a response cost, with the requests before it that failed."""
    failed = (field(each, "usage") for each in listed(response, "failed_attempts"))
    return sum((_tokens(each) for each in failed), _tokens(field(response, "usage")))


def _tokens(usage: Any) -> Usage:
    return Usage(
        counted(usage, "input_tokens"),
        counted(usage, "output_tokens"),
        cache_read_tokens=counted(usage, "cache_read_tokens"),
        cache_write_tokens=counted(usage, "cache_write_tokens"),
    )
