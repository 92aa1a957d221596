"""Messages of Anthropic as chat messages that a guard reads, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails_lib import Blocked, Policy, block, drop, guard, redact
from guardrails_lib.checks import matching
from guardrails_lib.models.anthropic_chat import chat_of, messages_of

SECRET = Policy(input=(redact(matching("secret")),))
THOUGHT = {"type": "thinking", "thinking": "Hm.", "signature": "c2ln"}
CALL = {"type": "tool_use", "id": "t1", "name": "pay", "input": {"amount": 7}}
PICTURE = {"type": "image", "source": {"type": "base64", "data": "c2VjcmV0"}}


def text(said: str) -> dict[str, Any]:
    return {"type": "text", "text": said}


def result(content: object = "Done.", **more: object) -> dict[str, Any]:
    return {"type": "tool_result", "tool_use_id": "t1", "content": content, **more}


def user(*blocks: object) -> dict[str, Any]:
    return {"role": "user", "content": list(blocks)}


def assistant(*blocks: object) -> dict[str, Any]:
    return {"role": "assistant", "content": list(blocks)}


def sent(
    *messages: dict[str, Any], system: Any = None, policy: Policy = SECRET, strict: bool = False
) -> tuple[Any, list[dict[str, Any]]]:
    """What reaches the model."""
    seen: list[tuple[Any, list[dict[str, Any]]]] = []
    chat, layout = chat_of(system, messages)

    @guard(policy, strict=strict)
    def ask(given: list[dict[str, Any]]) -> str:
        seen.append(messages_of(given, layout))
        return "Done."

    ask(chat).unwrap()
    return seen[0]


def redacted(*messages: dict[str, Any]) -> list[dict[str, Any]]:
    return sent(*messages)[1]


def coverage(*messages: dict[str, Any]) -> Any:
    chat, _ = chat_of(None, messages)
    asked = guard(SECRET)(lambda given: str(len(given)))(chat)
    return asked.record.coverage


blocks = st.sampled_from(
    [
        text("Hello."),
        {**text("Hi."), "cache_control": {"type": "ephemeral"}},
        CALL,
        {**text("Hi."), "beside": "x", "id": "y"},
        {"type": "hologram", "beside": {"x": "y"}},
        {**CALL, "caller": {"type": "direct"}},
        THOUGHT,
        {"type": "redacted_thinking", "data": "b3BhcXVl"},
        PICTURE,
        {"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}},
        {"type": "document", "source": {"type": "text", "data": "A text."}, "title": "T"},
        {"type": "document", "source": {"type": "base64", "data": "AAAA"}},
        {"type": "search_result", "source": "kb", "title": "T", "content": [text("Found.")]},
        {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"query": "q"}},
        result(),
        result([text("Done."), PICTURE], is_error=True),
        {"type": "tool_result", "tool_use_id": "t2"},
    ]
)
message = st.one_of(
    st.builds(
        lambda role, content: {"role": role, "content": content},
        st.sampled_from(["user", "assistant", "system"]),
        st.one_of(st.text(max_size=5), st.lists(blocks, max_size=4)),
    )
)
system = st.one_of(st.none(), st.text(max_size=5), st.lists(st.just(text("Be nice.")), max_size=2))


@settings(max_examples=60)
@given(system, st.lists(message, max_size=4))
def test_what_no_rule_changes_goes_as_it_came(told: Any, messages: list[dict[str, Any]]) -> None:
    chat, layout = chat_of(told, messages)
    assert messages_of(chat, layout) == (told, messages)


@settings(max_examples=60)
@given(system, st.lists(message, min_size=1, max_size=4))
def test_what_a_guard_changes_nothing_of_goes_as_it_came(
    told: Any, messages: list[dict[str, Any]]
) -> None:
    assert sent(*messages, system=told) == (told, messages)


@pytest.mark.parametrize(
    "given_block",
    [
        text("my secret"),
        {**text("Hi"), "citations": [{"cited_text": "my secret"}]},
        {**text("Hi"), "id": "secret"},
        {**text("Hi"), "cache_control": {"type": "secret"}},
        result([{**text("Hi"), "id": "secret"}]),
        {**CALL, "input": {"to": {"whom": ["secret"]}}},
        {**CALL, "toolset_name": "secret"},
        result("my secret"),
        result([text("my secret")]),
        result([{"type": "search_result", "source": "secret", "title": "", "content": []}]),
        result(toolset_name="secret"),
        {"type": "document", "source": {"type": "text", "data": "my secret"}},
        {"type": "document", "source": {"type": "url", "url": "https://secret.example"}},
        {"type": "document", "source": {"type": "text", "data": ""}, "title": "secret"},
        {"type": "document", "source": {"type": "content", "content": [text("my secret")]}},
        {"type": "search_result", "source": "kb", "title": "", "content": [text("my secret")]},
        {"type": "web_search_tool_result", "content": [{"title": "my secret"}]},
        {"type": "hologram", "light": ["my secret"]},
    ],
)
def test_every_text_of_a_block_is_looked_at_and_can_be_redacted(
    given_block: dict[str, Any],
) -> None:
    said = redacted(user(text("Hi."), given_block))
    assert "secret" not in str(said)
    assert "██████" in str(said)
    kept = said[0]["content"][1]
    assert kept["type"] == given_block["type"]
    assert set(kept) == set(given_block)


def test_system_text_is_looked_at_by_the_rules_for_trusted_words() -> None:
    policy = Policy(input=(redact(matching("secret"), trusted=True),))
    told, _ = sent(user(text("Hi.")), system="my secret", policy=policy)
    assert told == "my ██████"
    told, _ = sent(user(text("Hi.")), system=[text("my secret")], policy=policy)
    assert told == [text("my ██████")]


def test_a_thought_in_which_something_is_redacted_is_left_out() -> None:
    bad = {**THOUGHT, "thinking": "my secret"}
    assert redacted(user(text("Hi.")), assistant(bad, THOUGHT, CALL), user(result())) == [
        user(text("Hi.")),
        assistant(THOUGHT, CALL),
        user(result()),
    ]


def test_a_placeholder_that_the_model_had_in_mind_is_no_reason_to_leave_it_out() -> None:
    typed = Policy(input=(block(matching(r"\[NAME_[A-Z]{8}\]")),))
    thought = {**THOUGHT, "thinking": "It is for [NAME_BCDFGHJK]."}
    _, said = sent(assistant(thought), policy=typed)
    assert said == [assistant(thought)]


def test_what_only_the_provider_can_read_is_counted_as_unseen() -> None:
    seen = coverage(assistant(THOUGHT, {"type": "redacted_thinking", "data": "b3Bh"}))
    assert {where for where, by in seen.items() if not by} == {
        "messages[0].thoughts[0].signature",
        "messages[0].thoughts[1].data",
        "reply",
    }


@pytest.mark.parametrize(
    "given_block",
    [
        PICTURE,
        {"type": "document", "source": {"type": "base64", "data": "c2VjcmV0"}},
        {"type": "document", "source": {"type": "file", "file_id": "f"}},
        result([PICTURE]),
    ],
)
def test_media_are_counted_as_unseen(given_block: dict[str, Any]) -> None:
    chat, _ = chat_of(None, [user(given_block)])
    assert isinstance(guard(SECRET, strict=True)(lambda given: str(len(given)))(chat), Blocked)


def test_a_result_that_a_rule_drops_is_left_empty() -> None:
    policy = Policy(input=(drop(matching("secret")),))
    other = {**result("Fine."), "tool_use_id": "t2"}
    _, said = sent(user(result("my secret", is_error=True), other), policy=policy)
    assert said == [user({"type": "tool_result", "tool_use_id": "t1"}, other)]


def test_a_message_that_a_rule_drops_is_left_out() -> None:
    policy = Policy(input=(drop(matching("secret"), trusted=True),))
    told, said = sent(user(text("my secret")), user(text("Hi.")), system="my secret", policy=policy)
    assert told is None
    assert said == [user(text("Hi."))]


def test_what_is_said_of_a_reply_stands_at_the_end() -> None:
    chat, layout = chat_of("Be nice.", [user(text("Hi."))])
    more = [{"role": "assistant", "content": ""}, {"role": "user", "content": "Again."}]
    assert messages_of([*chat, *more], layout) == (
        "Be nice.",
        [user(text("Hi.")), {"role": "user", "content": "Again."}],
    )


def test_the_blocks_of_a_response_are_read_as_they_are_in_it() -> None:
    types = pytest.importorskip("anthropic.types")
    said = [
        types.ThinkingBlock.construct(**THOUGHT),
        types.TextBlock.construct(**text("my secret")),
        types.ToolUseBlock.construct(**CALL),
    ]
    assert redacted(assistant(*said)) == [assistant(THOUGHT, text("my ██████"), CALL)]


def test_messages_may_come_from_a_generator() -> None:
    def each() -> Iterable[dict[str, Any]]:
        yield user(text("Hi."))

    chat, layout = chat_of(None, each())
    assert messages_of(chat, layout) == (None, [user(text("Hi."))])


@pytest.mark.parametrize(
    "messages",
    [
        "Hi.",
        7,
        {"role": "user", "content": "Hi."},
        ["Hi."],
        [{"role": "user"}],
        [{"role": "user", "content": "Hi.", "name": "secret"}],
        [{"role": "tool", "content": "Hi."}],
        [{"role": "user", "content": None}],
        [{"role": "user", "content": 7}],
        [{"role": "user", "content": ["Hi."]}],
        [{"role": "user", "content": text("Hi.")}],
        [user(result(7))],
        [user(result(["secret"]))],
        [user({"type": "tool_result", "content": "Hi."})],
        [user({**result(), "tool_use_id": "my secret"})],
        [user({**result(), "tool_use_id": ["secret"]})],
        [assistant({**CALL, "id": "my secret"})],
    ],
)
def test_what_is_no_list_of_messages_is_refused(messages: Any) -> None:
    with pytest.raises(TypeError) as raised:
        chat_of(None, messages)
    assert "secret" not in str(raised.value)
