"""What people are known by in the United Kingdom."""

from __future__ import annotations

from functools import partial

from .check_digits import complement
from .form import Form, Texts, as_written, checked, made, one_of

__all__ = ["FORMS"]

_NHS, _NO_NHS = checked(
    made("999######"), partial(complement, weights=range(10, 1, -1), modulus=11)
)
"""Numbers from 999 on are for tests."""

_TENS = ("### ### ####", "###-###-####", "##########")
_NINOS = made("PZ######S", S="ABCD")
_PLATES = made("CC2NCCC", C="ABCDEFGHJKLMNPRSTUVWXY", N="23456789")
_POSTCODES = one_of(made("BB## #CC", C="ADEFG"), made("W#A #CC", C="ABDE"))


def _uk(entity: str, valid: Texts, alike: Texts, *words: str) -> Form:
    return Form(entity, "uk", valid, alike, words)


FORMS = (
    _uk("UK_NHS", as_written(_NHS, *_TENS), as_written(_NO_NHS, *_TENS), "NHS", "NHS number"),
    _uk(
        "UK_NINO",
        as_written(_NINOS, "#########", "## ## ## ## #"),
        one_of(made("BG######A"), made("QQ ## ## ## C"), made("PZ######")),
        "national insurance number",
        "NINO",
    ),
    _uk(
        "UK_DRIVING_LICENCE",
        made("ASH99#0M1D#A9AAA", M="123456789", D="123456789"),
        made("99999#01#1#A9AAA"),
        "driving licence",
    ),
    _uk("UK_PASSPORT", made("ZZ#######"), made("ZZ######"), "passport", "UK passport"),
    _uk("UK_POSTCODE", _POSTCODES, one_of(made("QQ# #AA"), made("W1# ##A")), "postcode"),
    _uk(
        "UK_VEHICLE_REGISTRATION",
        as_written(_PLATES, "#### ###", "#######"),
        made("AA00 AA#"),
        "number plate",
        "vehicle registration",
    ),
)
