"""Texts to measure with: made by a seeded generator, so that no loop reads the same one twice."""

import random
from collections.abc import Iterator

__all__ = ["chunks", "mixed", "numeric", "prose"]

LETTERS = "etaoinshrdlu" + "cmfwypvbgkqjxz"
WEIGHTS = [120 // (place + 3) for place in range(len(LETTERS))]


def prose(size: int, seed: int) -> str:
    """*size* characters of words, sentences and no digits."""
    return _joined(size, random.Random(seed), digits=0.0, found=0.0)


def numeric(size: int, seed: int) -> str:
    """Prose in which every sixth word is a number: prices, dates, times."""
    return _joined(size, random.Random(seed), digits=1 / 6, found=0.0)


def mixed(size: int, seed: int) -> str:
    """Prose with numbers, and about every 300 characters something that rules look for."""
    return _joined(size, random.Random(seed), digits=1 / 12, found=1 / 50)


def chunks(text: str, seed: int, longest: int = 8) -> Iterator[str]:
    """*text* cut as models send it: pieces of one to *longest* characters."""
    chance = random.Random(seed)
    at = 0
    while at < len(text):
        size = chance.randint(1, longest)
        yield text[at : at + size]
        at += size


def _joined(size: int, chance: random.Random, *, digits: float, found: float) -> str:
    words: list[str] = []
    length = 0
    while length < size:
        drawn = chance.random()
        if drawn < found:
            word = _secret(chance)
        elif drawn < found + digits:
            word = _number(chance)
        else:
            word = "".join(chance.choices(LETTERS, WEIGHTS, k=chance.randint(2, 9)))
        words.append(word + chance.choice(["", "", "", "", "", ",", "."]))
        length += len(words[-1]) + 1
    return " ".join(words)[:size]


def _number(chance: random.Random) -> str:
    number, price = chance.randrange(1, 5000), chance.randrange(1, 90_000) / 100
    day, month, year = (
        chance.randrange(1, 29),
        chance.randrange(1, 13),
        chance.randrange(1990, 2030),
    )
    hour, minute = divmod(chance.randrange(24 * 60), 60)
    return chance.choice(
        [f"{number}", f"{price:.2f}", f"{day:02}.{month:02}.{year}", f"{hour:02}:{minute:02}"]
    )


def _secret(chance: random.Random) -> str:
    fours = [f"{chance.randrange(10_000):04}" for _ in range(4)]
    name = "".join(chance.choices(LETTERS, k=6))
    return chance.choice([" ".join(fours), f"{name}@example.com", f"+49 {fours[0]} {fours[1]}"])
