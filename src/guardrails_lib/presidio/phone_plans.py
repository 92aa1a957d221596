"""The numbering plans of the world, as libphonenumber has them, compiled where needed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from re import Match
from typing import NamedTuple

from .libphonenumber import (
    CODES,
    MAX_NATIONAL,
    MIN_NATIONAL,
    NumberFormat,
    PhoneMetadata,
    PhoneNumberDesc,
)
from .phone_heads import SIZE, Lengths, begun, heads, lengths, surely, widths

__all__ = ["Plan", "any_of", "from_abroad", "plan_of", "plans", "valid"]

_TYPES = (
    "premium_rate",
    "toll_free",
    "shared_cost",
    "voip",
    "personal_number",
    "pager",
    "uan",
    "voicemail",
    "fixed_line",
    "mobile",
)

_ALL_DIGITS = re.compile(r"(?:\(\\d(?:\{\d+(?:,\d+)?\})?\))+")
"""A pattern that fits all digits, if only they are so many."""

_NO_PREFIX = {"\\1", "(\\1", "\\1)", "(\\1)"}
"""The rules for a national prefix that ask for none."""


class _Format(NamedTuple):
    """How numbers that begin with *leading* are written."""

    leading: str
    pattern: str
    wants: bool
    """Whether the national prefix is written, too."""
    heads: set[str]
    """The first digits of all that it may fit."""
    surely: set[str]
    """Those of which it fits all that has one of its lengths."""
    lengths: int
    """As bits."""


class Plan:
    """The numbering plan of one region."""

    def __init__(self, data: PhoneMetadata) -> None:
        general = data.general_desc
        assert general is not None
        self._data = data
        self.general = general.national_number_pattern or "(?!)"
        self.prefix = data.national_prefix_for_parsing
        self.rule = data.national_prefix_transform_rule
        self.abroad = data.international_prefix
        self._general = re.compile(self.general).fullmatch
        self.lengths = frozenset(general.possible_length)
        self._local_lengths = frozenset(general.possible_length_local_only)
        self._most = max(self.lengths)
        self._abroad = _matcher(self.abroad)
        self._prefix = _matcher(self.prefix)
        self.leading = _matcher(data.leading_digits)
        self.code = data.country_code or 0
        self._code = str(self.code)

    def possible(self, number: str) -> bool:
        """Whether a number may be so long, be it one within a town."""
        return len(number) in self.lengths or len(number) in self._local_lengths

    def valid(self, number: str) -> bool:
        """Whether *number* is of a type that the plan has."""
        return (
            len(number) in self.lengths
            and self._general(number) is not None
            and self._of_a_type(number) is not None
        )

    def stripped(self, number: str) -> tuple[str, bool]:
        """The number without its national prefix, and whether it had one."""
        found = self._prefix(number) if self._prefix and number else None
        if found is None:
            return number, False
        rest = number[found.end() :]
        if self.rule and found[found.re.groups] is not None:
            rest = found.expand(self.rule) + rest
        if self._general(number) and not self._general(rest):
            return number, False
        return rest, True

    def significant(self, number: str) -> str:
        """The number without its national prefix, if it is long enough without."""
        rest, _ = self.stripped(number)
        size = len(rest)
        if size in self._local_lengths or (size <= self._most and size not in self.lengths):
            return number
        return rest

    def dialled(self, digits: str) -> tuple[int, str] | None:
        """The country's code and what is after it, None if there is no such country.

        The code is 0 if none was dialled.
        """
        if self._abroad and (found := self._abroad(digits)):
            rest = digits[found.end() :]
            if not rest.startswith("0"):
                return from_abroad(rest)
        if digits.startswith(self._code):
            rest, _ = self.stripped(digits[len(self._code) :])
            too_long = len(digits) > self._most and len(digits) not in self._local_lengths
            if too_long or (self._general(rest) and not self._general(digits)):
                return self.code, rest
        return 0, digits

    def wants_prefix(self, number: str) -> bool:
        """Whether *number*, as the plan has it, is written with the national prefix."""
        found = self._written_so(number)
        return found is not None and found.lastgroup is not None

    def prefixed(self, head: str) -> int:
        """The lengths, as bits, of which all numbers that begin with *head* want the prefix.

        The first format that fits decides, so none before may fit and want no prefix.
        """
        found = other = 0
        for each in self._formats:
            if head in each.heads:
                if not each.wants:
                    other |= each.lengths
                elif head in each.surely:
                    found |= each.lengths & ~other
        return found

    def shortest(self) -> int:
        """No valid number of the plan has fewer digits."""
        return min((min(each.possible_length) for each in _types(self._data)), default=MAX_NATIONAL)

    @cached_property
    def heads(self) -> Lengths:
        """How many digits a valid number may have, by its first ones."""
        leading = self._data.leading_digits
        if leading:  # no other number is for this plan to judge
            return dict.fromkeys(begun(leading), lengths(self.lengths))
        found: Lengths = defaultdict(int)
        for each in _types(self._data):
            long = lengths(each.possible_length)
            for head in heads(each.national_number_pattern or ""):
                found[head] |= long
        return found

    def adds(self) -> int:
        """How many digits a number may have that are not written."""
        return len(re.sub(r"\\\d", "", self.rule or ""))

    def shortest_abroad(self) -> int:
        """The digits to dial another country at least: what leads there, its code, a number."""
        one_digit = self._abroad and any(self._abroad(str(each)) for each in range(10))
        return (1 if one_digit else 2) + 1 + MIN_NATIONAL

    @cached_property
    def types(self) -> str:
        """A pattern for the numbers of all types."""
        by_lengths: dict[tuple[int, ...], list[str]] = {}
        for each in _types(self._data):
            by_lengths.setdefault(each.possible_length, []).append(
                each.national_number_pattern or "(?!)"
            )
        return any_of(
            f"(?=(?:{'|'.join(f'.{{{size}}}' for size in lengths)})\\Z)(?:{'|'.join(patterns)})"
            for lengths, patterns in by_lengths.items()
        )

    @cached_property
    def _of_a_type(self) -> Callable[[str], Match[str] | None]:
        return re.compile(self.types).fullmatch

    @cached_property
    def _written_so(self) -> Callable[[str], Match[str] | None]:
        """The format of a number; a group with a name says that it wants the prefix.

        The first that fits is the one that counts, so the alternatives keep their order.
        """
        alternatives = (
            f"(?={each.leading})(?:{each.pattern})\\Z"
            + (f"(?P<wants{place}>)" if each.wants else "")
            for place, each in enumerate(self._formats)
        )
        return re.compile("|".join(alternatives) or "(?!)").match

    @cached_property
    def _formats(self) -> list[_Format]:
        return [_format_of(each) for each in self._data.number_format]


@lru_cache(maxsize=512)
def plans(code: int) -> tuple[Plan, ...]:
    """The plans of the regions that share *code*, the main one first."""
    return tuple(plan for region in CODES[code] if (plan := plan_of(region, code)))


@lru_cache(maxsize=512)
def plan_of(region: str, code: int) -> Plan | None:
    """The plan of one region; what has no region is of the region 001."""
    data = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    return None if data is None else Plan(data)


def from_abroad(digits: str) -> tuple[int, str] | None:
    """The country's code at the start of *digits*, and what is after it."""
    if len(digits) <= MIN_NATIONAL or digits[0] == "0":
        return None
    for size in (1, 2, 3):
        if (code := int(digits[:size])) in CODES:
            return code, digits[size:]
    return None


