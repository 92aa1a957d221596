"""Whether an error may be gone the next time, and when the server says that it is."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

__all__ = ["asked_to_wait", "is_transient"]

_STATUS = ("status_code", "http_status", "status", "code")
_AGAIN = frozenset({408, 409, 429})
_NAMES = frozenset(
    {
        # of the SDKs
        *("APIConnectionError", "APITimeoutError", "RateLimitError", "InternalServerError"),
        *("ServiceUnavailableError", "OverloadedError", "ServerError", "ModelAPIError"),
        # of what they speak through
        *("TimeoutException", "NetworkError", "RemoteProtocolError", "ServerDisconnectedError"),
    }
)


def is_transient(problem: BaseException) -> bool:
    """Whether the same call may do the next time: 408, 409, 429, 500 and more, a lost connection.

    Errors are known by what they carry and by the names of their types, so that no SDK has to
    be there. A quota that is used up is not transient, though it comes with 429.
    """
    if getattr(problem, "code", None) == "insufficient_quota":
        return False
    status = _status(problem)
    if status is not None:
        return status in _AGAIN or status >= 500
    if isinstance(problem, ConnectionError | TimeoutError):
        return True
    return any(kind.__name__ in _NAMES for kind in type(problem).__mro__)


def asked_to_wait(problem: BaseException) -> float | None:
    """The seconds that the server asks one to wait, if it does: seconds or a date of HTTP."""
    if (value := _header(problem, "retry-after-ms")) is not None:
        with contextlib.suppress(ValueError):
            return _seconds(float(value) / 1000)
    if (value := _header(problem, "retry-after")) is None:
        return None
    with contextlib.suppress(ValueError):
        return _seconds(float(value))
    with contextlib.suppress(ValueError):
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    return None


def _status(problem: BaseException) -> int | None:
    for holder in (problem, getattr(problem, "response", None)):
        for name in _STATUS:
            found = getattr(holder, name, None)
            if isinstance(found, int) and 100 <= found < 600:
                return int(found)
    return None


def _header(problem: BaseException, name: str) -> str | None:
    for holder in (getattr(problem, "response", None), problem):
        headers = getattr(holder, "headers", None)
        if isinstance(headers, Mapping):
            for each, value in headers.items():
                if str(each).lower() == name:
                    return str(value)
    return None


def _seconds(value: float) -> float | None:
    return value if math.isfinite(value) and value >= 0 else None
