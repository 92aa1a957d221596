"""Texts on a topic, and off it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..._known import Known

__all__ = ["forbidden_topic", "off_topic"]

_MODEL = "what a text is about is told by a model of yours"


def off_topic(
    allow: Mapping[str, Sequence[str]] | Sequence[str],
    below: float | None,
    least: int,
    embed: object,
) -> Known[str]:
    """The examples themselves, and words that nobody says."""
    del below
    strange = "zyxwv qponm lkjih " * max(1, least)
    good = [*(each for some in _named(allow).values() for each in some), "Thank you!"]
    if embed is not None:
        return Known(good=good[:1], why=_MODEL)
    return Known([strange, f"Grfxl {strange}?"], good)


def forbidden_topic(
    deny: Mapping[str, Sequence[str]] | Sequence[str], above: float | None, embed: object
) -> Known[str]:
    """The examples themselves, and words that nobody says."""
    del above
    examples = [each for some in _named(deny).values() for each in some]
    if embed is not None:
        return Known(bad=examples, why=_MODEL)
    return Known(examples, ["Zyxwv qponm lkjih.", "Thank you!"])


def _named(
    given: Mapping[str, Sequence[str]] | Sequence[str],
) -> Mapping[str, Sequence[str]]:
    return given if isinstance(given, Mapping) else {"": given}
