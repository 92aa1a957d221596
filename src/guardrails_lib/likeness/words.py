"""The words of a text, and which of them say what it is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["FUNCTION_WORDS", "says_something", "words"]

_UNSPACED = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that put no space between words: two neighbouring letters do for a word."""

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff"
"""What stands on letters, and the scripts of India, whose vowels do."""

_RUNS = re.compile(rf"([{_UNSPACED}]+)|(?:[^\W_{_UNSPACED}]|[{_MARKS}])+")

LONGEST = 40
"""Of what is longer, so many characters are a word: the rest is no language."""

_LISTED = (
    # English
    "a about above after again all also am an and any are as at be because been before being "
    "below between both but by bye can cannot could d did do does doing don down each either else "
    "ever every few fine for from further get gets give given go goes going good goodbye got great "
    "had has have having he hello her here hers hey hi him his how however i if in into is isn it "
    "its just know let like ll m many may me might mine more most much must my need no nor not now "
    "of off ok okay on once one only or other our ours out over own per please re s same say shall "
    "she should so some somebody someone something sorry such sure t tell than thank thanks that "
    "the their theirs them then there these they thing this those through to too two under until "
    "up us use using ve very want was way we well were what when where whether which while who "
    "whom whose why will wish with without would yes yet you your yours "
    # German
    "aber alle als am an auch auf aus bei bin bis bitte da dank danke das dass dein dem den denn "
    "der des die dies diese dieser doch du durch ein eine einem einen einer eines er es etwas euch "
    "für gegen gibt guten habe haben hallo hat hier ich ihr ihre im in ist ja kann kein keine "
    "können man mehr mein meine meinen meiner mich mir mit muss möchte nach nein nicht noch nur "
    "ob oder sehr sein seine sich sie sind so tag um und uns unser viel von vor wann warum was "
    "wenn wer werden wie wieder will wir wird wo zu zum zur über "
    # French
    "ai au aux avec avez avoir bien bonjour ce ces cette comment dans de des du elle en est et "
    "eu il ils j je l la le les leur lui ma mais merci mes moi mon ne non nos notre nous on ou où "
    "oui par pas plus pour pourquoi qu quand que quel quelle qui sa sans ses si son sont sur ta te "
    "tes toi ton tu un une vos votre vous y à été être "
    # Spanish and Portuguese
    "al algo aquí con como cómo cuando cuándo cuál da das de del dos do donde dónde e el ella em "
    "en es esta estas este estes esto está este eu fue gracias ha hay hola isso isto la las le lo "
    "los mais mas me meu mi minha mis muito muy más na não nas no nos nosso o obrigada obrigado "
    "olá onde os ou para pela pelo pero pode por porque puedo qual quando que quem quiero quién "
    "qué se sem ser seu si sin sobre sou son su sua sus são sí también tem tengo tu um uma una uno "
    "unos você y ya yo é "
    # Italian and Dutch
    "al alla anche che chi ci ciao come con cosa cui dal dalla dei del della di dove è gli grazie "
    "ho il io lo mia mio nel nella non per perché più posso quale quando questa questo sono sta "
    "suo ti tra un una vi vorrei "
    "aan als bij dan dank dat de deze die dit door een en er geen goed haar heb hebben heeft het "
    "hij hoe hun ik ja je jij jouw kan kunnen maar meer met mij mijn moet naar nee niet nog of om "
    "onze ook op over te tot uit van veel voor waar waarom wanneer wat we wie wil zich zij zijn zo"
)

FUNCTION_WORDS = frozenset(_LISTED.split())
"""Words that a text about anything has."""


def words(text: str) -> list[str]:
    """The words of *text* in small letters, as often as they are in it.

    >>> words("Pay the INVOICE!")
    ['pay', 'the', 'invoice']
    >>> words("请开发票")
    ['请开', '开发', '发票']
    """
    return list(_words(text))


def _words(text: str) -> Iterator[str]:
    for match in _RUNS.finditer(unicodedata.normalize("NFKC", text).casefold()):
        if run := match[1]:
            yield from (run[n : n + 2] for n in range(max(len(run) - 1, 1)))
        else:
            yield match[0][:LONGEST]


def says_something(text: str) -> bool:
    """Whether any word of *text* says what it is about.

    >>> says_something("Yes, please!"), says_something("Yes, the invoice!")
    (False, True)
    """
    return any(word not in FUNCTION_WORDS for word in _words(text))
