"""A schema of any draft in the words of the latest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....schemas.json_schema.reference import Draft

__all__ = ["modern"]


def modern(schema: Mapping[str, Any], draft: Draft) -> Mapping[str, Any]:
    """What *schema* says, in the words of the latest draft; its parts stay as they are.

    What *draft* does not know is left out, as a validator would.
    """
    known = draft.validator.VALIDATORS
    if draft.ignores_siblings and "$ref" in schema:
        return {"$ref": schema["$ref"]}
    said = {word: value for word, value in schema.items() if word in known or word in _BESIDE}
    _items(said)
    _bounds(said)
    _dependencies(said)
    return said


_BESIDE = {"minContains", "maxContains", "then", "else"}
"""What is read along with another keyword."""


def _items(said: dict[str, Any]) -> None:
    extra = said.pop("additionalItems", None)
    if isinstance(said.get("items"), list):
        said["prefixItems"] = said.pop("items")
        if extra is not None:
            said["items"] = extra


def _bounds(said: dict[str, Any]) -> None:
    """Draft 4 says of a bound whether it is one of the values."""
    for bound, apart in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(said.get(apart), bool):
            is_apart = said.pop(apart)
            if is_apart and bound in said:
                said[apart] = said.pop(bound)


def _dependencies(said: dict[str, Any]) -> None:
    needs = said.pop("dependencies", {})
    names = {key: each for key, each in needs.items() if isinstance(each, list)}
    schemas = {key: each for key, each in needs.items() if not isinstance(each, list)}
    if names:
        said["dependentRequired"] = {**names, **said.get("dependentRequired", {})}
    if schemas:
        said["dependentSchemas"] = {**schemas, **said.get("dependentSchemas", {})}
