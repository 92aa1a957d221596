"""Signs near each other strengthen each other, those far apart do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.injection.trace import Trace
from guardrails_lib.injection.weigh import NEAR, SERIOUS, weighed


def trace(start: int, score: float, technique: str = "persona") -> Trace:
    return Trace(technique, f"a sign of {score}", start, start + 5, score)


TRACES = st.lists(
    st.builds(trace, st.integers(0, 9000), st.sampled_from([0.1, 0.25, 0.3, 0.4, 0.55, 0.9])),
    max_size=30,
)


@given(TRACES)
def test_no_sign_becomes_less_certain(traces: list[Trace]) -> None:
    before = sorted((each.start, each.end, each.score) for each in traces)
    after = sorted((each.start, each.end) for each in weighed(traces))
    assert after == [(start, end) for start, end, _ in before]
    ordered = sorted(traces, key=lambda each: (each.start, each.end))
    assert all(new.score >= old.score for new, old in zip(weighed(traces), ordered, strict=True))


@given(TRACES)
def test_what_is_near_alone_counts(traces: list[Trace]) -> None:
    for each in weighed(traces):
        near = {
            (other.technique, other.score)
            for other in traces
            if abs(other.start - each.start) <= NEAR
        }
        left = 1.0
        for _, score in sorted(near):
            left *= 1 - score
        own = [other.score for other in traces if other[:4] == each[:4]]
        if any(score >= SERIOUS for _, score in near):
            assert abs(each.score - max(1 - left, each.score)) < 1e-9
            assert each.score >= 1 - left - 1e-9
        else:
            assert each.score in own


def test_the_same_sign_again_is_no_surer() -> None:
    assert [each.score for each in weighed([trace(0, 0.5), trace(10, 0.5)])] == [0.5, 0.5]


def test_weak_signs_mean_nothing_without_a_serious_one() -> None:
    weak = [trace(0, 0.1), trace(10, 0.25), trace(20, 0.3)]
    assert [each.score for each in weighed(weak)] == [0.1, 0.25, 0.3]
    assert all(each.score > 0.6 for each in weighed([*weak, trace(30, 0.4)]))


def test_signs_far_apart_are_weighed_apart() -> None:
    assert [each.score for each in weighed([trace(0, 0.5), trace(NEAR + 1, 0.4)])] == [0.5, 0.4]
