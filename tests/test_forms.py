"""The forms in which a request may be given: text, a Request, a chat list."""

from __future__ import annotations

import functools
import json
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import guardrails_lib
from guardrails_lib import Accepted, Data, Label, Media, Message, Request, Source, ToolCall
from guardrails_lib._forms import Taking
from guardrails_lib._values import FrozenDict

SECRET = "-".join(["sk", "live", "4711"])
"""What was given and must not be quoted in an error."""


def ask(prompt: str) -> str:
    return prompt


def ask_with(prompt: str, sources: Sequence[Source] = (), *, tone: str = "") -> str:
    return f"{prompt}{sources}{tone}"


def ask_request(request: Request) -> str:
    return request.text


def ask_anything(prompt: Any, **options: object) -> str:
    return f"{prompt}{options}"


class Bot:
    """Something with methods."""

    def ask(self, prompt: str, sources: Sequence[Source] = ()) -> str:
        return f"{prompt}{sources}"

    @classmethod
    def make(cls, prompt: str) -> str:
        return prompt

    @staticmethod
    def plain(prompt: str) -> str:
        return prompt

    def __call__(self, prompt: str) -> str:
        return prompt


def read(*args: object, fn: Callable[..., Any] = ask, **kwargs: object) -> Request:
    """The request that is read from a call of *fn*."""
    return Taking(fn)(args, kwargs)[0]


def given_back(
    *args: object,
    fn: Callable[..., Any] = ask,
    change: Callable[[Request], Request] = lambda request: request,
    **kwargs: object,
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """What *fn* is called with, once its request was changed."""
    request, give = Taking(fn)(args, kwargs)
    return give(change(request))


def shouted(request: Request) -> Request:
    """A request in which every text was changed."""
    return replace(request, messages=tuple(map(shouted_message, request.messages)))


def shouted_message(message: Message) -> Message:
    return replace(
        message,
        text=message.text.upper(),
        parts=tuple(p.upper() if isinstance(p, str) else p for p in message.parts),
        tool_calls=tuple(map(shouted_call, message.tool_calls)),
    )


def shouted_call(call: ToolCall) -> ToolCall:
    if isinstance(call.arguments, str):
        return replace(call, name=call.name.upper(), arguments=call.arguments.upper())
    changed = {k: v.upper() if isinstance(v, str) else v for k, v in call.arguments.items()}
    return replace(call, name=call.name.upper(), arguments=changed)


# -- text


@given(st.text(st.characters()))
def test_text_is_one_message_of_the_user(text: str) -> None:
    assert read(text) == Request(text)
    assert given_back(text) == ((text,), {})


def test_text_that_was_changed_is_given_as_text() -> None:
    assert given_back("a pin", change=shouted) == (("A PIN",), {})


def test_text_asked_again_holds_the_answer_and_what_was_wrong_with_it() -> None:
    def again(request: Request) -> Request:
        more = (Message("assistant", "17"), Message("user", "Answer in words."))
        return replace(request, messages=request.messages + more)

    assert given_back("How many?", change=again) == (
        ("How many?\n\nYou answered:\n17\n\nAnswer in words.",),
        {},
    )


class Text(str):
    """A kind of text."""

    __slots__ = ()


def test_a_kind_of_text_is_text() -> None:
    assert read(Text("hi")) == Request("hi")


# -- a request


def test_a_request_is_read_as_it_is() -> None:
    request = Request("hi", [Source("a", "b")], meta={"user": 1})
    assert read(request, fn=ask_request) is request


def test_a_function_of_a_request_is_given_one_whatever_was_asked() -> None:
    (form,), _ = given_back("hi", fn=ask_request)
    assert form == Request("hi")
    (form,), _ = given_back([{"role": "user", "content": "hi"}], fn=ask_request)
    assert form == Request("hi")


def test_a_request_may_be_annotated_by_the_name_of_its_module() -> None:
    def by_module(request: guardrails_lib.Request) -> str:
        return request.text

    (form,), _ = given_back("hi", fn=by_module)
    assert form == Request("hi")


def test_a_request_that_was_asked_is_given_as_one() -> None:
    (form,), _ = given_back(Request("hi"), fn=ask_anything, change=shouted)
    assert form == Request("HI")


def test_the_admitted_request_is_given_and_not_the_one_asked() -> None:
    (form,), _ = given_back(
        Request("hi"), fn=ask_request, change=lambda request: replace(request, deadline=5.0)
    )
    assert form.deadline == 5.0


@pytest.mark.parametrize("fn", [ask_request, ask_anything])
def test_what_was_taken_out_of_a_message_is_not_behind_it_either(fn: Callable[..., Any]) -> None:
    first, second = {"role": "user", "content": "hi"}, {"role": "user", "content": "HI"}
    asked = Request([Message("user", "hi", raw=first), Message("user", "HI", raw=second)])
    (form,), _ = given_back(asked, fn=fn, change=shouted)
    assert [each.raw for each in form.messages] == [second, second]


# -- a chat list

CHAT: list[dict[str, Any]] = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": "hi", "name": "bo"},
    {
        "role": "user",
        "content": [
            {"type": "text", "text": "look", "cache": 1},
            "here",
            {"type": "image_url", "image_url": {"url": "http://a"}},
        ],
    },
    {
        "role": "assistant",
        "content": None,
        "tool_calls": [
            {
                "id": "c1",
                "type": "function",
                "index": 0,
                "function": {"name": "pay", "arguments": '{"to": "bo", "sum": 5}', "strict": True},
            }
        ],
    },
    {"role": "tool", "content": "paid", "tool_call_id": "c1"},
    {"role": "assistant", "content": "done", "audio": {"id": "a1"}},
]


