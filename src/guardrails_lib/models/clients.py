"""What guarded clients of all SDKs share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, NamedTuple, Self

from .. import Policy
from .asked import AsyncShown, Shown
from .endpoints import Chunks, Endpoint, Showing, Taken, sooner
from .methods import ClientTerms, Terms, Under
from .versions import Versions, supported

__all__ = [
    "AsyncShown",
    "Chunks",
    "ClientTerms",
    "Endpoint",
    "GuardedClient",
    "Sdk",
    "Showing",
    "Shown",
    "Taken",
    "Terms",
    "Under",
    "guarded_client",
    "sooner",
]


class Sdk(NamedTuple):
    """What there is to know of the clients of an SDK."""

    package: str
    versions: Versions
    asynchronous: Callable[[Any], bool]
    """Whether a client is."""
    methods: Callable[[Any, Under], Mapping[str, Callable[..., Any]]]
    """The guarded methods of a client, each by where it is from the client on."""
    plain: frozenset[str]
    """The attributes of a client that send no text."""
    copies: frozenset[str]
    """Its methods that give another client."""


def guarded_client(
    sdk: Sdk, client: Any, policy: Policy, terms: Terms | ClientTerms
) -> GuardedClient:
    """*client*, guarded; it stays as it was."""
    supported(sdk.package, sdk.versions)
    return GuardedClient(sdk, client, policy, terms)


class GuardedClient:
    """A client of which every method that asks a model is guarded, and no other can be called."""

    __slots__ = ("_client", "_methods", "_policy", "_sdk", "_terms")

    def __init__(self, sdk: Sdk, client: Any, policy: Policy, terms: Mapping[str, Any]) -> None:
        self._sdk = sdk
        self._client = client
        self._policy = policy
        observers = tuple(terms.get("observers", ()))  # it is gone through for each copy
        self._terms: dict[str, Any] = {**terms, "observers": observers}
        under = Under(policy, self._terms, asynchronous=sdk.asynchronous(client))
        self._methods = sdk.methods(client, under)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._sdk.plain:
            return getattr(self._client, name)
        if name in self._sdk.copies:
            return functools.partial(self._copied, name)
        return _step(self._methods, "", name, self._client)

    def _copied(self, name: str, *args: Any, **options: Any) -> GuardedClient:
        client = getattr(self._client, name)(*args, **options)
        return GuardedClient(self._sdk, client, self._policy, self._terms)

    def __repr__(self) -> str:
        return f"<{type(self._client).__name__}, guarded by {self._policy.name or 'a policy'}>"

    def __enter__(self) -> Self:
        self._client.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.__exit__(kind, problem, trace)

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.__aexit__(kind, problem, trace)


class _Space:
    """A part of a guarded client: ``client.chat``."""

    __slots__ = ("_client", "_methods", "_path")

    def __init__(self, methods: Mapping[str, Callable[..., Any]], path: str, client: Any) -> None:
        self._methods = methods
        self._path = path
        self._client = client

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return _step(self._methods, f"{self._path}.", name, self._client)

    def __repr__(self) -> str:
        return f"<{self._path} of a guarded {type(self._client).__name__}>"


def _step(methods: Mapping[str, Callable[..., Any]], before: str, name: str, client: Any) -> Any:
    """What is at a name of a guarded client, or of a part of one."""
    path = before + name
    if path in methods:
        return methods[path]
    if any(each.startswith(f"{path}.") for each in methods):
        return _Space(methods, path, client)
    raise AttributeError(f"{path} is not guarded: call it on the client itself")
