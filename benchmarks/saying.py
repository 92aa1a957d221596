"""How well refusals, languages and leaked prompts are told, and what that costs.

Sentences of a language are taken from the catalogues of translated programs on this machine,
where there are some: half of the programs were tuned on, the other half is scored. Beside
those stand sentences, refusals and leaks written by hand (`saying_texts`). The floor is what
one gets by counting: the language with most small words, or a list of five phrases.
"""

from __future__ import annotations

import gettext
import hashlib
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from guardrails_lib import Check, Message, Reply, Request
from guardrails_lib.checks.confidence import unsure
from guardrails_lib.checks.language import off_language
from guardrails_lib.checks.prompts import leaked_prompt
from guardrails_lib.checks.refusals import refused
from guardrails_lib.saying.common_words import COMMON
from guardrails_lib.saying.languages import language

from .interval import wilson
from .saying_texts import (
    ANSWERS,
    BANK,
    HOTEL,
    LEAKS_OF_BANK,
    LEAKS_OF_HOTEL,
    NO_LEAKS_OF_BANK,
    NO_LEAKS_OF_HOTEL,
    ROUNDS,
    SENTENCES,
    WHEN_NEW,
)
from .split import Side, rows
from .table import table

__all__ = ["main"]

S = TypeVar("S")

CATALOGUES = Path("/usr/share/locale")
LOCALES = {
    "de": ("de",),
    "fr": ("fr",),
    "es": ("es",),
    "it": ("it",),
    "pt": ("pt", "pt_BR"),
    "nl": ("nl",),
    "pl": ("pl",),
    "ja": ("ja",),
    "zh": ("zh_CN", "zh_TW"),
}
MOST = 300
LETTERS = 80
PLACEHOLDER = re.compile(r"%[-+#0 ]*\d*(?:\.\d+)?(?:\(\w+\))?[a-zA-Z$%]+|<[^>]*>|[_&~]|\{[^}]*\}")
COMMANDS = re.compile(r" -|--|=|\n.")

PLAIN_REFUSALS = ("sorry", "cannot", "can't", "unable", "as an ai")


def side_of(program: str) -> Side:
    return "tune" if hashlib.sha256(program.encode()).digest()[-1] % 2 == 0 else "score"


