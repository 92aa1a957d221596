"""Secrets that open nothing, and what looks like them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import count
from typing import TypeAlias

from ....scan.expression import expression
from ....secrets.finder import every_shape
from ....secrets.shape import Shape
from ...hypotheses import InvalidArgument, st
from ..gold import Gold, Value, assembled
from .alike import LINES, VALUES
from .drawn import crossed_out, matching
from .spoken import WRITINGS, Pieces

__all__ = ["PROVIDERS", "secrets_in_text"]

Writer: TypeAlias = Callable[[bytes], Pieces]

_BY_HAND = {writing.provider for writing in WRITINGS}
_SHAPES = tuple(shape for shape in every_shape() if shape.provider not in _BY_HAND)

PROVIDERS = tuple(sorted(_BY_HAND | {shape.provider for shape in _SHAPES}))
"""Who gives out secrets whose form is known."""

_COMPILED = cache(expression)
_SEEDS = st.binary(min_size=8, max_size=8)
_IN_QUOTES = (
    ('{"note": "', '"}'),
    ('client = connect("', '")'),
    ("note: '", "'"),
)
_LAYOUTS = (
    ("Here it is: ", " - please keep it."),
    ("", ""),
    ("WARN retry with ", " was refused"),
    ("```\n", "\n```"),
)
_QUOTING = frozenset("\"'`\\\n")
_RUN = re.compile(r"([xX0])\1{9}")


def secrets_in_text(
    provider: str | None = None,
    *,
    valid: bool = True,
    around: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[Gold]:
    """Texts with one to three secrets in them, and where those are.

    >>> from hypothesis import find
    >>> gold = find(secrets_in_text("URL"), lambda gold: True)
    >>> [(kind, len(value)) for (_, kind), value in zip(gold.spans, gold.values)]
    [('CONNECTION_PASSWORD', 9)]

    They are of all `PROVIDERS`, or of one, as `secrets(providers=...)` names them; each is
    drawn by lot in the form that the provider gives them, and opens nothing. What is beside
    it where that tells that it is one (``--api-key``, ``curl -u``) is not part of its span.
    With ``valid=False`` there are none in the text, but what looks like them: hashes, UUIDs,
    placeholders, keys crossed out. Texts of *around* come before and after.
    """
    if provider is not None and provider not in PROVIDERS:
        raise InvalidArgument(f"no provider {provider}; providers: {', '.join(PROVIDERS)}")
    pieces = _written(provider) if valid else _harmless(provider)
    return _texts(st.lists(pieces, min_size=1, max_size=3), around)


_ANY_LAYOUT = st.sampled_from(_LAYOUTS)
_ANY_LAYOUT_IN_QUOTES = st.sampled_from(_LAYOUTS + _IN_QUOTES)


@st.composite
def _texts(
    draw: st.DrawFn, some: st.SearchStrategy[list[Pieces]], around: st.SearchStrategy[str] | None
) -> Gold:
    lines: list[str | Value] = []
    for pieces in draw(some):
        bare = _QUOTING.isdisjoint(assembled(pieces).text)
        before, after = draw(_ANY_LAYOUT_IN_QUOTES if bare else _ANY_LAYOUT)
        lines += ["\n" * bool(lines), before, *pieces, after]
    if around is None:
        return assembled(lines)
    first, last = draw(around), draw(around)
    return assembled([first + "\n" * bool(first), *lines, "\n" * bool(last) + last])


def _written(provider: str | None) -> st.SearchStrategy[Pieces]:
    """Secrets with what tells of them: by hand where that is more than a form."""
    writers: list[Writer] = [
        *(partial(_of_a_form, shape) for shape in _SHAPES if provider in (None, shape.provider)),
        *(each.pieces for each in WRITINGS if provider in (None, each.provider)),
    ]
    return st.builds(lambda write, seed: write(seed), st.sampled_from(writers), _SEEDS)


def _of_a_form(shape: Shape, seed: bytes) -> Pieces:
    """A secret of that form; what by chance is read as filler is drawn again."""
    tries = (matching(shape.pattern, seed + n.to_bytes(2)) for n in count())
    return next(pieces for text in tries for pieces in _read(shape, text))


def _read(shape: Shape, text: str) -> Iterator[Pieces]:
    match = _COMPILED(shape.pattern).search(text)
    secret = match and shape.read(shape, match)
    if secret:
        start, end = secret.start, secret.end
        yield (text[:start], Value(text[start:end], shape.kind), text[end:])


def _harmless(provider: str | None) -> st.SearchStrategy[Pieces]:
    shapes = (shape for shape in _SHAPES if provider in (None, shape.provider))
    crossed = [text for each in shapes if _RUN.search(text := crossed_out(each.pattern))]
    some = [VALUES, LINES] if provider is None or not crossed else []
    some += [st.sampled_from(crossed)] if crossed else []
    return st.one_of(*some).map(lambda text: (text,))
