"""A case taken up again: what a person decides, and the outcome that the call then has."""

from __future__ import annotations

import base64
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeAlias, TypeVar

from ._call import Call
from ._case import Amend, Approve, Case, Reject, Resolution, State, ToDesk, Verdict
from ._drive import drive
from ._effects import Flow
from ._engine import Form, run
from ._errors import DeskError
from ._events import Record
from ._outcome import Abstained, Accepted, Blocked, Escalated, Outcome
from ._plan import Plan
from ._policy import Action, Policy
from ._say import default, spoken
from ._schema import Reader
from ._types import Finding, Reply, Request
from ._vault import Vault

__all__ = ["Ask", "Resuming"]

T = TypeVar("T")
Ask: TypeAlias = Callable[[Request], object]
"""What asks the model, where a case was escalated before it was asked."""


@dataclass(frozen=True, slots=True)
class Resuming(Generic[T]):
    """One case and how its call is taken to its end."""

    to_desk: ToDesk
    start: Callable[[], Call[T]]
    """A call such as the guard makes."""
    policy: Policy
    reader: Reader[T]
    language: str | Callable[[Request], str]

    def _default(self, ending: str, case: Case) -> str:
        return default(ending, spoken(self.language, case.request))

    def outcome(self, case: Case, record: Record | None = None) -> Outcome[T]:
        """How the call of *case* ends, as far as it is decided."""
        record = record or case.record
        resolution = case.resolution
        if case.state is not State.RESOLVED or resolution is None:
            return Escalated(case.say, case.findings, record, case)
        if resolution.action is Action.ABSTAIN:
            say = resolution.say or self._default("Abstained", case)
            return Abstained(say, case.findings, record)
        if resolution.action is not None:
            say = resolution.say or self._default("Blocked", case)
            return Blocked(say, case.findings, record)
        call: Call[T] = Call(Plan(Policy(name=self.policy.name)))
        flow, given = self._run(
            call, case, Reply(resolution.answer or "", tool_calls=resolution.tool_calls)
        )
        for _ in drive(flow, lambda _: iter((given,))):
            pass
        assert call.outcome is not None
        if isinstance(call.outcome, Accepted):
            return replace(call.outcome, findings=resolution.findings, record=record)
        return call.outcome

    def resolve(self, id: str, verdict: Verdict, by: str, ask: Ask | None) -> Outcome[T]:  # noqa: A002  # as above
        """Close the case as *verdict* says, if the policy lets it."""
        case = self._decidable(id, verdict, by)
        if isinstance(verdict, Reject):
            return self._rejected(case, verdict, by)
        call = self.start()
        flow, given = self._resumed(call, case, verdict)

        def model(request: Request) -> Iterator[object]:
            return iter((self._reply(given, ask)(request),))

        for _ in drive(flow, model):
            pass
        return self._closed(call, case, verdict, by)

    async def aresolve(
        self,
        id: str,  # noqa: A002  # as above
        verdict: Verdict,
        by: str,
        ask: Callable[[Request], Awaitable[object]] | None,
    ) -> Outcome[T]:
        """`resolve`, for policies with async checks. The desk is asked in a thread."""
        import asyncio  # noqa: PLC0415  # it takes 20 ms

        from ._adrive import adrive  # noqa: PLC0415  # as above

        case = await asyncio.to_thread(self._decidable, id, verdict, by)
        if isinstance(verdict, Reject):
            return await asyncio.to_thread(self._rejected, case, verdict, by)
        call = self.start()
        flow, given = self._resumed(call, case, verdict)

        async def model(request: Request) -> AsyncIterator[object]:
            reply = self._reply(given, ask)(request)
            yield await reply if isinstance(reply, Awaitable) else reply

        async for _ in adrive(flow, model):
            pass
        return await asyncio.to_thread(self._closed, call, case, verdict, by)

    def _decidable(self, id: str, verdict: Verdict, by: str) -> Case:  # noqa: A002  # as above
        if not isinstance(verdict, Approve | Amend | Reject):
            raise TypeError(f"a verdict is Approve, Amend or Reject, not {type(verdict).__name__}")
        if not (isinstance(by, str) and by):
            raise TypeError("by= names who decides")
        case = self.to_desk.desk.get(id)
        if case.state is State.RESOLVED and case.resolution and case.resolution.verdict is None:
            raise DeskError("its deadline has passed: reopen the case to decide it after all")
        ours = {self.policy.fingerprint, *self.to_desk.follows}
        if case.policy not in ours and not isinstance(verdict, Reject):
            raise DeskError(
                f"the case is of another policy, {case.policy}: resolve it with a guard of that "
                "one, name it in ToDesk(follows=), or reject the case"
            )
        return case

    def _rejected(self, case: Case, verdict: Reject, by: str) -> Outcome[T]:
        resolution = Resolution(verdict, by, time.time(), Action.BLOCK, verdict.say)
        return self.outcome(self.to_desk.desk.resolve(case.id, resolution))

    def _resumed(
        self, call: Call[T], case: Case, verdict: Approve | Amend
    ) -> tuple[Flow[Outcome[T]], Reply[Any] | None]:
        call.resumed = True
        call.stops = Action.BLOCK
        call.amended = isinstance(verdict, Amend)
        if isinstance(verdict, Amend):
            return self._run(call, case, Reply(verdict.answer))
        if case.reply is None:
            return self._run(call, case, None)
        return self._run(call, case, Reply(case.reply, tool_calls=case.tool_calls))

    def _run(
        self, call: Call[T], case: Case, given: Reply[Any] | None
    ) -> tuple[Flow[Outcome[T]], Reply[Any] | None]:
        call.id = case.id
        call.handing = None
        if given is not None:  # nobody is asked
            call.charge = None
        call.note("resumed")
        if case.sealed:
            if self.to_desk.key is None:
                raise DeskError("the case holds sealed values: give ToDesk its key=")
            call.vault = Vault.load(base64.b64decode(case.sealed), self.to_desk.key)
        request = case.request
        if call.until is not None:
            request = replace(request, deadline=call.until)
        return run(call, self.reader, request, Form("resolve")), given

    def _reply(self, given: Reply[Any] | None, ask: Callable[[Request], Any] | None) -> Ask:
        if given is not None:
            return lambda _: given
        if ask is None:
            raise DeskError(
                "the model was not asked: give resolve(..., ask=) what asks it, or amend or reject"
            )
        return ask

    def _closed(self, call: Call[T], case: Case, verdict: Approve | Amend, by: str) -> Outcome[T]:
        """What the desk holds now; a verdict that the policy refuses closes nothing."""
        outcome = call.outcome
        assert outcome is not None
        if isinstance(outcome, Escalated):
            return replace(outcome, case=case)
        if not isinstance(outcome, Accepted):
            return outcome
        answer = call.answer
        if isinstance(verdict, Amend):
            verdict = replace(verdict, answer=answer or "")
        resolution = Resolution(
            verdict,
            by,
            time.time(),
            answer=answer,
            tool_calls=call.calls,
            findings=_together(case, verdict, outcome.findings),
        )
        return self.outcome(self.to_desk.desk.resolve(case.id, resolution), outcome.record)


def _together(
    case: Case, verdict: Approve | Amend, found: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """What was found at first, but for what was said of a reply that is gone, and what is now."""
    gone = ("reply", "value") if isinstance(verdict, Amend) else ()
    first = (each for each in case.findings if not each.where.startswith(gone))
    return tuple(dict.fromkeys((*first, *found)))
