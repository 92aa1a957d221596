"""What was redacted comes back in the answer, and nowhere else."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, SecretStr, field_validator

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Budget,
    Check,
    Escalated,
    Event,
    Finding,
    Message,
    Outcome,
    Policy,
    Reply,
    Request,
    Rule,
    Source,
    Span,
    ToolCall,
    Vault,
    block,
    check,
    escalate,
    flag,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.testing import ScriptedModel

MAIL = matching(r"[a-z]{1,9}@[a-z]{1,9}\.com")
PRIVATE = Policy(input=(redact(MAIL, restore=True),), sources=(redact(MAIL, restore=True),))
ISSUED = re.compile(r"\[[A-Z_]+_[B-Z]{8}\]")


class Model:
    """A model that keeps what it was asked, and answers with what *say* makes of it."""

    def __init__(self, say: Callable[[str], Any] = str) -> None:
        self.say = say
        self.seen: list[str] = []

    def __call__(self, prompt: str) -> Any:
        self.seen.append(prompt)
        return self.say(prompt)


def asked(model: Model, policy: Policy = PRIVATE, **how: Any) -> Callable[..., Outcome[Any]]:
    @guard(policy, **how)
    def ask(prompt: str, vault: Vault | None = None) -> Any:
        return model(prompt)

    return ask


@check
def word(text: str, *, word: str) -> Iterator[Finding]:
    """Where a word stands."""
    for found in re.finditer(re.escape(word), text):
        yield Finding("it stands there", Span(*found.span()), kind="WORD")


@dataclass
class Card:
    """A typed answer."""

    name: str


# -- in every form of call


def test_the_model_sees_a_placeholder_and_the_caller_the_value() -> None:
    model = Model(lambda prompt: f"You wrote: {prompt}")
    outcome = asked(model)("I am ann@foo.com.")
    assert outcome == Accepted("You wrote: I am ann@foo.com.", outcome.findings)
    assert re.fullmatch(r"I am \[VALUE_[B-Z]{8}\]\.", model.seen[0])


def test_a_coroutine_gives_it_back() -> None:
    @guard(PRIVATE)
    async def ask(prompt: str) -> str:
        assert "ann" not in prompt
        return prompt

    assert asyncio.run(ask("ann@foo.com")).unwrap() == "ann@foo.com"


@given(
    st.lists(st.sampled_from(["ann@foo.com", "bob@foo.com", "[", "]", "[VALUE_", "x", " "])),
    st.lists(st.integers(1, 9), min_size=1, max_size=5),
)
def test_a_stream_gives_it_back_however_it_is_cut(words: list[str], sizes: list[int]) -> None:
    prompt = "-".join(words)

    @guard(PRIVATE)
    def ask(prompt: str) -> Iterator[str]:
        at = turn = 0
        while at < len(prompt):
            yield prompt[at : at + sizes[turn % len(sizes)]]
            at, turn = at + sizes[turn % len(sizes)], turn + 1

    stream = ask(prompt)
    assert "".join(stream) == prompt
    assert stream.outcome.unwrap() == prompt


def test_an_async_stream_gives_it_back() -> None:
    @guard(PRIVATE)
    async def ask(prompt: str) -> AsyncIterator[str]:
        for letter in prompt:
            yield letter

    async def main() -> str:
        return "".join([text async for text in ask("to ann@foo.com, now")])

    assert asyncio.run(main()) == "to ann@foo.com, now"


def test_a_stream_holds_back_no_more_than_may_become_a_placeholder() -> None:
    @guard(PRIVATE)
    def ask(prompt: str) -> Iterator[str]:
        yield "see [1] "
        yield "[VAL"
        yield "UES] "
        yield "[V"

    assert list(ask("ann@foo.com")) == ["see [1] ", "[VALUES] ", "[V"]


def test_a_stream_that_fails_has_shown_what_it_held() -> None:
    @guard(PRIVATE)
    def ask(prompt: str) -> Iterator[str]:
        yield "a [VAL"
        raise RuntimeError("broke")

    shown: list[str] = []
    with pytest.raises(RuntimeError):
        shown.extend(ask("ann@foo.com"))
    stream = ask("ann@foo.com")
    with pytest.raises(RuntimeError):
        for text in stream:
            shown.append(text)
    assert "".join(shown).startswith("a ")


def test_a_method_gives_it_back() -> None:
    class Bot:
        @guard(PRIVATE)
        def ask(self, prompt: str) -> str:
            return prompt

    assert Bot().ask("ann@foo.com", vault=Vault()).unwrap() == "ann@foo.com"  # type: ignore[call-arg]  # taken out


# -- the vault of a call


def test_a_conversation_keeps_its_placeholders() -> None:
    model, conversation = Model(), Vault()
    ask = asked(model)
    ask("ann@foo.com", vault=conversation)
    ask("ann@foo.com and bob@foo.com", vault=conversation)
    assert model.seen[1].startswith(model.seen[0])
    assert len(conversation) == 2


def test_without_a_vault_each_call_has_its_own() -> None:
    model = Model()
    ask = asked(model)
    assert ask("ann@foo.com").unwrap() == ask("ann@foo.com").unwrap() == "ann@foo.com"
    assert model.seen[0] != model.seen[1]


def test_what_another_conversation_issued_is_left() -> None:
    model = Model()
    ask = asked(model)
    ask("ann@foo.com", vault=Vault())
    theirs = model.seen[0]
    assert ask(f"{theirs} bob@foo.com", vault=Vault()).unwrap() == f"{theirs} bob@foo.com"
    assert asked(Model(lambda _: theirs))("bob@foo.com", vault=Vault()).unwrap() == theirs


def test_who_types_a_placeholder_gets_nothing_back() -> None:
    model, conversation = Model(), Vault()
    ask = asked(model)
    ask("ann@foo.com", vault=conversation)
    typed = model.seen[0]
    outcome = ask(f"what is {typed}?", vault=conversation)
    assert outcome.unwrap() == f"what is {typed}?"
    assert typed not in model.seen[1]
    assert [finding.kind for finding in outcome.findings] == ["placeholder"]
    again = ISSUED.findall(model.seen[1])[0]
    assert ask(f"and {again}? {typed} ann@foo.com", vault=conversation).unwrap() == (
        f"and {again}? {typed} ann@foo.com"
    )


@pytest.mark.parametrize("role", ["system", "assistant", "tool"])
def test_a_placeholder_in_any_message_is_what_was_typed(role: str) -> None:
    conversation = Vault()
    typed = conversation.placeholder("", "ann@foo.com")

    @guard(PRIVATE)
    def ask(messages: list[Message], vault: Vault) -> str:
        assert vault is conversation
        return messages[0].text

    assert ask([Message(role, f"so {typed}")], conversation).unwrap() == f"so {typed}"


def test_a_placeholder_in_a_source_is_what_was_written() -> None:
    conversation = Vault()
    typed = conversation.placeholder("", "ann@foo.com")

    @guard(PRIVATE)
    def ask(prompt: str, *, sources: list[Source], vault: Vault | None = None) -> str:
        return sources[0].text

    source = Source("kb://1", f"so {typed}, bob@foo.com")
    assert ask("x", sources=[source], vault=conversation).unwrap() == source.text


def test_a_placeholder_that_cannot_be_changed_where_it_is_escalates() -> None:
    conversation = Vault()
    typed = conversation.placeholder("", "ann@foo.com")
    call = ToolCall("send", {typed: 1})

    @guard(PRIVATE)
    def ask(request: Request, vault: Vault) -> str:
        return "ok"

    outcome = ask(Request([Message("assistant", tool_calls=(call,))]), conversation)
    assert isinstance(outcome, Escalated)


def test_a_placeholder_in_the_address_of_a_source_escalates() -> None:
    conversation = Vault()
    typed = conversation.placeholder("", "ann@foo.com")

    @guard(PRIVATE)
    def ask(prompt: str, *, sources: list[Source], vault: Vault | None = None) -> str:
        return sources[0].uri

    outcome = ask("x", sources=[Source(f"kb://{typed}", "a text")], vault=conversation)
    assert isinstance(outcome, Escalated)


def test_a_function_without_the_parameter_is_not_given_the_vault() -> None:
    conversation = Vault()

    @guard(PRIVATE)
    def ask(prompt: str, **options: Any) -> str:
        assert options == {"temperature": 0}
        return prompt

    assert ask("ann@foo.com", vault=conversation, temperature=0).unwrap() == "ann@foo.com"
    assert len(conversation) == 1


def test_a_function_that_declares_it_is_given_the_vault() -> None:
    given: list[Vault | None] = []

    @guard(PRIVATE)
    def ask(prompt: str, *, vault: Vault | None = None) -> str:
        given.append(vault)
        return prompt

    conversation = Vault()
    ask("x", vault=conversation)
    ask("x")
    assert given == [conversation, None]


def test_a_vault_that_is_something_else_is_the_functions_own() -> None:
    @guard(PRIVATE)
    def ask(prompt: str, vault: str) -> str:
        return vault

    assert ask("x", vault="hers").unwrap() == "hers"


def test_a_vault_without_a_rule_that_restores_is_taken_out_and_unused() -> None:
    conversation = Vault()
    typed = conversation.placeholder("", "ann@foo.com")

    @guard(Policy())
    def ask(prompt: str) -> str:
        return prompt

    assert ask(typed, vault=conversation).unwrap() == typed  # type: ignore[call-arg]  # taken out


class Clock:
    """A time that passes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("say", "returns"),
    [(str, str), (lambda prompt: {"name": prompt}, Card), (Card, Card)],
)
def test_what_expires_during_a_call_ends_it(say: Callable[[str], Any], returns: Any) -> None:
    clock = Clock()

    def late(prompt: str) -> Any:
        clock.now += 99
        return say(prompt)

    ask = asked(Model(late), returns=returns)
    outcome = ask("ann@foo.com", vault=Vault(lifetime=60.0, clock=clock))
    assert isinstance(outcome, Abstained)
    assert [finding.kind for finding in outcome.findings] == ["", "vault"]
    assert "longer lifetime" in outcome.why


