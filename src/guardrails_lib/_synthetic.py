"""Believable fakes, each made of a seed, a kind and a text alone."""

from __future__ import annotations

import hashlib
import random
import re
import string
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

try:
    from faker import Faker
except ImportError as missing:
    raise ImportError(
        'synthetic() needs faker: pip install "guardrails-lib[synthetic]"'
    ) from missing

__all__ = ["fake"]

_TRIES = 20


class _Dice:
    """What a fake is made with: names, and a chance of its own."""

    def __init__(self) -> None:
        self.names = Faker("en_US")
        self.chance = random.Random()  # noqa: S311  # it hides nothing: what it makes is a fake

    def seed(self, seed: str) -> None:
        """Begin anew."""
        self.names.seed_instance(seed)
        self.chance.seed(seed)


_Make: TypeAlias = Callable[[_Dice, str], str]
_lock = threading.Lock()
_dice = _Dice()


def fake(seed: str, kind: str, text: str) -> str:
    """Something else of *kind*, and of the shape of *text*."""
    make = _MAKERS.get(kind.upper(), _shaped)
    said = f"{seed}\0{kind}\0{text}".encode("utf-8", "surrogatepass")
    with _lock:
        for turn in range(_TRIES):
            _dice.seed(hashlib.sha256(said + turn.to_bytes(1)).hexdigest())
            made = make(_dice, text)
            if made.casefold() != text.casefold():
                return made
            if turn == _TRIES // 2:  # no other is of that kind and shape
                make = _shaped
        return _dice.names.pystr(min_chars=len(text) + 1, max_chars=len(text) + 1)


def _shaped(dice: _Dice, text: str) -> str:
    """A letter for each letter, a digit for each digit, all else as it is."""
    chance = dice.chance

    def other(character: str) -> str:
        if character.isdecimal():
            return chance.choice(string.digits)
        if character.isupper():
            return chance.choice(string.ascii_uppercase)
        return chance.choice(string.ascii_lowercase) if character.isalpha() else character

    return "".join(map(other, text))


def _email(dice: _Dice, text: str) -> str:
    return _cased(dice.names.safe_email(), text)


def _person(dice: _Dice, text: str) -> str:
    first, last, words = dice.names.first_name, dice.names.last_name, len(text.split())
    if words < 2:
        return _cased(first(), text)
    return _cased(" ".join([*(first() for _ in range(words - 1)), last()]), text)


def _place(dice: _Dice, text: str) -> str:
    return _cased(dice.names.city(), text)


def _organization(dice: _Dice, text: str) -> str:
    return _cased(dice.names.company(), text)


def _phone(dice: _Dice, text: str) -> str:
    """The country code stays, and so does a zero in front."""
    kept = re.match(r"\+\d{1,3}(?=\D)|\+\d|0+|", text)
    at = kept.end() if kept else 0
    rest = _shaped(dice, text[at:])
    return text[:at] + re.sub(r"\d", lambda _: dice.chance.choice("23456789"), rest, count=1)


def _card(dice: _Dice, text: str) -> str:
    """The network's first digit stays, and the check digit is right."""
    digits = [place for place, each in enumerate(text) if each.isdecimal()]
    if len(digits) < 2:
        return _shaped(dice, text)
    made = list(_shaped(dice, text))
    made[digits[0]] = text[digits[0]]
    total = 0
    for turn, place in enumerate(reversed(digits[:-1])):
        doubled = int(made[place]) * (2 if turn % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    made[digits[-1]] = str(-total % 10)
    return "".join(made)


def _iban(dice: _Dice, text: str) -> str:
    """The country stays, and the check digits are right."""
    places = [place for place, each in enumerate(text) if each.isalpha() or each.isdecimal()]
    country = [text[place] for place in places[:2]]
    if len(places) < 5 or not ("".join(country).isascii() and "".join(country).isalpha()):
        return _shaped(dice, text)
    made = list(_shaped(dice, text))
    account = "".join(made[place] for place in places[4:])
    as_number = "".join(str(int(each, 36)) for each in f"{account}{''.join(country)}00")
    check = f"{98 - int(as_number) % 97:02}"
    for place, each in zip(places, [*country, *check], strict=False):
        made[place] = each
    return "".join(made)


_ISO = "%Y-%m-%d"
_FORMATS = (
    *(_ISO, f"{_ISO}T%H:%M:%S", f"{_ISO} %H:%M:%S", f"{_ISO} %H:%M", "%Y/%m/%d", "%Y%m%d"),
    *("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%m-%d-%Y", "%d-%m-%Y", "%d.%m.%Y"),
    *("%d.%m.%y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%B %Y"),
    *("%b %Y", "%m/%Y", "%H:%M", "%H:%M:%S"),
)
_LAST_YEAR = 9996
"""After it there are too few days left to choose from."""
_PADDING = re.compile(r"(?<!\d)0(?=\d)")


def _date(dice: _Dice, text: str) -> str:
    """Another day, written in the same way."""
    for form in _FORMATS:
        try:
            read = datetime.strptime(text, form)  # noqa: DTZ007  # nobody asks where it was
        except ValueError:
            continue
        if read.year > _LAST_YEAR:
            return _shaped(dice, text)
        day = read + timedelta(
            days=dice.chance.randint(30, 900), minutes=dice.chance.randint(1, 999)
        )
        day = day.replace(day=min(day.day, 12))  # the day may be read as the month
        made = day.strftime(form)
        padded = read.strftime(form).casefold() == text.casefold()
        return _cased(made if padded else _PADDING.sub("", made), text)
    return _shaped(dice, text)


def _url(dice: _Dice, text: str) -> str:
    """Another host; what is behind it is of the same shape."""
    scheme, slashes, rest = text.rpartition("://")
    host, slash, path = rest.partition("/")
    other = dice.names.domain_name() if "." in host else _shaped(dice, host)
    return f"{scheme}{slashes}{other}{slash}{_shaped(dice, path)}"


def _ip(dice: _Dice, text: str) -> str:
    made: str = dice.names.ipv6() if ":" in text else dice.names.ipv4()
    return made


def _cased(made: str, text: str) -> str:
    """*made* in capitals or without, if *text* is."""
    if text.isupper():
        return made.upper()
    return made.lower() if text.islower() else made


_MAKERS: dict[str, _Make] = {
    "CREDIT_CARD": _card,
    "DATE": _date,
    "DATE_TIME": _date,
    "EMAIL": _email,
    "EMAIL_ADDRESS": _email,
    "IBAN": _iban,
    "IBAN_CODE": _iban,
    "IP_ADDRESS": _ip,
    "LOCATION": _place,
    "ORGANIZATION": _organization,
    "PERSON": _person,
    "PHONE": _phone,
    "PHONE_NUMBER": _phone,
    "URL": _url,
}
