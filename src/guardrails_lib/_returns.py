"""What ``returns=`` says: how a reply is read, and whether the validators fit it."""

from __future__ import annotations

from typing import Any

from ._errors import PolicyError
from ._policy import Policy, kinds
from ._schema import TEXT, Reader, Unreadable
from ._types import Reply

__all__ = ["answers_fit", "reader_of"]


def reader_of(returns: Any, repair: bool) -> Reader[Any]:
    """What reads a reply as *returns* says."""
    if returns is None or returns is str:
        if repair:
            raise PolicyError("repair=True mends JSON, and the reply is text: give returns=")
        return TEXT
    from .schemas.reader import reader  # noqa: PLC0415  # pydantic takes 50 ms, and text needs none

    return reader(returns, repair=repair)


def answers_fit(policy: Policy, returns: Any) -> None:
    """Refuse a validator whose typed answer will never come."""
    for rule in policy.validators:
        looks_at = kinds(rule.check.subject)
        if looks_at & {str, Reply, object, Any}:
            continue
        wanted = next(iter(looks_at))
        if wanted is Unreadable and not (returns is None or returns is str):
            continue
        if returns is None or returns is str:
            raise PolicyError(
                f"{rule!r} looks at a typed answer, and the reply is text: "
                f"write guard(..., returns={_name(wanted)})"
            )
        if _are_strangers(wanted, returns):
            raise PolicyError(
                f"{rule!r} looks at {_name(wanted)}, and returns= is {_name(returns)}"
            )


def _are_strangers(one: object, other: object) -> bool:
    """Whether nothing can be of both types, as far as one can tell."""
    if isinstance(one, type) and isinstance(other, type):
        return not (issubclass(one, other) or issubclass(other, one))
    return False


def _name(kind: object) -> str:
    return getattr(kind, "__name__", str(kind))
