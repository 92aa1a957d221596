"""A Redis server of one's own, in a folder that is gone afterwards."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Server", "found", "server"]

_WAIT = 20.0
"""Seconds in which a server starts."""


class Server:
    """A server that listens to a socket in its folder alone, and writes nothing down."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._running: subprocess.Popen[bytes] | None = None
        self.path = str(folder / "redis.sock")
        self.url = f"unix://{self.path}"

    def start(self) -> None:
        """Start it empty, and wait until it answers."""
        self._running = subprocess.Popen(
            [
                *(self._program, "--port", "0", "--unixsocket", self.path),
                *("--save", "", "--appendonly", "no", "--dir", str(self._folder)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + _WAIT
        while not self._answers():
            if time.monotonic() > end or self._running.poll() is not None:
                raise RuntimeError("the Redis server does not start")
            time.sleep(0.005)

    def stop(self) -> None:
        """Kill it, whoever is connected."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            self._running = None
            Path(self.path).unlink(missing_ok=True)

    def send(self, what: signal.Signals) -> None:
        """Send it a signal, as SIGSTOP, after which it hangs."""
        if self._running is not None:
            self._running.send_signal(what)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as asked:
            asked.settimeout(1.0)
            try:
                asked.connect(self.path)
                asked.sendall(b"PING\r\n")
                return asked.recv(16).startswith(b"+PONG")
            except OSError:
                return False


def found() -> str | None:
    """The program, if there is one."""
    return shutil.which("redis-server")


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs."""
    program = found()
    if program is None:
        raise FileNotFoundError("no Redis server is installed")
    folder = Path(tempfile.mkdtemp(prefix="redis-"))
    made = Server(program, folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