def test_what_expires_in_the_arguments_of_a_tool_call_ends_the_call() -> None:
    clock = Clock()

    def late(prompt: str) -> Reply[Any]:
        clock.now += 99
        return Reply("ok", tool_calls=(ToolCall("send", {"to": prompt}),))

    outcome = asked(Model(late))("ann@foo.com", vault=Vault(lifetime=60.0, clock=clock))
    assert isinstance(outcome, Abstained)


@pytest.mark.parametrize("cut", range(1, 17))
def test_what_expires_during_a_stream_ends_it_wherever_it_is_cut(cut: int) -> None:
    clock = Clock()

    @guard(PRIVATE)
    def ask(prompt: str, vault: Vault) -> Iterator[str]:
        yield f"to {prompt[:cut]}"
        clock.now += 99
        yield prompt[cut:]

    stream = ask("ann@foo.com", Vault(lifetime=60.0, clock=clock))
    assert "".join(stream) in {"to ", "to ann@foo.com"}
    assert isinstance(stream.outcome, Abstained)


def test_what_another_call_lets_expire_is_left() -> None:
    clock = Clock()
    conversation = Vault(lifetime=60.0, clock=clock)
    known = conversation.placeholder("", "bob@foo.com")
    clock.now += 99
    outcome = asked(Model(lambda prompt: f"{prompt} {known}"))("ann@foo.com", vault=conversation)
    assert outcome.unwrap() == f"ann@foo.com {known}"