def valid(code: int, number: str) -> bool:
    """Whether *number* is of a type of the region it belongs to, among those of *code*."""
    sharing = plans(code)
    if len(sharing) == 1:
        return sharing[0].valid(number)
    for plan in _owners(code, number[:SIZE]):
        if plan.leading is None:
            if plan.valid(number):
                return True
        elif plan.leading(number):
            return plan.valid(number)
    return False


@lru_cache(maxsize=4096)
def _owners(code: int, head: str) -> tuple[Plan, ...]:
    """The plans of *code* that have numbers that begin with *head*."""
    return tuple(plan for plan in plans(code) if head in plan.heads)


def _types(data: PhoneMetadata) -> Iterator[PhoneNumberDesc]:
    """The types of numbers that a region has."""
    for name in _TYPES:
        each: PhoneNumberDesc | None = getattr(data, name)
        if name == "mobile" and data.same_mobile_and_fixed_line_pattern:
            continue
        if each and each.national_number_pattern and each.possible_length != (-1,):
            yield each


def any_of(patterns: Iterable[str | None]) -> str:
    """A pattern for what one of *patterns* matches, so none if there are none."""
    return "|".join(dict.fromkeys(each for each in patterns if each)) or "(?!)"


def _format_of(data: NumberFormat) -> _Format:
    leading = data.leading_digits_pattern[-1] if data.leading_digits_pattern else ""
    rule = data.national_prefix_formatting_rule
    optional = data.national_prefix_optional_when_formatting
    wants = bool(rule) and not optional and rule not in _NO_PREFIX
    pattern = data.pattern or "(?!)"
    sure = surely(leading) if _ALL_DIGITS.fullmatch(pattern) else set()
    return _Format(leading, pattern, wants, begun(leading), sure, widths(pattern))


def _matcher(pattern: str | None) -> Callable[[str], Match[str] | None] | None:
    return re.compile(pattern).match if pattern else None
