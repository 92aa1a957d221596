"""How a value is written in JSON where that is not the value itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, Field, GetCoreSchemaHandler, TypeAdapter, create_model
from pydantic_core import CoreSchema, core_schema

__all__ = ["Wire"]


@dataclass(frozen=True, slots=True)
class Wire:
    """An annotation of a type: how a model writes its values.

    A value stands in an object under *key*, or is a list of calls of *tools*, or is itself.
    A *strict* one takes no text for a number, however deep.

    >>> TypeAdapter(Annotated[int, Wire("content")]).validate_json('{"content": 7}')
    7
    """

    key: str = ""
    tools: tuple[type[BaseModel], ...] = ()
    strict: bool = True

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        written = self._written(source)
        adapter: TypeAdapter[Any] = TypeAdapter(written)
        plain: TypeAdapter[Any] = TypeAdapter(source)

        def read(value: object, _: object) -> object:
            # a validation is strict as a whole or not at all; its errors keep their places
            return self._unwrapped(adapter.validate_json(json.dumps(value), strict=self.strict))

        def write(value: Any) -> object:
            if self.tools:
                return [{"name": type(each).__name__, "arguments": _tree(each)} for each in value]
            tree = plain.dump_python(
                value, mode="json", by_alias=True, warnings=False, fallback=str
            )
            return {self.key: tree} if self.key else tree

        return core_schema.json_or_python_schema(
            core_schema.no_info_wrap_validator_function(read, handler.generate_schema(written)),
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(write),
        )

    def _written(self, source: Any) -> Any:
        """The type of what is in the JSON."""
        if self.tools:
            kinds = tuple(_call_of(tool) for tool in self.tools)
            one: Any = kinds[0]
            if len(kinds) > 1:
                one = Annotated[_either(kinds), Field(discriminator="name")]
            return list[one]
        return _made("Answer", {self.key: source}) if self.key else source

    def _unwrapped(self, value: Any) -> Any:
        if self.tools:
            return [each.arguments for each in value]
        return getattr(value, self.key) if self.key else value


def _call_of(tool: type[BaseModel]) -> Any:
    name = tool.__name__
    return _made(name, {"name": Literal[name], "arguments": tool})


def _made(name: str, types: Mapping[str, Any]) -> type[BaseModel]:
    fields: dict[str, Any] = {each: (kind, ...) for each, kind in types.items()}
    return create_model(name, **fields)


def _either(kinds: tuple[Any, ...]) -> Any:
    return Union[kinds]  # noqa: UP007  # there is no other way to write it for a tuple


def _tree(value: BaseModel) -> dict[str, Any]:
    return value.model_dump(mode="json", by_alias=True, warnings=False, fallback=str)
