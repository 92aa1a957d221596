"""Clients of google-genai, guarded: ``models.generate_content``, streamed, and both awaited."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Unpack

from .. import Accepted, Policy, Reply
from .arguments import Arguments, refuse
from .clients import Chunks as ReadsChunks
from .clients import ClientTerms, Sdk, Showing, Taken, Under, guarded_client
from .fields import field, listed
from .google import PACKAGE, SUPPORTED, Chunks, reply_of
from .google_chat import chat_of, contents_of, declared, system_of
from .google_sdk import call_parts, parts_of, response_like, text_part, types

__all__ = ["guarded_google"]

_KEPT = "no rule looks at what the provider keeps"
_SPOKEN = "no rule looks at pictures, or listens"
_PASSED = frozenset(
    {
        *("model", "temperature", "top_p", "top_k", "max_output_tokens", "response_logprobs"),
        *("logprobs", "presence_penalty", "frequency_penalty", "seed", "response_mime_type"),
        *("response_schema", "response_json_schema", "routing_config", "model_selection_config"),
        *("safety_settings", "tool_config", "media_resolution", "audio_timestamp"),
        *("thinking_config", "enable_enhanced_civic_answers", "model_armor_config"),
        *("service_tier", "automatic_function_calling", "automatic_continuation"),
    }
)
_BESIDE = frozenset({"labels", "stop_sequences"})
_REFUSED = {
    "cached_content": _KEPT,
    "continuation_token": _KEPT,
    "store": _KEPT,
    "should_return_http_response": "the answer is in it as it came",
    "response_modalities": _SPOKEN,
    "speech_config": _SPOKEN,
    "image_config": _SPOKEN,
    "audio_transcription_config": _SPOKEN,
    "generation_output_config": _SPOKEN,
}
_OWN = frozenset({"contents", "system_instruction", "tools", "candidate_count", "http_options"})


def guarded_google(client: Any, policy: Policy, **terms: Unpack[ClientTerms]) -> Any:
    """*client*, guarded; it stays as it was. Its ``aio`` is guarded as well."""
    sdk = Sdk(
        PACKAGE,
        SUPPORTED,
        asynchronous=lambda client: True,  # it is both, and is asked in either way
        methods=functools.partial(_methods, policy, terms),
        plain=frozenset({"close", "vertexai"}),
        copies=frozenset(),
    )
    return guarded_client(sdk, client, policy, terms)


def _methods(
    policy: Policy, terms: ClientTerms, client: Any, under: Under
) -> Mapping[str, Callable[..., Any]]:
    # a policy with async checks guards the async methods alone: said when another is called
    plain = functools.cache(lambda: Under(policy, terms, asynchronous=False))

    def method(endpoint: _Content) -> Callable[..., Any]:
        if endpoint.name.startswith("aio."):
            return under.method(client, endpoint)
        made = functools.cache(lambda: plain().method(client, endpoint))

        def asked(**given: Any) -> Any:
            return made()(**given)

        return asked

    return {each.name: method(each) for each in _ENDPOINTS} | {"aio.aclose": client.aio.aclose}


class _Content:
    """One of the four methods that ask for content."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._arguments = Arguments(name, _PASSED, _BESIDE, _REFUSED, _OWN)

    def taken(self, given: dict[str, Any], /) -> Taken:
        """What the caller gave; what carries text and is not known here is refused."""
        given = dict(given)
        options, beside = self._arguments.parted({**_fields(given.pop("config", None)), **given})
        if options.pop("candidate_count", None) not in {None, 1}:
            refuse(self.name, "candidate_count", "only one answer is looked at")
        if field(options.get("http_options"), "extra_body"):
            refuse(self.name, "http_options", "no rule looks at an extra_body")
        if options.get("contents") is None:
            raise TypeError(f"{self.name}() needs contents=")
        chat = chat_of(options.pop("contents"))
        if (system := options.pop("system_instruction", None)) is not None:
            chat = [*chat_of(system, "system"), *chat]
        kept, known = declared(self.name, options.pop("tools", None))
        if kept:
            options["tools"] = kept
        return Taken(chat, options, beside, known, streamed=self.name.endswith("_stream"))

    def sent(self, messages: list[Any], options: dict[str, Any], /) -> dict[str, Any]:
        """The arguments for the SDK."""
        system, others = system_of(messages)
        config = {name: each for name, each in options.items() if name != "model"}
        made = types.GenerateContentConfig(**config, system_instruction=system)
        return {"model": options.get("model"), "contents": contents_of(others), "config": made}

    def timed(self, arguments: dict[str, Any], client: Any, seconds: float, /) -> dict[str, Any]:
        """The *arguments* of a call that may take so long, and is not tried again."""
        config = arguments["config"]
        http = config.http_options or types.HttpOptions()
        left = math.ceil(seconds * 1000)  # no less: it is late when it is over
        once = http.model_copy(
            update={
                "timeout": min(http.timeout or left, left),
                "retry_options": types.HttpRetryOptions(attempts=1),
            }
        )
        return {**arguments, "config": config.model_copy(update={"http_options": once})}

    def hurried(self, client: Any, /) -> Any:
        """*client*: each call says for itself that it is not tried again."""
        return client

    def reply(self, answer: Any, /) -> Reply[Any]:
        """What is in a whole response."""
        return reply_of(answer)

    def chunks(self) -> ReadsChunks:
        """What reads a streamed one."""
        return Chunks()

    def rebuilt(self, answer: Any, before: Reply[Any], accepted: Accepted[Any], /) -> Any:
        """A response of what was *accepted*."""
        said = [text_part(accepted.value)] if accepted.value else []
        parts = [*said, *call_parts(accepted.tool_calls, parts_of(answer))]
        reasons = [field(each, "finish_reason") for each in listed(answer, "candidates")]
        finish = next(iter(reasons), types.FinishReason.SAFETY)
        return response_like(answer, parts, finish, field(answer, "usage_metadata"))

    def showing(self, taken: Taken, /) -> Showing:
        """What makes the chunks of a streamed one."""
        return _Showing()

    def stream(self, chunks: Any, client: Any, /) -> Any:
        """An iterator that can be closed, as the SDK's generator is one."""
        return chunks


