"""Personal data of nobody, and what looks like it."""

from __future__ import annotations

from ...hypotheses import st
from .forms import ENTITIES, LOCALES, forms_of

__all__ = ["ENTITIES", "LOCALES", "pii_values"]


def pii_values(
    entity: str | None = None, *, locale: str | None = None, valid: bool = True
) -> st.SearchStrategy[str]:
    """Values of one kind of personal data, as people write them; or of many kinds.

    >>> from hypothesis import find
    >>> find(pii_values("IBAN_CODE", locale="nl"), lambda value: True)
    'NL96TEST0000000000'
    >>> find(pii_values("US_SSN", valid=False), lambda value: True)
    '000-12-0001'

    *locale* is a country (``"de"``, ``"gb"``): the values are of its own forms. Without
    *entity* they are of all that it has; and without both, of what `pii()` looks for unless
    it is told. `ENTITIES` and `LOCALES` list what there is.

    A *valid* one has the check digit that belongs there. It is nobody's: of a range that is
    kept for tests and examples, where there is one, and else of invented digits. With
    ``valid=False`` it looks like one and is none: a digit is wrong or missing, or it is an
    order, a version, an ISBN. That it is of another kind is possible.

    ``"PERSON"`` and ``"LOCATION"`` are thought up, and come when they are named: of these
    `pii()` finds most, but not each as a whole. ``"BR_CPF"`` and ``"NL_BSN"`` it does not find.
    """
    chosen = forms_of(None if entity is None else (entity,), locale)
    return st.one_of(*(form.valid if valid else form.alike for form in chosen))
