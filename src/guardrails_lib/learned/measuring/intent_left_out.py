"""Judges that never saw some of what there is to learn from, and what they never saw.

Attacks are left out together with honest texts, by which it is told what the judge would find
falsely at the same threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..intent.examples import given
from ..intent.judging import Judge
from ..intent.lessons import Lessons
from ..intent.training import judge_without, lessons, vocabulary
from ..sets import Left, PromptSet, own, prompt_sets
from ..writing.grammar import grammars

__all__ = ["SOURCES", "prompts_left_out"]

SOURCES = {
    ("jailbreak_wild", "openai_demo", "arena"): ("jailbreak_wild", "openai_demo", "arena"),
    ("pint", "self_instruct", "llm_outputs"): ("pint", "self_instruct", "llm_outputs"),
    ("honest/roleplay", "honest/triggers"): ("own_roleplay", "own_triggers"),
    ("bipia", "llm_outputs"): (
        *("bipia_email", "bipia_table", "bipia_code", "bipia"),
        "llm_outputs_read",
    ),
}
"""What is left out together, and the sets that are then measured, all prompts or all documents."""

HONEST = ("arena", "self_instruct")
"""The honest prompts that are left out with families of attacks of our own."""

PARTS = 3
"""The families are left out in so many parts."""


def prompts_left_out(data: Path) -> Iterator[Left[PromptSet, Judge]]:
    """Each source with a judge that never saw it; then families of our own, part by part."""
    several = lessons(given(data), 3, 1500)
    for sources, names in SOURCES.items():
        yield _left(several, sources, list(prompt_sets(data, names).values()))
    families = sorted(grammars("attacks"))
    for part in range(PARTS):
        some = families[part::PARTS]
        sets = [*(own(name, "attacks") for name in some), *prompt_sets(data, HONEST).values()]
        yield _left(several, (*(f"attacks/{name}" for name in some), *HONEST), sets)


def _left(
    several: dict[str, Lessons], sources: Sequence[str], sets: Sequence[PromptSet]
) -> Left[PromptSet, Judge]:
    """What a judge of those *sets* alone makes of them, without having seen the *sources*."""
    where = sets[0].where
    judge = judge_without({where: several[where]}, sources, vocabulary())
    return Left(f"without {', '.join(sources)}", sets, judge)
