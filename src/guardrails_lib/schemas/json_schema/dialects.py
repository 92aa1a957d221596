"""Which JSON Schema a schema is written in: a draft, or a metaschema that the caller gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._errors import PolicyError
from .reference import DRAFTS, LATEST, Draft, draft_of, validator_of
from .survey import Survey, checked

__all__ = ["built"]


def built(schema: Any, documents: Mapping[str, Any]) -> tuple[Any, Draft, bool]:
    """What validates by *schema*, which is checked; its draft; whether that is all it is in."""
    draft, metaschema = _dialect(schema, documents, LATEST)
    registry = {uri: (each, _draft(each, documents, draft)) for uri, each in documents.items()}
    checked(schema, draft)
    if metaschema is None:
        return validator_of(schema, draft, registry), draft, True
    checked(metaschema, draft)
    meta = validator_of(metaschema, draft, registry)
    Survey(meta, draft)
    checked(schema, draft, meta)
    names = _vocabulary(metaschema, draft)
    return validator_of(schema, draft, registry, names), draft, False


def _dialect(
    schema: Any, documents: Mapping[str, Any], otherwise: Draft
) -> tuple[Draft, Mapping[str, Any] | None]:
    """The draft of *schema*, and its metaschema if that is one of the *documents*."""
    metaschema = None
    met = set()
    while isinstance(schema, dict) and "$schema" in schema:
        if draft := draft_of(schema):
            return draft, metaschema
        named = str(schema["$schema"]).removesuffix("#")
        if named in met or not isinstance(documents.get(named), dict):
            raise PolicyError(
                f'"$schema": "{named}" is not known; known are {", ".join(DRAFTS)}; '
                "for another give registry={uri: metaschema}"
            )
        met.add(named)
        schema = documents[named]
        metaschema = metaschema or schema
    return otherwise, metaschema


def _draft(document: Any, documents: Mapping[str, Any], otherwise: Draft) -> Draft:
    """The draft of one of the *documents*: those that nothing refers to may be in any."""
    try:
        return _dialect(document, documents, otherwise)[0]
    except PolicyError:
        return otherwise


def _vocabulary(metaschema: Mapping[str, Any], draft: Draft) -> frozenset[str] | None:
    """The keywords that count; None if all do."""
    said = metaschema.get("$vocabulary")
    if said is None:
        return None
    names: set[str] = set()
    for uri, must in said.items():
        found = draft.vocabulary(uri)
        if found is None and must:
            raise PolicyError(f'the vocabulary "{uri}" is not known, and the metaschema needs it')
        names |= found or set()
    return frozenset(names)
