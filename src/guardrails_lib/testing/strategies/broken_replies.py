"""Replies of a model that do not hold what was asked for, by what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

from ..._schema import Json
from ..hypotheses import InvalidArgument, st
from .breaking import BREAKS, NEEDED
from .json_values.tally import Tally
from .wanted import Wanted

__all__ = ["FAULTS", "Broken", "broken_replies"]

FAULTS = tuple(BREAKS)
"""What may be wrong with a reply, the likeliest first."""


_TRIES = 3
"""A fault may be one that does not matter there: what was left out need not be there."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A reply from which a value cannot be read as it is."""

    text: str
    fault: str
    """What is wrong with it: one of `FAULTS`."""


def broken_replies(
    returns: object,
    fault: str | None = None,
    *,
    values: st.SearchStrategy[object] | None = None,
) -> st.SearchStrategy[Broken]:
    """Replies that ``guard(..., returns=...)`` cannot read, unless some are repaired.

    Each was a good one before one thing went wrong with it: *fault*, or if that is None any of
    `FAULTS` that answers of this type can have. *values* are as for `replies`.

    >>> from hypothesis import find
    >>> find(broken_replies(list[int], "truncated"), bool)
    Broken(text='[', fault='truncated')
    """
    if fault is not None and fault not in FAULTS:
        raise InvalidArgument(f"{fault!r} is no fault of a reply; there are: {', '.join(FAULTS)}")
    wanted = Wanted(returns)
    needed = NEEDED.get(fault or "", wanted.kinds)
    if needed.isdisjoint(wanted.kinds):
        raise InvalidArgument(
            f"no answer of {wanted.name} can have the fault {fault!r}: none holds what may be "
            f"broken so ({', '.join(sorted(needed))})"
        )
    trees = wanted.trees(values)
    tally = Tally(f"no reply with the fault {fault!r}" if fault else "no broken reply")

    return _broken(wanted, trees, (fault,) if fault else FAULTS, tally)


@st.composite
def _broken(
    draw: st.DrawFn,
    wanted: Wanted,
    trees: st.SearchStrategy[Json],
    faults: tuple[str, ...],
    tally: Tally,
) -> Broken:
    tree = draw(trees)
    first = draw(st.integers(0, len(faults) - 1))
    for name in (*faults[first:], *faults[:first]) * _TRIES:
        text = BREAKS[name](draw, tree)
        if text is not None and not wanted.reads(text):
            tally.keep()
            return Broken(text, name)
    return tally.refuse(f"answers of {wanted.name} cannot be broken so, or are read all the same")
