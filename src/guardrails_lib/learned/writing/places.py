"""Names of real towns of the world, by country: those that phone numbers are given out for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

try:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE
    from phonenumbers.geodata import GEOCODE_DATA
except ImportError as missing:
    raise ImportError(
        'names of towns need phonenumbers: pip install "guardrails-lib[pii]"'
    ) from missing

__all__ = ["towns"]

_BEHIND = re.compile(r"(?:,| - |/| \(|\.\.).*", re.DOTALL)
"""What a name is given with: its state, another town, a note."""
_LATIN = re.compile(r"[ -\u024f\u2019]+")
_TOWN = re.compile(r"[^\W\d_][^\d_()/,;:&]{2,30}")
_NO_TOWN = re.compile(
    r"\b(?:Province|Region|District|Area|Zone|County|Central|Telekom|Mobile|exchange|code|city)\b",
    re.IGNORECASE,
)


@cache
def towns() -> Mapping[str, tuple[str, ...]]:
    """The towns of each country, by its code of two letters (``"de"``), sorted."""
    found: dict[str, set[str]] = {}
    for prefix, names in GEOCODE_DATA.items():
        country = _country(prefix)
        own = _BEHIND.sub("", names.get(country, ""))
        name = own if _LATIN.fullmatch(own) else _BEHIND.sub("", names.get("en", ""))
        if _TOWN.fullmatch(name) and not _NO_TOWN.search(name):
            found.setdefault(country, set()).add(name)
    return {country: tuple(sorted(some)) for country, some in sorted(found.items())}


def _country(prefix: str) -> str:
    for length in (1, 2, 3):
        regions = COUNTRY_CODE_TO_REGION_CODE.get(int(prefix[:length]))
        if regions:
            return str(regions[0]).lower()
    return ""
