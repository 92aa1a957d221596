"""A PostgreSQL server of one's own, in a folder that is gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

__all__ = ["Server", "found", "server"]

_WAIT = 20.0
"""Seconds in which a server starts."""


class Server:
    """A server that listens to a socket in its folder alone."""

    def __init__(self, programs: Path, folder: Path, user: str | None) -> None:
        self._programs = programs
        self._folder = folder
        self._user = user
        self._running: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://desk@/postgres?host={folder}"

    def make(self) -> None:
        """Make its files."""
        data = str(self._folder / "data")
        how = ("-A", "trust", "-U", "desk", "-E", "UTF8", "--locale=C", "--no-sync")
        subprocess.run(
            [self._programs / "initdb", "-D", data, *how],
            user=self._user,
            cwd=self._folder,
            check=True,
            capture_output=True,
        )

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._running = subprocess.Popen(
            [
                *(self._programs / "postgres", "-D", self._folder / "data"),
                *("-k", self._folder, "-c", "listen_addresses=", "-c", "max_connections=60"),
            ],
            user=self._user,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + _WAIT
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
            except psycopg.OperationalError:
                if time.monotonic() > end or self._running.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        if self._running is not None:
            self._running.send_signal(signal.SIGINT)
            self._running.wait()
            self._running = None


def found() -> Path | None:
    """The folder with its programs, if there is one."""
    beside = shutil.which("postgres")
    if beside and shutil.which("initdb"):
        return Path(beside).parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return max((each.parent for each in installed), default=None)


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs. It refuses to be root's, so root runs it as another user."""
    programs = found()
    if programs is None:
        raise FileNotFoundError("no PostgreSQL server is installed")
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="desk-"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        made = Server(programs, folder, user)
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    if os.getuid():
        return None
    names = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
