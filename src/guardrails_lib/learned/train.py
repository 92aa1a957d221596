"""The weights made again, for a shell: ``python -m guardrails_lib.learned.train names``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from .intent import training as intent
from .weights import Weights, digest, path_of, write

__all__ = ["main", "of_slice", "trained"]

DATA = Path("../shared/data")


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn what the shell asks for, and write it."""
    parser = argparse.ArgumentParser(
        prog="python -m guardrails_lib.learned.train",
        description="Make the weights of a detector again; the same data gives the same bytes.",
    )
    parser.add_argument("detector", choices=("names", "injection"))
    parser.add_argument("--data", type=Path, default=DATA, help="where the public sets are")
    parser.add_argument("--to", type=Path, help="the file to write; without it, the package's own")
    options = parser.parse_args(arguments)
    to = options.to or path_of(options.detector)
    sys.stderr.write(f"{options.detector}: it takes minutes\n")
    try:
        write(to, trained(options.detector, options.data))
    except OSError as problem:
        parser.error(f"{problem.filename}: {problem.strerror}; --data names the public data")
    except ImportError as problem:
        parser.error(str(problem))
    sys.stdout.write(f"{to}\n")


def trained(detector: str, data: Path) -> Weights:
    """What is learned from *data* and from what the project writes.

    It says what a slice of that teaches, so that it can be seen without the data whether the
    weights are what this program makes.
    """
    weights = intent.train(data) if detector == "injection" else _of_names().train(data)
    return weights._replace(about={**weights.about, "slice": digest(of_slice(detector))})


def of_slice(detector: str) -> Weights:
    """What is learned from a little that the project writes."""
    return intent.train(None) if detector == "injection" else _of_names().train_slice()


def _of_names() -> ModuleType:
    from .names import training  # noqa: PLC0415  # it needs faker

    return training


if __name__ == "__main__":
    main()