def test_a_chat_list_is_read() -> None:
    assert read(CHAT).messages == (
        Message("system", "Be brief."),
        Message("user", "hi", name="bo"),
        Message("user", parts=("look", "here", Media("image_url", CHAT[2]["content"][2]))),
        Message("assistant", tool_calls=(ToolCall("pay", {"to": "bo", "sum": 5}, "c1"),)),
        Message("tool", "paid"),
        Message("assistant", "done"),
    )


def test_a_key_that_is_not_read_is_extra() -> None:
    assert [message.extra for message in read(CHAT).messages] == [
        *((), ()),
        *(("content[0].cache",), ("tool_calls[0].function.strict",)),
        *((), ("audio",)),
    ]


@pytest.mark.parametrize("nothing", [None, "", [], {}, False])
def test_a_key_that_holds_nothing_is_not_extra(nothing: object) -> None:
    assert read([{"role": "assistant", "refusal": nothing}]).messages[0].extra == ()


def test_a_chat_list_that_was_not_changed_is_given_as_the_same_object() -> None:
    (form,), _ = given_back(CHAT)
    assert form is CHAT


def test_a_message_that_was_not_changed_is_given_as_the_same_dict() -> None:
    def first_alone(request: Request) -> Request:
        first, *others = request.messages
        return replace(request, messages=(shouted_message(first), *others))

    (form,), _ = given_back(CHAT, change=first_alone)
    assert form[0] == {"role": "system", "content": "BE BRIEF."}
    assert all(new is old for new, old in zip(form[1:], CHAT[1:], strict=True))


def test_a_message_that_was_changed_is_a_new_dict_that_keeps_its_other_keys() -> None:
    before = json.dumps(CHAT)
    (form,), _ = given_back(CHAT, change=shouted)
    assert form == [
        {"role": "system", "content": "BE BRIEF."},
        {"role": "user", "content": "HI", "name": "bo"},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "LOOK", "cache": 1},
                "HERE",
                {"type": "image_url", "image_url": {"url": "http://a"}},
            ],
        },
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {
                    "id": "c1",
                    "type": "function",
                    "index": 0,
                    "function": {
                        "name": "PAY",
                        "arguments": '{"to": "BO", "sum": 5}',
                        "strict": True,
                    },
                }
            ],
        },
        {"role": "tool", "content": "PAID", "tool_call_id": "c1"},
        {"role": "assistant", "content": "DONE", "audio": {"id": "a1"}},
    ]
    assert json.dumps(CHAT) == before


def test_a_message_that_was_dropped_is_not_given() -> None:
    (form,), _ = given_back(
        CHAT, change=lambda request: replace(request, messages=request.messages[1:2])
    )
    assert form == [CHAT[1]]
    assert form[0] is CHAT[1]


