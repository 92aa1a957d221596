"""What a person is told: a text, one for each language, and the default ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from ._errors import PolicyError
from ._values import FrozenDict

__all__ = ["LANGUAGES", "Say", "checked", "default", "language_of", "said", "spoken"]

Say: TypeAlias = str | Mapping[str, str]
"""A text, or one for each language; ``{kinds}`` in it is what kinds of thing were found."""

_DEFAULTS = {
    "en": ("I don't know.", "A person will look at this.", "I can't help with that."),
    "de": (
        "Das weiß ich leider nicht.",
        "Ein Mensch wird sich das ansehen.",
        "Dabei kann ich leider nicht helfen.",
    ),
    "es": ("No lo sé.", "Una persona lo revisará.", "No puedo ayudarle con eso."),
    "fr": (
        "Je ne sais pas.",
        "Une personne va examiner votre demande.",
        "Je ne peux pas vous aider sur ce point.",
    ),
    "it": ("Non lo so.", "Se ne occuperà una persona.", "Non posso aiutare con questo."),
    "ja": ("わかりません。", "担当者が確認いたします。", "その件にはお答えできません。"),
    "nl": ("Dat weet ik niet.", "Een medewerker kijkt hiernaar.", "Daar kan ik niet mee helpen."),
    "pl": ("Nie wiem.", "Zajmie się tym człowiek.", "Nie mogę w tym pomóc."),
    "pt": ("Não sei.", "Uma pessoa vai analisar isto.", "Não posso ajudar com isso."),
    "zh": ("我不知道。", "我们会请工作人员处理。", "很抱歉。我无法提供帮助。"),
}
"""For whoever gets no answer, has to wait for a person, or may not have one."""

LANGUAGES = frozenset(_DEFAULTS)


def default(ending: str, language: str) -> str:
    """What is said where no rule says anything: *ending* is the name of the outcome.

    >>> default("Abstained", "fr")
    'Je ne sais pas.'
    """
    return _DEFAULTS[language][("Abstained", "Escalated", "Blocked").index(ending)]


def language_of(tag: object) -> str:
    """The language that a tag such as ``de-AT`` names, if it is one of ours; else English.

    >>> language_of("pt_BR"), language_of("tlh")
    ('pt', 'en')
    """
    first = tag.replace("_", "-").partition("-")[0].lower() if isinstance(tag, str) else ""
    return first if first in _DEFAULTS else "en"


def spoken(language: str | Callable[[Any], str], request: object) -> str:
    """The language for whoever asked *request*; where it cannot be told, English."""
    if isinstance(language, str):
        return language_of(language)
    try:
        return language_of(language(request))
    except Exception:  # whatever it was, the person is told something
        return "en"


def said(say: Say, kinds: Iterable[str], language: str) -> str:
    """*say*, in *language* or else the first it has, with the *kinds* in their place.

    >>> said("I could not verify the {kinds}.", ["number", "date", "number"], "en")
    'I could not verify the number, date.'
    """
    text = say if isinstance(say, str) else say.get(language) or next(iter(say.values()))
    if "{" not in text and "}" not in text:
        return text
    return text.format(kinds=", ".join(dict.fromkeys(kinds)))


def checked(say: object) -> Say:
    """*say*, if it can be said; `PolicyError` says what is wrong with it."""
    if isinstance(say, Mapping):
        if not say or any(not isinstance(each, str) for each in say):
            raise PolicyError('say= takes a text, or one for each language: {"en": "...", ...}')
        return FrozenDict({language: _text(text) for language, text in say.items()})
    return _text(say)


def _text(say: object) -> str:
    if not isinstance(say, str):
        raise PolicyError(f"say= takes a text, not a {type(say).__name__}")
    if "{" not in say and "}" not in say:
        return say
    import string  # noqa: PLC0415  # few say anything of what was found

    try:
        named = [(name, spec, how) for _, name, spec, how in string.Formatter().parse(say)]
    except ValueError:
        named = [("{", None, None)]
    if any(each not in {(None, None, None), ("kinds", "", None)} for each in named):
        raise PolicyError("say= knows one name, {kinds}; write {{ and }} for braces")
    return say
