"""What can be found. One concern, one file."""

from .text import containing, longer_than, matching

__all__ = ["containing", "longer_than", "matching"]
