"""A client of an SDK, guarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, Unpack, overload

from .._policy import Policy

if TYPE_CHECKING:
    from .._terms import Terms
    from .clients import GuardedClient

__all__ = ["guarded"]

C = TypeVar("C")


@overload
def guarded(
    client: object, policy: Policy, *, outcomes: Literal[True], **terms: Unpack[Terms]
) -> GuardedClient: ...
@overload
def guarded(
    client: C, policy: Policy, *, outcomes: Literal[False] = ..., **terms: Unpack[Terms]
) -> C: ...
def guarded(client: Any, policy: Policy, **terms: Any) -> Any:
    """*client* under *policy*: it is used like the client, which stays as it was.

    What it gives is the SDK's own, with guarded content; a refusal is raised as `Refused`.
    With ``outcomes=True`` the `Outcome` is given in either case. What of the client is not
    guarded cannot be called through it.
    """
    for each in type(client).__mro__:
        make = _of_sdk(each.__module__.split("."))
        if make is not None:
            return make(client, policy, **terms)
    raise TypeError(
        f"guarded() takes a client of an SDK that it knows, not a {type(client).__name__}: put "
        "@guard(policy) on a function that returns what it gives"
    )


def _of_sdk(where: list[str]) -> Any:
    """What guards the clients that are defined *where*."""
    match where:
        case ["openai", *_]:
            from .openai_client import guarded_openai  # noqa: PLC0415  # each is needed by few

            return guarded_openai
        case ["anthropic", *_]:
            from .anthropic_client import guarded_anthropic  # noqa: PLC0415  # as above

            return guarded_anthropic
        case ["google", "genai", *_]:
            from .google_client import guarded_google  # noqa: PLC0415  # as above

            return guarded_google
        case ["mistralai", *_]:
            from .mistral_client import guarded_mistral  # noqa: PLC0415  # as above

            return guarded_mistral
        case ["instructor", *_]:
            from .instructor import guarded as guarded_instructor  # noqa: PLC0415  # as above

            return guarded_instructor
    return None
