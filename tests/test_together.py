"""Rules over the whole request: what they take out, what they then see, and how it is named."""

from __future__ import annotations

from collections.abc import Iterator

from guardrails_lib import (
    Abstained,
    Accepted,
    Escalated,
    Finding,
    Message,
    Outcome,
    Policy,
    Request,
    Source,
    abstain,
    check,
    drop,
    flag,
    guard,
)
from guardrails_lib.checks import containing, matching, no_sources


@check
def neighbours(request: Request) -> Iterator[Finding]:
    """A source that ends with what the next one begins with."""
    for n in range(1, len(request.sources)):
        if request.sources[n - 1].text[-1:] == request.sources[n].text[:1]:
            yield Finding("it goes on from the one before", where=f"sources[{n}]")


@check
def last(request: Request) -> Iterator[Finding]:
    """The last source there is."""
    if request.sources:
        yield Finding("the last one", where=f"sources[{len(request.sources) - 1}]")


def ask(policy: Policy, *texts: str) -> Outcome[list[str]]:
    @guard(policy, returns=list[str])
    def model(request: Request) -> list[str]:
        return [source.text for source in request.sources]

    return model(Request("x", [Source(f"kb://{n}", text) for n, text in enumerate(texts)]))


def test_what_is_left_after_a_drop_is_looked_at_again() -> None:
    outcome = ask(Policy(sources=(drop(neighbours()),)), "ab", "bc", "b")
    assert outcome == Accepted(["ab"], outcome.findings)
    assert [f.where for f in outcome.findings] == ["sources[1]", "sources[2]"]


def test_what_was_found_before_is_not_told_twice() -> None:
    @check
    def few(request: Request) -> Iterator[Finding]:
        """A request with few sources."""
        if len(request.sources) < 9:
            yield Finding("few", where="request")

    outcome = ask(Policy(sources=(flag(few()), drop(neighbours()))), "ab", "bc", "b")
    assert [f.check for f in outcome.findings].count("few") == 1


def test_a_finding_names_the_part_as_it_was_given() -> None:
    policy = Policy(sources=(drop(containing("gone")), flag(last())))
    outcome = ask(policy, "gone", "here", "gone")
    assert [f.where for f in outcome.findings if f.check == "last"] == ["sources[1]"]


def test_what_takes_out_one_part_after_the_other_escalates_in_the_end() -> None:
    outcome = ask(Policy(sources=(drop(last()),)), *map(str, range(100)))
    assert isinstance(outcome, Escalated)


def test_few_parts_can_be_taken_out_one_after_the_other() -> None:
    assert ask(Policy(sources=(drop(last()),)), "a", "b").unwrap() == []


def test_a_request_without_a_source_left_can_abstain_whatever_took_them() -> None:
    policy = Policy(sources=(drop(matching("a")), drop(last()), abstain(no_sources())))
    outcome = ask(policy, "a", "b")
    assert isinstance(outcome, Abstained)
    assert [f.check for f in outcome.findings] == ["matching", "last", "no_sources"]


def test_the_same_message_given_twice_is_two_parts() -> None:
    @check
    def second(request: Request) -> Iterator[Finding]:
        """The second message."""
        if len(request.messages) == 3:
            yield Finding("the second", where="messages[1]")

    message, seen = Message("user", "x"), []

    @guard(Policy(input=(drop(second()),)))
    def model(request: Request) -> str:
        seen.append(len(request.messages))
        return "x"

    model(Request([message, message, Message("user", "y")]))
    assert seen == [2]
