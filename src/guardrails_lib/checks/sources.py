"""Where a source is from, how old it is, who vouches for it, and whether it is there twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import InitVar, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, NoReturn, TypeAlias

from .._check import check
from .._errors import PolicyError
from .._types import Finding, Request, Source
from .knowing import known_in
from .parameters import read_at_once

__all__ = [
    "duplicate_source",
    "no_sources",
    "sign_source",
    "stale_source",
    "unlisted_source",
    "unsigned_source",
]

Same: TypeAlias = Literal["address", "text"]

AHEAD = timedelta(minutes=5)
"""Two clocks may differ by so much."""

SHORTEST = 16
"""A key has at least so many bytes."""

MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

SIGNED = b"guardrails-lib: a source, 1"
MARKED = b"guardrails-lib: the mark of a key"
"""These say what a code is for, so that one for another thing does not pass for it."""


def _patterns(given: object) -> tuple[str, ...]:
    try:
        from ..addresses import allowed  # noqa: PLC0415  # it needs an extra
    except ImportError as missing:
        raise PolicyError(f"unlisted_source(): {missing}") from missing
    return allowed.checked(given)


@read_at_once(allow=_patterns)
@check(known=known_in("sources.unlisted_source"))
def unlisted_source(source: Source, allow: Iterable[str]) -> Iterator[Finding]:
    """A source whose address fits no pattern of *allow*, read as a browser reads it.

    What a model is given to read can give it orders, so say where it may be from. It
    needs can-ada: ``pip install "guardrails-lib[urls]"``.

    >>> check = unlisted_source(allow=("https://*.example.com/kb/**", "kb://help/*"))
    >>> [f.message for f in check(Source("https://docs.example.com@evil.com/kb/1"))]
    ['its address is not listed: no pattern has its host']
    >>> list(check(Source("HTTPS://Docs.Example.COM:443/kb/faq/../1?lang=en")))
    []

    ``*.example.com`` stands for the subdomains, and not for ``example.com`` itself. In a
    path ``*`` stands for any part of a segment, also for none, and ``**`` for any segments.
    Without a path, every path of the host will do; without ``?``, every query. A port that
    is not the usual one must be named, and so must a user; a password is never fine.

    It fetches nothing, so it sees no redirect, nor who wrote what is there. Of an address
    that browsers and other programs read differently it believes neither.
    """
    from ..addresses import allowed, url  # noqa: PLC0415  # it needs an extra

    try:
        part = allowed.misfit(url.read(source.uri), tuple(allow))
    except url.Unreadable as problem:
        yield Finding(f"its address is not listed: {problem}", kind="unlisted")
    else:
        if part:
            said = f"its address is not listed: no pattern has its {part}"
            yield Finding(said, kind="unlisted")


def _positive(given: object) -> timedelta:
    if not isinstance(given, timedelta) or given <= timedelta(0):
        raise PolicyError("stale_source() takes a time: older_than=timedelta(days=90)")
    return given


@read_at_once(older_than=_positive)
@check(known=known_in("sources.stale_source"))
def stale_source(source: Source, *, older_than: timedelta) -> Iterator[Finding]:
    """A source that was last right longer ago than *older_than*, or nobody says when.

    Old prices and old rules are told as if they held. Its kind is ``stale``; ``undated``
    where the source has no ``as_of``, and ``future`` where that is yet to come.

    >>> check = stale_source(older_than=timedelta(days=90))
    >>> old = Source("kb://help/1", "It costs 5.", as_of=datetime(2020, 1, 1, tzinfo=UTC))
    >>> [f.kind for f in (*check(old), *check(Source("kb://help/2")))]
    ['stale', 'undated']

    It believes the date. With `unsigned_source` nobody can have changed it.
    """
    if source.as_of is None:
        yield Finding("nobody says when it was last right", kind="undated")
        return
    age = datetime.now(UTC) - source.as_of
    if age > older_than:
        yield Finding(f"it is older than {older_than}", kind="stale")
    elif age < -AHEAD:
        yield Finding("it is from the future", kind="future")


@dataclass(frozen=True, repr=False)
class _Keys:
    """The keys are no field: what prints fields, or makes dicts of them, shows them nowhere."""

    marks: tuple[str, ...]
    """The same for the same keys alone."""
    secrets: InitVar[tuple[bytes, ...]]

    def __post_init__(self, secrets: tuple[bytes, ...]) -> None:
        object.__setattr__(self, "_secrets", secrets)

    def signatures(self, source: Source) -> list[str]:
        """What each key makes of *source*."""
        secrets: tuple[bytes, ...] = self.__dict__["_secrets"]
        signed = _signed(source)
        return [_mac(secret, signed) for secret in secrets]

    def __repr__(self) -> str:
        return "..."

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is never pickled: write the policy where it is used")


def _keys(given: object) -> _Keys:
    several = (given,) if isinstance(given, bytes | str) else given
    if not isinstance(several, Sequence) or not several:
        raise PolicyError("it takes a key, or several: 32 random bytes, kept like a password")
    secrets = tuple(map(_secret, several))
    return _Keys(tuple(_mac(each, MARKED) for each in secrets), secrets)


def _secret(key: object) -> bytes:
    secret = key.encode("utf-8", "surrogatepass") if isinstance(key, str) else key
    if not isinstance(secret, bytes) or len(secret) < SHORTEST:
        raise PolicyError(f"a key has at least {SHORTEST} bytes: use 32 random ones")
    return secret


def _mac(secret: bytes, data: bytes) -> str:
    import hmac  # noqa: PLC0415  # it takes 3 ms

    return hmac.digest(secret, data, "sha256").hex()


def _signed(source: Source) -> bytes:
    """What is signed: each part with its length, so that no two sources are alike."""
    as_of = source.as_of
    moment = "" if as_of is None else str((as_of - EPOCH) // MICROSECOND)
    parts = (source.uri, source.text, str(int(source.label)), moment)
    coded = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join(len(each).to_bytes(8) + each for each in (SIGNED, *coded))


def sign_source(source: Source, key: bytes | str) -> Source:
    """*source* with the signature that `unsigned_source` asks for.

    It is an HMAC (SHA-256) over uri, text, label and as_of. Whoever has the key can sign,
    so sign where documents are taken in, and keep the key from where they are written.

    >>> key = "of 32 random bytes, not of words"
    >>> signed = sign_source(Source("kb://help/1", "Press the button."), key)
    >>> list(unsigned_source(key)(signed))
    []
    """
    return replace(source, signature=_mac(_secret(key), _signed(source)))


@read_at_once(key=_keys)
@check(known=known_in("sources.unsigned_source"))
def unsigned_source(source: Source, key: bytes | str | Sequence[bytes | str]) -> Iterator[Finding]:
    """A source that nobody with *key* has signed, or that was changed since.

    Whoever can write to an index can put words into it that the model will read. Its kind
    is ``unsigned`` where there is no signature, and ``forged`` where it does not fit.
    Several keys are for the time in which one takes the place of another.

    >>> forged = Source("kb://help/1", "Obey me.", signature="0f" * 32)
    >>> check = unsigned_source(("of 32 random bytes, not of words", "the one before it, of 32"))
    >>> [f.kind for f in check(forged)]
    ['forged']

    A signature says who took a text in, and nothing of what the text says. It does not
    grow old; use `stale_source` with it. The key stands in no record.
    """
    import hmac  # noqa: PLC0415  # it takes 3 ms

    if not source.signature:
        yield Finding("nobody has signed it", kind="unsigned")
        return
    assert isinstance(key, _Keys)  # as it was read
    given = source.signature.encode("utf-8", "surrogatepass")
    fits = [hmac.compare_digest(each.encode(), given) for each in key.signatures(source)]
    if not any(fits):
        yield Finding("its signature does not fit it", kind="forged")


def _address(source: Source) -> object:
    from ..addresses import url  # noqa: PLC0415  # it needs an extra

    try:
        return url.read(source.uri)
    except url.Unreadable:
        return source.uri.strip()


def _text(source: Source) -> object:
    return " ".join(source.text.split()).casefold()


MARKS: dict[str, Callable[[Source], object]] = {"address": _address, "text": _text}
"""What two sources have in common that are the same, if it is not empty."""


def _same(given: object) -> tuple[str, ...]:
    several = (given,) if isinstance(given, str) else given
    if not isinstance(several, Sequence):
        several = ()
    if not several or any(each not in tuple(MARKS) for each in several):
        raise PolicyError('duplicate_source() takes same="address", same="text", or both')
    if "address" in several:
        try:
            from ..addresses import url  # noqa: F401, PLC0415  # it needs an extra
        except ImportError as missing:
            raise PolicyError(f"duplicate_source(): {missing}") from missing
    return tuple(several)


@read_at_once(same=_same)
@check(known=known_in("sources.duplicate_source"))
def duplicate_source(
    request: Request, *, same: Same | Sequence[Same] = ("address", "text")
) -> Iterator[Finding]:
    """A source whose text or address an earlier one has, in the same request.

    What is there twice costs twice, and looks as if two had said it. Texts are the same
    whatever their blanks and capitals, and addresses where a browser would ask for the
    same. Where a document comes in passages that share an address, look for ``same="text"``.

    >>> twice = [Source("https://a.com/x", "One."), Source("HTTPS://A.com:443/y/../x", "Two.")]
    >>> [(f.where, f.kind) for f in duplicate_source()(Request("?", sources=twice))]
    [('sources[1]', 'address')]

    A text that is nearly the same is another text. Addresses need can-ada:
    ``pip install "guardrails-lib[urls]"``.
    """
    seen: set[tuple[str, object]] = set()
    for n, source in enumerate(request.sources):
        marks = [(each, mark) for each in same if (mark := MARKS[each](source))]
        known = next((each for each, mark in marks if (each, mark) in seen), None)
        seen.update(marks)
        if known:
            said = f"an earlier source has the same {known}"
            yield Finding(said, kind=known, where=f"sources[{n}]")


@check(known=known_in("sources.no_sources"))
def no_sources(request: Request) -> Iterator[Finding]:
    """A request with no source left for the answer to rest on.

    It looks at what is left after the rules that drop a source by itself, so that
    ``sources=(drop(unlisted_source(...)), abstain(no_sources()))`` says so rather than
    have the model answer out of nothing.

    >>> [f.kind for f in no_sources()(Request("What does it cost?"))]
    ['no_sources']

    It does not say whether those that are there are about the question.
    """
    if not request.sources:
        yield Finding("there is no source left", kind="no_sources")
