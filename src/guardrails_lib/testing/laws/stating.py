"""A law that does not hold explains itself: which, why, with what input, and the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..._events import Record
from ..._outcome import Outcome
from ..._policy import Policy
from ..._values import code
from ..hypotheses import settings, st, tried_with
from ..playing import Played
from ..watching import Tried, tried

__all__ = ["LawBroken", "broken", "hold"]


class LawBroken(AssertionError):
    """A law does not hold.

    The message has the law, what is wrong, the smallest input that hypothesis found, and the
    record of the call. A text that is yours, and is not to be seen, is blotted out.
    """

    def __init__(self, why: str, told: Mapping[str, object], record: Record | None = None) -> None:
        self.law = ""
        """The name of the law, as `hold` puts it there."""
        self.why = why
        self.told = told
        """What led to it: the input, and what came of it, under their names."""
        self.record = record
        super().__init__(why)

    def __str__(self) -> str:
        lines = [f"{self.law or 'a law'} does not hold: {self.why}"]
        lines += [f"  {name:<8} {value}" for name, value in self.told.items()]
        if self.record is not None:
            lines += [
                f"  record   {self.record.policy or 'a policy'} {self.record.fingerprint[:12]}"
            ]
            lines += [f"           {line}" for line in _written(self.record)]
        return "\n".join(lines)


def broken(
    why: str,
    *,
    played: Played[Any] | None = None,
    hide: Iterable[str] = (),
    **told: object,
) -> LawBroken:
    """The error of a law that *why* breaks; in what is *told*, the texts to *hide* are blotted."""
    shown: dict[str, object] = dict(told)
    outcome: Outcome[Any] | None = None
    if played is not None:
        outcome = played.outcome
        shown |= {"asked": played.request, "as": played.shape.value, "sent": played.sent}
        shown |= {"shown": played.shown, "ended": outcome if played.error is None else played.error}
    blotted = {name: _blotted(value, hide) for name, value in shown.items()}
    return LawBroken(why, blotted, None if outcome is None else outcome.record)


def hold(
    law: Callable[..., None],
    *values: st.SearchStrategy[Any],
    name: str,
    policy: Policy | None = None,
    examples: int | None = None,
) -> None:
    """Try *law* with many *values*: as many as *examples*, or as hypothesis' profile says."""
    count = 0

    def counted(*drawn: Any) -> None:
        nonlocal count
        count += 1
        law(*drawn)

    most = settings().max_examples if examples is None else examples
    how = settings(
        max_examples=most,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        print_blob=False,
    )
    held = False
    try:
        tried_with(counted, values, how)
        held = True
    except LawBroken as problem:
        problem.law = name
        problem.__notes__ = []  # hypothesis quotes the input, and the message has it already
        raise problem.with_traceback(None) from None
    finally:
        tried(Tried(name, policy, count, held))


def _blotted(value: object, hide: Iterable[str]) -> str:
    text = value if isinstance(value, str) else repr(value)
    for each in hide:
        for written in (each, repr(each)[1:-1]):
            text = text.replace(written, "█" * min(len(each), 8)) if written else text
    return text


def _written(record: Record) -> list[str]:
    return [f"{event.at:.3f} {code(event._replace(at=0.0))}" for event in record.events]
