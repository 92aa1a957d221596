"""The decorator."""

from __future__ import annotations

import functools
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Iterable,
    Iterator,
    Mapping,
)
from dataclasses import dataclass, field, replace
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    ParamSpec,
    TypeAlias,
    TypeVar,
    Unpack,
    overload,
)

from ._answers import OURS, Foreign, ForeignChunk, apieces_of, awhole, pieces_of, whole
from ._call import Call
from ._callables import is_async_stream, is_coroutine, is_stream
from ._case import Desk, ToDesk, Verdict
from ._drive import drive
from ._effects import Flow
from ._engine import Form, run
from ._errors import DeskError, PolicyError
from ._events import Observer
from ._fingerprint import fingerprint
from ._forms import Taking
from ._guarded import Guarded, Shape
from ._kept import Cache
from ._ledger import AsyncLedger, Charge, Ledger
from ._outcome import Outcome
from ._plan import Plan
from ._policy import Policy
from ._returns import answers_fit, reader_of
from ._say import LANGUAGES
from ._schema import TEXT, Json, Reader
from ._stream import AsyncStream, Stream
from ._terms import Terms
from ._types import Label, Reply, Request, Usage
from ._values import code, pretty

if TYPE_CHECKING:
    from typing_extensions import TypeForm

    from ._resume import Resuming
    from .schemas.json_schema import JsonSchema

__all__ = ["Guard", "guard"]

P = ParamSpec("P")
T = TypeVar("T")
Fn: TypeAlias = Callable[..., Any]


