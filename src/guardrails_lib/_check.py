"""A check finds; it decides nothing."""

from __future__ import annotations

import functools
import importlib
import inspect
import operator
import sys
import types
import typing
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Concatenate, Generic, ParamSpec, TypeAlias, TypeVar, cast, overload

from ._errors import PolicyError
from ._known import Known
from ._types import Finding, Reply, Usage
from ._values import pretty

__all__ = ["Check", "Seen", "check"]

P = ParamSpec("P")
S = TypeVar("S")
S_contra = TypeVar("S_contra", contravariant=True)

Seen: TypeAlias = Finding | Usage
Find: TypeAlias = Callable[..., Iterable[Seen] | AsyncIterable[Seen]]
Width: TypeAlias = int | Callable[..., int | None] | None
Samples: TypeAlias = int | Callable[..., int]
Tail: TypeAlias = Callable[..., Callable[[str], int]] | None
Knows: TypeAlias = Callable[..., Known[Any]] | None


@dataclass(frozen=True, repr=False)
class Check(Generic[S_contra]):
    """A named function from a subject to findings, its parameters bound.

    Two checks are equal when they run the same function with the same parameters.
    Calling one is its unit test: ``list(over_limit(limit=9)(refund))``.
    """

    find: Find
    params: tuple[tuple[str, object], ...] = ()
    subject: object = field(default=str, compare=False)
    """The type that it looks at: `str` means each text."""
    width: int | None = field(default=None, compare=False)
    """The longest text it can match, with its context; None is the whole text."""
    back: int | None = field(default=None, compare=False)
    """How far back it must see, what it could find now aside; as far as `width`, unless said."""
    slow: bool = field(default=False, compare=False)
    samples: int = field(default=0, compare=False)
    """How many other answers it wants of the model, to compare with this one."""
    tail_of: Tail = field(default=None, compare=False)
    known_of: Knows = field(default=None, compare=False)
    is_async: bool = field(init=False, compare=False)
    """Whether only a guarded async function can run it."""
    _bound: Find = field(init=False, compare=False)
    _tail: Callable[[str], int] | None = field(init=False, compare=False)

    def __post_init__(self) -> None:
        put, params = object.__setattr__, dict(self.params)
        put(self, "is_async", inspect.isasyncgenfunction(self.find))
        put(self, "_bound", functools.partial(self.find, **params))
        put(self, "_tail", self.tail_of(**params) if self.tail_of else None)

    @property
    def name(self) -> str:
        """What it is called in findings and records. Its parameters stay out of those."""
        return self.find.__name__

    @property
    def known(self) -> Known[Any] | None:
        """What it is known to find and to leave alone, with its parameters; None is not said."""
        if self.known_of is None:
            return None
        known: object = self.known_of(**dict(self.params))
        if not isinstance(known, Known):
            raise TypeError(f"{self.name}: known= gives Known(...), not {type(known).__name__}")
        return known

    def __call__(self, subject: S_contra) -> Iterator[Finding]:
        """What it finds in *subject*."""
        return (seen for seen in self.look(subject) if isinstance(seen, Finding))

    def look(self, subject: S_contra) -> list[Seen]:
        """What it finds in *subject*, and what the looking cost."""
        if self.is_async:
            raise TypeError(f"{self.name} is async: await its `alook`, or guard an async function")
        found: list[Seen] = list(self._bound(subject))  # type: ignore[arg-type]  # it is not async
        return [self._signed(seen) for seen in found] if found else found

    async def alook(self, subject: S_contra) -> list[Seen]:
        """`look`, for async checks; it takes the others too."""
        if not self.is_async:
            return self.look(subject)
        found = cast("AsyncIterable[Seen]", self._bound(subject))
        return [self._signed(seen) async for seen in found]

    def tail(self, text: str, start: int = 0) -> int:
        """Where, from *start* on, the end of *text* begins that could still become a finding."""
        if self.width is None:
            return 0
        by_width = len(text) - self.width + 1
        if by_width < start:  # noqa: PLR1730  # `max` takes longer, and this runs for every chunk
            by_width = start
        if self._tail is None or by_width >= len(text):
            return by_width
        try:
            held = self._tail(text[by_width:])
            return by_width + held if held > 0 else by_width
        except Exception:  # it cannot tell, so what the width says is held back
            return by_width

    _repr_pretty_ = pretty

    def __repr__(self) -> str:
        defaults = inspect.signature(self.find).parameters
        shown = [f"{k}={v!r}" for k, v in self.params if v != defaults[k].default]
        return f"{self.name}({', '.join(shown)})"

    def __hash__(self) -> int:
        try:
            return hash((self.find, self.params))
        except TypeError:  # a parameter that cannot be hashed
            return hash((self.find, tuple(name for name, _ in self.params)))

    def __reduce__(self) -> tuple[Callable[..., Check[Any]], tuple[object, ...]]:
        where = self.find.__module__, self.find.__qualname__
        try:
            known = getattr(_found(*where), "__wrapped__", None) is self.find
        except (AttributeError, ImportError):
            known = False
        if not known:
            import pickle  # noqa: PLC0415  # 3 ms, for its error alone

            raise pickle.PicklingError(f"{self.name} is not at the top of its module by that name")
        return _made_again, (*where, dict(self.params))

    def __copy__(self) -> Check[S_contra]:
        return self

    def __deepcopy__(self, memo: object) -> Check[S_contra]:
        return self

    def _signed(self, seen: Seen) -> Seen:
        if isinstance(seen, Finding):
            return seen if seen.check else replace(seen, check=self.name)
        if isinstance(seen, Usage):
            return seen
        raise TypeError(f"{self.name} yields Finding(...), not {type(seen).__name__}")


