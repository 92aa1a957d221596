"""Sources come from where they should, and from where they should not."""

from __future__ import annotations

from hypothesis import find, given, settings
from hypothesis import strategies as st

from guardrails_lib import Label, Source
from guardrails_lib.checks import unlisted_source
from guardrails_lib.testing.strategies.sources import addresses, labels, sources

LISTED = ("kb://help/**", "https://docs.example.com/kb/**")


@settings(max_examples=200)
@given(sources())
def test_a_date_has_its_time_zone(source: Source) -> None:
    assert source.text
    assert source.as_of is None or source.as_of.tzinfo is not None


def test_the_simplest_source_is_a_public_one_of_a_trusted_place() -> None:
    assert find(sources(), lambda _: True) == Source("kb://help/1", "The shop opens at nine.")


def test_labels_begin_at_the_mildest() -> None:
    assert find(labels(), lambda _: True) == Label.PUBLIC
    assert find(labels(), lambda label: label > Label.CONFIDENTIAL) == Label.RESTRICTED


def test_some_addresses_are_listed_and_some_only_look_so() -> None:
    check = unlisted_source(allow=LISTED)
    assert find(addresses(), lambda uri: not list(check(Source(uri))))
    assert find(addresses(), lambda uri: "docs.example.com" in uri and bool([*check(Source(uri))]))


@settings(max_examples=20)
@given(sources(texts=st.just("a"), uris=st.just("kb://b"), labels=st.just(Label.INTERNAL)))
def test_each_part_can_be_given(source: Source) -> None:
    assert (source.text, source.uri, source.label) == ("a", "kb://b", Label.INTERNAL)
