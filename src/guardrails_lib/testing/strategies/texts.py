"""Texts as people write them and documents hold them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias, get_args

from ..hypotheses import InvalidArgument, st
from .words import SCRIPTS, TONGUES, Script, Tongue

__all__ = ["KINDS", "Kind", "among", "texts"]

Kind: TypeAlias = Literal["chat", "prose", "code", "form"]
"""What sort of text it is."""

KINDS: tuple[Kind, ...] = get_args(Kind)


def texts(
    kind: Kind | None = None, script: Script | None = None, *, max_size: int | None = None
) -> st.SearchStrategy[str]:
    """A turn of a chat, a passage of prose, a piece of code, a form that was filled in.

    Without *script* most are English, some are in one of nine other scripts, and now and then
    any character of Unicode stands among the words. A text is never empty; one that is longer
    than *max_size* characters is cut off there.

    >>> texts("form", "greek")
    texts('form', 'greek')
    """
    among("kind", kind, KINDS)
    among("script", script, SCRIPTS)
    if max_size is not None and max_size < 1:
        raise InvalidArgument(f"max_size={max_size}: a text has at least one character")
    made = _texts(kind, script)
    return made if max_size is None else made.map(lambda text: text[:max_size])
