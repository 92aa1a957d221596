"""A desk that tells somebody else of each case."""

from __future__ import annotations

import contextlib
import itertools
import logging
import math
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from .._case import Case, Desk, Resolution, State
from .._errors import DeskError
from . import spool as files
from .posting import Answer, persist, post, target
from .signed import HEADER, secret_bytes, sign
from .spool import Down
from .steps import opened, spooled
from .written import to_json

__all__ = ["WebhookDesk"]

_AT_ONCE = 10
"""So many cases that wait are sent after one that is opened, if there is time."""

_LOG = logging.getLogger("guardrails_lib")


class WebhookDesk:
    """Cases lie on the desk *keep*, and each is sent to *url* as it comes in, signed.

    What is not taken within *timeout* seconds, in so many *attempts*, waits in *spool*, a
    folder, until `flush`. It is there before it is sent, so that nothing is lost with the
    process; so it may be sent twice, and has the id of the case as its ``Idempotency-Key``.
    What a guard sealed is not sent.
    """

    def __init__(
        self,
        url: str,
        *,
        secret: bytes,
        keep: Desk,
        spool: Path | str,
        timeout: float = 5.0,
        attempts: int = 3,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if not timeout > 0 or attempts < 1:
            raise DeskError(f"timeout={timeout}, attempts={attempts}: both are more than 0")
        self._to = target(url, tls)
        self._secret = secret_bytes(secret)
        self._keep = keep
        self._spool = Path(spool)
        self._timeout = timeout
        self._attempts = attempts
        self._clock = clock

    def open(self, case: Case, /) -> Case:
        """Keep *case*, and send it. It is given back `spooled` where sending has to wait."""
        end = time.monotonic() + self._timeout
        now = self._clock()
        kept, why, cannot_wait = opened(case, now), "", None
        try:
            files.put(self._spool, case)
        except DeskError as problem:
            cannot_wait = problem
        try:
            kept = self._keep.open(case)
        except DeskError as problem:
            why = str(problem)
        answer = self._send(kept, end - time.monotonic())
        if why or not answer.taken:
            if cannot_wait is not None:
                raise cannot_wait
            _LOG.warning("case %s waits to be sent: %s", case.id, why or answer)
            return kept if kept.spooled else spooled(kept, now, why or str(answer))
        files.done(self._spool, case.id)
        with contextlib.suppress(DeskError):
            self._bring(_AT_ONCE, end)
        return kept

    def get(self, id: str, /) -> Case:  # noqa: A002  # it is the case's own word
        """The case as it stands."""
        return self._keep.get(id)

    def list(
        self, state: State | None = None, *, after: str = "", limit: int = 100
    ) -> Sequence[Case]:
        """Cases in *state*, or all, the oldest first; those behind the one with the id *after*."""
        return self._keep.list(state, after=after, limit=limit)

    def claim(self, id: str, /, by: str, *, seconds: float = 900.0) -> Case:  # noqa: A002  # as above
        """Take the case in hand, so that nobody else does for so many *seconds*."""
        return self._keep.claim(id, by, seconds=seconds)

    def resolve(self, id: str, resolution: Resolution, /) -> Case:  # noqa: A002  # as above
        """Close the case. The same verdict twice is one; another one is a `DeskError`."""
        return self._keep.resolve(id, resolution)

    def reopen(self, id: str, /, by: str, note: str = "") -> Case:  # noqa: A002  # as above
        """Take a closed case up again."""
        return self._keep.reopen(id, by, note)

    def flush(self) -> int:
        """Send all cases that wait. `DeskError` if the other side is down.

        A case that it refuses is logged, and waits on.
        """
        return self._bring(None, math.inf)

    def _bring(self, most: int | None, end: float) -> int:
        """Send cases that nobody is just sending, until that time by `time.monotonic`."""
        brought = 0
        found = files.waiting(self._spool, seconds=0.0 if most is None else 2 * self._timeout)
        for case in itertools.islice(found, most):
            left = min(self._timeout, end - time.monotonic())
            answer = self._send(self._keep.open(case), left)
            if answer.may_change:
                raise Down(f"cases wait to be sent: {answer}")
            if answer.taken:
                files.done(self._spool, case.id)
                brought += 1
            else:
                _LOG.warning("case %s waits to be sent: %s", case.id, answer)
        return brought

    def _send(self, case: Case, seconds: float) -> Answer:
        body = to_json(replace(case, sealed="")).encode()

        def attempt(seconds: float) -> Answer:
            headers = {
                "Content-Type": "application/json",
                "Idempotency-Key": case.id,
                "User-Agent": "guardrails-lib",
                HEADER: sign(body, self._secret, self._clock()),
            }
            return post(self._to, body, headers, seconds)

        return persist(attempt, attempts=self._attempts, seconds=seconds)