_ENDPOINTS = tuple(
    _Content(before + name)
    for before in ("models.", "aio.models.")
    for name in ("generate_content", "generate_content_stream")
)


def _fields(config: Any) -> dict[str, Any]:
    """What is set in a config, which is a dict or an object of the SDK."""
    if config is None:
        return {}
    made = types.GenerateContentConfig.model_validate(config)
    return {name: getattr(made, name) for name in made.model_fields_set}


class _Showing:
    """Makes the chunks of one guarded stream."""

    def __init__(self) -> None:
        self._chunk: Any = None
        self._finish: Any = None
        self._usage: Any = None
        self._called: list[Any] = []

    def saw(self, chunk: Any, /) -> None:
        """Note whose it is, why it ended, what it cost."""
        self._chunk = self._chunk or chunk
        self._usage = field(chunk, "usage_metadata") or self._usage
        self._called += [part for part in parts_of(chunk) if field(part, "function_call")]
        for candidate in listed(chunk, "candidates"):
            self._finish = field(candidate, "finish_reason") or self._finish

    def text(self, text: str, /) -> Iterator[Any]:
        """The chunk that brings *text*."""
        yield response_like(self._chunk, [text_part(text)], None, None)

    def end(self, accepted: Accepted[Any], /) -> Iterator[Any]:
        """The calls of tools, why it ended, what it cost."""
        parts = call_parts(accepted.tool_calls, self._called)
        finish = self._finish or types.FinishReason.SAFETY
        yield response_like(self._chunk, parts, finish, self._usage)
