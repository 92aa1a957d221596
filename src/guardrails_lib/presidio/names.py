"""Names of people, places and organizations, found by what was learned, as Presidio has it."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from .._errors import PolicyError
from ..learned.names.finding import Name, names
from .found import Found
from .recognizers import (
    LANGUAGE,
    NAMED,
    EntityRecognizer,
    NlpArtifacts,
    PatternRecognizer,
    RecognizerResult,
    result_of,
)

__all__ = ["Model", "NamesRecognizer", "unclaimed"]


class Model(Protocol):
    """What tells the names in a text from all else, and how much of the text it must see."""

    @property
    def width(self) -> int:
        """What is told of a word depends on the text within so many characters of it."""
        ...

    @property
    def back(self) -> int:
        """How far back of a place that is settled the text must be seen again."""
        ...

    def find(self, text: str) -> Sequence[Name]:
        """The names in *text*, from left to right."""
        ...

    def tail(self, text: str) -> int:
        """Where the end of *text* begins that more text could still change."""
        ...


class NamesRecognizer(EntityRecognizer):
    """People, places and organizations, found by what was learned from examples.

    `pii()` has one unless it is told otherwise. Presidio takes it like its own:

    >>> from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    >>> from presidio_analyzer.nlp_engine import NoOpNlpEngine
    >>> registry = RecognizerRegistry(recognizers=[NamesRecognizer(["PERSON"])])
    >>> words = NoOpNlpEngine(models=[{"lang_code": "en", "model_name": ""}])
    >>> presidio = AnalyzerEngine(registry, words)
    >>> text = "My name is Ann Lee."
    >>> [text[each.start : each.end] for each in presidio.analyze(text, "en")]
    ['Ann Lee']

    It reads every language that it can in the same way: *supported_language* is the one that
    Presidio asks it for. Another *model* may stand for the one that ships.
    """

    def __init__(
        self,
        supported_entities: Iterable[str] = NAMED,
        supported_language: str = LANGUAGE,
        *,
        model: Model | None = None,
    ) -> None:
        if isinstance(supported_entities, str):
            raise PolicyError(f'supported_entities= takes several: write ["{supported_entities}"]')
        self._given = model
        super().__init__(list(supported_entities), supported_language=supported_language)

    def load(self) -> None:
        """Read what was learned, if it was not read before."""
        self.model: Model = self._given or names()

    def is_quiet(self, text: str) -> bool:
        """Whether *text* surely holds no name, which is told at once."""
        if text.isascii():
            return text.lower() == text.upper()
        return _LETTER.search(text) is None

    def found(self, text: str, entities: Collection[str]) -> list[Found]:
        """What is found of *entities*, from left to right."""
        kinds = set(self.supported_entities).intersection(entities)
        return [
            Found(each.type, each.start, each.end, each.score)
            for each in self.model.find(text)
            if each.type in kinds
        ]

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """What is found of *entities*; the words that Presidio has found are not asked."""
        found = self.found(text, entities or self.supported_entities)
        return [result_of(self, *each) for each in found]


def unclaimed(
    entities: Collection[str] | None, others: Iterable[EntityRecognizer]
) -> tuple[EntityRecognizer, ...]:
    """What finds those names among *entities* that no model of *others* finds.

    A list or a pattern adds to what was learned; a model of one's own takes its place.
    """
    claimed = {
        kind
        for each in others
        if isinstance(each, EntityRecognizer) and not isinstance(each, PatternRecognizer)
        for kind in each.supported_entities
    }
    left = [k for k in NAMED if k not in claimed and (entities is None or k in entities)]
    return (_finding(tuple(left)),) if left else ()


_LETTER = re.compile(r"[^\W\d_]")


@functools.cache
def _finding(kinds: tuple[str, ...]) -> NamesRecognizer:
    return NamesRecognizer(kinds)
