"""Calls of tools that are there, with arguments that they take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..._types import ToolCall
from ..hypotheses import st
from .callables import Callables
from .json_values.tally import Tally

__all__ = ["calls_of", "tool_calls"]


def tool_calls(functions: Iterable[object]) -> st.SearchStrategy[ToolCall]:
    """Calls of any of *functions*, which are tools as a request has them.

    Their arguments fit the signature, the model or the schema of the tool, and all of them
    have a name there: `unknown_tool` and `unfit_arguments` find nothing.

    >>> from hypothesis import find
    >>> def pay(to: str, sum: int) -> None: ...
    >>> find(tool_calls([pay]), bool)
    ToolCall(name='pay', arguments={'to': '', 'sum': 0}, id='call_1')
    """
    return calls_of(Callables(functions))


def calls_of(callables: Callables) -> st.SearchStrategy[ToolCall]:
    """Calls that fit one of the tools."""
    ways = [(tool.name, callables.arguments(tool)) for tool in callables.tools]
    return _call(callables, ways, Tally("no call that fits"))


@st.composite
def _call(
    draw: st.DrawFn,
    of: Callables,
    ways: list[tuple[str, st.SearchStrategy[dict[str, Any]]]],
    tally: Tally,
) -> ToolCall:
    name, arguments = draw(st.sampled_from(ways))
    call = ToolCall(name, draw(arguments), f"call_{draw(st.integers(1, 99))}")
    if not of.fits(call):
        tally.refuse(f"{name} does not take what its signature or schema lets it take")
    tally.keep()
    return call