def test_a_full_vault_ends_the_call_and_loses_nothing() -> None:
    model = Model()
    outcome = asked(model)("ann@foo.com bob@foo.com", vault=Vault(limit=1))
    assert isinstance(outcome, Abstained)
    assert [finding.kind for finding in outcome.findings if finding.kind] == ["vault"]
    assert "the vault is full" in outcome.why
    assert model.seen == []


def test_a_vault_from_an_export_goes_on() -> None:
    key, model, conversation = bytes(32), Model(), Vault()
    asked(model)("ann@foo.com", vault=conversation)
    again = Vault.load(conversation.export(key), key)
    reply = model.seen[0]
    assert asked(Model(lambda _: reply))("x", vault=again).unwrap() == "ann@foo.com"


def test_threads_may_talk_in_one_conversation() -> None:
    conversation, wrong = Vault(), []
    ask = asked(Model())

    def work() -> None:
        for n in range(30):
            text = f"{'abc'[n % 3]}@foo.com"
            if ask(text, vault=conversation).unwrap() != text:
                wrong.append(text)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []
    assert len(conversation) == 3


def test_history_is_redacted_again_to_the_same_placeholders() -> None:
    conversation = Vault()
    seen: list[list[Message]] = []

    @guard(PRIVATE)
    def ask(messages: list[Message], vault: Vault) -> str:
        seen.append(messages)
        return f"hello {messages[0].text}"

    first = ask([Message("user", "ann@foo.com")], conversation).unwrap()
    turns = [Message("user", "ann@foo.com"), Message("assistant", first), Message("user", "so?")]
    assert ask(turns, conversation).unwrap() == "hello ann@foo.com"
    assert seen[1][0] == seen[0][0]
    assert seen[1][1].text == f"hello {seen[0][0].text}"


