"""No network while a test runs."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from guardrails_lib.testing.offline import NetworkTried, offline

V4, V6 = socket.AF_INET, socket.AF_INET6


def connect(family: int, host: str) -> None:
    with socket.socket(family) as client:
        client.connect((host, 80))


def connect_ex() -> None:
    with socket.socket() as client:
        client.connect_ex(("192.0.2.1", 80))


def send() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.sendto(b"x", ("192.0.2.1", 53))


def send_message() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.sendmsg([b"x"], [], 0, ("192.0.2.1", 53))


def open_connection() -> None:
    async def reach() -> None:
        await asyncio.open_connection("example.com", 443)

    asyncio.run(reach())


NAME = "look up example.com"
OUTSIDE: dict[str, tuple[Callable[[], object], str]] = {
    "create_connection": (lambda: socket.create_connection(("example.com", 443)), NAME),
    "connect": (lambda: connect(V4, "192.0.2.1"), "connect to 192.0.2.1:80"),
    "connect_v6": (lambda: connect(V6, "2001:db8::1"), "connect to 2001:db8::1:80"),
    "connect_mapped": (lambda: connect(V6, "::ffff:192.0.2.1"), "connect to ::ffff:192.0.2.1:80"),
    "connect_ex": (connect_ex, "connect to 192.0.2.1:80"),
    "getaddrinfo": (lambda: socket.getaddrinfo(b"example.com", 80), NAME),
    "gethostbyname": (lambda: socket.gethostbyname("example.com"), NAME),
    "gethostbyaddr": (lambda: socket.gethostbyaddr("192.0.2.1"), "look up 192.0.2.1"),
    "getnameinfo": (lambda: socket.getnameinfo(("192.0.2.1", 80), 0), "look up 192.0.2.1:80"),
    "sendto": (send, "send to 192.0.2.1:53"),
    "sendmsg": (send_message, "send to 192.0.2.1:53"),
    "http": (lambda: http.client.HTTPConnection("example.com").connect(), NAME),
    "urllib": (lambda: urllib.request.urlopen("http://example.com/"), NAME),
    "asyncio": (open_connection, NAME),
}


@pytest.mark.parametrize("way", OUTSIDE)
def test_what_reaches_outside_is_stopped_and_told(way: str) -> None:
    reach, told = OUTSIDE[way]
    with offline() as attempts, pytest.raises(NetworkTried) as caught:
        reach()
    assert str(caught.value) == f"there is no network here: {told}"
    assert attempts == [told]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_is_reached(host: str) -> None:
    family = V6 if ":" in host else V4
    if family == V6 and not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with offline() as attempts, socket.create_server((host, 0), family=family) as server:
        socket.create_connection((host, server.getsockname()[1])).close()
    assert attempts == []


def test_a_unix_socket_is_reached(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with offline() as attempts, socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(path)
    assert attempts == []


def test_a_server_of_asyncio_is_reached() -> None:
    async def talk() -> bytes:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"hello")
            writer.close()
            await writer.wait_closed()

        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            reader, writer = await asyncio.open_connection("localhost", port)
            said = await reader.read()
            writer.close()
            await writer.wait_closed()
            return said

    with offline() as attempts:
        assert asyncio.run(talk()) == b"hello"
    assert attempts == []


def test_another_thread_is_stopped_too() -> None:
    caught: list[BaseException] = []

    def reach() -> None:
        try:
            socket.gethostbyname("example.com")
        except NetworkTried as problem:
            caught.append(problem)

    with offline():
        thread = threading.Thread(target=reach)
        thread.start()
        thread.join()
    assert len(caught) == 1


def test_one_within_another_is_told_to_both() -> None:
    with offline() as outer:
        with offline() as inner, pytest.raises(NetworkTried):
            socket.gethostbyname("example.com")
        with pytest.raises(NetworkTried):
            socket.gethostbyname("example.org")
    assert inner == ["look up example.com"]
    assert outer == ["look up example.com", "look up example.org"]


def test_afterwards_nothing_is_stopped() -> None:
    with offline() as attempts, pytest.raises(NetworkTried):
        socket.getaddrinfo("192.0.2.1", 80)
    assert socket.getaddrinfo("192.0.2.1", 80)  # nobody is asked for a number
    assert attempts == ["look up 192.0.2.1"]