def test_a_message_that_was_added_is_given_as_a_dict() -> None:
    (form,), _ = given_back(
        CHAT[:1],
        change=lambda r: replace(r, messages=(*r.messages, Message("assistant", "17"))),
    )
    assert form == [CHAT[0], {"role": "assistant", "content": "17"}]


def test_what_is_given_can_be_sent_as_json() -> None:
    (form,), _ = given_back(CHAT, change=shouted)
    assert json.loads(json.dumps(form)) == form


@pytest.mark.parametrize("kind", [list, tuple, deque])
@pytest.mark.parametrize("change", [lambda request: request, shouted])
def test_a_chat_may_be_any_sequence_and_is_given_back_as_a_list_at_least(
    kind: Any, change: Callable[[Request], Request]
) -> None:
    (form,), _ = given_back(kind(CHAT), change=change)
    assert list(form) == list(given_back(CHAT, change=change)[0][0])


@pytest.mark.parametrize("change", [lambda request: request, shouted])
def test_a_tuple_is_given_back_as_a_tuple_changed_or_not(
    change: Callable[[Request], Request],
) -> None:
    (form,), _ = given_back(tuple(CHAT), change=change)
    assert type(form) is tuple


def test_an_empty_list_is_an_empty_request() -> None:
    assert read([]) == Request([])


MESSAGES = [Message("system", "Be brief."), Message("user", "hi", Label.INTERNAL)]


def test_messages_may_be_given_as_messages() -> None:
    assert read(MESSAGES).messages == tuple(MESSAGES)
    (form,), _ = given_back(MESSAGES, change=shouted)
    assert form == [Message("system", "BE BRIEF."), Message("user", "HI", Label.INTERNAL)]


def test_a_message_among_dicts_stays_a_message() -> None:
    calls = (ToolCall("pay", {"to": "bo"}),)
    mixed = [{"role": "user", "content": "hi"}, Message("assistant", "ok", tool_calls=calls)]
    (form,), _ = given_back(mixed, change=shouted)
    assert form == [
        {"role": "user", "content": "HI"},
        Message("assistant", "OK", tool_calls=(ToolCall("PAY", {"to": "BO"}),)),
    ]


# -- content


@pytest.mark.parametrize("message", [{"role": "user"}, {"role": "user", "content": None}])
def test_a_message_may_have_no_content(message: dict[str, Any]) -> None:
    assert read([message]).messages == (Message("user"),)
    (form,), _ = given_back([message], change=shouted)
    assert form == [message]


@pytest.mark.parametrize("kind", ["text", "input_text", "output_text"])
def test_a_part_of_text_is_read_and_keeps_its_kind(kind: str) -> None:
    chat = [{"role": "user", "content": [{"type": kind, "text": "a"}]}]
    assert read(chat).messages[0].parts == ("a",)
    (form,), _ = given_back(chat, change=shouted)
    assert form == [{"role": "user", "content": [{"type": kind, "text": "A"}]}]


@pytest.mark.parametrize(
    "part",
    [
        {"type": "image_url", "image_url": {}},
        {"type": "input_audio", "input_audio": {"data": "UklGRg=="}},
        {"type": "file", "file": {"file_id": "f1"}},
        5,
        None,
        b"a",
    ],
)
def test_a_part_that_is_no_text_is_media_and_given_as_it_came(part: object) -> None:
    chat = [{"role": "user", "content": ["a", part]}]
    assert isinstance(read(chat).messages[0].parts[1], Media)
    (form,), _ = given_back(chat, change=shouted)
    assert form[0]["content"][0] == "A"
    assert form[0]["content"][1] is part


@pytest.mark.parametrize(
    "part",
    [
        {"type": "tool_result", "content": "a"},
        {"type": "text", "text": 5},
        {"type": "text"},
        {"type": None},
        {"type": ["text"], "text": "a"},
        {},
        ["a"],
    ],
)
def test_a_part_of_another_shape_is_data_and_given_as_it_came(part: object) -> None:
    chat = [{"role": "user", "content": ["a", part]}]
    assert read(chat).messages[0].parts[1] == Data(part)
    (form,), _ = given_back(chat, change=shouted)
    assert form[0]["content"][0] == "A"
    assert form[0]["content"][1] is part


def test_parts_may_be_empty() -> None:
    chat = [{"role": "user", "content": []}]
    assert read(chat).messages == (Message("user"),)


# -- tool calls in the history


