"""The errors that are raised on purpose.

* GuardrailError
  + DeskError     -- what cannot be done with a case: it is not there, or decided already
  + PolicyError   -- the policy cannot work; raised where it is written or applied
  + Refused       -- raised by `Outcome.unwrap()` alone; carries the outcome
  + VaultError    -- a vault that is full, or cannot be opened

Wrong types in a call are `TypeError`. Errors of your model call pass through untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._outcome import Refusal

__all__ = ["DeskError", "GuardrailError", "PolicyError", "Refused", "VaultError"]


class GuardrailError(Exception):
    """Every error that this library raises on purpose is one of these."""


class DeskError(GuardrailError):
    """What was wanted of a desk cannot be done. The message quotes no text of the case."""


class PolicyError(GuardrailError):
    """A policy that cannot work, found where it is written and not when it runs."""


class Refused(GuardrailError):
    """`unwrap()` was called on an outcome that holds no value. `outcome` says why."""

    def __init__(self, outcome: Refusal) -> None:
        super().__init__(outcome)
        self.outcome = outcome

    def __str__(self) -> str:
        return self.outcome.why


class VaultError(GuardrailError):
    """A vault that cannot do what it should. No value of it is in the message."""
