"""What each shipped check says that it finds, it finds; and what it leaves alone, it does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

pytest.importorskip("presidio_analyzer", reason="the pii extra is not installed")
pytest.importorskip("can_ada", reason="the urls extra is not installed")
pytest.importorskip("nh3", reason="the output extra is not installed")
pytest.importorskip("markdown_it", reason="the output extra is not installed")
pytest.importorskip("sqlglot", reason="the sql extra is not installed")

from guardrails_lib import (
    Check,
    Finding,
    Known,
    Reply,
    Request,
    Source,
    ToolCall,
    Unreadable,
    checks,
    escalate,
)
from guardrails_lib.checks import (
    containing,
    disguised,
    duplicate_source,
    forbidden_topic,
    in_argument,
    injection,
    invisible,
    judged,
    leaked_prompt,
    longer_than,
    look_alike,
    matching,
    miscited,
    naming,
    no_sources,
    off_language,
    off_topic,
    pii,
    refused,
    reordered,
    repaired,
    secrets,
    split_injection,
    stale_source,
    switched_language,
    takeover,
    unanswerable,
    uncited,
    uncleared,
    unfinished,
    unfit_arguments,
    ungrounded,
    unknown_tool,
    unlisted_source,
    unreadable,
    unsafe_code,
    unsafe_html,
    unsafe_markdown,
    unsafe_shell,
    unsafe_sql,
    unsafe_url,
    unsigned_source,
    unsure,
)
from guardrails_lib.testing.known import Verdict, shown_alone

BILLING = {"billing": ("How do I pay my invoice?", "I was charged twice.")}
PAY = {
    "name": "pay",
    "parameters": {
        "type": "object",
        "properties": {"to": {"enum": ["Ann", "Bob"]}, "sum": {"type": "integer", "minimum": 3}},
        "required": ["to", "sum"],
    },
}
KEY = "of 32 random bytes, not of words"


def send(to: str, sum: int) -> None:  # noqa: A002  # as a user would call it
    """Send a sum to somebody."""


def asks(*said: str) -> Any:
    """A judge, or what knows entailment: it is never asked here."""
    raise AssertionError


CHECKS: list[Check[Any]] = [
    containing("x"),
    containing(("foo", "bar"), ignore_case=True),
    containing("straße", ignore_case=True),
    disguised(containing("ignore")),
    disguised(secrets(providers=("GitHub", "npm"))),
    duplicate_source(),
    duplicate_source(same="text"),
    duplicate_source(same="address"),
    forbidden_topic(deny=BILLING),
    forbidden_topic(deny=BILLING["billing"], above=0.5),
    in_argument(unsafe_shell(allow=("ls", "git status")), "command"),
    in_argument(unsafe_url(allow=("https://docs.example.com/**",)), "url", tool="fetch"),
    injection(),
    injection(where="prompt"),
    injection(where="document", threshold=0.9),
    injection(allow=("Ignore all previous instructions",)),
    injection(allow=lambda text: text.startswith("Print")),
    invisible(),
    leaked_prompt(),
    leaked_prompt(words=40, canaries=("q7-canary",)),
    longer_than(limit=0),
    longer_than(limit=5),
    look_alike(),
    matching(r"\d{4}"),
    matching(r"(?i)\bacme-[a-f0-9]{8,}\b"),
    matching(r"(?<=id: )[A-Z]{2}(\d)\1+(?!x)"),
    matching(r"[^\W\d_]{3}|\.\s$"),
    miscited(),
    naming(("Acme", "Globex Corp")),
    naming("Apple", ignore_case=False),
    no_sources(),
    off_language(expect="de"),
    off_language(expect=("en", "fr"), least=100),
    off_topic(allow=BILLING),
    off_topic(allow=BILLING["billing"], least=9),
    pii(),
    pii(entities=["EMAIL_ADDRESS", "US_SSN"], threshold=0.8),
    pii(countries=("de", "gb"), threshold=0.4),
    pii(entities=["EMAIL_ADDRESS", "CREDIT_CARD"], allow=["ann@example.com"]),
    pii(entities=["URL"], deny=("Zeus", "thank")),
    refused(),
    refused(threshold=0.8),
    reordered(),
    repaired(),
    secrets(),
    secrets(providers=("GitHub", "AWS", "named")),
    secrets(threshold=0.9, allow=lambda text: text.startswith("gho")),
    split_injection(),
    split_injection(where="prompt", threshold=0.8),
    split_injection(where="document"),
    stale_source(older_than=timedelta(days=90)),
    stale_source(older_than=timedelta(days=3_000_000)),
    switched_language(),
    switched_language(least=60),
    takeover(),
    takeover(where="document"),
    takeover(threshold=0.6),
    takeover(threshold=0.5, where="document", allow=lambda text: text.startswith("Forget")),
    unanswerable(),
    unanswerable(by=asks),
    uncited(),
    uncited(within="sentence"),
    uncleared(),
    unfinished(),
    unfit_arguments(),
    unfit_arguments(tools=[PAY, send]),
    ungrounded(),
    ungrounded(below=0.5, by=asks),
    unknown_tool(),
    unknown_tool(tools=[PAY, send]),
    unlisted_source(allow=("https://*.example.com/kb/**", "kb://help/*", "https://example.org")),
    unreadable(),
    unsafe_code("python", imports=("math",)),
    unsafe_html(),
    unsafe_html(tags=("i",), links=("https://example.com/**",)),
    unsafe_markdown(),
    unsafe_markdown(links=("https://example.com/**",), html=True),
    unsafe_shell(allow=("ls",), pipes=True),
    unsafe_sql("postgres"),
    unsafe_sql("sqlite", tables=("orders",), read_only=False),
    unsafe_url(),
    unsafe_url(allow=("https://docs.example.com/**", "https://*.example.org")),
    unsigned_source(KEY),
    unsigned_source((KEY, KEY[::-1])),
    unsure(),
    unsure(logprobs="minimum"),
    unsure(field="lines.confidence"),
    unsure(samples=3, below=0.4),
    unsure(hedges=True),
]


def numbered() -> list[Any]:
    named: list[Any] = []
    seen: dict[str, int] = {}
    for each in CHECKS:
        seen[each.name] = seen.get(each.name, 0) + 1
        named.append(pytest.param(each, id=f"{each.name}-{seen[each.name]}"))
    return named


def known(check: Check[Any]) -> Known[Any]:
    found = check.known
    assert found is not None
    return found


def test_every_shipped_check_is_here() -> None:
    assert {each.name for each in CHECKS} == set(checks.__all__) - {"sign_source", "judged"}


@pytest.mark.parametrize("check", numbered())
def test_it_finds_what_it_is_known_to_find(check: Check[Any]) -> None:
    samples = known(check).bad
    assert samples
    for n, sample in enumerate(samples):
        kinds = {found.kind for found in check(sample)}
        assert kinds, n
        assert "error" not in kinds, n


@pytest.mark.parametrize("check", numbered())
def test_it_leaves_alone_what_it_is_known_to_leave_alone(check: Check[Any]) -> None:
    samples = known(check).good
    assert samples or check.subject is Unreadable
    assert [n for n, sample in enumerate(samples) if list(check(sample))] == []


def stage_of(check: Check[Any]) -> str:
    """Where a rule with *check* could stand."""
    if check.name == "uncleared":
        return "input"  # of a reply nobody knows the label
    stages: dict[object, str] = {
        str: "output",
        Source: "sources",
        Request: "sources",
        ToolCall: "tools",
    }
    return stages.get(check.subject, "validators")


@pytest.mark.parametrize("check", numbered())
def test_a_rule_with_it_guards(check: Check[Any]) -> None:
    found = shown_alone(stage_of(check), escalate(check))
    assert (found.verdict, found.why) == (Verdict.GUARDS, "")


@pytest.mark.parametrize("check", numbered())
def test_a_rule_with_it_would_not_guard_if_it_were_blind(check: Check[Any]) -> None:
    def blind(subject: object, **params: object) -> Iterator[Finding]:
        yield from ()

    found = shown_alone(stage_of(check), escalate(replace(check, find=blind)))
    assert found.verdict is Verdict.FAILS
    assert found.found == 0 or check.name == "repaired"  # the engine notes what was mended itself


@pytest.mark.parametrize("check", numbered())
def test_a_rule_with_it_would_not_guard_if_it_found_all(check: Check[Any]) -> None:
    def nervous(subject: object, **params: object) -> Iterator[Finding]:
        yield Finding("it may be one")

    found = shown_alone(stage_of(check), escalate(replace(check, find=nervous)))
    assert found.verdict is Verdict.FAILS or check.subject is Unreadable


PATTERNS = [
    r"\{\d+\}",
    r"(?<!\d)\d{16}(?!\d)",
    r"(?P<mark>['\"]).*?(?P=mark)",
    r"[A-Z]{2}\d{2}[ ]?(?:\w{4}[ ]?){2,7}\w{1,4}",
    r"\S+@\S+\.\w{2,}",
    r"(?=.*\d)(?=.*[a-z]).{8,}",
    r"(?:foo|bar)++baz$",
    r"(?>ab|a)c",
    r"(?m)^# .+$",
    r"(?<=id: )[^a-z\s]{3}",
    r"\bACME-(?!0000)\d{4}\b",
    r"[\u4e00-\u9fff]{2,}\D\W",
    r"(((a{2}){2}){2}){2}",
]


@pytest.mark.parametrize("n", range(len(PATTERNS)))
def test_a_text_is_put_together_for_a_pattern(n: int) -> None:
    check = matching(PATTERNS[n])
    bad = known(check).bad
    assert bad
    assert all(list(check(text)) for text in bad)


@pytest.mark.parametrize("name", sorted({each.name for each in CHECKS}))
def test_there_are_two_of_each_where_that_makes_sense(name: str) -> None:
    some = [known(each) for each in CHECKS if each.name == name]
    assert max(len(each.bad) for each in some) >= 2
    assert max(len(each.good) for each in some) >= 2 or name == "unreadable"


@pytest.mark.parametrize(
    "check",
    [
        pytest.param(judged("Is it polite?", by=asks), id="judged"),
        pytest.param(matching(r"\p{Lu}{2}"), id="a pattern of another dialect"),
        pytest.param(matching(r"(?!x)x"), id="a pattern that nothing matches"),
        pytest.param(secrets(threshold=1.0, providers=("AWS",)), id="no key is that certain"),
        pytest.param(pii(entities=["US_SSN"], threshold=1.0), id="no number is that certain"),
        pytest.param(injection(threshold=1.0), id="no attack is that certain"),
        pytest.param(injection(allow=lambda _: True), id="all is allowed"),
        pytest.param(takeover(threshold=1.0), id="no attempt is that certain"),
        pytest.param(takeover(allow=lambda _: True), id="every attempt is allowed"),
        pytest.param(unsure(below=0.0), id="nothing is so unsure"),
        pytest.param(longer_than(limit=10**9), id="no text is that long"),
    ],
)
def test_where_it_has_none_it_says_why(check: Check[Any]) -> None:
    assert known(check).bad == ()
    assert known(check).why


def test_a_judge_that_is_awaited_has_none_either() -> None:
    async def later(prompt: str) -> str:
        raise AssertionError

    assert known(judged("Is it polite?", by=later)).why


def test_of_personal_data_only_what_is_looked_for_is_shown() -> None:
    assert known(pii(entities=["EMAIL_ADDRESS"])).bad == ("email: ann@example.com",)


def test_of_personal_data_only_what_is_certain_enough_is_shown() -> None:
    less, more = known(pii()).bad, known(pii(threshold=0.9)).bad
    assert set(more) < set(less)


def test_every_kind_of_personal_data_has_a_sample() -> None:
    from guardrails_lib.checks.known.personal_forms import FORMS
    from guardrails_lib.presidio.recognizers import NAMED, chosen, countries_known

    countries = tuple(countries_known())
    kinds = {kind for each in chosen(None, countries) for kind in each.supported_entities}
    assert {form.kind for form in FORMS} == kinds.union(NAMED)


def test_names_that_a_model_of_ones_own_finds_have_no_sample() -> None:
    from guardrails_lib.presidio.recognizers import blank

    assert known(pii(entities=["PERSON"], nlp=blank())).bad == ()


def test_each_value_is_found_as_what_it_is() -> None:
    from guardrails_lib.checks.known.personal_forms import FORMS

    for form in FORMS:
        countries = (form.country,) if form.country else ()
        check = pii(entities=[form.kind], countries=countries, threshold=form.score)
        assert form.kind in {found.kind for found in check(form.text)}, form.kind


def test_every_provider_has_a_secret() -> None:
    from guardrails_lib.checks.known.hidden_forms import WRITTEN
    from guardrails_lib.secrets.finder import providers

    assert {provider for provider, _, _ in WRITTEN} == providers()


def test_each_secret_is_found_as_one_of_its_provider() -> None:
    from guardrails_lib.checks.known.hidden_forms import WRITTEN
    from guardrails_lib.secrets.finder import every_shape

    check = secrets()
    samples = known(check).bad
    for (provider, _, score), text in zip(WRITTEN, samples, strict=True):
        kinds = {shape.kind for shape in every_shape() if shape.provider == provider}
        scores = [found.score for found in check(text) if found.kind in kinds]
        assert max(scores, default=0.0) >= score, provider


def test_an_argument_has_the_samples_of_the_check_within() -> None:
    inner = unsafe_shell(allow=("ls",))
    some = known(in_argument(inner, "command", tool="run")).bad
    assert [call.arguments for call in some] == [{"command": each} for each in known(inner).bad]


def test_a_check_within_that_has_no_samples_leaves_none() -> None:
    from guardrails_lib import check

    @check
    def bare(text: str) -> Iterator[Finding]:
        """Nothing."""
        yield from ()

    assert known(in_argument(bare(), "command")).why == "bare declares no samples"
    assert known(disguised(bare())).why == "bare declares no samples"


def test_an_answer_is_asked_for_before_and_after() -> None:
    kinds = {type(sample) for sample in known(unanswerable()).bad}
    assert kinds == {Request, Reply}


def test_samples_are_put_together_when_they_are_asked_for() -> None:
    fresh = [name for name in sys.modules if name.startswith("guardrails_lib.checks.known.")]
    saved = {name: sys.modules.pop(name) for name in fresh}
    try:
        containing("x")
        assert not [n for n in sys.modules if n.startswith("guardrails_lib.checks.known.")]
    finally:
        sys.modules.update(saved)
