"""What people and machines do to a text on its way: case, typos, lost and added marks."""

from __future__ import annotations

from ..writing.grammar import Chance, one_of

__all__ = ["noised"]


def noised(text: str, chance: Chance) -> str:
    """*text* in another state; often the one it is in."""
    change = one_of(chance, _CHANGES)
    return change(text, chance)


def _kept(text: str, chance: Chance) -> str:
    return text


def _small(text: str, chance: Chance) -> str:
    return text.lower()


def _loud(text: str, chance: Chance) -> str:
    return (
        text.upper()
        if chance() < 0.5
        else " ".join(word.upper() if chance() < 0.3 else word for word in text.split(" "))
    )


def _bare(text: str, chance: Chance) -> str:
    """Without the marks between sentences, as in a chat."""
    return "".join(each for each in text if each not in ".,;:!?'\"").lower()


def _flat(text: str, chance: Chance) -> str:
    """All in one line."""
    return " ".join(text.split())


def _mistyped(text: str, chance: Chance) -> str:
    words = text.split(" ")
    return " ".join(_slip(word, chance) if chance() < 0.15 else word for word in words)


def _slip(word: str, chance: Chance) -> str:
    if len(word) < 4:
        return word
    at = 1 + int(chance() * (len(word) - 2))
    kind = chance()
    if kind < 0.3:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.6:
        return word[:at] + word[at + 1 :]
    if kind < 0.8:
        return word[:at] + word[at] + word[at:]
    return word[:at] + one_of(chance, "aeinorst") + word[at + 1 :]


_LEET = str.maketrans("aeiost", "431057")


def _leet(text: str, chance: Chance) -> str:
    share = 0.2 + 0.5 * chance()
    return "".join(each.translate(_LEET) if chance() < share else each for each in text)


def _marked(text: str, chance: Chance) -> str:
    mark = one_of(chance, ("**", "*", "_", "`", '"', "'", "~~", "# ", "> ", "- ", "<b>", "«"))
    return mark + text + (mark if mark in {"**", "*", "_", "`", '"', "'", "~~"} else "")


def _dashed(text: str, chance: Chance) -> str:
    """With a mark in a few words, or spaces lost between some."""
    words = text.split(" ")
    glue = one_of(chance, ("-", "", "_", "."))
    joined = words[0]
    for word in words[1:]:
        joined += (glue if chance() < 0.12 else " ") + word
    return joined


_CHANGES = (
    _kept,
    _kept,
    _kept,
    _kept,
    _small,
    _small,
    _bare,
    _bare,
    _flat,
    _mistyped,
    _mistyped,
    _loud,
    _leet,
    _marked,
    _dashed,
)
