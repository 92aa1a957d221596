"""The ASGI application: a route for each format, and one way to send what the script says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

try:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.routing import Route
    from starlette.types import Receive, Scope, Send
except ImportError as missing:
    raise ImportError(
        'a scripted server needs starlette: pip install "guardrails-lib[testing]"'
    ) from missing

from .anthropic import MESSAGES
from .google import CONTENT
from .mistral import MISTRAL
from .openai_chat import CHAT
from .openai_responses import RESPONSES
from .turns import Asked, Cut, Fail, Headers, Raw, Said, Say
from .wire import Wire, packed

__all__ = ["HANG_UP", "Sent", "Write", "application"]

HANG_UP = "guardrails_lib.hang_up"
"""What a server may put among the extensions of a scope: a function that ends the connection."""

SECRET = {"authorization", "x-api-key", "api-key", "x-goog-api-key", "cookie"}

WIRES = {
    "/v1/chat/completions": CHAT,
    "/v1/responses": RESPONSES,
    "/openai/deployments/{model}/chat/completions": CHAT,
    "/openai/responses": RESPONSES,
    "/mistral/v1/chat/completions": MISTRAL,
    "/v1/messages": MESSAGES,
    **{
        f"/{version}/{{model:path}}:{method}": CONTENT
        for version in ("v1", "v1beta")
        for method in ("generateContent", "streamGenerateContent")
    },
}
"""What is spoken where. Azure has paths of its own."""

Left: TypeAlias = Callable[[], None]
Write: TypeAlias = Callable[[Said, Left], "Sent"]
Answer: TypeAlias = Callable[[Asked, Write], "Sent"]


def application(answer: Answer) -> Starlette:
    """The server without its socket. *answer* is given what was asked, and what writes it."""
    routes = [
        Route(path, _endpoint(wire, answer), methods=["POST"]) for path, wire in WIRES.items()
    ]
    return Starlette(routes=routes)


def _endpoint(wire: Wire, answer: Answer) -> Any:
    async def endpoint(request: Request) -> Sent:
        asked = _asked(request.url.path, dict(request.headers), await request.body())
        if asked.body is None:
            return _sent(wire, asked, Fail(400, "The body is no JSON object."), lambda: None)
        return answer(asked, partial(_sent, wire, asked))

    return endpoint


def _asked(path: str, headers: dict[str, str], body: bytes) -> Asked:
    try:
        read = json.loads(body)
    except ValueError:
        read = None
    read = read if isinstance(read, dict) else None
    kept = {name: value for name, value in headers.items() if name not in SECRET}
    streamed = path.endswith(":streamGenerateContent") or (read or {}).get("stream") is True
    return Asked(path, kept, read, streamed)


@dataclass
class Sent:
    """A response as it goes over the wire."""

    pieces: Sequence[bytes]
    left: Left
    status: int = 200
    kind: str = "application/json"
    headers: Headers = ()
    seconds: float = 0.0
    between: float = 0.0
    after: float | None = None
    """How many pieces go out before it is cut."""
    clean: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, as far as the client stays."""
        gone = asyncio.ensure_future(_gone(receive))
        try:
            if not await self._play(send, gone):
                self.left()
            elif self.after is not None and not self.clean:
                await _hang_up(scope, gone)
        finally:
            gone.cancel()

    async def _play(self, send: Send, gone: asyncio.Future[None]) -> bool:
        """Whether the client stayed to the end."""
        if await _gone_within(gone, self.seconds):
            return False
        if self.after == 0:
            return True
        await send({"type": "http.response.start", "status": self.status, "headers": self._head()})
        for place, piece in enumerate(self._whole()):
            if place and await _gone_within(gone, self.between):
                return False
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        if self.after is None or self.clean:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        return True

    def _whole(self) -> list[bytes]:
        if self.after is None:
            return list(self.pieces)
        count = int(self.after)
        rest = self.pieces[count] if count < len(self.pieces) else b""
        part = rest[: int(len(rest) * (self.after - count))]
        return [*self.pieces[:count], *([part] if part else [])]

    def _head(self) -> list[tuple[bytes, bytes]]:
        head = [("content-type", self.kind), *self.headers]
        if self.after is None and len(self.pieces) == 1:
            head.append(("content-length", str(len(self.pieces[0]))))
        return [(name.lower().encode(), value.encode()) for name, value in head]


def _sent(wire: Wire, asked: Asked, said: Said, left: Left) -> Sent:
    if isinstance(said, Cut):
        turn = said.turn
        sent = _sent(wire, asked, turn if isinstance(turn, Say | Fail | Raw) else Say(turn), left)
        sent.after, sent.clean = said.after, said.clean
        return sent
    if isinstance(said, Say) and said.error and not asked.streamed:
        said = said.error
    if isinstance(said, Fail):
        wait = () if said.retry_after is None else (("retry-after", f"{said.retry_after:g}"),)
        return Sent(
            [packed(wire.error(said))],
            left,
            status=said.status,
            headers=(*wait, *said.headers),
            seconds=said.seconds,
        )
    if isinstance(said, Raw):
        return _raw(said, asked, left)
    if not asked.streamed:
        return Sent([packed(wire.whole(said, asked))], left, seconds=said.seconds)
    return Sent(
        list(wire.events(said, asked)),
        left,
        kind="text/event-stream; charset=utf-8",
        seconds=said.seconds,
        between=said.between,
    )


def _raw(raw: Raw, asked: Asked, left: Left) -> Sent:
    body = raw.body
    if isinstance(body, bytes):
        pieces: Sequence[bytes] = [body]
    else:
        pieces = [packed(body)] if isinstance(body, Mapping) else list(body)
    return Sent(
        pieces,
        left,
        status=raw.status,
        kind="text/event-stream; charset=utf-8" if asked.streamed else "application/json",
        headers=raw.headers,
        seconds=raw.seconds,
        between=raw.between,
    )


async def _gone(receive: Receive) -> None:
    """Comes back when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _gone_within(gone: asyncio.Future[None], seconds: float) -> bool:
    if seconds:
        await asyncio.wait([gone], timeout=seconds)
    else:
        await asyncio.sleep(0)
    return gone.done()


async def _hang_up(scope: Scope, gone: asyncio.Future[None]) -> None:
    hang_up = scope.get("extensions", {}).get(HANG_UP)
    if hang_up is None:
        raise ConnectionResetError("the script cuts the connection")
    hang_up()
    await gone
