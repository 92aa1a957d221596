"""How much may be spent, by whom, and in which time."""

from __future__ import annotations

import calendar
import hashlib
import json
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from .._errors import LedgerError
from .._values import code

__all__ = ["HELD", "Every", "Limit", "account", "ends", "nanos", "of", "several"]

Every: TypeAlias = Literal["minute", "hour", "day", "week", "month"]

HELD = 86_400
"""Seconds after which what was reserved and never settled is spent for good."""

_MOST = 9_000_000.0
"""Dollars that can be counted in billionths without error where numbers are floats, as in Lua."""
_SECONDS = {"minute": 60, "hour": 3_600, "day": 86_400}
_FOR_EVER = math.inf


@dataclass(frozen=True, slots=True, repr=False)
class Limit:
    """So many *dollars* for each *per*, in each window of time.

    >>> print(Limit(1.0, per="user"))
    1 dollar per user and day
    >>> print(Limit(500.0, every="month"), "|", Limit(20.0, ("tenant", "user"), every=None))
    500 dollars per month | 20 dollars per tenant and user

    Windows are those of the calendar in UTC, as bills are: a day begins at midnight, a week on
    Monday. So a limit is one number, and each knows when there is money again. Around midnight
    twice the *dollars* of a day may go within a few minutes; add a limit per hour where that is
    too much. None is for ever.
    """

    dollars: float
    per: str | Sequence[str] = ()
    """The names that a call is charged by: those of `Request.meta`, or of ``Charge(by=...)``."""
    every: Every | None = "day"

    __repr__ = code

    def __post_init__(self) -> None:
        per = (self.per,) if isinstance(self.per, str) else tuple(self.per)
        if not all(isinstance(name, str) and name for name in per) or len(set(per)) < len(per):
            raise LedgerError(f'per={self.per!r}: names, each once, as in per=("tenant", "user")')
        if self.every is not None and self.every not in get_args(Every):
            known = ", ".join(get_args(Every))
            raise LedgerError(f"every={self.every!r}: one of {known}, or None for ever")
        nanos(self.dollars)
        object.__setattr__(self, "per", per)

    def __str__(self) -> str:
        one = "dollar" if self.dollars == 1 else "dollars"
        words = [*self.per, *([self.every] if self.every else [])]
        joined = " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
        return f"{self.dollars:g} {one} per {joined}" if words else f"{self.dollars:g} {one} in all"


def several(limits: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """*limits*, if they can hold together."""
    if not limits or not all(isinstance(limit, Limit) for limit in limits):
        raise LedgerError('a ledger has limits: MemoryLedger(Limit(1.0, per="user"))')
    if len({(frozenset(limit.per), limit.every) for limit in limits}) < len(limits):
        raise LedgerError("two limits are per the same and for the same time: keep the smaller")
    return limits


def nanos(dollars: float) -> int:
    """*dollars* as whole billionths, which add up without an error."""
    if not 0 <= dollars <= _MOST:
        raise LedgerError(f"{dollars!r} dollars: a number from 0 to {_MOST:.0f}")
    return round(dollars * 1e9)


def of(limit: Limit, who: Mapping[str, str]) -> tuple[str, ...]:
    """The value of *who* for each name of the limit."""
    for name in limit.per:
        value = who.get(name)
        if not (isinstance(value, str) and value):
            raise LedgerError(
                f"a limit is per {name}, and the call has no text under that name: "
                f'Request(..., meta={{"{name}": ...}}) or Charge(by=...)'
            )
    return tuple(who[name] for name in limit.per)


def account(limit: Limit, values: tuple[str, ...]) -> str:
    """What the money is taken from: a name that does not say who it is.

    >>> account(Limit(1.0, per="user"), ("ann@example.com",))
    'day/user/54fbac21935feba22be0348490cde588'
    """
    kind = "/".join((limit.every or "ever", *limit.per))
    if not values:
        return kind
    whole = json.dumps([kind, *values]).encode()
    return f"{kind}/{hashlib.sha256(whole).hexdigest()[:32]}"


def ends(every: Every | None, now: float) -> float:
    """When the window ends in which *now* is, in seconds since the epoch."""
    if every is None:
        return _FOR_EVER
    if every == "week":  # the epoch was a Thursday
        return ((now // 86_400 + 3) // 7 * 7 + 4) * 86_400
    if every == "month":
        year, month = time.gmtime(now)[:2]
        return float(calendar.timegm((year + month // 12, month % 12 + 1, 1, 0, 0, 0)))
    size = _SECONDS[every]
    return (now // size + 1) * size
