"""How long `import guardrails_lib` takes in a fresh process, and what it loads.

The time is the median of many processes, less that of an interpreter which imports
nothing. The two take turns, so that a busy moment of the machine hits both. Bytecode is
there already, in a directory of its own, as it is after an installation.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from .table import table

TIMES = 15
LIMIT = 60.0
"""Milliseconds."""

LOADED = """
import sys
before = set(sys.modules)
{statement}
loaded = {{name.partition(".")[0] for name in set(sys.modules) - before}}
import json
print(json.dumps(sorted(loaded - sys.stdlib_module_names - {{"guardrails_lib"}})))
"""

STATEMENTS = (
    "import guardrails_lib",
    "import guardrails_lib.checks",
    "import guardrails_lib.testing",
    "import pydantic",
)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as cache:
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        sys.stdout.write("\n" + measured({**kept, "PYTHONPYCACHEPREFIX": cache}))


def measured(env: Mapping[str, str]) -> str:
    """A row for each statement."""
    rows = []
    for statement in STATEMENTS:
        took = milliseconds(statement, env)
        ours = statement == "import guardrails_lib"
        third = third_parties(statement)
        kept = took <= LIMIT and set(third) <= {"pydantic"}
        verdict = ("ok" if kept else "OVER") if ours else ""
        rows.append(
            [statement, f"{took:.1f}", f"{LIMIT:.0f}" if ours else "", verdict, _listed(third)]
        )
    head = ["", "ms", "limit", "", "third parties loaded"]
    return table(f"Import, median of {TIMES} fresh processes", head, rows)


def milliseconds(statement: str, env: Mapping[str, str]) -> float:
    """How long *statement* takes beyond what an interpreter takes to start."""
    _process(statement, env)
    bare, loaded = [], []
    for _ in range(TIMES):
        bare.append(_process("pass", env))
        loaded.append(_process(statement, env))
    return statistics.median(loaded) - statistics.median(bare)


def third_parties(statement: str) -> list[str]:
    """The top-level modules that *statement* loads and that are not of Python."""
    code = LOADED.format(statement=statement)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [str(name) for name in json.loads(done.stdout)]


def _process(statement: str, env: Mapping[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True, env=env)
    return (time.perf_counter() - began) * 1e3


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"


if __name__ == "__main__":
    main()
