"""A completion that is text alone is read in a short way, and comes to the same."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("openai", reason="the openai extra is not installed")

from hypothesis import given
from hypothesis import strategies as st
from openai.types.chat import ChatCompletion

from guardrails_lib import Reply, ReplyError
from guardrails_lib.models.openai_chat import chat_reply

CALL = {"id": "1", "type": "function", "function": {"name": "pay", "arguments": "{}"}}
COUNTS = st.sampled_from([0, 7, None, True, "7", 1.5])


def mostly(usual: Any, *odd: Any) -> st.SearchStrategy[Any]:
    """The usual three times of four."""
    return st.one_of(st.just(usual), st.just(usual), st.just(usual), st.sampled_from(odd))


DETAILS = st.fixed_dictionaries(
    {}, optional={"cached_tokens": COUNTS, "cache_write_tokens": COUNTS}
)
USAGES = st.fixed_dictionaries(
    {"prompt_tokens": mostly(7, None, "7"), "completion_tokens": mostly(0, None, True)},
    optional={"prompt_tokens_details": st.one_of(st.none(), DETAILS)},
)
PARTS = [{"type": "text", "text": "Hello."}]
MESSAGES = st.fixed_dictionaries(
    {"role": st.just("assistant"), "content": mostly("Hello.", "", None, PARTS)},
    optional={
        "refusal": mostly(None, "No.", ""),
        "tool_calls": mostly(None, [], [CALL]),
        "function_call": mostly(None, CALL["function"]),
        "audio": mostly(None, {"id": "1"}),
        "reasoning_content": st.just("Hm."),
    },
)
CHANCES = {"content": [{"token": "a", "logprob": -0.5}]}
CHOICES = st.fixed_dictionaries(
    {"message": MESSAGES, "finish_reason": mostly("stop", "length", "content_filter", None)},
    optional={"index": mostly(0, 1), "logprobs": mostly(None, CHANCES)},
)
COMPLETIONS = st.fixed_dictionaries(
    {"choices": st.one_of(CHOICES.map(lambda choice: [choice]), st.lists(CHOICES, max_size=2))},
    optional={
        "model": mostly("gpt-x", None, 7),
        "usage": st.one_of(st.none(), USAGES),
        "object": st.just("chat.completion"),
    },
)


def read(completion: Any) -> Reply[Any] | str:
    try:
        return chat_reply(completion)
    except ReplyError as problem:
        return str(problem)


@given(COMPLETIONS)
def test_an_object_of_the_sdk_is_read_as_the_same_in_a_dict(given: Any) -> None:
    completion = ChatCompletion.construct(**given)
    assert read(completion) == read(completion.model_dump(warnings=False))
