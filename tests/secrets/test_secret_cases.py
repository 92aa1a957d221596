"""How much is found of what other scanners test themselves with, and how often wrongly."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from guardrails_lib.checks import secrets

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"


def rows(name: str) -> list[dict[str, Any]]:
    file = DATA / f"{name}.jsonl.gz"
    if not file.exists():
        pytest.skip("the data are not beside the repository")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def share(texts: list[str]) -> float:
    check = secrets()
    return sum(any(True for _ in check(text)) for text in texts) / len(texts)


def test_nine_of_ten_are_found_of_the_cases_of_gitleaks() -> None:
    assert share([row["text"] for row in rows("secret_gitleaks/cases") if row["label"]]) >= 0.9


def test_most_are_found_of_the_cases_of_detect_secrets() -> None:
    cases = rows("secret_detect_secrets/cases")
    some = [row["text"] for row in cases if row["label"] and row["plugin"] != "ip_public"]
    assert share(some) >= 0.85


@pytest.mark.parametrize(
    "name", ["benign_llm_outputs_dev/outputs", "benign_self_instruct/instructions"]
)
def test_at_most_one_of_five_hundred_texts_without_secrets_has_one(name: str) -> None:
    assert share([row["text"] for row in rows(name)]) <= 1 / 500
