"""What a call spends: what it set aside before, what it cost, what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ._call import Call, Hold
from ._effects import Do, Flow, Late
from ._errors import LedgerError, PolicyError, PriceError
from ._judged import Decision, Judged
from ._ledger import AsyncLedger, Charge, Ledger, Overspent
from ._policy import Action
from ._types import Finding, Request, Usage

__all__ = ["reserved", "settled", "spend"]


def spend(call: Call[Any], usage: Usage, model: str) -> None:
    """Add what the *model* cost to what was spent, and see to the budget."""
    if usage.tokens or usage.dollars:
        call.told = True
        call.spent += usage if usage.dollars > 0 else _priced(call, usage, model)
    if call.limited:
        call.within_budget()


def _priced(call: Call[Any], usage: Usage, model: str) -> Usage:
    """*usage* with what it cost. Where there is a limit, what is not known ends the call."""
    said, usage = usage.dollars, replace(usage, dollars=0.0)
    try:
        if said:  # less than nothing, or no number: no limit would ever be reached
            raise PriceError(f"a usage of {said} dollars says nothing: give 0 or more")
        if call.prices is not None:
            dollars = call.prices(model, usage)
            if not dollars >= 0:
                raise PriceError(f"prices= gave {dollars}: dollars, not less than 0")
            return replace(usage, dollars=dollars)
        if not call.counts_dollars:
            return usage
        raise PriceError("what that cost is not known: give guard(policy, prices=...)")
    except PriceError as problem:
        if call.counts_dollars:
            call.spent += usage
            call.told = False
            raise call.stop("error", str(problem)) from None
        call.keep([Judged(Action.FLAG, Finding(str(problem), kind="error"))])
        return usage


# -- the ledger


def reserved(call: Call[Any], charge: Charge, request: Request, times: int = 1) -> Flow[None]:
    """Set aside what it may cost to ask so many *times*; a `Decision` if there is no money."""
    _close_last(call)
    found = _who(charge, request).items()
    who = {name: str(each) for name, each in found if isinstance(each, str | int)}
    dollars = _estimate(call, charge, request) * times
    ledger: Ledger | AsyncLedger = charge.ledger
    try:
        held = yield Do(ledger, "reserve", (who, dollars), call.until)
    except (LedgerError, PolicyError, Late):
        raise
    except Exception as problem:
        call.note("unreached", by=(type(ledger).__name__, type(problem).__name__))
        if charge.on_error is None:
            message = f"the ledger cannot be reached: {type(problem).__name__}"
            raise call.stop("error", message) from None
        ledger = charge.on_error
        held = yield Do(ledger, "reserve", (who, dollars), call.until)
    if isinstance(held, Overspent):
        raise call.stop("budget", f"no more is left of {held.limit}")
    call.held += (Hold(ledger, held, call.spent.dollars, told=False),)
    call.told = False
    if held.used >= charge.near and charge.degrade is not None and not call.degraded:
        call.degraded = True
        call.note("degraded")
        if isinstance(charge.degrade, Action):
            call.told = True  # the model is not asked
            finding = Finding("little is left of what may be spent", kind="budget")
            judged = [Judged(charge.degrade, finding)]
            call.keep(judged)
            raise Decision(judged)


def _who(charge: Charge, request: Request) -> Mapping[str, object]:
    return request.meta if charge.by is None else charge.by(request)


def _estimate(call: Call[Any], charge: Charge, request: Request) -> float:
    estimate = charge.estimate
    if estimate is None:
        return call.plan.policy.budget.dollars or 0.0  # the guard has seen to it that there is one
    return estimate(request) if callable(estimate) else estimate


def _close_last(call: Call[Any]) -> None:
    """Put down whether it is known what asking has cost the last time."""
    if call.held:
        call.held = (*call.held[:-1], call.held[-1]._replace(told=call.told))


def settled(call: Call[Any], *, failed: bool = False) -> Flow[None]:
    """Book what each time cost. Where that is not known, it is what was set aside."""
    _close_last(call)
    holds, call.held = call.held, ()
    if not holds:
        return
    ends = [each.spent for each in holds[1:]] + [call.spent.dollars]
    for n, (hold, end) in enumerate(zip(holds, ends, strict=True)):
        spent = end - hold.spent
        if not (hold.told or (failed and n == len(holds) - 1)):
            spent = max(spent, hold.held.dollars)
        try:
            yield Do(hold.ledger, "settle", (hold.held, spent))
        except Exception as problem:  # the ledger keeps it as what was set aside
            call.note("unsettled", by=(type(hold.ledger).__name__, type(problem).__name__))
