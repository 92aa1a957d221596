"""What can be done from a shell: one command, one file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the *arguments* of the shell say; what it is told then."""
    parser = argparse.ArgumentParser(
        prog="python -m guardrails_lib", description="Guards around calls of language models."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    selftest = commands.add_parser(
        "selftest",
        help="show each rule of a policy what its own check is known to find",
        description=(
            "Show each rule of a policy what its own check is known to find, and to leave alone. "
            "Ends with 0 if all rules guard, 1 if some rule does not, 2 if a target cannot be read."
        ),
    )
    selftest.add_argument(
        "targets",
        metavar="TARGET",
        nargs="+",
        help="path/to/file.py:NAME or package.module:NAME; without NAME all that is guarded there",
    )
    selftest.add_argument(
        "--strict", action="store_true", help="count rules that have no samples as failures"
    )
    selftest.add_argument("--json", action="store_true", help="write JSON instead of a table")
    given = parser.parse_args(arguments)

    from .selftest import run  # noqa: PLC0415  # it reads the library, and help needs none of it

    return run(given.targets, strict=given.strict, as_json=given.json)
