"""Every form of personal data, and which are meant."""

from __future__ import annotations

from collections.abc import Iterable

from ...hypotheses import InvalidArgument
from . import americas, asia, british, europe, germany, ibans, people, phones, south, worldwide
from .form import Form

__all__ = ["ENTITIES", "FORMS", "LOCALES", "forms_of"]

_ROOMS = (worldwide, phones, ibans, people, americas, british, germany, europe, asia, south)
FORMS: tuple[Form, ...] = tuple(form for room in _ROOMS for form in room.FORMS)

ENTITIES = tuple(sorted({form.entity for form in FORMS}))
"""The kinds of personal data that there are values of."""

LOCALES = tuple(sorted({form.country for form in FORMS} - {""}))
"""The countries that have forms of their own, by Presidio's codes."""

_USUAL = {
    *("US_SSN", "US_ITIN", "US_BANK_NUMBER", "US_DRIVER_LICENSE", "US_PASSPORT"),
    *("MEDICAL_LICENSE", "UK_NHS"),
}
"""Of a country, and yet looked for by `pii()` without being told."""

_BY_MODELS = {"PERSON", "LOCATION"}
_ALIASES = {"gb": "uk"}


def forms_of(entities: Iterable[str] | None = None, locale: str | None = None) -> tuple[Form, ...]:
    """The forms of *entities* in the country *locale*; those that `pii()` knows unless told."""
    country = None if locale is None else _country(locale)
    if entities is None:
        some = _usual() if country is None else _of(country)
        return tuple(form for form in some if form.entity not in _BY_MODELS)
    names = tuple(entities)
    if not names:
        raise InvalidArgument("entities= is empty: leave it out to have the usual ones")
    if unknown := [name for name in names if name not in ENTITIES]:
        raise InvalidArgument(f"no form of {_said(unknown)}; entities: {_said(ENTITIES)}")
    known = _anywhere() if country is None else _of(country)
    there = {form.entity for form in known}
    if abroad := [name for name in names if name not in there]:
        raise InvalidArgument(f"{locale} has no {_said(abroad)}; it has {_said(sorted(there))}")
    return tuple(form for form in known if form.entity in names)


def _anywhere() -> tuple[Form, ...]:
    """What is of no country, and of each country what is of no other."""
    everywhere = {form.entity for form in FORMS if not form.country}
    return tuple(form for form in FORMS if not form.country or form.entity not in everywhere)


def _usual() -> tuple[Form, ...]:
    return tuple(form for form in FORMS if not form.country or form.entity in _USUAL)


def _of(country: str) -> tuple[Form, ...]:
    """What is of *country*, and what is of none where the country has no form of its own."""
    own = {form.entity for form in FORMS if form.country == country}
    return tuple(
        form
        for form in FORMS
        if form.country == country or (not form.country and form.entity not in own)
    )


def _country(locale: str) -> str:
    country = _ALIASES.get(locale.lower(), locale.lower())
    if country not in LOCALES:
        raise InvalidArgument(f"no form is of {locale}; locales: {_said(LOCALES)}")
    return country


def _said(names: Iterable[str]) -> str:
    return ", ".join(names)