def test_a_shadow_issues_nothing() -> None:
    conversation = Vault()
    ask = asked(Model(), Policy(), shadow=PRIVATE)
    ask("ann@foo.com", vault=conversation)
    assert len(conversation) == 0


def test_a_placeholder_that_was_typed_is_no_difference_to_a_shadow() -> None:
    conversation = Vault()
    typed = conversation.placeholder("", "ann@foo.com")
    outcome = asked(Model(), PRIVATE, shadow=PRIVATE)(typed, vault=conversation)
    assert outcome.unwrap() == typed
    assert outcome.record.differences == ()


def test_a_call_that_is_refused_issues_nothing() -> None:
    conversation = Vault()
    ask = asked(Model(), PRIVATE + Policy(input=(block(containing("bob")),)))
    assert isinstance(ask("ann@foo.com bob", vault=conversation), Blocked)
    assert len(conversation) == 0


def test_a_call_that_redacts_nothing_makes_no_vault() -> None:
    model = Model(lambda _: "[VALUE_BBBBBBBB]")
    assert asked(model)("x").unwrap() == "[VALUE_BBBBBBBB]"


def test_nested_data_comes_back_as_it_was_sent() -> None:
    sent: list[Any] = []

    @guard(PRIVATE, returns=dict[str, Any])
    def ask(form: dict[str, Any], vault: Vault | None = None) -> str:
        sent.append(form)
        return json.dumps(form)

    form = {"who": ["ann@foo.com", 7, None], "cc": {"a": "bob@foo.com, ann@foo.com"}}
    conversation = Vault()
    assert ask(form, vault=conversation).unwrap() == form
    assert ask(sent[0], vault=conversation).unwrap() == sent[0]
    assert "@" not in repr(sent)


# -- typed values


class Contact(BaseModel):
    mail: str = Field(max_length=20)
    notes: dict[str, list[str]] = {}

    @field_validator("mail")
    @classmethod
    def _is_mail(cls, value: str) -> str:
        if "@" not in value:
            raise ValueError(f"{value} is no address")
        return value


def test_a_value_is_restored_before_it_is_read_into_its_type() -> None:
    model = Model(lambda prompt: json.dumps({"mail": prompt, "notes": {prompt: ["x", prompt]}}))
    value = asked(model, returns=Contact)("ann@foo.com").unwrap()
    assert value == Contact(mail="ann@foo.com", notes={"ann@foo.com": ["x", "ann@foo.com"]})


def test_a_dict_that_the_function_returns_is_restored_before_it_is_read() -> None:
    model = Model(lambda prompt: {"mail": prompt, "notes": {"a": [prompt]}})
    value = asked(model, returns=Contact)("ann@foo.com").unwrap()
    assert value == Contact(mail="ann@foo.com", notes={"a": ["ann@foo.com"]})


