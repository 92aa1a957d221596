"""The values: frozen, equal by value, hashable, pickled and printed as the code that makes them."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty

import guardrails_lib
from guardrails_lib import (
    Abstained,
    Accepted,
    Action,
    Amend,
    Approve,
    Blocked,
    Budget,
    Case,
    Check,
    Citation,
    Data,
    Difference,
    Escalated,
    Event,
    Evidence,
    Fallback,
    Finding,
    Held,
    Known,
    Label,
    Media,
    Message,
    Overspent,
    Passage,
    Policy,
    Record,
    Reject,
    Reply,
    Request,
    Resolution,
    Source,
    Span,
    Step,
    ToolCall,
    Usage,
    Wrong,
    abstain,
    block,
    checks,
    drop,
    escalate,
    flag,
    redact,
    retry,
)
from guardrails_lib._tree import strings
from guardrails_lib._values import FrozenDict

NAMES = {**vars(guardrails_lib), **vars(checks)}
"""What a reader has imported who pastes a printed value back."""

# -- values made up

TEXT = st.text(st.characters(), max_size=6)
SAID = TEXT.map(lambda text: text.replace("{", "{{").replace("}", "}}")) | st.just("no {kinds}")
SAYS = SAID | st.dictionaries(st.sampled_from(["en", "de"]), SAID, min_size=1)
WORDS = st.text(st.characters(), min_size=1, max_size=6)
COUNTS = st.integers(0, 10**6)
DOLLARS = st.floats(0, 100, allow_nan=False)
LABELS = st.sampled_from(Label)
ACTIONS = st.sampled_from(Action)
SPANS = st.builds(Span, COUNTS, COUNTS)
EVIDENCE = st.builds(Evidence, TEXT, TEXT, st.none() | SPANS, DOLLARS)
FINDINGS = st.builds(
    Finding,
    TEXT,
    st.none() | SPANS,
    DOLLARS,
    TEXT,
    TEXT,
    TEXT,
    instead=st.none() | TEXT,
    evidence=st.none() | EVIDENCE,
)
USAGES = st.builds(Usage, COUNTS, COUNTS, DOLLARS, COUNTS, COUNTS)
LEAVES = st.none() | st.booleans() | st.integers() | TEXT
ARGUMENTS = st.dictionaries(TEXT, LEAVES | st.lists(LEAVES, max_size=2).map(tuple), max_size=3)
TOOL_CALLS = st.builds(ToolCall, TEXT, ARGUMENTS | TEXT, TEXT)
MEDIA = st.builds(Media, TEXT)
DATA = st.builds(Data, LEAVES | ARGUMENTS)
MESSAGES = st.builds(
    Message,
    TEXT,
    TEXT,
    LABELS,
    st.lists(TEXT | MEDIA | DATA, max_size=3).map(tuple),
    st.lists(TOOL_CALLS, max_size=2).map(tuple),
    name=TEXT,
)
SOURCES = st.builds(Source, TEXT, TEXT, LABELS)
REQUESTS = st.builds(
    Request,
    st.lists(MESSAGES, max_size=3),
    st.lists(SOURCES, max_size=2),
    st.lists(st.sampled_from(["search", ("get", 1)]), max_size=2),
    st.none() | ARGUMENTS,
)
REPLIES = st.builds(
    Reply,
    TEXT,
    LEAVES,
    st.lists(TOOL_CALLS, max_size=2).map(tuple),
    USAGES,
    st.none() | st.lists(DOLLARS, max_size=2).map(tuple),
    st.none() | REQUESTS,
)
EVENTS = st.builds(
    Event,
    TEXT,
    DOLLARS,
    TEXT,
    st.lists(TEXT, max_size=2).map(tuple),
    st.none() | ACTIONS,
    st.none() | FINDINGS,
    st.none() | USAGES,
)
FOUND = st.lists(FINDINGS, max_size=2).map(tuple)
DIFFERENCES = st.builds(Difference, TEXT, st.none() | ACTIONS, st.none() | ACTIONS, FOUND)
BARE_RECORDS = st.builds(
    Record,
    TEXT,
    TEXT,
    TEXT,
    DOLLARS,
    DOLLARS,
    COUNTS,
    USAGES,
    st.dictionaries(TEXT, st.lists(TEXT, max_size=2).map(tuple), max_size=2).map(FrozenDict),
    st.lists(EVENTS, max_size=2).map(tuple),
    st.lists(DIFFERENCES, max_size=1).map(tuple),
    steps=st.just(()),
)
RECORDS = BARE_RECORDS | BARE_RECORDS.map(lambda record: Record(record.id, steps=(record,)))
CHECKS: st.SearchStrategy[Check[str]] = st.one_of(
    st.builds(checks.longer_than, limit=COUNTS),
    st.builds(checks.matching, st.sampled_from(["a", r"\d{4}", "a+", "(?i:b)\n"])),
    st.builds(
        checks.containing,
        WORDS | st.lists(WORDS, min_size=1, max_size=3).map(tuple),
        ignore_case=st.booleans(),
    ),
)
HOW: dict[str, st.SearchStrategy[Any]] = {
    "say": SAYS,
    "timeout": st.floats(0.001, 10),
    "on_error": ACTIONS,
    "trusted": st.booleans(),
}
THENS = st.sampled_from([Action.FLAG, Action.ABSTAIN, Action.ESCALATE, Action.BLOCK])
RULES = st.one_of(
    st.builds(
        lambda verb, on, how: verb(on, **how),
        st.sampled_from([flag, redact, drop, retry, abstain, escalate, block]),
        CHECKS,
        st.fixed_dictionaries({}, optional=HOW),
    ),
    st.builds(
        lambda on, how: retry(on, **how),
        CHECKS,
        st.fixed_dictionaries({"then": THENS}, optional=HOW),
    ),
)
LIMITS = st.none() | st.integers(1, 1000)
BUDGETS = st.builds(Budget, seconds=LIMITS, dollars=LIMITS, tokens=LIMITS, attempts=LIMITS)
POLICIES = st.builds(
    Policy,
    name=TEXT,
    input=st.lists(CHECKS.map(flag), max_size=2).map(tuple),
    output=st.lists(CHECKS.map(redact), max_size=2).map(tuple),
    validators=st.lists(CHECKS.map(retry), max_size=2).map(tuple),
    budget=BUDGETS,
    unreadable=st.sampled_from([Action.ABSTAIN, Action.ESCALATE, Action.BLOCK]),
)

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "Span": SPANS,
    "Finding": FINDINGS,
    "Usage": USAGES,
    "ToolCall": TOOL_CALLS,
    "Media": MEDIA,
    "Data": DATA,
    "Message": MESSAGES,
    "Source": SOURCES,
    "Request": REQUESTS,
    "Reply": REPLIES,
    "Event": EVENTS,
    "Record": RECORDS,
    "Difference": DIFFERENCES,
    "Accepted": st.builds(
        Accepted, LEAVES, FOUND, st.lists(TOOL_CALLS, max_size=1).map(tuple), TEXT
    ),
    "Abstained": st.builds(Abstained, TEXT, FOUND),
    "Escalated": st.builds(Escalated, TEXT, FOUND),
    "Blocked": st.builds(Blocked, TEXT, FOUND),
    "Check": CHECKS,
    "Rule": RULES,
    "Budget": BUDGETS,
    "Policy": POLICIES,
    "Label": LABELS,
    "Action": ACTIONS,
    "Evidence": EVIDENCE,
    "Known": st.builds(Known, st.lists(TEXT), st.lists(TEXT), TEXT),
    "Citation": st.builds(Citation, TEXT, TEXT, st.none() | SPANS),
    "Passage": st.builds(Passage, TEXT, TEXT, TEXT, st.none() | SPANS, st.just(0.5)),
    "Approve": st.builds(Approve, TEXT),
    "Amend": st.builds(Amend, TEXT, TEXT),
    "Reject": st.builds(Reject, TEXT, TEXT),
    "Fallback": st.builds(Fallback, ACTIONS, TEXT),
    "Step": st.builds(Step, TEXT, st.just(1.5), TEXT, TEXT),
    "Resolution": st.builds(Resolution, st.builds(Approve), TEXT, st.just(1.5), ACTIONS, TEXT),
    "Case": st.builds(Case, TEXT, REQUESTS, st.none() | TEXT, st.just(()), FOUND, TEXT, RECORDS),
    "Held": st.builds(Held, TEXT, DOLLARS, st.lists(TEXT, max_size=2).map(tuple), DOLLARS),
    "Overspent": st.builds(Overspent, TEXT),
    "Wrong": st.builds(Wrong, st.lists(TEXT | st.integers(), max_size=3).map(tuple), TEXT, TEXT),
}
every_kind = pytest.mark.parametrize("kind", VALUES)
SILENT = {"Amend", "Case", "Passage", "Resolution"}
"""Values that hold texts for a person, and print without them."""
every_kind_that_prints = pytest.mark.parametrize("kind", [k for k in VALUES if k not in SILENT])
few = settings(max_examples=max(1, settings().max_examples // 4))


def pasted(value: object) -> Any:
    """What comes of the printed form of *value*."""
    return eval(repr(value), dict(NAMES))  # it is our own


def test_every_value_type_that_is_public_is_tried_here() -> None:
    made = {name for name in guardrails_lib.__all__ if is_value(getattr(guardrails_lib, name))}
    # a Refusal is one of three, a Guard decorates, a ToDesk and a Charge hold a desk and a ledger
    assert made - {"Refusal", "Guard", "ToDesk", "Charge"} == set(VALUES)


def is_value(thing: object) -> bool:
    return isinstance(thing, type) and (is_dataclass(thing) or issubclass(thing, tuple | int))


@every_kind
@given(st.data())
def test_a_pretty_printer_writes_what_repr_does(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    assert pretty(value) == repr(value)


@every_kind_that_prints
@few
@given(data=st.data())
def test_a_value_is_printed_as_the_code_that_makes_it(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    assert pasted(value) == value


@every_kind_that_prints
@few
@given(data=st.data())
def test_the_twin_of_a_value_has_its_hash(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    twin = pasted(value)
    if isinstance(twin, Record):  # its coverage prints as a dict, which has no hash
        steps = tuple(each._replace(coverage=FrozenDict(each.coverage)) for each in twin.steps)
        twin = twin._replace(coverage=FrozenDict(twin.coverage), steps=steps)
    assert hash(twin) == hash(value)


@every_kind_that_prints
@few
@given(data=st.data())
def test_two_values_are_equal_when_they_print_the_same(kind: str, data: st.DataObject) -> None:
    one, other = data.draw(VALUES[kind]), data.draw(VALUES[kind])
    assert (one == other) == (repr(one) == repr(other))


@pytest.mark.parametrize("kind", sorted(SILENT))
@few
@given(data=st.data())
def test_a_value_for_a_person_prints_none_of_its_texts(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    held = [each.name for each in fields(value) if not each.repr]
    assert held
    assert not any(f"{name}=" in repr(value).partition("findings=")[0] for name in held)


@every_kind
@few
@given(data=st.data())
def test_a_value_comes_back_from_a_pickle(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(value, protocol))  # it is our own
        assert again == value
        assert type(again) is type(value)


@every_kind
@few
@given(data=st.data())
def test_a_value_equals_its_copies(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    assert copy.copy(value) == value
    assert copy.deepcopy(value) == value


@pytest.mark.parametrize("kind", [kind for kind in VALUES if kind not in {"Label", "Action"}])
@few
@given(data=st.data())
def test_a_value_cannot_be_changed(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    for name in (*names_in(value), "news"):
        with pytest.raises((AttributeError, TypeError)):  # Python has its own way with slots
            setattr(value, name, 1)
        with pytest.raises((AttributeError, TypeError)):
            delattr(value, name)


def names_in(value: Any) -> list[str]:
    return [*getattr(value, "_fields", ())] or [each.name for each in fields(value)]


def test_a_value_is_never_equal_to_one_of_another_type() -> None:
    values = [Usage(), Budget(), Policy(), Reply(), Record(), Blocked("a"), Abstained("a")]
    assert all((one == other) == (one is other) for one in values for other in values)


def test_what_is_left_at_its_default_is_not_printed() -> None:
    assert repr(Finding("an address")) == "Finding(message='an address')"
    assert repr(Request("hi")) == "Request(messages=(Message(role='user', text='hi'),))"
    assert repr(Policy()) == "Policy()"


@pytest.mark.parametrize("kind", [Label, Action])
def test_the_members_of_an_enumeration_print_as_code_everywhere(kind: Any) -> None:
    for member in kind:
        assert f"{member}" == str(member) == repr(member) == f"{kind.__name__}.{member.name}"


def test_labels_are_in_order() -> None:
    assert Label.PUBLIC < Label.INTERNAL < Label.CONFIDENTIAL < Label.RESTRICTED


def test_actions_are_in_order() -> None:
    names = ["FLAG", "REDACT", "DROP", "RETRY", "ABSTAIN", "ESCALATE", "BLOCK"]
    assert [action.name for action in sorted(Action)] == names


# -- wrong types

SECRET = "-".join(["sk", "live", "4711"])
WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "role": (lambda: Message(1, SECRET), "role"),  # type: ignore[arg-type]  # on purpose
    "text": (lambda: Message("user", SECRET.encode()), "text"),  # type: ignore[arg-type]  # same
    "parts are text": (lambda: Message("user", parts=SECRET), "parts"),
    "part": (lambda: Message("user", parts=(SECRET.encode(),)), "parts"),  # type: ignore[arg-type]  # same
    "tool_calls": (lambda: Message("user", tool_calls=(SECRET,)), "tool_calls"),  # type: ignore[arg-type]  # same
    "uri": (lambda: Source(SECRET.encode()), "uri"),  # type: ignore[arg-type]  # same
    "source text": (lambda: Source("kb://a", SECRET.encode()), "text"),  # type: ignore[arg-type]  # same
    "tool name": (lambda: ToolCall(SECRET.encode()), "name"),  # type: ignore[arg-type]  # same
    "arguments": (lambda: ToolCall("pay", [SECRET]), "arguments"),  # type: ignore[arg-type]  # same
    "request": (lambda: Request(5), "messages"),  # type: ignore[arg-type]  # same
    "request of nothing": (lambda: Request(None), "messages"),  # type: ignore[arg-type]  # same
    "request of bytes": (lambda: Request(SECRET.encode()), "messages"),  # type: ignore[arg-type]  # same
    "messages": (lambda: Request([Message("user"), SECRET]), r"messages\[1\]"),  # type: ignore[list-item]  # same
    "sources": (lambda: Request("hi", [Source("a"), SECRET]), r"sources\[1\]"),  # type: ignore[list-item]  # same
    "one source": (lambda: Request("hi", Source("a")), "sources"),  # type: ignore[arg-type]  # same
    "meta": (lambda: Request("hi", meta=SECRET), "meta"),  # type: ignore[arg-type]  # same
    "reply": (lambda: Reply(None), "text"),  # type: ignore[arg-type]  # same
    "reply of bytes": (lambda: Reply(SECRET.encode()), "text"),  # type: ignore[arg-type]  # same
    "span": (lambda: Finding("a key", SECRET), "[Ss]pan"),  # type: ignore[arg-type]  # same
    "usage": (lambda: Usage(1) + 1, "Usage|operand"),  # type: ignore[operator]  # same
    "budget": (lambda: Budget() & 1, "Budget|operand"),  # type: ignore[operator]  # same
    "policy": (lambda: Policy() + 1, "Policy|operand"),  # type: ignore[operator]  # same
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_type_is_a_type_error_that_names_what_is_expected(wrong: str) -> None:
    make, expected = WRONG[wrong]
    with pytest.raises(TypeError, match=expected):
        make()


@pytest.mark.parametrize("wrong", WRONG)
def test_the_error_about_a_wrong_type_never_quotes_the_value(wrong: str) -> None:
    make, _ = WRONG[wrong]
    try:
        made = make()
    except Exception as problem:  # whichever it is
        assert SECRET not in f"{problem!r} {problem.__cause__!r}"  # noqa: PT017  # none is fine too
    else:
        assert made is not None


# -- a dict that no longer changes

MUTATIONS: dict[str, Callable[[Any], object]] = {
    "set": lambda d: d.__setitem__("a", 2),
    "delete": lambda d: d.__delitem__("a"),
    "clear": lambda d: d.clear(),
    "pop": lambda d: d.pop("a"),
    "pop with a default": lambda d: d.pop("b", None),
    "popitem": lambda d: d.popitem(),
    "setdefault": lambda d: d.setdefault("a", 2),
    "update": lambda d: d.update(a=2),
    "update with nothing": lambda d: d.update(),
    "|=": lambda d: d.__ior__({"a": 2}),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_frozen_dict_refuses_to_change(mutation: str) -> None:
    frozen = FrozenDict(a=1)
    with pytest.raises(TypeError, match="frozen"):
        MUTATIONS[mutation](frozen)
    assert frozen == {"a": 1}


def test_a_frozen_dict_tells_how_to_change_a_copy() -> None:
    frozen = FrozenDict(a=1)
    with pytest.raises(TypeError, match=r"dict\(value\)"):
        frozen["a"] = 2
    assert type(dict(frozen)) is dict


def test_frozen_dicts_in_another_order_have_one_hash() -> None:
    assert hash(FrozenDict(a=1, b=2)) == hash(FrozenDict(b=2, a=1))


@given(ARGUMENTS)
def test_a_frozen_dict_stays_one_in_a_pickle(arguments: dict[str, object]) -> None:
    again = pickle.loads(pickle.dumps(FrozenDict(arguments)))  # it is our own
    assert type(again) is FrozenDict
    assert again == arguments


def test_the_arguments_of_a_tool_call_are_a_copy() -> None:
    arguments = {"to": "a"}
    call = ToolCall("mail", arguments)
    arguments["to"] = "b"
    assert call.arguments == {"to": "a"}


def test_what_a_request_is_told_beside_its_messages_is_a_copy() -> None:
    meta = {"user": 1}
    request = Request("hi", meta=meta)
    meta["user"] = 2
    assert request.meta == {"user": 1}


# -- usage


@given(st.lists(st.builds(Usage, COUNTS, COUNTS, COUNTS.map(float)), max_size=4))
def test_usages_add_up(usages: list[Usage]) -> None:
    total = sum(usages, Usage())
    assert total.tokens == sum(each.input_tokens + each.output_tokens for each in usages)
    assert total.dollars == sum(each.dollars for each in usages)


# -- a message


def texts_in(part: object) -> list[str]:
    if isinstance(part, Data):
        return [text for _, text in strings(part.value)]
    return [part] if isinstance(part, str) else []


@given(MESSAGES)
def test_the_text_of_a_message_with_parts_is_its_texts_a_line_each(message: Message) -> None:
    texts = [text for part in message.parts for text in texts_in(part)]
    assert not message.parts or message.text == "\n".join(texts)


def test_parts_win_over_a_text_given_beside_them() -> None:
    assert Message("user", "old", parts=("new",)).text == "new"


@pytest.mark.parametrize(
    ("role", "trusted"),
    [("system", True), ("developer", True), ("user", False), ("assistant", False), ("tool", False)],
)
def test_the_words_of_the_developer_are_trusted(role: str, trusted: bool) -> None:
    assert Message(role).trusted is trusted


def test_a_role_that_nobody_knows_is_not_trusted() -> None:
    assert not Message("System").trusted


def test_a_message_that_was_not_read_from_a_dict_has_nothing_extra() -> None:
    assert Message("user", "hi").extra == ()


def test_the_dict_that_a_message_was_read_from_is_no_part_of_its_value() -> None:
    assert Message("user", "hi", raw={"role": "user"}, extra=("audio",)) == Message("user", "hi")


def test_the_name_of_who_speaks_is_part_of_a_message() -> None:
    assert Message("user", "hi", name="bo") != Message("user", "hi")


# -- a request


def test_text_is_one_message_of_the_user() -> None:
    assert Request("hi").messages == (Message("user", "hi"),)


def test_a_request_may_be_one_message() -> None:
    assert Request(Message("tool", "42")).messages == (Message("tool", "42"),)


@given(st.lists(MESSAGES, max_size=3), st.lists(SOURCES, max_size=3))
def test_a_request_takes_whatever_can_be_iterated(
    messages: list[Message], sources: list[Source]
) -> None:
    request = Request(iter(messages), iter(sources))
    assert request.messages == tuple(messages)
    assert request.sources == tuple(sources)


def test_the_text_of_a_request_is_that_of_all_its_messages() -> None:
    request = Request([Message("system", "Be brief."), Message("user", "Hi")])
    assert request.text == "Be brief.\n\nHi"


def test_when_an_answer_is_wanted_is_no_part_of_what_is_asked() -> None:
    assert Request("hi", deadline=5.0) == Request("hi")
    assert "deadline" not in repr(Request("hi", deadline=5.0))


@given(REQUESTS)
def test_a_request_changes_by_copy(request: Request) -> None:
    assert replace(request) == request
    changed = replace(request, messages=(Message("user", "other"),))
    assert (changed.sources, changed.meta) == (request.sources, request.meta)


# -- what is in a value by another name


def test_a_span_unpacks() -> None:
    start, end = Span(3, 9)
    assert (start, end) == (3, 9)


def test_a_pair_given_for_a_span_becomes_one() -> None:
    found = Finding("a key", (3, 9))  # type: ignore[arg-type]  # on purpose
    assert found == Finding("a key", Span(3, 9))
    assert type(found.span) is Span


def test_media_is_compared_by_what_it_holds() -> None:
    assert Media("image", {"url": 1}) != Media("image", {"url": 2})


@pytest.mark.parametrize("name", ["value", "findings", "tool_calls", "say"])
def test_accepted_can_be_matched_by_name(name: str) -> None:
    assert name in Accepted.__match_args__


def test_an_error_for_a_frozen_value_is_the_one_of_dataclasses() -> None:
    with pytest.raises(FrozenInstanceError):
        Source("a").uri = "b"  # type: ignore[misc]  # on purpose
