"""Prose by seeds: with nothing to find, with numbers, with little and with much to find."""

import random
from collections.abc import Callable

from .corpora import fake, filled

__all__ = ["clean", "dense", "mixed", "numeric"]

VOCABULARY = """
the a an this that one each some many few other same early late long short good small large
mild clear open plain committee member section reader subject example definition conclusion
question answer schedule person team time approach garden library weather model language
document mistake habit source note afternoon draft tone discussion bloom word page story
house river teacher window letter market winter kitchen morning paper friend music summer village
met reviewed decided felt argued agreed shortened moved rewrote asked published objected
proposed looked wrote kept checked made noticed read learned carried opened closed found gave
and but while after before because although so then in on at by for with about between under
over again often never already still very rather almost carefully slowly quietly
"""
WORDS = VOCABULARY.split()

FACTS = (
    *("In {y} the team shipped {n} releases and fixed {m} bugs.", "He is {n} years old."),
    *("The meeting at {h}:{z:02d} lasted {n} minutes.", "See section {d}.{e} of chapter {n}."),
    *("Revenue grew {n}.{d}% to ${m}.{d} million.", "Version {d}.{e}.{n} needs Python 3.{n}."),
    "There were {k},{m:03d} visitors in {y}.",
    "Step {d}: mix {n} g of flour with {m} ml of water.",
    *("The score was {d}-{e} at half time.", "Use a batch size of {n} and a rate of 0.00{d}."),
)

LITTLE = ("Write to {email}.", "Call {phone_number}.", "On {date} it shipped.", "See {url}.")
MUCH = (
    *("My name is {name} and my phone number is {phone_number}.", "IBAN {iban}, account {bban}."),
    *("Please email {email} or visit {url} for details.", "Ship to {address}."),
    "Card {credit_card_number} expires {credit_card_expire}, cvv {credit_card_security_code}.",
    "SSN: {ssn}; passport {passport_number}; born on {date_of_birth:%m/%d/%Y}.",
    "Server {ipv4} / {ipv6} mac {mac_address} id {uuid4}.",
    "Driver license {bothify}, plate {license_plate}, ein {ein}.",
)


def clean(size: int, seed: int) -> str:
    """*size* characters of prose in which there is nothing to find."""
    chance = random.Random(seed)
    return _long(size, lambda: _sentence(chance))


def numeric(size: int, seed: int) -> str:
    """Prose in which every other sentence has numbers in it: dates, prices, times."""
    chance = random.Random(seed)
    return _long(size, lambda: f"{_sentence(chance)} {_fact(chance)}")


def mixed(size: int, seed: int) -> str:
    """Prose with something to find about every 330 characters."""
    chance, made_up = random.Random(seed), fake("en_US", seed)

    def three() -> str:
        prose = " ".join(_sentence(chance) for _ in range(4))
        return f"{prose} {filled(chance.choice(LITTLE), made_up)}"

    return _long(size, three)


def dense(size: int, seed: int) -> str:
    """Records: something to find every 28 characters."""
    chance, made_up = random.Random(seed), fake("en_US", seed)
    return _long(size, lambda: filled(chance.choice(MUCH), made_up))


def _long(size: int, sentence: Callable[[], str]) -> str:
    said: list[str] = []
    length = 0
    while length < size:
        said.append(sentence())
        length += len(said[-1]) + 1
    return " ".join(said)[:size]


def _sentence(chance: random.Random) -> str:
    said = " ".join(chance.choices(WORDS, k=chance.randint(6, 18)))
    return f"{said[0].upper()}{said[1:]}."


def _fact(chance: random.Random) -> str:
    return chance.choice(FACTS).format(
        y=chance.randint(1990, 2026),
        n=chance.randint(2, 60),
        m=chance.randint(10, 900),
        h=chance.randint(8, 19),
        z=chance.randint(0, 59),
        d=chance.randint(1, 9),
        e=chance.randint(1, 9),
        k=chance.randint(1, 99),
    )
