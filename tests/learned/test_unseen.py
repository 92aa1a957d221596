"""Sets measured with detectors that never saw them, and do not exist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guardrails_lib.learned.corpora import Prompt, Span, Tagged
from guardrails_lib.learned.intent import Scored
from guardrails_lib.learned.measuring.measures import Interval
from guardrails_lib.learned.measuring.tallies import ANY
from guardrails_lib.learned.measuring.unseen import names_unseen, prompts_unseen
from guardrails_lib.learned.sets import Left, NameSet, PromptSet


@dataclass
class Knows:
    """Finds one name and no other."""

    name: str

    def find(self, text: str) -> Sequence[Span]:
        return [Span(*each.span(), "PERSON") for each in re.finditer(self.name, text)]


@dataclass
class Fears:
    """Takes texts with one word for attacks."""

    word: str
    thresholds: Any

    def score(self, text: str, where: str) -> Scored:
        return Scored(0, len(text), float(self.word in text))


def names_in(*names: str, group: str = "") -> NameSet:
    texts = [Tagged(f"{name}, {len(name)}", (Span(0, len(name), "PERSON"),)) for name in names]
    return NameSet("people", texts)


def nothing(text: str) -> Sequence[Span]:
    return ()


def recall(measured: Any, kind: str = ANY) -> float:
    (row,) = (each for each in measured.rows if (each.type, each.by) == (kind, "words"))
    return float(row.recall.value)


def test_parts_of_a_set_are_found_by_their_own_detectors_and_told_together() -> None:
    left = [
        Left("in parts", [names_in("Ann")], Knows("Ann")),
        Left("in parts", [names_in("Bob", "Ann Lee")], Knows("Bob")),
    ]
    measured = names_unseen(left, nothing, ())
    ((title, (people,)),) = measured.items()
    assert (title, people.texts) == ("in parts", 3)
    assert recall(people) == 2 / 4


def test_sets_with_one_title_stand_under_it() -> None:
    left = [Left("sources", [names_in("Ann"), names_in("Bob")._replace(name="more")], Knows("Bob"))]
    (found,) = names_unseen(left, nothing, ()).values()
    assert [(each.name, recall(each)) for each in found] == [("people", 0.0), ("more", 1.0)]


def test_a_whole_set_is_measured_with_what_the_rest_finds_too() -> None:
    (text,) = names_in("Ann").texts
    text = text._replace(spans=(*text.spans, Span(5, 6, "NUMBER")))
    left = [Left("", [NameSet("people", [text])], Knows("Ann"))]

    def numbers(text: str) -> Sequence[Span]:
        return [Span(*each.span(), "NUMBER") for each in re.finditer(r"\d", text)]

    (found,) = names_unseen(left, numbers, ["people"]).values()
    assert [each.name for each in found] == ["people", "people, all of pii()"]
    assert [recall(each) for each in found] == [1, 1]
    assert [row.names for row in found[1].rows] == [2, 2]


def test_attacks_are_measured_against_what_was_left_out_with_them() -> None:
    attack, honest = Prompt("boo", True, ""), Prompt("hello", False, "")
    left = [
        Left("one", [PromptSet("a", "prompt", [attack, honest])], Fears("boo", {"prompt": 0.5})),
        Left("two", [PromptSet("b", "prompt", [attack, honest])], Fears("hell", {"prompt": 0.5})),
    ]
    measured = prompts_unseen(left).prompts
    assert list(measured) == ["one", "two"]
    ((right,), (wrong,)) = measured.values()
    assert right.auc == Interval(1, 1, 1)
    assert wrong.auc == Interval(0, 0, 0)


def test_the_threshold_is_that_of_the_detector_that_never_saw_the_set() -> None:
    some = PromptSet("a", "document", [Prompt("boo", True, "")])
    unseen = prompts_unseen([Left("", [some], Fears("", {"document": 0.7}))])
    ((measured,),) = unseen.prompts.values()
    assert measured.threshold == 0.7


def test_scores_of_all_that_was_left_out_are_one_calibration() -> None:
    attack, honest = Prompt("boo", True, ""), Prompt("hello", False, "")
    left = [
        Left("one", [PromptSet("a", "prompt", [attack])], Fears("boo", {"prompt": 0.5})),
        Left("two", [PromptSet("b", "prompt", [honest])], Fears("boo", {"prompt": 0.5})),
    ]
    first, *_, last = prompts_unseen(left).calibration
    assert (first.attacks, first.honest, first.share) == (0, 1, Interval(0, 0, 0))
    assert (last.attacks, last.honest, last.share) == (1, 0, Interval(1, 1, 1))
