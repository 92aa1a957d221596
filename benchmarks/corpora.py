"""Texts to compare findings on, made by seeds: of twenty locales, mutated, odd, long, empty."""

import functools
import random
import string
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from faker import Faker

__all__ = ["EDGES", "fake", "filled", "mutated", "odd", "spoken"]

LOCALES = (
    *("en_US", "en_GB", "en_IN", "en_AU", "en_CA", "de_DE", "es_ES", "it_IT", "fr_FR", "pl_PL"),
    *("sv_SE", "fi_FI", "ko_KR", "ja_JP", "zh_CN", "ru_RU", "tr_TR", "pt_BR", "th_TH", "ar_AA"),
)

SAYINGS = (
    *("My phone number is {phone_number}.", "Call {phone_number} or {phone_number}!"),
    "{name} <{email}>",
    "email:{email}",
    "Write to {email}, please",
    "see {url} or {domain_name}",
    *("Credit card {credit_card_number} expires {credit_card_expire}", "visa={credit_card_number}"),
    "SSN: {ssn}",
    "social security number {ssn};",
    "tax id {ssn}",
    "passport no {passport_number}",
    *("IBAN {iban} at the bank", "bank account {bban}", "account:{bban}, routing {aba}"),
    "{address}",
    "Ship to {address}, {postcode}.",
    "born on {date}",
    "date of birth {date_of_birth}",
    "{ipv4}/{ipv6} mac {mac_address}",
    "id {uuid4}",
    "[{ipv6}]:{port_number}",
    "{slug}@{domain_name}",
    "plate {license_plate}",
    "driver license {bothify}",
    "nhs {numerify}",
    "{company} {numerify}",
)
"""What people write; in braces, what faker makes up."""

DIGITS = "\u0663\u096d\uff15\U0001d7d7\U00016d76\u00b2\u0660\u07c9"
ODD = "\u0301\u200f\u202e\u200b\u200d\ufeff\u00ad\ud800\udfff\u0345—é"
FOLDED = {
    "i": "\u0131",
    "I": "\u0130",
    "k": "\u212a",
    "K": "\u212a",
    "s": "\u017f",
    "S": "\u017f",
    "-": "\u2013",
    ".": "\u3002",
}
SPACES = "\u00a0\u2009\u3000\n\t\x1f\x85"
GLUE = "aZ09_.-@/:+ é'\""

EDGES = (
    *("", " ", "\n", "\t \n", "\ud800", "\x00", "1", "@", ".", ":", "::", "-", "é", "\U0001f600"),
    *("1" * 300, ":" * 100, "a" * 1000, "@" * 100, "." * 100, "-" * 100, " " * 500, "_" * 100),
    "1 " * 200,
    "1-" * 200,
    "1." * 60,
    "a1" * 200,
    "a." * 60,
    "a@" * 100,
    "0:" * 100,
    "+1" * 60,
    "ab:cd:" * 50,
    "http://" * 30,
    "www." * 15,
    "1/1/" * 50,
    "::1 " * 50,
    "(1) " * 60,
    "A1B2C3 " * 40,
    *("a@b.com" * 30, "a@b.com " * 30, "1.2.3.4" * 30, "212-555-0199" * 10, "x" * 300 + "@a.com"),
    *("a." * 50 + "com", "7" * 16 + "\n" + "7" * 16, "1\u0661" * 100, "\u0661" * 200, "é" * 300),
)


def spoken(count: int, seed: int) -> Iterator[str]:
    """*count* sentences of people in twenty locales, one to three to a text."""
    chance = random.Random(seed)
    for _ in range(count):
        made = fake(chance.choice(LOCALES), chance.random())
        said = (filled(chance.choice(SAYINGS), made) for _ in range(chance.choice((1, 1, 2, 3))))
        yield chance.choice((" ", "\n", ". ", "; ")).join(said)


def mutated(texts: Iterable[str], seed: int) -> Iterator[str]:
    """Each of *texts* after one to three small changes."""
    chance = random.Random(seed)
    for text in texts:
        changed = text
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            changed = chance.choice(CHANGES)(changed, chance)
        yield changed


def odd(count: int, seed: int) -> Iterator[str]:
    """*count* texts of characters that patterns care about, without any sense."""
    chance = random.Random(seed)
    alphabets = (
        *("0123456789 -.", "0123456789abcdef:-", "abc@.-_ ", "ABCDEFGHIJ0123456789", "1/.-: \n"),
        string.digits + "()+-. x",
        string.printable,
        DIGITS + ODD + "12 ab",
        "01\u0663\u096d\uff15:.@ a\u0131\u017f\u212a",
    )
    for _ in range(count):
        size = chance.choice((5, 12, 30, 80, 200))
        yield "".join(chance.choices(chance.choice(alphabets), k=size))


# -- what faker makes up


@functools.cache
def _of(locale: str) -> Faker:
    return Faker(locale)


def fake(locale: str, seed: float) -> Faker:
    """What makes up names and numbers of *locale*."""
    made = _of(locale)
    made.seed_instance(seed)
    return made


class _Made:
    """What a saying asks for by name; a locale that has none of it gives digits."""

    def __init__(self, fake: Faker) -> None:
        self.fake = fake

    def __getitem__(self, name: str) -> object:
        if name == "bothify":
            return self.fake.bothify("?#######")
        if name == "numerify":
            return self.fake.numerify("### ### ####")
        make = getattr(self.fake, name, None)
        made = make() if make else self.fake.numerify("#########")
        return made.replace("\n", ", ") if isinstance(made, str) else made


def filled(saying: str, fake: Faker) -> str:
    """*saying* with what *fake* makes up in its braces."""
    return saying.format_map(_Made(fake))


# -- changes


def _replaced(wanted: str, others: Callable[[str, random.Random], str]) -> Any:
    def change(text: str, chance: random.Random) -> str:
        places = [at for at, character in enumerate(text) if character in wanted]
        for at in chance.sample(places, min(len(places), chance.choice((1, 1, 2, 50)))):
            text = text[:at] + others(text[at], chance)[:1] + text[at + 1 :]
        return text

    return change


def _inserted(characters: str) -> Any:
    def change(text: str, chance: random.Random) -> str:
        at = chance.randint(0, len(text))
        return text[:at] + chance.choice(characters) + text[at:]

    return change


def _cut(text: str, chance: random.Random) -> str:
    start, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return chance.choice((text[start:end], text[:start] + text[end:], text + text[start:end]))


def _wide(text: str, chance: random.Random) -> str:
    """Full-width forms, which every pattern of ASCII must not and a class of digits must see."""
    start = chance.randint(0, len(text))
    wide = text[start:].translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    return text[:start] + wide


CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    _replaced(string.digits, lambda _, chance: chance.choice(DIGITS)),
    _replaced("".join(FOLDED), lambda character, _: FOLDED[character]),
    _replaced(" ", lambda _, chance: chance.choice(SPACES)),
    _replaced(" ", lambda *_: ":"),
    _replaced(string.ascii_letters, lambda character, _: character.swapcase()),
    _inserted(ODD),
    _inserted(GLUE),
    _inserted(GLUE),
    _cut,
    _wide,
)
