"""How often topics are told apart from examples, by wording alone.

Two sets, each split into examples and what is scored. In one, the scored sentences are made
of templates that no example is made of, of words that the examples have. In the other every
sentence is somebody's own, and most share no word that tells with any example. The defaults
were chosen on three topics, and six others are scored.
"""

import itertools
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from guardrails_lib.checks.topics import forbidden_topic, off_topic

from .table import table
from .topic_sentences import ELSE, SCORED, TUNED

EXAMPLES = (
    "How do I {act} {thing}?",
    "I would like to {act} {thing}.",
    "Please {act} {thing} for me.",
    "Where can I {act} {thing}?",
)
HELD_OUT = (
    "My colleague tried to {act} {thing} yesterday and nothing happened.",
    "Is it even possible to {act} {thing} from abroad?",
    "Before I {act} {thing}, what should I know?",
    "Who is responsible when people {act} {thing} too late?",
)

WORDS_TUNED = {
    "travel": (
        ("book", "cancel", "rebook", "upgrade"),
        ("a flight", "my hotel room", "the train ticket", "our tour", "a rental car"),
    ),
    "gardening": (
        ("plant", "water", "prune", "fertilize"),
        ("the roses", "my tomatoes", "an apple tree", "the lawn", "a hedge"),
    ),
    "account": (
        ("reset", "change", "delete", "verify"),
        ("my password", "the username", "my profile", "the login code", "my account"),
    ),
}
WORDS_SCORED = {
    "billing": (
        ("pay", "dispute", "download", "refund"),
        ("my invoice", "the receipt", "a late fee", "the subscription", "my credit card bill"),
    ),
    "shipping": (
        ("track", "return", "deliver", "send"),
        ("my parcel", "the package", "a large box", "the shipment", "an order"),
    ),
    "medicine": (
        ("treat", "cure", "prevent", "diagnose"),
        ("a headache", "the fever", "my rash", "high blood pressure", "an infection"),
    ),
    "politics": (
        ("support", "criticize", "elect", "oppose"),
        ("the president", "a candidate", "the government", "this party", "the new law"),
    ),
    "cooking": (
        ("bake", "fry", "boil", "season"),
        ("the chicken", "a potato", "some rice", "the vegetables", "an onion soup"),
    ),
    "jobs": (
        ("apply for", "advertise", "fill", "quit"),
        ("a job", "the vacancy", "an internship", "this position", "the developer role"),
    ),
}

Topics = Mapping[str, tuple[Sequence[str], Sequence[str]]]
"""By name, the examples and what is scored."""


class Shares(NamedTuple):
    """Of all sentences of their kind."""

    passed: float
    """On an allowed topic, and not found."""
    stopped: float
    """On no allowed topic, and found."""
    found: float
    """On a forbidden topic, and found with its name."""
    mistaken: float
    """On no forbidden topic, and found."""


def main() -> None:
    """Measure and print."""
    rows = []
    for name, topics in (
        ("templates, tuned on", made(WORDS_TUNED)),
        ("templates, scored", made(WORDS_SCORED)),
        ("own words, tuned on", written(TUNED)),
        ("own words, scored", written(SCORED)),
    ):
        rows.append((name, *(f"{share:.0%}" for share in shares(topics))))
    head = ("set", "on topic, passed", "off topic, found", "forbidden, found", "other, found")
    sys.stdout.write("\n" + table("Topics from ten examples each", head, rows))


def made(words: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> Topics:
    """Ten examples, and ten sentences with other templates and other pairs of words."""
    topics = {}
    for name, (acts, things) in words.items():
        pairs = list(itertools.product(acts, things))
        topics[name] = (_filled(EXAMPLES, pairs[::2]), _filled(HELD_OUT, pairs[1::2]))
    return topics


def _filled(templates: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    cycled = zip(itertools.cycle(templates), pairs, strict=False)
    return [template.format(act=act, thing=thing) for template, (act, thing) in cycled]


def written(texts: Mapping[str, str]) -> Topics:
    """Every second sentence is an example."""
    lines = {name: text.strip().splitlines() for name, text in texts.items()}
    return {name: (each[::2], each[1::2]) for name, each in lines.items()}


def shares(topics: Topics) -> Shares:
    """Each topic allowed, and forbidden, by itself."""
    passed, stopped, found, mistaken = [], [], [], []
    for name, (examples, scored) in topics.items():
        listed = {name: examples}
        away, near = off_topic(allow=listed), forbidden_topic(deny=listed)
        others = [each for other in topics if other != name for each in topics[other][1]]
        others += ELSE.strip().splitlines()
        passed += [not list(away(text)) for text in scored]
        stopped += [bool(list(away(text))) for text in others]
        found += [name in {each.kind for each in near(text)} for text in scored]
        mistaken += [bool(list(near(text))) for text in others]
    return Shares(*(sum(each) / len(each) for each in (passed, stopped, found, mistaken)))


if __name__ == "__main__":
    main()
