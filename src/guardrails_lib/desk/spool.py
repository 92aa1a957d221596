"""Cases that wait in files, for a desk that is down.

A file is there as a whole or not at all, and what is there has reached the disk. Its name is
made of the id of the case, so that the same case waits once. Folder and files are for their
owner alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from .._case import Case
from .._errors import DeskError
from .written import from_json, to_json

__all__ = ["Down", "done", "get", "put", "waiting"]

_LOG = logging.getLogger("guardrails_lib")

_ABANDONED = 3600.0
"""After so many seconds a file that nobody finished belongs to a process that is dead."""


class Down(DeskError):
    """What is behind the desk does not do what it is asked: it is away, locked, full, closed."""


def put(folder: Path, case: Case) -> Case:
    """Let *case* wait: the one that waits already, if it does. `DeskError` if that fails."""
    waits = get(folder, case.id)
    if waits is not None:
        return waits
    written = to_json(case)
    path = _path(folder, case.id)
    part = folder / f".{path.name}.{os.getpid()}.{threading.get_ident()}"
    try:
        _make(folder)
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as to:
                to.write(written)
                to.flush()
                os.fsync(to.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        _sync(folder)
    except OSError as problem:
        raise DeskError(f"the spool cannot be written: {problem.strerror}") from None
    return from_json(written)


def get(folder: Path, id: str) -> Case | None:  # noqa: A002  # it is the case's own word
    """The case with that id, if it waits."""
    return _read(_path(folder, id))


def done(folder: Path, id: str) -> None:  # noqa: A002  # as above
    """Let the case wait no longer. One that cannot be removed is brought again, to no effect."""
    _remove(_path(folder, id))


def waiting(folder: Path, *, seconds: float = 0.0) -> Iterator[Case]:
    """The cases that have waited so many *seconds*, the longest first.

    A file that is no case is kept, under a name that ends in ``.broken``, and logged.
    """
    now = time.time()
    for path, since in sorted(_files(folder), key=lambda each: each[1]):
        if path.name.startswith("."):
            if since < now - _ABANDONED:
                _remove(path)
        elif path.suffix == ".json" and since <= now - seconds:
            case = _read(path)
            if case is not None:
                yield case


def _path(folder: Path, id: str) -> Path:  # noqa: A002  # as above
    return folder / f"{hashlib.sha256(id.encode()).hexdigest()[:40]}.json"


def _files(folder: Path) -> Iterator[tuple[Path, float]]:
    """What lies in the folder, and since when."""
    try:
        paths = list(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as problem:
        raise DeskError(f"the spool cannot be read: {problem.strerror}") from None
    for path in paths:
        with contextlib.suppress(OSError):  # another process was quicker
            yield path, path.stat().st_mtime


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _read(path: Path) -> Case | None:
    try:
        return from_json(path.read_text("ascii"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        _LOG.warning("a spooled case cannot be read: %s: %s", path.name, problem.strerror)
        return None
    except (DeskError, UnicodeDecodeError):
        broken = path.with_suffix(".broken")
        with contextlib.suppress(OSError):
            path.replace(broken)
        _LOG.warning("a spooled case cannot be read: it is kept as %s", broken.name)
        return None


def _make(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    """Let the names in *folder* reach the disk. Windows needs and allows none of it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
