"""What a typed call costs beside the model's own time: by instructor, by a guard, by both.

The client is a function that answers at once with a completion that is there already. What
it takes itself is taken off. The guard has an empty policy or one of three rules over text.
"""

import gc
import logging
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import instructor
from openai.types.chat import ChatCompletion
from pydantic import BaseModel

from guardrails_lib import Policy, Reply, Usage, block, guard, redact
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.models.instructor import guarded

from .overhead import each_of, least
from .table import table

CALLS = 100
OURS = ("a guard with returns=", "the same, three rules", "a guarded instructor")


class Line(BaseModel):
    """One line of an order."""

    name: str
    count: int
    price: float


class Order(BaseModel):
    """What the model is asked for."""

    number: str
    note: str
    lines: list[Line]


RULES = Policy(
    output=(
        redact(matching(r"\b\d{4}(?: \d{4}){3}\b")),
        block(containing(("ignore your instructions", "you are now"))),
        block(longer_than(limit=100_000)),
    )
)


def main() -> None:
    """Measure and print."""
    logging.disable(logging.CRITICAL)
    gc.disable()  # as in `overhead`
    head = ["", "ns over the bare client", "limit", "", "ratio to instructor"]
    sys.stdout.write("\n" + table("A typed call on the same stubbed client", head, rows()))


def rows() -> list[list[str]]:
    """What each way takes, for a small value and a larger one."""
    found = []
    for name, lines in (("100 bytes", 0), ("1 KB", 18)):
        bare, instructors, *ours = measured(_completion(lines))
        theirs = instructors - bare
        found.append([f"{name}: instructor", f"{theirs:,.0f}", "", "", "1.00"])
        for label, took in zip(OURS, ours, strict=True):
            ratio = (took - bare) / theirs
            kept = "ok" if ratio < 1 else "OVER"
            found.append([f"{name}: {label}", f"{took - bare:,.0f}", "< 1", kept, f"{ratio:.2f}"])
    return found


def measured(completion: ChatCompletion) -> list[float]:
    """Nanoseconds for one call: bare, by instructor, and in each of our ways."""

    def create(**_: object) -> ChatCompletion:
        return completion

    client = instructor.from_litellm(create)
    both = guarded(client, Policy())

    def bare(question: str) -> Reply[Any]:
        chat = [{"role": "user", "content": question}]
        given: Any = create(model="m", messages=chat)
        (call,) = given.choices[0].message.tool_calls
        used = given.usage
        usage = Usage(used.prompt_tokens, used.completion_tokens)
        return Reply(call.function.arguments, usage=usage)

    def by_instructor(question: str) -> Order:
        chat: Any = [{"role": "user", "content": question}]
        return client.create(Order, chat, model="m", max_retries=0)

    def by_both(question: str) -> Order:
        chat = [{"role": "user", "content": question}]
        return both.create(Order, chat, model="m", max_retries=0).unwrap()

    by_guard = guard(Policy(), returns=Order)(bare)
    with_rules = guard(RULES, returns=Order)(bare)
    calls: Sequence[Callable[[str], object]] = (
        bare,
        by_instructor,
        by_guard,
        with_rules,
        by_both,
    )
    for call in calls:
        call("What did I order?")  # what is built once is built now
    texts = [f"What did I order on day {day}?" for day in range(CALLS)]
    return [least(partial(each_of, call, texts)) for call in calls]


def _completion(lines: int) -> ChatCompletion:
    order = Order(
        number="A-1",
        note="Leave it at the door, please.",
        lines=[Line(name=f"part {n}", count=n, price=n + 0.5) for n in range(lines)],
    )
    function = {"name": "Order", "arguments": order.model_dump_json()}
    tool_calls = [{"id": "call1", "type": "function", "function": function}]
    message = {"role": "assistant", "content": None, "tool_calls": tool_calls}
    return ChatCompletion.model_validate(
        {
            "id": "c1",
            "object": "chat.completion",
            "created": 0,
            "model": "m",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        }
    )


if __name__ == "__main__":
    main()
