"""What the parts of finding personal data cost, each beside what could stand in its place.

    python -m benchmarks.pii_parts

Every text is read once, and both sides must find the same in it. Times are of the thread,
so that other programs count for little.
"""

import dataclasses
import functools
import itertools
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import regex
from phonenumbers import PhoneNumberMatcher
from presidio_analyzer import predefined_recognizers

from guardrails_lib import Check, Policy, Stream, flag, guard
from guardrails_lib.checks import pii
from guardrails_lib.presidio.phones import phone_spans
from guardrails_lib.presidio.recognizers import EntityRecognizer, chosen, patterns_of
from guardrails_lib.scan.many import Many, has_digit
from guardrails_lib.scan.multi import Multi
from guardrails_lib.scan.shapes import Shapes, needs_digit
from guardrails_lib.scan.tree import parsed

from .parity import SETS
from .prose import clean, dense, mixed, numeric
from .table import table

__all__ = ["main"]

KB = 1_000
TEXTS = 60
WARM = 60
"""So many texts are read before: to have met no shape and no word takes longer."""

PROSE = (clean, numeric, mixed, dense)
SEEDS = itertools.count(1_000_000)
"""Each is taken once."""


def main() -> None:
    """Measure and print."""
    sys.stdout.write("\n")
    for part in (gates, phones, certainty, streams):
        sys.stdout.write(part())
        sys.stdout.flush()


def gates() -> str:
    """Which patterns are run where: by shapes, by Hyperscan, and all of them everywhere."""
    rows = []
    for name in ("default", "every country"):
        patterns = list(dict.fromkeys(_patterns(chosen(None, SETS[name]))))
        many, multi = Many(patterns), Multi(patterns)
        shapes = Shapes(
            (n, tree)
            for n, each in enumerate(patterns)
            if (tree := parsed(*each)) is not None and needs_digit(tree)
        )
        compiled = [regex.compile(*each, cache_pattern=False) for each in patterns]
        by_shapes = functools.partial(_by_shapes, many)
        by_hyperscan = functools.partial(_by_hyperscan, multi, compiled)
        by_nothing = functools.partial(_spans, compiled, range(len(compiled)))
        for prose in PROSE:
            ways = (shapes_of(shapes), multi.could_match, by_shapes, by_hyperscan, by_nothing)
            took = _beside(prose, ways, same=slice(2, 5))
            texts = _fresh(prose, 20)
            could = statistics.fmean(len(multi.could_match(text)) for text in texts)
            does = statistics.fmean(len(by_shapes(text)) for text in texts)
            label = f"{prose.__name__}, {name}"
            rows.append([label, *(f"{each:,.1f}" for each in took), f"{could:.1f}", f"{does:.1f}"])
    head = ["", "shapes", "Hyperscan", "all by shapes", "all by Hyperscan", "all patterns"]
    head += ["could match", "match"]
    return table("Patterns that could match and all their matches, us for 1 KB", head, rows)


def shapes_of(shapes: Shapes) -> Callable[[str], object]:
    """Every group of digits, with what could match there."""
    return lambda text: list(shapes(text))


def phones() -> str:
    """Phone numbers of the regions that Presidio looks in."""
    each = predefined_recognizers.PhoneRecognizer()
    regions, leniency = tuple(each.supported_regions), each.leniency or 0

    def library(text: str) -> list[tuple[int, int]]:
        found = (PhoneNumberMatcher(text, region, leniency) for region in regions)
        return sorted({(match.start, match.end) for one in found for match in one})

    rows = []
    for prose in PROSE:
        ours = functools.partial(phone_spans, regions=regions, leniency=leniency)
        one, other = _beside(prose, (ours, library))
        rows.append([prose.__name__, f"{one:,.1f}", f"{other:,.1f}", f"{other / one:,.1f}"])
    head = ["", "us", "libphonenumber's us", "ratio"]
    return table(f"Phone numbers of {len(regions)} regions in 1 KB", head, rows)


