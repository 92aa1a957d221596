"""What rules redacted in a call, kept out of all that is said of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ._events import Event
from ._mask import BLOT
from ._types import Finding

__all__ = ["Hidden"]

_SHORT = 4
_PLACE = re.compile(r"[a-z.]+(?:\[\d+\](?:\.(?:messages|content|name|tool_calls))?)*")
"""What the engine says of a place. A check over a whole request says it in its own words."""


class Hidden:
    """Texts that are blotted out wherever they stand."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known  # words of the code, which are no text of the call
        self._texts: set[str] = set()
        self._longest_first: Sequence[str] = ()
        self._scrubbed: dict[str, str] = {}

    def add(self, text: str) -> None:
        """Hide *text* as well."""
        if text not in self._texts:
            self._texts.add(text)
            self._scrubbed.clear()
            self._longest_first = ()

    def scrubbed(self, text: str) -> str:
        """*text* with whatever is hidden blotted out."""
        known = self._scrubbed.get(text)
        if known is None:
            known = text
            self._longest_first = self._longest_first or sorted(self._texts, key=_by_length)
            for hidden in self._longest_first:
                if hidden in known:
                    known = _without(hidden, known)
            self._scrubbed[text] = known
        return known

    def finding(self, finding: Finding) -> Finding:
        """*finding* without it."""
        for name in ("message", "where", "instead", "kind", "check"):
            text = getattr(finding, name)
            if text and text not in self._known:
                safe = self.place(text) if name == "where" else self.scrubbed(text)
                if safe is not text:
                    finding = replace(finding, **{name: safe})  # type: ignore[arg-type]  # all are texts
        if finding.evidence is not None:
            uri = self.scrubbed(finding.evidence.uri)
            if uri is not finding.evidence.uri:
                finding = replace(finding, evidence=replace(finding.evidence, uri=uri))
        return finding

    def place(self, where: str) -> str:
        """*where*, as it may be told: the keys of what a model or user sent are text too."""
        return self.scrubbed(where) if _may_hold_keys(where) else where

    def event(self, event: Event) -> Event:
        """*event* without it."""
        finding = event.finding and self.finding(event.finding)
        return event._replace(where=self.place(event.where), finding=finding)

    def coverage(self, coverage: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Places that are told alike are seen if all of them are."""
        clean: dict[str, tuple[str, ...]] = {}
        for where, by in coverage.items():
            place = self.place(where)
            clean[place] = by if clean.get(place, by) else ()
        return clean


def _may_hold_keys(where: str) -> bool:
    return ".arguments" in where or where.startswith("reply.") or not _PLACE.fullmatch(where)


def _by_length(text: str) -> tuple[int, str]:
    return -len(text), text


def _without(hidden: str, text: str) -> str:
    """*text* without what is *hidden*; a short one only where it stands as a word of its own."""
    if len(hidden) < _SHORT:
        return re.sub(rf"(?<!\w){re.escape(hidden)}(?!\w)", BLOT * 3, text)
    return text.replace(hidden, BLOT * 3)
