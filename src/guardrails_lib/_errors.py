"""The errors that are raised on purpose.

* GuardrailError
  + DeskError     -- what cannot be done with a case: it is not there, or decided already
  + LedgerError   -- a ledger that cannot tell what may be spent
  + PolicyError   -- the policy cannot work; raised where it is written or applied
  + BreakerOpen, Limited -- of `flows`: a model is not asked for now
  + PriceError    -- what a model costs is not known
  + Refused       -- raised by `Outcome.unwrap()`, and by guarded clients; carries the outcome
  + ReplyError    -- what an SDK gave cannot be read
  + VaultError    -- a vault that is full, or cannot be opened

Wrong types in a call are `TypeError`. Errors of your model call pass through untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._outcome import Refusal

__all__ = [
    "DeskError",
    "GuardrailError",
    "LedgerError",
    "PolicyError",
    "PriceError",
    "Refused",
    "ReplyError",
    "VaultError",
]


class GuardrailError(Exception):
    """Every error that this library raises on purpose is one of these."""


class DeskError(GuardrailError):
    """What was wanted of a desk cannot be done. The message quotes no text of the case."""


class LedgerError(GuardrailError):
    """A ledger that cannot do what it should, or is not told whose money it is."""


class PolicyError(GuardrailError):
    """A policy that cannot work, found where it is written and not when it runs."""


class PriceError(GuardrailError):
    """What a model costs is not known. It is never free for that."""


class Refused(GuardrailError):
    """`unwrap()` was called on an outcome that holds no value. `outcome` says why."""

    def __init__(self, outcome: Refusal) -> None:
        super().__init__(outcome)
        self.outcome = outcome

    def __str__(self) -> str:
        return self.outcome.why


class ReplyError(GuardrailError):
    """What an SDK gave as the reply of a model cannot be read. No text of it is quoted."""


class VaultError(GuardrailError):
    """A vault that cannot do what it should. No value of it is in the message."""
