"""Sets measured with detectors that are made up."""

from __future__ import annotations

import re

from guardrails_lib.learned.corpora import Prompt, Span, Tagged
from guardrails_lib.learned.measuring.measured import (
    Named,
    NamesIn,
    Prompted,
    names_measured,
    prompts_measured,
)
from guardrails_lib.learned.measuring.measures import Interval
from guardrails_lib.learned.measuring.tallies import ANY
from guardrails_lib.learned.sets import LOOKED_FOR, NameSet, PromptSet, Where

TEXTS = (
    Tagged("Ann met Bob.", (Span(0, 3, "PERSON"), Span(8, 11, "PERSON"))),
    Tagged("Acme sells Widgets.", (Span(0, 4, "ORGANIZATION"), Span(11, 18, "PRODUCT"))),
    Tagged("It rains in Spring.", ()),
    Tagged("nothing here", ()),
)


def capitals(text: str) -> list[Span]:
    """Every word with a capital is somebody."""
    return [Span(*each.span(), "PERSON") for each in re.finditer(r"\b[A-Z]\w+", text)]


def row(measured: NamesIn, kind: str, by: str = "words") -> Named:
    (found,) = (each for each in measured.rows if (each.type, each.by) == (kind, by))
    return found


MEASURED = names_measured(NameSet("made up", TEXTS), capitals, LOOKED_FOR)


def value(measure: Interval | None) -> float:
    assert measure is not None
    return measure.value


def test_precision_is_told_with_and_without_names_of_other_types() -> None:
    persons = row(MEASURED, "PERSON")
    assert persons.names == 2
    assert value(persons.precision) == 2 / 6
    assert value(persons.precision_apart) == 2 / 5


def test_without_types_any_finding_on_a_name_is_right() -> None:
    either = row(MEASURED, ANY)
    assert value(either.recall) == 1
    assert value(either.precision) == 3 / 6


def test_a_type_that_is_nowhere_has_no_measure() -> None:
    places = row(MEASURED, "LOCATION")
    assert places.names == 0
    assert (places.precision, places.recall, places.f1) == (None, None, None)


def test_what_the_set_knows_and_nobody_looks_for_is_told() -> None:
    assert MEASURED.other == ("PRODUCT",)


def test_texts_without_names_in_which_one_was_found_are_counted() -> None:
    assert value(MEASURED.touched) == 1 / 2


def test_without_types_every_name_of_the_set_is_wanted() -> None:
    every = names_measured(NameSet("made up", TEXTS), capitals)
    assert [(each.type, each.by) for each in every.rows] == [(ANY, "words"), (ANY, "places")]
    assert every.other == ()
    assert row(every, ANY).names == 4
    assert value(row(every, ANY).precision) == 4 / 6


def test_a_set_without_names_has_no_leak() -> None:
    quiet = names_measured(NameSet("quiet", TEXTS[2:]), capitals, LOOKED_FOR)
    assert quiet.leak is None
    assert row(quiet, ANY).recall is None
    assert value(row(quiet, ANY).precision) == 0


def test_texts_of_one_template_come_and_go_together() -> None:
    apart = [Tagged(text, (Span(0, 3, "PERSON"),)) for text in ("Ann", "bob") * 20]
    grouped = [each._replace(group=each.text) for each in apart]
    one, other = (
        names_measured(NameSet("", some), capitals, LOOKED_FOR).leak for some in (apart, grouped)
    )
    assert one
    assert other
    assert one.value == other.value == 0.5
    assert (other.low, other.high) == (0, 1)
    assert one.high - one.low < 0.5


def prompts(name: str, family: str = "prompts", **scores: tuple[float, ...]) -> PromptSet:
    return PromptSet(
        name,
        "prompt",
        [
            Prompt(f"{name} {score}", kind == "hostile", name)
            for kind, some in scores.items()
            for score in some
        ],
        family,
    )


def score(text: str, where: Where) -> float:
    return float(text.rsplit(" ", 1)[1])


def at_half(where: Where) -> float:
    return 0.5


def test_a_set_is_measured_against_the_honest_texts_of_its_family() -> None:
    attacks = prompts("attacks", hostile=(0.9, 0.4), honest=(0.1,))
    honest = prompts("honest", honest=(0.2, 0.6))
    one, other = prompts_measured([attacks, honest], score, at_half)
    assert (one.attacks, one.honest, one.against) == (2, 1, 3)
    assert value(one.auc) == 5 / 6
    assert value(one.recall_1) == value(one.recall_01) == 1 / 2
    assert value(one.recall) == 1 / 2
    assert value(one.false_positives) == 0
    assert (other.auc, other.recall_1, other.recall) == (None, None, None)
    assert value(other.false_positives) == 1 / 2


def test_another_family_does_not_count() -> None:
    attacks = prompts("attacks", hostile=(0.5,), honest=(0.1,))
    (one, _) = prompts_measured([attacks, prompts("own", "own", honest=(0.9,))], score, at_half)
    assert value(one.auc) == 1


def test_attacks_alone_have_a_recall_at_the_threshold_and_no_more() -> None:
    (alone,) = prompts_measured([prompts("attacks", hostile=(0.5, 0.4))], score, at_half)
    assert value(alone.recall) == 0.5
    assert (alone.auc, alone.recall_1, alone.false_positives) == (None, None, None)


def test_documents_of_one_group_come_and_go_together() -> None:
    rows = [
        Prompt(f"x {score}", hostile, "x", group=str(group))
        for group in range(30)
        for hostile, score in ((True, 0.9 if group % 2 else 0.1), (False, 0.2))
    ]
    (measured,) = prompts_measured([PromptSet("x", "document", rows, "x")], score, at_half)
    (alone,) = prompts_measured(
        [PromptSet("x", "document", [each._replace(group="") for each in rows], "x")],
        score,
        at_half,
    )
    assert isinstance(measured, Prompted)
    assert value(measured.auc) == value(alone.auc) == 0.5
    assert measured.auc != alone.auc