def called(arguments: object, **more: object) -> list[dict[str, Any]]:
    call = {"id": "c1", "function": {"name": "pay", "arguments": arguments}, **more}
    return [{"role": "assistant", "content": None, "tool_calls": [call]}]


def call_in(chat: object) -> ToolCall:
    (call,) = read(chat).messages[0].tool_calls
    return call


def test_arguments_in_json_are_read() -> None:
    assert call_in(called('{"to": ["a", {"b": null}]}')).arguments == {"to": ["a", {"b": None}]}


def test_arguments_may_be_a_mapping() -> None:
    assert call_in(called({"to": "a"})).arguments == {"to": "a"}
    (form,), _ = given_back(called({"to": "a"}), change=shouted)
    assert form[0]["tool_calls"][0]["function"]["arguments"] == {"to": "A"}


@pytest.mark.parametrize("text", ["", "{", "[1]", '"a"', "5", "null", "not json", 5000 * "["])
def test_arguments_that_are_no_object_are_text(text: str) -> None:
    assert call_in(called(text)).arguments == text
    (form,), _ = given_back(called(text), change=shouted)
    assert form[0]["tool_calls"][0]["function"]["arguments"] == text.upper()


@pytest.mark.parametrize("text", ['{"a": "b", "a": "c"}', '{"x": {"a": "b", "a": "c"}}'])
def test_arguments_with_a_key_twice_are_text_so_that_nothing_is_hidden(text: str) -> None:
    assert call_in(called(text)).arguments == text


def test_arguments_that_were_not_changed_are_given_letter_for_letter() -> None:
    text = '{ "to":"a",\n "b" : 1.0 }'

    def content_alone(request: Request) -> Request:
        return replace(request, messages=(replace(request.messages[0], text="new"),))

    (form,), _ = given_back(called(text), change=content_alone)
    assert form[0]["content"] == "new"
    assert form[0]["tool_calls"][0]["function"]["arguments"] == text


def test_arguments_that_were_changed_keep_letters_beyond_ascii() -> None:
    (form,), _ = given_back(called('{"to": "é"}'), change=shouted)
    assert form[0]["tool_calls"][0]["function"]["arguments"] == '{"to": "É"}'


def test_a_call_keeps_its_id() -> None:
    assert call_in(called("{}")).id == "c1"


def test_a_call_without_arguments_may_be_changed() -> None:
    chat = [{"role": "assistant", "tool_calls": [{"id": "c1", "function": {"name": "pay"}}]}]
    (form,), _ = given_back(chat, change=shouted)
    assert form[0]["tool_calls"][0]["function"]["name"] == "PAY"


STRANGE_CALLS: list[object] = [
    {"id": "c1", "type": "custom", "custom": {"name": "sql", "input": "needle"}},
    {"id": "c1", "function": {"name": "pay", "arguments": "{}", "note": "needle"}},
    {"id": "c1", "function": "needle"},
    {"id": "c1", "name": "needle"},
    {"name": "pay", "args": {"to": "needle"}},
    "needle",
    ["needle"],
]


@pytest.mark.parametrize("call", STRANGE_CALLS)
def test_every_text_in_a_call_of_another_shape_is_looked_at_or_said_to_be_extra(
    call: object,
) -> None:
    message = read([{"role": "assistant", "tool_calls": [call]}]).messages[0]
    assert "needle" in repr(message) or message.extra


@pytest.mark.parametrize("call", STRANGE_CALLS)
def test_a_call_of_another_shape_that_was_changed_is_given_changed(call: object) -> None:
    chat = [{"role": "assistant", "tool_calls": [call]}]
    looked_at = "needle" in repr(read(chat).messages[0].tool_calls)
    (form,), _ = given_back(chat, change=shouted)
    assert ("needle" not in repr(form)) is looked_at


@pytest.mark.parametrize("calls", ["needle", {"name": "needle"}, 5])
def test_calls_that_are_no_list_are_extra_and_given_as_they_came(calls: object) -> None:
    chat = [{"role": "assistant", "content": "a", "tool_calls": calls}]
    assert read(chat).messages[0].extra == ("tool_calls",)
    (form,), _ = given_back(chat, change=shouted)
    assert form == [{"role": "assistant", "content": "A", "tool_calls": calls}]


