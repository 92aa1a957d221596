"""A desk that tells another side: signed, again if need be, and never for longer than it may."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from guardrails_lib import Approve, Case, Desk, DeskError, Request, Resolution, State
from guardrails_lib.desk import MemoryDesk, SqlDesk, WebhookDesk, verify
from guardrails_lib.desk.posting import Answer, persist, target

SECRET = bytes(range(32))
CASE = Case("case-17", Request("Where is my order?"), sealed="only for us", opened=1.0)
YES = Resolution(Approve(), "Ann", 5.0, answer="On its way.")

Behave = Callable[[socket.socket], None]


class Other:
    """The other side: what it was sent, and what it does with each connection in turn."""

    def __init__(self, *turns: Behave) -> None:
        self.turns = list(turns)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.over = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.tls: ssl.SSLContext | None = None
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/cases?of=support"

    @property
    def ids(self) -> list[str]:
        return [headers["idempotency-key"] for headers, _ in self.got]

    def close(self) -> None:
        self.over.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def _serve(self) -> None:
        talks: list[threading.Thread] = []
        while not self.over.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                break
            behave = self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]
            talks.append(threading.Thread(target=self._talk, args=(connection, behave)))
            talks[-1].start()
        for each in talks:
            each.join()

    def _talk(self, connection: socket.socket, behave: Behave) -> None:
        try:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection:
                connection.settimeout(5)
                head, _, body = self._read(connection)
                first, *lines = head.decode().split("\r\n")
                headers = {
                    name.lower(): value
                    for name, _, value in (each.partition(": ") for each in lines)
                }
                headers["first line"] = first
                while len(body) < int(headers["content-length"]):
                    body += connection.recv(65536)
                self.got.append((headers, body))
                behave(connection)
        except OSError:
            pass  # the desk had enough of it

    def _read(self, connection: socket.socket) -> tuple[bytes, bytes, bytes]:
        got = b""
        while b"\r\n\r\n" not in got:
            more = connection.recv(65536)
            if not more:
                raise OSError("no request came")
            got += more
        return got.partition(b"\r\n\r\n")


def answers(status: int, *headers: str) -> Behave:
    lines = [f"HTTP/1.1 {status} Well", "Content-Length: 0", "Connection: close", *headers]
    said = "\r\n".join([*lines, "", ""]).encode()
    return lambda connection: connection.sendall(said)


def hangs(connection: socket.socket) -> None:
    connection.recv(1)  # until the desk hangs up


def drips(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(800):
        connection.sendall(b"x")
        time.sleep(0.01)


def hints_without_end(connection: socket.socket) -> None:
    for _ in range(800):
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.01)


def half_closes(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_WR)
    connection.recv(1)


def hangs_up(connection: socket.socket) -> None:
    connection.close()


def babbles(connection: socket.socket) -> None:
    connection.sendall(b"\0\xff" * 1000)


@pytest.fixture
def other() -> Iterator[Callable[..., Other]]:
    made: list[Other] = []

    def make(*turns: Behave) -> Other:
        made.append(Other(*turns))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def keep() -> MemoryDesk:
    return MemoryDesk()


@pytest.fixture
def to(tmp_path: Path, keep: MemoryDesk) -> Callable[..., WebhookDesk]:
    def make(url: str, **how: Any) -> WebhookDesk:
        made: dict[str, Any] = {"timeout": 1.0, "secret": SECRET, "keep": keep}
        return WebhookDesk(url, spool=tmp_path / "spool", **made | how)

    return make


def waiting(folder: Path) -> int:
    return len(list((folder / "spool").glob("*.json")))


# -- what is sent


def test_a_case_is_kept_and_sent(other: Any, to: Any, keep: Desk, tmp_path: Path) -> None:
    there = other(answers(204))
    kept = to(there.url).open(CASE)
    assert kept == keep.get("case-17")
    assert not kept.spooled
    ((headers, body),) = there.got
    assert headers["first line"] == "POST /cases?of=support HTTP/1.1"
    assert headers["content-type"] == "application/json"
    assert headers["idempotency-key"] == "case-17"
    assert verify(headers, body, SECRET) == replace(kept, sealed="")
    assert waiting(tmp_path) == 0


def test_what_was_sealed_stays_here(other: Any, to: Any, keep: Desk) -> None:
    there = other(answers(200))
    to(there.url).open(CASE)
    assert b"only for us" not in there.got[0][1]
    assert keep.get("case-17").sealed == "only for us"


def test_the_kept_case_is_what_one_works_on(other: Any, to: Any, keep: Desk) -> None:
    desk = to(other(answers(200)).url)
    desk.open(CASE)
    assert desk.claim("case-17", "Ann", seconds=60.0).state is State.CLAIMED
    assert desk.resolve("case-17", YES).resolution == YES
    assert desk.reopen("case-17", "Bob", "why") == keep.get("case-17") == desk.get("case-17")
    assert desk.list(State.OPEN) == keep.list()
    assert desk.list(after="case-17", limit=1) == ()


# -- what the other side may do


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408])
def test_what_may_pass_is_tried_again(other: Any, to: Any, status: int) -> None:
    there = other(answers(status), answers(200))
    assert not to(there.url).open(CASE).spooled
    assert there.ids == ["case-17", "case-17"]


def test_a_connection_that_breaks_is_tried_again(other: Any, to: Any) -> None:
    there = other(hangs_up, half_closes, answers(200))
    assert not to(there.url, timeout=3.0).open(CASE).spooled
    assert len(there.got) == 3


def test_attempts_are_counted(other: Any, to: Any) -> None:
    there = other(answers(500))
    waits = to(there.url, attempts=2, timeout=5.0).open(CASE)
    assert waits.spooled
    assert waits.steps[-1].note == "the other side answered 500"
    assert len(there.got) == 2


@pytest.mark.parametrize("status", [400, 401, 404, 410, 301, 304])
def test_a_refusal_is_not_repeated_and_is_said(
    other: Any, to: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    there = other(answers(status))
    with caplog.at_level(logging.WARNING, "guardrails_lib"):
        assert to(there.url).open(CASE).spooled
    assert len(there.got) == 1
    assert waiting(tmp_path) == 1
    assert f"answered {status}" in caplog.text


def test_a_redirect_is_not_followed(other: Any, to: Any) -> None:
    elsewhere = other(answers(200))
    there = other(answers(307, f"Location: {elsewhere.url}"))
    assert to(there.url).open(CASE).spooled
    assert elsewhere.got == []


@pytest.mark.parametrize(
    "behave", [hangs, drips, hints_without_end], ids=lambda each: each.__name__
)
def test_the_time_is_up_when_it_is_up(other: Any, to: Any, tmp_path: Path, behave: Behave) -> None:
    there = other(behave)
    began = time.monotonic()
    waits = to(there.url, timeout=0.3).open(CASE)
    assert time.monotonic() - began < 7
    assert waits.spooled
    assert waiting(tmp_path) == 1


def test_no_thread_is_left_behind(other: Any, to: Any) -> None:
    to(other(drips).url, timeout=0.2).open(CASE)
    left = [each for each in threading.enumerate() if each.name == "guardrails-webhook"]
    for each in left:
        each.join(3)
    assert not any(each.is_alive() for each in left)


def test_a_body_that_nobody_reads_ends_in_time(to: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        began = time.monotonic()
        big = replace(CASE, request=Request("a" * 10_000_000))
        assert to(url, timeout=0.5).open(big).spooled
        assert time.monotonic() - began < 15


@pytest.mark.parametrize("behave", [babbles, half_closes, hangs_up], ids=lambda each: each.__name__)
def test_what_is_no_answer_is_none(other: Any, to: Any, behave: Behave) -> None:
    there = other(behave)
    waits = to(there.url, attempts=1).open(CASE)
    assert waits.spooled
    assert waits.steps[-1].note.startswith("the other side: ")


def test_nobody_there(to: Any, keep: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    waits = to(f"http://127.0.0.1:{port}/").open(CASE)
    assert waits.steps[-1].note == "the other side: ConnectionRefusedError"
    assert not keep.get("case-17").spooled


def test_a_host_that_has_no_address(to: Any) -> None:
    assert to("https://nowhere.invalid/", timeout=0.5).open(CASE).spooled


# -- when to try again


def tried(*given: Answer, seconds: float = 5.0) -> tuple[Answer, int]:
    left = list(given)
    return persist(lambda _: left.pop(0), attempts=3, seconds=seconds), len(given) - len(left)


def test_it_waits_as_long_as_it_is_asked_to() -> None:
    began = time.monotonic()
    assert tried(Answer(429, again=0.5), Answer(200)) == (Answer(200), 2)
    assert time.monotonic() - began >= 0.5


def test_it_does_not_wait_for_longer_than_it_may() -> None:
    began = time.monotonic()
    assert tried(Answer(503, again=60.0), Answer(200)) == (Answer(503, again=60.0), 1)
    assert time.monotonic() - began < 15


def test_without_time_it_is_not_tried() -> None:
    assert tried(Answer(200), seconds=0.0)[1] == 0


@pytest.mark.parametrize(
    ("said", "tries"),
    [
        (format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True), 1),
        (format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True), 2),
        ("3600", 1),
        ("0", 2),
        ("soon", 2),
        ("9" * 30, 2),
        ("-1", 2),
    ],
    ids=["tomorrow", "yesterday", "an hour", "now", "no time", "for ever", "before now"],
)
def test_how_long_the_other_side_says(other: Any, to: Any, said: str, tries: int) -> None:
    there = other(answers(429, f"Retry-After: {said}"), answers(200))
    to(there.url).open(CASE)
    assert len(there.got) == tries


# -- what waits


def test_what_waits_is_sent_later_and_signed_anew(other: Any, to: Any, tmp_path: Path) -> None:
    there = other(answers(400), answers(200))
    desk = to(there.url, clock=lambda: 1000.0)
    desk.open(CASE)
    assert to(there.url, clock=lambda: 9000.0).flush() == 1
    assert waiting(tmp_path) == 0
    assert there.got[1][0]["guardrails-signature"].startswith("t=9000,")
    assert there.ids == ["case-17", "case-17"]


def test_the_other_side_is_down_still(other: Any, to: Any, tmp_path: Path) -> None:
    desk = to(other(answers(500)).url, attempts=1)
    desk.open(CASE)
    with pytest.raises(DeskError, match="cases wait to be sent: the other side answered 500"):
        desk.flush()
    assert waiting(tmp_path) == 1


def test_a_case_that_is_refused_holds_up_no_other(other: Any, to: Any, tmp_path: Path) -> None:
    there = other(answers(400), answers(400), answers(400), answers(200))
    desk = to(there.url)
    desk.open(CASE)
    desk.open(replace(CASE, id="case-18"))
    assert desk.flush() == 1
    assert waiting(tmp_path) == 1


def test_a_case_is_in_the_spool_before_it_is_sent(other: Any, to: Any, tmp_path: Path) -> None:
    """A process that dies in between has lost nothing."""
    seen: list[int] = []

    def looks(connection: socket.socket) -> None:
        seen.append(waiting(tmp_path))
        answers(200)(connection)

    to(other(looks).url).open(CASE)
    assert (seen, waiting(tmp_path)) == ([1], 0)


def test_a_process_that_is_killed_while_it_sends_loses_nothing(
    other: Any, to: Any, tmp_path: Path
) -> None:
    pytest.importorskip("sqlalchemy", reason="the sql extra is not installed")
    there = other(hangs, answers(200))
    url = f"sqlite:///{tmp_path}/cases.db"
    script = """
