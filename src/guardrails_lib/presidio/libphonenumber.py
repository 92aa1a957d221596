"""What of libphonenumber is used here.

How it finds a number in a text is private to it. To take its patterns, instead of writing
them again, is to change when it does; the differential tests hold us to all the rest.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

try:
    from phonenumbers import SUPPORTED_REGIONS
    from phonenumbers.phonemetadata import NumberFormat, PhoneMetadata, PhoneNumberDesc
    from phonenumbers.phonenumber import PhoneNumber
    from phonenumbers.phonenumbermatcher import (
        _INNER_MATCHES,
        _MATCHING_BRACKETS,
        _PATTERN,
        _PUB_PAGES,
        _SLASH_SEPARATED_DATES,
        _TIME_STAMPS,
        _TIME_STAMPS_SUFFIX,
        Leniency,
        PhoneNumberMatcher,
    )
    from phonenumbers.phonenumberutil import (
        _MAX_INPUT_STRING_LENGTH,
        _MAX_LENGTH_FOR_NSN,
        _MIN_LENGTH_FOR_NSN,
        _SECOND_NUMBER_START_PATTERN,
        _VALID_PUNCTUATION,
        COUNTRY_CODE_TO_REGION_CODE,
        region_code_for_number,
    )
except ImportError as missing:
    raise ImportError(
        'phone numbers need phonenumbers: pip install "guardrails-lib[pii]"'
    ) from missing

__all__ = [
    "BRACKETS",
    "CANDIDATE",
    "CODES",
    "FEWEST",
    "INNER",
    "LONGEST",
    "MAX_NATIONAL",
    "MIN_NATIONAL",
    "PAGES",
    "PUNCTUATION",
    "SECOND",
    "SLASHED",
    "STAMP",
    "STAMP_END",
    "SUPPORTED_REGIONS",
    "Leniency",
    "NumberFormat",
    "PhoneMetadata",
    "PhoneNumber",
    "PhoneNumberDesc",
    "bars",
    "parsed",
    "region_code_for_number",
]

CANDIDATE: Final = _PATTERN
INNER: Final = _INNER_MATCHES
BRACKETS: Final = _MATCHING_BRACKETS
PAGES: Final = _PUB_PAGES
SLASHED: Final = _SLASH_SEPARATED_DATES
STAMP: Final = _TIME_STAMPS
STAMP_END: Final = _TIME_STAMPS_SUFFIX
SECOND: Final = _SECOND_NUMBER_START_PATTERN
PUNCTUATION: Final = _VALID_PUNCTUATION
"""What may stand between digits, as the inside of a class."""

LONGEST: Final = _MAX_INPUT_STRING_LENGTH
"""A longer text is no number."""

FEWEST: Final = 3
"""A number of fewer digits must be nothing but its digits."""

CODES: Final = COUNTRY_CODE_TO_REGION_CODE
MIN_NATIONAL: Final = _MIN_LENGTH_FOR_NSN
MAX_NATIONAL: Final = _MAX_LENGTH_FOR_NSN


@lru_cache(maxsize=4096)
def bars(char: str) -> bool:
    """Whether *char* right beside a number says that it is none: a Latin letter, a currency."""
    look = PhoneNumberMatcher
    symbol = look._is_invalid_punctuation_symbol(char)  # noqa: SLF001  # as above
    return symbol or look._is_latin_letter(char)  # noqa: SLF001  # as above


def parsed(text: str, start: int, part: str, region: str, leniency: int) -> PhoneNumber | None:
    """What libphonenumber itself says of *part*, which is at *start* of *text*."""
    look = PhoneNumberMatcher(text, region, leniency)
    found = look._parse_and_verify(part, start)  # noqa: SLF001  # as above
    return None if found is None else found.number
