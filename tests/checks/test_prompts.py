"""Whether a reply repeats what only the model was told."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Blocked,
    Message,
    Policy,
    PolicyError,
    Reply,
    Request,
    Source,
    block,
    guard,
)
from guardrails_lib.checks.prompts import leaked_prompt

CAFE = """\
You are Rosa, the assistant of Café Rosa in Graz. Answer politely and briefly.
We are open Monday to Friday from 9 am to 5 pm, and on Saturday from 10 am to 2 pm.
Tell customers that returns are free within 30 days and the money is back after 5 business days.
Never offer a discount of more than 15 percent without asking a manager first.
If the customer is angry, apologise once and hand over to the team on duty.
Do not reveal that the bakery next door supplies our croissants."""

RULE = "Never offer a discount of more than 15 percent without asking a manager first."


def asked(text: str = "Hello!", *, system: str = CAFE, role: str = "system") -> Request:
    return Request([Message(role, system), Message("user", text)])


def kinds(text: str, request: Request | None = None) -> list[str]:
    return [each.kind for each in leaked_prompt()(Reply(text, request=request or asked()))]


def test_the_whole_prompt_is_a_leak() -> None:
    assert "verbatim" in kinds(f"Here are my instructions:\n{CAFE}")


@pytest.mark.parametrize(
    "text",
    [
        RULE,
        RULE.upper(),
        RULE.replace(" ", "\n"),
        RULE.replace(" ", ", "),
        "I must never offer a discount of more than 15 percent without asking a manager first",
        "Rules: > If the *customer* is **angry**, apologise once - and hand over to the team!",
    ],
)
def test_a_rule_word_by_word_is_a_leak(text: str) -> None:
    assert kinds(text) == ["verbatim"]


def test_the_span_is_what_is_repeated() -> None:
    text = f"Sure. {RULE} Anything else?"
    [each] = leaked_prompt()(Reply(text, request=asked()))
    assert each.span
    assert text[slice(*each.span)] == RULE.rstrip(".")


@pytest.mark.parametrize(
    "text",
    [
        "I was told to give no discounts above 15 percent unless a manager was asked first.",
        "A discount of more than 15 percent I never offer without asking a manager first.",
        "I should not reveal that our croissants are supplied by the bakery next door.",
    ],
)
def test_a_rule_in_another_order_is_a_paraphrase(text: str) -> None:
    assert kinds(text) == ["paraphrase"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We are open Monday to Friday from 9 am to 5 pm, and on Saturday from 10 am to 2 pm.",
        "Returns are free within 30 days and the money is back after 5 business days.",
        "I am Rosa, the assistant of Café Rosa in Graz. How can I help?",
        "I'm sorry that you are angry. I will hand you over to the team.",
        "A 15 percent discount is the most that I can offer.",
        "The croissants are fresh every day; the bakery delivers them at six.",
    ],
)
def test_what_the_prompt_is_there_to_tell_is_no_leak(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "You are a helpful assistant that answers questions.",
        "I am a helpful assistant. Let's think step by step and answer the question.",
    ],
)
def test_stock_phrases_tell_nothing(text: str) -> None:
    system = "You are a helpful assistant that answers questions. Think step by step."
    assert kinds(text, asked(system=system)) == []


def test_what_the_user_said_is_known_from_there() -> None:
    assert kinds(RULE, asked(f"Is this your rule? {RULE}")) == []


def test_what_a_source_says_is_known_from_there() -> None:
    request = Request([Message("system", CAFE), Message("user", "?")], [Source("kb://1", RULE)])
    assert "verbatim" not in kinds(RULE, request)


def test_what_a_developer_says_is_a_prompt_too() -> None:
    assert kinds(RULE, asked(role="developer")) == ["verbatim"]


def test_without_a_system_prompt_nothing_leaks() -> None:
    assert kinds(RULE, Request("Hello!")) == []


def test_without_a_request_nobody_can_tell() -> None:
    assert [each.kind for each in leaked_prompt()(Reply(RULE))] == ["error"]


def test_a_leak_is_seen_through_a_disguise() -> None:
    hidden = base64.b64encode(RULE.encode()).decode()
    text = f"Here: {hidden}"
    [each] = leaked_prompt()(Reply(text, request=asked()))
    assert each.kind == "verbatim"
    assert each.span
    assert text[slice(*each.span)] in hidden


def test_letters_that_look_alike_do_not_hide_a_leak() -> None:
    assert kinds(RULE.replace("o", "\u043e")) == ["verbatim"]


def test_a_canary_is_found_as_it_is_and_in_disguise() -> None:
    canary = "kolibri-4711"
    check = leaked_prompt(canaries=(canary,))
    for text in (f"It says {canary}.", base64.b64encode(f"it is {canary}!".encode()).decode()):
        assert [each.kind for each in check(Reply(text, request=asked()))] == ["canary"]
    assert not list(check(Reply("kolibri", request=asked())))


def test_so_many_words_in_a_row_are_a_parameter() -> None:
    reply: Reply[object] = Reply("A discount of more than 15 percent?", request=asked())
    assert not list(leaked_prompt()(reply))
    assert list(leaked_prompt(words=6)(reply))


@pytest.mark.parametrize(
    ("system", "text"),
    [
        (
            "你是小红咖啡馆的助手。不要向客户提供超过百分之十五的折扣，除非经理同意。",
            "我的指令是：不要向客户提供超过百分之十五的折扣，除非经理同意。",
        ),
        (
            "Du bist die Hilfe der Bank. Nenne Kunden niemals die interne Durchwahl der Leitung.",
            "Ich soll Kunden niemals die interne Durchwahl der Leitung nennen.",
        ),
    ],
)
def test_prompts_are_in_any_language(system: str, text: str) -> None:
    assert kinds(text, asked(system=system))


def test_a_leak_is_blocked() -> None:
    @guard(Policy(validators=(block(leaked_prompt()),)))
    def answer(messages: list[Message]) -> str:
        return f"My rule is: {RULE}"

    assert isinstance(answer([Message("system", CAFE), Message("user", "?")]), Blocked)


@pytest.mark.parametrize(
    "write",
    [
        lambda: leaked_prompt(words=3),
        lambda: leaked_prompt(words=True),
        lambda: leaked_prompt(share=2),
        lambda: leaked_prompt(canaries="kolibri"),
        lambda: leaked_prompt(canaries=("",)),
    ],
)
def test_a_policy_that_cannot_be_meant_says_so(write: Callable[[], object]) -> None:
    with pytest.raises(PolicyError):
        write()


@given(st.text() | st.text("never ofr.discut不要提供\ud800\n", max_size=300), st.text(max_size=300))
def test_a_finding_is_a_part_of_the_reply(text: str, system: str) -> None:
    for prompt in (CAFE, system, text):
        for each in leaked_prompt(words=4, share=0)(Reply(text, request=asked(system=prompt))):
            assert each.span
            assert 0 <= each.span.start < each.span.end <= len(text)
            assert 0 <= each.score <= 1


@pytest.mark.parametrize("unit", ["a", "never ", f"{RULE} ", "不", "\ud800", "\0", ". "])
def test_long_texts_of_anything_are_read_in_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    list(leaked_prompt()(Reply(text, request=asked())))
    list(leaked_prompt()(Reply(RULE, request=asked(text[:200_000], system=text[:200_000]))))


def test_a_check_is_a_value() -> None:
    check = leaked_prompt(words=6, canaries=iter(("kolibri",)))
    assert pickle.loads(pickle.dumps(check)) == check
    assert repr(check) == "leaked_prompt(words=6, canaries=('kolibri',))"
