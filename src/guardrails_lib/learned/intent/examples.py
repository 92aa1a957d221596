"""The texts that the judge of intent learns from: what the project wrote, and what others gave.

Each knows its source: a file of ``writing``, or a set of others. A source is learned from or
left out as a whole.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from .. import corpora
from ..writing.grammar import Chance, grammars, one_of
from .noise import noised
from .reading import BLOCK

__all__ = [
    "Document",
    "Example",
    "Given",
    "documents",
    "given",
    "long_documents",
    "orders",
    "prompts",
]


class Example(NamedTuple):
    """A text to learn from."""

    text: str
    hostile: bool
    source: str
    weight: float = 1.0


class Document(NamedTuple):
    """A document, and where in it an order to a model stands, if in it."""

    text: str
    source: str
    start: int = 0
    end: int = 0
    order: str = ""
    """The source of the order."""


class Given(NamedTuple):
    """What others collected."""

    prompts: tuple[Example, ...] = ()
    replies: tuple[Example, ...] = ()
    """What models answered: honest documents."""
    orders: tuple[Example, ...] = ()
    """What attackers put into documents."""
    sentences: tuple[Example, ...] = ()
    """Sentences that order nothing from a model."""


_PROMPTS = {
    "jailbreak_wild": "inj_jailbreak_wild/jailbreaks.jsonl.gz",
    "openai_demo": "inj_openai_guardrails_demo/jailbreak_demo.jsonl.gz",
    "pint": "inj_piguard_valid/valid.jsonl.gz",
    "arena": "benign_arena_hard_v20/prompts.jsonl.gz",
    "self_instruct": "benign_self_instruct/instructions.jsonl.gz",
}
_REPLIES = {"llm_outputs": "benign_llm_outputs_dev/outputs.jsonl.gz"}
_ORDERS = {"bipia": "inj_bipia/attack_strings.jsonl.gz"}
_SENTENCES = {
    "wnut17": "pii_wnut17/train.jsonl.gz",
    "wikigold": "pii_wikigold/wikigold.jsonl.gz",
    "presidio_research": "pii_presidio_research_large/generated.jsonl.gz",
}


def given(data: Path) -> Given:
    """What is there in the folder of shared data."""
    return Given(
        tuple(_read(data, _PROMPTS)),
        tuple(_read(data, _REPLIES)),
        tuple(_read(data, _ORDERS)),
        tuple(_read(data, _SENTENCES)),
    )


def _read(data: Path, files: dict[str, str]) -> Iterator[Example]:
    for source, file in files.items():
        for row in corpora.lines(data / file):
            yield Example(row["text"], row.get("label") == 1, source)


_FEWEST = 300
"""So many texts a file gives at least, where its templates are given more than once."""


def written(folder: str, times: int, seed: int = 1) -> dict[str, list[str]]:
    """What the files of a *folder* say, by file: each template so many *times*, or more."""
    found: dict[str, list[str]] = {}
    for name, grammar in grammars(folder).items():
        texts: dict[str, None] = {}
        fewest = 1 if times == 1 else -(-_FEWEST // sum(map(len, grammar.templates.values())))
        for language, templates in grammar.templates.items():
            for number, template in enumerate(templates):
                for turn in range(max(times, fewest)):
                    chance = _chance(f"{seed} {name} {language} {number} {turn}")
                    texts["".join(piece.text for piece in grammar.put(template, chance))] = None
        found[f"{folder}/{name}"] = list(texts)
    return found


def prompts(others: Given, times: int) -> Iterator[Example]:
    """Prompts, hostile and honest."""
    for source, texts in written("attacks", times).items():
        yield from _with_noise(texts, True, source)
    for source, texts in written("honest", times).items():
        yield from _with_noise(texts, False, source)
    orders = written("orders", 1)
    yield from _with_noise(orders.get("orders/assistant", ()), True, "orders/assistant", 0.5)
    yield from _with_noise(orders.get("orders/task", ()), False, "orders/task", 0.5)
    for source, texts in written("documents", 1).items():
        yield from _with_noise(texts, False, source)
    yield from others.prompts
    yield from (each._replace(weight=0.5) for each in others.replies)


def _with_noise(
    texts: Sequence[str], hostile: bool, source: str, weight: float = 1.0
) -> Iterator[Example]:
    chance = _chance(source)
    for text in texts:
        yield Example(noised(text, chance), hostile, source, weight)


_SHORT = 600
_MARKS = ("\n", "\n", "\n", "\n\n", " ", " ")


def documents(others: Given, times: int) -> Iterator[Document]:
    """Documents without an order, and the same with one put in."""
    some = orders(others)
    for source, texts in _documents(others, times).items():
        chance = _chance(source)
        for text in texts:
            yield Document(noised(text, chance) if chance() < 0.2 else text, source)
            yield _inserted(text, source, one_of(chance, some), chance)


def long_documents(others: Given, count: int) -> Iterator[Document]:
    """Documents of up to `BLOCK` characters: *count* without an order, as many with one."""
    chance = _chance("long")
    some = orders(others)
    every = _documents(others, 1)
    sources = list(every)
    for _ in range(count):
        for with_order in (False, True):
            source = one_of(chance, sources)
            length = _SHORTEST * (BLOCK / _SHORTEST) ** chance()
            text = one_of(chance, every[source])
            while len(text) < length:
                text += one_of(chance, ("\n", "\n\n")) + one_of(chance, every[source])
            text = text[: int(length)]
            if with_order:
                yield _inserted(text, source, one_of(chance, some), chance)
            else:
                yield Document(text, source)


_SHORTEST = 200


def _documents(others: Given, times: int) -> dict[str, list[str]]:
    """Honest documents by source."""
    found = written("documents", times)
    for each in others.replies:
        found.setdefault(each.source, []).append(each.text)
    return found


def orders(others: Given) -> list[Example]:
    """What may be put into a document: orders, attacks, and ordinary requests to a model.

    Ordinary requests count more, as no word of theirs is hostile: only their place is.
    """
    honest = written("honest", 1)
    found = written("orders", 2) | written("attacks", 1)
    found |= {each: honest[each] for each in _REQUESTS if each in honest}
    several = [
        Example(text, True, source, _ORDINARY if source in (_TASKS, *_REQUESTS) else 1.0)
        for source, some in found.items()
        for text in some
    ]
    several += [
        each._replace(hostile=True, weight=_ORDINARY)
        for each in (*others.orders, *others.prompts)
        if each.source in _ASKED
    ]
    return [each for each in several if len(each.text) < _SHORT]


_TASKS = "orders/task"
_ORDINARY = 3.0
_REQUESTS = ("honest/everyday", "honest/format", "honest/code")
_ASKED = {"bipia", "self_instruct", "arena"}


def _inserted(text: str, source: str, given_order: Example, chance: Chance) -> Document:
    """*text* with an order at its start, in its middle or at its end."""
    kind = given_order.source
    order = noised(given_order.text, chance) if chance() < 0.25 else given_order.text
    mark = one_of(chance, _MARKS)
    place = chance()
    if place < 0.25:
        return Document(order + mark + text, source, 0, len(order), kind)
    if place < 0.5:
        at = len(text) + len(mark)
        return Document(text + mark + order, source, at, at + len(order), kind)
    cut = _cut(text, chance)
    start = cut + len(mark)
    whole = text[:cut] + mark + order + mark + text[cut:].lstrip(" ")
    return Document(whole, source, start, start + len(order), kind)


def _cut(text: str, chance: Chance) -> int:
    """A place between sentences or lines, mostly."""
    places = [at for at, each in enumerate(text) if each == "\n" or text[at : at + 2] == ". "]
    if not places or chance() < 0.1:
        return int(chance() * len(text))
    at = one_of(chance, places)
    return at + (text[at] == ".")


def _chance(of: str) -> Chance:
    return random.Random(of).random  # noqa: S311  # nothing is secret here
