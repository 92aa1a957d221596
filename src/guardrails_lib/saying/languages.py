"""Which language a text is in: by its script, its letters, and the small words of every text."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from .common_words import COMMON, ENDINGS

__all__ = ["LANGUAGES", "MOST", "language", "languages_of", "letters", "likely"]

_SCRIPTS = {
    "latin": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "hebrew": "\u0590-\u05ff",
    "arabic": "\u0600-\u06ff\u0750-\u077f",
    "devanagari": "\u0900-\u097f",
    "bengali": "\u0980-\u09ff",
    "tamil": "\u0b80-\u0bff",
    "thai": "\u0e00-\u0e7f",
    "georgian": "\u10a0-\u10ff",
    "armenian": "\u0530-\u058f",
    "hangul": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "kana": "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
}

_ALONE = {
    "greek": "el",
    "hebrew": "he",
    "devanagari": "hi",
    "bengali": "bn",
    "tamil": "ta",
    "thai": "th",
    "georgian": "ka",
    "armenian": "hy",
    "hangul": "ko",
}
"""Scripts that are taken for one language."""

_DENSE = {"hangul": 2, "kana": 3, "han": 4}
"""So many letters of others says one of these."""

_JAPANESE = 0.1
"""A text of Han characters with such a share of kana is Japanese."""

_NAMED = 25
"""So many Han characters may be the names and titles of a Japanese text."""

_PERSIAN = frozenset("\u067e\u0686\u0698\u06af\u06a9\u06cc")

_OWN = {
    "en": "",
    "de": "äöüß",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "es": "áéíñóúü",
    "it": "àèéìòù",
    "pt": "àáâãçéêíóôõú",
    "nl": "éëïöü",
    "pl": "ąćęłńóśźż",
    "sv": "åäöé",
    "da": "æøåé",
    "no": "æøåéòô",
    "fi": "äöå",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţ",
    "tr": "çğıöşüâî",
    "id": "",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "ca": "àçèéíïòóúü",
    "hr": "čćđšž",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
}
"""The letters of each that are not ASCII."""

_CYRILLIC = ("ru", "uk", "bg")
_LATIN = tuple(each for each in COMMON if each not in _CYRILLIC)

_WRITTEN_IN = {
    "latin": _LATIN,
    "cyrillic": _CYRILLIC,
    "arabic": ("ar", "fa"),
    "han": ("zh", "ja"),
    "kana": ("ja",),
}

LANGUAGES = frozenset({*COMMON, *_ALONE.values(), "ar", "fa", "ja", "zh"})

_COUNTED = {name: re.compile(f"[{letters}]+") for name, letters in _SCRIPTS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")

MOST = 4_000
"""So many characters of a text are looked at."""

_END = 0.5
"""What an ending weighs, of a small word."""

_STEM = 5
"""A word that is longer has an ending."""

_SPELT = 0.5
"""What a word with letters beyond ASCII weighs for a language that has them, or against."""

_LETTER = 0.3
"""What a word of one letter weighs: it may be a variable, or an initial."""

_SHARED = 0.3
"""A word of n languages weighs as much as one of a single language, divided by n to this."""

_FEW = 3
"""So many words more than there are: few words tell less than many."""


def letters(text: str) -> Counter[str]:
    """How many letters of each script are in *text*, as many as Latin ones would say it."""
    if text.isascii():
        return Counter(latin=sum(map(len, _COUNTED["latin"].findall(text))))
    found = {
        name: sum(map(len, pattern.findall(text))) * _DENSE.get(name, 1)
        for name, pattern in _COUNTED.items()
    }
    return Counter({name: count for name, count in found.items() if count})


def languages_of(script: str) -> tuple[str, ...]:
    """The languages that are told apart among those written in *script*."""
    return _WRITTEN_IN.get(script) or (_ALONE[script],)


def likely(text: str) -> dict[str, float]:
    """How much of *text* says that it is in each language; nothing where nothing does."""
    text = unicodedata.normalize("NFC", text[:MOST]).lower()
    counted = letters(text)
    if not counted:
        return {}
    script = counted.most_common(1)[0][0]
    if script in {"han", "kana"}:
        japanese = counted["kana"] >= _JAPANESE * (counted["han"] + counted["kana"])
        if not counted["kana"] and counted["han"] < _NAMED * _DENSE["han"]:
            return {"zh": 1.0, "ja": 0.95}
        return {"ja" if japanese else "zh": 1.0}
    if script == "arabic":
        return {"fa" if _PERSIAN & set(text) else "ar": 1.0}
    if script in _ALONE:
        return {_ALONE[script]: 1.0}
    return _by_words(text, _CYRILLIC if script == "cyrillic" else _LATIN)


def _by_words(text: str, among: tuple[str, ...]) -> dict[str, float]:
    small, ends = _small(), _ends()
    scores = dict.fromkeys(among, 0.0)
    words = {match.replace("\u2019", "'") for match in _WORD.findall(text)}
    for word in words:
        known = small.get(word)
        if known is None and len(word) > _STEM:
            known = ends.get(word[-4:]) or ends.get(word[-3:]) or ends.get(word[-2:])
        for each, weight in known or ():
            if each in scores:
                scores[each] += weight
        if not word.isascii():
            for each in among:
                scores[each] += _SPELT if _spelt(word, each) else -_SPELT
    of = len(words) + _FEW
    return {each: score / of for each, score in scores.items() if score > 0}


@functools.lru_cache(maxsize=20_000)
def _spelt(word: str, language: str) -> bool:
    """Whether *language* has all the letters of *word*."""
    own = _OWN[language]
    return all(letter.isascii() or letter in own for letter in word)


@functools.cache
def _small() -> Mapping[str, tuple[tuple[str, float], ...]]:
    return _owners(COMMON, 1.0)


@functools.cache
def _ends() -> Mapping[str, tuple[tuple[str, float], ...]]:
    return _owners(ENDINGS, _END)


def _owners(
    listed: Mapping[str, str], weight: float
) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Of each word that is listed, in which languages it is, and what it weighs there."""
    owners: dict[str, list[str]] = {}
    for each, some in listed.items():
        for word in dict.fromkeys(some.split()):
            owners.setdefault(word, []).append(each)
    return {
        word: tuple((each, _weight(word, len(some)) * weight) for each in some)
        for word, some in owners.items()
    }


def _weight(word: str, owners: int) -> float:
    return float((_LETTER if len(word) == 1 else 1.0) / owners**_SHARED)


def language(text: str) -> str | None:
    """The language that *text* is likeliest in; None where nothing tells.

    >>> language("Der Hund schläft auf dem Sofa, und die Katze sieht ihm dabei zu.")
    'de'
    """
    scores = likely(text)
    return max(scores, key=scores.__getitem__) if scores else None
