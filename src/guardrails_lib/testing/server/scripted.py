"""The server itself: its script, what it was asked, and its socket."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from types import TracebackType
from typing import Any, Self

try:
    import uvicorn
    from uvicorn.protocols.http.h11_impl import H11Protocol
except ImportError as missing:
    raise ImportError(
        'a scripted server needs uvicorn: pip install "guardrails-lib[testing]"'
    ) from missing

from ..fakes import ScriptEnded
from .played import HANG_UP, Sent, Write, application
from .turns import Asked, Fail, Turn, said

__all__ = ["ScriptedServer"]

SAME = (("x-should-retry", "false"),)
"""Asks an SDK not to try again: what the test has got wrong stays wrong."""


class ScriptedServer:
    """A provider of models on this machine, which plays its script.

    A turn is text, a list of chunks, a `Say`, a `Fail`, a `Cut`, a `Raw`, or a function that
    is given what was `Asked` and returns one of these, without waiting. The turns are played in
    order, whatever path is asked. Then *repeat* is played for ever; without it, an answer says
    that the script has ended (HTTP 500), and `ScriptEnded` is raised where the ``with`` block
    ends.

    In a ``with`` block it listens on the loopback, in a thread of its own, at ``url``. An SDK
    is given that in place of the address of its provider:

    =============  ==========================================================================
    openai         ``OpenAI(base_url=f"{server.url}/v1", api_key=server.key, max_retries=0)``
    openai, Azure  ``AzureOpenAI(azure_endpoint=server.url, api_version="x", api_key=server.key)``
    anthropic      ``Anthropic(base_url=server.url, api_key=server.key, max_retries=0)``
    mistralai      ``Mistral(server_url=f"{server.url}/mistral", api_key=server.key)``
    google-genai   ``Client(api_key=server.key, http_options={"base_url": server.url})``
    =============  ==========================================================================

    Without a socket, ``app`` is the same as an ASGI application, for an async client in this
    process: ``httpx2.AsyncClient(transport=httpx2.ASGITransport(app=server.app))``. There a
    stream arrives at once and as a whole, so nothing is waited for, and what is cut is a
    `ConnectionResetError` before any of it.

    >>> from urllib.request import urlopen
    >>> with ScriptedServer("Good morning.") as server:
    ...     answer = urlopen(f"{server.url}/v1/chat/completions", b'{"model": "m"}')
    ...     b'"content":"Good morning."' in answer.read(), server.asked[0].body
    (True, {'model': 'm'})
    """

    key = "none"
    """A key for the SDK, which wants one. The server looks at none."""

    def __init__(self, *turns: Turn, repeat: Turn | None = None) -> None:
        self.asked: list[Asked] = []
        """What was sent, in order, without the key."""
        self.closed_early = 0
        """Answers whose end the client did not wait for, as far as the server could tell: it
        notices while it waits, so give the turn ``seconds`` or ``between``."""
        self.app = application(self._answer)
        """The server as an ASGI application."""
        self._problem: Exception | None = None
        self._lock = threading.Lock()
        self._live: _Live | None = None
        self.play(*turns, repeat=repeat)

    def play(self, *turns: Turn, repeat: Turn | None = None) -> None:
        """A new script, for the next test: what was asked is forgotten.

        What went wrong with the script before is raised here.
        """
        self._settle()
        with self._lock:
            self._turns = turns
            self._repeat = repeat
            self.asked = []
            self.closed_early = 0

    @property
    def url(self) -> str:
        """Where it listens, without a path."""
        return self._listening().url

    @property
    def connections(self) -> int:
        """How many connections of clients are open."""
        return self._listening().connections

    def __enter__(self) -> Self:
        if self._live is not None:
            raise RuntimeError("this server listens already")
        self._live = _Live(self.app)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        live, self._live = self._listening(), None
        live.close()
        if problem is None:
            self._settle()

    def _settle(self) -> None:
        problem, self._problem = self._problem, None
        if problem is not None:
            raise problem

    def _listening(self) -> _Live:
        if self._live is None:
            raise RuntimeError("the server listens in a `with` block only")
        return self._live

    def _answer(self, asked: Asked, write: Write) -> Sent:
        with self._lock:
            log = self.asked
            log.append(asked)
            place = len(log) - 1

        def left() -> None:
            with self._lock:
                self.closed_early += log is self.asked  # it may be a script that is over

        try:
            return write(said(self._turn(place), asked), left)
        except Exception as problem:
            self._problem = self._problem or problem
            told = f"{type(problem).__name__}: {problem}"
            return write(Fail(500, told, headers=SAME), left)

    def _turn(self, place: int) -> Turn:
        if place < len(self._turns):
            return self._turns[place]
        if self._repeat is None:
            raise ScriptEnded(
                f"asked {place + 1} times, and the script has {len(self._turns)} turns"
            )
        return self._repeat


class _Connection(H11Protocol):
    """A connection that the script can cut, and that does not outlive its server."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        self.access_log = False  # an application that logs has no use for these lines
        app = self.app

        async def cuttable(scope: Any, receive: Any, send: Any) -> None:
            await app({**scope, "extensions": {HANG_UP: transport.close}}, receive, send)

        self.app = cuttable

    def shutdown(self) -> None:
        self.transport.close()


class _Live:
    """A socket on the loopback and the thread that serves it."""

    def __init__(self, app: Any) -> None:
        config = uvicorn.Config(
            app,
            http=_Connection,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            proxy_headers=False,
            timeout_keep_alive=3600,  # no client is to find its connection gone between two tests
            server_header=False,
        )
        self._server = uvicorn.Server(config)
        # asyncio sends small pieces at once only where the protocol is named: 40 ms of each call
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(2048)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="scripted server", daemon=True
        )
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.002)

    @property
    def connections(self) -> int:
        return len(self._server.server_state.connections)

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
