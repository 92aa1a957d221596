"""Which versions of an SDK are read."""

from __future__ import annotations

import functools
import importlib.metadata
import re
from typing import TypeAlias

__all__ = ["Versions", "supported"]

Versions: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""The first that is read, and the first that is read no longer."""


@functools.cache
def supported(package: str, versions: Versions) -> None:
    """Raise an `ImportError` that names the range, if another version is installed.

    What is not installed may be read: a dict, or an object of the same shape.

    >>> supported("pydantic", ((1,), (2,)))
    Traceback (most recent call last):
        ...
    ImportError: pydantic 2... is installed, and pydantic>=1,<2 is supported
    """
    try:
        installed = importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return
    first, end = versions
    found = tuple(int(n) for n in re.findall(r"\d+", installed)[: max(len(first), len(end))])
    if not first <= found < end:
        wanted = f"{package}>={_written(first)},<{_written(end)}"
        raise ImportError(f"{package} {installed} is installed, and {wanted} is supported")


def _written(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
