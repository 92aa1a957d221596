"""What is measured on: public sets in a folder of data, files of anybody's, texts of our own."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

from .corpora import Prompt, Tagged, lines, named, prompts
from .names.finding import TYPES
from .writing.grammar import grammars

__all__ = [
    "LOOKED_FOR",
    "NAME_SETS",
    "PROMPT_SETS",
    "Left",
    "NameSet",
    "PromptSet",
    "Where",
    "name_file",
    "name_sets",
    "own",
    "prompt_file",
    "prompt_sets",
]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
D_co = TypeVar("D_co", covariant=True)

Where: TypeAlias = Literal["prompt", "document"]

LOOKED_FOR = TYPES
"""The types of names that are looked for."""


class NameSet(NamedTuple):
    """Texts with names."""

    name: str
    texts: Sequence[Tagged]


class PromptSet(NamedTuple):
    """Prompts, or documents."""

    name: str
    where: Where
    prompts: Sequence[Prompt]
    family: str = "prompts"
    """Sets of one family are measured against the honest texts of all of them together."""


class Left(NamedTuple, Generic[T_co, D_co]):
    """Sets that were left out of training, and a detector that never saw them."""

    title: str
    sets: Sequence[T_co]
    detector: D_co


def name_sets(data: Path, names: Iterable[str] = ()) -> dict[str, NameSet]:
    """The sets of texts with names that are called *names*, or all."""
    return {name: NameSet(name, tuple(NAME_SETS[name](data))) for name in names or NAME_SETS}


def prompt_sets(data: Path, names: Iterable[str] = ()) -> dict[str, PromptSet]:
    """The sets of prompts and documents that are called *names*, or all."""
    return {name: PROMPT_SETS[name](data) for name in names or PROMPT_SETS}


def name_file(path: Path) -> NameSet:
    """The texts with names of a JSONL file."""
    return NameSet(path.name, _some(named(path), path))


def prompt_file(path: Path, where: Where) -> PromptSet:
    """The prompts or documents of a JSONL file."""
    return PromptSet(path.name, where, _some(prompts(path, path.name), path), where)


def _some(texts: Iterable[T], path: Path) -> Sequence[T]:
    if not (found := tuple(texts)):
        raise ValueError(f"{path} is empty: there is nothing to measure")
    return found


def own(name: str, folder: Literal["honest", "attacks"] = "honest") -> PromptSet:
    """The prompts of a file of ours, each of its templates written once.

    The honest ones are measured by themselves: whoever wrote attacks wrote them, too.
    """
    title = f"own_{name}" if folder == "honest" else f"{folder}_{name}"
    written = _drawn(folder, name, title, hostile=folder == "attacks")
    return PromptSet(title, "prompt", written, title if folder == "honest" else "prompts")


def _kept_back(name: str) -> PromptSet:
    """Honest documents of ours that nothing is learned from."""
    title = f"own_{name}"
    return PromptSet(title, "document", _drawn("kept_back", name, title, hostile=False), title)


def _drawn(folder: str, name: str, title: str, *, hostile: bool) -> tuple[Prompt, ...]:
    grammar = grammars(folder)[name]
    chance = random.Random(0).random  # noqa: S311  # nothing is secret here
    return tuple(
        Prompt(
            "".join(piece.text for piece in grammar.put(template, chance)),
            hostile=hostile,
            source=title,
            language=language,
        )
        for language, templates in grammar.templates.items()
        for template in templates
    )


def _negatives(data: Path) -> Iterator[Tagged]:
    """The texts in which a recognizer of Presidio must find nothing."""
    for row in lines(data / "pii_presidio_unit" / "cases.jsonl.gz"):
        if row["expected_len"] == 0:
            yield Tagged(row["text"], ())


def _honest(path: Path, source: str) -> Iterator[Prompt]:
    """The texts of a file that says nothing of attacks, and holds none."""
    for row in lines(path):
        yield Prompt(row["text"], hostile=False, source=source)


def _composed(data: Path, task: str = "") -> Iterator[Prompt]:
    """Documents with and without an order put in, which belong to the document."""
    path = data / "inj_bipia" / "composed.jsonl.gz"
    for row, prompt in zip(lines(path), prompts(path, "bipia"), strict=True):
        if row["task"] == task or not task:
            yield prompt._replace(group="-".join(row["id"].split("-")[:4]))


def _names_in(file: str) -> Callable[[Path], Iterator[Tagged]]:
    return lambda data: named(data / file)


def _prompts_in(name: str, file: str) -> Callable[[Path], PromptSet]:
    return lambda data: PromptSet(name, "prompt", tuple(prompts(data / file, name)))


def _documents_of(task: str) -> Callable[[Path], PromptSet]:
    name = f"bipia_{task}" if task else "bipia"
    return lambda data: PromptSet(name, "document", tuple(_composed(data, task)), name)


def _honest_in(name: str, where: Where, file: str, family: str) -> Callable[[Path], PromptSet]:
    return lambda data: PromptSet(name, where, tuple(_honest(data / file, name)), family)


NAME_SETS: Mapping[str, Callable[[Path], Iterator[Tagged]]] = {
    "wnut17_train": _names_in("pii_wnut17/train.jsonl.gz"),
    "wnut17_dev": _names_in("pii_wnut17/dev.jsonl.gz"),
    "wnut17_test": _names_in("pii_wnut17/test.jsonl.gz"),
    "wikigold": _names_in("pii_wikigold/wikigold.jsonl.gz"),
    "presidio_research_large": _names_in("pii_presidio_research_large/generated.jsonl.gz"),
    "presidio_unit_negatives": _negatives,
}

_OUTPUTS = "benign_llm_outputs_dev/outputs.jsonl.gz"

PROMPT_SETS: Mapping[str, Callable[[Path], PromptSet]] = {
    "jailbreak_wild": _prompts_in("jailbreak_wild", "inj_jailbreak_wild/jailbreaks.jsonl.gz"),
    "openai_demo": _prompts_in("openai_demo", "inj_openai_guardrails_demo/jailbreak_demo.jsonl.gz"),
    "pint": _prompts_in("pint", "inj_piguard_valid/valid.jsonl.gz"),
    "arena": _prompts_in("arena", "benign_arena_hard_v20/prompts.jsonl.gz"),
    "self_instruct": _prompts_in("self_instruct", "benign_self_instruct/instructions.jsonl.gz"),
    "llm_outputs": _honest_in("llm_outputs", "prompt", _OUTPUTS, "prompts"),
    "own_roleplay": lambda _: own("roleplay"),
    "own_triggers": lambda _: own("triggers"),
    "bipia_email": _documents_of("email"),
    "bipia_table": _documents_of("table"),
    "bipia_code": _documents_of("code"),
    "bipia": _documents_of(""),
    "llm_outputs_read": _honest_in("llm_outputs_read", "document", _OUTPUTS, "read"),
    "own_duties": lambda _: _kept_back("duties"),
    "squad2_contexts": _honest_in(
        "squad2_contexts", "document", "ground_squad2_a/contexts.jsonl.gz", "read"
    ),
}
"""Each set by its name: where there is no folder of data, only our own can be made."""
