"""Where the sources that a model saw stood in what was asked."""

from __future__ import annotations

from typing import Any

from ._call import Call
from ._types import Request, Source

__all__ = ["originals", "places"]


def places(call: Call[Any], request: Request) -> dict[str, str]:
    """Where each source of *request* was in what was asked: others may be dropped."""
    given = {id(each): where for where, each in call.sources.items()}
    return {
        f"sources[{n}]": given[id(each)]
        for n, each in enumerate(request.sources)
        if id(each) in given
    }


def originals(call: Call[Any], request: Request) -> list[Source]:
    """The sources of *request*, each as the caller gave it."""
    given = call.asked.sources if call.asked else ()
    named = {f"sources[{n}]": each for n, each in enumerate(given)}
    were = places(call, request)
    return [
        named.get(were.get(f"sources[{n}]", ""), each) for n, each in enumerate(request.sources)
    ]