@overload
def check(
    find: Callable[
        Concatenate[S, P],
        Iterator[Finding] | Iterator[Seen] | AsyncIterator[Finding] | AsyncIterator[Seen],
    ],
    /,
) -> Callable[P, Check[S]]: ...
@overload
def check(
    *,
    width: Width = None,
    slow: bool = False,
    tail: Tail = None,
    back: Width = None,
    samples: Samples = 0,
    known: Knows = None,
) -> _Decorator: ...
def check(
    find: Any = None,
    /,
    *,
    width: Width = None,
    slow: bool = False,
    tail: Tail = None,
    back: Width = None,
    samples: Samples = 0,
    known: Knows = None,
) -> Any:
    """Turn a generator of findings into a factory of checks.

    The first parameter is what is looked at, and its annotation says what that is; the
    rest become the check's own.

    >>> @check
    ... def over(text: str, *, limit: int) -> Iterator[Finding]:
    ...     '''A text longer than it may be.'''
    ...     if len(text) > limit:
    ...         yield Finding(f"{len(text)} characters")
    >>> over(limit=3)
    over(limit=3)
    >>> [finding.message for finding in over(limit=3)("abcd")]
    ['4 characters']

    *width* is a promise about a check over text: what it finds at a place depends only
    on the text within so many characters of it. Streams are then shown as they come.
    It may be a function of the check's parameters. *tail* is one: it gives what says, of a
    text that may go on, where the end begins that could still become part of a finding.
    With it, *back* may say that less than *width* of what is before that must be seen again.
    A *slow* check runs last, and in a thread when the guarded function is async.
    One that wants *samples* finds so many other answers of the model in `Reply.samples`.
    *known* gives, for the check's parameters, the `Known` samples with which
    ``python -m guardrails_lib selftest`` shows that a policy still guards.
    """
    names = sys._getframe(1).f_locals  # noqa: SLF001  # a subject may be a local class

    def make(find: Find) -> Callable[..., Check[Any]]:
        return _factory(find, names, width, slow, tail, back, samples, known)

    return make if find is None else make(find)


def _made_again(module: str, name: str, params: dict[str, object]) -> Check[Any]:
    """The check of a pickle: its factory, found by name, called once more."""
    made: Check[Any] = _found(module, name)(**params)
    return made


def _found(module: str, name: str) -> Any:
    return operator.attrgetter(name)(importlib.import_module(module))


class _Decorator(typing.Protocol):
    def __call__(
        self,
        find: Callable[
            Concatenate[S, P],
            Iterator[Finding] | Iterator[Seen] | AsyncIterator[Finding] | AsyncIterator[Seen],
        ],
        /,
    ) -> Callable[P, Check[S]]: ...


def _factory(
    find: Find,
    names: dict[str, object],
    width: Width,
    slow: bool,
    tail: Tail,
    back: Width,
    samples: Samples,
    known: Knows,
) -> Callable[..., Check[Any]]:
    if not (inspect.isgeneratorfunction(find) or inspect.isasyncgenfunction(find)):
        name = getattr(find, "__name__", repr(find))
        raise PolicyError(f"{name} must `yield Finding(...)` for each thing that it finds")
    signature = inspect.signature(find)
    if not (known is None or callable(known)):
        raise PolicyError(
            f"{find.__name__}: known= takes a function of the check's parameters: write "
            "known=lambda: Known(bad=[...], good=[...])"
        )
    first, own = _parameters(find, signature)
    subject = _subject(find, first, names)
    signature = signature.replace(parameters=own, return_annotation=Check)

    @functools.wraps(find)
    def make(*args: object, **kwargs: object) -> Check[Any]:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        reach = width(**bound.arguments) if callable(width) else width
        if reach is not None and reach < 1:
            raise PolicyError(f"{find.__name__}: width is at least 1, or None, not {reach}")
        behind = back(**bound.arguments) if callable(back) else back
        wanted = samples(**bound.arguments) if callable(samples) else samples
        if wanted and (typing.get_origin(subject) or subject) is not Reply:
            raise PolicyError(f"{find.__name__} wants samples, so it looks at a Reply")
        params = tuple(bound.arguments.items())
        return Check(find, params, subject, reach, behind, slow, wanted, tail, known)

    make.__signature__ = signature  # type: ignore[attr-defined]  # what `help()` shows
    return make


_BY_PLACE = {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY}


def _parameters(
    find: Find, signature: inspect.Signature
) -> tuple[inspect.Parameter, list[inspect.Parameter]]:
    taken = list(signature.parameters.values())
    plain = {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY}
    if not taken or taken[0].kind not in _BY_PLACE:
        raise PolicyError(f"{find.__name__} needs a first parameter: what it looks at")
    if any(each.kind not in plain for each in taken[1:]):
        raise PolicyError(f"{find.__name__}: name each parameter; *args and **kwargs hide typos")
    return taken[0], taken[1:]


def _subject(find: Find, first: inspect.Parameter, names: dict[str, object]) -> object:
    """The type in the first annotation, which may be written as text."""
    if first.annotation is inspect.Parameter.empty:
        raise PolicyError(
            f"{find.__name__}: annotate `{first.name}` with what it looks at: str, Source, "
            "Message, ToolCall, Request, Reply, or the type of the answer"
        )
    holder = types.SimpleNamespace(__annotations__={first.name: first.annotation})
    try:
        return typing.get_type_hints(holder, getattr(find, "__globals__", {}), names)[first.name]
    except Exception as problem:  # whatever an annotation that cannot be read raises
        raise PolicyError(
            f"{find.__name__}: `{first.annotation}` is not defined where the check is written"
        ) from problem