@pytest.mark.parametrize("wrap", [dict, Card, lambda **kw: Reply("", kw)])
def test_an_instance_that_the_function_returns_is_restored(wrap: Any) -> None:
    value = asked(Model(lambda prompt: wrap(name=prompt)), returns=Card)("ann@foo.com").unwrap()
    assert value == Card("ann@foo.com")


class Account(BaseModel):
    """What JSON does not hold whole."""

    owner: str = Field(alias="ownerName")
    names: dict[str, int] = {}
    token: SecretStr = SecretStr("")
    rank: int = Field(default=0, exclude=True)


def test_an_instance_is_restored_though_json_has_its_names_otherwise() -> None:
    model = Model(lambda prompt: Account(ownerName=prompt, names={prompt: 1}))
    value = asked(model, returns=Account)("ann@foo.com").unwrap()
    assert value == Account(ownerName="ann@foo.com", names={"ann@foo.com": 1})


def test_an_instance_that_json_does_not_hold_whole_loses_nothing() -> None:
    def say(prompt: str) -> Account:
        return Account(ownerName=prompt, names={prompt: 1}, token=SecretStr("let me in"), rank=7)

    value = asked(Model(say), returns=Account)("ann@foo.com").unwrap()
    assert value == say("ann@foo.com")


def test_an_aliased_value_is_redacted_where_json_has_escaped_it() -> None:
    policy = Policy(output=(redact(containing('a"b')),))
    model = Model(lambda prompt: json.dumps({"ownerName": prompt}))
    value = asked(model, policy, returns=Account)('x a"b').unwrap()
    assert value == Account(ownerName="x ███")


def test_an_instance_without_a_placeholder_is_given_on_as_it_is() -> None:
    card = Card("x")
    assert asked(Model(lambda _: card), returns=Card)("ann@foo.com").unwrap() is card


@pytest.mark.parametrize("secret", ['a "quoted" \\ name', "two\nlines", "tab\t\x01", "😀"])
@pytest.mark.parametrize("rules", [(), (redact(containing("zzz")),)], ids=["none", "output"])
def test_a_value_that_json_escapes_breaks_no_json(
    secret: str, rules: tuple[Rule[str], ...]
) -> None:
    policy = Policy(input=(redact(word(word=secret), restore=True),), output=rules)
    model = Model(lambda prompt: f'{{"name": "{prompt}"}}')
    assert asked(model, policy, returns=Card)(secret).unwrap() == Card(secret)


def test_a_typed_stream_is_json_again() -> None:
    for early in (True, False):

        @guard(Policy(input=(redact(word(word='"A"\n'), restore=True),)), returns=Card, early=early)
        def ask(prompt: str) -> Iterator[str]:
            yield from f'{{"name": "{prompt}"}}'

        stream = ask('"A"\n')
        assert json.loads("".join(stream)) == {"name": '"A"\n'}
        assert stream.outcome.unwrap() == Card('"A"\n')


def test_output_rules_look_inside_before_it_is_restored() -> None:
    """What JSON has escaped is looked at by itself, and still without the values."""
    policy = PRIVATE + Policy(output=(redact(MAIL), redact(containing("secret"))))
    model = Model(lambda prompt: f'{{"mail": "{prompt}", "notes": {{"a": ["\\u0073ecret"]}}}}')
    value = asked(model, policy, returns=Contact)("ann@foo.com").unwrap()
    assert value == Contact(mail="ann@foo.com", notes={"a": ["██████"]})


def test_a_placeholder_that_fits_no_type_is_asked_for_again() -> None:
    model = Model(lambda prompt: '{"mail": "[VALUE_BBBBBBBB]"}')
    outcome = asked(model, returns=Contact)("ann@foo.com")
    assert isinstance(outcome, Abstained)
    assert len(model.seen) == 2


# -- tool calls


