"""What libphonenumber makes of the digits of a number, for who reads them in one region.

To libphonenumber a number in digits and punctuation is its digits, a plus sign and an
extension. For these its answer is computed here, from its own metadata.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from .libphonenumber import (
    FEWEST,
    MAX_NATIONAL,
    MIN_NATIONAL,
    SUPPORTED_REGIONS,
    Leniency,
    PhoneMetadata,
)
from .phone_heads import SIZE, Lengths, begun, led, lengths
from .phone_plans import Plan, any_of, from_abroad, plan_of, plans, valid

__all__ = ["MOST", "Region", "Written", "region_of"]

MOST = 40
"""No number without a plus is known to have so many: prefixes, a code and 17 of its own."""

_ALL = lengths(range(SIZE, MOST + 1))


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
        self._sharing: Sequence[Plan] = plans(data.country_code or 0) if data else ()
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
        digits = written.digits
        if leniency and not written.plus and digits[:SIZE] in self._bare:
            main = self._sharing[0]
            return not main.wants_prefix(digits) and valid(main.code, digits)
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
    def _bare(self) -> set[str]:
        """The first digits of what can be nothing but a number: no code and no prefix."""
        if self._home is None or not self._known:
            return set()
        home, main = self._home, self._sharing[0]
        before = (str(home.code), home.prefix, home.abroad, main.prefix)
        return begun("").difference(*(begun(each) for each in before if each))

    def lengths(self, head: str) -> int:
        """How many digits numbers have that begin with *head*, as bits; `MOST` is that or more.

        Where all are written with the national prefix, none begins without.
        """
        found = self._lengths.get(head, 0)
        if head not in self._bare:
            return found
        return found & ~self._sharing[0].prefixed(head)

    @cached_property
    def _lengths(self) -> Lengths:
        """How many digits may be written, by the first ones: never too few."""
        if self._home is None or not self._known:
            return {}
        sharing = plans(self._home.code)
        found: Lengths = defaultdict(int)
        for each in sharing:
            _join(found, each.heads)
        prefixed = [plan for plan in (self._home, sharing[0]) if plan.prefix]
        prefixes = any_of(plan.prefix for plan in prefixed)
        if any(plan.rule for plan in prefixed):
            _join(found, dict.fromkeys(begun(prefixes), _ALL))
        elif prefixed:
            once = led(prefixes, found)
            _join(found, once)
            _join(found, led(prefixes, once))
        _join(found, led(str(self._home.code), found))
        if self._home.abroad:
            _join(found, dict.fromkeys(begun(self._home.abroad), _ALL))
        return found

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


def _join(found: Lengths, more: Lengths) -> None:
    for head, said in more.items():
        found[head] |= said
