"""Answers to questions that are near, by a function that turns texts into vectors."""

from __future__ import annotations

import asyncio
import math
import operator
import re
import threading
from array import array
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from .._callables import is_coroutine
from .._errors import PolicyError
from .._kept import Kept, Wanted
from .._types import Data, Finding
from .shelf import log_once
from .stores import several

__all__ = ["Near", "Neighbours", "Place", "question_in", "taken_over"]

Vectors: TypeAlias = Sequence[Sequence[float]]
Embed: TypeAlias = (
    Callable[[Sequence[str]], Vectors] | Callable[[Sequence[str]], Awaitable[Vectors]]
)

_EXACT = re.compile(
    r"\[[A-Z0-9_]+\]"  # a placeholder
    r"|\d+(?:[.,:/-]\d+)*"
    r"|\b(?:no|not|non|none|never|nothing|nobody|nor|neither|cannot|without|unless|except|but|only"
    r"|before|after|more|less|most|least|over|under|above|below|stop|un\w+"
    r"|nicht|kein\w*|nie|niemals|ohne|ne|pas|jamais|sans|sin|nunca|ning\w+|nessun\w*|senza|mai)\b"
    r"|n[\u0027\u2019]t\b",
    re.IGNORECASE,
)
"""What changes what is asked, and hardly moves a vector."""


@dataclass(frozen=True, slots=True)
class Near:
    """An answer is taken, too, where another question was asked that is near enough.

    *embed* gives a vector for each text, all of one length; on a guarded async function it may
    be async. Near enough is a cosine of the *threshold*. The *most* last questions are looked
    at, one by one: a thousand of 384 numbers take about ten milliseconds.

    Numbers, negations and placeholders must be the same ones in the same order, because no
    embedding tells "can I" from "can I not". That rule reads words and not meaning: try the
    threshold on questions of your own, and leave it out where a wrong answer costs much.
    """

    embed: Embed
    threshold: float = 0.95
    most: int = 1000

    def __post_init__(self) -> None:
        if not callable(self.embed):
            raise PolicyError("embed= takes a function of a list of texts")
        if not 0 < self.threshold <= 1:
            raise PolicyError(f"threshold={self.threshold}: a cosine, more than 0 and at most 1")
        several(self.most)

    @property
    def is_async(self) -> bool:
        """Whether *embed* is to be awaited."""
        return is_coroutine(self.embed)


class Place(NamedTuple):
    """Where a question is."""

    partition: str
    """What stands for the rest of the request."""
    exact: tuple[str, ...]
    vector: array[float]
    """Of length 1."""


class Neighbours:
    """Where the questions are of which the answers are kept."""

    def __init__(self, near: Near) -> None:
        self._near = near
        self._embed: Any = near.embed
        self._places: OrderedDict[str, Place] = OrderedDict()
        self._sought: OrderedDict[str, Place] = OrderedDict()
        self._dimensions: int | None = None
        self._lock = threading.Lock()
        self._told: set[str] = set()

    def embedded(self, question: str) -> Vectors | None:
        """The vector of *question*; None, if there is none to be had."""
        try:
            return _vectors(self._embed([question]))
        except Exception as error:
            log_once(self._told, "embed a question", error)
        return None

    async def aembedded(self, question: str) -> Vectors | None:
        """`embedded`, awaited."""
        try:
            if self._near.is_async:
                return _vectors(await self._embed([question]))
            return _vectors(await asyncio.to_thread(self._embed, [question]))
        except Exception as error:
            log_once(self._told, "embed a question", error)
        return None

    def place(self, partition: str, question: str, vectors: Vectors) -> Place | None:
        """Where *question* is; None, if *vectors* is not one vector like the others."""
        try:
            unit = self._unit(vectors)
        except (TypeError, ValueError) as error:
            log_once(self._told, "place a question", error)
            return None
        return Place(partition, tuple(map(str.lower, _EXACT.findall(question))), unit)

    def _unit(self, vectors: Vectors) -> array[float]:
        (given,) = vectors
        vector = array("d", given)
        length = math.hypot(*vector)
        if not (math.isfinite(length) and length):
            raise ValueError("embed= gave a vector of no length")
        with self._lock:
            self._dimensions = self._dimensions or len(vector)
        if len(vector) != self._dimensions:
            raise ValueError(f"embed= gave {len(vector)} numbers, and {self._dimensions} before")
        return array("d", (each / length for each in vector))

    def around(self, place: Place) -> list[tuple[float, str]]:
        """The keys of answers to questions that are near enough, the nearest first."""
        with self._lock:
            same = [
                (key, each.vector)
                for key, each in self._places.items()
                if each.partition == place.partition and each.exact == place.exact
            ]
        cosines = [(_cosine(place.vector, vector), key) for key, vector in same]
        return sorted((each for each in cosines if each[0] >= self._near.threshold), reverse=True)

    def remember(self, ticket: str, place: Place) -> None:
        """Whoever has the *ticket* fetches the answer to the question at *place*."""
        self._put(self._sought, ticket, place)

    def forget(self, ticket: str) -> None:
        """It is not fetched."""
        self._sought.pop(ticket, None)  # at once, as this may be called by a finalizer

    def add(self, ticket: str, key: str) -> None:
        """The answer that was fetched is now kept under *key*."""
        place = self._sought.pop(ticket, None)
        if place is not None:
            self._put(self._places, key, place)

    def remove(self, key: str) -> None:
        """There is none any more."""
        with self._lock:
            self._places.pop(key, None)

    def _put(self, places: OrderedDict[str, Place], name: str, place: Place) -> None:
        with self._lock:
            places[name] = place
            places.move_to_end(name)
            if len(places) > self._near.most:
                places.popitem(last=False)


def question_in(wanted: Wanted) -> str | None:
    """The last message, if it is a text of the user and nothing else."""
    if not wanted.request.messages:
        return None
    last = wanted.request.messages[-1]
    if last.role != "user" or last.tool_calls:
        return None
    text: object = last.text
    if last.parts:
        (whole, *others) = last.parts
        if others or not isinstance(whole, Data) or not isinstance(whole.value, Mapping):
            return None
        if whole.value.keys() != {"role", "content"}:
            return None
        text = whole.value["content"]  # it came as a chat dict
    return text.replace("\0", "") if isinstance(text, str) and text else None


def taken_over(kept: Kept, cosine: float) -> Kept:
    """The answer to another question, which says so."""
    said = Finding(
        "the answer to another question, which is near",
        score=max(0.0, min(1.0, cosine)),
        check="near",
        kind="near",
    )
    return kept._replace(findings=(*kept.findings, said))


def _cosine(one: array[float], other: array[float]) -> float:
    """Of two vectors of length 1; the last digits are left out, for they are never quite that."""
    cosine: float = sum(map(operator.mul, one, other))
    return round(cosine, 9)


def _vectors(given: Any) -> Vectors:
    """What an embedding function gave, as floats: NumPy's arrays have no truth of their own."""
    return [[float(each) for each in vector] for vector in given]
