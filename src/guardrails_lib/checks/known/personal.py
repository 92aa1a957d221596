"""Personal data of nobody, and texts without any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._known import Known
from ..pii import ANY, Allowed, Denied
from .personal_forms import FORMS, Form

__all__ = ["pii"]

_GOOD = ("Thank you!", "It works now.")
_NAMED = {"PERSON", "LOCATION", "ORGANIZATION"}
"""What a model that is given may find otherwise."""
_ALIASES = {"gb": "uk"}
"""The countries that Presidio calls otherwise than ISO 3166."""


def pii(
    entities: Sequence[str] | None,
    countries: Sequence[str],
    threshold: float | None,
    allow: Allowed,
    deny: Denied,
    recognizers: Sequence[object],
    nlp: object,
    **how: Any,
) -> Known[str]:
    """A value of each kind that is looked for and certain enough, and each denied word."""
    del how
    own = {""} | {_ALIASES.get(each, each) for each in countries}
    bad = [
        form.text
        for form in FORMS
        if form.country in own
        and (entities is None or form.kind in entities)
        and not (form.kind in _NAMED and (recognizers or nlp))
        and form.score >= (threshold or 0.0)
        and not _is_allowed(allow, form)
    ]
    bad += [f"It says {word} here." for _, words in deny for word in words if not allow]
    good = () if recognizers or nlp else _quiet(deny)
    why = "" if bad else "of what it looks for no sample is that certain, or all are allowed"
    return Known(bad, good, why)


def _is_allowed(allow: Allowed, form: Form) -> bool:
    return any(
        fine(form.value) if callable(fine) else form.value in fine
        for kind, fine in allow
        if kind in (ANY, form.kind)
    )


def _quiet(deny: Denied) -> list[str]:
    words = [word.lower() for _, some in deny for word in some]
    return [text for text in _GOOD if not any(word in text.lower() for word in words)]
