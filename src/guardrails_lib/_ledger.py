"""What a guarded call asks of a ledger: money is reserved before it is spent, then settled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

from ._errors import PolicyError
from ._policy import Action
from ._types import Request

__all__ = ["AsyncLedger", "Charge", "Held", "Ledger", "Overspent"]


class Held(NamedTuple):
    """Money that a call may spend."""

    id: str
    dollars: float
    accounts: tuple[str, ...] = ()
    """What it is taken from; the ledger's own words, with no name of a person in them."""
    used: float = 0.0
    """How much of the tightest limit is taken, this included: from 0 to 1."""


class Overspent(NamedTuple):
    """There is not so much money left."""

    limit: str
    """Which limit it is, with no name of a person in it: ``1 dollar per user and day``."""


@runtime_checkable
class Ledger(Protocol):
    """Budgets across calls. Each method does one thing, at once or not at all."""

    def reserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent:
        """Set *dollars* aside for a call of *who*: names by what limits are per."""
        ...

    def settle(self, held: Held, dollars: float, /) -> None:
        """Book what was spent, and free the rest. The second time changes nothing."""
        ...


@runtime_checkable
class AsyncLedger(Protocol):
    """`Ledger`, awaited."""

    async def areserve(self, who: Mapping[str, str], dollars: float, /) -> Held | Overspent:
        """`Ledger.reserve`, awaited."""
        ...

    async def asettle(self, held: Held, dollars: float, /) -> None:
        """`Ledger.settle`, awaited."""
        ...


Estimate: TypeAlias = float | Callable[[Request], float]


@dataclass(frozen=True, slots=True)
class Charge:
    """How calls are charged to a ledger: ``guard(policy, ledger=Charge(LEDGER, 0.01))``."""

    ledger: Ledger | AsyncLedger
    estimate: Estimate | None = None
    """What asking once may cost, in dollars, or a function of the request; the dollars of the
    policy's budget unless told."""
    by: Callable[[Request], Mapping[str, str]] | None = None
    """Who is charged: a value for each name that a limit is per. The request's meta unless
    told."""
    near: float = 0.8
    """From what share of a limit on `degrade` holds."""
    degrade: Callable[..., Any] | Mapping[str, object] | Action | None = None
    """What is called in place of the guarded function near a limit: a cheaper model, the same
    for a shorter answer. Of a guarded client: options in place of those given. Or how calls
    end there. None: they go on as long as money lasts."""
    on_error: Ledger | None = None
    """What is asked where the ledger cannot be reached: an estimate of this process. None
    fails closed: the call abstains."""

    def __post_init__(self) -> None:
        if not isinstance(self.ledger, Ledger | AsyncLedger):
            raise PolicyError(f"ledger= takes a Ledger, not a {type(self.ledger).__name__}")
        if not (self.on_error is None or isinstance(self.on_error, Ledger)):
            raise PolicyError("on_error= takes a Ledger of this process: MemoryLedger(...)")
        if not (callable(self.estimate) or self.estimate is None or self.estimate >= 0):
            raise PolicyError(f"estimate={self.estimate}: dollars, not less than 0")
        if isinstance(self.degrade, Action) and self.degrade < Action.ABSTAIN:
            raise PolicyError(f"degrade={self.degrade}: use ABSTAIN, ESCALATE or BLOCK")
        if not 0 <= self.near <= 1:
            raise PolicyError(f"near={self.near}: a share of the limit, from 0 to 1")
