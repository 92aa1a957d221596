"""What checks see of a call in which the model is asked again."""

from __future__ import annotations

from collections.abc import Iterator

from guardrails_lib import Finding, Message, Policy, Reply, Request, check, flag, guard, retry
from guardrails_lib.checks import longer_than


def test_a_reply_comes_with_the_request_and_not_with_earlier_attempts() -> None:
    seen: list[int] = []

    @check
    def watching(reply: Reply[str]) -> Iterator[Finding]:
        """Nothing; it counts the messages."""
        assert reply.request is not None
        seen.append(len(reply.request.messages))
        yield from ()

    answers = iter(["too long", "ok"])
    policy = Policy(validators=(retry(longer_than(limit=3)), flag(watching())))
    assert guard(policy)(lambda question: next(answers))("?").unwrap() == "ok"
    assert seen == [1, 1]


def test_what_the_engine_says_of_a_reply_is_known_as_its_own() -> None:
    seen: list[list[bool]] = []

    @check
    def watching(request: Request) -> Iterator[Finding]:
        """Nothing; it notes who speaks."""
        seen.append([message.feedback for message in request.messages])
        yield from ()

    answers = iter(["too long", "ok"])
    policy = Policy(input=(flag(watching()),), validators=(retry(longer_than(limit=3)),))
    guard(policy)(lambda question: next(answers))("?")
    assert seen == [[False], [False, False, True]]


def test_no_user_can_pose_as_the_engine() -> None:
    assert not Message("user", "That reply was not accepted:").feedback