def test_the_arguments_of_a_tool_call_are_restored() -> None:
    def say(prompt: str) -> Reply[Any]:
        arguments = {"to": [prompt, 1], "by": {prompt: None}, "n": 2.5, "t": (prompt,)}
        return Reply("ok", tool_calls=(ToolCall("send", arguments, "c1"),))

    outcome = asked(Model(say))("ann@foo.com")
    assert isinstance(outcome, Accepted)
    mail = "ann@foo.com"
    arguments = {"to": [mail, 1], "by": {mail: None}, "n": 2.5, "t": (mail,)}
    assert outcome.tool_calls == (ToolCall("send", arguments, "c1"),)


@pytest.mark.parametrize(("form", "made"), [('["{}"]', '["\\"A\\""]'), ("to: {}", 'to: "A"')])
def test_arguments_that_are_text_are_restored(form: str, made: str) -> None:
    policy = Policy(input=(redact(word(word='"A"'), restore=True),))
    model = Model(lambda p: Reply("ok", tool_calls=(ToolCall("send", form.replace("{}", p)),)))
    outcome = asked(model, policy)('"A"')
    assert isinstance(outcome, Accepted)
    assert outcome.tool_calls[0].arguments == made


def test_rules_over_texts_see_placeholders_and_rules_over_calls_what_would_be_run() -> None:
    texts: list[str] = []
    calls: list[ToolCall] = []

    @check
    def over_text(text: str) -> Iterator[Finding]:
        texts.append(text)
        yield from ()

    @check
    def over_call(call: ToolCall) -> Iterator[Finding]:
        calls.append(call)
        yield from ()

    model = Model(lambda prompt: Reply("ok", tool_calls=(ToolCall("send", {"to": prompt}),)))
    asked(model, PRIVATE + Policy(tools=(redact(MAIL), flag(over_text()), flag(over_call()))))(
        "ann@foo.com"
    )
    assert texts == [*model.seen, "to"]
    assert [call.arguments for call in calls] == [{"to": "ann@foo.com"}]


# -- what sees what


def test_output_rules_do_not_see_what_is_restored() -> None:
    policy = PRIVATE + Policy(output=(redact(MAIL), block(containing("ann"))))
    assert asked(Model(), policy)("ann@foo.com").unwrap() == "ann@foo.com"


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b\d{4}(?:[ -]?\d{4}){3}\b",
        r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}",
        r"\+?\d[\d ()-]{6,18}\d",
        r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b",
        r"(?i)\b(?:https?://|www\.)\S{1,99}",
        r"\b\d{3}-\d{2}-\d{4}\b",
        r"\b(?:\d{1,3}\.){3}\d{1,3}\b",
        r"\b[13][a-km-zA-HJ-NP-Z1-9]{25,34}\b",
        r"\b0x[0-9a-fA-F]{40}\b",
        r"\b[A-Z]{1,2}\d{6,8}\b",
    ],
)
def test_no_pattern_of_its_kind_finds_a_placeholder(pattern: str) -> None:
    kinds = ("EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE", "PHONE_NUMBER", "CRYPTO", "US_SSN", "")
    for kind in kinds:
        for _ in range(50):
            assert list(matching(pattern)(Vault().placeholder(kind, "x"))) == []


def seeing(kind: type[Any], seen: list[Any]) -> Check[Any]:
    def look(subject: Any) -> Iterator[Finding]:
        seen.append(subject)
        yield from ()

    look.__annotations__["subject"] = kind
    return check(look)()


def test_validators_of_texts_see_placeholders_and_those_of_values_what_the_caller_gets() -> None:
    texts: list[str] = []
    replies: list[Reply[Any]] = []
    cards: list[Card] = []
    rules = (flag(seeing(str, texts)), flag(seeing(Reply, replies)), flag(seeing(Card, cards)))
    model = Model(lambda prompt: json.dumps({"name": prompt}))
    asked(model, PRIVATE + Policy(validators=rules), returns=Card)("ann@foo.com")
    assert texts == [json.dumps({"name": model.seen[0]})]
    assert replies[0].text == texts[0]
    assert replies[0].value == Card("ann@foo.com") == cards[0]


