"""Phone numbers that nobody has: those that regulators keep for films and books."""

from __future__ import annotations

from ...hypotheses import st
from .form import Form, Texts, made, one_of
from .worldwide import ORDERS, VERSIONS

__all__ = ["FORMS"]

_AREAS = st.sampled_from(("202", "212", "305", "415", "702"))


def _of(area: str, *rest: str) -> Texts:
    """Numbers of North America: *area* says where, as it is written."""
    return st.builds(lambda code, end: area.format(code) + end, _AREAS, one_of(*map(made, rest)))


def _form(country: str, alike: Texts, *numbers: Texts) -> Form:
    return Form(
        "PHONE_NUMBER",
        country,
        one_of(*numbers),
        one_of(ORDERS, VERSIONS, alike),
        ("phone", "telephone", "mobile"),
    )


_NO_AMERICAN = one_of(made("555-01##"), made("023-555-01##"), made("1##-01##"))

FORMS = (
    _form(
        "",
        made("+999 55 01##"),
        _of("+1 {} ", "555 01##", "555-01##"),
        made("+44 20 7946 0###"),
        made("+49 30 23125 ###"),
        made("+33 1 99 00 ## ##"),
        made("+61 2 5550 ####"),
    ),
    _form(
        "us",
        _NO_AMERICAN,
        _of("{}-", "555-01##"),
        _of("({}) ", "555-01##"),
        _of("{}.", "555.01##"),
        _of("{}", "55501##"),
        _of("+1 {} ", "555 01##"),
    ),
    _form(
        "ca", _NO_AMERICAN, made("613-555-01##"), made("(613) 555-01##"), made("+1 613-555-01##")
    ),
    _form(
        "uk",
        made("020 7946 0#"),
        made("020 7946 0###"),
        made("+44 20 7946 0###"),
        made("07700 900###"),
        made("+44 7700 900###"),
    ),
    _form(
        "de",
        made("030/2"),
        made("030 23125 ###"),
        made("+49 30 23125 ###"),
        made("0171 39200##"),
        made("(030) 23125-###"),
    ),
    _form("fr", made("01 99 00"), made("01 99 00 ## ##"), made("+33 1 99 00 ## ##")),
    _form("au", made("(02) 5550"), made("(02) 5550 ####"), made("+61 2 5550 ####")),
    _form("se", made("070-174"), made("070-174 06 1#"), made("08-465 004 ##")),
)
"""NANPA, Ofcom, BNetzA, ARCEP, ACMA, PTS: what they keep for drama and examples."""
