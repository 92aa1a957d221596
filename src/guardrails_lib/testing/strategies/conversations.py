"""Requests of many turns, and such with values planted in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import get_args

from ..._types import Label, Request, Source, ToolCall
from ..._values import code
from ..hypotheses import InvalidArgument, st
from .shop import SHOP, shop_calls
from .sources import sources as any_sources
from .texts import among
from .texts import texts as any_texts
from .tool_calls import tool_calls
from .turns import Kit, Place, Spot, Turns

__all__ = ["GUARDED", "SPOTS", "Place", "Planted", "Spot", "conversations", "planted"]

SPOTS: tuple[Spot, ...] = get_args(Spot)
"""Where in a request a value can be planted."""

GUARDED: tuple[Spot, ...] = tuple(each for each in SPOTS if each != "system")
"""Those where rules over texts look without being told to: what the developer says is trusted."""


@dataclass(frozen=True, slots=True, repr=False)
class Planted:
    """A request, the values that stand in it, and where each of them stands."""

    request: Request
    values: tuple[str, ...]
    places: tuple[Place, ...]

    __repr__ = code


def conversations(
    texts: st.SearchStrategy[str] | None = None,
    tools: Sequence[object] | None = None,
    *,
    calls: st.SearchStrategy[ToolCall] | None = None,
    sources: st.SearchStrategy[Source] | None = None,
    labels: st.SearchStrategy[Label] | None = None,
) -> st.SearchStrategy[Request]:
    """Requests as an application sends them: many turns, tools and their results, sources.

    The ids of results are those of calls, and the model is always the next to speak. The
    shortest is one message of a user. *tools* are offered in every request, in any form that a
    request may hold, and *calls* are what was called of them before, as `tool_calls` makes them;
    without either, some requests have tools of a shop. *labels* are of the messages, which are
    public without it.
    """
    kit = _kit(texts, tools, calls, sources, labels)
    return _drawn(kit, tools, _NOTHING).map(lambda each: each.request)


def planted(
    values: st.SearchStrategy[str],
    where: Collection[Spot] = GUARDED,
    *,
    texts: st.SearchStrategy[str] | None = None,
    tools: Sequence[object] | None = None,
    calls: st.SearchStrategy[ToolCall] | None = None,
    sources: st.SearchStrategy[Source] | None = None,
    labels: st.SearchStrategy[Label] | None = None,
) -> st.SearchStrategy[Planted]:
    """`conversations` in which one to three of *values* stand, in places such as *where*.

    A value stands in a text by itself or among others, with white space around it; as a whole
    it is a name, or a key of nested data. *where* holds some of `SPOTS`.
    """
    for each in where:
        among("where", each, SPOTS)
    if not where:
        raise InvalidArgument(f"where=(): there are {', '.join(SPOTS)}")
    spots: st.SearchStrategy[Spot] = st.sampled_from([each for each in SPOTS if each in where])
    one: st.SearchStrategy[tuple[Spot, str]] = st.tuples(spots, values)
    chosen = st.lists(one, min_size=1, max_size=3)
    return _drawn(_kit(texts, tools, calls, sources, labels), tools, chosen)


@st.composite
def _drawn(
    draw: st.DrawFn,
    kit: Kit,
    tools: Sequence[object] | None,
    values: st.SearchStrategy[list[tuple[Spot, str]]],
) -> Planted:
    chosen = draw(values)
    answered = draw(_FEW)
    if any(spot in _OF_ANSWERED for spot, _ in chosen):
        answered = max(answered, 1)
    wanted: list[dict[Spot, list[str]]] = [defaultdict(list) for _ in range(answered + 1)]
    for spot, value in chosen:
        first = answered if spot == "user" else 0
        last = answered - 1 if spot in _OF_ANSWERED else answered
        wanted[draw(st.integers(first, last))][spot].append(value)
    turns = Turns(draw, kit)
    beside: dict[Spot, list[str]] = {
        spot: [value for each, value in chosen if each == spot] for spot in _BESIDE
    }
    if draw(_RARELY) or beside["system"]:
        turns.instruct(beside)
    for n, each in enumerate(wanted):
        turns.exchange(each, answered=n < answered)
    for n in range(max(draw(_FEW), len(beside["source"][:1]))):
        turns.consult({} if n else beside)
    if tools is None:
        tools = [tool for name, tool in SHOP.items() if name in turns.called]
    request = Request(turns.messages, turns.sources, tools)
    return Planted(request, tuple(turns.values), tuple(turns.places))


_OF_ANSWERED: tuple[Spot, ...] = ("earlier", "assistant")
_BESIDE: tuple[Spot, ...] = ("system", "source")
_FEW = st.sampled_from((0, 0, 1, 2))
_RARELY = st.sampled_from((False, False, False, True))
_NOTHING: st.SearchStrategy[list[tuple[Spot, str]]] = st.builds(list)


def _kit(
    texts: st.SearchStrategy[str] | None,
    tools: Sequence[object] | None,
    calls: st.SearchStrategy[ToolCall] | None,
    sources: st.SearchStrategy[Source] | None,
    labels: st.SearchStrategy[Label] | None,
) -> Kit:
    texts = any_texts() if texts is None else texts
    if calls is None:
        calls = tool_calls(tools) if tools else shop_calls(texts)
    return Kit(
        texts,
        calls,
        any_sources(labels=_PUBLIC) if sources is None else sources,
        _PUBLIC if labels is None else labels,
    )


_PUBLIC = st.just(Label.PUBLIC)
