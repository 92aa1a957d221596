"""A model that keeps failing is left alone for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

from .._errors import GuardrailError, PolicyError, ReplyError
from .._guarded import Shape
from .effects import Flow, Tried, Try
from .named import On, naming
from .shapes import flowing, shape_of_all
from .time_left import some_seconds, timed_out

__all__ = ["BreakerOpen", "breaker"]

P = ParamSpec("P")
T = TypeVar("T")


class BreakerOpen(GuardrailError):
    """The model has failed too often of late and is not asked. *seconds* is how long still."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"the model failed too often; it is asked again in {self.seconds:.1f} s"


def breaker(
    call: Callable[P, T],
    *,
    failures: int = 5,
    reset: float = 30.0,
    on: On[Exception] = (Exception, ReplyError),
) -> Callable[P, T]:
    """*call*, until it has failed *failures* times in a row: then `BreakerOpen` is raised.

    After *reset* seconds one call is let through. It ends well, and all are again; or it fails,
    and the wait begins anew. An outcome is no failure, but that of a call that took longer than
    its budget or deadline has seconds. *on* is the errors that are failures: types, or a
    function of one. `TypeError` and the errors of this library tell nothing of
    the model and count only where the types name them, as `ReplyError` is. A call that is
    cancelled, or whose stream is closed, counts as neither.

    Failures are counted in this process, for each function that `breaker` gave.
    """
    if not (isinstance(failures, int) and failures >= 1):
        raise PolicyError(f"failures={failures!r}: it takes a number, at least 1")
    some_seconds(reset, "reset")
    counts = naming(on, of=Exception, never=(GuardrailError, TypeError))
    gate = _Gate(_circuit(shape_of_all([call]), failures, reset))

    def begin(_: float | None) -> Flow:
        decides = gate.enter()
        ended = gate.left
        try:
            tried: Tried = yield Try(call)
            if tried.problem is None:
                ended = gate.failed if timed_out(tried.outcome) else gate.well
            elif counts(tried.problem):
                ended = gate.failed
            return tried
        finally:
            ended(decides)

    return flowing([call], begin)


class _Circuit(Protocol):
    """What counts the failures."""

    def seconds_open(self) -> float | None: ...
    @property
    def tries(self) -> bool: ...
    def well(self) -> None: ...
    def failed(self) -> None: ...


def _circuit(shape: Shape, failures: int, reset: float) -> _Circuit:
    if shape in {Shape.CALL, Shape.STREAM}:
        from .threaded_circuit import ThreadedCircuit  # noqa: PLC0415  # it needs an extra

        return ThreadedCircuit(failures, reset)
    from .looped_circuit import LoopedCircuit  # noqa: PLC0415  # as above

    return LoopedCircuit(failures, reset)


class _Gate:
    """Lets calls through to the model, and one alone where that one decides."""

    def __init__(self, circuit: _Circuit) -> None:
        self._circuit = circuit
        self._lock = threading.Lock()
        self._deciding = False

    def enter(self) -> bool:
        """Whether the call that enters is the one that decides; `BreakerOpen` if none may."""
        with self._lock:
            seconds = self._circuit.seconds_open()
            if seconds is not None or self._deciding:
                raise BreakerOpen(seconds or 0.0)
            self._deciding = self._circuit.tries
            return self._deciding

    def well(self, decides: bool) -> None:
        """A call ended well."""
        with self._lock:
            self._circuit.well()
            self._deciding &= not decides

    def failed(self, decides: bool) -> None:
        """A call failed."""
        with self._lock:
            self._circuit.failed()
            self._deciding &= not decides

    def left(self, decides: bool) -> None:
        """Nobody waited for the call."""
        with self._lock:
            self._deciding &= not decides
