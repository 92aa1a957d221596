"""Texts written so that a model reads them, and a check that looks for words does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from ..hypotheses import InvalidArgument, st
from .texts import among
from .ways import UNCLAIMED, WAYS, Disguise

__all__ = ["DISGUISES", "UNSEEN_THROUGH", "Disguise", "disguised"]

DISGUISES: tuple[Disguise, ...] = get_args(Disguise)
"""All ways to disguise a text, by name."""

UNSEEN_THROUGH: tuple[Disguise, ...] = tuple(UNCLAIMED)
"""Those that the library does not claim to see through."""


def disguised(
    texts: st.SearchStrategy[str], how: Disguise | Iterable[Disguise] | None = None
) -> st.SearchStrategy[str]:
    """*texts*, each disguised as a whole, in one of the ways *how* or in any of `DISGUISES`.

    One disguise goes over the other: ``disguised(disguised(injections()))``. What a way cannot
    write stays as it is: rot13 has nothing for a text in Greek.
    """
    named = (how,) if isinstance(how, str) else DISGUISES if how is None else tuple(how)
    for each in named:
        among("how", each, DISGUISES)
    if not named:
        raise InvalidArgument(f"how=(): there are {', '.join(DISGUISES)}")
    ways = [way for each in named for way in WAYS[each]]
    return st.builds(lambda text, way: way(text), texts, st.sampled_from(ways))
