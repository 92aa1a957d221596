"""What people are known by in India, Korea, the Philippines, Singapore and Thailand."""

from __future__ import annotations

from .check_digits import mod_36, verhoeff, weighted
from .form import Form, Texts, as_written, checked, made, one_of

__all__ = ["FORMS"]

_ALNUM = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OF_RESIDENTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CITIZENS, _FOREIGNERS = "JZIHGFEDCBA", "XWUTRQPNMLK"
_OF_UENS = (10, 4, 9, 3, 8, 2, 7, 1), (10, 8, 6, 4, 9, 7, 5, 3, 1)
_LETTERS_OF_UENS = "XMKECAWLJDB", "ZKCMDNERGWH"


def _of_a_business(body: str) -> str:
    last = int(body[8]) * 5
    return str(-(weighted(body[:8], (1, 3, 7)) + last // 10 + last) % 10)


def _of_a_resident(body: str) -> str:
    return str((11 - weighted(body, _OF_RESIDENTS) % 11) % 10)


def _of_a_guest(body: str) -> str:
    return str((13 - weighted(body, _OF_RESIDENTS) % 11) % 10)


def _of_a_filipino(body: str) -> str | None:
    digit = weighted(body, range(9, 1, -1)) % 11
    return str(digit) if digit < 10 else None


def _of_a_thai(body: str) -> str:
    return str((11 - weighted(body, range(13, 1, -1)) % 11) % 10)


def _of_a_singaporean(body: str) -> str:
    """The letter of a citizen or of a guest, later ones four further.

    >>> _of_a_singaporean("S1234567")
    'D'
    """
    later = 4 * (body[0] in "TG")
    letters = _CITIZENS if body[0] in "ST" else _FOREIGNERS
    return letters[(weighted(body[1:], (2, 7, 6, 5, 4, 3, 2)) + later) % 11]


def _of_a_company(body: str) -> str:
    of_a_year = len(body) == 9
    return _LETTERS_OF_UENS[of_a_year][weighted(body, _OF_UENS[of_a_year]) % 11]


_AADHAARS, _NO_AADHAARS = checked(
    made("N##########", N="23456789").filter(lambda body: len(set(body)) > 1), verhoeff
)
_PANS = made("AAAP@####@")
_GSTINS, _NO_GSTINS = checked(made("27AAAP@####@1Z"), mod_36, _ALNUM)
_BUSINESSES, _NO_BUSINESSES = checked(made("N########", N="123456789"), _of_a_business)
_RESIDENTS, _NO_RESIDENTS = checked(
    made("9#0M1M1R####", M="123456789", R="012345678"), _of_a_resident
)
_GUESTS, _NO_GUESTS = checked(made("9#0M1M5R####", M="123456789", R="012345678"), _of_a_guest)
_TAXPAYERS, _NO_TAXPAYERS = checked(made("N#######", N="123456789"), _of_a_filipino)
_OLD, _NO_OLD = checked(made("S#######"), _of_a_singaporean, _CITIZENS)
_NEW, _NO_NEW = checked(made("G#######"), _of_a_singaporean, _FOREIGNERS)
_FIRMS, _NO_FIRMS = checked(made("5#######"), _of_a_company, _LETTERS_OF_UENS[0])
_YOUNG, _NO_YOUNG = checked(made("201######"), _of_a_company, _LETTERS_OF_UENS[1])
_THAIS, _NO_THAIS = checked(made("910#########"), _of_a_thai)
"""No category of people has a nine."""

_TWELVE = ("#### #### ####", "############", "####-####-####")
_TEN = ("###-##-#####", "##########")
_BORN = ("######-#######", "#############")
_THAI = ("#############", "#-####-#####-##-#")


def _form(entity: str, valid: Texts, alike: Texts, *words: str) -> Form:
    return Form(entity, entity[:2].lower(), valid, alike, words)


FORMS = (
    _form(
        "IN_AADHAAR", as_written(_AADHAARS, *_TWELVE), as_written(_NO_AADHAARS, *_TWELVE), "Aadhaar"
    ),
    _form("IN_PAN", _PANS, one_of(made("AAAP@###@"), made("AAA1@####@")), "PAN"),
    _form("IN_GSTIN", _GSTINS, _NO_GSTINS, "GSTIN"),
    _form(
        "IN_PASSPORT",
        made("AN######N", N="123456789").map(lambda t: t[:7] + t[8]),
        made("A0######"),
        "Indian passport",
    ),
    _form("IN_VOTER", made("ABC#######"), made("ABC######"), "voter id", "EPIC"),
    _form(
        "IN_VEHICLE_REGISTRATION",
        one_of(made("KA01A@1###"), made("MH12A@1###")),
        one_of(made("KA01A@0000"), made("XX01A@1###")),
        "vehicle registration",
    ),
    _form(
        "KR_BRN",
        as_written(_BUSINESSES, *_TEN),
        as_written(_NO_BUSINESSES, *_TEN),
        "사업자등록번호",
    ),
    _form(
        "KR_RRN",
        as_written(_RESIDENTS, *_BORN),
        as_written(_NO_RESIDENTS, *_BORN),
        "주민등록번호",
        "RRN",
    ),
    _form(
        "KR_FRN",
        as_written(_GUESTS, *_BORN),
        as_written(_NO_GUESTS, *_BORN),
        "외국인등록번호",
        "FRN",
    ),
    _form(
        "KR_DRIVER_LICENSE",
        one_of(made("11-##-######-##"), made("11 ## ###### ##")),
        made("99-##-######-##"),
        "운전면허번호",
    ),
    _form("KR_PASSPORT", one_of(made("M########"), made("M###@####")), made("Q########"), "여권"),
    _form(
        "PH_PASSPORT", one_of(made("P#######A"), made("EB#######")), made("P######A"), "passport"
    ),
    _form(
        "PH_TIN",
        as_written(_TAXPAYERS, "###-###-###", "###-###-###-000", "#########"),
        as_written(_NO_TAXPAYERS, "###-###-###", "#########"),
        "TIN",
    ),
    _form(
        "PH_UMID",
        one_of(made("0###-#######-#"), made("0###########")),
        made("0###-######-#"),
        "UMID",
    ),
    _form("SG_NRIC_FIN", one_of(_OLD, _NEW), one_of(_NO_OLD, _NO_NEW), "NRIC", "FIN"),
    _form("SG_UEN", one_of(_FIRMS, _YOUNG), one_of(_NO_FIRMS, _NO_YOUNG), "UEN"),
    _form("TH_TNIN", as_written(_THAIS, *_THAI), as_written(_NO_THAIS, *_THAI), "Thai National ID"),
)
