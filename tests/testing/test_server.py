"""The scripted server itself: its script, what it keeps, and its socket."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("uvicorn", reason="the testing extra is not installed")
pytest.importorskip("httpx2", reason="the openai extra is not installed")

import httpx2

from guardrails_lib import ToolCall, Usage
from guardrails_lib.testing import ScriptEnded
from guardrails_lib.testing.server import Asked, Cut, Fail, Raw, Say, ScriptedServer, Turn

PATH = "/v1/chat/completions"


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture(scope="module")
def client(shared: ScriptedServer) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=shared.url, timeout=5) as made:
        yield made


def sent(client: httpx2.Client, path: str = PATH, **body: Any) -> httpx2.Response:
    return client.post(path, json={"model": "m", **body})


def text_of(answer: httpx2.Response) -> Any:
    return answer.json()["choices"][0]["message"]["content"]


# -- the script


def test_turns_are_played_in_order(shared: ScriptedServer, client: httpx2.Client) -> None:
    shared.play("One.", ["T", "wo."], Say("Three."))
    assert [text_of(sent(client)) for _ in range(3)] == ["One.", "Two.", "Three."]


def test_a_turn_is_repeated_when_the_script_has_ended(
    shared: ScriptedServer, client: httpx2.Client
) -> None:
    shared.play("One.", repeat="More.")
    assert [text_of(sent(client)) for _ in range(3)] == ["One.", "More.", "More."]


@pytest.mark.parametrize("form", ["turns", "repeat"])
def test_a_function_answers_by_what_was_asked(
    form: str, shared: ScriptedServer, client: httpx2.Client
) -> None:
    def answer(asked: Asked) -> str | Fail:
        return "Paris." if "France" in asked.text else Fail(404)

    turns: tuple[Turn, ...] = (answer, answer) if form == "turns" else ()
    shared.play(*turns, repeat=answer)
    assert text_of(sent(client, messages=[{"role": "user", "content": "Of France?"}])) == "Paris."
    assert sent(client, messages=[{"role": "user", "content": "Of Mars?"}]).status_code == 404


def test_an_ended_script_is_an_error_that_says_so(
    shared: ScriptedServer, client: httpx2.Client
) -> None:
    shared.play("One.")
    sent(client)
    answer = sent(client)
    assert answer.status_code == 500
    assert answer.json()["error"]["message"] == (
        "ScriptEnded: asked 2 times, and the script has 1 turns"
    )
    assert answer.headers["x-should-retry"] == "false"
    with pytest.raises(ScriptEnded):
        shared.play()


def test_an_ended_script_is_raised_where_the_block_ends() -> None:
    with (
        pytest.raises(ScriptEnded, match="asked 1 times"),
        ScriptedServer() as server,
        httpx2.Client(base_url=server.url) as client,
    ):
        sent(client)


def test_the_error_of_the_block_itself_comes_first() -> None:
    with (
        pytest.raises(KeyError),
        ScriptedServer() as server,
        httpx2.Client(base_url=server.url) as client,
    ):
        sent(client)
        raise KeyError


def test_the_error_of_a_function_is_raised_where_the_script_ends(
    shared: ScriptedServer, client: httpx2.Client
) -> None:
    def broken(asked: Asked) -> str:
        raise ZeroDivisionError("nothing to divide")

    shared.play(broken)
    assert sent(client).status_code == 500
    with pytest.raises(ZeroDivisionError):
        shared.play()


def test_what_cannot_be_written_is_raised_where_the_script_ends(
    shared: ScriptedServer, client: httpx2.Client, capfd: pytest.CaptureFixture[str]
) -> None:
    shared.play(Say(calls=(ToolCall("pay", {"on": object()}),)))
    assert sent(client).status_code == 500
    with pytest.raises(TypeError, match="not JSON serializable"):
        shared.play()
    assert capfd.readouterr() == ("", "")


def test_a_new_script_forgets_what_was_asked(shared: ScriptedServer, client: httpx2.Client) -> None:
    shared.play("One.")
    sent(client)
    shared.play("Two.")
    assert shared.asked == []
    assert text_of(sent(client)) == "Two."


def test_each_turn_is_played_once_however_many_ask_at_once(shared: ScriptedServer) -> None:
    shared.play(*map(str, range(40)))

    async def ask() -> list[Any]:
        async with httpx2.AsyncClient(base_url=shared.url) as client:
            answers = await asyncio.gather(
                *(client.post(PATH, json={"model": "m"}) for _ in range(40))
            )
        return [text_of(answer) for answer in answers]

    assert sorted(asyncio.run(ask()), key=int) == list(map(str, range(40)))


# -- what was asked


def test_what_was_asked_is_kept(shared: ScriptedServer, client: httpx2.Client) -> None:
    shared.play("One.")
    sent(client, messages=[{"role": "user", "content": 'Say "Hi".'}], stream=True)
    asked = shared.asked[0]
    assert asked.path == PATH
    assert asked.body["messages"] == [{"role": "user", "content": 'Say "Hi".'}]
    assert asked.text == 'm\nuser\nSay "Hi".'
    assert asked.streamed
    assert asked.model == "m"
    assert asked.headers["content-type"] == "application/json"


@pytest.mark.parametrize("name", ["Authorization", "X-Api-Key", "Api-Key", "X-Goog-Api-Key"])
def test_a_key_is_not_kept(name: str, shared: ScriptedServer, client: httpx2.Client) -> None:
    shared.play("One.")
    client.post(PATH, json={}, headers={name: "k" * 20})
    assert "k" * 20 not in repr(shared.asked)


@pytest.mark.parametrize("body", [b"no json", b"[1]", b"", b"\xff"])
def test_a_body_that_is_no_object_is_refused(
    body: bytes, shared: ScriptedServer, client: httpx2.Client
) -> None:
    shared.play("One.")
    answer = client.post(PATH, content=body)
    assert (answer.status_code, shared.asked) == (400, [])
    assert answer.json()["error"]["message"] == "The body is no JSON object."


def test_an_unknown_path_is_not_found(shared: ScriptedServer, client: httpx2.Client) -> None:
    shared.play("One.")
    assert sent(client, "/v1/unheard/of").status_code == 404


# -- bodies as they are


def test_a_raw_mapping_is_sent_as_json(shared: ScriptedServer, client: httpx2.Client) -> None:
    shared.play(Raw({"odd": True}, status=203, headers=(("x-odd", "yes"),)))
    answer = sent(client)
    assert (answer.status_code, answer.json(), answer.headers["x-odd"]) == (
        *(203, {"odd": True}),
        "yes",
    )


@pytest.mark.parametrize("body", [b"data: 1\n\n", [b"data:", b" 1\n\n"]])
def test_raw_bytes_are_sent_as_they_are(
    body: Any, shared: ScriptedServer, client: httpx2.Client
) -> None:
    shared.play(Raw(body))
    answer = sent(client, stream=True)
    assert answer.content == b"data: 1\n\n"
    assert answer.headers["content-type"].startswith("text/event-stream")


# -- faults of the connection


def test_nothing_may_come_at_all(shared: ScriptedServer, client: httpx2.Client) -> None:
    shared.play(Cut("Hello."))
    with pytest.raises(httpx2.RemoteProtocolError, match="without sending a response"):
        sent(client)


def test_a_whole_answer_may_be_cut_in_its_middle(
    shared: ScriptedServer, client: httpx2.Client
) -> None:
    shared.play(Cut("Hello.", after=0.5))
    with pytest.raises(httpx2.RemoteProtocolError, match="complete message body"):
        sent(client)


def test_a_body_may_end_in_its_middle_as_if_it_were_whole(
    shared: ScriptedServer, client: httpx2.Client
) -> None:
    shared.play(Cut("Hello.", after=0.5, clean=True))
    answer = sent(client)
    with pytest.raises(json.JSONDecodeError):
        answer.json()


@pytest.mark.parametrize(("after", "events"), [(1, 1), (2, 2), (2.5, 2), (3.9, 3)])
def test_a_stream_is_cut_after_so_many_events(
    after: float, events: int, shared: ScriptedServer, client: httpx2.Client
) -> None:
    shared.play(Cut(["One ", "two ", "three."], after=after))
    received = b""
    with (
        client.stream("POST", PATH, json={"stream": True}) as answer,
        pytest.raises(httpx2.RemoteProtocolError),
    ):
        for piece in answer.iter_bytes():
            received += piece
    assert received.count(b"\n\n") == events
    assert received.endswith(b"\n\n") == (after == events)


def test_an_event_may_be_cut_within_a_letter(shared: ScriptedServer, client: httpx2.Client) -> None:
    shared.play(Raw([b"data: \xc3", b"\xa4\n\n"]), Cut(Raw([b"data: \xc3\xa4"]), after=0.9))
    assert sent(client, stream=True).text == "data: ä\n\n"
    with (
        client.stream("POST", PATH, json={"stream": True}) as answer,
        pytest.raises(httpx2.RemoteProtocolError),
    ):
        answer.read()


def test_an_error_may_be_cut_too(shared: ScriptedServer, client: httpx2.Client) -> None:
    shared.play(Cut(Fail(503), after=0.5))
    with pytest.raises(httpx2.RemoteProtocolError):
        sent(client)


# -- time


def test_an_answer_may_take_too_long(shared: ScriptedServer, client: httpx2.Client) -> None:
    shared.play(Say("Hello.", seconds=30), Say("Again."))
    with pytest.raises(httpx2.ReadTimeout):
        client.post(PATH, json={}, timeout=0.05)
    assert text_of(sent(client)) == "Again."


@pytest.mark.parametrize("turn", [Fail(500, seconds=30), Raw({}, seconds=30)])
def test_an_error_may_take_too_long(
    turn: Turn, shared: ScriptedServer, client: httpx2.Client
) -> None:
    shared.play(turn)
    with pytest.raises(httpx2.ReadTimeout):
        client.post(PATH, json={}, timeout=0.05)


def test_a_stream_may_stall(shared: ScriptedServer, client: httpx2.Client) -> None:
    shared.play(Say(["a", "b"], between=30))
    with (
        client.stream("POST", PATH, json={"stream": True}, timeout=0.05) as answer,
        pytest.raises(httpx2.ReadTimeout),
    ):
        answer.read()


def noticed(server: ScriptedServer, count: int) -> bool:
    """Whether the server has noticed, soon, that so many clients left."""
    end = time.monotonic() + 5
    while server.closed_early < count and time.monotonic() < end:
        time.sleep(0.005)
    return server.closed_early == count


def test_a_stream_that_is_left_early_is_counted(
    shared: ScriptedServer, client: httpx2.Client
) -> None:
    shared.play(Say(["a", "b"], between=30), "b")
    with client.stream("POST", PATH, json={"stream": True}) as answer:
        next(answer.iter_bytes())
    assert noticed(shared, 1)
    sent(client)
    assert shared.closed_early == 1


def test_a_stream_read_to_its_end_is_not_counted(
    shared: ScriptedServer, client: httpx2.Client
) -> None:
    shared.play(Say(["a", "b"], between=0.01))
    sent(client, stream=True)
    assert shared.closed_early == 0


# -- the socket


def test_it_listens_on_the_loopback(shared: ScriptedServer) -> None:
    assert shared.url.startswith("http://127.0.0.1:")


def test_it_listens_in_a_block_only() -> None:
    server = ScriptedServer("Hello.")
    with pytest.raises(RuntimeError, match="`with` block"):
        server.url  # noqa: B018  # reading it is what is tested
    with server, pytest.raises(RuntimeError, match="already"):
        server.__enter__()


def test_it_can_listen_again() -> None:
    server = ScriptedServer(repeat="Hello.")
    for _ in range(2):
        with server, httpx2.Client(base_url=server.url) as client:
            assert text_of(sent(client)) == "Hello."


def test_it_ends_while_a_client_waits() -> None:
    threads = threading.active_count()
    with httpx2.Client() as client:
        with ScriptedServer(Say(["a", "b"], between=60)) as server:
            request = client.build_request("POST", server.url + PATH, json={"stream": True})
            answer = client.send(request, stream=True)
            assert server.connections == 1
        answer.close()
    assert threading.active_count() == threads


def test_it_says_nothing_by_itself(
    capfd: pytest.CaptureFixture[str], shared: ScriptedServer, client: httpx2.Client
) -> None:
    shared.play("One.", Cut("Two."), Fail())
    sent(client)
    with pytest.raises(httpx2.RemoteProtocolError):
        sent(client)
    sent(client)
    assert capfd.readouterr() == ("", "")


# -- without a socket


def in_process(server: ScriptedServer, **body: Any) -> httpx2.Response:
    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=server.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://model") as client:
            return await client.post(PATH, json={"model": "m", **body})

    return asyncio.run(ask())


def test_the_application_answers_without_a_socket() -> None:
    server = ScriptedServer("Hello.")
    assert text_of(in_process(server)) == "Hello."
    assert server.asked[0].model == "m"


def test_a_stream_comes_without_a_socket() -> None:
    assert b'"content":"Hello."' in in_process(ScriptedServer("Hello."), stream=True).content


def test_a_cut_without_a_socket_is_a_reset_connection() -> None:
    with pytest.raises(ConnectionResetError):
        in_process(ScriptedServer(Cut("Hello.", after=0.5)))


# -- the values


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Fail(200), "from 400 to 599"),
        (lambda: Cut("x", after=-1), "before its beginning"),
        (lambda: Cut("x", clean=True), "does not end cleanly"),
        (lambda: Say("a", logprobs=(-0.1, -0.2)), "2 logprobs for 1 chunks"),
        (lambda: Say("a", fault="no choice"), "a fault is one of no choices, "),  # type: ignore[arg-type]  # wrong on purpose
    ],
    ids=range(5),
)
def test_what_makes_no_sense_is_refused(make: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make()


def test_a_turn_prints_as_the_code_that_makes_it() -> None:
    turn = Cut(Say(["a", "b"], usage=Usage(1, 2), error=Fail(529)), after=1.5)
    assert eval(repr(turn)) == turn
