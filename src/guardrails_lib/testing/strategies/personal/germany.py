"""What people and their papers are known by in Germany."""

from __future__ import annotations

from functools import partial

from ...hypotheses import st
from .check_digits import complement, iso_11_10, weighted
from .form import Form, Texts, as_written, checked, made, one_of

__all__ = ["FORMS"]

_SERIAL = "CFGHJKLMNPRTVWXYZ"
_SEVEN_THREE_ONE = (7, 3, 1)


def _of_a_paper(body: str) -> str:
    """ICAO 9303: of passports and identity cards."""
    return str(weighted(body, _SEVEN_THREE_ONE) % 10)


def _as_digits(body: str) -> str:
    """The letter of an insurance number is its place in the alphabet, in two digits."""
    return "".join(each if each.isdigit() else f"{int(each, 36) - 9:02}" for each in body)


def _digit_sums(digits: str, weights: tuple[int, ...]) -> str:
    products = (int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return str(sum(number // 10 + number % 10 for number in products) % 10)


def _of_health(body: str) -> str:
    return _digit_sums(_as_digits(body), (1, 2) * 5)


def _of_pension(body: str) -> str:
    return _digit_sums(_as_digits(body), (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1))


_TAX_BODIES = st.builds(
    lambda order, twice: "".join(order) + order[twice],
    st.permutations("123456789"),
    st.integers(0, 7),
)
"""One digit stands in them twice, one is missing."""

_TAX_IDS, _NO_TAX_IDS = checked(_TAX_BODIES, iso_11_10)
_VAT_IDS, _NO_VAT_IDS = checked(made("########"), iso_11_10)
_PASSPORTS, _NO_PASSPORTS = checked(made("CS######", S=_SERIAL), _of_a_paper)
_CARDS, _NO_CARDS = checked(made("LS#S####", S=_SERIAL), _of_a_paper)
_PENSIONS, _NO_PENSIONS = checked(
    made("12DX0M##@##", D="12", X="123456789", M="123456789"), _of_pension
)
_HEALTHS, _NO_HEALTHS = checked(made("@########"), _of_health)
_DOCTORS, _NO_DOCTORS = checked(made("######"), partial(complement, weights=(4, 9)))


def _de(entity: str, valid: Texts, alike: Texts, *words: str) -> Form:
    return Form(entity, "de", valid, alike, words)


FORMS = (
    _de("DE_TAX_ID", _TAX_IDS, _NO_TAX_IDS, "Steuer-ID", "Steueridentifikationsnummer"),
    _de(
        "DE_TAX_NUMBER",
        one_of(made("01###########"), made("###/###/#####"), made("##/###/#####")),
        one_of(made("##/#"), made("17###########"), made("###/##")),
        "Steuernummer",
    ),
    _de("DE_PASSPORT", _PASSPORTS, _NO_PASSPORTS, "Reisepass", "Passnummer"),
    _de("DE_ID_CARD", one_of(_CARDS, made("T########")), _NO_CARDS, "Personalausweis", "Ausweis"),
    _de(
        "DE_SOCIAL_SECURITY",
        _PENSIONS,
        _NO_PENSIONS,
        "Rentenversicherungsnummer",
        "Sozialversicherungsnummer",
    ),
    _de("DE_HEALTH_INSURANCE", _HEALTHS, _NO_HEALTHS, "Krankenversicherungsnummer", "KVNR"),
    _de(
        "DE_KFZ",
        one_of(made("B-A@ ###"), made("HH A@ 1###"), made("B-A@-##")),
        one_of(made("B-##"), made("A@-###")),
        "Kennzeichen",
    ),
    _de(
        "DE_HANDELSREGISTER",
        one_of(made("HRB 1####"), made("HRA ####")),
        one_of(made("HRC 1####"), "HRB"),
        "Handelsregister",
        "Amtsgericht",
    ),
    _de("DE_PLZ", made("1####"), one_of(made("00###"), made("1###")), "PLZ", "Postleitzahl"),
    _de(
        "DE_LANR",
        st.builds(str.__add__, _DOCTORS, made("##")),
        st.builds(str.__add__, _NO_DOCTORS, made("##")),
        "Arztnummer",
        "LANR",
    ),
    _de("DE_BSNR", made("72#######"), made("72######"), "BSNR", "Betriebsstättennummer"),
    _de(
        "DE_VAT_ID",
        as_written(_VAT_IDS, "DE#########", "DE ### ### ###"),
        as_written(_NO_VAT_IDS, "DE#########", "DE ### ### ###"),
        "USt-IdNr",
    ),
    _de("DE_FUEHRERSCHEIN", made("BA########@"), made("BA######@"), "Führerschein"),
)
