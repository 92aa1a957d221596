"""Evidence of findings, and the passages that an `Abstained` offers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from guardrails_lib import (
    Abstained,
    Budget,
    Evidence,
    Finding,
    Policy,
    Reply,
    Request,
    Rule,
    Source,
    Span,
    abstain,
    block,
    check,
    drop,
    guard,
    redact,
    retry,
)
from guardrails_lib.checks import matching

HELP = Source("kb://help/1", "Refunds take 5 days. Ask Ann: 555-1234.")
OLD = Source("kb://old/9", "Refunds take 9 days.")


@check
def unborne(reply: Reply[str]) -> Iterator[Finding]:
    """The first sentence of each source, as evidence."""
    assert reply.request is not None
    for n, source in enumerate(reply.request.sources):
        span = Span(0, source.text.index(".") + 1)
        evidence = Evidence(f"sources[{n}]", source.uri, span, 0.5 - n / 10)
        yield Finding("no source says so", kind="words", evidence=evidence)


def abstained(policy: Policy, *sources: Source) -> Abstained:
    @guard(policy)
    def answer(question: str, *, sources: tuple[Source, ...] = ()) -> str:
        return "Ten days."

    outcome = answer("How long do refunds take?", sources=sources)
    assert isinstance(outcome, Abstained)
    return outcome


def rules(*validators: Rule[Reply[str]]) -> Policy:
    return Policy(validators=validators or (abstain(unborne()),))


def test_what_comes_near_an_answer_is_offered_best_first() -> None:
    near = abstained(rules(), HELP, OLD).near
    assert [each.text for each in near] == ["Refunds take 5 days.", "Refunds take 9 days."]
    assert near[0].uri == "kb://help/1"
    assert HELP.text[slice(*near[0].span or ())] == near[0].text


def test_three_passages_are_offered_at_most() -> None:
    assert len(abstained(rules(), *(Source(f"kb://{n}", "So it is.") for n in range(5))).near) == 3


def test_one_passage_is_offered_once() -> None:
    policy = Policy(validators=(abstain(unborne()), retry(unborne())), budget=Budget(attempts=1))
    assert len(abstained(policy, HELP).near) == 1


def test_a_place_in_a_dropped_source_is_not_meant() -> None:
    policy = Policy(sources=(drop(matching("9 days")),), validators=(abstain(unborne()),))
    outcome = abstained(policy, OLD, HELP)
    assert [(each.where, each.uri) for each in outcome.near] == [("sources[1]", "kb://help/1")]
    evidence = outcome.findings[-1].evidence
    assert evidence is not None
    assert evidence.where == "sources[1]"


def test_what_an_output_rule_redacts_is_redacted_in_what_is_offered() -> None:
    policy = Policy(output=(redact(matching("5 days")),), validators=(abstain(unborne()),))
    assert abstained(policy, HELP).near[0].text == "Refunds take ██████."


def test_what_an_output_rule_refuses_is_not_offered() -> None:
    policy = Policy(output=(block(matching("5 days")),), validators=(abstain(unborne()),))
    assert [each.text for each in abstained(policy, HELP, OLD).near] == ["Refunds take 9 days."]


def test_what_is_offered_is_restored() -> None:
    policy = Policy(
        sources=(redact(matching("5 days"), restore=True),), validators=(abstain(unborne()),)
    )
    assert abstained(policy, HELP).near[0].text == "Refunds take 5 days."


def test_the_record_holds_no_passage() -> None:
    assert "Refunds" not in repr(abstained(rules(), HELP).record)


def test_a_passage_prints_without_its_text() -> None:
    assert "Refunds" not in repr(abstained(rules(), HELP))


def test_a_rule_over_the_request_offers_what_it_found_too() -> None:
    @check
    def unanswered(request: Request) -> Iterator[Finding]:
        """The second source, as evidence."""
        span = Span(0, 7)
        yield Finding("nothing answers it", evidence=Evidence("sources[1]", "", span, 0.1))

    policy = Policy(sources=(drop(matching("9 days")), abstain(unanswered())))
    outcome = abstained(policy, OLD, HELP, Source("kb://b", "Billing is in May."))
    assert [(each.where, each.text) for each in outcome.near] == [("sources[2]", "Billing")]


@pytest.mark.parametrize("where", ["sources[7]", "sources", "", "reply"])
def test_evidence_that_is_nowhere_is_not_offered(where: str) -> None:
    @check
    def lost(reply: Reply[str]) -> Iterator[Finding]:
        """Evidence that nobody has."""
        yield Finding("lost", evidence=Evidence(where, "", Span(0, 4), 0.3))

    assert abstained(rules(abstain(lost())), HELP).near == ()


def test_evidence_beyond_the_end_of_its_source_is_not_offered() -> None:
    @check
    def beyond(reply: Reply[str]) -> Iterator[Finding]:
        """Evidence where the text has ended."""
        yield Finding("beyond", evidence=Evidence("sources[0]", "", Span(0, 4_000), 0.3))

    assert abstained(rules(abstain(beyond())), HELP).near == ()
