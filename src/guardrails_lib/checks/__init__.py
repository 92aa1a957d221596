"""What can be found. One concern, one file."""

from .answerability import unanswerable
from .answers import repaired, unreadable
from .arguments import in_argument
from .citations import miscited, uncited
from .commands import unsafe_code, unsafe_shell, unsafe_sql
from .confidence import unsure
from .finish import unfinished
from .grounding import ungrounded
from .injection import injection, split_injection
from .judge import judged
from .labels import uncleared
from .language import off_language, switched_language
from .pii import pii
from .prompts import leaked_prompt
from .refusals import refused
from .render import unsafe_html, unsafe_markdown, unsafe_url
from .secrets import secrets
from .sources import (
    duplicate_source,
    no_sources,
    sign_source,
    stale_source,
    unlisted_source,
    unsigned_source,
)
from .takeover import takeover
from .text import containing, longer_than, matching, naming
from .tools import unfit_arguments, unknown_tool
from .topics import forbidden_topic, off_topic
from .unicode import disguised, invisible, look_alike, reordered

__all__ = [
    "containing",
    "disguised",
    "duplicate_source",
    "forbidden_topic",
    "in_argument",
    "injection",
    "invisible",
    "judged",
    "leaked_prompt",
    "longer_than",
    "look_alike",
    "matching",
    "miscited",
    "naming",
    "no_sources",
    "off_language",
    "off_topic",
    "pii",
    "refused",
    "reordered",
    "repaired",
    "secrets",
    "sign_source",
    "split_injection",
    "stale_source",
    "switched_language",
    "takeover",
    "unanswerable",
    "uncited",
    "uncleared",
    "unfinished",
    "unfit_arguments",
    "ungrounded",
    "unknown_tool",
    "unlisted_source",
    "unreadable",
    "unsafe_code",
    "unsafe_html",
    "unsafe_markdown",
    "unsafe_shell",
    "unsafe_sql",
    "unsafe_url",
    "unsigned_source",
    "unsure",
]
