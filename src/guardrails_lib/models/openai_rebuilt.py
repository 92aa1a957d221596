"""Responses of OpenAI's SDK that hold what was accepted, and nothing that nobody looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .. import Accepted, Reply, ToolCall
from .fields import field, listed
from .openai_chat import refused_in
from .openai_responses import TO_RUN, call_in
from .openai_sdk import chat, chat_completion, custom_call, function_call, known, made, responses

__all__ = [
    "chat_calls",
    "finish_of",
    "rebuilt_completion",
    "rebuilt_response",
    "response_calls",
    "response_with",
    "text_item",
    "written",
]


def rebuilt_completion(answer: Any, before: Reply[Any], accepted: Accepted[Any]) -> Any:
    """A completion like *answer*, with the text, or the value, and the calls that stand."""
    text, parsed = _said(accepted)
    choice = answer.choices[0]
    calls = chat_calls(choice.message, before.tool_calls, accepted.tool_calls)
    said_no = refused_in(choice.message)
    kinds = _PLAIN if parsed is None else _PARSED
    fields: dict[str, Any] = {
        "role": "assistant",
        "content": None if said_no or not (text or choice.message.content) else text,
        "refusal": text if said_no else None,
    }
    if calls:  # a field that is set is sent when the message goes back, and null is refused there
        fields["tool_calls"] = calls
    if parsed is not None:
        fields["parsed"] = parsed
    same = text == before.text and accepted.tool_calls == before.tool_calls
    completion = made(
        kinds[0],
        **_held(answer, ("id", "created", "model", "object", "service_tier", "usage")),
        system_fingerprint=getattr(answer, "system_fingerprint", None),
        choices=[
            made(
                kinds[1],
                finish_reason=finish_of(choice.finish_reason, before, accepted),
                index=0,
                logprobs=known(choice.logprobs) if same else None,
                message=made(kinds[2], **fields),
            )
        ],
    )
    return _with_id_of(answer, completion)


_PLAIN = (chat.ChatCompletion, chat_completion.Choice, chat.ChatCompletionMessage)
_PARSED: tuple[Any, Any, Any] = (
    chat.ParsedChatCompletion,
    chat.ParsedChoice,
    chat.ParsedChatCompletionMessage,
)


def finish_of(reason: Any, before: Reply[Any], accepted: Accepted[Any]) -> Any:
    """Why it ended; not for its calls, if rules have dropped them all."""
    return "stop" if before.tool_calls and not accepted.tool_calls else reason


def chat_calls(message: Any, before: Sequence[ToolCall], accepted: Sequence[ToolCall]) -> list[Any]:
    """The calls that were accepted, as the SDK has them."""
    if not accepted:
        return []
    raws = [*listed(message, "tool_calls"), field(message, "function_call")]
    known = {(call.id, call.name): (call, raw) for call, raw in zip(before, raws, strict=False)}
    calls: list[Any] = []
    for call in accepted:
        old, raw = known.get((call.id, call.name), (None, None))
        if field(raw, "custom") is not None:
            inner = made(custom_call.Custom, name=call.name, input=written(call))
            calls.append(
                made(
                    chat.ChatCompletionMessageCustomToolCall,
                    id=call.id,
                    custom=inner,
                    type="custom",
                )
            )
            continue
        text = field(field(raw, "function"), "arguments") if call == old else None
        function = made(
            function_call.Function,
            name=call.name,
            arguments=text if isinstance(text, str) else written(call),
        )
        calls.append(
            made(
                chat.ChatCompletionMessageFunctionToolCall,
                id=call.id,
                function=function,
                type="function",
            )
        )
    return calls


def written(call: ToolCall) -> str:
    """The arguments of *call*, as a model writes them."""
    given = call.arguments
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)


def rebuilt_response(answer: Any, accepted: Accepted[Any]) -> Any:
    """A response like *answer*, with the text, or the value, and the calls that stand."""
    text, parsed = _said(accepted)
    output = [_text_like(answer, text, parsed)] if text or not accepted.tool_calls else []
    output += response_calls(answer.output, accepted.tool_calls)
    response = response_with(answer, output, typed=parsed is not None)
    return _with_id_of(answer, response)


def response_with(answer: Any, output: Sequence[Any], *, typed: bool = False) -> Any:
    """A response like *answer*, with another output; what it repeats of the request is left out."""
    kind: Any = responses.ParsedResponse if typed else responses.Response
    return made(
        kind,
        **_held(answer, _RESPONSE_FIELDS),
        instructions=None,
        metadata=None,
        output=list(output),
    )


_RESPONSE_FIELDS = (
    *("id", "background", "completed_at", "created_at", "error", "incomplete_details"),
    *("max_output_tokens", "max_tool_calls", "model", "object", "parallel_tool_calls"),
    *("reasoning", "service_tier", "status", "temperature", "text", "tool_choice", "tools"),
    *("top_logprobs", "top_p", "truncation", "usage"),
)


def _text_like(answer: Any, text: str, parsed: Any) -> Any:
    """The message of an output that says *text*, in the place of those in *answer*."""
    messages = [each for each in answer.output if each.type == "message"]
    parts = [part for each in messages for part in each.content]
    said_no = bool(parts) and all(each.type == "refusal" for each in parts)
    item_id, status = f"msg_{answer.id}", "completed"
    if messages:
        item_id, status = messages[0].id, messages[0].status
    return text_item(text, item_id, status, said_no=said_no, parsed=parsed)


def text_item(text: str, item_id: str, status: str, *, said_no: bool, parsed: Any = None) -> Any:
    """A message of an output; it holds a value, or that the model *said no*."""
    kind: Any = responses.ResponseOutputMessage
    part: Any
    if parsed is not None:
        kind = responses.ParsedResponseOutputMessage
        typed: Any = responses.ParsedResponseOutputText
        part = made(typed, type="output_text", text=text, annotations=[], parsed=parsed)
    elif said_no:
        part = made(responses.ResponseOutputRefusal, type="refusal", refusal=text)
    else:
        part = made(responses.ResponseOutputText, type="output_text", text=text, annotations=[])
    return made(kind, id=item_id, type="message", role="assistant", status=status, content=[part])


def response_calls(output: Sequence[Any], accepted: Sequence[ToolCall]) -> Iterator[Any]:
    """The calls that were accepted, as the items of an output."""
    known: dict[tuple[str, str], tuple[ToolCall, Any]] = {}
    for item in output:
        if item.type != "message" and (old := call_in(item)) is not None:
            known[old.id, old.name] = (old, item)
    for call in accepted:
        before, raw = known.get((call.id, call.name), (None, None))
        yield _call_item(call, before, raw)


def _call_item(call: ToolCall, before: ToolCall | None, raw: Any) -> Any:
    kind = field(raw, "type")
    common = {"call_id": call.id, "name": call.name}
    for name in ("id", "status"):
        if (held := field(raw, name)) is not None:
            common[name] = held
    if kind == "custom_tool_call":
        return made(
            responses.ResponseCustomToolCall, **common, type="custom_tool_call", input=written(call)
        )
    if kind in TO_RUN and isinstance(call.arguments, Mapping):
        ids = _held(raw, ("id", "call_id", "status", "type"))
        return type(raw).construct(**ids, **call.arguments)
    text = field(raw, "arguments") if call == before else None
    return made(
        responses.ResponseFunctionToolCall,
        **common,
        type="function_call",
        arguments=text if isinstance(text, str) else written(call),
    )


def _said(accepted: Accepted[Any]) -> tuple[str, Any]:
    """The text of an answer; and its value, where that is more."""
    value = accepted.value
    if isinstance(value, str):
        return value, None
    return value.model_dump_json(by_alias=True), value


def _with_id_of(answer: Any, made_of_it: Any) -> Any:
    """It, with the id of the request, where the SDK keeps that."""
    made_of_it.__dict__["_request_id"] = answer.__dict__.get("_request_id")
    return made_of_it


def _held(answer: Any, names: Sequence[str]) -> dict[str, Any]:
    given: Mapping[str, Any] = getattr(answer, "__dict__", {})
    return {name: known(given[name]) for name in names if name in given}
