"""Presidio's findings, with each recognizer run only where it could find something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..scan.many import Many, has_digit
from ..scan.plan import LONGEST
from .context import more_certain, unweighed
from .found import Found, Told, as_result, distinct, told
from .readers import Reader, Text, reader_of
from .recognizers import EntityRecognizer, NlpEngine, weighs
from .words import words

__all__ = ["Analyzer", "Found", "Look"]


class Look(NamedTuple):
    """What was found, and the recognizers that could not tell."""

    found: list[Found]
    broken: tuple[str, ...] = ()


_NOTHING = Look([])

WORDS_THAT_DECIDE = 640
"""How far back, where the score decides what is found."""

WORDS = 160
"""How far back the words around a finding are looked for in a stream."""

PHONE = 160
"""How wide the text is that decides about a phone number."""

_PHONE_OPEN = re.compile(
    r"[+\uff0b(\[\uff08\uff3b]*\d[^A-Za-z\n]*"
    r"(?i:(?:(?:e?x(?:t(?:ensi[o\u00f3]\u0301?)?n?)?|int|anexo)?[^A-Z\n]*"
    r"|e(?:xte(?:n(?:si?)?)?)?|xte(?:n(?:si?)?)?|in?|a(?:n(?:ex?)?)?)\Z)"
    r"|[+\uff0b(\[\uff08\uff3b][^\w\n]*\Z"
)
"""A phone number that may go on, with its extension; or the beginning of one."""


class Analyzer:
    """Presidio's recognizers, and a text's way through them."""

    def __init__(
        self,
        recognizers: Sequence[EntityRecognizer],
        nlp: NlpEngine | None = None,
        context: Sequence[str] = (),
        threshold: float | None = None,
        entities: Sequence[str] | None = None,
    ) -> None:
        can = {kind for each in recognizers for kind in each.supported_entities}
        self.kinds = can & set(entities) if entities else can
        kinds = sorted(self.kinds)
        self._nlp = nlp
        self._threshold = threshold
        patterns: dict[tuple[str, int], int] = {}
        given = [word.lower() for word in context]
        self._context = list(context) or None
        self._recognizers = tuple(recognizers)
        self._weighing = {n: each for n, each in enumerate(recognizers) if weighs(each)}
        least = 0.0 if self._weighing else threshold or 0.0
        self._readers = [reader_of(each, patterns, given, kinds, least) for each in recognizers]
        self._many = Many(list(patterns))
        self._after: dict[int, list[int]] = {}
        for place, reader in enumerate(self._readers):
            for number in reader.needs:
                self._after.setdefault(number, []).append(place)
        self._digital = [n for n, reader in enumerate(self._readers) if reader.digit]
        self._always = [n for n, each in enumerate(self._readers) if each.always]
        self._names = [(n, each.names) for n, each in enumerate(self._readers) if each.names]
        self._phones = any(reader.digit for reader in self._readers)
        self._weighs = any(reader.context for reader in self._readers)
        reach = WORDS if threshold is None else WORDS_THAT_DECIDE
        backs = (each.model.back for _, each in self._names)
        self.back = max(self._many.back + reach * self._weighs, *backs, 0)
        """How far back of a place that is settled the text must be seen again."""
        local = None if self._always else self._many.width
        widths = (each.model.width + LONGEST for _, each in self._names)
        self.width = local and max(local + reach, PHONE, *widths)
        """How wide a text decides what is found at a place; None is all of it."""

    def analyze(self, text: str) -> list[Found]:
        """What is found, in Presidio's order."""
        return list(self.look(text).found)

    def look(self, text: str) -> Look:
        """What is found, in Presidio's order, and the recognizers that could not tell."""
        digits = has_digit(text)
        named = [place for place, each in self._names if not each.is_quiet(text)]
        if not (digits or self._always or named) and self._many.is_quiet(text):
            return _NOTHING
        matches = self._many.find(text, digits)
        places = {*self._always, *named, *(self._digital if digits else ())}
        for number in matches:
            places.update(self._after[number])
        seen = Text(text, matches, self._nlp)
        raw: dict[int, list[Found]] = {}
        for place in sorted(places):
            reader = self._readers[place]
            try:
                raw[place] = list(reader.run(seen))
            except Exception:  # whatever a recognizer raises, the others have their say
                seen.broken.append(reader.name)
        if self._weighing:
            raw |= self._as_they_weigh(raw, seen)
        found: list[Found] = []
        for place, some in raw.items():
            reader = self._readers[place]
            for each in some:
                weighed = self._weighed(reader, each, seen)
                if weighed.score >= self._least(reader, each.kind):
                    found.append(weighed)
        return Look(distinct(found), tuple(dict.fromkeys(seen.broken)))

    def tail(self, text: str) -> int:
        """Where the end of *text* begins that more text could still make part of a finding."""
        names = [each.model.tail(text) for _, each in self._names]
        return self._unweighed(text, min([self._open(text), *names]))

    def patterns_tail(self, text: str) -> int:
        """The same, but for names: nearly always more of *text* is settled, and sooner."""
        return self._unweighed(text, self._open(text))

    def merged(self, found: Iterable[Found], more: Iterable[Found]) -> list[Found]:
        """What two looks at a text found together."""
        return distinct([*found, *more])

    def _open(self, text: str) -> int:
        """Where the end of *text* begins that a pattern could match together with more text."""
        at = self._many.tail(text)
        number = self._phones and _PHONE_OPEN.search(text, max(0, len(text) - PHONE))
        return min(at, number.start()) if number else at

    def _unweighed(self, text: str, at: int) -> int:
        return unweighed(text, at, words()) if self._weighs else at

    def _as_they_weigh(
        self, raw: Mapping[int, Sequence[Found]], seen: Text
    ) -> dict[int, list[Found]]:
        """What those recognizers make of their findings that weigh the words around themselves."""
        results = {
            place: [as_result(self._recognizers[place], each) for each in some]
            for place, some in raw.items()
        }
        weighed: dict[int, list[Found]] = {}
        for place, recognizer in self._weighing.items():
            others = [each for at, some in results.items() if at != place for each in some]
            try:
                own = recognizer.enhance_using_context(
                    seen.text, results.get(place, []), others, seen.artifacts, self._context
                )
                weighed[place] = [told(each) for each in own]
            except Exception:  # what it has found stands as it is
                seen.broken.append(self._readers[place].name)
        return weighed

    def _weighed(self, reader: Reader, found: Found, seen: Text) -> Found:
        """*found*, the more certain for the words around it."""
        if not reader.context or (isinstance(found, Told) and found.weighed):
            return found
        if not reader.given:
            maybe = seen.around.maybe(reader.context)
            if not maybe or not seen.around.beside(maybe, found.start):
                return found
        return found._replace(score=more_certain(found.score))

    def _least(self, reader: Reader, kind: str) -> float:
        if self._threshold is not None:
            return self._threshold
        return reader.thresholds.get(kind, reader.thresholds.get("default", 0.0))
