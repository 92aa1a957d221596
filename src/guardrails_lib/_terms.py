"""What a guard takes beside its policy and the type of the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypedDict

from ._case import Desk, ToDesk
from ._events import Observer
from ._ledger import AsyncLedger, Charge, Ledger
from ._policy import Policy
from ._types import Label, Request, Usage

__all__ = ["Terms"]


class Terms(TypedDict, total=False):
    """What a guard takes beside its policy and the type of the answer."""

    strict: bool
    """Block a request of which some part is looked at by nobody."""
    early: bool
    """Show a stream as soon as the output rules allow it, though it may be refused later."""
    cleared_for: Label | None
    """The highest label that the model may see."""
    observers: Iterable[Observer]
    """Who is told each event."""
    shadow: Policy | None
    """A policy to try: it is run on the same values and changes nothing."""
    desk: Desk | ToDesk | None
    """Where cases for a person go."""
    language: str | Callable[[Request], str]
    """What refusals are said in."""
    ledger: Ledger | AsyncLedger | Charge | None
    """What calls are charged to."""
    prices: Callable[[str, Usage], float] | None
    """What the usage of a model costs, in dollars."""
