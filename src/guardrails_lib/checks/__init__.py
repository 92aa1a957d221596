"""What can be found. One concern, one file."""

from .pii import pii
from .text import containing, longer_than, matching

__all__ = ["containing", "longer_than", "matching", "pii"]
