"""A model in each of the four shapes in which a function is guarded, and what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

from guardrails_lib import Outcome, Policy, guard
from guardrails_lib._guarded import Shape, guarded_as
from guardrails_lib.testing import ScriptedModel

__all__ = ["guarded", "play"]

ANYTHING = Policy()


def guarded(shape: Shape, model: ScriptedModel, policy: Policy = ANYTHING) -> Any:
    """*model*, guarded, as a function of that shape."""

    def call(prompt: str) -> Any:
        return model(prompt)

    async def acall(prompt: str) -> Any:
        return await model.acall(prompt)

    def stream(prompt: str) -> Iterator[Any]:
        yield from model.stream(prompt)

    async def astream(prompt: str) -> AsyncIterator[Any]:
        async for piece in model.astream(prompt):
            yield piece

    forms: dict[Shape, Any] = {
        Shape.CALL: call,
        Shape.ACALL: acall,
        Shape.STREAM: stream,
        Shape.ASTREAM: astream,
    }
    return guard(policy)(forms[shape])


def play(flow: Any, prompt: str = "q") -> tuple[list[str], Outcome[Any]]:
    """What *flow* shows, and how it ends."""
    shape = guarded_as(flow).shape
    if shape is Shape.CALL:
        return [], flow(prompt)
    if shape is Shape.ACALL:
        return [], asyncio.run(flow(prompt))
    if shape is Shape.STREAM:
        stream = flow(prompt)
        return list(stream), stream.outcome

    async def read() -> tuple[list[str], Outcome[Any]]:
        stream = flow(prompt)
        return [text async for text in stream], stream.outcome

    return asyncio.run(read())