@dataclass(frozen=True, repr=False)
class Guard(Generic[T]):
    """Wraps a model call so that it returns an `Outcome`. It can be shared by many.

    What comes back follows what is decorated: a function gives an `Outcome`, a coroutine
    function one to be awaited, a generator a `Stream`, an async generator an `AsyncStream`.
    """

    policy: Policy
    returns: Any = None
    repair: bool = False
    strict: bool = False
    early: bool = False
    cleared_for: Label | None = None
    observers: Iterable[Observer] = ()
    shadow: Policy | None = None
    desk: Desk | ToDesk | None = None
    language: str | Callable[[Request], str] = "en"
    ledger: Ledger | AsyncLedger | Charge | None = None
    prices: Callable[[str, Usage], float] | None = None
    cache: Cache | None = None
    """Where `flows.cached` keeps answers."""
    _charge: Charge | None = field(init=False, repr=False, compare=False)
    _returned: str = field(init=False, repr=False, compare=False)
    _to_desk: ToDesk | None = field(init=False, repr=False, compare=False)
    _plan: Plan = field(init=False, repr=False, compare=False)
    _shadow_plan: Plan | None = field(init=False, repr=False, compare=False)
    _reader: Reader[Any] = field(init=False, repr=False, compare=False)

    __repr__ = code
    _repr_pretty_ = pretty

    def __post_init__(self) -> None:
        put = object.__setattr__
        for policy in (self.policy, self.shadow or self.policy):
            if not isinstance(policy, Policy):
                raise PolicyError(f"guard() takes a Policy, not {type(policy).__name__}")
        put(self, "observers", tuple(self.observers))
        if any(not callable(observer) for observer in self.observers):
            raise PolicyError("observers= takes a tuple of functions of an Event")
        if not (self.cleared_for is None or isinstance(self.cleared_for, Label)):
            raise PolicyError("cleared_for= takes a Label: write cleared_for=Label.INTERNAL")
        if not (callable(self.language) or self.language in LANGUAGES):
            known = ", ".join(sorted(LANGUAGES))
            raise PolicyError(f"language= takes a function of the Request, or one of {known}")
        desk = self.desk
        put(self, "_to_desk", desk if desk is None or isinstance(desk, ToDesk) else ToDesk(desk))
        put(self, "_charge", _charge(self.ledger, self.policy))
        if not (self.prices is None or callable(self.prices)):
            raise PolicyError("prices= takes a function of a model's name and a Usage")
        put(self, "_returned", "" if self.cache is None else fingerprint(self.returns))
        put(self, "_plan", Plan(self.policy))
        put(self, "_shadow_plan", Plan(self.shadow) if self.shadow else None)
        put(self, "_reader", reader_of(self.returns, self.repair))
        for policy in (self.policy, self.shadow or self.policy):
            answers_fit(policy, self.returns)

    # mypy minds that a T might itself be an iterator or a coroutine; no reply is read into one.
    @overload
    def __call__(  # type: ignore[overload-overlap]  # see above
        self,
        fn: Callable[
            P, AsyncIterator[str] | AsyncIterator[str | Reply[Any]] | AsyncIterator[ForeignChunk]
        ],
        /,
    ) -> Callable[P, AsyncStream[T]]: ...
    @overload
    def __call__(  # type: ignore[overload-overlap]  # see above
        self,
        fn: Callable[P, Iterator[str] | Iterator[str | Reply[Any]] | Iterator[ForeignChunk]],
        /,
    ) -> Callable[P, Stream[T]]: ...
    @overload
    def __call__(  # type: ignore[overload-overlap]  # see above
        self,
        fn: Callable[
            P,
            Coroutine[
                Any,
                Any,
                T | str | Mapping[str, Any] | Reply[Any] | Foreign | AsyncIterator[ForeignChunk],
            ],
        ],
        /,
    ) -> Callable[P, Coroutine[Any, Any, Outcome[T]]]: ...
    @overload
    def __call__(
        self, fn: Callable[P, T | str | Mapping[str, Any] | Reply[Any] | Foreign], /
    ) -> Callable[P, Outcome[T]]: ...
    def __call__(self, fn: Fn, /) -> Fn:
        """*fn*, guarded."""
        taking = Taking(fn)
        if is_async_stream(fn):
            shape, wrapped = Shape.ASTREAM, self._astream(fn, taking)
        elif is_coroutine(fn):
            shape, wrapped = Shape.ACALL, self._acall(fn, taking)
        else:
            self._refuse_async(taking.name)
            if is_stream(fn):
                shape, wrapped = Shape.STREAM, self._stream(fn, taking)
            else:
                shape, wrapped = Shape.CALL, self._call(fn, taking)
        functools.update_wrapper(wrapped, fn)
        wrapped.__guarded__ = Guarded(shape, self, fn)  # type: ignore[attr-defined]  # it is ours
        return wrapped

    def _call(self, fn: Fn, taking: Taking) -> Fn:
        form = Form(taking.name, strict=self.strict)
        instead = self._instead(fn)

        def guarded(*args: Any, **kwargs: Any) -> Outcome[T]:
            request, give = taking(args, kwargs)

            def model(admitted: Request) -> Iterator[object]:
                given, named = give(admitted)
                answer = (instead if call.degraded else fn)(*given, **named)
                return iter((answer if isinstance(answer, OURS) else whole(answer),))

            call, flow = self._start(request, form, taking, args, kwargs)
            for _ in drive(flow, model):
                pass
            assert call.outcome is not None
            return call.outcome

        return guarded

    def _stream(self, fn: Fn, taking: Taking) -> Fn:
        form = Form(taking.name, streamed=True, early=self.early, strict=self.strict)
        instead = self._instead(fn)

        def guarded(*args: Any, **kwargs: Any) -> Stream[T]:
            request, give = taking(args, kwargs)

            def model(admitted: Request) -> Iterator[object]:
                given, named = give(admitted)
                pieces = (instead if call.degraded else fn)(*given, **named)
                return pieces_of(_some(pieces, Iterable, taking.name))

            call, flow = self._start(request, form, taking, args, kwargs)
            return Stream(call, drive(flow, model))

        return guarded

    def _acall(self, fn: Fn, taking: Taking) -> Fn:
        from ._adrive import adrive  # noqa: PLC0415  # asyncio takes 20 ms

        form = Form(taking.name, strict=self.strict)
        instead = self._instead(fn)

        async def guarded(*args: Any, **kwargs: Any) -> Outcome[T]:
            request, give = taking(args, kwargs)

            async def model(admitted: Request) -> AsyncIterator[object]:
                given, named = give(admitted)
                answer = await (instead if call.degraded else fn)(*given, **named)
                yield answer if isinstance(answer, OURS) else await awhole(answer)

            call, flow = self._start(request, form, taking, args, kwargs)
            async for _ in adrive(flow, model):
                pass
            assert call.outcome is not None
            return call.outcome

        return guarded

    def _astream(self, fn: Fn, taking: Taking) -> Fn:
        from ._adrive import adrive  # noqa: PLC0415  # asyncio takes 20 ms

        form = Form(taking.name, streamed=True, early=self.early, strict=self.strict)
        instead = self._instead(fn)

        def guarded(*args: Any, **kwargs: Any) -> AsyncStream[T]:
            request, give = taking(args, kwargs)

            def model(admitted: Request) -> AsyncIterator[object]:
                given, named = give(admitted)
                pieces = (instead if call.degraded else fn)(*given, **named)
                return apieces_of(_some(pieces, AsyncIterable, taking.name))

            call, flow = self._start(request, form, taking, args, kwargs)
            return AsyncStream(call, adrive(flow, model))

        return guarded

    def _start(
        self,
        request: Request,
        form: Form,
        taking: Taking,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> tuple[Call[T], Flow[Outcome[T]]]:
        call = self._fresh()
        if kwargs or self._plan.restores:  # it may be there, though no rule restores
            vault = taking.vault(args, kwargs)
            call.vault = vault if self._plan.restores else None
        if call.until is not None:
            request = replace(request, deadline=call.until)
        if self.cache is not None:
            call.options = self._returned, taking.rest(args, kwargs)
        return call, run(call, self._reader, request, form)

    def _fresh(self) -> Call[T]:
        """A call that has not begun."""
        call: Call[T] = Call(self._plan, observers=tuple(self.observers), shadow=self._shadow_plan)
        if self._reader is not TEXT:
            call.typed = True
        if self.cleared_for is not None:
            call.cleared_for = self.cleared_for
        if self._to_desk is not None:
            call.handing = self._to_desk
        if self.language != "en":
            call.language = self.language
        if self.prices is not None:
            call.prices = self.prices
        if self._charge is not None:
            call.charge = self._charge
            call.limited = True
        if self.cache is not None:
            call.cache = self.cache
        return call

    def resume(self, id: str) -> Outcome[T]:  # noqa: A002  # it is the case's own word
        """The outcome of the case with that *id*, as far as it is decided by now.

        Any process may ask that has the same guard. A case of which the time has passed
        ends as its fallback says.
        """
        resuming = self._resuming()
        return resuming.outcome(resuming.to_desk.desk.get(id))

    def resolve(
        self,
        id: str,  # noqa: A002  # as above
        verdict: Verdict,
        *,
        by: str,
        ask: Callable[[Request], T | str | Reply[Any]] | None = None,
    ) -> Outcome[T]:
        """Decide the case with that *id*; the outcome is what the call would have had.

        `Approve` lets the answer stand, unless a rule blocks it. `Amend` gives another, and
        the policy looks at it as at the model's: if it is refused, the case stays open.
        `Reject` ends in `Blocked`. The same verdict again gives the same outcome; another is a
        `DeskError`. Where the model was not asked, `Approve` needs *ask*.
        """
        if any(rule.check.is_async for rule in self.policy.rules):
            raise PolicyError("the policy has async checks: await aresolve(...)")
        return self._resuming().resolve(id, verdict, by, ask)

    async def aresolve(
        self,
        id: str,  # noqa: A002  # as above
        verdict: Verdict,
        *,
        by: str,
        ask: Callable[[Request], Awaitable[T | str | Reply[Any]]] | None = None,
    ) -> Outcome[T]:
        """`resolve`, for a policy with async checks."""
        return await self._resuming().aresolve(id, verdict, by, ask)

    @property
    def to_desk(self) -> ToDesk | None:
        """Where its cases go, and how."""
        return self._to_desk

    def _resuming(self) -> Resuming[T]:
        from ._resume import Resuming  # noqa: PLC0415  # few processes resolve cases

        if self._to_desk is None:
            raise DeskError("this guard has no desk: guard(policy, desk=...)")
        return Resuming(self._to_desk, self._fresh, self.policy, self._reader, self.language)

    def _instead(self, fn: Fn) -> Fn:
        """What is called in place of *fn* when money is short."""
        degrade = None if self._charge is None else self._charge.degrade
        if not callable(degrade):
            return fn
        for kind in (is_async_stream, is_coroutine, is_stream):
            if kind(degrade) is not kind(fn):
                raise PolicyError("degrade= takes a function that is called as the guarded one is")
        return degrade

    def _refuse_async(self, name: str) -> None:
        if self._charge is not None and not isinstance(self._charge.ledger, Ledger):
            raise PolicyError(
                f"{name} is not async, but its ledger is: make {name} an `async def`, or give the "
                "ledger a client that is not"
            )
        rules = self.policy.rules + (self.shadow.rules if self.shadow else ())
        for rule in rules:
            if rule.check.is_async:
                raise PolicyError(
                    f"{name} is not async, but {rule.check!r} is: make {name} an `async def`, "
                    "or use a check that is not"
                )


@overload
def guard(policy: Policy, **terms: Unpack[Terms]) -> Guard[str]: ...
@overload
def guard(
    policy: Policy,
    *,
    returns: Mapping[str, object] | JsonSchema,
    repair: bool = False,
    **terms: Unpack[Terms],
) -> Guard[Json]: ...
@overload
def guard(
    policy: Policy, *, returns: TypeForm[T], repair: bool = False, **terms: Unpack[Terms]
) -> Guard[T]: ...
def guard(
    policy: Policy, *, returns: Any = None, repair: bool = False, **terms: Unpack[Terms]
) -> Guard[Any]:
    r"""Guard a model call with *policy*.

    >>> from guardrails_lib import Policy, guard, redact
    >>> from guardrails_lib.checks import matching
    >>> @guard(Policy(input=(redact(matching(r"\d{4}")),)))
    ... def ask(prompt: str) -> str:
    ...     return f"you said: {prompt}"
    >>> ask("my pin is 1234").unwrap()
    'you said: my pin is ████'

    *returns* is the type to read from the reply, or a JSON Schema. With *repair* a reply that
    is broken JSON is mended, and each change is a finding of kind ``repaired``. *strict* blocks
    a request of which some part is looked at by nobody. *early* shows a stream as soon as the
    output rules allow it, though validators may still refuse it: `outcome` says whether it may
    stay. *cleared_for* is the highest label that the model may see; what is above it, and no
    rule took out, blocks the call.
    *observers* are told each `Event`. A *shadow* policy is run on what the policy saw and
    changes nothing; `record.differences` holds where it would have decided otherwise.
    The guarded function may be called with ``vault=``, the `Vault` of the conversation.
    What escalates is handed over to the *desk*, and `Guard.resolve` takes it from there.
    *language* is what refusals are said in, where no rule has a ``say=``; it may be a function
    of the `Request`. What calls spend is set aside in the *ledger* before the model is asked,
    and booked at the end. *prices* tells what tokens of a model cost, where the reply does not:
    ``prices(model, usage)`` gives dollars, or raises `PriceError`.
    """
    return Guard(policy, returns, repair, **terms)


def _charge(ledger: Ledger | AsyncLedger | Charge | None, policy: Policy) -> Charge | None:
    """How calls are charged to *ledger*; what asking may cost must be known."""
    if ledger is None:
        return None
    charge = ledger if isinstance(ledger, Charge) else Charge(ledger)
    if charge.estimate is None and policy.budget.dollars is None:
        raise PolicyError(
            "what asking once may cost is set aside before: say it, with "
            "ledger=Charge(LEDGER, estimate=0.01) or Budget(dollars=0.01)"
        )
    if isinstance(charge.degrade, Mapping):
        raise PolicyError("degrade= takes a function here; options are for a guarded client")
    return charge


def _some(given: Any, kind: type[Any], name: str) -> Any:
    if isinstance(given, kind) and not isinstance(given, str):
        return given
    raise TypeError(f"{name} is guarded as a stream and gave {type(given).__name__}")
