"""Who may see what: labels, clearance, and what becomes of what is above it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import strategies as st

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Data,
    Escalated,
    Finding,
    Label,
    Media,
    Message,
    Outcome,
    Policy,
    PolicyError,
    Reply,
    Request,
    Source,
    ToolCall,
    Vault,
    abstain,
    block,
    check,
    drop,
    escalate,
    flag,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import containing, matching, no_sources, uncleared
from guardrails_lib.testing import laws

SECRET = Message("user", "the merger is on", Label.RESTRICTED)
OPEN = Message("user", "hello")


def ask(
    policy: Policy,
    request: Request,
    cleared_for: Label | None = Label.INTERNAL,
    **arguments: Any,
) -> tuple[Outcome[str], list[Request]]:
    """How the call ends, and what the model saw."""
    seen: list[Request] = []

    @guard(policy, cleared_for=cleared_for)
    def model(request: Request) -> str:
        seen.append(request)
        return request.text

    return model(request, **arguments), seen


def rules(*of: Any) -> Policy:
    return Policy(input=of, sources=of)


def test_without_a_clearance_everything_may_be_seen() -> None:
    outcome, _ = ask(Policy(), Request([SECRET]), None)
    assert outcome == Accepted("the merger is on")


def test_what_is_not_above_the_clearance_may_be_seen() -> None:
    outcome, _ = ask(Policy(), Request([Message("user", "plans", Label.INTERNAL)]))
    assert outcome == Accepted("plans")


@pytest.mark.parametrize("role", ["user", "assistant", "system", "tool"])
def test_what_is_above_it_and_has_no_rule_blocks(role: str) -> None:
    outcome, seen = ask(Policy(), Request([OPEN, Message(role, "plans", Label.CONFIDENTIAL)]))
    assert isinstance(outcome, Blocked)
    assert [(f.kind, f.where) for f in outcome.findings] == [("uncleared", "messages[1]")]
    assert not seen


def test_a_source_above_it_that_has_no_rule_blocks() -> None:
    outcome, _ = ask(Policy(), Request([OPEN], [Source("kb://1", "plans", Label.RESTRICTED)]))
    assert isinstance(outcome, Blocked)
    assert outcome.findings[0].where == "sources[0]"


def test_drop_leaves_it_out() -> None:
    source = Source("kb://1", "plans", Label.RESTRICTED)
    outcome, seen = ask(rules(drop(uncleared())), Request([SECRET, OPEN], [source]))
    assert seen == [Request([OPEN])]
    assert [f.where for f in outcome.findings] == ["messages[0]", "sources[0]"]


def test_redact_blots_it() -> None:
    _, seen = ask(rules(redact(uncleared())), Request([SECRET]))
    assert seen == [Request([Message("user", "█" * 16, Label.INTERNAL)])]


def test_redact_can_put_it_back_into_the_answer() -> None:
    outcome, seen = ask(rules(redact(uncleared(), restore=True)), Request([SECRET]))
    assert outcome.unwrap() == "the merger is on"
    assert "merger" not in seen[0].text


def test_a_source_is_redacted_too() -> None:
    request = Request([OPEN], [Source("kb://1", "plans", Label.RESTRICTED)])
    _, seen = ask(rules(redact(uncleared())), request)
    assert seen[0].sources == (Source("kb://1", "█████", Label.INTERNAL),)


def test_what_is_redacted_in_part_is_still_above() -> None:
    outcome, _ = ask(rules(redact(matching("merger"))), Request([SECRET]))
    assert isinstance(outcome, Blocked)


def test_each_content_part_is_redacted() -> None:
    message = Message("user", parts=("plans", "", Data({"a": "more"})), label=Label.RESTRICTED)
    outcome, _ = ask(rules(redact(uncleared())), Request([message]))
    assert isinstance(outcome, Escalated)  # the key `a` cannot be redacted
    message = Message("user", parts=("plans", "", "more"), label=Label.RESTRICTED)
    _, seen = ask(rules(redact(uncleared())), Request([message]))
    assert seen[0].messages[0].parts == ("█████", "", "████")


def test_the_arguments_of_a_tool_call_are_above_as_well() -> None:
    calls = (ToolCall("look_up", {"name": "Ann"}),)
    message = Message("assistant", "", Label.RESTRICTED, tool_calls=calls)
    _, seen = ask(rules(drop(uncleared())), Request([OPEN, message]))
    assert seen == [Request([OPEN])]


def test_a_picture_can_be_dropped() -> None:
    picture = Message("user", parts=(Media("image_url"),), label=Label.RESTRICTED)
    _, seen = ask(rules(drop(uncleared())), Request([OPEN, picture]))
    assert seen == [Request([OPEN])]


def test_a_picture_cannot_be_redacted() -> None:
    picture = Message("user", parts=("look", Media("image_url")), label=Label.RESTRICTED)
    outcome, _ = ask(rules(redact(uncleared())), Request([OPEN, picture]))
    assert isinstance(outcome, Blocked)


def test_the_developers_own_words_are_above_where_a_rule_is_trusted() -> None:
    system = Message("system", "plans", Label.RESTRICTED)
    _, seen = ask(rules(drop(uncleared(), trusted=True)), Request([system, OPEN]))
    assert seen == [Request([OPEN])]


def test_nothing_left_to_ask_abstains() -> None:
    outcome, _ = ask(rules(drop(uncleared())), Request([SECRET]))
    assert isinstance(outcome, Abstained)


def test_no_source_left_can_be_made_to_abstain() -> None:
    policy = Policy(sources=(drop(uncleared()), abstain(no_sources(), say="no idea")))
    request = Request([OPEN], [Source("kb://1", "plans", Label.RESTRICTED)])
    outcome, _ = ask(policy, request)
    assert isinstance(outcome, Abstained)
    assert outcome.say == "no idea"


def test_other_checks_look_at_what_is_above_as_at_any_text() -> None:
    outcome, _ = ask(rules(flag(containing("merger")), drop(uncleared())), Request([SECRET, OPEN]))
    assert {f.check for f in outcome.findings} == {"containing", "uncleared"}


def test_flagging_it_is_no_way_past() -> None:
    outcome, _ = ask(rules(flag(uncleared())), Request([SECRET]))
    assert isinstance(outcome, Blocked)


@pytest.mark.parametrize(("verb", "end"), [(escalate, Escalated), (block, Blocked)])
def test_a_rule_may_refuse_it_in_its_own_way(verb: Any, end: type[Any]) -> None:
    outcome, _ = ask(rules(verb(uncleared(), say="not here")), Request([SECRET]))
    assert isinstance(outcome, end)
    assert outcome.say == "not here"


def test_a_shadow_sees_labels_too() -> None:
    @guard(Policy(), cleared_for=Label.INTERNAL, shadow=rules(drop(uncleared())))
    def model(request: Request) -> str:
        return "x"

    outcome = model(Request([SECRET]))
    assert [d.findings[0].kind for d in outcome.record.differences] == ["RESTRICTED"]


def test_a_clearance_is_a_label() -> None:
    wrong: Any = 1
    with pytest.raises(PolicyError, match=r"cleared_for=Label\.INTERNAL"):
        guard(Policy(), cleared_for=wrong)


# -- what is derived has the label of what it comes from


def label_of(outcome: Outcome[Any]) -> Label:
    return outcome.record.label


def test_an_answer_has_the_highest_label_of_what_the_model_saw() -> None:
    source = Source("kb://1", "plans", Label.CONFIDENTIAL)
    outcome, _ = ask(Policy(), Request([OPEN], [source]), None)
    assert label_of(outcome) is Label.CONFIDENTIAL


def test_what_was_dropped_does_not_count() -> None:
    outcome, _ = ask(rules(drop(uncleared())), Request([SECRET, OPEN]))
    assert label_of(outcome) is Label.PUBLIC


def test_what_was_blotted_does_not_count() -> None:
    outcome, _ = ask(rules(redact(uncleared())), Request([SECRET, OPEN]))
    assert label_of(outcome) is Label.INTERNAL


def test_what_is_put_back_counts() -> None:
    outcome, _ = ask(rules(redact(uncleared(), restore=True)), Request([SECRET, OPEN]))
    assert label_of(outcome) is Label.RESTRICTED


def test_what_could_be_put_back_and_is_not_does_not_count() -> None:
    @guard(rules(redact(uncleared(), restore=True)), cleared_for=Label.INTERNAL)
    def model(request: Request) -> str:
        return "nothing of it"

    assert label_of(model(Request([SECRET, OPEN]))) is Label.INTERNAL


def test_a_value_keeps_its_label_from_turn_to_turn() -> None:
    vault = Vault()
    policy = rules(redact(uncleared(), restore=True))
    _, seen = ask(policy, Request([SECRET]), vault=vault)

    @guard(policy, cleared_for=Label.INTERNAL)
    def model(request: Request, vault: Vault) -> str:
        return seen[0].text

    assert label_of(model(Request([OPEN]), vault)) is Label.RESTRICTED


def test_a_value_keeps_its_label_in_an_exported_vault() -> None:
    pytest.importorskip("cryptography", reason="the vault extra is not installed")
    vault = Vault()
    said = vault.placeholder("PLAN", "merger", label=Label.RESTRICTED)
    assert Vault.load(vault.export(b"k" * 32), b"k" * 32).label(said) is Label.RESTRICTED


def test_a_value_given_with_two_labels_keeps_the_higher() -> None:
    vault = Vault()
    said = vault.placeholder("PLAN", "merger", label=Label.RESTRICTED)
    assert vault.placeholder("PLAN", "merger") == said
    assert vault.label(said) is Label.RESTRICTED


def test_the_arguments_of_a_call_count_as_put_back() -> None:
    @guard(rules(redact(uncleared(), restore=True)), cleared_for=Label.INTERNAL)
    def model(request: Request) -> Reply[Any]:
        return Reply("", tool_calls=(ToolCall("send", {"text": request.messages[0].text}),))

    outcome = model(Request([SECRET]))
    assert isinstance(outcome, Accepted)
    assert outcome.tool_calls[0].arguments == {"text": "the merger is on"}
    assert label_of(outcome) is Label.RESTRICTED


def test_a_refusal_has_the_highest_label_of_what_was_asked() -> None:
    outcome, _ = ask(rules(escalate(uncleared())), Request([SECRET, OPEN]))
    assert label_of(outcome) is Label.RESTRICTED


def test_what_goes_back_to_the_model_has_the_label_of_what_it_saw() -> None:
    seen: list[Request] = []

    @guard(Policy(), returns=int, cleared_for=Label.INTERNAL)
    def model(request: Request) -> str:
        seen.append(request)
        return "no number"

    model(Request([Message("user", "how many?", Label.INTERNAL)]))
    assert [each.label for each in seen[1].messages] == [Label.INTERNAL] * 3


def test_a_model_is_asked_again_though_its_answer_held_what_was_put_back() -> None:
    seen: list[Request] = []

    @check
    def short(reply: Reply[str]) -> Iterator[Finding]:
        """A reply that is too short."""
        if len(seen) < 2:
            yield Finding("too short")

    @guard(
        Policy(input=(redact(uncleared(), restore=True),), validators=(retry(short()),)),
        cleared_for=Label.INTERNAL,
    )
    def model(request: Request) -> str:
        seen.append(request)
        return request.messages[0].text

    outcome = model(Request([SECRET]))
    assert outcome.unwrap() == SECRET.text
    assert label_of(outcome) is Label.RESTRICTED
    assert max(each.label for each in seen[1].messages) is Label.INTERNAL


VERBS = st.sampled_from([drop, redact, flag, escalate, block])
RULES = st.builds(
    lambda verb, trusted, restore: (
        redact(uncleared(), trusted=trusted, restore=restore)
        if verb is redact
        else verb(uncleared(), trusted=trusted)
    ),
    VERBS,
    st.booleans(),
    st.booleans(),
)
OTHERS = st.sampled_from([redact(matching("<[12]>")), drop(matching("2")), flag(matching("<"))])
POLICIES = st.builds(
    lambda given, sources: Policy(input=given, sources=sources),
    st.lists(RULES | OTHERS, max_size=2, unique_by=lambda rule: rule.action),
    st.lists(RULES | OTHERS, max_size=2, unique_by=lambda rule: rule.action),
)


def test_less_clearance_sees_less() -> None:
    laws.less_clearance_sees_less(POLICIES, examples=300)


def test_the_law_catches_a_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guardrails_lib._boundary.remaining", lambda *_: [])
    with pytest.raises(AssertionError):
        laws.less_clearance_sees_less(Policy(), examples=300)


def test_the_second_model_of_a_fallback_sees_no_more_than_it_may() -> None:
    seen: list[str] = []
    policy = rules(drop(uncleared()))
    request = Request([SECRET, OPEN])

    @guard(policy, cleared_for=Label.RESTRICTED)
    def first(request: Request) -> str:
        raise TimeoutError

    @guard(policy, cleared_for=Label.PUBLIC)
    def second(request: Request) -> str:
        seen.append(request.text)
        return "x"

    with pytest.raises(TimeoutError):
        first(request)
    second(request)
    assert seen == ["hello"]
