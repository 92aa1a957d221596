"""What a check is known to find: put together when somebody asks, and never before."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from .._known import Known

__all__ = ["known_in"]


def known_in(name: str) -> Callable[..., Known[Any]]:
    """The function *name* (``text.containing``) of `checks.known`, found when it is called."""
    module, _, function = name.partition(".")

    def known(**params: Any) -> Known[Any]:
        samples: Known[Any] = getattr(import_module(f".known.{module}", __package__), function)(
            **params
        )
        return samples

    return known
