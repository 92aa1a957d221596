"""A client of an SDK, guarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from .._policy import Policy

if TYPE_CHECKING:
    from .clients import Terms

__all__ = ["guarded"]

C = TypeVar("C")


def guarded(client: C, policy: Policy, **terms: Unpack[Terms]) -> C:
    """*client* under *policy*: it is used like the client, which stays as it was.

    What it gives is the SDK's own, with guarded content; a refusal is raised as `Refused`.
    With ``outcomes=True`` the `Outcome` is given in either case. What of the client is not
    guarded cannot be called through it.
    """
    made: Any = _of_sdk(client)(client, policy, **terms)
    checked: C = made
    return checked


def _of_sdk(client: object) -> Any:
    where = type(client).__module__.split(".")
    match where:
        case ["openai", *_]:
            from .openai_client import guarded_openai  # noqa: PLC0415  # each is needed by few

            return guarded_openai
        case ["anthropic", *_]:
            from .anthropic_client import guarded_anthropic  # noqa: PLC0415  # as above

            return guarded_anthropic
    raise TypeError(
        f"guarded() takes a client of openai or anthropic, and this is a {type(client).__name__} "
        f"of {where[0]}: put @guard(policy) on a function that returns what it gives"
    )
