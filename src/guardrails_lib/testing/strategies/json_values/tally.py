"""Whether anything was ever made of what is wanted."""

from __future__ import annotations

from typing import NoReturn

from ...hypotheses import FailedHealthCheck, reject

__all__ = ["Tally"]

_TRIES = 30


class Tally:
    """How often something was tried that is wanted, if it never came about."""

    def __init__(self, wanted: str) -> None:
        self._wanted = wanted
        self._refused = 0
        self._has_one = False

    def keep(self) -> None:
        """One was made."""
        self._has_one = True

    def refuse(self, why: str) -> NoReturn:
        """Leave out what was drawn; after many of which none was kept, stop with a reason.

        hypothesis would go on for long, and could not say what is missing.
        """
        self._refused += 1
        if self._refused >= _TRIES and not self._has_one:
            raise FailedHealthCheck(f"in {_TRIES} tries {self._wanted} was made; {why}")
        reject()
