"""Secrets: what opens something to whoever has it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from .._check import Check, check
from .._errors import PolicyError
from .._types import Finding, Span
from .knowing import known_in
from .parameters import allowed, called, is_fine, score, texts

if TYPE_CHECKING:
    from ..secrets.finder import Finder

__all__ = ["secrets"]

Allowed: TypeAlias = tuple[str, ...] | Callable[[str], bool]


def secrets(
    *,
    providers: Iterable[str] | None = None,
    threshold: float = 0.0,
    allow: Iterable[str] | Callable[[str], bool] = (),
) -> Check[str]:
    """Keys, tokens, passwords: what opens something to whoever has it.

    >>> check = secrets()
    >>> [(f.kind, f.span) for f in check("amqp://app:" + "v7Kd2pLq" + "@queue.internal/")]
    [('CONNECTION_PASSWORD', Span(start=11, end=19))]

    It looks for what some hundred providers give out, by its form; for private keys and signed
    tokens; for passwords in addresses and in what programs are told; and for random values
    beside a name that tells, such as ``client_secret``. Its span is the secret alone. What has
    a check digit or a signature's header, and passes, has the score 1.0; a password beside its
    name has 0.6. *threshold* leaves out what is less certain.

    *providers* (``("GitHub", "AWS", "named")``) leaves out the rest. *allow* holds exact texts,
    or a function of a text that says whether it is fine.

    What is filled in elsewhere is no secret: ``${TOKEN}``, ``<password>``, ``your-key``, a run
    of one letter. It does not know a password that is a plain word. It
    sees through invisible characters and full-width letters, not through base64.
    """
    return _secrets(
        providers=None if providers is None else frozenset(texts("providers", providers)),
        threshold=score("threshold", threshold),
        allow=allowed("allow", allow),
    )


@functools.lru_cache(maxsize=64)
def _finder(providers: frozenset[str] | None) -> Finder:
    from ..secrets import finder  # noqa: PLC0415  # its tables take some milliseconds

    if unknown := sorted((providers or frozenset()) - finder.providers()):
        known = ", ".join(sorted(finder.providers()))
        raise PolicyError(f"providers= names {', '.join(unknown)}; known are {known}")
    return finder.finder_of(providers)


def _width(*, providers: frozenset[str] | None, threshold: float, allow: Allowed) -> int:
    del threshold, allow
    return _finder(providers).width


def _back(*, providers: frozenset[str] | None, threshold: float, allow: Allowed) -> int:
    del threshold, allow
    return _finder(providers).back


def _tail(
    *, providers: frozenset[str] | None, threshold: float, allow: Allowed
) -> Callable[[str], int]:
    del threshold, allow  # what is allowed is found first
    return _finder(providers).tail


@check(width=_width, tail=_tail, back=_back, known=known_in("hidden.secrets"))
@called("secrets")
def _secrets(
    text: str,
    *,
    providers: frozenset[str] | None = None,
    threshold: float = 0.0,
    allow: Allowed = (),
) -> Iterator[Finding]:
    try:
        found = _finder(providers).find(text)
    except TimeoutError:  # of a text of many millions of characters, made to take long
        yield Finding("it took too long to tell", kind="error")
        return
    for secret in found:
        if secret.score < threshold or is_fine(allow, text[secret.start : secret.end]):
            continue
        span = Span(secret.start, secret.end)
        yield Finding(f"a secret: {secret.kind}", span, secret.score, kind=secret.kind)
