"""What people are known by in the rest of Europe, and in Turkey."""

from __future__ import annotations

from datetime import date
from functools import partial
from string import ascii_uppercase, digits

from ...hypotheses import st
from .check_digits import complement, luhn, weighted
from .form import Form, Texts, as_written, checked, made, one_of

__all__ = ["FORMS"]

_SPANISH = "".join(("TRWAGMYFPDX", "BNJZSQVHLCKE"))
_FINNISH = digits + "".join(each for each in ascii_uppercase if each not in "GIOQZ")
_TURKISH = "".join(each for each in ascii_uppercase if each not in "AQWX")
_CAPITALS = ascii_uppercase
_AT_ODD_PLACES = dict(
    zip(
        digits + ascii_uppercase,
        (
            *(1, 0, 5, 7, 9, 13, 15, 17, 19, 21),
            *(1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16),
            *(10, 22, 25, 24, 23),
        ),
        strict=True,
    )
)


def _of_a_nif(digits: str) -> str:
    return _SPANISH[int(digits) % 23]


def _of_a_nie(body: str) -> str:
    return _SPANISH[int(f"{'XYZ'.index(body[0])}{body[1:]}") % 23]


def _of_a_hetu(body: str) -> str:
    return _FINNISH[int(body[:6] + body[7:]) % 31]


def _of_an_italian(body: str) -> str:
    """The letter that the others add up to.

    >>> _of_an_italian("RSSMRA85T10A562")
    'S'
    """
    odd = sum(_AT_ODD_PLACES[each] for each in body[::2])
    even = sum(int(each) if each.isdigit() else int(each, 36) - 10 for each in body[1::2])
    return _CAPITALS[(odd + even) % 26]


def _tenth_of_a_turk(body: str) -> str:
    return f"{body}{-weighted(body, (3, 1)) % 10}"


def _of_a_turk(body: str) -> str:
    return str(sum(map(int, body)) % 10)


def _of_a_dutchman(body: str) -> str | None:
    """The test of eleven.

    >>> _of_a_dutchman("11122233")
    '3'
    """
    digit = weighted(body, range(9, 1, -1)) % 11
    return str(digit) if digit < 10 else None


_DAYS = st.dates(date(1940, 1, 1), date(1999, 12, 31))

_NIFS, _NO_NIFS = checked(made("########"), _of_a_nif, _SPANISH)
_NIES, _NO_NIES = checked(made("F#######", F="XYZ"), _of_a_nie, _SPANISH)
_HETUS, _NO_HETUS = checked(
    st.builds("{:%d%m%y}-9{}".format, _DAYS, made("##")), _of_a_hetu, _FINNISH
)
"""Numbers from 900 on are for tests."""

_ITALIANS, _NO_ITALIANS = checked(
    made("SHANNA##M1#Z1##", M="ABCDEHLMPRST"), _of_an_italian, _CAPITALS
)
_VATS, _NO_VATS = checked(made("N#########", N="123456789"), luhn)
_PESELS, _NO_PESELS = checked(
    made("##4M1#####", M="123456789"), partial(complement, weights=(1, 3, 7, 9))
)
"""With forty added to the month they are born after the year 2100."""

_SWEDES, _NO_SWEDES = checked(made("9#0M1M###", M="123456789"), luhn)
_COMPANIES, _NO_COMPANIES = checked(made("55N######", N="6789"), luhn)
_TURKS, _NO_TURKS = checked(made("N########", N="123456789").map(_tenth_of_a_turk), _of_a_turk)
_DUTCH, _NO_DUTCH = checked(made("N#######", N="123456789"), _of_a_dutchman)
_OF_A_SWEDE = ("######-####", "##########", "19######-####")


def _form(entity: str, valid: Texts, alike: Texts, *words: str) -> Form:
    return Form(entity, entity[:2].lower(), valid, alike, words)


FORMS = (
    _form(
        "ES_NIF",
        as_written(_NIFS, "#########", "########-#"),
        as_written(_NO_NIFS, "#########", "########-#"),
        "DNI",
        "NIF",
    ),
    _form(
        "ES_NIE",
        as_written(_NIES, "#########", "########-#", "#-#######-#"),
        as_written(_NO_NIES, "#########", "########-#"),
        "NIE",
    ),
    _form("ES_PASSPORT", made("AA@######"), made("AA@#####"), "pasaporte"),
    _form("FI_PERSONAL_IDENTITY_CODE", _HETUS, _NO_HETUS, "henkilötunnus", "hetu"),
    _form("IT_FISCAL_CODE", _ITALIANS, _NO_ITALIANS, "codice fiscale"),
    _form("IT_VAT_CODE", _VATS, _NO_VATS, "partita IVA"),
    _form("IT_DRIVER_LICENSE", made("AA#######@"), made("AA######@"), "patente"),
    _form(
        "IT_IDENTITY_CARD",
        one_of(made("CA#####AA"), made("AA#######"), made("AA #######")),
        one_of(made("CA####AA"), made("AA ######")),
        "carta d'identità",
    ),
    _form("IT_PASSPORT", made("YA#######"), made("YA######"), "passaporto"),
    _form("NL_BSN", _DUTCH, _NO_DUTCH, "BSN", "burgerservicenummer"),
    _form("PL_PESEL", _PESELS, _NO_PESELS, "PESEL"),
    _form(
        "SE_PERSONNUMMER",
        as_written(_SWEDES, *_OF_A_SWEDE),
        as_written(_NO_SWEDES, *_OF_A_SWEDE),
        "personnummer",
    ),
    _form(
        "SE_ORGANISATIONSNUMMER",
        as_written(_COMPANIES, *_OF_A_SWEDE[:2]),
        as_written(_NO_COMPANIES, *_OF_A_SWEDE[:2]),
        "organisationsnummer",
    ),
    _form("TR_NATIONAL_ID", _TURKS, _NO_TURKS, "TC kimlik", "TCKN"),
    _form(
        "TR_LICENSE_PLATE",
        one_of(
            made("34 AT 1##", T=_TURKISH), made("06AT1##", T=_TURKISH), made("35-AT-1##", T="B")
        ),
        one_of(made("99 AB 1##"), made("34 Q@ 1##")),
        "plaka",
    ),
)
