r"""The regular expressions of JSON Schema as Python's own, which hypothesis makes texts of.

What is made is held against the pattern itself afterwards, so some of it may be less here: of
the letters that ``\p{L}`` has, those of a few alphabets.
"""

from __future__ import annotations

import re

from ...hypotheses import InvalidArgument, st

__all__ = ["like"]


def like(pattern: str, least: int) -> st.SearchStrategy[str] | None:
    """Texts in which all is what *pattern* wants, of *least* characters where it repeats one.

    None if Python cannot read it.
    """
    try:
        expression = re.compile(_lengthened(_in_python(pattern), least), re.ASCII)
    except (re.error, ValueError, OverflowError):
        return None
    for alphabet in (_READABLE, None):
        made = st.from_regex(expression, fullmatch=True, alphabet=alphabet)
        try:
            made.validate()
        except InvalidArgument:  # it wants a character that is not among them
            continue
        return made
    return None


_READABLE = "".join(filter(str.isprintable, map(chr, range(0x250))))
"""Letters with accents are the last."""


_LAST = re.compile(r"(?<!\\)(?:([*+])|\{([0-9]+),([0-9]*)\})(?=\)?(?:\\Z)?\Z)")


def _lengthened(pattern: str, least: int) -> str:
    """*pattern*, whose last part repeats about *least* times if it may."""

    def longer(found: re.Match[str]) -> str:
        few = int(found[2] or found[1] == "+")
        most = found[3] or ""
        few = max(few, least - _REST)
        return found[0] if most and few > int(most) else f"{{{few},{most}}}"

    return _LAST.sub(longer, pattern) if least > _REST else pattern


_REST = 3
"""How many characters what is beside the last part may have."""

_PIECE = re.compile(
    r"""
      \\u[dD](?P<high>[89abAB][0-9a-fA-F]{2})\\u[dD](?P<low>[c-fC-F][0-9a-fA-F]{2})
    | \\(?:u\{(?P<point>[0-9a-fA-F]+)\}|u(?P<four>[0-9a-fA-F]{4})|x(?P<two>[0-9a-fA-F]{2}))
    | \\c(?P<control>[A-Za-z])
    | \\(?P<sign>[pP])\{(?P<property>[A-Za-z0-9_=]+)\}
    | \\k<(?P<back>\w+)>
    | \(\?<(?P<name>[A-Za-z_]\w*)>
    | \\(?P<nul>0)(?![0-9])
    | (?P<empty>\[\](?!\])) | (?P<any>\[\^\])
    | \\(?P<escaped>[^A-Za-z0-9])
    | (?P<kept>\\.|\((?:\?(?:<[=!]|[^<]))?)
    | (?P<one>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def _in_python(pattern: str) -> str:
    written: list[str] = []
    is_in_class = False
    for piece in _PIECE.finditer(pattern):
        if not is_in_class and piece["one"] == "[":
            is_in_class = True
            written.append("[")
        elif is_in_class and piece["one"] == "]":
            is_in_class = False
            written.append("]")
        else:
            written.append(_written(piece, is_in_class))
    return "".join(written)


def _written(piece: re.Match[str], is_in_class: bool) -> str:
    if piece["one"]:
        return _single(piece["one"], is_in_class, piece.start() and piece.string[piece.start() - 1])
    if piece["kept"] is not None:
        return (
            re.escape(piece["kept"]) if is_in_class and piece["kept"][0] == "(" else piece["kept"]
        )
    if piece["property"]:
        chars = _chars(piece["property"], is_other=piece["sign"] == "P")
        return chars if is_in_class else f"[{chars}]"
    if piece["empty"] or piece["any"]:
        return re.escape(piece[0]) if is_in_class else "(?!)" if piece["empty"] else r"[\s\S]"
    if piece["name"]:
        return re.escape(piece[0]) if is_in_class else f"(?P<{piece['name']}>"
    if piece["back"]:
        return f"(?P={piece['back']})"
    return re.escape(_character(piece))


def _single(char: str, is_in_class: bool, before: str | int) -> str:
    if is_in_class:
        is_negation = char == "^" and before == "["
        return char if char == "-" or is_negation or char.isalnum() else re.escape(char)
    return {"$": r"\Z", ".": "[ -~\u00c0-\u00ff]"}.get(char, char)


def _character(piece: re.Match[str]) -> str:
    if piece["high"]:
        high, low = (int(f"d{piece[name]}", 16) for name in ("high", "low"))
        return chr(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF))
    if digits := piece["point"] or piece["four"] or piece["two"]:
        return chr(int(digits, 16))
    if piece["control"]:
        return chr(ord(piece["control"]) % 32)
    return "\0" if piece["nul"] else piece["escaped"]


def _chars(name: str, *, is_other: bool) -> str:
    """Some of the characters that have a property, or have it not."""
    short = name.rpartition("=")[2]
    if is_other:
        return "a-z" if short[0] in "NPSZ" else "0-9"
    return _HAVING.get(short, "A-Za-z")


_HAVING = {
    "L": "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f",
    "Lu": "A-Z",
    "Uppercase": "A-Z",
    "Ll": "a-z",
    "Lowercase": "a-z",
    **dict.fromkeys(("N", "Nd", "Number", "Decimal_Number", "digit"), "0-9"),
    **dict.fromkeys(("P", "Po", "Punctuation", "punct"), "!-#%"),
    **dict.fromkeys(("S", "Symbol"), "$+<=>"),
    **dict.fromkeys(("Z", "Zs", "Separator"), " "),
    **dict.fromkeys(("Cyrillic", "Cyrl"), "\u0430-\u044f"),
    **dict.fromkeys(("Greek", "Grek"), "\u03b1-\u03c9"),
    **dict.fromkeys(("Han", "Hani"), "\u4e00-\u4e2d"),
}
