"""Accounts of banks that there are not."""

from __future__ import annotations

from .check_digits import iban
from .form import Form, Texts, made, one_of

__all__ = ["FORMS"]

_ACCOUNTS = {
    "de": "00000000##########",
    "at": "00000###########",
    "be": "000#########",
    "ch": "00000############",
    "es": "00000000############",
    "fi": "000000########",
    "fr": "0000000000###########00",
    "uk": "TEST000000########",
    "ie": "TEST000000########",
    "it": "X0000000000############",
    "nl": "TEST##########",
    "pl": "00000000################",
    "se": "000#################",
}
"""The numbers of the banks are given to none."""

_ISO = {"uk": "GB"}


def _in_fours(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _with_digits(country: str, off: int) -> Texts:
    code = _ISO.get(country, country.upper())

    def whole(account: str) -> str:
        right = int(iban(code, account)) - 2
        return f"{code}{(right + off) % 97 + 2:02}{account}"

    values = made(_ACCOUNTS[country]).map(whole)
    return one_of(values, values.map(_in_fours))


def _form(country: str, valid: Texts, alike: Texts) -> Form:
    return Form("IBAN_CODE", country, valid, alike, ("IBAN", "account", "bank"))


FORMS = (
    _form(
        "",
        one_of(*(_with_digits(each, 0) for each in _ACCOUNTS)),
        one_of(*(_with_digits(each, 1) for each in _ACCOUNTS)),
    ),
    *(_form(each, _with_digits(each, 0), _with_digits(each, 1)) for each in _ACCOUNTS),
)