def test_a_check_that_finds_its_placeholder_escalates() -> None:
    rule = redact(matching(r"[A-Z]{8}|[a-z]{1,9}@foo\.com"), restore=True)
    model = Model()
    outcome = asked(model, Policy(input=(rule,)))("ann@foo.com")
    assert isinstance(outcome, Escalated)
    assert model.seen == []


# -- asked again


def test_the_next_try_sees_placeholders_and_no_values() -> None:
    script = ["too short", "long enough, and more"]
    model = Model(lambda prompt: f"{script.pop(0)} {ISSUED.findall(prompt)[0]}")

    @check
    def short(text: str) -> Iterator[Finding]:
        if len(text) < 36:
            yield Finding(f"{text!r} is short")

    conversation = Vault()
    outcome = asked(model, PRIVATE + Policy(validators=(retry(short()),)))(
        "ann@foo.com", vault=conversation
    )
    assert outcome.unwrap() == "long enough, and more ann@foo.com"
    assert len(set(ISSUED.findall("".join(model.seen)))) == 1
    assert "ann" not in "".join(model.seen)
    assert len(conversation) == 1


def test_what_a_validator_says_of_a_value_reaches_neither_the_model_nor_the_record() -> None:
    model = Model(lambda prompt: json.dumps({"name": ISSUED.findall(prompt)[0]}))
    told: list[Event] = []

    @check
    def unknown(card: Card) -> Iterator[Finding]:
        yield Finding(f"nobody is called {card.name}", kind=card.name)

    policy = PRIVATE + Policy(validators=(retry(unknown()),), budget=Budget(attempts=2))
    outcome = asked(model, policy, returns=Card, observers=(told.append,))("ann@foo.com")
    assert isinstance(outcome, Abstained)
    assert "nobody is called" in model.seen[1]
    said = repr((model.seen, told, outcome, outcome.record, outcome.why))
    assert "ann@foo" not in said


def test_what_an_earlier_turn_redacted_stays_out_of_what_is_said_too() -> None:
    conversation = Vault()
    known = conversation.placeholder("", "ann@foo.com")

    @check
    def unknown(card: Card) -> Iterator[Finding]:
        yield Finding(f"nobody is called {card.name}")

    policy = PRIVATE + Policy(validators=(escalate(unknown()),))
    model = Model(lambda _: json.dumps({"name": known}))
    outcome = asked(model, policy, returns=Card)("who?", vault=conversation)
    assert isinstance(outcome, Escalated)
    assert "ann@foo" not in repr((outcome, outcome.record, outcome.why))


def test_why_a_value_does_not_fit_is_said_without_it() -> None:
    model = Model(lambda prompt: json.dumps({"mail": ISSUED.findall(prompt)[0] * 3}))
    outcome = asked(model, returns=Contact)("ann@foo.com")
    assert isinstance(outcome, Abstained)
    assert "at most 20 characters" in model.seen[1]
    assert "ann@foo" not in repr((model.seen, outcome, outcome.record))


def test_what_a_validator_says_of_a_restored_value_is_not_told() -> None:
    class Known(BaseModel):
        mail: str

        @field_validator("mail")
        @classmethod
        def _is_known(cls, value: str) -> str:
            raise ValueError(f"{value.partition('@')[0]} is unknown")

    model = Model(lambda prompt: json.dumps({"mail": prompt[:16]}))
    outcome = asked(model, returns=Known)("annabel@foo.com")
    assert isinstance(outcome, Abstained)
    assert "- mail: Value error\n" in model.seen[1]
    assert "annabel" not in repr((model.seen, outcome, outcome.record))
    plain = asked(Model(lambda _: json.dumps({"mail": "a@b"})), returns=Known)("x")
    assert "mail: Value error, a is unknown" in plain.why  # type: ignore[union-attr]  # it is refused


def test_a_refusal_restores_nothing() -> None:
    policy = PRIVATE + Policy(output=(block(containing("no"), say="Sorry."),))
    outcome = asked(Model(lambda prompt: f"no {prompt}"), policy)("ann@foo.com")
    assert isinstance(outcome, Blocked)
    assert outcome.say == "Sorry."
    assert "ann" not in repr((outcome, outcome.record))


