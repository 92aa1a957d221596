"""Other ways to write a text, which a model can still read."""

from __future__ import annotations

import base64
import codecs
import itertools
import re
import string
from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

__all__ = ["UNCLAIMED", "WAYS", "Disguise", "Way"]

Disguise: TypeAlias = Literal[
    "zero-width",
    "look-alikes",
    "styled",
    "marks",
    "spaced",
    "parted",
    "leet",
    "reversed",
    "rot13",
    "atbash",
    "upside-down",
    "base64",
    "base32",
    "hex",
    "binary",
    "decimal",
    "morse",
    "url",
    "entities",
    "escapes",
    "tags",
    "selectors",
    "case",
    "jumbled",
    "shifted",
    "nato",
]
"""How a text is disguised."""

Way: TypeAlias = Callable[[str], str]

_SMALL, _AZ = string.ascii_lowercase, string.ascii_letters
_INSIDE = re.compile(r"(?<=[^\W_])(?=[^\W_])")
_WORD = re.compile(r"[^\W\d_]+")


def _by_table(plain: str, like: str) -> Way:
    table = str.maketrans(plain, like)
    return lambda text: text.translate(table)


def _in_block(small: int, large: int) -> Way:
    """Letters of blocks in which the alphabet stands from two places on."""
    runs = (range(small, small + 26), range(large, large + 26))
    return _by_table(_AZ, "".join(map(chr, itertools.chain(*runs))))


def _in_bytes(encode: Callable[[bytes], str]) -> Way:
    return lambda text: encode(text.encode("utf-8", "replace"))


def _by_letter(write: str) -> Way:
    """Each character as its number in the table of Unicode; what parts the words stays."""
    return lambda text: "".join(
        each if each.isspace() else write.format(ord(each)) for each in text
    )


def _by_byte(write: str, between: str = "") -> Way:
    return _in_bytes(lambda codes: between.join(map(write.format, codes)))


def _inside(mark: str) -> Way:
    """A mark between any two letters of a word."""
    return lambda text: _INSIDE.sub(mark, text)


def _halved(*marks: str) -> Way:
    """Marks around the second half of each word."""
    before, after = marks

    def halved(word: re.Match[str]) -> str:
        middle = len(word[0]) // 2
        return f"{word[0][:middle]}{before}{word[0][middle:]}{after}" if middle else word[0]

    return lambda text: _WORD.sub(halved, text)


def _apart(gap: str, between: str) -> Way:
    return lambda text: between.join(gap.join(word) for word in text.split(" "))


def _backwards(text: str) -> str:
    return "\n".join(line[::-1] for line in text.split("\n"))


def _words_backwards(text: str) -> str:
    return re.sub(r"[^\W_]+", lambda word: word[0][::-1], text)


def _jumbled(text: str) -> str:
    """The inner letters of each word turned around, which a reader hardly minds."""
    return _WORD.sub(lambda word: word[0][:1] + word[0][-2:0:-1] + word[0][1:][-1:], text)


def _alternating(text: str) -> str:
    return "".join(each.upper() if n % 2 else each.lower() for n, each in enumerate(text))


def _spelled(signs: Mapping[str, str], between: str) -> Way:
    """A text in small letters, sign by sign. One that the signs cannot write stays as it is."""

    def spelled(text: str) -> str:
        words = [
            [signs[each] for each in word if each in signs]
            for word in "".join(each if each.isalnum() else " " for each in text.lower()).split()
        ]
        whole = all(each in signs for each in text.lower() if each.isalnum())
        return between.join(map(" ".join, words)) if words and whole else text

    return spelled


def _selectors(text: str) -> str:
    """Nothing but an emoji shows; the bytes stand behind it."""
    codes = text.encode("utf-8", "replace")
    return "\U0001f600" + "".join(
        chr(0xFE00 + code if code < 16 else 0xE0100 + code - 16) for code in codes
    )