@pytest.mark.parametrize("calls", [None, [], ()])
def test_there_may_be_no_calls(calls: object) -> None:
    assert read([{"role": "assistant", "content": "a", "tool_calls": calls}]).text == "a"


# -- where a function takes its request


def test_a_request_may_be_given_by_name() -> None:
    assert read(prompt="hi") == Request("hi")
    assert given_back(prompt="hi", change=shouted) == ((), {"prompt": "HI"})


def test_what_is_given_beside_it_is_passed_on() -> None:
    assert given_back("hi", fn=ask_with, tone="calm", change=shouted) == (
        ("HI",),
        {"tone": "calm"},
    )


def test_a_method_is_given_its_object_first() -> None:
    bot = Bot()
    assert read(bot, "hi", fn=Bot.ask) == Request("hi")
    assert given_back(bot, "hi", fn=Bot.ask, change=shouted) == ((bot, "HI"), {})


def test_a_method_may_be_asked_by_name() -> None:
    bot = Bot()
    assert given_back(bot, fn=Bot.ask, prompt="hi", change=shouted) == ((bot,), {"prompt": "HI"})


def test_a_class_method_is_given_its_class_first() -> None:
    plain = Bot.make.__func__  # type: ignore[attr-defined]  # what the decorator sees
    assert given_back(Bot, "hi", fn=plain, change=shouted) == ((Bot, "HI"), {})


@pytest.mark.parametrize(
    "fn", [Bot().ask, Bot.plain, Bot(), functools.partial(ask), functools.partial(Bot.ask, Bot())]
)
def test_whatever_can_be_called_is_asked(fn: Callable[..., Any]) -> None:
    assert given_back("hi", fn=fn, change=shouted) == (("HI",), {})


def test_a_class_with_sources_takes_them_after_itself() -> None:
    bot, source = Bot(), Source("a", "b")
    assert read(bot, "hi", [source], fn=Bot.ask).sources == (source,)
    assert given_back(bot, "hi", [source], fn=Bot.ask) == ((bot, "hi", (source,)), {})


def test_a_function_needs_a_first_parameter() -> None:
    def none() -> str:
        return ""

    def stars(*args: str) -> str:
        return str(args)

    def names(*, prompt: str) -> str:
        return prompt

    for fn in (none, stars, names):
        with pytest.raises(TypeError, match=f"{fn.__name__} needs a first parameter: the request"):
            Taking(fn)


def test_a_method_needs_a_parameter_beside_its_object() -> None:
    class Mute:
        def ask(self) -> str:
            return ""

    with pytest.raises(TypeError, match=r"Mute.ask needs a first parameter"):
        Taking(Mute.ask)


def test_a_call_without_a_request_names_what_is_missing() -> None:
    with pytest.raises(TypeError, match=r"ask\(\) is missing its first argument, 'prompt'"):
        read()


def test_the_arguments_of_the_caller_are_not_changed() -> None:
    kwargs: dict[str, Any] = {"prompt": "hi", "sources": [Source("a")]}
    _, give = Taking(ask_with)((), kwargs)
    give(Request("other"))
    assert kwargs == {"prompt": "hi", "sources": [Source("a")]}


def test_what_is_given_twice_is_the_same_twice() -> None:
    """A retry asks again, and nothing of the first time is left in the second."""
    _, give = Taking(ask_with)(("hi",), {"sources": [Source("a")]})
    changed = Request("hi", [Source("b")])
    assert give(changed) == give(changed) == (("hi",), {"sources": (Source("b"),)})


# -- sources

ONE, TWO = Source("a", "one"), Source("b", "two")


@pytest.mark.parametrize("sources", [[ONE, TWO], (ONE, TWO), iter([ONE, TWO])])
def test_sources_by_name_join_the_request(sources: Any) -> None:
    request, give = Taking(ask_with)(("hi",), {"sources": sources})
    assert request.sources == (ONE, TWO)
    assert give(request) == (("hi",), {"sources": (ONE, TWO)})


def test_sources_by_place_join_the_request() -> None:
    assert read("hi", [ONE], fn=ask_with).sources == (ONE,)
    assert given_back("hi", [ONE], fn=ask_with) == (("hi", (ONE,)), {})


