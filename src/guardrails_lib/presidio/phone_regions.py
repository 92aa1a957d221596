"""What libphonenumber makes of the digits of a number, for who reads them in one region.

To libphonenumber a number in digits and punctuation is its digits, a plus sign and an
extension. For these its answer is computed here, from its own metadata.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from re import Match
from typing import NamedTuple

from .libphonenumber import (
    FEWEST,
    MAX_NATIONAL,
    MIN_NATIONAL,
    SUPPORTED_REGIONS,
    Leniency,
    PhoneMetadata,
)
from .phone_plans import any_of, from_abroad, plan_of, plans, valid

__all__ = ["Region", "Written", "region_of"]

_FEW = 8
"""So many plans are compiled in a moment; the 25 that share the code 1 are not."""


class Written(NamedTuple):
    """A number as it is written, without what has no meaning."""

    plus: bool
    digits: str
    extension: str


class Region:
    """The numbers that libphonenumber finds for a reader in one region."""

    def __init__(self, name: str) -> None:
        self.name = name
        code = name.upper()
        data = PhoneMetadata.metadata_for_region(code)
        self._home = plan_of(code, data.country_code or 0) if data else None
        self._known = name in SUPPORTED_REGIONS

    def shortest(self, leniency: int) -> int:
        """No number is written in fewer digits, if it bears no plus."""
        if self._home is None:
            return FEWEST
        if leniency == Leniency.POSSIBLE:
            return MIN_NATIONAL
        sharing = plans(self._home.code)
        added = max(self._home.adds(), sharing[0].adds())
        national = min(plan.shortest() for plan in sharing) - added
        return max(FEWEST, min(national, self._home.shortest_abroad()))

    def four(self) -> Iterator[str] | None:
        """All numbers of four digits, where it is known that there are no shorter ones."""
        if self._home is None or self._home.adds() or self._home.shortest_abroad() == 4:
            return None
        sharing = [plan for plan in plans(self._home.code) if plan.shortest() <= 4]
        every = (f"{number:04}" for number in range(10_000 if sharing else 0))
        return (digits for digits in every if any(plan.valid(digits) for plan in sharing))

    def accepts(self, written: Written, leniency: int) -> bool:
        """Whether the digits are a number.

        How they stand in groups, which the two strictest leniencies ask for, is not looked at.
        """
        reading = self._read(written)
        if reading is None:
            return False
        code, number, local = reading
        main = plans(code)[0]
        if leniency == Leniency.POSSIBLE:
            return main.possible(number)
        if not valid(code, number):
            return False
        if local and main.wants_prefix(number):
            return main.stripped(written.digits + written.extension)[1]
        return True

    @cached_property
    def maybe(self) -> str:
        """A pattern for digits without a plus: what it does not match is not valid."""
        if self._home is None or not self._known:
            return "(?!)"
        sharing = plans(self._home.code)
        if len(sharing) <= _FEW:
            numbers = any_of(plan.types for plan in sharing)
        else:
            sizes = {size for plan in sharing for size in plan.lengths}
            so_long = any_of(f".{{{size}}}" for size in sorted(sizes))
            numbers = f"(?=(?:{so_long})\\Z)(?:{any_of(plan.general for plan in sharing)})"
        prefixed = [plan for plan in (self._home, sharing[0]) if plan.prefix]
        prefixes = any_of(plan.prefix for plan in prefixed)
        if any(plan.rule for plan in prefixed):
            national = f"{numbers}|(?={prefixes}).*"
        else:
            national = f"(?:{prefixes}){{0,2}}(?:{numbers})"
        abroad = any_of([self._home.abroad])
        return f"(?:{self._home.code})?(?:{national})|(?:{abroad}).*"

    @cached_property
    def could(self) -> Callable[[str], Match[str] | None]:
        """Whether digits without a plus could be valid: `accepts` is asked of these alone."""
        return re.compile(self.maybe).fullmatch

    def _read(self, written: Written) -> tuple[int, str, bool] | None:
        """The country's code, the number, and whether the code was left unsaid."""
        found = self._dialled(written)
        if found is None:
            return None
        code, number = found
        plan = plans(code)[0] if code else self._home
        if plan is None or len(number) < MIN_NATIONAL:
            return None
        number = plan.significant(number)
        if not MIN_NATIONAL <= len(number) <= MAX_NATIONAL:
            return None
        return plan.code, number, not code

    def _dialled(self, written: Written) -> tuple[int, str] | None:
        if not written.plus:
            return self._home.dialled(written.digits) if self._home and self._known else None
        if len(written.digits) <= MIN_NATIONAL:
            return None
        found = from_abroad(written.digits)
        if found is None and self._home:  # a plus before what is dialled within the region
            found = self._home.dialled(written.digits)
            return found if found and found[0] else None
        return found


@lru_cache(maxsize=512)
def region_of(name: str) -> Region:
    """The region of that name, compiled once."""
    return Region(name)
