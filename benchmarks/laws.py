"""How long a law takes that plants what is known in every place of a request.

    python -m benchmarks.laws

The policy has personal data in what is asked and in sources, and secrets in what is answered
and in tool calls.
"""

import sys
import time

from guardrails_lib import Policy, block, redact
from guardrails_lib.checks import pii, secrets
from guardrails_lib.testing import laws

from .table import table

POLICY = Policy(
    input=(redact(pii()),),
    sources=(redact(pii()),),
    output=(redact(secrets()),),
    tools=(block(secrets()),),
)
EXAMPLES = 500
LIMIT = 15.0


def main() -> None:
    """Measure and print."""
    laws.never_leaks(POLICY, examples=1)  # what is loaded once does not count
    rows = []
    for law in (laws.never_leaks, laws.nothing_in_the_log):
        began, worked = time.perf_counter(), time.process_time()
        law(POLICY, examples=EXAMPLES)
        took = time.perf_counter() - began
        kept = "ok" if took <= LIMIT else "OVER"
        rows.append(
            [
                law.__name__,
                str(EXAMPLES),
                f"{took:.1f}",
                f"{LIMIT:.0f}",
                kept,
                f"{time.process_time() - worked:.1f}",
            ]
        )
    head = ["", "examples", "s", "limit", "", "s of the processor"]
    sys.stdout.write("\n" + table("Laws", head, rows))


if __name__ == "__main__":
    main()
