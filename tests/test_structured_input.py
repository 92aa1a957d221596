"""A request that is nested data: a form, a record, a model; and nested data in a chat."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import io
import json
import uuid
from collections import ChainMap, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, RootModel, SecretStr

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Check,
    Data,
    Escalated,
    Finding,
    Message,
    Outcome,
    Policy,
    Reply,
    Request,
    Rule,
    Span,
    ToolCall,
    _tree,
    abstain,
    block,
    check,
    drop,
    flag,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import containing, longer_than, matching

PIN = Policy(input=(redact(matching(r"\d{4}")),))
ROOT = "messages[0].content[0]"


def passed(asked: Any, policy: Policy = PIN, **options: Any) -> tuple[Outcome[str], list[Any]]:
    """What became of a call, and what the function was given, if it was."""
    given_: list[Any] = []

    def model(asked: Any) -> str:
        given_.append(asked)
        return "fine"

    return guard(policy, **options)(model)(asked), given_


def admitted(asked: Any, policy: Policy = PIN) -> Any:
    """What the function is given."""
    outcome, (form,) = passed(asked, policy)
    assert isinstance(outcome, Accepted)
    return form


# -- any tree

TEXT = st.text(st.characters(), max_size=4)
KEYS = st.sampled_from(["", " ", "\n"])
"""Keys in which a rule that looks for letters and digits finds nothing."""
TREES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=12,
)
ROOTS = st.lists(TREES, min_size=1, max_size=3) | st.dictionaries(KEYS, TREES, max_size=3)


def covered(tree: Any) -> Any:
    """*tree* with each letter and digit blotted out."""
    if isinstance(tree, str):
        return "".join("█" if each.isalnum() else each for each in tree)
    if isinstance(tree, dict):
        return {key: covered(value) for key, value in tree.items()}
    return type(tree)(map(covered, tree)) if isinstance(tree, list | tuple) else tree


@check(width=1)
def alphanumeric(text: str) -> Iterator[Finding]:
    """A letter or a digit."""
    yield from (Finding("x", Span(n, n + 1)) for n, each in enumerate(text) if each.isalnum())


def kinds(tree: Any) -> Any:
    """The types in *tree*."""
    if isinstance(tree, dict):
        return type(tree), [(key, kinds(value)) for key, value in tree.items()]
    return type(tree), [kinds(each) for each in tree] if isinstance(tree, list | tuple) else []


@given(ROOTS)
def test_every_string_is_redacted_and_keys_and_types_are_kept(tree: Any) -> None:
    form = admitted(tree, Policy(input=(redact(alphanumeric()),)))
    assert form == covered(tree)
    assert kinds(form) == kinds(tree)


@given(ROOTS)
def test_without_a_finding_the_very_data_is_given(tree: Any) -> None:
    assert admitted(tree, Policy(input=(block(containing("nowhere to be found")),))) is tree


@given(ROOTS)
def test_what_was_given_is_never_changed(tree: Any) -> None:
    before = repr(tree)
    admitted(tree, Policy(input=(redact(alphanumeric()),)))
    assert repr(tree) == before


@given(ROOTS)
def test_every_string_is_in_the_coverage(tree: Any) -> None:
    outcome, _ = passed(tree, Policy(input=(flag(containing("x")),)), strict=True)
    assert isinstance(outcome, Accepted)
    assert outcome.record.unseen == ("reply",)


# -- forms


def test_a_dict_is_a_request() -> None:
    form = {"name": "Ann", "notes": ["my pin is 1234", {"old": "0000"}], "age": 7, "x": None}
    assert admitted(form) == {
        "name": "Ann",
        "notes": ["my pin is ████", {"old": "████"}],
        "age": 7,
        "x": None,
    }


def test_each_string_has_its_place() -> None:
    outcome, _ = passed({"notes": ["a 1234"], "not a name": "5678"})
    assert [finding.where for finding in outcome.findings] == [
        f"{ROOT}.notes[0]",
        f"{ROOT}[1]",
    ]


def test_a_list_of_plain_values_is_a_request() -> None:
    assert admitted(["a 1234", "b"]) == ["a ████", "b"]


def test_a_function_of_a_request_is_given_the_data_in_it() -> None:
    @guard(PIN)
    def ask(request: Request) -> str:
        return repr(request)

    told = ask({"pin": "1234"}).unwrap()  # type: ignore[arg-type]  # any form will do
    assert told == repr(Request(Message("user", parts=[Data({"pin": "████"})])))


def test_what_was_taken_out_of_data_is_not_behind_the_message_either() -> None:
    @guard(PIN)
    def ask(request: Request) -> str:
        return repr(request.messages[0].raw)

    assert ask({"pin": "1234"}).unwrap() == repr({"pin": "████"})  # type: ignore[arg-type]  # as above
    assert ask(Request(Message("user", "1234", raw="1234"))).unwrap() == "None"


def test_data_in_a_message_is_looked_at() -> None:
    assert admitted(Request(Message("user", parts=["1234", Data({"a": "1234"})]))) == Request(
        Message("user", parts=["████", Data({"a": "████"})])
    )


def test_the_text_of_a_message_has_the_strings_of_its_data() -> None:
    assert Message("user", parts=["a", Data({"b": ["c", 1]})]).text == "a\nc"


@dataclass(frozen=True, slots=True)
class Ticket:
    title: str
    tags: tuple[str, ...] = ()
    number: int = 7


@dataclass
class Person:
    first: str
    made: bool = dataclasses.field(default=False, init=False)

    @cached_property
    def greeting(self) -> str:
        return f"Hello {self.first}"

    def __post_init__(self) -> None:
        if "█" in self.first:
            raise ValueError("no name")


class Point(NamedTuple):
    x: str
    y: int


class Form(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)

    name: str = Field(alias="Name", max_length=9, pattern="^[a-z0-9 ]*$")
    kind: Literal["a 1234", "b"] = "b"
    age: int = 7
    inner: Form | None = None
    _client: object = PrivateAttr(default_factory=object)

    @cached_property
    def shown(self) -> str:
        return self.name


def test_a_dataclass_stays_one() -> None:
    assert admitted(Ticket("pin 1234", ("a", "1234"))) == Ticket("pin ████", ("a", "████"))


def test_a_dataclass_is_copied_and_not_made_anew() -> None:
    person = Person("1234")
    person.made = True
    form = admitted(person)
    assert type(form) is Person
    assert (form.first, form.made) == ("████", True)


def test_what_an_instance_has_cached_is_looked_at_too() -> None:
    person = Person("1234")
    assert person.greeting == "Hello 1234"
    assert admitted(person).greeting == "Hello ████"


def test_a_model_stays_one_with_all_that_it_had() -> None:
    form = Form.model_validate({"Name": "pin 1234", "more": "1234", "x y": "1234"})
    got = admitted(form)
    assert type(got) is Form
    assert got.name == "pin ████"
    assert got.model_extra == {"more": "████", "x y": "████"}
    assert got.model_fields_set == form.model_fields_set
    assert got._client is form._client
    assert set(got.model_dump(by_alias=True)) == set(form.model_dump(by_alias=True))
    assert form.name == "pin 1234"


def test_a_model_in_a_model_is_redacted() -> None:
    inner = admitted(Form(Name="a", inner=Form(Name="1234", age=5))).inner
    assert type(inner) is Form
    assert (inner.name, inner.age) == ("████", 5)


def test_a_redacted_string_need_not_fit_its_field_and_the_finding_says_so() -> None:
    outcome, (form,) = passed(Form(Name="a", kind="a 1234"))
    assert form.kind == "a ████"
    assert [finding.where for finding in outcome.findings] == [f"{ROOT}.kind"]


def test_a_root_model_is_a_request() -> None:
    assert admitted(RootModel[list[str]](["1234"])).root == ["████"]


@pytest.mark.parametrize(
    ("tree", "wanted"),
    [
        (OrderedDict(a="1234"), OrderedDict(a="████")),
        (Point("1234", 1), Point("████", 1)),
        ({"a": {"1234", "b"}}, {"a": {"████", "b"}}),
        ({"a": frozenset({"1234"})}, {"a": frozenset({"████"})}),
        ({"a": deque(["1234"], maxlen=3)}, {"a": deque(["████"], maxlen=3)}),
    ],
)
def test_other_collections_stay_what_they_are(tree: Any, wanted: Any) -> None:
    form = admitted(tree)
    assert form == wanted
    assert type(form) is type(wanted)


def test_a_dict_keeps_its_default() -> None:
    form = admitted(defaultdict(list, {"a": ["1234"]}))
    assert form == {"a": ["████"]}
    assert form["new"] == []


def test_a_list_of_its_own_kind_keeps_its_kind() -> None:
    class Lines(list[str]):
        def __init__(self, *, name: str) -> None:
            super().__init__()
            self.name = name

    lines = Lines(name="x")
    lines.append("1234")
    form = admitted({"lines": lines})["lines"]
    assert (type(form), form.name, list(form)) == (Lines, "x", ["████"])


def test_a_kind_of_text_becomes_text_when_it_is_redacted() -> None:
    class Markup(str):
        __slots__ = ()

    form = admitted({"a": Markup("1234"), "b": Markup("b")})
    assert [type(each) for each in form.values()] == [str, Markup]


# -- what cannot be changed


class Level(enum.Enum):
    HIGH = "1234"


class Grade(enum.StrEnum):
    TOP = "1234"


@pytest.mark.parametrize(
    "tree",
    [
        {"1234": "a"},
        {"a": [{"x 1234": "b"}]},
        {1234: "a"},
        {("1234", 1): "a"},
        {"card": 51234},
        {"card": -1234.5},
        {"card": decimal.Decimal(1234)},
        {"born": datetime.date(1234, 1, 1)},
        {"at": datetime.datetime(1234, 1, 1, tzinfo=datetime.UTC)},
        {"id": uuid.UUID("12345678-1234-5678-1234-567812345678")},
        {"level": Level.HIGH},
        {"grade": Grade.TOP},
        {"json": '["\\u0031\\u0032\\u0033\\u0034"]'},
    ],
)
def test_a_key_or_a_number_cannot_be_redacted_and_escalates(tree: Any) -> None:
    outcome, form = passed(tree)
    assert isinstance(outcome, Escalated)
    assert form == []


def test_numbers_are_in_the_coverage_as_looked_at() -> None:
    outcome, _ = passed({"age": 7, "paid": True, "note": None})
    assert outcome.record.coverage == {
        ROOT: ("matching",),
        f"{ROOT}.age": ("matching",),
        "reply": (),
    }


def test_a_number_in_an_argument_is_looked_at() -> None:
    call = {"function": {"name": "pay", "arguments": '{"card": 1234}'}}
    outcome, _ = passed([{"role": "assistant", "tool_calls": [call]}])
    assert isinstance(outcome, Escalated)
    assert outcome.findings[0].where == "messages[0].tool_calls[0].arguments.card"


def test_a_number_in_a_tool_call_of_the_reply_is_looked_at() -> None:
    def pay(asked: str) -> Reply[str]:
        return Reply("", tool_calls=(ToolCall("pay", {"card": 1234}),))

    outcome = guard(Policy(tools=(redact(matching(r"\d{4}")),)))(pay)("?")
    assert isinstance(outcome, Escalated)


def test_a_number_that_python_does_not_write_is_not_looked_at() -> None:
    outcome, _ = passed({"n": 10**5000})
    assert f"{ROOT}.n" in outcome.record.unseen


def test_redacting_beside_what_is_escaped_keeps_the_text() -> None:
    text = '["a\\u00e9", "1234"]'
    call = {"function": {"name": "pay", "arguments": text}}
    (message,) = admitted([{"role": "assistant", "tool_calls": [call]}])
    assert message["tool_calls"][0]["function"]["arguments"] == text.replace("1234", "████")
    assert admitted({"json": text}) == {"json": text.replace("1234", "████")}


# -- what nobody can read

UNREAD = [
    b"1234",
    bytearray(b"1234"),
    memoryview(b"1234"),
    io.BytesIO(b"1234"),
    io.StringIO("1234"),
    SecretStr("1234"),
    SimpleNamespace(a="1234"),
    iter(["1234"]),
    object(),
    Ticket,
]


@pytest.mark.parametrize("thing", UNREAD, ids=lambda thing: type(thing).__name__)
def test_what_cannot_be_read_is_in_the_coverage_and_given_as_it_is(thing: object) -> None:
    outcome, (form,) = passed({"a": "1234", "b": [thing]})
    assert outcome.record.coverage[f"{ROOT}.b[0]"] == ()
    assert form["a"] == "████"
    assert form["b"][0] is thing


@pytest.mark.parametrize("thing", UNREAD, ids=lambda thing: type(thing).__name__)
def test_strict_blocks_what_cannot_be_read(thing: object) -> None:
    outcome, form = passed({"a": [thing]}, strict=True)
    assert isinstance(outcome, Blocked)
    assert [(each.kind, each.where) for each in outcome.findings] == [("unseen", f"{ROOT}.a[0]")]
    assert form == []


def test_a_data_url_is_looked_at_as_text_and_what_it_stands_for_is_not() -> None:
    outcome, (form,) = passed({"photo": "data:text/plain;base64,1234"})
    assert form == {"photo": "data:text/plain;base64,████"}
    assert outcome.record.coverage[f"{ROOT}.photo"] == ("matching",)
    assert outcome.record.coverage[f"{ROOT}.photo.base64"] == ()


# -- what has no end


def cycle() -> list[Any]:
    one: list[Any] = ["4711"]
    one += [one, {"again": one}]
    return one


def deep() -> list[Any]:
    one: list[Any] = ["4711"]
    for _ in range(5000):
        one = [one]
    return one


@pytest.mark.parametrize("endless", [cycle, deep])
@pytest.mark.parametrize(
    "form",
    [
        lambda tree: tree,
        lambda tree: {"a": tree},
        lambda tree: Ticket("a", tree),
        lambda tree: [{"role": "user", "content": [{"type": "tool_result", "content": tree}]}],
        lambda tree: [{"role": "user", "content": "a", "more": tree}],
        lambda tree: [
            {"role": "user", "tool_calls": [{"function": {"name": "a", "arguments": {"b": tree}}}]}
        ],
    ],
)
def test_what_holds_itself_or_is_too_deep_is_an_error_that_quotes_nothing(
    endless: Any, form: Any
) -> None:
    with pytest.raises(
        ValueError, match=r"model\(\) .*'asked'.* nested more than 1,000 deep"
    ) as told:
        passed(form(endless()))
    assert "4711" not in str(told.value)


def test_what_grows_without_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_tree, "MOST", 1000)
    tree: list[Any] = ["a"]
    for _ in range(50):
        tree = [tree, tree]
    with pytest.raises(ValueError, match="more than 1,000 values"):
        passed(tree)


def test_the_same_thing_may_be_there_twice() -> None:
    notes = ["1234"]
    assert admitted({"a": notes, "b": notes}) == {"a": ["████"], "b": ["████"]}


def test_many_records_are_looked_at() -> None:
    keys = [f"key{n // 100}_{n % 100}" for n in range(2_000)]
    form = admitted([{"name": "1234", "n": 7, key: None} for key in keys])
    assert form == [{"name": "████", "n": 7, key: None} for key in keys]


# -- rules of other kinds, other forms of a call


def test_a_rule_over_a_message_sees_the_data() -> None:
    outcome, _ = passed({"a": "b" * 9}, Policy(input=(block(longer_than(limit=5)),)))
    assert isinstance(outcome, Blocked)


def test_data_that_is_dropped_leaves_nothing_to_ask() -> None:
    outcome, form = passed({"pin": "1234"}, Policy(input=(drop(matching(r"\d{4}")),)))
    assert isinstance(outcome, Abstained)
    assert form == []


def test_data_is_asked_again_as_it_was() -> None:
    policy = Policy(input=PIN.input, output=(retry(containing("fine")),))
    _, form = passed({"pin": "1234"}, policy)
    assert form == [{"pin": "████"}, {"pin": "████"}]


def test_a_stream_takes_data() -> None:
    @guard(PIN)
    def chunks(form: dict[str, str]) -> Iterator[str]:
        yield form["pin"]

    assert "".join(chunks({"pin": "1234"})) == "████"


def test_a_place_with_a_key_that_holds_what_was_redacted_is_scrubbed() -> None:
    policy = Policy(input=(redact(matching("(?<=I am )anna")),))
    outcome, _ = passed({"annabel": "I am anna"}, policy)
    assert "anna" not in repr(outcome.record.coverage) + repr(outcome.findings)


# -- chats


def test_a_tool_result_is_looked_at_but_for_its_pictures() -> None:
    picture = {"type": "image", "source": {"type": "base64", "data": "1234"}}
    result = [{"type": "text", "text": "pin 1234"}, picture]
    chat = [
        {
            "role": "user",
            "content": [{"type": "tool_result", "tool_use_id": "t1", "content": result}],
        }
    ]
    outcome, (form,) = passed(chat)
    assert form[0]["content"][0]["content"] == [{"type": "text", "text": "pin ████"}, picture]
    assert form[0]["content"][0]["content"][1] is picture
    assert outcome.record.coverage["messages[0].content[0].content[1]"] == ()
    assert outcome.findings[0].where == "messages[0].content[0].content[0].text"


def test_what_a_chat_dict_holds_beside_is_looked_at() -> None:
    chat = [
        {
            "role": "assistant",
            "content": [{"type": "text", "text": "a", "title": "1234"}],
            "reasoning": {"steps": ["1234"]},
            "not a name": "1234",
            "tool_calls": [
                {"type": "custom", "custom": {"name": "sql", "input": "1234"}},
                {"function": {"name": "pay", "arguments": "{}", "note": "1234"}, "more": "1234"},
            ],
        }
    ]
    before = json.dumps(chat)
    form = admitted(chat)
    assert "1234" not in json.dumps(form)
    assert json.dumps(form, ensure_ascii=False) == before.replace("1234", "████")
    assert json.dumps(chat) == before


def test_items_of_a_conversation_are_looked_at() -> None:
    chat = [
        {"role": "user", "content": "hi"},
        {"type": "function_call", "call_id": "c1", "name": "pay", "arguments": '{"to": "1234"}'},
        {"type": "function_call_output", "call_id": "c1", "output": "paid to 1234"},
    ]
    form = admitted(chat)
    assert form[0] is chat[0]
    assert form[1] == {**chat[1], "arguments": '{"to": "████"}'}
    assert form[2] == {**chat[2], "output": "paid to ████"}


def test_an_item_of_a_conversation_has_the_role_of_who_made_it() -> None:
    items = [{"role": "user"}, {"type": "reasoning"}, {"type": "function_call_output"}]

    @guard(PIN)
    def ask(request: Request) -> str:
        return " ".join(message.role for message in request.messages)

    assert ask(items).unwrap() == "user assistant tool"  # type: ignore[arg-type]  # any form will do


class Said(BaseModel):
    """A message as an SDK gives it."""

    role: str
    content: str | None
    tool_calls: list[dict[str, Any]] | None = None


def test_a_message_of_an_sdk_is_looked_at_and_stays_what_it_is() -> None:
    calls = [{"id": "c1", "function": {"name": "pay", "arguments": '{"to": "1234"}'}}]
    said, plain = (
        Said(role="assistant", content="1234", tool_calls=calls),
        Said(role="user", content="a"),
    )
    form = admitted([{"role": "user", "content": "hi"}, said, plain])
    assert form[1].content == "████"
    assert form[1].tool_calls[0]["function"]["arguments"] == '{"to": "████"}'
    assert type(form[1]) is Said
    assert form[2] is plain


def test_a_list_of_records_with_a_role_and_no_content_is_data() -> None:
    @dataclass
    class Employee:
        name: str
        role: str

    form = admitted([Employee("1234", "developer")])
    assert form == [Employee("████", "developer")]


# -- what holds more than one sees


class Shelf(MutableMapping[str, Any]):
    """A mapping that keeps its items in a dict of its own."""

    def __init__(self, items: Any = ()) -> None:
        self.kept = dict(items)

    def __getitem__(self, key: str) -> Any:
        return self.kept[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.kept[key] = value

    def __delitem__(self, key: str) -> None:
        del self.kept[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)


def test_a_mapping_that_a_copy_would_share_is_not_changed() -> None:
    inner = object()
    shelf = Shelf({"pin": "1234", "inner": inner})
    form = admitted({"shelf": shelf})
    assert (shelf["pin"], form["shelf"]["pin"]) == ("1234", "████")
    assert type(form["shelf"]) is Shelf
    assert form["shelf"]["inner"] is inner


class Open(dict[str, Any]):
    """A dict whose keys are its attributes, too."""

    def __init__(self, *items: Any, **more: Any) -> None:
        super().__init__(*items, **more)
        self.__dict__ = self


def test_a_dict_whose_keys_are_attributes_is_redacted_in_both() -> None:
    form = admitted(Open(pin="1234"))
    assert (type(form), form, form.pin) == (Open, {"pin": "████"}, "████")


class Tagged(dict[str, Any]):
    """A dict that can have attributes."""


class Listed(list[str]):
    """A list that can have attributes."""


@pytest.mark.parametrize("make", [Tagged, Listed])
def test_attributes_of_a_kind_of_dict_or_list_are_seen_by_nobody(make: Any) -> None:
    tagged = make()
    assert passed({"a": tagged})[0].record.unseen == ("reply",)
    tagged.note = "pin 1234"
    outcome, _ = passed({"a": tagged})
    assert outcome.record.unseen == (f"{ROOT}.a.vars()", "reply")


@pytest.mark.parametrize("key", [b"1234", (1, b"1234"), object()], ids=["bytes", "tuple", "object"])
def test_keys_that_cannot_be_read_are_seen_by_nobody(key: Any) -> None:
    outcome, _ = passed({"a": {key: 1}})
    assert outcome.record.unseen == (f"{ROOT}.a.keys()", "reply")
    assert isinstance(passed({"a": {key: 1}}, strict=True)[0], Blocked)


class Noted(BaseModel):
    """A model that takes whatever it is given."""

    model_config = ConfigDict(extra="allow")
    name: str = ""


def test_the_names_of_what_a_model_was_given_beside_its_fields_are_keys() -> None:
    for name, end in (("pin 1234", Escalated), ("pin", Accepted)):
        assert isinstance(passed(Noted.model_validate({name: 1}))[0], end)


def test_a_key_that_a_rule_would_redact_is_in_no_record() -> None:
    policy = Policy(input=(redact(matching("Annabel")),))
    outcome, _ = passed({"Annabel": {"x": "y"}}, policy)
    assert isinstance(outcome, Escalated)
    assert "Annabel" not in repr((outcome, outcome.record, outcome.why))


class Colour(str, enum.Enum):  # noqa: UP042  # a StrEnum is written otherwise
    """A key that is written as its name."""

    RED = "red"


@pytest.mark.parametrize("verb", [redact, drop, abstain, block])
def test_a_key_that_a_rule_takes_out_is_in_no_record_whatever_its_verb(
    verb: Callable[[Check[str]], Rule[str]],
) -> None:
    answer = guard(Policy(input=(verb(containing("key_abcdef")),)))(lambda form: "yes")
    outcome = answer({"key_abcdef": 1})
    assert "key_abcdef" not in repr(outcome.record)


def test_a_key_with_a_finding_that_has_no_place_is_hidden_as_a_whole() -> None:
    answer = guard(Policy(input=(block(longer_than(limit=5)),)))(lambda form: "yes")
    outcome = answer({"key_abcdef": 1})
    assert "key_abcdef" not in repr(outcome.record)


def test_a_key_of_an_enum_has_a_place_of_its_own() -> None:
    tree = {Colour.RED: "1234", "Colour": {"RED": "x"}}
    assert admitted(tree) == {Colour.RED: "████", "Colour": {"RED": "x"}}


def test_a_chain_of_mappings_holds_nothing_old() -> None:
    form = admitted(ChainMap({"a": "1234"}, {"a": "5678", "b": "9999"}))
    assert (type(form), dict(form)) == (ChainMap, {"a": "████", "b": "████"})
    assert "5678" not in repr(form)


class Sealed(Mapping[str, str]):
    """A mapping that cannot be made of its items."""

    def __init__(self, name: str, value: str) -> None:
        self.item = name, value

    def __getitem__(self, key: str) -> str:
        return self.item[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self.item[:1])

    def __len__(self) -> int:
        return 1


def test_a_mapping_that_cannot_be_made_anew_is_refused_with_what_to_do() -> None:
    assert isinstance(passed(Sealed("pin", "none"))[0], Accepted)
    with pytest.raises(TypeError, match=r"in a Sealed .* as a dict") as raised:
        passed(Sealed("pin", "1234"))
    assert "1234" not in str(raised.value)


def test_places_that_are_told_alike_are_seen_if_all_of_them_are() -> None:
    policy = Policy(input=(redact(containing(("Annabel", "Bernard"))),))
    outcome, _ = passed({"Annabel": b"...", "Bernard": "text"}, policy)
    assert f"{ROOT}.███" in outcome.record.unseen


def test_what_stands_beside_a_text_in_a_chat_dict_is_redacted() -> None:
    chat = [{"role": "user", "content": "hi", "title": "pin 1234", "more": {"a": ["5678"]}}]
    form = admitted(chat)
    assert form == [{**chat[0], "title": "pin ████", "more": {"a": ["████"]}}]
    outcome, _ = passed([{**chat[0], "more": {"pin 1234": 1}}])
    assert isinstance(outcome, Escalated)


def test_what_stands_beside_a_text_in_a_chat_dict_is_in_the_coverage() -> None:
    outcome, _ = passed([{"role": "user", "content": "hi", "title": "hello"}], strict=True)
    assert isinstance(outcome, Accepted)
    assert outcome.record.unseen == ("reply",)
