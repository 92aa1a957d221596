r"""The regular expressions of JSON Schema: ECMA-262 with the `u` flag, run by `regex`.

>>> ecma(r"^\d+$").search("12") is not None
True
>>> [bool(ecma(r"^\d+$").search(text)) for text in ("12\n", "\u0661")]
[False, False]

What ECMA-262 forbids with that flag and people write all the same is read as people mean it:
``\-``, a lone ``{`` or ``]``, and a ``-`` beside a class in a class. ``\A``, ``\Z``, ``(?i)``
and the like are Python's and not known.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ...scan.expression import expression

__all__ = ["ecma", "is_plain"]

_LONGEST = 5_000
"""How many characters a pattern may have."""

_SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_CLASSES = {
    "d": "[0-9]",
    "D": "[^0-9]",
    "w": "[A-Za-z0-9_]",
    "W": "[^A-Za-z0-9_]",
    "s": f"[{_SPACE}]",
    "S": f"[^{_SPACE}]",
}
_BOUNDARIES = {
    "b": "(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))",
    "B": "(?:(?<=[A-Za-z0-9_])(?=[A-Za-z0-9_])|(?<![A-Za-z0-9_])(?![A-Za-z0-9_]))",
}
_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
_ANY = r"[^\n\r\u2028\u2029]"

_QUANTIFIER = re.compile(r"(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??")
_GROUP = re.compile(r"\((?:\?(?::|=|!|<=|<!|<([A-Za-z_$][\w$]*)>|[ims]*(?:-[ims]+)?:))?")
_ESCAPE = re.compile(
    r"""\\(?:
      (?P<pair>u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})
    | u\{0*(?P<point>[0-9a-fA-F]{1,6})\}
    | u(?P<four>[0-9a-fA-F]{4})
    | x(?P<two>[0-9a-fA-F]{2})
    | c(?P<control>[A-Za-z])
    | (?P<property>[pP]\{[A-Za-z0-9_=]+\})
    | k<(?P<name>[A-Za-z_$][\w$]*)>
    | (?P<number>[1-9][0-9]{0,2})
    | (?P<nul>0)(?![0-9])
    | (?P<letter>[dDwWsSbBtnvfr])
    | (?P<itself>[^A-Za-z0-9])
    )""",
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=1024)
def ecma(pattern: str) -> Any:
    """*pattern*, compiled by `regex`; `ValueError` if it is none."""
    if len(pattern) > _LONGEST:
        raise ValueError(f"it has more than {_LONGEST:,} characters")
    translated = _translated(pattern)
    try:
        return expression(f"(?V1){translated}")
    except (RecursionError, OverflowError):
        raise ValueError("it is too large") from None
    except ValueError as problem:  # which quotes what was translated, and places in that
        reason = str(problem).rpartition(": ")[2].partition(" at position")[0]
        raise ValueError(reason) from None


def _translated(pattern: str) -> str:
    written = []
    at = 0
    repeatable = False
    while at < len(pattern):
        char = pattern[at]
        if quantifier := _QUANTIFIER.match(pattern, at):
            if not repeatable:
                raise ValueError(f"there is nothing to repeat at {at}")
            written.append(quantifier[0])
            at, repeatable = quantifier.end(), False
            continue
        if char == "[":
            piece, at = _class(pattern, at)
        elif char == "\\":
            piece, at = _escaped(pattern, at)
        elif char == "(":
            piece, at = _opened(pattern, at)
        else:
            piece, at = {"^": "^", "$": r"\Z", ".": _ANY}.get(char) or _outside(char), at + 1
        written.append(piece)
        repeatable = char not in "(^|$" and piece not in _BOUNDARIES.values()
    return "".join(written)


def _outside(char: str) -> str:
    return char if char in "|)" else _literal(char)


def _opened(pattern: str, at: int) -> tuple[str, int]:
    group = _GROUP.match(pattern, at)
    if group is None or pattern.startswith("?", group.end()):
        raise ValueError(f"there is no such group at {at}")
    return f"(?P<{group[1]}>" if group[1] else group[0], group.end()


def _escape(pattern: str, at: int) -> re.Match[str]:
    found = _ESCAPE.match(pattern, at)
    if found is None:
        raise ValueError(f"there is no such escape at {at}")
    return found


def _escaped(pattern: str, at: int) -> tuple[str, int]:
    found = _escape(pattern, at)
    letter = found["letter"]
    if number := found["number"]:  # what has not matched yet is empty there, and fails in `regex`
        return f"(?({number})\\{number})", found.end()
    if name := found["name"]:
        return f"(?({name})(?P={name}))", found.end()
    if letter and letter in _BOUNDARIES:
        return _BOUNDARIES[letter], found.end()
    if kind := _kind(found):
        return kind, found.end()
    return _literal(_character(found)), found.end()


def _kind(found: re.Match[str]) -> str | None:
    """The class that an escape stands for, if it stands for one."""
    if found["property"]:
        return found[0]
    return _CLASSES.get(found["letter"] or "")


def _character(found: re.Match[str]) -> str:
    if pair := found["pair"]:
        return chr(0x10000 + ((int(pair[1:5], 16) & 0x3FF) << 10) + (int(pair[7:], 16) & 0x3FF))
    if digits := found["point"] or found["four"] or found["two"]:
        return chr(int(digits, 16))  # a ValueError beyond the last character
    if control := found["control"]:
        return chr(ord(control) % 32)
    if letter := found["letter"]:
        return {**_CONTROLS, "b": "\b"}.get(letter) or _no_such(found)
    return "\0" if found["nul"] else found["itself"] or _no_such(found)


def _no_such(found: re.Match[str]) -> str:
    raise ValueError(f"there is no such escape at {found.start()}")


def _class(pattern: str, at: int) -> tuple[str, int]:
    """The class that begins at *at*, and where it ends."""
    negated = pattern.startswith("[^", at)
    at += 2 if negated else 1
    members: list[str] = []
    while not pattern.startswith("]", at):
        member, is_one, at = _member(pattern, at)
        if is_one and pattern.startswith("-", at) and pattern[at + 1 : at + 2] not in {"]", ""}:
            last, last_is_one, after = _member(pattern, at + 1)
            if last_is_one:
                if ord(member) > ord(last):
                    raise ValueError(f"the range at {at} is out of order")
                members.append(f"{_literal(member)}-{_literal(last)}")
                at = after
                continue
        members.append(_literal(member) if is_one else member)
    if not members:
        return "(?s:.)" if negated else "(?!)", at + 1
    return f"[{'^' if negated else ''}{''.join(members)}]", at + 1


def _member(pattern: str, at: int) -> tuple[str, bool, int]:
    """What stands at *at* in a class, whether it is one character, and where it ends."""
    if at >= len(pattern):
        raise ValueError("a class has no end")
    if pattern[at] != "\\":
        return pattern[at], True, at + 1
    found = _escape(pattern, at)
    if kind := _kind(found):
        return kind, False, found.end()
    return _character(found), True, found.end()


def _literal(char: str) -> str:
    if char.isalnum():
        return char
    return f"\\{char}" if " " < char < "\x7f" else f"\\U{ord(char):08x}"


_PLAIN = re.compile(
    r"""(?:
      \^ | \$ | \| | \((?:\?:)? | \)(?:Q)? | [A-Za-z0-9 _\-/:@,;=!"'#%&<>~`] (?:Q)?
    | \\[dDwWsS^$\\.*+?()\[\]{}|/\-] (?:Q)?
    | \[\^?(?:[A-Za-z0-9 _/:@,;=!"'#%<>`.*+?(){}|$]
             | -(?!-) | &(?!&) | ~(?!~)
             | \\[dDwWsS^$\\.*+?()\[\]{}|/\-](?!-(?!\]))
           )+\] (?:Q)?
    )*""".replace("Q", r"(?:[*+?]|\{[0-9]{1,2}(?:,(?:[0-9]{1,2})?)?\})\??"),
    re.VERBOSE,
)


def is_plain(pattern: str) -> bool:
    """Whether every engine reads *pattern* alike, in linear time."""
    return len(pattern) < 500 and _PLAIN.fullmatch(pattern) is not None
