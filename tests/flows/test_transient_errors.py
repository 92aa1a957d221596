"""Which errors may be gone the next time, and what a server says of when."""

from __future__ import annotations

import time
from email.utils import formatdate
from typing import Any

import pytest

from guardrails_lib.flows.transient import asked_to_wait, is_transient


class AnswerOf:
    """What an SDK's error holds of the answer."""

    def __init__(self, status: int, headers: Any) -> None:
        self.status_code = status
        self.headers = headers


class StatusError(Exception):
    """As those of openai and anthropic: the status and the answer."""

    def __init__(self, status: int, headers: Any = None) -> None:
        super().__init__(status)
        self.status_code = status
        self.response = AnswerOf(status, headers or {})


class CodeError(Exception):
    """As that of google-genai: a code and no status."""

    def __init__(self, code: object) -> None:
        super().__init__(code)
        self.code = code


class HTTPStatusError(Exception):
    """As that of httpx: the answer alone."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.response = AnswerOf(status, {})


class APIConnectionError(Exception):
    """As those of openai and anthropic."""


class TimeoutException(Exception):
    """As that of httpx and httpx2."""


class ReadTimeout(TimeoutException):
    """A kind of it."""


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
@pytest.mark.parametrize("kind", [StatusError, CodeError, HTTPStatusError])
def test_the_server_may_answer_the_next_time(kind: type[Exception], status: int) -> None:
    assert is_transient(kind(status))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
@pytest.mark.parametrize("kind", [StatusError, CodeError, HTTPStatusError])
def test_the_server_would_answer_the_same(kind: type[Exception], status: int) -> None:
    assert not is_transient(kind(status))


class ModelAPIError(RuntimeError):
    """As that of pydantic-ai, for a lost connection; `ModelHTTPError` has a status."""


class ModelHTTPError(ModelAPIError):
    """A kind of it."""

    status_code = 400


def test_a_status_says_more_than_a_name() -> None:
    assert not is_transient(ModelHTTPError())


@pytest.mark.parametrize(
    "problem",
    [ConnectionResetError(), TimeoutError(), APIConnectionError(), ReadTimeout(), ModelAPIError()],
    ids=lambda problem: type(problem).__name__,
)
def test_a_lost_connection_may_be_there_the_next_time(problem: Exception) -> None:
    assert is_transient(problem)


@pytest.mark.parametrize(
    "problem",
    [ValueError(), CodeError("teapot"), CodeError(None)],
    ids=repr,
)
def test_other_errors_stay(problem: Exception) -> None:
    assert not is_transient(problem)


def test_a_quota_that_is_used_up_stays_so() -> None:
    problem = StatusError(429)
    problem.code = "insufficient_quota"  # type: ignore[attr-defined]  # as openai puts it there
    assert not is_transient(problem)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "2"}, 2.0),
        ({"retry-after": "0.25"}, 0.25),
        ({"RETRY-AFTER": "0"}, 0.0),
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "2"}, 2.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ("retry-after: 2", None),
    ],
    ids=str,
)
def test_the_server_says_when(headers: Any, seconds: float | None) -> None:
    assert asked_to_wait(StatusError(429, headers)) == seconds


def test_the_server_may_say_it_as_a_date() -> None:
    date = formatdate(time.time() + 30, usegmt=True)
    seconds = asked_to_wait(StatusError(429, {"Retry-After": date}))
    assert seconds is not None
    assert 25 < seconds <= 30


def test_the_headers_may_be_those_of_the_error() -> None:
    problem = CodeError(429)
    problem.headers = {"retry-after": "3"}  # type: ignore[attr-defined]  # as mistralai puts it
    assert asked_to_wait(problem) == 3.0


def test_an_error_without_an_answer_says_nothing() -> None:
    assert asked_to_wait(ConnectionError()) is None
