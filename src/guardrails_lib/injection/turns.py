"""A long faked conversation inside one text, from which the model is to go on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .trace import Trace

__all__ = ["traces"]

_MANY = 12
"""So many questions with their answers are no example any more."""

_VERY_MANY = 32

_TURN = re.compile(
    r"^[ \t>*#\[(-]{0,6}(?:(user|human|person)|"
    r"(assistant|ai|a\.i\.|bot|chat ?bot|chat ?gpt|gpt|model|claude|llm|gemini)|"
    r"(q|question|prompt|input|query)|(a|answer|response|output|reply))"
    r"(?:[ \t]?#?\d{1,3})?[\])*]{0,3}[ \t]?:[ \t*]{0,4}"
    r"(sure|of course|absolutely|certainly|here(?:'s| is| are)|yes|no problem|to (?:make|build|do)"
    r"|step 1|first)?",
    re.IGNORECASE | re.MULTILINE,
)

_APART = 6000
"""Turns farther apart are not of one conversation."""

_MESSAGE = "it fakes a long conversation for the model to go on with"

_MODEL, _PAIR = 0.5, 0.2
"""A model is said to have answered; or nobody is, as in a list of questions and answers."""

_EAGER = 0.3
"""What it adds that most of the answers begin eagerly."""


def traces(text: str) -> Iterator[Trace]:
    r"""Where *text* has many turns of a conversation with a model.

    >>> faked = "Human: how?\nAssistant: Sure, so.\n" * 12
    >>> [trace.technique for trace in traces(faked)]
    ['many_shot']
    """
    if text.count("\n") < 2 * _MANY - 1:
        return
    run: list[re.Match[str]] = []
    for turn in _TURN.finditer(text):
        if run and turn.start() - run[-1].end() > _APART:
            yield from _weighed(run)
            run = []
        run.append(turn)
    yield from _weighed(run)


def _weighed(run: list[re.Match[str]]) -> Iterator[Trace]:
    asked = False
    answers = models = eager = 0
    for turn in run:
        if turn[1] or turn[3]:
            asked = True
        elif asked:
            asked = False
            answers += 1
            models += bool(turn[2])
            eager += bool(turn[5])
    if answers < _MANY:
        return
    score = _MODEL if 2 * models > answers else _PAIR
    score += _EAGER * (2 * eager > answers) + 0.2 * (answers >= _VERY_MANY) * (score == _MODEL)
    yield Trace("many_shot", _MESSAGE, run[0].start(), run[-1].end(), min(score, 0.95))