def test_sources_that_are_admitted_are_the_ones_given() -> None:
    def one_alone(request: Request) -> Request:
        return replace(request, sources=request.sources[:1])

    assert given_back("hi", fn=ask_with, sources=[ONE, TWO], change=one_alone) == (
        ("hi",),
        {"sources": (ONE,)},
    )
    assert given_back("hi", [ONE, TWO], fn=ask_with, change=one_alone) == (("hi", (ONE,)), {})


def test_without_sources_the_function_keeps_its_own_default() -> None:
    assert given_back("hi", fn=ask_with) == (("hi",), {})


def test_sources_of_a_call_join_those_of_the_request() -> None:
    request = read(Request("hi", [ONE]), fn=ask_with, sources=[TWO])
    assert request.sources == (ONE, TWO)


def test_a_function_of_a_request_has_its_sources_in_it() -> None:
    (form,), options = given_back("hi", fn=ask_request, sources=[ONE])
    assert form.sources == (ONE,)
    assert options == {}


def test_a_function_that_takes_any_name_is_given_the_sources() -> None:
    _, options = given_back("hi", fn=ask_anything, sources=[ONE])
    assert options == {"sources": (ONE,)}


def test_a_second_parameter_of_another_name_is_no_sources() -> None:
    def titled(prompt: str, title: str) -> str:
        return prompt + title

    assert given_back("hi", "A title", fn=titled) == (("hi", "A title"), {})


@pytest.mark.parametrize(
    "wrong", [None, 5, "text", [SECRET], ONE, {"a": ONE}, [ONE, {"uri": SECRET}], b"bytes"]
)
def test_sources_of_another_type_are_a_type_error(wrong: object) -> None:
    with pytest.raises(TypeError, match=r"ask_with\(\) takes sources= as a list of") as caught:
        read("hi", fn=ask_with, sources=wrong)
    assert SECRET not in str(caught.value)


# -- tools

TOOLS: list[object] = [{"name": "pay"}, ask]


def ask_tools(prompt: str, tools: object = None) -> str:
    return f"{prompt}{tools}"


def test_tools_by_name_join_the_request_and_go_on_as_they_were_given() -> None:
    request, give = Taking(ask_tools)(("hi",), {"tools": TOOLS})
    assert request.tools == tuple(TOOLS)
    assert give(request)[1]["tools"] is TOOLS


def test_tools_by_place_join_the_request() -> None:
    assert read("hi", TOOLS, fn=ask_tools).tools == tuple(TOOLS)
    assert given_back("hi", TOOLS, fn=ask_tools) == (("hi", TOOLS), {})


def test_tools_of_a_call_join_those_of_the_request() -> None:
    request = read(Request("hi", tools=TOOLS[:1]), fn=ask_tools, tools=TOOLS[1:])
    assert request.tools == tuple(TOOLS)


@pytest.mark.parametrize("tools", [TOOLS, [], None])
def test_a_function_without_a_place_for_tools_has_them_in_the_request_alone(tools: Any) -> None:
    assert read("hi", fn=ask, tools=tools).tools == tuple(tools or ())
    assert given_back("hi", fn=ask, tools=tools) == (("hi",), {})


def test_a_function_that_takes_any_name_is_given_the_tools() -> None:
    assert given_back("hi", fn=ask_anything, tools=TOOLS) == (("hi",), {"tools": TOOLS})


def test_a_request_that_is_called_tools_is_no_list_of_tools() -> None:
    def described(tools: str) -> str:
        return tools

    assert read(fn=described, tools="hammer").text == "hammer"
    assert given_back(fn=described, tools="hammer") == ((), {"tools": "hammer"})


def test_no_tools_are_none_of_the_request() -> None:
    assert read("hi", fn=ask_tools, tools=None).tools == ()
    assert given_back("hi", fn=ask_tools, tools=None) == (("hi",), {"tools": None})


@pytest.mark.parametrize("wrong", [5, SECRET, {"name": SECRET}, iter(TOOLS), SECRET.encode()])
def test_tools_of_another_type_are_a_type_error(wrong: object) -> None:
    with pytest.raises(TypeError, match=r"ask_tools\(\) takes tools= as a list of") as caught:
        read("hi", fn=ask_tools, tools=wrong)
    assert SECRET not in str(caught.value)


