"""A law that does not hold explains itself: which, why, with what input, and the record."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..._events import Record
from ..._outcome import Outcome
from ..._policy import Policy
from ..._values import code
from ..hypotheses import Phase, settings, st, tried_with
from ..playing import Played
from ..watching import trying

__all__ = ["LawBroken", "broken", "hidden", "hold"]


class LawBroken(AssertionError):
    """A law does not hold.

    The message has the law, what is wrong, the smallest input that hypothesis found, and the
    record of the call. A text that is yours, and is not to be seen, is blotted out.
    """

    def __init__(
        self,
        why: str,
        told: Mapping[str, object],
        record: Record | None = None,
        hide: Iterable[str] = (),
    ) -> None:
        self.law = ""
        """The name of the law, as `hold` puts it there."""
        self.why = why
        self.told = told
        """What led to it: the input, and what came of it, under their names."""
        self.record = record
        self._hide = tuple(hide)
        super().__init__(why)

    def __str__(self) -> str:
        lines = [f"{self.law or 'a law'} does not hold: {self.why}"]
        lines += [f"  {name:<8} {_text(value)}" for name, value in self.told.items()]
        if self.record is not None:
            lines += [
                f"  record   {self.record.policy or 'a policy'} {self.record.fingerprint[:12]}"
            ]
            lines += [f"           {line}" for line in _written(self.record)]
        return _blotted("\n".join(lines), self._hide)


def broken(
    why: str,
    *,
    played: Played[Any] | None = None,
    **told: object,
) -> LawBroken:
    """The error of a law that does not hold, for the reason *why*; *told* is what led to it."""
    shown: dict[str, object] = dict(told)
    outcome: Outcome[Any] | None = None
    if played is not None:
        outcome = played.outcome
        shown |= {"asked": played.request, "as": played.shape.value, "sent": played.sent}
        shown |= {"shown": played.shown, "ended": outcome if played.error is None else played.error}
    return LawBroken(why, shown, None if outcome is None else outcome.record)


def hold(
    law: Callable[..., None],
    *values: st.SearchStrategy[Any],
    name: str,
    policy: Policy | None = None,
    examples: int | None = None,
) -> None:
    """Try *law* with many *values*: as many as *examples*, or as hypothesis' profile says."""
    __tracebackhide__ = True  # pytest shows the test, and what is wrong
    most = settings().max_examples if examples is None else examples
    how = settings(
        max_examples=most,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        print_blob=False,
        # to say which lines of the engine were run takes longer than to find what is wrong
        phases=[each for each in settings().phases if each is not Phase.explain],
    )
    try:
        with trying(name, policy) as trial:

            def counted(*drawn: Any) -> None:
                trial.examples += 1
                law(*drawn)

            tried_with(counted, values, how)
    except LawBroken as problem:
        problem.law = name
        problem.__notes__ = []  # hypothesis quotes the input, and the message has it already
        raise problem.with_traceback(None) from None


@contextlib.contextmanager
def hidden(values: Sequence[str]) -> Iterator[None]:
    """A law that is found not to hold meanwhile tells of it with *values* blotted out."""
    try:
        yield
    except LawBroken as problem:
        blotted = {name: _blotted(_text(value), values) for name, value in problem.told.items()}
        raise LawBroken(problem.why, blotted, problem.record, values) from None


def _blotted(text: str, hide: Iterable[str]) -> str:
    for each in hide:
        for written in (each, repr(each)[1:-1]):
            text = text.replace(written, "█" * min(len(each), 8)) if written else text
    return text


def _text(value: object) -> str:
    return value if isinstance(value, str) and "\n" not in value else repr(value)


def _written(record: Record) -> list[str]:
    return [f"{event.at:.3f} {code(event._replace(at=0.0))}" for event in record.events]
