"""What can be found. One concern, one file."""

from .answers import repaired, unreadable
from .injection import injection, split_injection
from .labels import uncleared
from .pii import pii
from .secrets import secrets
from .sources import (
    duplicate_source,
    no_sources,
    sign_source,
    stale_source,
    unlisted_source,
    unsigned_source,
)
from .text import containing, longer_than, matching
from .tools import unfit_arguments, unknown_tool
from .topics import forbidden_topic, off_topic
from .unicode import disguised, invisible, look_alike, reordered

__all__ = [
    "containing",
    "disguised",
    "duplicate_source",
    "forbidden_topic",
    "injection",
    "invisible",
    "longer_than",
    "look_alike",
    "matching",
    "no_sources",
    "off_topic",
    "pii",
    "reordered",
    "repaired",
    "secrets",
    "sign_source",
    "split_injection",
    "stale_source",
    "uncleared",
    "unfit_arguments",
    "unknown_tool",
    "unlisted_source",
    "unreadable",
    "unsigned_source",
]
