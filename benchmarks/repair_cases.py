"""How far `repair=True` agrees with the test cases of json-repair, and why it does not.

    python -m benchmarks.repair_cases

json-repair answers with some value for each of them. A guard refuses what would have to be
made up or guessed; so the cases it refuses are the point of it, and each has its reason.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from guardrails_lib._schema import Unreadable
from guardrails_lib.schemas.repair import repair

from .table import table

__all__ = ["CASES", "Agreement", "agreement"]

CASES = (
    Path(__file__).parents[1] / ".." / "shared" / "data" / "schema_json_repair" / "cases.jsonl.gz"
)

REFUSED = {
    "a value is missing or unclear": "a value is not there, or not clearly what stands there",
    "a key is missing or unclear": "a key is not there, or not clearly what stands there",
    "a bracket that opens": "an object or array begins nowhere",
    "a member would be left out": "a key is there twice, or has no value",
    "the same key twice": "a key is there twice",
    "another kind of value": "what begins as an object would become an array",
    "no value is left": "there is a bracket, and no value in it",
    "within a number": "it ends within a number: 12 may have been 1200",
    "within a word": "it ends within a word that has no quotes",
    "follows the value": "something follows the value: more values, or more of it",
    "several values": "there are several values, and nobody knows which is meant",
    "prose": "what stands in brackets is prose",
    "no JSON in it": "there is no object and no array: prose, a tuple, or a scalar",
}
"""Part of the message of a refusal, and the reason for it."""

DIFFERS = {
    "test_multiple_jsons#16": "of several values the one that needs no repair is taken",
    "test_stream_stable#35": "half an escape is left out of a string that is cut off",
}
TRIMMED = "json-repair leaves out blanks at the end of a string; here it holds all that stood there"
GUIDED = "json-repair was given a schema; a guard repairs first and validates then"


class Agreement(NamedTuple):
    """What came of one case."""

    kind: str
    """``agrees``, ``differs``, ``refused`` or ``unexplained``."""
    reason: str
    case: str


def main() -> None:
    """Print the agreement, and each disagreement with its reason."""
    found = list(agreement())
    kinds = Counter(each.kind for each in found)
    reasons = Counter((each.kind, each.reason) for each in found if each.reason)
    write = sys.stdout.write
    rows = [
        [kind, f"{count:,}", f"{count / len(found):.0%}"] for kind, count in kinds.most_common()
    ]
    write(table(f"\nThe {len(found)} cases of json-repair", ["", "cases", "share"], rows))
    write(
        table(
            "Why it does not agree",
            ["", "reason", "cases"],
            [[kind, reason, f"{count}"] for (kind, reason), count in reasons.most_common()],
        )
    )
    for each in found:
        if each.reason:
            write(f"{each.kind:12} {each.case:80} {each.reason}\n")


def agreement() -> Iterator[Agreement]:
    """What came of each case, in the order of the file."""
    with gzip.open(CASES, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _agreement(json.loads(line))


def _agreement(case: Any) -> Agreement:
    name = case["id"].partition("::")[2]
    options = case.get("kwargs", {})
    text, expected = _told(case, options)
    try:
        value = json.loads(repair(text).text)
    except Unreadable as refusal:
        reason = next((why for said, why in REFUSED.items() if said in str(refusal)), "")
        return Agreement("refused" if reason else "unexplained", reason or str(refusal), name)
    if value == expected:
        return Agreement("agrees", "", name)
    if _trimmed(value) == _trimmed(expected):
        return Agreement("differs", TRIMMED, name)
    reason = GUIDED if "schema" in options else DIFFERS.get(name, "")
    return Agreement("differs" if reason else "unexplained", reason or "another value", name)


def _trimmed(value: object) -> object:
    if isinstance(value, dict):
        return {_trimmed(key): _trimmed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_trimmed(each) for each in value]
    return value.rstrip() if isinstance(value, str) else value


def _told(case: Any, options: Any) -> tuple[str, object]:
    """The text of a case, and the value that json-repair has for it."""
    if case["func"] == "param":
        told = case["params"]
        return told["raw"], json.loads(told["serialized"]) if "serialized" in told else told[
            "expected"
        ]
    expected = case["expected"]
    if options.get("logging"):
        return case["input"], expected[0]
    as_text = case["func"] == "repair_json" and not options.get("return_objects")
    return case["input"], json.loads(expected) if as_text and expected else expected


if __name__ == "__main__":
    main()
