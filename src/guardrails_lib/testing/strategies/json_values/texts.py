"""Strings of a length, like patterns, in formats."""

from __future__ import annotations

import base64
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....schemas.json_schema.ecma import ecma
from ....schemas.json_schema.formats import FORMATS
from ...hypotheses import st
from .formats import FORMATTED
from .patterns import like

__all__ = ["Texts"]


@dataclass(frozen=True, slots=True)
class Texts:
    """What strings there may be."""

    least: int = 0
    most: int | None = None
    patterns: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    """Their encoding and media type, where a draft asserts these."""

    def narrowed(self, said: Mapping[str, Any]) -> Texts:
        """Those of them that fit what is *said*, too."""
        most = said.get("maxLength")
        given = [said[word] for word in ("contentEncoding", "contentMediaType") if word in said]
        return Texts(
            max(self.least, int(said.get("minLength", 0))),
            self.most
            if most is None
            else int(most)
            if self.most is None
            else min(self.most, int(most)),
            _with(self.patterns, said.get("pattern")),
            _with(self.formats, said.get("format")),
            (*self.contents, *given),
        )

    def problem(self) -> str | None:
        """Why there is none, if that is plain."""
        if self.most is not None and self.least > self.most:
            return f"no string has at least {self.least} characters and at most {self.most}"
        return None

    def strategy(self) -> st.SearchStrategy[str]:
        """Some that may be such strings: `fits` says which are."""
        known = [FORMATTED[each] for each in self.formats if each in FORMATTED]
        likes = [like(each, self.least) for each in self.patterns]
        liked = [each for each in likes if each is not None]
        found = [*known, *liked]
        if len(liked) > 1:
            found += [st.tuples(*each).map("".join) for each in (liked, liked[::-1])]
        if self.contents:
            found = [_JSON if "application/json" in self.contents else _TEXTS]
        if "base64" in self.contents:
            found = [each.map(_encoded) for each in found]
        most = 20 if self.most is None else min(self.most, 20)
        made = (
            st.one_of(*found)
            if found
            else _WORDS | st.text(_READABLE, max_size=most) | st.text(max_size=most)
        )
        return made.map(self._sized)

    def _sized(self, text: str) -> str:
        """*text*, made longer if it is too short, and cut if it is too long."""
        text += "a" * (self.least - len(text))
        if self.most is None or len(text) <= self.most:
            return text
        return text[: self.most]

    def fits(self, text: str) -> bool:
        """Whether *text* is one of them, its content aside."""
        return (
            self.least <= len(text)
            and (self.most is None or len(text) <= self.most)
            and all(FORMATS[each](text) for each in self.formats if each in FORMATS)
            and all(ecma(each).search(text, timeout=1.0) for each in self.patterns)
        )


_READABLE = string.ascii_lowercase + " " + string.ascii_uppercase + ".,:'\"\\/{}[]<\u00e9\u4e2d\n"
_WORDS = st.sampled_from(["", "a", "no", "order 17", "Thank you.", 'say "yes"', "caf\u00e9", "{}"])
_TEXTS = st.text(max_size=20)
_JSON = st.sampled_from(["{}", "0", '"a"', '{"a": [1]}'])


def _with(said: tuple[str, ...], more: str | None) -> tuple[str, ...]:
    return said if more is None or more in said else (*said, more)


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
