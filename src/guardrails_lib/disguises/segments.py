"""Words that run together, told apart by the common words among them."""

from __future__ import annotations

import functools

from .view import Edit

__all__ = ["segmented"]

_WORDS = """
a about above access act after all also always an and answer any anything are as ask assistant at
be before below but by bypass can code command confidential context content data delete developer
directions disregard do does email every everything execute file filters following for forget from
give guidelines has have hidden how i if ignore in information initial instead instruction
instructions internal into is it its key let like made make me message messages mode model must my
never new no not now of on only or order orders other our out output override pass password please
policies policy pretend previous print prior prompt prompts provide read repeat reply request
respond response restrictions reveal rule rules run safe safety say secret secrets send shall show
so speak start stop system tell text than that the their them then there these they this those to
token tool translate up us use user was we were what when which who will with without word words
write you your
"""

_LONGEST = 16
_MANY = 4096
"""So many letters in a row are taken for no sentence."""

_UNKNOWN = 1.5
"""What a letter costs that is part of no word of the list; a word costs one."""


def segmented(text: str, start: int, gaps: list[Edit]) -> list[Edit]:
    """*gaps*, in what begins at *start*, with a space for those where a word seems to end."""
    edits: list[Edit] = []
    word: list[str] = [text[start]]
    inside: list[Edit] = []
    for gap in gaps:
        if gap.text:
            edits += _ended(word, inside)
            edits.append(gap)
            word, inside = [], []
        else:
            inside.append(gap)
        word.append(text[gap.end])
    return edits + _ended(word, inside)


def _ended(word: list[str], gaps: list[Edit]) -> list[Edit]:
    told = _LONGEST // 2 < len(word) < _MANY
    ends = _ends("".join(word).lower()) if told else frozenset[int]()
    return [
        gap._replace(text=" ") if place in ends else gap for place, gap in enumerate(gaps, start=1)
    ]


def _ends(letters: str) -> frozenset[int]:
    """Where in *letters* words end, but the last: as cheaply as can be."""
    words = _words()
    costs, backs = [0.0], [0]
    for end in range(1, len(letters) + 1):
        cost, back = costs[end - 1] + _UNKNOWN, end - 1
        for start in range(max(0, end - _LONGEST), end):
            if costs[start] + 1 < cost and letters[start:end] in words:
                cost, back = costs[start] + 1, start
        costs.append(cost)
        backs.append(back)
    ends: set[int] = set()
    at = len(letters)
    while at:
        if letters[backs[at] : at] in words:
            ends |= {backs[at], at}
        at = backs[at]
    return frozenset(ends - {0, len(letters)})


@functools.cache
def _words() -> frozenset[str]:
    return frozenset(_WORDS.split())
