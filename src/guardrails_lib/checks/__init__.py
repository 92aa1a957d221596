"""What can be found. One concern, one file."""

from .answers import repaired, unreadable
from .labels import uncleared
from .pii import pii
from .text import containing, longer_than, matching
from .tools import unfit_arguments, unknown_tool

__all__ = [
    "containing",
    "longer_than",
    "matching",
    "pii",
    "repaired",
    "uncleared",
    "unfit_arguments",
    "unknown_tool",
    "unreadable",
]
