"""Flows over guarded calls: each takes guarded functions and gives one."""

from .breaker import BreakerOpen, breaker
from .cached import cached
from .cascade import cascade
from .disk_store import DiskStore
from .fallback import fallback
from .hedged import hedged
from .limited import Limited, limited
from .near import Near
from .redis_store import AsyncRedisStore, RedisStore
from .retried import retried
from .stores import AsyncStore, MemoryStore, Store

__all__ = [
    "AsyncRedisStore",
    "AsyncStore",
    "BreakerOpen",
    "DiskStore",
    "Limited",
    "MemoryStore",
    "Near",
    "RedisStore",
    "Store",
    "breaker",
    "cached",
    "cascade",
    "fallback",
    "hedged",
    "limited",
    "retried",
]
