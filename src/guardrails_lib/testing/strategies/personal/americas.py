"""What people are known by in the United States, in Canada and in Brazil."""

from __future__ import annotations

from functools import partial

from ...hypotheses import st
from .check_digits import complement, luhn, weighted
from .form import Form, Texts, as_written, checked, made, one_of
from .worldwide import ORDERS

__all__ = ["FORMS"]

_LETTERS = "ACDEFGHJKMNPQRTUVWXY"
_NINE = ("#########", "###-##-####", "### ## ####", "###.##.####")

_SSNS = made("9##I#####", I="01234").filter(
    lambda digits: digits[3:5] != "00" and not digits.endswith("0000")
)
"""Areas from 900 on were never given out; with other groups than these they are ITINs."""

_ITINS = st.builds(
    lambda area, group, serial: f"9{area}{group}{serial}",
    made("##"),
    st.sampled_from(("50", "58", "65", "70", "77", "88", "90", "92", "94", "99")),
    made("####"),
)


def _dea(body: str) -> str:
    return str(weighted(body[2:], (1, 2)) % 10)


def _of_a_cpf(body: str) -> str:
    """The next of its two check digits.

    >>> _of_a_cpf("529982247"), _of_a_cpf("5299822472")
    ('2', '5')
    """
    return str(weighted(body[::-1], range(2, 12)) * 10 % 11 % 10)


def _npi(body: str) -> str:
    return luhn(f"80840{body}")


_LICENSES, _NO_LICENSES = checked(made("L@######", L="ABFGM"), _dea)
_PROVIDERS, _NO_PROVIDERS = checked(made("1########").filter(lambda b: len(set(b)) > 1), _npi)
_ROUTES, _NO_ROUTES = checked(
    made("0A######", A="123456789"),
    partial(complement, weights=(3, 7, 1)),
)
_BRAZILIANS, _NO_BRAZILIANS = checked(
    made("N########", N="123456789").map(lambda body: body + _of_a_cpf(body)), _of_a_cpf
)
_SINS, _NO_SINS = checked(made("9#######"), luhn)
_BENEFICIARIES = made("NAM#AM#AA##", N="123456789", A=_LETTERS, M=f"0123456789{_LETTERS}")


def _us(entity: str, valid: Texts, alike: Texts, *words: str) -> Form:
    return Form(entity, "us", valid, alike, words)


FORMS = (
    _us(
        "US_SSN",
        as_written(_SSNS, *_NINE[1:], _NINE[0]),
        one_of(made("000-12-###1"), made("666-12-###1"), made("9##-00-###1"), made("9##-12-0000")),
        "SSN",
        "social security number",
    ),
    _us(
        "US_ITIN",
        as_written(_ITINS, "###-##-####", "### ## ####", "#########"),
        made("9##-93-####"),
        "ITIN",
        "individual taxpayer number",
    ),
    _us(
        "US_BANK_NUMBER",
        one_of(made("00######"), made("0000########")),
        one_of(ORDERS, made("#######")),
        "account",
        "bank account number",
    ),
    _us(
        "US_DRIVER_LICENSE",
        one_of(made("@#######"), made("########"), made("@############")),
        one_of(made("@##"), made("B-##")),
        "driver license",
        "license",
    ),
    _us(
        "US_PASSPORT",
        one_of(made("#########"), made("A########")),
        made("A#######"),
        "passport",
        "US passport",
    ),
    _us("MEDICAL_LICENSE", _LICENSES, _NO_LICENSES, "DEA", "medical license"),
    _us(
        "US_MBI",
        as_written(_BENEFICIARIES, "####-###-####", "###########"),
        made("0B00-B00-BB0#"),
        "MBI",
        "medicare beneficiary",
    ),
    _us("US_NPI", _PROVIDERS, _NO_PROVIDERS, "NPI", "provider number"),
    _us(
        "ABA_ROUTING_NUMBER",
        as_written(_ROUTES, "#########", "####-####-#"),
        as_written(_NO_ROUTES, "#########", "####-####-#"),
        "routing number",
        "ABA",
    ),
    _us(
        "US_HEALTH_INSURANCE_MEMBER_ID",
        one_of(made("XYZ#########"), made("W###-######")),
        one_of("MEMBER", made("########")),
        "member id",
        "insurance policy",
    ),
    _us(
        "US_PRIOR_AUTHORIZATION_NUMBER",
        made("PA-########"),
        made("PA-####"),
        "prior authorization",
        "authorization number",
    ),
    _us("US_CLAIM_NUMBER", made("CLM-########"), made("CLM-####"), "claim", "claim number"),
    _us("US_PRESCRIPTION_NUMBER", made("RX-#######"), made("RX-####"), "prescription", "Rx"),
    _us("US_REFERRAL_NUMBER", made("REF-#######"), made("REF-####"), "referral", "referral id"),
    _us(
        "US_PROVIDER_TAX_ID",
        made("12-#######"),
        made("07-#######"),
        "provider tax id",
        "billing provider EIN",
    ),
    Form(
        "CA_SIN",
        "ca",
        as_written(_SINS, "### ### ###", "###-###-###", "#########"),
        as_written(_NO_SINS, "### ### ###", "###-###-###", "#########"),
        ("SIN", "social insurance number"),
    ),
    Form(
        "CA_POSTAL_CODE",
        "ca",
        one_of(made("K#A #A#", A="ABCEGHJ"), made("K#A#A#", A="ABCEGHJ")),
        one_of(made("D#A #A#"), made("K#A #A").map(str.lower)),
        ("postal code", "Canada"),
    ),
    Form(
        "BR_CPF",
        "br",
        as_written(_BRAZILIANS, "###.###.###-##", "###########"),
        as_written(_NO_BRAZILIANS, "###.###.###-##", "###########"),
        ("CPF",),
    ),
)
