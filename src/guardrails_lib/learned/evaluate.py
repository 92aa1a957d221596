"""How good what was learned is: ``python -m guardrails_lib.learned.evaluate``, for a shell."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .._errors import PolicyError
from .measuring import cards
from .measuring.evaluation import KINDS, Asked, Report, evaluated, left_out, told
from .measuring.tables import as_json
from .weights import path_of

__all__ = ["main"]

UNREAD = 2
"""What the shell is told of what cannot be measured."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the shell asks for, and print it."""
    parser = _parser()
    options = parser.parse_intermixed_args(arguments)
    if wrong := _wrong(options):
        parser.error(wrong)
    try:
        if options.cards:
            how = cards.LEAVE_OUT if options.leave_out else cards.EVALUATE
            for name in dict.fromkeys(KINDS[kind] for kind in _kinds(options)):
                _written_anew(name, how, options.data)
            return
        reports = [_report(kind, options) for kind in _kinds(options)]
    except OSError as problem:
        parser.exit(
            UNREAD,
            f"evaluate: {problem.filename}: {problem.strerror}; --data names the folder of public "
            "data, and files of your own are measured without it\n",
        )
    except (ValueError, PolicyError) as problem:
        parser.exit(UNREAD, f"evaluate: {problem}\n")
    written = as_json(reports) if options.json else "\n".join(map(told, reports))
    sys.stdout.write(f"{written.rstrip()}\n")


def _kinds(options: argparse.Namespace) -> Sequence[str]:
    if options.kind:
        return (options.kind,)
    return tuple(dict.fromkeys(KINDS.values())) if options.leave_out else tuple(KINDS)


def _report(kind: str, options: argparse.Namespace) -> Report:
    if options.leave_out:
        return _slowly(kind, options.data)
    given = tuple(options.given)
    return evaluated(
        Asked(kind, given, options.data, options.where, options.threshold, options.weights)
    )


def _slowly(kind: str, data: Path) -> Report:
    sys.stderr.write(f"{kind}: what is left out in turn is learned without; it takes minutes\n")
    return left_out(kind, data)


def _wrong(options: argparse.Namespace) -> str:
    """What does not go together, if anything."""
    if not options.kind and (options.threshold is not None or options.weights):
        return f"--threshold and --weights are of one kind: say which, {', '.join(KINDS)}"
    if options.kind == "pii" and options.weights:
        return "pii() has the weights that ship: --weights is for names and for injection"
    if options.leave_out and (options.given or options.kind == "pii" or options.weights):
        return "--leave-out measures what it leaves out: of names, or of injection, and all of it"
    if options.cards and (options.given or options.json or options.weights):
        return "--cards measures what the cards say, with the weights that ship, and prints nothing"
    return ""


def _written_anew(name: str, how: str, data: Path) -> None:
    """Write what is measured in that way into a card."""
    card = cards.card_of(name)
    text = cards.rewritten(
        card.read_text("utf-8"),
        lambda block: _block(block, data) if block.how == how else None,
        cards.checksum(path_of(name)),
    )
    card.write_text(text, "utf-8")


def _block(block: cards.Block, data: Path) -> str:
    kind, *given = block.arguments
    if block.how == cards.LEAVE_OUT:
        return told(_slowly(kind, data))
    return told(evaluated(Asked(kind, tuple(given), data)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        usage=f"python -m guardrails_lib.learned.evaluate [{'|'.join(KINDS)}] [SET|FILE ...] [...]",
        description="Measure the detectors that learned, on public sets or on files of your own.",
    )
    add = parser.add_argument
    add("kind", nargs="?", choices=KINDS, help="what to measure; without it, everything")
    add("given", nargs="*", metavar="SET|FILE", help="a public set, or a .jsonl or .jsonl.gz file")
    add("--data", type=Path, default=Asked("").data, help="where the public sets are")
    add("--where", choices=("prompt", "document"), default="prompt", help="what the texts are")
    add("--threshold", type=float, help="count what reaches it, and no less")
    add("--weights", type=Path, help="a file of weights, in place of those that ship")
    add("--json", action="store_true", help="print JSON")
    add("--leave-out", action="store_true", help="learn without each source in turn; minutes")
    add("--cards", action="store_true", help="write the numbers of the cards anew")
    return parser


if __name__ == "__main__":
    main()
