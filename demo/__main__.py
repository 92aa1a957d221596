"""``python -m demo``: five calls, five endings."""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from guardrails_lib import Approve, Escalated, Reply
from guardrails_lib.testing import ScriptedModel

from . import show
from .script import CALLS
from .support_bot import GUARD, SUPPORT, prompt, support_bot

__all__ = ["calls", "main"]

ADDRESS = re.compile(r"\[EMAIL_ADDRESS_[A-Z]{8}\]")


def calls() -> Iterator[show.Shown]:
    """Each call of the script, made."""
    script = ScriptedModel(*(reply for call in CALLS for reply in call.replies))
    answered: list[str] = []

    def model(sent: str) -> Reply[Any]:
        """The next reply of the script, which copies a placeholder as a model does."""
        reply = script(sent)
        address = ADDRESS.search(sent)
        answered.append(reply.text.replace("[EMAIL]", address[0] if address else ""))
        return replace(reply, text=answered[-1])

    decide = support_bot(model)
    for title, question, sources, _ in CALLS:
        before = len(answered)
        outcome = decide(question, sources=sources)
        asked = prompt(question, sources).splitlines()
        sent = [str(each) for each in script.sent[before:]]
        decided = None
        if isinstance(outcome, Escalated) and outcome.case:
            decided = GUARD.resolve(outcome.case.id, Approve(), by="Ann")
        yield show.Shown(title, asked, sent, answered[before:], outcome, decided)


def page(*, colour: bool) -> Iterator[str]:
    """The lines of the demo."""
    yield ""
    yield from show.policy(SUPPORT, colour=colour)
    for number, shown in enumerate(calls(), 1):
        yield ""
        yield from show.call(number, shown, colour=colour)
    yield ""


def main() -> None:
    """Print the demo; in colour where a person reads it."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal may not know the lines
    sys.stdout.writelines(f"{line}\n" for line in page(colour=sys.stdout.isatty()))


if __name__ == "__main__":
    main()
