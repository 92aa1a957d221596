"""JSON Schema by `jsonschema-rs`: the quick yes.

Its no is never believed: the reference says it, and why. So all that must hold is that it says
yes to nothing that the reference refuses.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

try:
    import jsonschema_rs
except ImportError as missing:
    raise ImportError('this needs jsonschema-rs: pip install "guardrails-lib[fast]"') from missing

__all__ = ["fast_schema"]

Yes = Callable[[object], bool]
"""Whether a value surely fits."""

_DRAFTS: Mapping[str, Any] = {
    "2020-12": (jsonschema_rs.Draft202012Validator, jsonschema_rs.Draft202012),
    "2019-09": (jsonschema_rs.Draft201909Validator, jsonschema_rs.Draft201909),
    "7": (jsonschema_rs.Draft7Validator, jsonschema_rs.Draft7),
    "6": (jsonschema_rs.Draft6Validator, jsonschema_rs.Draft6),
    "4": (jsonschema_rs.Draft4Validator, jsonschema_rs.Draft4),
}
_URIS = {
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
    "2019-09": "https://json-schema.org/draft/2019-09/schema",
    "7": "http://json-schema.org/draft-07/schema#",
    "6": "http://json-schema.org/draft-06/schema#",
    "4": "http://json-schema.org/draft-04/schema#",
}
_EXACT = 2**53


def fast_schema(
    schema: Any,
    draft: str,
    documents: Mapping[str, Any],
    formats: Mapping[str, Callable[[str], bool]],
    *,
    bounded: bool,
) -> Callable[[str], Yes | None]:
    """What makes, for a JSON pointer into *schema*, what says yes there.

    It makes None where this engine cannot say: the reference has taken a schema that it refuses.
    A schema that is not *bounded* refers back to itself, and may look as deep as a value goes.
    """
    if not all(map(_is_exact, (schema, *documents.values()))):
        return _nothing
    kind, number = _DRAFTS[draft]
    try:
        given: dict[str, Any] = {
            "registry": jsonschema_rs.Registry(list(documents.items()), draft=number),
            "formats": dict(formats),
            "validate_formats": bool(formats),
            "offline": True,
        }
        whole = kind(schema, **given).is_valid
    except Exception:  # it raises ValueError and its own, and may raise others
        return _nothing

    @cache
    def parts() -> Any:
        return jsonschema_rs.validator_map_for({**schema, "$schema": _URIS[draft]}, **given)

    def at(pointer: str) -> Yes | None:
        if not pointer:
            return _yes(whole, bounded=bounded)
        try:
            return _yes(parts()[f"#{pointer}"].is_valid, bounded=bounded)
        except Exception:  # as above
            return None

    return at


def _yes(is_valid: Yes, *, bounded: bool) -> Yes:
    def says_yes(value: object) -> bool:
        try:
            return (bounded or _is_shallow(value)) and is_valid(value)
        except Exception:  # a lone surrogate, a value that is no JSON: the reference decides
            return False

    return says_yes


def _nothing(_: str) -> None:
    """Nothing is quicker than the reference here."""


def _is_shallow(value: Any) -> bool:
    """Whether *value* ends before the native stack does: a list in itself has no end."""
    try:
        marshal.dumps(value, 2)
    except ValueError:
        return False
    return True


def _is_exact(schema: object) -> bool:
    """Whether no number of *schema* is beyond what a float holds exactly."""
    waiting = [schema]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, int | float) and not -_EXACT < each < _EXACT:
            return False
    return True