def _in_tags(text: str) -> str:
    """Nothing shows at all; letters beyond ASCII stay as they are."""
    return re.sub("[ -~]", lambda each: chr(0xE0000 + ord(each[0])), re.sub(r"\s", " ", text))


_CYRILLIC = _by_table("aceiopsxyABCEHIKMOPSTX", "асеіорѕхуАВСЕНІКМОРЅТХ")  # noqa: RUF001  # meant
_GREEK = _by_table("oABEHIKMNOPTXYZ", "οΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")  # noqa: RUF001  # as above
_HEADS = _by_table(_SMALL, "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz")  # noqa: RUF001  # as above

_MORSE = """
.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..-
-.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.
"""
_NATO = """
alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa
quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu
zero one two three four five six seven eight nine
"""


def _signs(listed: str) -> dict[str, str]:
    return dict(zip(_SMALL + string.digits, listed.split(), strict=True))


_CLAIMED: dict[Disguise, tuple[Way, ...]] = {
    "zero-width": tuple(map(_inside, ("\u200b", "\u2060", "\u200d", "\u00ad"))),
    "look-alikes": (_CYRILLIC, lambda text: _GREEK(_CYRILLIC(text))),
    "styled": (
        lambda text: "".join(chr(ord(x) + 0xFEE0) if "!" <= x <= "~" else x for x in text),
        _in_block(0x1D41A, 0x1D400),
        _in_block(0x24D0, 0x24B6),
        _in_block(0x1D68A, 0x1D670),
    ),
    "marks": (_inside("\u0335\u0318"), _inside("\u0332")),
    "spaced": (_apart(" ", "   "), _apart(".", " "), _apart("-", " "), _apart("_", " ")),
    "parted": (_halved("**", "**"), _halved("<b>", "</b>"), _halved('" + "', "")),
    "leet": (_by_table("aeiostAEIOST", "431057431057"), _by_table("eoEO", "3030")),
    "reversed": (_backwards, _words_backwards),
    "rot13": (lambda text: codecs.encode(text, "rot13"),),
    "atbash": (_by_table(_AZ, _SMALL[::-1] + _SMALL[::-1].upper()),),
    "upside-down": (lambda text: _backwards(_HEADS(text.lower())),),
    "base64": (
        _in_bytes(lambda codes: base64.b64encode(codes).decode()),
        _in_bytes(lambda codes: base64.urlsafe_b64encode(codes).decode().rstrip("=")),
        lambda text: base64.b64encode(text.encode("utf-16-le", "replace")).decode(),
    ),
    "base32": (_in_bytes(lambda codes: base64.b32encode(codes).decode()),),
    "hex": (_in_bytes(bytes.hex), _by_byte("{:02x}", " "), _by_byte("0x{:02x}", ", ")),
    "binary": (_by_byte("{:08b}", " "), _by_byte("{:08b}")),
    "decimal": (_by_byte("{}", " "),),
    "morse": (_spelled(_signs(_MORSE), " / "),),
    "url": (_by_byte("%{:02X}"),),
    "entities": (_by_letter("&#{};"), _by_letter("&#x{:x};")),
    "escapes": (_by_letter("\\u{{{:x}}}"), _by_byte("\\x{:02x}")),
    "tags": (_in_tags,),
    "selectors": (_selectors,),
}

UNCLAIMED: dict[Disguise, tuple[Way, ...]] = {
    "case": (str.upper, str.swapcase, _alternating),
    "jumbled": (_jumbled,),
    "shifted": (_by_table(_AZ, (_SMALL[3:] + _SMALL[:3]) + (_SMALL[3:] + _SMALL[:3]).upper()),),
    "nato": (_spelled(_signs(_NATO), " | "),),
}
"""What `guardrails_lib.disguises` does not undo. Of case, that is for each check to mind."""

WAYS = _CLAIMED | UNCLAIMED
