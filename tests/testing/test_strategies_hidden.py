"""Secrets that open nothing: each is found, and what looks like one is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from guardrails_lib.checks import secrets
from guardrails_lib.secrets.finder import providers
from guardrails_lib.testing.strategies.gold import Gold
from guardrails_lib.testing.strategies.hidden import PROVIDERS, secrets_in_text
from guardrails_lib.testing.strategies.hidden.drawn import crossed_out, matching

FOUND_CROSSED_OUT = {"Dropbox", "Twitter"}
"""Whose form is so narrow that `secrets()` takes a crossed-out one for a token too."""


def each_of(names: list[str], *, valid: bool) -> st.SearchStrategy[tuple[Gold, ...]]:
    """A text for each of the providers."""
    return st.tuples(*(secrets_in_text(name, valid=valid) for name in names))


def missed(gold: Gold) -> list[str]:
    """The planted secrets that no finding covers."""
    found = [each.span for each in secrets()(gold.text) if each.span]
    return [
        kind
        for span, kind in gold.spans
        if not any(at.start <= span.start and span.end <= at.end for at in found)
    ]


def test_every_provider_has_secrets() -> None:
    assert set(PROVIDERS) == providers()


@settings(max_examples=5, deadline=None, database=None)
@given(each_of(list(PROVIDERS), valid=True))
def test_each_is_found_in_its_text(golds: tuple[Gold, ...]) -> None:
    assert [kind for gold in golds for kind in missed(gold)] == []


@settings(max_examples=25, deadline=None, database=None)
@given(st.data(), st.sampled_from(PROVIDERS))
def test_each_is_found_as_what_it_is(data: st.DataObject, provider: str) -> None:
    gold = data.draw(secrets_in_text(provider))
    found = {(each.span, each.kind) for each in secrets(providers=[provider])(gold.text)}
    assert set(gold.spans) <= found


@settings(max_examples=100, deadline=None, database=None)
@given(secrets_in_text())
def test_but_for_what_is_planted_nothing_is_found(gold: Gold) -> None:
    for each in secrets()(gold.text):
        assert each.span
        assert any(
            each.span.start < span.end and span.start < each.span.end for span, _ in gold.spans
        )


@settings(max_examples=200, deadline=None, database=None)
@given(secrets_in_text(valid=False).filter(lambda gold: "AAAAAAAAAA" not in gold.text))
def test_what_looks_alike_is_not_found(gold: Gold) -> None:
    assert gold.spans == ()
    assert list(secrets()(gold.text)) == []


@settings(max_examples=4, deadline=None, database=None)
@given(each_of([name for name in PROVIDERS if name not in FOUND_CROSSED_OUT], valid=False))
def test_a_key_that_is_crossed_out_is_not_found(golds: tuple[Gold, ...]) -> None:
    assert [gold.text for gold in golds if list(secrets()(gold.text))] == []


@pytest.mark.parametrize("provider", sorted(FOUND_CROSSED_OUT))
def test_what_is_said_to_be_taken_for_one_is(provider: str) -> None:
    find(
        secrets_in_text(provider, valid=False),
        lambda gold: any(secrets()(gold.text)),
        settings=settings(max_examples=50, database=None, phases=[Phase.generate]),
    )


@settings(max_examples=50, deadline=None, database=None)
@given(secrets_in_text())
def test_the_gold_is_exact(gold: Gold) -> None:
    assert gold.spans
    for (span, _), value in zip(gold.spans, gold.values, strict=True):
        assert value
        assert gold.text[span.start : span.end] == value


@settings(max_examples=20, deadline=None, database=None)
@given(secrets_in_text("GitHub", around=st.just("Hm.")))
def test_what_is_to_be_around_is_around(gold: Gold) -> None:
    assert gold.text.startswith("Hm.\n")
    assert gold.text.endswith("\nHm.")


def test_a_provider_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidArgument, match=r"no provider Nobody; providers: .*GitHub"):
        secrets_in_text("Nobody")


def test_a_text_drawn_by_lot_is_the_same_for_one_seed() -> None:
    assert matching("[a-z]{20}", b"1") == matching("[a-z]{20}", b"1")
    assert matching("[a-z]{20}", b"1") != matching("[a-z]{20}", b"2")


@settings(max_examples=50, deadline=None, database=None)
@given(st.binary(max_size=8))
def test_a_text_drawn_by_lot_matches(seed: bytes) -> None:
    pattern = r"(?:a|b{2,3})[^x]\d[A-F0-9]{4}+(?P<v>\w?)[ \t]{0,3}(?i:end)(?!x)"
    text = matching(pattern, seed)
    assert text.isprintable()
    assert re.fullmatch(pattern, text)


def test_what_is_crossed_out_keeps_what_is_the_same_in_each() -> None:
    assert crossed_out("key-[a-z]{6}[0-9]{2}") == "key-xxxxxx00"
