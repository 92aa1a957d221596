"""All the ways that a text can be read, one within the other, within bounds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from .alike import alike, piled
from .unseen import hidden, unseen
from .view import View

__all__ = ["views"]

_DEPTH = 5
"""So many disguises, one in the other, are seen through."""

_TIMES, _LEAST = 8, 65_536
"""Views of views are read until they are so many times as long as the text, or so long."""

_WAYS = (unseen, hidden, alike, piled)


def views(text: str) -> Iterator[View]:
    """Each other way to read *text*, the plainest first; nothing where it is what it seems.

    >>> [view.text for view in views("plain")]
    []
    >>> [(view.text, view.how, view.span(0, 6)) for view in views("\u0456gn\u043er\u0435 me")]
    [('ignore me', 'look-alikes', Span(start=0, end=6))]
    """
    seen, left = {text}, _TIMES * len(text) + _LEAST
    todo = deque([(View(text, "", ()), 0)])
    while todo:
        outer, depth = todo.popleft()
        for way in _WAYS:
            for view in way(outer.text):
                if view.text in seen:
                    continue
                seen.add(view.text)
                left -= len(view.text)
                if left < 0 < depth:
                    return
                read = view.within(outer) if depth else view
                yield read
                if depth + 1 < _DEPTH:
                    todo.append((read, depth + 1))
