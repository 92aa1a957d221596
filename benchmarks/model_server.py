"""A scripted server in a process of its own, so that it takes no time from what is measured."""

import itertools
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from guardrails_lib import Usage
from guardrails_lib.testing.server import Asked, Say, ScriptedServer

from .texts import prose

__all__ = ["CHUNKS", "MODEL", "PACED", "served"]

CHUNKS = 50
"""Of each answer; 20 characters each."""

MODEL = "gpt-5-mini"
PACED = "gpt-5"
"""The one of which a chunk comes every 2 ms; those of the other come as fast as they can."""

_ANSWERS = 64


@contextmanager
def served() -> Iterator[str]:
    """Where it listens."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.model_server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()  # it waits for that


def main() -> None:
    """Serve until the input ends, and tell where."""
    answers = itertools.cycle(
        Say([text[at : at + 20] for at in range(0, len(text), 20)], usage=Usage(250, 250))
        for text in (prose(20 * CHUNKS, seed) for seed in range(_ANSWERS))
    )

    def answer(asked: Asked) -> Say:
        said = next(answers)
        return replace(said, between=0.002) if asked.model == PACED else said

    with ScriptedServer(repeat=answer) as server:
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
