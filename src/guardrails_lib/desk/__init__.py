"""Where cases lie until a person decides: in memory, in a database, and told to a webhook."""

from .golden import add_golden, golden
from .memory import MemoryDesk
from .signed import sign, verify
from .sql_desk import SqlDesk
from .webhook import WebhookDesk
from .written import from_json, to_json

__all__ = [
    "MemoryDesk",
    "SqlDesk",
    "WebhookDesk",
    "add_golden",
    "from_json",
    "golden",
    "sign",
    "to_json",
    "verify",
]