# -- wrong types


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        (None, "NoneType"),
        (5, "int"),
        (SECRET.encode(), "bytes"),
        (bytearray(SECRET.encode()), "bytearray"),
        (memoryview(SECRET.encode()), "memoryview"),
        (Message("user", SECRET), "Message"),
        (Accepted(SECRET), "Accepted"),
        (Request, "type"),
        (object(), "object"),
        ({SECRET}, "set"),
        (iter([{"role": "user", "content": SECRET}]), "list_iterator"),
    ],
)
def test_what_is_no_request_is_a_type_error_that_names_function_and_type(
    wrong: object, kind: str
) -> None:
    said = (
        r"^ask\(\) takes text, a Request, a list of chat messages, or a dict, list, dataclass "
        rf"or pydantic model first, not {kind}$"
    )
    with pytest.raises(TypeError, match=said):
        read(wrong)


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        (None, "NoneType"),
        (5, "int"),
        (SECRET, "str"),
        ([SECRET], "list"),
        ({}, "dict"),
        ({"content": SECRET}, "dict"),
        ({"role": None, "content": SECRET}, "dict"),
        ({"role": 5, "content": SECRET}, "dict"),
        (Request(SECRET), "Request"),
    ],
)
def test_what_is_no_message_is_a_type_error_that_names_function_place_and_type(
    wrong: object, kind: str
) -> None:
    with pytest.raises(TypeError, match=rf"^ask\(\).* message 1 .*\b{kind}\b") as caught:
        read([{"role": "user", "content": "hi"}, wrong])
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [(5, "int"), (SECRET.encode(), "bytes"), ({"text": SECRET}, "dict"), (True, "bool")],
)
def test_content_of_another_type_is_a_type_error_that_names_function_place_and_type(
    content: object, kind: str
) -> None:
    said = rf"^ask\(\): the content of message 0 is text or a list of parts, not {kind}$"
    with pytest.raises(TypeError, match=said):
        read([{"role": "user", "content": content}])


def test_a_function_in_a_function_is_named_without_where_it_is() -> None:
    def inner(prompt: str) -> str:
        return prompt

    with pytest.raises(TypeError, match=r"^inner\(\) takes"):
        read(5, fn=inner)


def test_a_method_is_named_with_its_class() -> None:
    with pytest.raises(TypeError, match=r"^Bot.ask\(\) takes"):
        read(Bot(), 5, fn=Bot.ask)


# -- any chat

TEXT = st.text(st.characters(), max_size=5)
VALUES = st.none() | st.integers() | TEXT | st.lists(TEXT, max_size=2)
ARGUMENTS = st.dictionaries(TEXT, VALUES, max_size=2)
CALLS = st.builds(
    lambda name, arguments, call: {"id": call, "function": {"name": name, "arguments": arguments}},
    TEXT,
    ARGUMENTS.map(json.dumps) | TEXT | ARGUMENTS,
    TEXT,
)
PARTS = st.builds(lambda text: {"type": "text", "text": text}, TEXT) | TEXT
DICTS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"role": st.sampled_from(["system", "user", "assistant", "tool", "x"])},
    optional={
        "content": st.none() | TEXT | st.lists(PARTS, max_size=3),
        "tool_calls": st.none() | st.lists(CALLS, max_size=2),
        "name": TEXT,
        "audio": st.dictionaries(TEXT, TEXT, max_size=1),
    },
)


@given(st.lists(DICTS, max_size=4))
def test_any_chat_is_read_and_given_back(chat: list[dict[str, Any]]) -> None:
    before = json.dumps(chat)
    extra = [{"role": "user", "content": "mend this"}]

    def again(request: Request) -> Request:
        return replace(request, messages=(*request.messages, Message("user", "mend this")))

    (form,), _ = given_back(chat, change=again)
    assert form == chat + extra or not chat
    assert all(new is old for new, old in zip(form, chat, strict=False))
    assert json.dumps(chat) == before


@given(st.lists(DICTS, min_size=1, max_size=4))
def test_what_is_given_reads_as_what_was_admitted(chat: list[dict[str, Any]]) -> None:
    """Nothing of the old text is left where a rule put a new one."""
    request, give = Taking(ask)((chat,), {})
    admitted = shouted(request)
    (form,), _ = give(admitted)
    assert read(form).messages == admitted.messages


def test_the_arguments_that_are_read_cannot_be_changed() -> None:
    assert type(call_in(called("{}")).arguments) is FrozenDict
