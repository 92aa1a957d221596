"""What reading a typed answer costs, beside the parsers that do the work.

Every line compares two ways in one run, in turns, and the least of several rounds counts.
No round reads a text that another read before.
"""

import gc
import itertools
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from jsonschema import Draft202012Validator
from pydantic import BaseModel

from guardrails_lib import Policy, guard
from guardrails_lib.schemas.json_schema import JsonSchema

from .table import table

ROUNDS = 9


class Line(BaseModel):
    """A line of an order."""

    sku: str
    name: str
    quantity: int
    price: float
    gift: bool


class Order(BaseModel):
    """An answer of some size."""

    id: int
    customer: str
    email: str
    note: str
    lines: list[Line]
    tags: list[str]
    total: float


class Event(BaseModel):
    """One thing that happened; its texts have colons in them."""

    id: int
    url: str
    at: datetime
    note: str | None = None
    tags: list[str] = []
    score: float | None = None


class Log(BaseModel):
    """An answer whose keys are counted less quickly."""

    by: str
    events: list[Event]
    meta: dict[str, Any] = {}


def main() -> None:
    """Measure and print."""
    gc.disable()  # its pauses are not ours
    write = sys.stdout.write
    write("\n")
    write(reading())
    write(described())
    write(streaming())


def order(lines: int, seed: int) -> str:
    """An order as JSON."""
    rng = random.Random(seed)
    words = ["blue", "kettle", "lamp", "small", "table", "oak", "for", "the", "garden", "neighbour"]

    def said(count: int) -> str:
        return " ".join(rng.choices(words, k=count))

    made = Order(
        id=rng.randrange(10**6),
        customer=said(2),
        email=f"{rng.choice(words)}{seed}@example.com",
        note=said(14),
        lines=[
            Line(
                sku=f"AB-{rng.randrange(1000)}",
                name=said(4),
                quantity=rng.randrange(9),
                price=rng.randrange(10_000) / 100,
                gift=rng.random() < 0.5,
            )
            for _ in range(lines)
        ],
        tags=rng.choices(words, k=3),
        total=rng.randrange(10**6) / 100,
    )
    return made.model_dump_json()


def log(events: int, seed: int) -> str:
    """A log as JSON."""
    rng = random.Random(seed)
    made = Log(
        by="ann",
        events=[
            Event(
                id=n,
                url=f"https://example.com/{rng.randrange(10**6)}",
                at=datetime(2026, 11, 21, rng.randrange(24), tzinfo=UTC),
                note=f"said: {rng.randrange(10**4)}",
                tags=["x", "y"],
                score=rng.random(),
            )
            for n in range(events)
        ],
        meta={"a": 1, "b": [1, 2]},
    )
    return made.model_dump_json()


def reading() -> str:
    """A guarded call that reads an object, beside the parser alone."""
    seeds = itertools.count()
    current: list[str] = []

    def answer(question: str) -> str:
        return current[-1]

    def asked(call: Callable[[str], object]) -> Callable[[str], object]:
        def run(text: str) -> object:
            current[:] = [text]
            return call("?")

        return run

    plain = asked(guard(Policy())(answer))
    orders, logs = (asked(guard(Policy(), returns=each)(answer)) for each in (Order, Log))
    rows = []
    for name, make, parser, typed, times in (
        ("1 KB", partial(order, 8), Order.model_validate_json, orders, 200),
        (
            "1 KB, colons in texts, optional fields",
            partial(log, 6),
            Log.model_validate_json,
            logs,
            200,
        ),
        ("20 KB", partial(order, 200), Order.model_validate_json, orders, 20),
    ):
        parse, read, fixed = in_turns(
            lambda make=make: make(next(seeds)),  # type: ignore[misc]  # the loop's
            parser,
            typed,
            plain,
            times=times,
        )
        ratio = (read - fixed) / parse
        limit = "1.50" if times == 200 else ""
        verdict = kept(ratio, 1.5) if limit else ""
        rows.append([name, us(parse), us(fixed), us(read), f"{ratio:.2f}", limit, verdict])
    head = ["an object of", "model_validate_json, us", "guarded text, us", "guarded object, us"]
    return table(
        "Reading an object: what is added to a guarded text, in parses",
        [*head, "ratio", "limit", ""],
        rows,
    )


SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": {"type": "integer", "minimum": 0},
            "name": {"type": "string", "minLength": 1, "maxLength": 40},
            "kind": {"enum": ["a", "b", "c"]},
            "score": {"type": "number"},
            "tags": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["id", "name", "kind"],
        "additionalProperties": False,
    },
}


def described() -> str:
    """The fast path of a JSON Schema, beside the reference."""
    items = [
        {"id": n, "name": f"item {n}", "kind": "abc"[n % 3], "score": n / 7, "tags": ["x", "y"]}
        for n in range(1_000)
    ]
    schema = JsonSchema(SCHEMA)
    reference = Draft202012Validator(SCHEMA)
    slow, fast = in_turns(lambda: items, reference.is_valid, schema.fits, times=3)
    row = ["1,000 objects", us(slow), us(fast), f"{slow / fast:.0f}", "50", kept(50, slow / fast)]
    head = ["an array of", "jsonschema, us", "fast path, us", "ratio", "limit", ""]
    return table("A JSON Schema", head, [row])


def streaming() -> str:
    """An object in pieces of four characters, beside the parser, and beside one piece."""
    seeds = itertools.count(10_000)
    current: list[str] = []
    step = 4

    def answer(question: str) -> Iterator[str]:
        text = current[-1]
        for at in range(0, len(text), step):
            yield text[at : at + step]

    typed, plain = guard(Policy(), returns=Order)(answer), guard(Policy())(answer)

    def drained(stream: Callable[[str], object], size: int = 4) -> Callable[[str], object]:
        def run(text: str) -> None:
            nonlocal step
            current[:], step = [text], size
            for _ in stream("?"):  # type: ignore[attr-defined]  # a stream
                pass

        return run

    def drafts(text: str) -> None:
        nonlocal step
        current[:], step = [text], 4
        for _ in typed("?").partials():
            pass

    rows = []
    for lines in (50, 100, 200, 400):
        size = len(order(lines, 1))
        parse, text, one, read, shown = in_turns(
            lambda lines=lines: order(lines, next(seeds)),  # type: ignore[misc]  # the loop's
            Order.model_validate_json,
            drained(plain),
            drained(typed, 10 * size),
            drained(typed),
            drafts,
            times=3,
        )
        for name, took in (("read", read), ("read and shown", shown)):
            ratio = (took - text) / parse
            limit = "5.0" if lines == 200 else ""
            rows.append(
                [
                    f"{size / 1000:.0f} KB, {name}",
                    *map(us, (parse, text, took)),
                    f"{(took - text) / (size / 4):.2f}",
                    f"{ratio:.1f}",
                    limit,
                    kept(ratio, 5.0) if limit else "",
                    f"{took / one:.1f}",
                ]
            )
    head = ["", "model_validate_json, us", "stream of text, us", "stream of an object, us"]
    return table(
        "A stream in pieces of 4 characters: what is added to a stream of text",
        [*head, "us a piece", "parses", "limit", "", "ratio to the stream in one piece"],
        rows,
    )


def in_turns(
    make: Callable[[], object], *ways: Callable[..., object], times: int
) -> tuple[float, ...]:
    """Microseconds of each way for one value, the least of several rounds."""
    least = [float("inf")] * len(ways)
    for _ in range(ROUNDS):
        gc.collect()
        values = [make() for _ in range(times)]
        for place, way in enumerate(ways):
            began = time.perf_counter_ns()
            for value in values:
                way(value)
            took = (time.perf_counter_ns() - began) / times / 1e3
            least[place] = min(least[place], took)
    return tuple(least)


def us(took: float) -> str:
    """Microseconds, written."""
    return f"{took:,.1f}"


def kept(value: float, limit: float) -> str:
    """Whether it is within its limit."""
    return "ok" if value <= limit else "OVER"


if __name__ == "__main__":
    main()
