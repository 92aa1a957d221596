"""What is found of commands that attack, and of those that people write; and how long it takes.

Run it with ``python -m benchmarks.commands``. Nothing was learned from the payloads: what passes
is decided by lists of what is allowed. What it is held against is a list of words.
"""

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from guardrails_lib import Check
from guardrails_lib.checks.commands import unsafe_code, unsafe_shell, unsafe_sql

from .honest_queries import HONEST, TABLES
from .hostile_queries import HOSTILE
from .interval import wilson

DATA = Path(__file__).parents[2] / "shared" / "data" / "out_patt_payloads" / "payloads.jsonl.gz"

DIALECTS = ("postgres", "mysql", "sqlite", "tsql", "oracle")

FORMS = {
    "alone": "{}",
    "as a value": "SELECT name FROM users WHERE id = {}",
    "in quotes": "SELECT name FROM users WHERE id = '{}'",
}

HONEST_COMMANDS = (
    *("git status", "git log --oneline -n 5", "git diff HEAD~1", "git commit -m 'Fix (really)'"),
    *("ls -la /tmp", "rg -n 'def main' src", "cat README.md", "find . -name '*.py' -type f"),
    *('grep -rn "TODO: fix" src/', "wc -l a.txt", "sort -rn data.txt", "head -n 5 a.txt"),
    *("du -sh .", "date +%Y-%m-%d", "tar -tzf a.tgz", "curl -sS 'https://example.com/a?b=c'"),
)

HONEST_CODE = """
import math
from collections import Counter

def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)

rows = [{"name": "a", "total": 3.5}, {"name": "b", "total": 4.5}]
totals = [row["total"] for row in rows if row["name"] != "c"]
print(f"{mean(totals):.2f}", math.sqrt(sum(totals)), Counter(row["name"] for row in rows))
"""

BAD_WORDS = re.compile(
    r"\b(?:union|sleep|benchmark|waitfor|drop|exec|or 1=1|passwd|wget|curl|id)\b|--|;|\||\$\(|`",
    re.IGNORECASE,
)
"""The floor: what a list of bad words finds, and what it finds in what people write."""


def payloads(kind: str) -> list[str]:
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    return [each["payload"] for each in read if each["kind"] == kind]


def share(name: str, found: int, of: int) -> None:
    low, high = wilson(found, of)
    print(f"{name:58} {found:5} of {of:5}  {found / of:6.1%}  [{low:.1%}, {high:.1%}]")


def found(check: Check[str], texts: Iterable[str]) -> tuple[int, list[str]]:
    passed = [text for text in texts if not list(check(text))]
    return len(list(texts)) - len(passed), passed


def of_sql(text: str) -> str:
    """Why a query that passed is harmless."""
    value = text.partition("id = ")[2]
    if re.fullmatch(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"", value):
        return "one text, or one quoted name"
    if re.fullmatch(r"[\w.]+|\[\w+\]", value):
        return "one number or name"
    return "another condition beside, on the same table" if value else "one query of its own"


def sql() -> None:
    lines = payloads("sql")
    for dialect in DIALECTS:
        check = unsafe_sql(dialect, tables=("users",))
        for form, pattern in FORMS.items():
            count, passed = found(check, [pattern.format(each) for each in lines])
            share(f"SQL payloads, {form}, {dialect}", count, len(lines))
            print(" " * 10, dict(Counter(map(of_sql, passed))))
    share("  floor: bad words, alone", sum(bool(BAD_WORDS.search(x)) for x in lines), len(lines))
    hostile = [(dialect, each) for dialect, all_of in HOSTILE.items() for each in all_of]
    seen = sum(bool(list(unsafe_sql(d, tables=("users", "dual"))(x))) for d, x in hostile)
    share("queries written to get around it", seen, len(hostile))
    honest = [(dialect, each) for dialect, all_of in HONEST.items() for each in all_of]
    wrong = sum(bool(list(unsafe_sql(d, tables=TABLES)(x))) for d, x in honest)
    share("queries of analysts that are found by mistake", wrong, len(honest))
    share("  floor: bad words", sum(bool(BAD_WORDS.search(x)) for _, x in honest), len(honest))


def shell() -> None:
    lines = payloads("command")
    count, passed = found(unsafe_shell(allow=("ls", "cat", "ping")), lines)
    share("command payloads; ls, cat and ping are allowed", count, len(lines))
    print(" " * 10, "passed:", ", ".join(passed))
    share("  floor: bad words", sum(bool(BAD_WORDS.search(each)) for each in lines), len(lines))
    programs = tuple({each.split()[0] for each in HONEST_COMMANDS})
    count, _ = found(unsafe_shell(allow=programs), HONEST_COMMANDS)
    share("command lines of people, found by mistake", count, len(HONEST_COMMANDS))


def others() -> None:
    """The kinds that none of these checks is for: what they say to them all the same."""
    for kind in ("nosql", "ldap", "ssi", "xxe"):
        lines = payloads(kind)
        for check in (unsafe_sql("postgres", tables=("users",)), unsafe_shell(allow=("ls",))):
            share(f"{kind} payloads as {check.name} (not what it is for)", *_of(check, lines))


def _of(check: Check[str], lines: list[str]) -> tuple[int, int]:
    return found(check, lines)[0], len(lines)


def timed(run: Callable[[], object], times: int = 30) -> float:
    """The fastest of some runs, in milliseconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best * 1e3


def speed() -> None:
    query = HONEST["postgres"][0]
    more = "".join(f" OR o.note = 'note number {n} of many'" for n in range(48))
    long = query.replace(" GROUP BY", more + " GROUP BY")
    line = "git log --oneline " + "'a message of some words' " * 80
    code = HONEST_CODE * 4
    cases = (
        ("unsafe_sql", unsafe_sql("postgres", tables=TABLES), query),
        ("unsafe_sql", unsafe_sql("postgres", tables=TABLES), long),
        ("unsafe_shell", unsafe_shell(allow=("git log",)), line),
        ("unsafe_code", unsafe_code("python", imports=("math", "collections")), code),
    )
    for name, check, text in cases:
        assert not list(check(text))  # so that all of it is read
        print(f"{name:14} {len(text):5} characters  {timed(lambda: list(check(text))):7.2f} ms")  # noqa: B023  # it is called at once


def main() -> None:
    if DATA.exists():
        sql()
        shell()
        others()
    else:
        print("the payloads are not here")
    speed()


if __name__ == "__main__":
    main()
