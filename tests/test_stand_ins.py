"""What stands for a text that is redacted for good."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Accepted,
    Action,
    Escalated,
    Finding,
    Policy,
    PolicyError,
    Rule,
    Span,
    block,
    check,
    flag,
    guard,
    hashed,
    label,
    mask,
    redact,
    synthetic,
)
from guardrails_lib._mask import Cover, masked
from guardrails_lib._stand_ins import StandIn, pseudonym
from guardrails_lib.checks import matching

MAIL = matching(r"[a-z]{1,9}@[a-z]{1,9}\.com")
STAND_INS = [mask("█"), label(), hashed(b"a key"), synthetic(7)]
every_stand_in = pytest.mark.parametrize("stand_in", STAND_INS, ids=repr)


@check(width=20)
def entity(text: str, *, word: str, kind: str, score: float = 1.0) -> Iterator[Finding]:
    """Where a word stands."""
    for found in re.finditer(re.escape(word), text):
        yield Finding("it stands there", Span(*found.span()), score, kind=kind)


def asked(text: str, *rules: Rule[str]) -> str:
    """What the model is asked."""

    @guard(Policy(input=rules))
    def ask(prompt: str) -> str:
        return prompt

    return ask(text).unwrap()


# -- one by one


def test_a_mask_has_the_length_of_the_text() -> None:
    assert mask("*")("PIN", "1234") == "****"


@pytest.mark.parametrize("wrong", ["", "ab", 5, None])
def test_a_mask_is_one_character(wrong: Any) -> None:
    with pytest.raises(PolicyError, match="one character"):
        mask(wrong)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("EMAIL", "[EMAIL]"),
        ("us ssn", "[US_SSN]"),
        ("<b>", "[B]"),
        ("", "[VALUE]"),
        ("дом", "[VALUE]"),
        ("IP_V4", "[IP_V4]"),
        ("A" * 99, f"[{'A' * 40}]"),
    ],
)
def test_a_label_is_the_kind_in_brackets(kind: str, said: str) -> None:
    assert label()(kind, "x") == said


def test_a_hash_is_letters_behind_the_kind() -> None:
    assert re.fullmatch(r"\[EMAIL:[B-Z]{16}\]", hashed("a key")("EMAIL", "ann@example.com"))


def test_a_hash_is_the_same_in_every_process() -> None:
    script = "from guardrails_lib import hashed; print(hashed('a key')('PIN', '1234'))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashed("a key")("PIN", "1234")


def test_a_hash_joins_though_the_kinds_differ() -> None:
    made = [hashed(b"a key")(kind, "0301234") for kind in ("PHONE", "ACCOUNT")]
    assert made[0].partition(":")[2] == made[1].partition(":")[2]


def test_another_key_makes_another_hash() -> None:
    assert hashed(b"one")("PIN", "1234") != hashed(b"two")("PIN", "1234")


def test_a_key_as_text_is_its_bytes() -> None:
    assert hashed("schlüssel") == hashed("schlüssel".encode())


@pytest.mark.parametrize("wrong", ["", b"", None, 5])
def test_a_hash_needs_a_key(wrong: Any) -> None:
    with pytest.raises(PolicyError, match="key"):
        hashed(wrong)


@given(st.text(), st.text())
def test_a_hash_takes_any_text(kind: str, text: str) -> None:
    assert re.fullmatch(r"\[[A-Z0-9_]+:[B-Z]{16}\]", hashed(b"a key")(kind, text))


# -- fakes


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def passes_luhn(text: str) -> bool:
    numbers = [int(each) for each in reversed(digits(text))]
    doubled = [sum(divmod(2 * each, 10)) for each in numbers[1::2]]
    return (sum(numbers[::2]) + sum(doubled)) % 10 == 0


def punctuation(text: str) -> str:
    return re.sub(r"\w", "x", text)


FAKED = [
    ("EMAIL_ADDRESS", "ann@example.com", r"[\w.]+@example\.(com|org|net)"),
    ("PHONE_NUMBER", "+49 (30) 1234-567", r"\+49 \(\d\d\) \d{4}-\d{3}"),
    ("PHONE_NUMBER", "030 1234567", r"0\d{2} \d{7}"),
    ("CREDIT_CARD", "4111-1111-1111-1111", r"4\d{3}-\d{4}-\d{4}-\d{4}"),
    ("CREDIT_CARD", "378282246310005", r"3\d{14}"),
    ("IBAN_CODE", "DE89 3704 0044 0532 0130 00", r"DE\d\d( \d{4}){4} \d\d"),
    ("IBAN_CODE", "GB82WEST12345698765432", r"GB\d\d[A-Z]{4}\d{14}"),
    ("DATE_TIME", "9999-12-31", r"\d{4}-\d\d-\d\d"),
    ("DATE_TIME", "2021-03-04", r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-2])"),
    ("DATE_TIME", "3/4/2021", r"([1-9]|1[0-2])/([1-9]|1[0-2])/\d{4}"),
    ("DATE_TIME", "March 5, 2020", r"[A-Z][a-z]+ \d{1,2}, \d{4}"),
    ("DATE_TIME", "5 mar 2020", r"\d{1,2} [a-z]{3} \d{4}"),
    ("PERSON", "Ann Lee", r"[A-Z][a-z]+ [A-Z]\w+"),
    ("PERSON", "ANN", r"[A-Z]+"),
    ("LOCATION", "Berlin", r"[A-Z][\w ]+"),
    ("URL", "https://shop.example.com/a/b1", r"https://[\w.-]+/[a-z]/[a-z]\d"),
    ("IP_ADDRESS", "10.0.0.1", r"\d+\.\d+\.\d+\.\d+"),
    ("IP_ADDRESS", "::1", r"[0-9a-f:]+"),
    ("US_SSN", "123-45-6789", r"\d{3}-\d{2}-\d{4}"),
    ("PATIENT", "Ab-12/ß", r"[A-Z][a-z]-\d\d/[a-z]"),
    ("", "---", r"[A-Za-z]+"),
    ("", "", r"[A-Za-z]+"),
]


@pytest.mark.parametrize(("kind", "text", "shape"), FAKED)
def test_a_fake_has_the_shape_of_its_kind(kind: str, text: str, shape: str) -> None:
    for seed in range(20):
        made = synthetic(seed)(kind, text)
        assert re.fullmatch(shape, made), made
        assert made != text


def test_a_fake_card_passes_its_check() -> None:
    for seed in range(50):
        assert passes_luhn(synthetic(seed)("CREDIT_CARD", "4111 1111 1111 1111"))


def test_a_fake_iban_passes_its_check() -> None:
    for seed in range(50):
        made = synthetic(seed)("IBAN_CODE", "GB82 WEST 1234 5698 7654 32").replace(" ", "")
        number = "".join(str(int(each, 36)) for each in made[4:] + made[:4])
        assert int(number) % 97 == 1


@given(st.sampled_from([kind for kind, _, _ in FAKED]), st.text())
def test_a_fake_is_never_the_text_and_always_the_same(kind: str, text: str) -> None:
    made = synthetic(7)(kind, text)
    assert made != text
    assert synthetic(7)(kind, text) == made


def test_another_seed_makes_another_fake() -> None:
    made = {synthetic(seed)("EMAIL_ADDRESS", "ann@example.com") for seed in range(9)}
    assert len(made) == 9


def test_a_fake_is_the_same_in_every_process() -> None:
    script = "from guardrails_lib import synthetic; print(synthetic(7)('PERSON', 'Ann Lee'))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == synthetic(7)("PERSON", "Ann Lee")


def test_a_fake_draws_on_nobodys_random() -> None:
    import random

    before = random.getstate()
    synthetic(7)("PERSON", "Ann Lee")
    assert random.getstate() == before


@pytest.mark.parametrize("wrong", [None, 1.5, True])
def test_a_seed_is_a_number_or_a_text(wrong: Any) -> None:
    with pytest.raises(PolicyError, match="seed"):
        synthetic(wrong)


def test_without_faker_the_line_that_installs_it_is_named(monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "faker", None)
    monkeypatch.delitem(sys.modules, "guardrails_lib._synthetic", raising=False)
    with pytest.raises(ImportError, match=r'pip install "guardrails-lib\[synthetic\]"'):
        importlib.import_module("guardrails_lib._synthetic")


# -- in a rule


@every_stand_in
def test_a_stand_in_is_a_value(stand_in: StandIn) -> None:
    rule = redact(MAIL, with_=stand_in)
    assert pickle.loads(pickle.dumps(stand_in)) == stand_in
    assert hash(rule) == hash(redact(MAIL, with_=stand_in))
    assert rule != redact(MAIL)


def test_a_rule_prints_what_stands_in() -> None:
    assert repr(redact(MAIL, with_=mask("█"))).endswith("with_=mask('█'))")
    assert repr(redact(MAIL, with_=label())).endswith("with_=label())")
    assert repr(redact(MAIL, with_=synthetic(7))).endswith("with_=synthetic(7))")
    assert repr(redact(MAIL, restore=True)).endswith("restore=True)")


def test_a_key_is_printed_nowhere() -> None:
    policy = Policy(input=(redact(MAIL, with_=hashed("hush-hush")),))
    assert "hush" not in f"{policy!r}{policy}{policy.fingerprint}{policy.input[0].with_!r}"


def test_the_fingerprint_tells_stand_ins_apart() -> None:
    ways: list[Any] = [*STAND_INS, hashed(b"another"), mask("*"), synthetic(8)]
    policies = [Policy(input=(redact(MAIL, with_=way),)) for way in ways]
    policies += [Policy(input=(redact(MAIL),)), Policy(input=(redact(MAIL, restore=True),))]
    assert len({policy.fingerprint for policy in policies}) == len(policies)


@pytest.mark.parametrize("how", [{"restore": True}, {"with_": label()}], ids=str)
@pytest.mark.parametrize("verb", [flag, block])
def test_only_redact_puts_something_in_place(verb: Any, how: Any) -> None:
    with pytest.raises(PolicyError, match="for redact"):
        verb(MAIL, **how)


def test_a_text_cannot_be_restored_and_stood_in_for() -> None:
    with pytest.raises(PolicyError, match="one thing or the other"):
        redact(MAIL, restore=True, with_=label())


@pytest.mark.parametrize("factory", [mask, label, hashed, synthetic])
def test_a_stand_in_that_was_not_called_is_told_so(factory: Any) -> None:
    with pytest.raises(PolicyError, match="call it"):
        redact(MAIL, with_=factory)


def test_a_stand_in_is_called_with_kind_and_text() -> None:
    with pytest.raises(PolicyError, match="stand-in"):
        redact(MAIL, with_="█")  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize("stage", ["output", "tools", "validators"])
def test_what_is_redacted_in_an_answer_is_not_restored(stage: str) -> None:
    rules: dict[str, Any] = {stage: (redact(MAIL, restore=True),)}
    with pytest.raises(PolicyError, match=r"restore|redact"):
        Policy(**rules)


def test_two_ways_to_redact_the_same_contradict_each_other() -> None:
    with pytest.raises(PolicyError, match="contradict"):
        Policy(input=(redact(MAIL),)) + Policy(input=(redact(MAIL, restore=True),))
    with pytest.raises(PolicyError, match="contradict"):
        Policy(input=(redact(MAIL, with_=label()), redact(MAIL, with_=mask("*"))))


# -- in a call


@pytest.mark.parametrize(
    ("stand_in", "said"),
    [
        (mask("*"), "to ***********, now"),
        (label(), "to [VALUE], now"),
        (lambda _, text: f"<{len(text)}>", "to <11>, now"),
    ],
)
def test_the_model_sees_what_stands_in(stand_in: StandIn, said: str) -> None:
    assert asked("to ann@foo.com, now", redact(MAIL, with_=stand_in)) == said


@every_stand_in
def test_an_answer_has_what_stands_in(stand_in: StandIn) -> None:
    @guard(Policy(output=(redact(MAIL, with_=stand_in),)))
    def ask(prompt: str) -> str:
        return "to ann@foo.com, now"

    @guard(Policy(output=(redact(MAIL, with_=stand_in),)))
    def stream(prompt: str) -> Iterator[str]:
        yield from "to ann@foo.com, now"

    outcome = ask("x")
    assert outcome.unwrap() == f"to {stand_in('', 'ann@foo.com')}, now"
    assert "".join(stream("x")) == outcome.unwrap()


def test_a_fake_that_the_check_finds_again_does_not_escalate() -> None:
    mails = matching(r"[a-z0-9.]{1,30}@[a-z]{1,9}\.[a-z]{3}")
    kind = entity(word="ann@foo.com", kind="EMAIL_ADDRESS")
    made = asked(
        "to ann@foo.com", redact(mails, with_=synthetic(7)), redact(kind, with_=synthetic(7))
    )
    assert made != "to ann@foo.com"
    assert asked(made) == made


def test_a_stand_in_that_leaves_the_text_there_escalates() -> None:
    @guard(Policy(input=(redact(MAIL, with_=lambda _, text: f"({text})"),)))
    def ask(prompt: str) -> str:
        return prompt

    assert isinstance(ask("to ann@foo.com"), Escalated)


@pytest.mark.parametrize("made", [None, 5, b"x"])
def test_a_stand_in_that_makes_no_text_is_no_pass(made: Any) -> None:
    assert asked("to ann@foo.com", redact(MAIL, with_=lambda *_: made)) == f"to {'█' * 11}"


def test_a_stand_in_that_breaks_is_no_pass() -> None:
    def broken(kind: str, text: str) -> str:
        raise RuntimeError(text)

    assert asked("to ann@foo.com", redact(MAIL, with_=broken)) == f"to {'█' * 11}"


def test_what_overlaps_is_one_text_with_one_stand_in() -> None:
    rules = [
        redact(entity(word="ann@foo.com", kind="EMAIL", score=0.9), with_=label()),
        redact(entity(word="foo.com/x", kind="URL", score=0.5), with_=label()),
    ]
    assert asked("to ann@foo.com/x", *rules) == "to [EMAIL]"


@pytest.mark.parametrize(
    ("scores", "kind"), [((0.9, 0.5), "A"), ((0.5, 0.9), "B"), ((0.5, 0.5), "B")]
)
def test_the_best_finding_says_of_what_kind_it_is(scores: tuple[float, float], kind: str) -> None:
    """The surest; then the longest."""
    rules = [
        redact(entity(word="abc", kind="A", score=scores[0]), with_=label()),
        redact(entity(word="bcde", kind="B", score=scores[1]), with_=label()),
    ]
    assert asked("abcde", *rules) == f"[{kind}]"


def test_of_two_alike_the_first_says_of_what_kind_it_is() -> None:
    found = [Finding("x", Span(1, 3), kind="B"), Finding("x", Span(0, 2), kind="A")]
    assert masked("abc", [Cover(each, label()) for each in found]) == "[A]"


def test_what_is_redacted_for_good_wins_over_what_stands_in() -> None:
    rules = [
        redact(entity(word="abc", kind="A"), with_=label()),
        redact(entity(word="cd", kind="B")),
    ]
    assert asked("abcde", *rules) == "████e"


def test_what_stands_in_for_good_wins_over_what_is_restored() -> None:
    found = Finding("x", Span(0, 2), kind="A"), Finding("x", Span(1, 3), kind="B", score=0.1)
    assert masked("abc", [Cover(found[0], pseudonym), Cover(found[1], label())]) == "[B]"


def test_tool_calls_and_sources_have_what_stands_in() -> None:
    from guardrails_lib import Reply, Request, Source, ToolCall

    seen: list[Request] = []

    @guard(Policy(sources=(redact(MAIL, with_=label()),), tools=(redact(MAIL, with_=label()),)))
    def ask(request: Request) -> Reply[Any]:
        seen.append(request)
        return Reply("done", tool_calls=(ToolCall("send", {"to": ["ann@foo.com"]}),))

    outcome = ask(Request("x", [Source("kb://1", "by bob@foo.com")]))
    assert seen[0].sources[0].text == "by [VALUE]"
    assert isinstance(outcome, Accepted)
    assert outcome.tool_calls[0].arguments == {"to": ["[VALUE]"]}


def test_findings_hold_nothing_of_what_stood_there() -> None:
    @guard(Policy(input=(redact(MAIL, with_=label()),)))
    def ask(prompt: str) -> str:
        return "ok"

    outcome = ask("to ann@foo.com")
    assert [event.action for event in outcome.record.events if event.finding] == [Action.REDACT]
    assert "ann@" not in repr((outcome, outcome.record))


def test_a_key_is_in_no_dict_that_is_made_of_a_policy() -> None:
    policy = Policy(input=(redact(MAIL, with_=hashed("key number one")),))
    assert "number one" not in repr(dataclasses.asdict(policy))
    assert copy.deepcopy(hashed("k"))("PIN", "1234") == hashed("k")("PIN", "1234")


def test_any_text_is_a_key() -> None:
    assert hashed("\ud800")("PIN", "1234") != hashed("k")("PIN", "1234")
