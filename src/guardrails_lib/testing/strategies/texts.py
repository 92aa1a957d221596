"""Texts as people write them and as documents hold them."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable
from typing import Literal, TypeAlias, get_args

from ..hypotheses import InvalidArgument, st
from .words import SCRIPTS, TONGUES, Script, Tongue

__all__ = ["KINDS", "Kind", "among", "texts"]

Kind: TypeAlias = Literal["chat", "prose", "code", "form"]
"""What sort of text it is."""

KINDS: tuple[Kind, ...] = get_args(Kind)


def texts(
    kind: Kind | None = None, script: Script | None = None, *, max_size: int | None = None
) -> st.SearchStrategy[str]:
    """Turns of a chat, passages of prose, pieces of code, forms that were filled in.

    Without *script* most are English, some are in one of nine other scripts, and now and then
    any character of Unicode stands among the words. A text is never empty; one that is longer
    than *max_size* characters is cut off there.
    """
    among("kind", kind, KINDS)
    among("script", script, SCRIPTS)
    if max_size is None:
        return _texts(kind, script)
    if max_size < 1:
        raise InvalidArgument(f"max_size={max_size}: a text has at least one character")
    return _texts(kind, script).map(lambda text: text[:max_size])


def among(name: str, given: str | None, known: Collection[str]) -> None:
    """Refuse what is none of the *known* names."""
    if given is not None and given not in known:
        raise InvalidArgument(f"{name}={given!r}: there are {', '.join(known)}")


@functools.cache
def _texts(kind: Kind | None, script: Script | None) -> st.SearchStrategy[str]:
    kinds = KINDS if kind is None else (kind,)
    tongues = _MOSTLY_ENGLISH if script is None else (TONGUES[script],)
    made = _text(kinds, tongues, _RARELY_ODD if script is None else _NEVER_ODD)
    return st.one_of(_brief(kinds[0], tongues[0]), made)


def _brief(kind: Kind, tongue: Tongue) -> st.SearchStrategy[str]:
    """What needs no filling, and is drawn at once: examples shrink to it."""
    brief: dict[Kind, Iterable[str]] = {
        "chat": tongue.said,
        "prose": tongue.told,
        "code": _CODE,
        "form": (f"{each}: {name}" for each, name in zip(tongue.asked, tongue.names, strict=False)),
    }
    return st.sampled_from([text for text in brief[kind] if "$" not in text])


_MOSTLY_ENGLISH = (TONGUES["latin"],) * len(TONGUES) + tuple(TONGUES.values())[1:]
_RARELY_ODD = st.sampled_from((False,) * 9 + (True,))
_NEVER_ODD = st.just(value=False)
_ODD = st.text(min_size=1, max_size=8)

_CODE = (
    "x = 1",
    'name = "$name"',
    "for n in range($n):\n    print(n)",
    'def greet(who: str = "$name") -> str:\n    """$told"""\n    return f"$said {who}"',
    "// $told\nconst order = { id: $n, note: '$said' };",
    "SELECT name, total FROM orders WHERE id = $n; -- $told",
    '{"order": $n, "name": "$name", "note": ["$said", "$told"]}',
    "$ ./deploy --retries $n  # $said",
    '<p class="note">$told</p>\n<!-- $said -->',
    "| name | n |\n|---|---|\n| $name | $n |",
)
_LAYOUTS = ("$told", "$told $told", "# $name\n\n$told\n\n$told $told", "$told\n\n- $told\n- $told")
_TURNS = ("$said", "$said $said", "$said\n$told", "$told $said $said")
_FORMS = (
    "$1: $name",
    "$1: $name\n$2: $name\n$4: $n",
    "$1: $name\n$3: 2024-05-$n\n$5: $told",
    "$1\t$2\t$4\n$name\t$name\t$n",
)
_SHAPES: dict[Kind, tuple[str, ...]] = {
    "chat": _TURNS,
    "prose": _LAYOUTS,
    "code": _CODE,
    "form": _FORMS,
}

_SLOT = re.compile(r"\$(said|told|name|n|[1-5])")


@st.composite
def _text(
    draw: st.DrawFn,
    kinds: tuple[Kind, ...],
    tongues: tuple[Tongue, ...],
    is_odd: st.SearchStrategy[bool],
) -> str:
    """A shape with its slots filled, in one tongue."""
    kind = draw(st.sampled_from(kinds))
    tongue = draw(st.sampled_from(tongues))

    def filled(slot: re.Match[str]) -> str:
        name = slot[1]
        if name == "n":
            return str(draw(_NUMBERS))
        if name.isdigit():
            return tongue.asked[int(name) - 1]
        return _SLOT.sub(filled, draw(_among(getattr(tongue, _FIELDS[name]))))

    shape: str = draw(_among(_SHAPES[kind]))
    text = _SLOT.sub(filled, shape.replace("$told $", f"$told{tongue.space}$"))
    return f"{text}{tongue.space}{draw(_ODD)}" if draw(is_odd) else text


_NUMBERS = st.integers(10, 31)
_FIELDS = {"said": "said", "told": "told", "name": "names"}
_among = functools.cache(st.sampled_from)
