"""What people are known by in Australia, Nigeria and South Africa."""

from __future__ import annotations

from functools import partial

from ...hypotheses import st
from .check_digits import complement, luhn, verhoeff, weighted
from .form import Form, Texts, as_written, checked, made, one_of

__all__ = ["FORMS"]

_OF_ABNS = (3, 5, 7, 9, 11, 13, 15, 17, 19)


def _of_a_taxpayer(body: str) -> str | None:
    digit = weighted(body, (1, 4, 3, 7, 5, 8, 6, 9)) % 11
    return str(digit) if digit < 10 else None


def _abn(digits: str, off: int) -> str:
    """An Australian business number: its first two digits check the others."""
    first = (off - weighted(digits, _OF_ABNS)) % 89
    return f"{first + 10}{digits}"


_ABNS = made("#########").map(lambda digits: _abn(digits, 0))
_NO_ABNS = st.builds(_abn, made("#########"), st.integers(1, 88))
_COMPANIES, _NO_COMPANIES = checked(made("########"), partial(complement, weights=range(8, 0, -1)))
_TAXPAYERS, _NO_TAXPAYERS = checked(made("N#######", N="123456789"), _of_a_taxpayer)
_PATIENTS, _NO_PATIENTS = (
    each.map(lambda digits: f"{digits}1")
    for each in checked(made("2#######"), lambda body: str(weighted(body, (1, 3, 7, 9)) % 10))
)
_NIGERIANS, _NO_NIGERIANS = checked(made("N#########", N="123456789"), verhoeff)
_CITIZENS, _NO_CITIZENS = checked(made("9#0M1M####08", M="123456789"), luhn)
_TAXED, _NO_TAXED = checked(made("9########"), luhn)

_ELEVEN = ("## ### ### ###", "###########")
_NINE = ("### ### ###", "#########")
_CARD = ("#### ##### #", "##########")


def _form(entity: str, valid: Texts, alike: Texts, *words: str) -> Form:
    return Form(entity, entity[:2].lower(), valid, alike, words)


FORMS = (
    _form("AU_ABN", as_written(_ABNS, *_ELEVEN), as_written(_NO_ABNS, *_ELEVEN), "ABN"),
    _form("AU_ACN", as_written(_COMPANIES, *_NINE), as_written(_NO_COMPANIES, *_NINE), "ACN"),
    _form(
        "AU_TFN",
        as_written(_TAXPAYERS, *_NINE),
        as_written(_NO_TAXPAYERS, *_NINE),
        "tax file number",
        "TFN",
    ),
    _form(
        "AU_MEDICARE", as_written(_PATIENTS, *_CARD), as_written(_NO_PATIENTS, *_CARD), "Medicare"
    ),
    _form("NG_NIN", _NIGERIANS, _NO_NIGERIANS, "NIN", "national identification number"),
    _form(
        "NG_VEHICLE_REGISTRATION",
        one_of(made("ABC-###DE"), made("KJA ###AA"), made("LSR###AB")),
        made("ABC-###D"),
        "plate number",
    ),
    _form("ZA_ID_NUMBER", _CITIZENS, _NO_CITIZENS, "ID number", "identity number"),
    _form("ZA_INCOME_TAX_NUMBER", _TAXED, _NO_TAXED, "tax reference", "income tax"),
    _form("ZA_VAT_NUMBER", made("4#########"), made("5#########"), "VAT number"),
    _form(
        "ZA_COMPANY_REGISTRATION",
        one_of(made("201#/######/07"), made("CK199#/######")),
        one_of(made("2999/######/07"), made("201#/#####/07")),
        "company registration",
    ),
    _form("ZA_PASSPORT", made("A########"), made("B########"), "passport"),
    _form(
        "ZA_DRIVER_LICENSE", made("60######A@@"), made("60###"), "driving licence", "licence number"
    ),
    _form(
        "ZA_TRAFFIC_REGISTER_NUMBER",
        made("##2######0199"),  # no month begins with a 2: it is never the number of a citizen
        made("########"),
        "traffic register",
    ),
    _form(
        "ZA_LICENSE_PLATE",
        one_of(made("AA 1# AA GP"), made("BB1#BBGP"), made("CA1##GP")),
        made("AA 1# AA XX"),
        "licence plate",
    ),
    _form(
        "ZA_MOBILE_NUMBER",
        one_of(made("082 ### ####"), made("+27 82 ### ####")),
        made("082 ###"),
        "mobile",
        "cell",
    ),
    _form(
        "ZA_TELEPHONE_NUMBER",
        one_of(made("011 ### ####"), made("+27 11 ### ####")),
        made("011 ###"),
        "telephone",
    ),
)
