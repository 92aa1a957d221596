"""Numbers between bounds, in steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...hypotheses import st

__all__ = ["Numbers"]

Number = int | float


@dataclass(frozen=True, slots=True)
class Numbers:
    """What numbers there may be."""

    whole: bool = False
    least: Number | None = None
    above: Number | None = None
    most: Number | None = None
    below: Number | None = None
    steps: tuple[Number, ...] = ()

    def narrowed(self, said: Mapping[str, Any]) -> Numbers:
        """Those of them that fit what is *said*, too."""
        step = said.get("multipleOf")
        return Numbers(
            self.whole,
            _tighter(max, self.least, said.get("minimum")),
            _tighter(max, self.above, said.get("exclusiveMinimum")),
            _tighter(min, self.most, said.get("maximum")),
            _tighter(min, self.below, said.get("exclusiveMaximum")),
            self.steps if step is None else (*self.steps, step),
        )

    def problem(self) -> str | None:
        """Why there is none, if there is none."""
        low, high = self._low, self._high
        if low is None or high is None:
            return None
        if low > high or (low == high and (low == self.above or high == self.below)):
            return f"no number is both over {low} and under {high}"
        step = self._step
        if step is not None:
            first, last = self._counts(step)
            if first is not None and last is not None and first > last:
                return f"between {low} and {high} there is no multiple of {step}"
        return None

    def strategy(self) -> st.SearchStrategy[Number]:
        """All of them: the shortest to write come first."""
        step = self._step
        if step is not None:
            return _between(*self._counts(step)).map(lambda count: _number(count * step))
        kinds: list[st.SearchStrategy[Any]] = []
        bounds = [abs(each) for each in (self._low, self._high) if each is not None]
        for parts in (1, 100) if max(bounds, default=0) < _PRECISE else (1,):
            part = Fraction(1, parts)
            first, last = self._counts(part)
            if first is None or last is None or first <= last:
                kinds.append(_between(first, last).map(_parted(part)))
        floats = self._floats()
        return st.one_of(*kinds, *([] if floats is None else [floats]))

    @property
    def _low(self) -> Number | None:
        return _tighter(max, self.least, self.above)

    @property
    def _high(self) -> Number | None:
        return _tighter(min, self.most, self.below)

    @property
    def _step(self) -> Fraction | None:
        """What all of them are multiples of."""
        steps = [*map(_exact, self.steps), *([Fraction(1)] if self.whole else [])]
        if not steps:
            return None
        return Fraction(
            math.lcm(*(each.numerator for each in steps)),
            math.gcd(*(each.denominator for each in steps)),
        )

    def _counts(self, step: Fraction) -> tuple[int | None, int | None]:
        """How often *step* goes into the first of them and the last."""
        first = last = None
        if (low := self._low) is not None:
            first = math.ceil(_exact(low) / step)
            first += first * step == _exact(low) and low == self.above
        if (high := self._high) is not None:
            last = math.floor(_exact(high) / step)
            last -= last * step == _exact(high) and high == self.below
        return first, last

    def _floats(self) -> st.SearchStrategy[float] | None:
        try:
            low = None if self._low is None else _float(self._low, math.inf)
            high = None if self._high is None else _float(self._high, -math.inf)
        except OverflowError:
            return None
        if low is not None and low == self.above:
            low = math.nextafter(low, math.inf)
        if high is not None and high == self.below:
            high = math.nextafter(high, -math.inf)
        if low is not None and high is not None and low > high:
            return None
        return st.floats(low, high, allow_nan=False, allow_infinity=False)


def _parted(part: Fraction) -> Callable[[int], Number]:
    return lambda count: _number(count * part)


def _between(first: int | None, last: int | None) -> st.SearchStrategy[int]:
    """Integers: near the bounds, and if there is none, near zero; seldom far from that."""
    if first is not None and last is not None:
        return st.integers(first, last)
    if first is None and last is None:
        return st.integers(-_NEAR, _NEAR) | st.integers(-_FAR, _FAR)
    if first is not None:
        return st.integers(first, first + _NEAR) | st.integers(first, first + _FAR)
    assert last is not None
    return st.integers(last - _NEAR, last) | st.integers(last - _FAR, last)


_NEAR = 1_000
_FAR = 10**9
_PRECISE = 10**12
"""Floats have hundredths up to there."""


def _tighter(
    of: Callable[[Iterable[Number]], Number], one: Number | None, other: Number | None
) -> Number | None:
    return (
        of(each for each in (one, other) if each is not None)
        if (one, other) != (None, None)
        else None
    )


def _exact(number: Number) -> Fraction:
    """As it is written: 0.1 is a tenth."""
    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))


def _number(exact: Fraction) -> Number:
    return int(exact) if exact.denominator == 1 else float(exact)


def _float(bound: Number, towards: float) -> float:
    """The float nearest to *bound* on that side of it."""
    near = float(bound)
    is_beyond = near < bound if towards > 0 else near > bound
    return math.nextafter(near, towards) if is_beyond else near
