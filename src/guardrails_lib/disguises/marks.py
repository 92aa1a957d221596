"""What a text shows of being disguised: a first look, which tells plain texts at once.

One scan where the `fast` extra is there. Else a text is written in five letters, one for each
sort of character, and a disguise is then a word to look for. Both may say too much, and never
too little.
"""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Callable, Collection

from .encoded import TELLING
from .letters import ACCENTED, HONEST, PILED
from .turned import TURNED, words
from .unseen import NOT_SHOWN

__all__ = [
    "ATBASH",
    "BACKWARDS",
    "ENTITIES",
    "ESCAPES",
    "GROUPS",
    "LEET",
    "MORSE",
    "ODD_LETTERS",
    "PARTED",
    "PERCENTS",
    "PILES",
    "ROT13",
    "RUNS",
    "SPACED",
    "UNSEEN",
    "beyond",
    "by_shape",
    "marks",
]

(
    UNSEEN,
    ODD_LETTERS,
    PILES,
    SPACED,
    LEET,
    PARTED,
    BACKWARDS,
    ROT13,
    ATBASH,
    RUNS,
    GROUPS,
    MORSE,
    PERCENTS,
    ENTITIES,
    ESCAPES,
) = range(15)
_SOME = -1

_TURNED = {BACKWARDS: TURNED["reversed"], ROT13: TURNED["rot13"], ATBASH: TURNED["atbash"]}

_LONE, _GAP = "[A-Za-z0-9]", "[^A-Za-z0-9]{1,4}"
_APART = r"[\t-\r ,:;-]"
_NUMBER = f"(?:0x)?[0-9A-Fa-f]{{2,3}}{_APART}{{1,2}}"

_SIGNED = {
    LEET: "[A-Za-z][013456789$!]{1,4}[A-Za-z]",
    PARTED: r"[A-Za-z](?:[*~`]{1,3}[A-Za-z]|<[!/A-Za-z])|[\"']\s{0,3}\+\s{0,3}[\"']",
    MORSE: "[.-](?: {0,3}[/|]? ?[.-]){4}",
    PERCENTS: "%[0-9A-Fa-f]{2}",
    ENTITIES: "&[#A-Za-z]",
    ESCAPES: r"\\[uxU0-3]",
}
"""What a disguise looks like."""

_COMMON = {
    SPACED: f"(?<!{_LONE}){_LONE}{_GAP}{_LONE}{_GAP}{_LONE}(?!{_LONE})",
    RUNS: TELLING,
    GROUPS: f"{_NUMBER}{_NUMBER}{_NUMBER}|[01]{{8}}{_APART}{{1,2}}[01]{{8}}",
}
"""What it looks like, and many honest texts do too: those are looked at again."""

_AGAIN = _COMMON | {RUNS: "[A-Za-z0-9+/_-]{16}"}

_SPOKEN = {
    mark: f"(?i)(?<![A-Za-z0-9])(?:{b'|'.join(sorted(some)).decode()})(?![A-Za-z0-9])"
    for mark, some in _TURNED.items()
}
_CONTROLS = "[\\x00-\\x08\\x0e-\\x1f\\x7f]"


_BEYOND = {
    UNSEEN: re.compile(f"[{NOT_SHOWN}]"),
    ODD_LETTERS: re.compile(f"[^{NOT_SHOWN}{PILED}{HONEST}{ACCENTED}]"),
    PILES: re.compile(f"[{PILED}]"),
}
_ODD = re.compile(f"[^{HONEST}{ACCENTED}]")
_ACCENT = re.compile(f"[{ACCENTED}]")
_ACCENTS = re.compile(f"[{ACCENTED}](?:[^\\W{ACCENTED}]*[{ACCENTED}]){{2}}")
_ASCII = bytes(range(128))


