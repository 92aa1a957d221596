"""What is put into the slots of a template: names of all kinds, in the way of many countries.

The words of ``naming/*.txt`` say of what a name is made, the names they are made of come from
faker, from lists of our own and from the towns of the world.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

try:
    from faker import Faker
except ImportError as missing:
    raise ImportError(
        'texts with names need faker: pip install "guardrails-lib[synthetic]"'
    ) from missing

from .grammar import Chance, Grammar, Template, grammars, one_of
from .places import towns

__all__ = ["ORIGINS", "filler"]

_HERE = Path(__file__).parent

_ENGLISH = ("en_US",) * 7 + ("en_GB",) * 4 + ("en_IN",) * 3 + ("en_AU", "en_CA", "en_IE", "en_NZ")

ORIGINS: dict[str, tuple[str, ...]] = {
    "en": (*_ENGLISH, "en_NG", "en_PK"),
    "en_GB": ("en_GB", "en_IE"),
    "en_IN": ("en_IN",),
    "de": ("de_DE", "de_DE", "de_AT", "de_CH"),
    "fr": ("fr_FR", "fr_FR", "fr_CA", "fr_BE", "fr_CH"),
    "es": ("es_ES", "es_MX", "es_CO", "es_AR", "es_CL"),
    "it": ("it_IT",),
    "pt": ("pt_BR", "pt_BR", "pt_PT"),
    "nl": ("nl_NL", "nl_NL", "nl_BE"),
    "pl": ("pl_PL",),
    "sv": ("sv_SE",),
    "da": ("da_DK",),
    "fi": ("fi_FI",),
    "no": ("no_NO",),
    "cs": ("cs_CZ",),
    "sk": ("sk_SK",),
    "tr": ("tr_TR",),
    "ro": ("ro_RO",),
    "hu": ("hu_HU",),
    "hr": ("hr_HR",),
    "id": ("id_ID",),
}
"""Where the names of a text in a language come from, mostly."""

_OTHERS = (
    *("ja_JP", "zh_CN", "ko_KR", "ar_AA", "ru_RU", "el_GR", "fa_IR", "he_IL", "vi_VN", "en_TH"),
    *("yo_NG", "ig_NG", "ha_NG", "tw_GH", "zu_ZA", "lt_LT", "lv_LV", "et_EE", "sl_SI", "is_IS"),
    *("uz_UZ", "az_AZ", "ga_IE"),
)
_EVERYWHERE = (*_ENGLISH, *(each for some in ORIGINS.values() for each in some), *_OTHERS)

_UNREADABLE = {"ru_RU", "el_GR", "ko_KR", "ar_AA", "fa_IR", "he_IL", "ja_JP", "zh_CN"}
"""Where faker's names are in another script. Lists of our own are in Latin letters."""

_UNSTEADY = {("it_IT", "city_made")}
"""What faker draws from a set: in another process it is something else."""

_BY_ORIGIN = {"first", "last", "company", "office", "address", "block", "street"}
"""What is of the country that a name is from, whatever language the text is in."""

_MAKERS = {
    "first": "first_name",
    "last": "last_name",
    "city_made": "city",
    "street_made": "street_name",
    "company_made": "company",
    "country_made": "country",
}
_ROMANISED = {"first": "first_romanized_name", "last": "last_romanized_name"}
_PEOPLE_DRAWN, _DRAWN = 700, 300

_AGAIN = {"PERSON.first": "given", "PERSON.last": "family"}
"""What may be said again of a person whom the text has named in full."""


@cache
def _naming() -> Grammar:
    words: dict[str, tuple[Template, ...]] = {}
    for grammar in grammars("naming").values():
        for name, several in grammar.words.items():
            words[name] = words.get(name, ()) + several
    return Grammar("naming", {}, words)


_MADE_UP = Grammar("naming", {}, {})
"""A grammar that asks for each word, so that each is looked up in its own language."""


