"""Patterns and texts that hypothesis makes up, rich in what `scan.many` looks at."""

from __future__ import annotations

import functools

import regex
from hypothesis import strategies as st

__all__ = ["FLAGS", "PATTERNS", "TEXTS", "spans", "valid"]

FLAGS = st.sampled_from([0, 26, 26])
"""None, or those of Presidio."""

_ATOMS = st.sampled_from(
    [
        *(
            "1",
            "7",
            "a",
            "k",
            "s",
            "i",
            "\u00e9",
            "\u00b2",
            "\u0663",
            "\u017f",
            "\u212a",
            " ",
            "-",
            "@",
            ":",
            "/",
            "_",
        ),
        *(
            r"\d",
            r"\d",
            r"\d",
            "[0-9]",
            "[1-9]",
            "[a-z]",
            "[A-Z0-9]",
            "[kK]",
            "[a-f0-9]",
            r"\w",
        ),
        *(r"\s", "[- ]", "[ .-]", "[:-]", r"[\d-]", r"\.", r"\n", ".", "[^0]", r"[^\d]", r"[^\s]"),
        *(r"\W", r"\D", r"\S", "[^a]"),
    ]
)
_TIMES = st.sampled_from(
    [*[""] * 9, *("?", "+", "*", "{2}", "{3}", "{1,3}", "{0,2}", "{4,8}", "+?", "{2,}", "??")]
)
_BESIDE = st.sampled_from(
    [
        *("", "", "", "", r"\b", r"\b", "^", "$", r"\B", r"\A", r"\Z", r"(?<!\d)", r"(?!\d)"),
        *(r"(?<=\W)", r"(?=\W)", r"(?=[ -]\d)", r"(?=\d)", r"(?<![\w.])", "(?!-)", r"(?=.*\d)"),
        *("(?=.*[a-z])", "(?=.*?[0-9]{2})", r"(?=\w*\d)", "(?<=a )", "(?!00)", r"(?!\n$)"),
    ]
)


@functools.cache
def _ways(depth: int) -> st.SearchStrategy[str]:
    atoms = [_ATOMS, _ATOMS, _ATOMS, _ATOMS]
    if depth:
        atoms += [st.builds(form.format, _ways(depth - 1)) for form in ("({})", "(?:{})", "(?>{})")]
    items = st.builds("{}{}".format, st.one_of(atoms), _TIMES) | st.just(r"\1")
    rows = st.builds(
        "{}{}{}".format, _BESIDE, st.lists(items, min_size=1, max_size=4).map("".join), _BESIDE
    )
    return st.lists(rows, min_size=1, max_size=3).map("|".join)


_WORDS = st.lists(st.text("ab1-. @\u00e9", min_size=1, max_size=5), min_size=1, max_size=3)
_DENIED = _WORDS.map(
    lambda words: rf"(?:^|(?<=\W))({'|'.join(map(regex.escape, words))})(?:(?=\W)|$)"
)
_FAR = st.builds(
    r"\b((?=.*?[a-zA-Z])(?=.*?[0-9]{{2}})[{}]{})\b".format,
    st.sampled_from([r"\w@", r"\w-", "a-z0-9 ", r"\w"]),
    st.sampled_from(["{4}", "+", "{2,5}", "*"]),
)


def valid(source: str) -> bool:
    """Whether `regex` can read *source*."""
    try:
        regex.compile(source, cache_pattern=False)
    except regex.error:
        return False
    return True


PATTERNS = st.one_of(_ways(2), _ways(2), _ways(1), _ways(0), _DENIED, _FAR).map(
    lambda source: source if valid(source) else r"a\d|b"  # some runs would be of few others
)

_ALPHABETS = (
    *("0123456789 -.", "0123456789 -.:/@ak_", "01 a", "aksi1 @.-\n", "1 \n", "7 7-a", "a1"),
    *(
        "01\u0663\u00b2a\u017f\u212a\u0131\u0130\u00e9\u0301\u00a0\ud800 -.?",
        "a1-@. \t\x1c\x85?\x00",
    ),
)
_SHORT = st.one_of([st.text(alphabet, max_size=14) for alphabet in _ALPHABETS])
_LONG = st.builds(
    lambda begin, run, times, end: begin + run * times + end,
    _SHORT,
    st.sampled_from(["1", "a", "1-", "1 ", " ", "\u0663", "lorem ipsum "]),
    st.integers(2, 90),
    _SHORT,
)
TEXTS = st.one_of(_SHORT, _SHORT, _SHORT, _LONG)


def spans(source: str, flags: int, text: str) -> list[tuple[int, int]]:
    """What `regex` finds, with nothing clever in between; it may take too long."""
    compiled = regex.compile(source, flags, cache_pattern=False)
    found = compiled.finditer(text, timeout=0.2)
    return [match.span() for match in found if match.end() > match.start()]