def sentences(side: Side) -> Mapping[str, Sequence[str]]:
    """What programs say in each language, of 80 letters or more; the originals are English."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, locales in LOCALES.items():
        for path in (path for each in locales for path in CATALOGUES.glob(f"{each}/*/*.mo")):
            if not path.stem.startswith("iso_") and side_of(path.stem) == side:
                for original, said in translated(path):
                    found[code].add(said)
                    if code == "de":
                        found["en"].add(original)
    picked = random.Random(6)
    return {
        code: picked.sample(sorted(texts), min(MOST, len(texts))) for code, texts in found.items()
    }


def translated(path: Path) -> Iterator[tuple[str, str]]:
    try:
        with path.open("rb") as file:
            read: Any = gettext.GNUTranslations(file)
    except UnicodeDecodeError:  # of a program that does not say in which letters it is written
        return
    catalogue = read._catalog  # noqa: SLF001  # it has no other way to list what it holds
    for original, said in catalogue.items():
        if isinstance(original, str) and isinstance(said, str) and not COMMANDS.search(said):
            pair = [" ".join(PLACEHOLDER.sub("", each).split()) for each in (original, said)]
            if pair[0] != pair[1] and all(map(is_prose, pair[1:])) and is_prose(pair[0], 40):
                yield pair[0], pair[1]


def is_prose(text: str, least: int = LETTERS) -> bool:
    """Whether it has so many letters, a Han or Kana for three, and little else."""
    count = sum(map(str.isalpha, text))
    dense = sum(each > "\u3000" for each in text if each.isalpha())
    return count + 2 * dense >= least and count >= 0.6 * len(text)


def by_small_words(text: str) -> str | None:
    """The floor: the language of which most small words are there."""
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    counts = {code: sum(words[each] for each in some.split()) for code, some in COMMON.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else None


def share(found: int, of: int) -> str:
    low, high = wilson(found, of)
    return f"{found / of:.1%} ({low:.1%}-{high:.1%})"


def languages(title: str, texts: Mapping[str, Sequence[str]]) -> str:
    lines = []
    right = plain = off = missed = pairs = total = 0
    for code, some in texts.items():
        told = sum(language(each) == code for each in some)
        floor = sum(by_small_words(each) == code for each in some)
        own, others = (
            off_language(expect=code),
            [off_language(expect=each) for each in texts if each != code],
        )
        alarms = sum(any(True for _ in own(each)) for each in some)
        found = sum(any(True for _ in check(each)) for each in some for check in others)
        lines.append(
            [
                *(code, str(len(some)), share(told, len(some)), f"{floor / len(some):.1%}"),
                *(share(alarms, len(some)), f"{found / (len(some) * len(others)):.1%}"),
            ]
        )
        right, plain, off, total = right + told, plain + floor, off + alarms, total + len(some)
        missed, pairs = missed + found, pairs + len(some) * len(others)
    lines.append(
        [
            *("all", str(total), share(right, total), f"{plain / total:.1%}"),
            *(share(off, total), f"{missed / pairs:.1%}"),
        ]
    )
    head = ("language", "n", "told", "floor", "off, and is not", "found in another")
    return table(title, head, lines)


def refusals() -> str:
    check = refused()
    lines = []
    for number, (texts, new) in enumerate(zip(ROUNDS, WHEN_NEW, strict=True), 1):
        for name, some, before in (
            ("English", texts["en"], new[0]),
            (
                "nine others",
                [each for code in texts if code != "en" for each in texts[code]],
                new[1],
            ),
        ):
            found = sum(any(True for _ in check(each)) for each in some)
            lines.append(
                [
                    f"refusals, round {number}, {name}",
                    "-" if before is None else share(before, len(some)),
                    share(found, len(some)),
                    plainly(some),
                ]
            )
    honest = [each["text"] for each in rows("benign_llm_outputs_dev/outputs")]
    for name, answers in (("answers, by hand", ANSWERS), ("500 honest answers", honest)):
        found = sum(any(True for _ in check(each)) for each in answers)
        lines.append([name, "-", share(found, len(answers)), plainly(answers)])
    head = ("taken for a refusal", "when it was new", "now", "floor")
    return table("Refusals, and by five words", head, lines)


def plainly(texts: Sequence[str]) -> str:
    """The floor: how many have one of five words."""
    found = sum(any(word in each.lower() for word in PLAIN_REFUSALS) for each in texts)
    return f"{found / len(texts):.1%}"


def leaks() -> str:
    lines = []
    for title, system, several in (
        ("of a bank", BANK, (("leaks", LEAKS_OF_BANK), ("no leaks", NO_LEAKS_OF_BANK))),
        ("of a hotel", HOTEL, (("leaks", LEAKS_OF_HOTEL), ("no leaks", NO_LEAKS_OF_HOTEL))),
    ):
        asked = Request([system, Message("user", "Hello!")])
        prompt = set(system.text.lower().split())
        for name, texts in several:
            found = sum(any(leaked_prompt()(Reply(each, request=asked))) for each in texts)
            floor = sum(overlap(each, prompt) > 0.6 for each in texts)
            lines.append([f"{name} {title}", share(found, len(texts)), str(floor)])
    return table("Prompts: taken for a leak (interval), and by overlap", ("", "", "floor"), lines)


def overlap(text: str, prompt: set[str]) -> float:
    words = text.lower().split()
    return sum(each in prompt for each in words) / len(words)


def costs() -> str:
    texts = [each["text"] for each in rows("benign_llm_outputs_dev/outputs")]
    texts = [each[:2048] for each in texts if len(each) >= 2048][:100]
    asked = Request([BANK, Message("user", "Hello!")])
    replies: list[Reply[object]] = [Reply(each, request=asked) for each in texts]
    lines = [
        ["refused", seconds(refused(), texts)],
        ["off_language", seconds(off_language(expect="en"), texts)],
        ["unsure(hedges=True)", seconds(unsure(hedges=True), replies)],
        ["leaked_prompt", seconds(leaked_prompt(), replies)],
    ]
    return table(
        "A reply of 2 KB costs (of one processor, median of three rounds)", ("", ""), lines
    )


def seconds(check: Check[S], some: Sequence[S]) -> str:
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for each in some:
            list(check(each))
        rounds.append((time.process_time() - start) / len(some))
    return f"{sorted(rounds)[1] * 1000:.2f} ms"


def main() -> None:
    sys.stdout.write(languages("Languages, by hand: written after the words", SENTENCES))
    sides: tuple[tuple[Side, str], ...] = (("tune", "tuned on"), ("score", "scored"))
    for side, title in sides:
        if texts := sentences(side):
            sys.stdout.write(languages(f"Languages, catalogues of programs: {title}", texts))
    sys.stdout.write(refusals())
    sys.stdout.write(leaks())
    sys.stdout.write(costs())


if __name__ == "__main__":
    main()