import sys
from pathlib import Path
from guardrails_lib import Case, Request
from guardrails_lib.desk import SqlDesk, WebhookDesk
url, spool, cases = sys.argv[1:]
desk = WebhookDesk(url, secret=bytes(range(32)), keep=SqlDesk(cases), spool=Path(spool), timeout=60)
desk.open(Case("case-17", Request("Where is my order?")))
"""
    sends = subprocess.Popen([sys.executable, "-c", script, there.url, tmp_path / "spool", url])
    while not there.got:
        time.sleep(0.01)
        assert sends.poll() is None
    sends.kill()
    sends.wait()
    assert to(there.url, keep=SqlDesk(url)).flush() == 1
    assert there.ids == ["case-17", "case-17"]
    assert SqlDesk(url).get("case-17").state is State.OPEN


def test_a_desk_that_keeps_nothing_lets_the_case_wait(other: Any, to: Any, tmp_path: Path) -> None:
    there = other(answers(200))
    closed = SqlDesk(f"sqlite:///{tmp_path}/later/cases.db")
    waits = to(there.url, keep=closed).open(CASE)
    assert waits.spooled
    assert there.ids == ["case-17"]
    (tmp_path / "later").mkdir()
    assert to(there.url, keep=closed).flush() == 1
    assert closed.get("case-17").sealed == "only for us"


def test_a_spool_that_cannot_be_written_matters_when_something_has_to_wait(
    other: Any, keep: Desk, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    there = other(answers(200), answers(400))
    desk = WebhookDesk(there.url, secret=SECRET, keep=keep, spool=tmp_path / "file" / "spool")
    assert not desk.open(CASE).spooled
    with pytest.raises(DeskError, match="the spool cannot be written"):
        desk.open(replace(CASE, id="case-18"))
    assert keep.get("case-18").state is State.OPEN


def test_what_waits_is_sent_after_the_next_case(other: Any, to: Any, tmp_path: Path) -> None:
    there = other(answers(400), answers(200))
    desk = to(there.url, timeout=2.0)
    desk.open(CASE)
    (path,) = (tmp_path / "spool").glob("*.json")
    os.utime(path, (1.0, 1.0))  # what is younger may be on its way just now
    desk.open(replace(CASE, id="case-18"))
    assert there.ids == ["case-17", "case-18", "case-17"]
    assert waiting(tmp_path) == 0


# -- where it is made


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "ftp://example.com/",
        "http://example.com/",
        "http://10.0.0.1/",
        "http://localhost.example.com/",
        "http://127.0.0.1.example.com/",
        "https:///path",
        "https://user:" + "word" + "@example.com/",
        "https://example.com/#part",
        "https://example.com:99999/",
        "https://example.com/a b",
        "https://example.com/\r\nX: y",
        "https://exämple.com/",
        "https://[::1/",
    ],
)
def test_an_address_that_a_case_should_not_go_to_is_refused_at_once(to: Any, url: str) -> None:
    with pytest.raises(DeskError):
        to(url)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "[::1]"])
def test_this_machine_may_be_told_in_the_clear(to: Any, host: str) -> None:
    to(f"http://{host}:8000/")


@pytest.mark.parametrize("secret", [b"", b"short", "a text of thirty-two characters!", None])
def test_a_secret_is_long(to: Any, secret: Any) -> None:
    with pytest.raises(DeskError, match="secret="):
        to("https://example.com/", secret=secret)


@pytest.mark.parametrize("how", [{"timeout": 0.0}, {"attempts": 0}, {"timeout": float("nan")}])
def test_a_desk_that_never_sends_is_refused(to: Any, how: dict[str, Any]) -> None:
    with pytest.raises(DeskError, match="timeout="):
        to("https://example.com/", **how)


def test_a_certificate_is_looked_at(other: Any, to: Any, tmp_path: Path) -> None:
    there = other(answers(200))
    there.tls, trusting = certified(tmp_path)
    url = f"https://localhost:{there.port}/"
    waits = to(url, attempts=1).open(CASE)
    assert waits.steps[-1].note == "the other side: SSLCertVerificationError"
    assert not to(url, tls=trusting, timeout=5.0).open(replace(CASE, id="case-18")).spooled


def certified(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """For a server on this machine, and for who trusts it."""
    x509 = pytest.importorskip("cryptography.x509", reason="the vault extra makes certificates")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return serving, ssl.create_default_context(cafile=str(folder / "cert.pem"))


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("https://example.com", "example.com", 443, "/"),
        ("https://example.com:8443/a?b=c", "example.com", 8443, "/a?b=c"),
        ("http://[::1]/", "::1", 80, "/"),
    ],
)
def test_an_address_is_taken_apart(url: str, host: str, port: int, path: str) -> None:
    assert target(url, None)[:3] == (host, port, path)
