"""The light model first, the next one where that does not do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from benchmarks.shapes import guarded, play
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import (
    Abstained,
    Accepted,
    Blocked,
    Escalated,
    Policy,
    PolicyError,
    Refusal,
    Usage,
    abstain,
    block,
    escalate,
    flag,
    guard,
)
from guardrails_lib._guarded import Guarded, Shape, guarded_as
from guardrails_lib.checks import containing
from guardrails_lib.flows import cascade
from guardrails_lib.testing import ScriptedModel, Turn

HONEST = Policy(
    name="honest",
    validators=(
        flag(containing("flagged")),
        abstain(containing("unsure")),
        escalate(containing("person")),
        block(containing("never")),
    ),
)
SHAPES = pytest.mark.parametrize("shape", Shape, ids=lambda shape: shape.name)


@SHAPES
class TestInEveryShape:
    """Functions, coroutines, generators and async generators do the same."""

    def test_an_answer_of_the_first_is_enough(self, shape: Shape) -> None:
        large = ScriptedModel()
        small = guarded(shape, ScriptedModel("In 1889."), HONEST)
        _, outcome = play(cascade(small, guarded(shape, large, HONEST)))
        assert outcome == Accepted("In 1889.")
        assert large.sent == []

    def test_where_the_first_abstains_the_next_is_asked(self, shape: Shape) -> None:
        small = guarded(shape, ScriptedModel("unsure"), HONEST)
        large = guarded(shape, ScriptedModel("In 1889."), HONEST)
        _, outcome = play(cascade(small, large))
        assert outcome == Accepted("In 1889.")

    def test_the_last_outcome_is_given_whichever_it_is(self, shape: Shape) -> None:
        small = guarded(shape, ScriptedModel("unsure"), HONEST)
        large = guarded(shape, ScriptedModel("still unsure"), HONEST)
        _, outcome = play(cascade(small, large))
        assert isinstance(outcome, Abstained)

    def test_what_is_blocked_ends_it(self, shape: Shape) -> None:
        large = ScriptedModel()
        small = guarded(shape, ScriptedModel("never"), HONEST)
        _, outcome = play(cascade(small, guarded(shape, large), on=Refusal))
        assert isinstance(outcome, Blocked)
        assert large.sent == []

    def test_an_error_ends_it(self, shape: Shape) -> None:
        small = guarded(shape, ScriptedModel(ConnectionError("gone")), HONEST)
        with pytest.raises(ConnectionError):
            play(cascade(small, guarded(shape, ScriptedModel(), HONEST)))

    def test_the_record_holds_every_step_and_what_it_cost(self, shape: Shape) -> None:
        small = guarded(shape, ScriptedModel(Turn(("unsure",), usage=Usage(1, 2, 0.25))), HONEST)
        large = guarded(shape, ScriptedModel(Turn(("1889",), usage=Usage(10, 20, 4.0))), HONEST)
        _, outcome = play(cascade(small, large))
        record = outcome.record
        assert [step.spent.dollars for step in record.steps] == [0.25, 4.0]
        assert record.spent == Usage(11, 22, 4.25)
        assert record.attempts == 2
        assert record.id == record.steps[-1].id != record.steps[0].id
        assert record.policy == "honest"

    def test_one_step_leaves_the_record_as_it_is(self, shape: Shape) -> None:
        only = guarded(shape, ScriptedModel("a"), HONEST)
        _, outcome = play(cascade(only))
        assert outcome.record.steps == ()
        assert outcome.record.policy == "honest"

    def test_what_it_gives_is_guarded_and_of_that_shape(self, shape: Shape) -> None:
        flow = cascade(guarded(shape, ScriptedModel(), HONEST))
        assert guarded_as(flow) == Guarded(shape)

    def test_cascades_may_be_steps(self, shape: Shape) -> None:
        models = [ScriptedModel("unsure"), ScriptedModel("unsure"), ScriptedModel("1889")]
        first, second, third = (guarded(shape, model, HONEST) for model in models)
        _, outcome = play(cascade(cascade(first, second), third))
        assert outcome == Accepted("1889")
        assert [len(step.steps) for step in outcome.record.steps] == [2, 0]

    def test_on_names_other_outcomes(self, shape: Shape) -> None:
        small = guarded(shape, ScriptedModel("person"), HONEST)
        large = guarded(shape, ScriptedModel("1889"), HONEST)
        _, outcome = play(cascade(small, large, on=(Abstained, Escalated)))
        assert outcome == Accepted("1889")

    def test_on_may_be_a_function(self, shape: Shape) -> None:
        small = guarded(shape, ScriptedModel("flagged"), HONEST)
        large = guarded(shape, ScriptedModel("1889"), HONEST)
        _, outcome = play(cascade(small, large, on=lambda outcome: bool(outcome.findings)))
        assert outcome == Accepted("1889")


def test_blocked_goes_on_where_on_names_it() -> None:
    small = guarded(Shape.CALL, ScriptedModel("never"), HONEST)
    large = guarded(Shape.CALL, ScriptedModel("1889"), HONEST)
    _, outcome = play(cascade(small, large, on=Blocked))
    assert outcome == Accepted("1889")


def test_a_function_is_not_asked_of_what_is_blocked() -> None:
    small = guarded(Shape.CALL, ScriptedModel("never"), HONEST)
    large = guarded(Shape.CALL, ScriptedModel("1889"), HONEST)
    _, outcome = play(cascade(small, large, on=lambda outcome: True))
    assert isinstance(outcome, Blocked)


class TestMisuse:
    """It is found where the flow is written."""

    def test_shapes_are_not_mixed(self) -> None:
        call = guarded(Shape.CALL, ScriptedModel())
        with pytest.raises(PolicyError, match="all of one kind"):
            cascade(call, guarded(Shape.STREAM, ScriptedModel()))

    def test_a_step_is_guarded(self) -> None:
        with pytest.raises(PolicyError, match="not guarded"):
            cascade(lambda prompt: prompt)

    def test_there_is_a_step(self) -> None:
        with pytest.raises(PolicyError, match="at least one"):
            cascade()

    def test_on_takes_types_of_outcomes(self) -> None:
        with pytest.raises(PolicyError, match="no type of these"):
            cascade(guarded(Shape.CALL, ScriptedModel()), on=(ValueError,))

    def test_on_is_no_text(self) -> None:
        with pytest.raises(PolicyError, match="types, or a function"):
            cascade(guarded(Shape.CALL, ScriptedModel()), on="abstained")  # type: ignore[arg-type]  # the point

    @pytest.mark.parametrize("seconds", [0, -1.0, float("nan")])
    def test_seconds_are_more_than_none(self, seconds: float) -> None:
        with pytest.raises(PolicyError, match="seconds"):
            cascade(guarded(Shape.CALL, ScriptedModel()), seconds=seconds)


class TestStreams:
    """Nothing is shown that does not count."""

    @pytest.mark.parametrize("shape", [Shape.STREAM, Shape.ASTREAM])
    def test_a_refused_step_shows_nothing(self, shape: Shape) -> None:
        """It would, as its guard shows what is safe so far."""
        early = Policy(output=(abstain(containing("unsure")),))
        small = guarded(shape, ScriptedModel(["I think ", "I am ", "unsure"]), early)
        large = guarded(shape, ScriptedModel(["In ", "1889."]), early)
        shown, outcome = play(cascade(small, large))
        assert "".join(shown) == "In 1889."
        assert outcome == Accepted("In 1889.")

    def test_the_last_step_is_shown_as_it_arrives(self) -> None:
        small = guarded(Shape.STREAM, ScriptedModel("unsure"), HONEST)
        model = ScriptedModel(["In ", "1889."])
        with cascade(small, guarded(Shape.STREAM, model))("q") as stream:
            texts = iter(stream)
            assert next(texts) == "In "
            assert model.closed == 0

    def test_an_earlier_step_is_shown_once_it_counts(self) -> None:
        small = guarded(Shape.STREAM, ScriptedModel(["In ", "1889."]))
        shown, _ = play(cascade(small, guarded(Shape.STREAM, ScriptedModel())))
        assert shown == ["In ", "1889."]

    def test_nothing_is_asked_before_somebody_reads(self) -> None:
        model = ScriptedModel("a")
        cascade(guarded(Shape.STREAM, model))("q")
        assert model.sent == []

    def test_a_typed_value_grows_over_it(self) -> None:
        typed = guard(Policy(), returns=dict[str, int])

        @typed
        def small(prompt: str) -> Iterator[str]:
            yield '{"year": '
            yield "1889}"

        stream = cascade(small)("q")
        *_, last = stream.partials()
        assert last == {"year": 1889}

    def test_it_is_too_late_for_a_value_once_text_was_read(self) -> None:
        with cascade(guarded(Shape.STREAM, ScriptedModel(["a", "b"])))("q") as stream:
            texts = iter(stream)
            next(texts)
            with pytest.raises(RuntimeError, match="before anything is read"):
                stream.partials()


ENDS = {
    "unsure": Abstained,
    "person": Escalated,
    "never": Blocked,
    "fine": Accepted,
}


@given(
    says=st.lists(st.sampled_from(sorted(ENDS)), min_size=1, max_size=4),
    shape=st.sampled_from(Shape),
)
def test_it_ends_with_the_first_that_counts(says: list[str], shape: Shape) -> None:
    """Or the last; those after it are not asked, and the record sums up those before."""
    models = [ScriptedModel(Turn((said,), usage=Usage(1, 1, 0.5))) for said in says]
    shown, outcome = play(cascade(*[guarded(shape, model, HONEST) for model in models]))
    counts = next((n for n, said in enumerate(says) if said != "unsure"), len(says) - 1)
    assert isinstance(outcome, ENDS[says[counts]])
    assert [len(model.sent) for model in models] == [int(n <= counts) for n in range(len(says))]
    assert outcome.record.spent == Usage(counts + 1, counts + 1, 0.5 * (counts + 1))
    assert len(outcome.record.steps) == (counts + 1 if counts else 0)
    if shape in {Shape.STREAM, Shape.ASTREAM}:
        assert "".join(shown) == ("fine" if says[counts] == "fine" else "")
