"""``python -m demo``: five calls, five endings."""

import io
import sys
from collections.abc import Iterator

from guardrails_lib.testing import ScriptedModel

from . import show
from .script import CALLS
from .support_bot import SUPPORT, prompt, support_bot

__all__ = ["calls", "main"]


def calls() -> Iterator[show.Shown]:
    """Each call of the script, made."""
    model = ScriptedModel(*(reply for call in CALLS for reply in call.replies))
    decide = support_bot(model)
    for title, question, sources, replies in CALLS:
        before = len(model.sent)
        outcome = decide(question, sources=sources)
        asked = prompt(question, sources).splitlines()
        sent = [str(each) for each in model.sent[before:]]
        yield show.Shown(title, asked, sent, replies, outcome)


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
