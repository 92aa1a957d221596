"""Guardrails for calls to language models, in process."""

from ._check import Check, check
from ._errors import GuardrailError, PolicyError, Refused, VaultError
from ._events import Difference, Event, Observer, Record
from ._guard import Guard, guard
from ._outcome import Abstained, Accepted, Blocked, Escalated, Outcome, Refusal
from ._policy import (
    Action,
    Budget,
    Policy,
    Rule,
    abstain,
    block,
    drop,
    escalate,
    flag,
    redact,
    retry,
)
from ._schema import Json, Unreadable, Wrong
from ._stand_ins import hashed, label, mask, synthetic
from ._stream import AsyncStream, Stream
from ._types import (
    Data,
    Finding,
    Label,
    Media,
    Message,
    Reply,
    Request,
    Source,
    Span,
    ToolCall,
    Usage,
)
from ._vault import Vault

__all__ = [
    "Abstained",
    "Accepted",
    "Action",
    "AsyncStream",
    "Blocked",
    "Budget",
    "Check",
    "Data",
    "Difference",
    "Escalated",
    "Event",
    "Finding",
    "Guard",
    "GuardrailError",
    "Json",
    "Label",
    "Media",
    "Message",
    "Observer",
    "Outcome",
    "Policy",
    "PolicyError",
    "Record",
    "Refusal",
    "Refused",
    "Reply",
    "Request",
    "Rule",
    "Source",
    "Span",
    "Stream",
    "ToolCall",
    "Unreadable",
    "Usage",
    "Vault",
    "VaultError",
    "Wrong",
    "abstain",
    "block",
    "check",
    "drop",
    "escalate",
    "flag",
    "guard",
    "hashed",
    "label",
    "mask",
    "redact",
    "retry",
    "synthetic",
]
