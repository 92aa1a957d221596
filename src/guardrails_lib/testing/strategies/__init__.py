"""What hypothesis tries guarded calls with: texts, requests, replies, policies, outages.

Every value is made up. Personal data is of nobody: it is from ranges that are kept for
examples where there are any, else of invented digits. No model is asked and no file is read.
"""

from .broken_replies import FAULTS, Broken, broken_replies
from .broken_tool_calls import CALL_FAULTS, BrokenCall, broken_tool_calls
from .chunkings import chunkings
from .conversations import GUARDED, SPOTS, Planted, conversations, planted
from .disguised import DISGUISES, disguised
from .from_schema import from_schema
from .gold import Gold
from .hidden import PROVIDERS, secrets_in_text
from .in_context import FOUND_BY_PII, texts_with_pii
from .injections import TECHNIQUES, injections
from .outages import outages
from .personal import ENTITIES, pii_values
from .policies import policies
from .replies import replies
from .sources import labels, sources
from .texts import texts
from .tool_calls import tool_calls

__all__ = [
    "CALL_FAULTS",
    "DISGUISES",
    "ENTITIES",
    "FAULTS",
    "FOUND_BY_PII",
    "GUARDED",
    "PROVIDERS",
    "SPOTS",
    "TECHNIQUES",
    "Broken",
    "BrokenCall",
    "Gold",
    "Planted",
    "broken_replies",
    "broken_tool_calls",
    "chunkings",
    "conversations",
    "disguised",
    "from_schema",
    "injections",
    "labels",
    "outages",
    "pii_values",
    "planted",
    "policies",
    "replies",
    "secrets_in_text",
    "sources",
    "texts",
    "texts_with_pii",
    "tool_calls",
]
