"""Personal data where people write it: in chats, mails, forms, tables, logs and code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from ..hypotheses import st
from .gold import Gold, Value, assembled
from .personal.form import Form
from .personal.forms import forms_of

__all__ = ["FOUND_BY_PII", "texts_with_pii"]


class _Field(NamedTuple):
    """One value, and what it is called."""

    word: str
    value: Value


Fields: TypeAlias = Sequence[_Field]
Pieces: TypeAlias = Iterator[str | Value]
Layout: TypeAlias = Callable[[Fields], Pieces]


def _chat(fields: Fields) -> Pieces:
    yield "Hi, "
    for n, (word, value) in enumerate(fields):
        yield from ((" and my " if n else "my ") + f"{word} is ", value)
    yield " - can you check?"


def _notes(fields: Fields) -> Pieces:
    for word, value in fields:
        yield from (f"The customer gave a {word} of ", value, ". ")
    yield "Please follow up."


def _mail(fields: Fields) -> Pieces:
    yield "Dear team,\n\nas you asked:\n"
    for word, value in fields:
        yield from (f"- {word} ", value, "\n")
    yield "\nKind regards"


def _form(fields: Fields) -> Pieces:
    for word, value in fields:
        yield from (f"{word[0].upper()}{word[1:]}: ", value, "\n")


def _question_and_answer(fields: Fields) -> Pieces:
    for word, value in fields:
        yield from (f"Agent: What is your {word}?\nCustomer: ", value, "\n")


def _table(fields: Fields) -> Pieces:
    yield ",".join(word for word, _ in fields) + "\n"
    for n, (_, value) in enumerate(fields):
        quote = '"' * ("," in value.text)
        yield from ("," * bool(n) + quote, value, quote)
    yield "\n"


def _markdown(fields: Fields) -> Pieces:
    yield "| Field | Value |\n|---|---|\n"
    for word, value in fields:
        yield from (f"| {word} | ", value, " |\n")


def _json(fields: Fields) -> Pieces:
    for n, (word, value) in enumerate(fields):
        name = json.dumps(word, ensure_ascii=False)
        yield from ((", " if n else "[") + f'{{{name}: "', value, '"}')
    yield "]"


def _log(fields: Fields) -> Pieces:
    yield "INFO checkout saved customer"
    for word, value in fields:
        yield from (f' {_name(word)}="', value, '"')
    yield " ok\n"


def _code(fields: Fields) -> Pieces:
    yield "customer = load()\n"
    for word, value in fields:
        yield from (f'customer["{_name(word)}"] = "', value, '"\n')


def _query(fields: Fields) -> Pieces:
    for word, value in fields:
        yield from (f"SET @{_name(word)} = '", value, "';\n")


def _name(word: str) -> str:
    return word.lower().replace(" ", "_").replace("-", "_").replace("'", "")


_LAYOUTS: tuple[Layout, ...] = (
    *(_chat, _notes, _mail, _form, _question_and_answer, _table, _markdown),
    *(_json, _log, _code, _query),
)


_ANY_LAYOUT = st.sampled_from(_LAYOUTS)


@st.composite
def _documents(
    draw: st.DrawFn,
    some: st.SearchStrategy[list[tuple[Form, str]]],
    around: st.SearchStrategy[str] | None,
) -> Gold:
    called = draw(some)
    fields = [_Field(word, Value(draw(form.valid), form.entity)) for form, word in called]
    pieces = draw(_ANY_LAYOUT)(fields)
    if around is None:
        return assembled(pieces)
    before, after = draw(around), draw(around)
    return assembled([before + "\n" * bool(before), *pieces, "\n" * bool(after) + after])


def texts_with_pii(
    entities: Iterable[str] | None = None,
    *,
    locale: str | None = None,
    around: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[Gold]:
    """Texts with one to four pieces of personal data in them, and where those are.

    >>> from hypothesis import find
    >>> gold = find(texts_with_pii(["US_SSN"]), lambda gold: True)
    >>> gold.text, gold.values
    ('Hi, my SSN is 900-01-0001 - can you check?', ('900-01-0001',))

    They are chats, notes, mails, forms, tables, JSON, log lines and code, with the word for
    each piece beside it. *entities* and *locale* choose as they do in `pii_values`. Texts of
    *around* come before and after. But for them nothing in a text has a digit, so that what
    else is found there was not planted. `FOUND_BY_PII` lists the entities of which `pii()`
    finds each that is planted.
    """
    called = [(form, word) for form in forms_of(entities, locale) for word in form.words]
    return _documents(st.lists(st.sampled_from(called), min_size=1, max_size=4), around)


FOUND_BY_PII = (
    *("CREDIT_CARD", "CRYPTO", "EMAIL_ADDRESS", "IBAN_CODE", "IP_ADDRESS", "MAC_ADDRESS"),
    *("MEDICAL_LICENSE", "PHONE_NUMBER", "UK_NHS", "URL", "US_BANK_NUMBER"),
    *("US_DRIVER_LICENSE", "US_ITIN", "US_PASSPORT", "US_SSN", "UUID"),
)
"""What `pii()`, without parameters, finds each of in such texts, if they are of no *locale*.

Of the usual ones it leaves out days whose month is a word, `DATE_TIME`; and names, of which `pii()`
finds most and not all.
"""