@cache
def _pool(kind: str, origin: str) -> tuple[str, ...]:
    """What faker has of a *kind* in a country, at most some hundreds."""
    method = _MAKERS[kind]
    if origin in {"ja_JP", "zh_CN"} and kind in _ROMANISED:
        method = _ROMANISED[kind]
    elif origin in _UNREADABLE or (origin, kind) in _UNSTEADY:
        origin = "en_US"
    maker = Faker(origin)
    maker.seed_instance(f"{kind} {origin}")  # what was drawn before changes nothing
    count = _PEOPLE_DRAWN if kind in _ROMANISED else _DRAWN
    drawn = dict.fromkeys(str(getattr(maker, method)()).strip() for _ in range(count))
    return tuple(each for each in drawn if each and not re.search(r"[\d(\n]", each))


def filler(language: str, chance: Chance) -> Callable[[str], str]:
    """What gives one text in *language* its names: a function of a slot.

    Most of the names in a text are of one country. Who was named in full may be named again by
    a part of the name, or have an address that is made of it.
    """
    homes = ORIGINS.get(language, _EVERYWHERE)
    home = one_of(chance, homes if chance() < 0.65 else _EVERYWHERE)
    said: dict[str, str] = {}

    def fill(slot: str) -> str:
        again = said.get(_AGAIN.get(slot, ""))
        if again and chance() < 0.5:
            return again
        origin = home if chance() < 0.8 else one_of(chance, _EVERYWHERE)
        own = not slot[0].isupper() or chance() < 0.8
        key = slot.lower().replace(".", "_")
        return _word(key, language if own else "en", origin, chance, said)

    return fill


def _word(key: str, language: str, origin: str, chance: Chance, said: dict[str, str]) -> str:
    words = _naming().words
    several = words.get(f"{key}_{language[:2]}") or words.get(key)
    if key in _BY_ORIGIN:
        country = origin[-2:].lower()
        several = words.get(f"{key}_{country}") or words.get(f"{key}_{origin[:2]}") or several
    if not several:
        return _leaf(key, language, origin, chance, said)

    def inner(slot: str) -> str:
        return _word(slot, language, origin, chance, said)

    pieces = _MADE_UP.put(one_of(chance, several), chance, inner)
    made = "".join(piece.text for piece in pieces)
    if key in {"given", "family"}:
        said[key] = made
    return made


_COUNTED = re.compile(r"([adx])([1-9])")
"""So many capitals, digits, or hexadecimal digits."""
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"


def _leaf(key: str, language: str, origin: str, chance: Chance, said: dict[str, str]) -> str:
    if counted := _COUNTED.fullmatch(key):
        signs = {"a": _CAPITALS, "d": _DIGITS, "x": "0123456789abcdef"}[counted[1]]
        first = one_of(chance, signs[1:])
        return first + "".join(one_of(chance, signs) for _ in range(int(counted[2]) - 1))
    if key == "user":
        return _user(origin, chance, said)
    if key == "town":
        return one_of(chance, towns().get(origin[-2:].lower()) or towns()["us"])
    if key.startswith("town_"):
        return one_of(chance, towns()[key[-2:]])
    if key == "country_made":
        origin = ORIGINS.get(language, ("en_US",))[0]
    if key not in _MAKERS:
        raise KeyError(f"nothing is known to be put into {{{key}}}")
    return one_of(chance, _pool(key, origin))


def _user(origin: str, chance: Chance, said: dict[str, str]) -> str:
    """What stands before the @ of an address: of who was named, or of somebody."""
    known = said if chance() < 0.7 else {}
    first = _plain(known.get("given") or one_of(chance, _pool("first", origin)))
    last = _plain(known.get("family") or one_of(chance, _pool("last", origin)))
    forms = (
        f"{first}.{last}",
        f"{first}.{last}",
        f"{first[:1]}{last}",
        f"{first}_{last}",
        f"{first}{last[:1]}",
        f"{last}.{first}",
        f"{first}{int(chance() * 99)}",
        f"{first[:1]}.{last}",
        first,
        last,
    )
    return one_of(chance, forms)


def _plain(name: str) -> str:
    parted = unicodedata.normalize("NFKD", name.lower())
    return re.sub("[^a-z]", "", parted) or "me"
