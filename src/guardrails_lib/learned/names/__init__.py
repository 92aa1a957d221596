"""Names of people, places and organizations, and how they are learned."""

from .finding import TYPES, Name, Names, names

__all__ = ["TYPES", "Name", "Names", "names"]
