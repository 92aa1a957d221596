"""A citation as a field of a typed answer: which source, and what it says there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ._types import Span
from ._values import code, pretty

__all__ = ["Citation"]


@dataclass(frozen=True, repr=False)
class Citation:
    """What a source says, word for word.

    It can be a field of a pydantic model or of a dataclass. The model that answers writes
    *source* and *quote*, and is shown no more than these. *span* is where the quote is in
    the text of that source: it is looked up when the answer is read, and None where the
    quote is not there word for word.

    >>> Citation("kb://help/7", "within 30 days")
    Citation(source='kb://help/7', quote='within 30 days')
    """

    source: str
    quote: str
    span: Span | None = None

    __repr__ = code
    _repr_pretty_ = pretty

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> dict[str, Any]:
        """How pydantic reads one, as the plain dict that this is."""
        text = {"type": "str"}
        fields = [
            {"type": "dataclass-field", "name": "source", "schema": text},
            {"type": "dataclass-field", "name": "quote", "schema": text},
        ]
        arguments = {"type": "dataclass-args", "dataclass_name": cls.__name__, "fields": fields}
        return {
            "type": "dataclass",
            "cls": cls,
            "schema": arguments,
            "fields": ["source", "quote"],
            "frozen": True,
            "ref": f"{cls.__module__}.{cls.__qualname__}",
        }

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: Any) -> Any:
        """What the model is told of it: the docstring is for developers."""
        shown = handler(schema)
        handler.resolve_ref_schema(shown)["description"] = (
            "What a source says, word for word, and which source that is."
        )
        return shown
