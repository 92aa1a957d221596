"""What a target of a command names: a policy, a guard, a guarded function, or all of a module."""

from __future__ import annotations

import importlib
import importlib.util
import operator
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from .._guard import Guard
from .._guarded import Guarded
from .._policy import Policy

__all__ = ["Target", "Unread", "targets_in"]


class Unread(Exception):
    """A target that cannot be read; the message says why."""


class Target(NamedTuple):
    """Something with rules, and what it is called."""

    name: str
    subject: Any


def targets_in(given: str) -> list[Target]:
    """What *given* names: ``path/to/file.py:NAME``, ``package.module:NAME``, or without NAME."""
    place, mark, name = given.rpartition(":")
    if not mark or name.endswith(".py") or "/" in name or "\\" in name:
        place, name = given, ""
    module = _module(place)
    if not name:
        found = [Target(f"{place}:{each}", value) for each, value in _guarded_in(module)]
        if not found:
            raise Unread(f"{place} holds no policy, no guard and no guarded function")
        return found
    try:
        value = operator.attrgetter(name)(module)
    except AttributeError:
        raise Unread(f"{place} has no {name}") from None
    if not _has_rules(value):
        kind = type(value).__name__
        raise Unread(f"{given} is of type {kind}: name a policy, a guard or a guarded function")
    return [Target(given, value)]


def _guarded_in(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """What has rules in *module*, once each: by what it says is public, or else all."""
    names = getattr(module, "__all__", None) or [
        name for name in vars(module) if not name.startswith("_")
    ]
    seen: set[int] = set()
    for name in names:
        value = getattr(module, name, None)
        if _has_rules(value) and id(value) not in seen:
            seen.add(id(value))
            yield name, value


def _has_rules(value: object) -> bool:
    if isinstance(value, Policy | Guard):
        return True
    guarded = getattr(value, "__guarded__", None)
    return isinstance(guarded, Guarded) and isinstance(guarded.guard, Guard)


def _module(place: str) -> ModuleType:
    if place.endswith(".py"):
        return _of_file(Path(place))
    if not all(part.isidentifier() for part in place.split(".")):
        raise Unread(f"{place!r} is neither a file that ends with .py nor the name of a module")
    if sys.path[0] not in {"", str(Path.cwd())}:
        sys.path.insert(0, str(Path.cwd()))
    return _imported(place, place)


def _of_file(path: Path) -> ModuleType:
    """The module at *path*, as a part of its package where it is in one."""
    if not path.is_file():
        raise Unread(f"{path} is no file")
    path = path.resolve()
    root, name = path.parent, "" if path.stem == "__init__" else path.stem
    while (root / "__init__.py").is_file():
        root, name = root.parent, f"{root.name}.{name}".rstrip(".")
    sys.path.insert(0, str(root))
    module = _imported(name, str(path))
    if module.__file__ is None or not Path(module.__file__).samefile(path):
        raise Unread(f"{path} is not what `import {name}` gives: rename it, or name the module")
    return module


def _imported(name: str, place: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as problem:
        if problem.name is not None and f"{name}.".startswith(f"{problem.name}."):
            raise Unread(f"there is no module {place}") from None
        raise Unread(f"{place} cannot be imported: {problem}") from problem
    except (Exception, SystemExit) as problem:  # whatever a module does when it is read
        raise Unread(
            f"{place} cannot be imported: {type(problem).__name__}: {problem}"
        ) from problem
