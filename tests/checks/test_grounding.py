"""What an answer says that its sources do not."""

from __future__ import annotations

import asyncio
import math
import pickle
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Abstained,
    Accepted,
    Finding,
    Policy,
    PolicyError,
    Reply,
    Request,
    Source,
    Span,
    Usage,
    abstain,
    guard,
)
from guardrails_lib.checks.grounding import ungrounded

HELP = Source("kb://7", "The warranty covers fire and theft. It lasts five years.")
PRICES = Source("kb://8", "A repair costs $30. Alice Moreno founded the company.")
ASKED = Request("What is covered?", [HELP, PRICES])


def found(text: str, request: Request | None = ASKED) -> list[Finding]:
    reply: Reply[object] = Reply(text, request=request)
    return list(ungrounded()(reply))


def certain(evidence: str, claim: str) -> float:
    return 1.0


def doubtful(evidence: str, claim: str) -> float:
    return 0.2


def broken(evidence: str, claim: str) -> float:
    raise OSError(f"no model for {claim}")


async def later(evidence: str, claim: str) -> float:
    await asyncio.sleep(0)
    return 0.2 if "fire" in claim else 1.0


def test_what_the_sources_say_is_no_finding() -> None:
    assert found("Fire is covered by the warranty, for 5 years. A repair costs 30 dollars.") == []


@pytest.mark.parametrize("text", ["", "Hello!", "What do you mean?", "I hope this helps."])
def test_what_claims_nothing_is_no_finding(text: str) -> None:
    assert found(text) == []


def test_a_finding_says_where_the_claim_and_the_evidence_stand() -> None:
    text = "Fire is covered. A repair costs $40."
    (finding,) = found(text)
    assert finding.kind == "number"
    assert finding.span == Span(17, 36)
    assert finding.evidence
    assert (finding.evidence.where, finding.evidence.uri) == ("sources[1]", "kb://8")
    assert finding.evidence.span == Span(0, 19)
    assert finding.score == pytest.approx(1 - finding.evidence.score)


@pytest.mark.parametrize(
    "request_",
    [None, Request("?"), Request("?", [Source("kb://9", "")]), Request("?", [Source("a", " \n")])],
)
@pytest.mark.parametrize("text", ["", "Hello!", "The warranty covers fire."])
def test_without_sources_there_is_always_a_finding(text: str, request_: Request | None) -> None:
    assert [finding.kind for finding in found(text, request_)] == ["no_sources"]


def test_no_message_quotes_a_text() -> None:
    said = "Zanzibar sold 777 hyenas to Quentin."
    for finding in found(said):
        assert not {"zanzibar", "777", "hyenas", "quentin"} & set(finding.message.lower().split())


def test_a_name_that_the_user_said_needs_no_source() -> None:
    text = "The warranty covers fire and theft for Bob Keller."
    assert [finding.kind for finding in found(text)] == ["name"]
    assert found(text, Request("I am Bob Keller. Is fire covered?", [HELP])) == []


def test_a_number_that_the_user_said_needs_one() -> None:
    request = Request("Does it last 7 years?", [HELP])
    assert [finding.kind for finding in found("The warranty lasts 7 years.", request)] == ["number"]


def test_a_stricter_limit_finds_no_less() -> None:
    reply: Reply[object] = Reply(
        "Fire and hail are covered. Elephants are grey. It costs $30.", request=ASKED
    )
    kinds = [len(list(ungrounded(below=below)(reply))) for below in (0.1, 0.5, 0.9, 1.0)]
    assert kinds == sorted(kinds)


def test_an_answer_that_does_not_stand_is_held_back() -> None:
    @guard(Policy(validators=(abstain(ungrounded()),)))
    def ask(request: Request, reply: str) -> str:
        return reply

    assert isinstance(ask(ASKED, "The warranty covers fire."), Accepted)
    outcome = ask(ASKED, "The warranty covers floods.")
    assert isinstance(outcome, Abstained)
    assert outcome.findings[0].evidence


def test_a_function_that_knows_entailment_decides_what_words_cannot() -> None:
    reply: Reply[object] = Reply("Blazes are taken care of.", request=ASKED)
    assert [finding.kind for finding in ungrounded()(reply)] == ["words"]
    assert list(ungrounded(by=certain)(reply)) == []


def test_what_it_denies_is_found_as_such() -> None:
    reply: Reply[object] = Reply("The warranty covers fire.", request=ASKED)
    (finding,) = ungrounded(by=doubtful)(reply)
    assert (finding.kind, finding.score) == ("entailment", 0.8)
    assert finding.evidence
    assert finding.evidence.score == 0.2


def test_it_is_given_the_evidence_and_the_claim() -> None:
    seen: list[tuple[str, str]] = []

    def by(evidence: str, claim: str) -> float:
        seen.append((evidence, claim))
        return 1.0

    list(ungrounded(by=by)(Reply("- **Theft** is covered [1].", request=ASKED)))
    ((evidence, claim),) = seen
    assert "fire and theft" in evidence
    assert claim == "Theft is covered ."


def test_a_wrong_number_is_wrong_whatever_it_says() -> None:
    reply: Reply[object] = Reply("The warranty lasts 7 years.", request=ASKED)
    assert [finding.kind for finding in ungrounded(by=certain)(reply)] == ["number"]


