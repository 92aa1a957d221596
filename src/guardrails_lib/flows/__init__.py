"""Flows over guarded calls: each takes guarded functions and gives one."""

from .breaker import BreakerOpen, breaker
from .cascade import cascade
from .fallback import fallback
from .hedged import hedged
from .limited import Limited, limited
from .retried import retried

__all__ = [
    "BreakerOpen",
    "Limited",
    "breaker",
    "cascade",
    "fallback",
    "hedged",
    "limited",
    "retried",
]