def beyond(text: str) -> list[int]:
    """The disguises that *text* could wear in characters beyond ASCII."""
    if text.isascii():
        return []
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    letters = rest.decode("utf-8", "surrogatepass")
    odd = _ODD.search(letters)
    found = [mark for mark, some in _BEYOND.items() if some.search(letters)] if odd else []
    if ODD_LETTERS not in found and _ACCENT.search(letters) and _ACCENTS.search(text):
        found.append(ODD_LETTERS)
    return found


def marks(text: str) -> Collection[int]:
    """The disguises that *text* could wear."""
    return _look()(text)


@functools.cache
def _look() -> Callable[[str], Collection[int]]:
    try:
        from ..scan.multi import Multi  # noqa: PLC0415  # it is an extra
    except ImportError:
        return by_shape

    def scan(patterns: dict[int, str]) -> Callable[[str], list[int]]:
        known = list(patterns)
        many = Multi([(each, 0) for each in patterns.values()], together=len(patterns))
        return lambda text: [known[number] for number in many.could_match(text)]

    common = "|".join(f"(?:{pattern})" for pattern in _COMMON.values())
    first = scan({UNSEEN: _CONTROLS, **_SPOKEN, **_SIGNED, _SOME: common})
    second = scan(_AGAIN)

    def look(text: str) -> list[int]:
        plain = text if text.isascii() else text.encode("ascii", "replace").decode("ascii")
        found = first(plain)
        if _SOME in found:
            found.remove(_SOME)
            found += second(plain)
        return found if plain is text else [*found, *beyond(text)]

    return look


def _sorts(**sorts: str) -> bytes:
    """A table that writes each character of ASCII as its sort, and the others as a space."""
    table = bytearray(b" " * 256)
    for sort, members in sorts.items():
        for member in members:
            table[ord(member)] = ord(sort)
    return bytes(table)


_LETTERS = string.ascii_letters
_ALNUM = _LETTERS + string.digits

_SINGLE = _sorts(a=_ALNUM)
_MIXED = _sorts(a=_LETTERS, d="013456789$!", m="*~`", t="<", p="+")
_CODE = _sorts(c=_ALNUM + "+/_-")
_NUMBERS = _sorts(h=string.hexdigits + string.whitespace + "xX,:;-")
_SIGNS = _sorts(s=".-/| ")

_PLAIN_BYTES = bytes(code for code in range(127) if chr(code) in "\t\n\v\f\r" or code > 31)
_SIGNLESS = bytes(
    code for code in range(256) if not (chr(code) in string.digits or chr(code) in "$!*~`<+%&\\")
)
_SHAPES = (
    (_SINGLE, SPACED, [b" a" + b" " * gap + b"a " for gap in range(1, 5)]),
    (_CODE, RUNS, [b"c" * 16]),
    (_SIGNS, MORSE, [b"s" * 9]),
)
_SHAPES_OF_SIGNS = (
    (_MIXED, LEET, [b"a" + b"d" * many + b"a" for many in range(1, 5)]),
    (_MIXED, PARTED, [b"ama", b"amma", b"ammma", b"at", b"p"]),
    (_NUMBERS, GROUPS, [b"h" * 17]),
)
_ALL_TURNED = frozenset().union(*_TURNED.values())
_BYTES = {mark: re.compile(_SIGNED[mark].encode()) for mark in (PERCENTS, ENTITIES, ESCAPES)}


def by_shape(text: str) -> set[int]:
    """`marks`, with what Python has."""
    data = text.encode("ascii", "replace")
    found = set(beyond(text))
    if data.translate(None, _PLAIN_BYTES):
        found.add(UNSEEN)
    signs = data.translate(None, _SIGNLESS)
    for table, mark, shapes in _SHAPES + _SHAPES_OF_SIGNS if signs else _SHAPES:
        written = b" " + data.translate(table) + b" "
        if any(map(written.__contains__, shapes)):
            found.add(mark)
    if signs:
        found.update(mark for mark, expression in _BYTES.items() if expression.search(data))
    if not _ALL_TURNED.isdisjoint(spoken := words(text)):
        found.update(mark for mark, some in _TURNED.items() if not some.isdisjoint(spoken))
    return found
