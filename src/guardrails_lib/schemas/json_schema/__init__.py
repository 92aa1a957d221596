"""JSON Schema: what it says of a value, without a network and in bounded time."""

from .schema import JsonSchema

__all__ = ["JsonSchema"]