def certainty() -> str:
    """How certain the findings are, in 100 KB of each prose."""
    rows = []
    for prose in PROSE:
        found = [each.score or 0.0 for text in _fresh(prose, 100) for each in pii()(text)]
        weak = sum(score < 0.4 for score in found)
        rows.append([prose.__name__, str(len(found)), str(weak), str(len(found) - weak)])
    return table("Findings of pii()", ["", "all", "below 0.4", "from 0.4"], rows)


def streams() -> str:
    """A reply of 10 KB in chunks of 1 to 8 characters, whose end is seen again for each."""
    check = pii(entities={kind for each in chosen(None) for kind in each.supported_entities})
    ways = {
        f"back={check.back}": check,
        f"back={check.width}, the width": dataclasses.replace(check, back=None),
        "names too": pii(),
    }
    rows = []
    for prose in PROSE:
        chunks = list(_cut(prose(10 * KB, next(SEEDS))))
        for name, way in ways.items():
            held = _held("".join(chunks), way)
            answer = guard(Policy(output=(flag(way),)))(_as_stream)
            took = min(_microseconds(_read, answer, chunks) for _ in range(3))
            label = f"{prose.__name__}, {name}"
            rows.append([label, f"{took / len(chunks):,.1f}", f"{statistics.fmean(held):.2f}"])
    return table("Streams", ["", "us for a chunk", "characters held back, mean"], rows)


def _as_stream(chunks: Sequence[str]) -> Iterator[str]:
    yield from chunks


def _read(answer: Callable[[Sequence[str]], Stream[str]], chunks: Sequence[str]) -> None:
    for _ in answer(chunks):
        pass


def _held(text: str, check: Check[str]) -> list[int]:
    """How much of *text* waits after each of its chunks."""
    ends = list(itertools.accumulate(map(len, _cut(text))))
    settled = itertools.accumulate(ends, lambda at, end: check.tail(text[:end], at), initial=0)
    return [end - at for end, at in zip(ends, itertools.islice(settled, 1, None), strict=True)]


def _cut(text: str) -> Iterator[str]:
    chance = random.Random(7)
    at = 0
    while at < len(text):
        size = chance.randint(1, 8)
        yield text[at : at + size]
        at += size


def _by_shapes(many: Many, text: str) -> dict[int, list[tuple[int, int]]]:
    return {n: spans or [] for n, spans in sorted(many.find(text, has_digit(text)).items())}


def _by_hyperscan(
    multi: Multi, compiled: Sequence[regex.Pattern[str]], text: str
) -> dict[int, list[tuple[int, int]]]:
    return _spans(compiled, sorted(multi.could_match(text)), text)


def _spans(
    compiled: Sequence[regex.Pattern[str]], numbers: Sequence[int], text: str
) -> dict[int, list[tuple[int, int]]]:
    found = ((n, [match.span() for match in compiled[n].finditer(text)]) for n in numbers)
    return {n: spans for n, spans in found if spans}


def _patterns(recognizers: Sequence[EntityRecognizer]) -> Iterator[tuple[str, int]]:
    for each in recognizers:
        if isinstance(each, predefined_recognizers.PhoneRecognizer) or "patterns" not in vars(each):
            continue
        for pattern in patterns_of(each):  # type: ignore[arg-type]  # it has patterns
            yield pattern.regex, int(vars(each)["global_regex_flags"] or 0)


def _beside(
    prose: Callable[[int, int], str],
    ways: Sequence[Callable[[str], object]],
    same: slice = slice(None),
) -> list[float]:
    """The median microseconds of each way; those of *same* must agree."""
    for text in _fresh(prose, WARM):
        for way in ways:
            way(text)
    texts = _fresh(prose, TEXTS)
    took = [statistics.median(_microseconds(way, text) for text in texts) for way in ways]
    for text in texts:
        answers = [way(text) for way in ways[same]]
        if any(answer != answers[0] for answer in answers):
            raise AssertionError(f"not the same in {text!r}")
    return took


def _microseconds(call: Callable[..., object], *read: object) -> float:
    began = time.thread_time_ns()
    call(*read)
    return (time.thread_time_ns() - began) / 1_000


def _fresh(prose: Callable[[int, int], str], count: int) -> list[str]:
    return [prose(KB, seed) for seed in itertools.islice(SEEDS, count)]


if __name__ == "__main__":
    main()