@pytest.mark.parametrize("answer", [math.nan, math.inf, -0.1, 1.1, True, "0.5", None, b"1"])
def test_what_is_no_score_is_an_error(answer: object) -> None:
    def by(evidence: str, claim: str) -> float:
        return answer  # type: ignore[return-value]  # what a function without types gives

    reply: Reply[object] = Reply("The warranty covers fire.", request=ASKED)
    assert [finding.kind for finding in ungrounded(by=by)(reply)] == ["error"]


def test_a_function_that_breaks_is_an_error_that_quotes_nothing() -> None:
    (finding,) = ungrounded(by=broken)(Reply("The warranty covers fire.", request=ASKED))
    assert (finding.kind, finding.message) == ("error", "the function of by= failed")


def test_its_usage_is_handed_on() -> None:
    def by(evidence: str, claim: str) -> Reply[object]:
        return Reply("yes", 1.0, usage=Usage(7, 1))

    seen = ungrounded(by=by).look(Reply("The warranty covers fire.", request=ASKED))
    assert seen == [Usage(7, 1)]


def test_it_is_asked_no_more_often_than_it_may_be() -> None:
    calls: list[str] = []

    def by(evidence: str, claim: str) -> float:
        calls.append(claim)
        return 1.0

    reply: Reply[object] = Reply("Fire is covered. " * 5, request=ASKED)
    (finding,) = ungrounded(by=by, most=2)(reply)
    assert (len(calls), finding.kind, finding.span) == (2, "error", Span(34, len(reply.text)))


def test_an_async_function_is_awaited_for_all_claims_at_once() -> None:
    waiting = 0
    together = 0

    async def by(evidence: str, claim: str) -> float:
        nonlocal waiting, together
        waiting += 1
        together = max(together, waiting)
        await asyncio.sleep(0)
        waiting -= 1
        return 1.0

    check = ungrounded(by=by)
    assert check.is_async
    assert asyncio.run(check.alook(Reply("Fire is covered. " * 4, request=ASKED))) == []
    assert together == 4


def test_sync_and_async_agree() -> None:
    def now(evidence: str, claim: str) -> float:
        return 0.2 if "fire" in claim else 1.0

    reply: Reply[object] = Reply(
        "It covers fire. Theft is covered. It lasts 7 years. Hello!", request=ASKED
    )
    assert asyncio.run(ungrounded(by=later).alook(reply)) == ungrounded(by=now).look(reply)


def test_an_async_function_may_fail_or_be_asked_too_much() -> None:
    async def by(evidence: str, claim: str) -> float:
        raise OSError(claim)

    reply: Reply[object] = Reply("Fire is covered. " * 3, request=ASKED)
    seen = asyncio.run(ungrounded(by=by, most=1).alook(reply))
    assert [each.kind for each in seen if isinstance(each, Finding)] == ["error", "error"]


def test_an_object_with_an_async_call_is_async() -> None:
    class Model:
        async def __call__(self, evidence: str, claim: str) -> float:
            return 1.0

    assert ungrounded(by=Model()).is_async


def test_a_cancelled_look_is_cancelled() -> None:
    async def by(evidence: str, claim: str) -> float:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(ungrounded(by=by).alook(Reply("Fire is covered.", request=ASKED)))


@pytest.mark.parametrize(
    "make",
    [
        lambda: ungrounded(below=1.5),
        lambda: ungrounded(below=True),
        lambda: ungrounded(most=0),
        lambda: ungrounded(by="a model"),  # type: ignore[arg-type]  # what is refused
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(PolicyError):
        make()


def test_it_prints_as_it_is_written_and_can_be_pickled() -> None:
    assert repr(ungrounded(below=0.5)) == "ungrounded(below=0.5)"
    assert ungrounded(by=later).name == "ungrounded"
    for check in (ungrounded(below=0.5), ungrounded(by=certain), ungrounded(by=later)):
        assert pickle.loads(pickle.dumps(check)) == check


def test_a_check_that_calls_a_model_runs_last() -> None:
    assert [ungrounded().slow, ungrounded(by=certain).slow] == [False, True]


def test_a_reply_with_more_claims_than_a_person_reads_is_an_error() -> None:
    kinds = [finding.kind for finding in found("The warranty covers fire.\n" * 2_100)]
    assert kinds == ["error"]


def test_of_a_reply_that_is_too_long_the_rest_is_an_error() -> None:
    (finding,) = found("The warranty covers fire." + " " * 1_100_000)
    assert (finding.kind, finding.span) == ("error", Span(1_000_000, 1_100_025))


@pytest.mark.parametrize(
    "text",
    ["\ud800 costs $5\x00", "a" * 300_000, "Ab " * 100_000, "1," * 100_000, "\n" * 300_000],
)
def test_a_hostile_reply_is_looked_at_to_its_end(text: str) -> None:
    for finding in found(text):
        assert finding.span


def test_large_sources_bear_a_claim_out_too() -> None:
    filler = "\n".join(f"Item {n} of the list has the colour {n % 7}." for n in range(40_000))
    request = Request("?", [Source("kb://long", filler), HELP])
    assert found("The warranty covers fire.", request) == []


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_reply_to_any_sources_is_looked_at(text: str, texts: list[str]) -> None:
    request = Request("?", [Source(f"kb://{n}", each) for n, each in enumerate(texts)])
    for finding in found(text, request):
        assert 0.0 <= finding.score <= 1.0
        assert finding.evidence is None or finding.evidence.where in {
            f"sources[{n}]" for n in range(len(texts))
        }


def test_the_type_of_an_answer_may_be_a_promise() -> None:
    by: Callable[[str, str], Awaitable[float]] = later
    assert ungrounded(by=by).is_async
