"""Answers in a file, for several processes of one machine."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from .stores import several

__all__ = ["DiskStore"]

_TABLE = """
CREATE TABLE IF NOT EXISTS answers (
  place INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value BLOB NOT NULL, until REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_until ON answers (until);
"""


class DiskStore:
    """Answers in an SQLite file: the *most* that were put there last.

    The file is made when it is first needed, for nobody but its owner to read. It may be used
    by several processes and threads. Close the store, or use it in a ``with``.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        most: int = 100_000,
        *,
        seconds: float = 1.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """*seconds* is how long it waits for others that write. *clock* tells the epoch."""
        self._path = Path(path)
        self._most = several(most)
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None
        self._process = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def get(self, key: str, /) -> bytes | None:
        """What is there under *key*, if its time has not passed."""
        with self._lock:
            found = self._connection().execute(
                "SELECT value FROM answers WHERE key = ? AND until > ?", (key, self._clock())
            )
            row: tuple[object] | None = found.fetchone()
        return row[0] if row is not None and isinstance(row[0], bytes) else None

    def put(self, key: str, value: bytes, ttl: float, /) -> None:
        """Keep *value* for *ttl* seconds. What is too old, or too much, goes."""
        now = self._clock()
        with self._lock, self._connection() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO answers (key, value, until) VALUES (?, ?, ?)",
                (key, value, now + ttl),
            )
            connection.execute("DELETE FROM answers WHERE until <= ?", (now,))
            connection.execute(
                "DELETE FROM answers WHERE place <= (SELECT max(place) FROM answers) - ?",
                (self._most,),
            )

    def delete(self, key: str, /) -> None:
        """Forget what is there under *key*, if anything is."""
        with self._lock, self._connection() as connection:
            connection.execute("DELETE FROM answers WHERE key = ?", (key,))

    def close(self) -> None:
        """Let go of the file. It is opened again when it is needed."""
        with self._lock:
            if self._opened is not None and self._process == os.getpid():
                self._opened.close()
            self._opened = None

    def _connection(self) -> sqlite3.Connection:
        """The connection of this process: SQLite allows none to go through a fork."""
        if self._opened is None or self._process != os.getpid():
            self._path.touch(mode=0o600)
            opened = sqlite3.connect(self._path, timeout=self._seconds, check_same_thread=False)
            try:
                opened.execute("PRAGMA journal_mode = WAL")
                opened.execute("PRAGMA synchronous = NORMAL")
                opened.executescript(_TABLE)
            except BaseException:
                opened.close()
                raise
            self._opened, self._process = opened, os.getpid()
        return self._opened
