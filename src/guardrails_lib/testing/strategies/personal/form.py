"""What one kind of personal data is like, and how such values are made."""

from __future__ import annotations

import math
import string
from collections.abc import Callable
from typing import NamedTuple

from ...hypotheses import st

__all__ = ["Form", "as_written", "checked", "cut", "made", "one_of"]

Texts = st.SearchStrategy[str]


class Form(NamedTuple):
    """One kind of personal data, as one country has it."""

    entity: str
    """What Presidio calls it."""
    country: str
    """Presidio's code of it; empty where it is of none."""
    valid: Texts
    alike: Texts
    """What looks like one and is none."""
    words: tuple[str, ...]
    """What people call it when they write one."""


_ALPHABETS = {"#": string.digits, "@": string.ascii_uppercase, "~": string.hexdigits[:16]}


def made(picture: str, **alphabets: str) -> Texts:
    """Values like *picture*: a digit for each ``#``, a capital letter for each ``@``.

    ``~`` is a hexadecimal digit. *alphabets* say what a letter of the picture stands for; what
    stands for nothing is itself. The simplest value has the first of each alphabet.
    """
    choices = [alphabets.get(each) or _ALPHABETS.get(each, each) for each in picture]

    def value(number: int) -> str:
        letters = []
        for choice in reversed(choices):
            number, at = divmod(number, len(choice))
            letters.append(choice[at])
        return "".join(reversed(letters))

    return st.integers(0, math.prod(map(len, choices)) - 1).map(value)


def one_of(*some: Texts | str) -> Texts:
    """One of *some*: texts stand for themselves; the first is the simplest."""
    return st.one_of(*(st.just(each) if isinstance(each, str) else each for each in some))


def as_written(values: Texts, *pictures: str) -> Texts:
    """*values* as one of the *pictures* parts them, which have a ``#`` for each character."""

    def filled(value: str, picture: str) -> str:
        letters = iter(value)
        return "".join(next(letters) if each == "#" else each for each in picture)

    return st.builds(filled, values, st.sampled_from(pictures))


def checked(
    bodies: Texts, check: Callable[[str], str | None], among: str = string.digits
) -> tuple[Texts, Texts]:
    """*bodies* with the right check digit, and with a wrong one of those *among*."""
    able = bodies.filter(lambda body: check(body) is not None)

    def wrong(body: str, off: int) -> str:
        right = check(body) or ""
        return body + among[(among.index(right) + off) % len(among)]

    valid = able.map(lambda body: body + (check(body) or ""))
    return valid, st.builds(wrong, able, st.integers(1, len(among) - 1))


def cut(values: Texts) -> Texts:
    """*values* without their last character."""
    return values.map(lambda value: value[:-1])
