"""What calls may cost together: prices, and ledgers that keep to limits."""

from .limit import Every, Limit
from .memory import MemoryLedger
from .prices import Price, Prices, prices
from .redis_ledger import AsyncRedisLedger, RedisLedger

__all__ = [
    "AsyncRedisLedger",
    "Every",
    "Limit",
    "MemoryLedger",
    "Price",
    "Prices",
    "RedisLedger",
    "prices",
]