def test_a_refused_stream_has_shown_the_same_however_it_was_cut() -> None:
    policy = PRIVATE + Policy(output=(block(containing("stop")),))
    shown = set()
    for size in (1, 2, 5, 99):

        @guard(policy)
        def ask(prompt: str, size: int) -> Iterator[str]:
            text = f"a {prompt} b [VALUE_stop"
            for at in range(0, len(text), size):
                yield text[at : at + size]

        stream = ask("ann@foo.com", size)
        shown.add("".join(stream))
        assert isinstance(stream.outcome, Blocked)
    assert len(shown) == 1
    assert shown.pop().startswith("a ann@foo.com b ")


def test_nothing_that_is_restored_is_in_the_record_of_an_accepted_call() -> None:
    told: list[Event] = []
    outcome = asked(Model(), observers=(told.append,))("ann@foo.com")
    assert isinstance(outcome, Accepted)
    assert "ann@foo" not in repr((outcome.findings, outcome.record, told))


# -- keys


@pytest.mark.parametrize("as_text", [False, True])
def test_a_tool_call_in_which_two_keys_would_be_one_is_not_run(as_text: bool) -> None:
    def say(prompt: str) -> Reply[Any]:
        arguments: Any = {"to": [{prompt: 1, "ann@foo.com": 2}]}
        given = json.dumps(arguments) if as_text else arguments
        return Reply("ok", tool_calls=(ToolCall("send", given),))

    outcome = asked(Model(say))("ann@foo.com")
    assert isinstance(outcome, Abstained)
    assert [finding.kind for finding in outcome.findings] == ["", "vault"]
    assert "ann@foo" not in repr((outcome, outcome.record))


@pytest.mark.parametrize("dumped", [True, False])
def test_a_value_in_which_two_keys_would_be_one_is_not_given(dumped: bool) -> None:
    def say(prompt: str) -> Any:
        value = {prompt: 1, "ann@foo.com": 2}
        return json.dumps(value) if dumped else value

    outcome = asked(Model(say), returns=dict[str, int])("ann@foo.com")
    assert isinstance(outcome, Abstained)
    assert [finding.kind for finding in outcome.findings] == ["", "vault"]


# -- overlaps, laws


def test_rules_that_overlap_issue_one_placeholder_for_all_that_they_cover() -> None:
    rules = (
        redact(word(word="ann@foo.com"), restore=True),
        redact(word(word="com/x"), restore=True),
    )
    model = Model()
    assert asked(model, Policy(input=rules))("see ann@foo.com/x!").unwrap() == "see ann@foo.com/x!"
    assert re.fullmatch(r"see \[WORD_[B-Z]{8}\]!", model.seen[0])


@given(st.text(max_size=60) | st.text("ab[]_VALUEB@.com ", max_size=60), st.text(max_size=20))
def test_whatever_is_asked_comes_back_as_it_was(text: str, more: str) -> None:
    """Law 6, over two turns: the second holds what the model saw of the first."""
    rule = redact(matching(r"[a-z@\[\]]{1,3}"), restore=True)
    model, conversation = Model(), Vault()
    ask = asked(model, Policy(input=(rule,)))
    for turn in (text, text + more):
        outcome = ask(turn, vault=conversation)
        if isinstance(outcome, Accepted):
            assert outcome.value == turn
    typed = "".join(model.seen)
    outcome = ask(typed, vault=conversation)
    if isinstance(outcome, Accepted):
        assert outcome.value == typed


def test_a_script_that_copies_a_placeholder_is_restored_in_each_turn() -> None:
    """The whole way, with the fake that applications use in their tests."""
    conversation = Vault()
    known = conversation.placeholder("EMAIL", "ann@foo.com")
    model = ScriptedModel(f"Hello {known}.", f"Bye {known}.")

    @guard(PRIVATE + Policy(validators=(flag(longer_than(limit=3)),)))
    def ask(prompt: str, vault: Vault) -> str:
        return model(prompt).text

    assert ask("hi", conversation).unwrap() == "Hello ann@foo.com."
    assert ask("hi", conversation).unwrap() == "Bye ann@foo.com."
