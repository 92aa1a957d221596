"""The keywords of JSON Schema that `jsonschema` decides otherwise than we must.

It runs patterns without a bound in time and by Python's rules, divides floats, compares each
item with each other, takes additional properties in any order, and breaks on `additionalItems`
beside a boolean. Each keyword here yields
what `descend` yields, or None where the value itself does not fit.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from time import monotonic
from typing import Any

from .ecma import ecma

__all__ = ["KEYWORDS", "OF_DRAFT_7", "Look", "PatternTooSlow", "is_extra"]

Found = Iterator[Any]
_SECONDS = 2.0


class PatternTooSlow(Exception):
    """A pattern took more than its time. No branch of a schema may take that for an answer."""


class Look:
    """One look at one value: what formats mean in it, and the time its patterns have left.

    It goes through `jsonschema` in place of a format checker. *quick* makes, for a sub-schema,
    what says yes at once to what surely fits it, or None.
    """

    __slots__ = ("_lists", "_seconds", "formats", "quick")

    def __init__(
        self,
        formats: Mapping[str, Callable[[str], bool]],
        quick: Callable[[object], Callable[[object], bool] | None] = lambda _: None,
    ) -> None:
        self.formats = formats
        self.quick = quick
        self._seconds = _SECONDS
        self._lists: dict[int, frozenset[object]] = {}

    def has(self, pattern: str, text: str) -> bool:
        """Whether *pattern* is found in *text*; all patterns of a value share two seconds."""
        began = monotonic()
        try:
            return ecma(pattern).search(text, timeout=max(self._seconds, 1e-3)) is not None
        except TimeoutError:
            raise PatternTooSlow from None
        finally:
            self._seconds -= monotonic() - began

    def is_among(self, value: object, allowed: Sequence[object]) -> bool:
        """Whether *value* equals one of *allowed*, a list of the schema."""
        known = self._lists.get(id(allowed))
        if known is None:
            known = self._lists[id(allowed)] = frozenset(map(_hashed, allowed))
        return _hashed(value) in known


def _pattern(validator: Any, pattern: str, value: object, _: object) -> Found:
    if isinstance(value, str) and not validator.format_checker.has(pattern, value):
        yield None


def _format(validator: Any, name: str, value: object, _: object) -> Found:
    if isinstance(value, str):
        is_one = validator.format_checker.formats.get(name)
        if is_one is not None and not is_one(value):
            yield None


def _pattern_properties(
    validator: Any, patterns: Mapping[str, object], value: object, _: object
) -> Found:
    if not isinstance(value, dict):
        return
    for pattern, schema in patterns.items():
        for key, inner in value.items():
            if validator.format_checker.has(pattern, key):
                yield from validator.descend(inner, schema, path=key, schema_path=pattern)


def is_extra(look: Look, schema: Mapping[str, Any], key: str) -> bool:
    """Whether neither `properties` nor `patternProperties` of *schema* speak of *key*."""
    return key not in schema.get("properties", {}) and not any(
        look.has(pattern, key) for pattern in schema.get("patternProperties", {})
    )


def _additional_properties(
    validator: Any, extra: object, value: object, schema: Mapping[str, Any]
) -> Found:
    if not isinstance(value, dict) or extra is True:
        return
    others = (key for key in value if is_extra(validator.format_checker, schema, key))
    if extra is not False:
        for key in others:
            yield from validator.descend(value[key], extra, path=key)
    elif next(others, None) is not None:
        yield None


def _additional_items(
    validator: Any, extra: object, value: object, schema: Mapping[str, Any]
) -> Found:
    first = schema.get("items")
    if not isinstance(value, list) or not isinstance(first, list):
        return
    if extra is False and len(value) > len(first):
        yield None
    elif extra is not False:
        for index, each in enumerate(value[len(first) :], len(first)):
            yield from validator.descend(each, extra, path=index)


def _multiple_of(_: object, step: float, value: object, __: object) -> Found:
    """By decimals, as they are written: 0.07 is seven times 0.01."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return
    whole = isinstance(value, int) and isinstance(step, int)
    if value % step if whole else (_exact(value) / _exact(step)).denominator != 1:
        yield None


def _exact(number: float) -> Fraction:
    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))


def _const(_: object, allowed: object, value: object, __: object) -> Found:
    if _hashed(value) != _hashed(allowed):
        yield None


def _enum(validator: Any, allowed: Sequence[object], value: object, _: object) -> Found:
    if not validator.format_checker.is_among(value, allowed):
        yield None


def _unique_items(_: object, is_on: bool, value: object, __: object) -> Found:
    if is_on and isinstance(value, list) and len({_hashed(each) for each in value}) < len(value):
        yield None


def _hashed(value: object) -> object:
    """What equals that of another value if JSON Schema says that the two are equal."""
    if isinstance(value, dict):
        return frozenset((key, _hashed(each)) for key, each in value.items())
    if isinstance(value, list):
        return tuple(map(_hashed, value))
    return _BOOLEANS[value] if isinstance(value, bool) else value


_BOOLEANS = (object(), object())
"""What False and True are told from 0 and 1 by."""


def _content_encoding(_: object, encoding: str, value: object, __: object) -> Found:
    if isinstance(value, str) and encoding == "base64" and _decoded(value) is None:
        yield None


def _content_media_type(_: object, kind: str, value: object, schema: Mapping[str, Any]) -> Found:
    if not isinstance(value, str) or kind != "application/json":
        return
    text = _decoded(value) if schema.get("contentEncoding") == "base64" else value
    if text is not None:
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            yield None


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return None


KEYWORDS: Mapping[str, Callable[..., Found]] = {
    "additionalItems": _additional_items,
    "additionalProperties": _additional_properties,
    "const": _const,
    "enum": _enum,
    "format": _format,
    "multipleOf": _multiple_of,
    "pattern": _pattern,
    "patternProperties": _pattern_properties,
    "uniqueItems": _unique_items,
}
"""Each keyword by its name, in all drafts that have it."""

OF_DRAFT_7: Mapping[str, Callable[..., Found]] = {
    "contentEncoding": _content_encoding,
    "contentMediaType": _content_media_type,
}
"""What draft 7 alone lets a validator assert."""
