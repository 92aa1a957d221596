"""Typed values, read out of replies."""

from .json_schema import JsonSchema

__all__ = ["JsonSchema"]
