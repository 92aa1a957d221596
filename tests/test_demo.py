"""The demo ends its five calls in five ways, and fits a terminal."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("presidio_analyzer", reason="the pii extra is not installed")

from demo.__main__ import calls, main, page
from demo.support_bot import Refund, over_limit

from guardrails_lib import Abstained, Accepted, Action, Blocked, Escalated

ACCEPTED, BLOCKED, ABSTAINED, ESCALATED, RETRIED = calls()


def test_the_model_sees_neither_the_card_nor_the_address() -> None:
    """The first call is accepted; the model was sent placeholders."""
    assert isinstance(ACCEPTED.outcome, Accepted)
    assert "4111 1111 1111 1111. Write to ann@example.com." in ACCEPTED.asked[0]
    sent = ACCEPTED.sent[0].splitlines()[0]
    assert re.sub("_[B-Z]{8}", "", sent).endswith(
        "card is [CREDIT_CARD]. Write to [EMAIL_ADDRESS]."
    )
    assert {finding.check for finding in ACCEPTED.outcome.findings} == {"pii"}


def test_the_customer_reads_the_address_again() -> None:
    """The model answered with a placeholder; in the answer is what it stands for."""
    assert isinstance(ACCEPTED.outcome, Accepted)
    assert "ann@example.com" not in ACCEPTED.answered[0]
    assert ACCEPTED.outcome.value.reply == "39.00 is on its way; I write to ann@example.com."


def test_a_takeover_is_blocked_before_the_model_is_asked() -> None:
    """The second call is blocked."""
    assert isinstance(BLOCKED.outcome, Blocked)
    assert BLOCKED.outcome.say == "I can help with orders only."
    assert not BLOCKED.sent


def test_an_answer_without_a_source_is_not_known() -> None:
    """The third call abstains, and the source that gave orders to the bot was dropped."""
    assert isinstance(ABSTAINED.outcome, Abstained)
    assert ABSTAINED.outcome.say.startswith("I don't know.")
    assert [f.where for f in ABSTAINED.outcome.findings] == ["sources[1]", "reply"]
    assert "You are now" not in ABSTAINED.sent[0]


def test_a_large_refund_is_escalated() -> None:
    """The fourth call escalates."""
    assert isinstance(ESCALATED.outcome, Escalated)
    assert [finding.message for finding in ESCALATED.outcome.findings] == ["899.00 is over 100.00"]


def test_what_is_approved_at_the_desk_is_answered() -> None:
    """The fourth call ends as its case is decided."""
    assert isinstance(ESCALATED.decided, Accepted)
    assert ESCALATED.decided.value.reply == "899.00 is on its way back to you."


def test_a_long_answer_is_asked_for_again() -> None:
    """The fifth call is accepted at its second attempt; the record has both."""
    assert isinstance(RETRIED.outcome, Accepted)
    assert RETRIED.outcome.record.attempts == 2
    assert "148 characters, and 120 are allowed" in RETRIED.sent[1]
    assert Action.RETRY in [event.action for event in RETRIED.outcome.record.events]


def test_its_check_is_tested_by_calling_it() -> None:
    """`over_limit` finds what is over, and nothing at the limit."""
    check = over_limit(limit=9.0)
    assert [f.message for f in check(Refund(order=1, amount=10, reply=""))] == [
        "10.00 is over 9.00"
    ]
    assert not list(check(Refund(order=1, amount=9, reply="")))


def test_the_page_fits_a_terminal_of_100_columns() -> None:
    """No line is longer, and each ending is on the page."""
    lines = list(page(colour=False))
    assert max(map(len, lines)) <= 100
    endings = [line.split()[-1] for line in lines if line.lstrip().startswith("ended")]
    assert endings == ["Accepted", "Blocked", "Abstained", "Escalated", "Accepted"]


def test_colour_is_for_terminals_only(capsys: pytest.CaptureFixture[str]) -> None:
    """What is piped holds no escape codes; in colour the same words stand."""
    main()
    plain = capsys.readouterr().out
    assert "\033" not in plain
    assert "\033[31m" in "\n".join(page(colour=True))


def test_it_runs_as_a_module() -> None:
    """``python -m demo`` prints the page, on a stdout that knows no box lines too."""
    here = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "demo"],
        cwd=here,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(here / "src")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("ended") == 5
    assert not done.stderr
