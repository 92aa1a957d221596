"""What a function is: plain, a coroutine function, a generator, an async generator."""

from __future__ import annotations

import functools
import inspect
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Iterator,
)
from typing import Any, TypeAlias, get_origin, get_type_hints

__all__ = ["is_async_stream", "is_coroutine", "is_stream"]

Fn: TypeAlias = Callable[..., Any]


def _target(fn: Fn) -> Fn:
    """The function behind *fn*, which may be a partial or an object that can be called."""
    while isinstance(fn, functools.partial):
        fn = fn.func
    return fn if inspect.isroutine(fn) else getattr(fn, "__call__", fn)  # noqa: B004  # it is read, not asked for


def is_coroutine(fn: Fn) -> bool:
    """Whether what it gives is to be awaited."""
    return inspect.iscoroutinefunction(_target(fn))


def is_async_stream(fn: Fn) -> bool:
    """Whether it gives pieces, to be awaited one by one."""
    target = _target(fn)
    if inspect.isasyncgenfunction(target):
        return True
    if inspect.iscoroutinefunction(target):
        return False
    kind = _returned(target)
    kinds = {AsyncIterator, AsyncIterable, AsyncGenerator}
    return kind in kinds or hasattr(kind, "__anext__")


def is_stream(fn: Fn) -> bool:
    """Whether it gives pieces, one by one."""
    target = _target(fn)
    if inspect.isgeneratorfunction(target):
        return True
    kind = _returned(target)
    return kind in {Iterator, Iterable, Generator} or hasattr(kind, "__next__")


def _returned(fn: Fn) -> object:
    """The kind of thing that *fn* says it returns."""
    try:
        returned = get_type_hints(fn).get("return")
    except Exception:  # an annotation that cannot be resolved says nothing
        return None
    origin = get_origin(returned) or returned
    return origin if isinstance(origin, type) else None
