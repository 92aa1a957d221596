"""Where a text is planted that a policy is known to find, and what of it must not get through."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from ..._mask import BLOT
from ..._policy import Action, Policy, Rule
from ..._types import Label, Reply, Request, Source, ToolCall
from ..hypotheses import st
from ..playing import strings_in
from ..strategies.conversations import GUARDED, SPOTS, Planted, Spot, planted
from ..strategies.shop import shop_calls
from ..strategies.sources import sources
from ..strategies.texts import texts
from .subjects import samples

__all__ = ["Plant", "found", "plants_of", "plants_with"]

_LEAST = 4
"""A shorter text may stand there by chance."""


@dataclass(frozen=True, slots=True)
class Plant:
    """What is asked and answered, with *values* in it that *rule* is known to find."""

    request: Request
    reply: Reply[Any] | None
    """What the model says; None is all that it is sent."""
    values: tuple[str, ...]
    stage: str
    rule: Rule[Any] | None
    """None where the values are not the policy's own samples."""
    in_key: bool = False
    """Whether they are a name in nested data, so that each place in it is told with them."""

    @property
    def by(self) -> str:
        """What takes them out."""
        return "the policy" if self.rule is None else repr(self.rule)

    @property
    def may_be_told(self) -> bool:
        """Whether the log may have them: a key that a person decides on, or what a model said."""
        decided_on = self.rule is not None and self.rule.action is Action.ESCALATE
        said = self.stage == "input" and self.reply is not None
        return said or (self.in_key and decided_on)


Plants: TypeAlias = st.SearchStrategy[Plant]


class _Sample(NamedTuple):
    """A text, and what *rule* finds in it."""

    stage: str
    rule: Rule[Any]
    text: str
    values: tuple[str, ...]


def plants_of(policy: Policy, *, least: Action = Action.REDACT) -> list[Plants]:
    """What rules that mean *least* or more are known to find: the plants of each place by turns."""
    places: defaultdict[str, list[Plants]] = defaultdict(list)
    asked = _asked_in_each_spot()
    if any(rule.action is Action.RETRY for rule in policy.rules):
        asked["input"]["asked again"] = _said_before
    for stage in ("input", "sources", "output", "tools"):
        for rule in getattr(policy, stage):
            known = [
                _Sample(stage, rule, sample, values)
                for sample in samples(rule)
                if (rule.then if rule.action is Action.RETRY else rule.action) >= least
                and (values := found(rule, sample))
            ]
            for place, plant in (_ANSWERED.get(stage) or asked[stage]).items():
                if known:
                    places[place].append(st.sampled_from(known).flatmap(plant))
    return [st.one_of(some) for some in places.values()]


def plants_with(values: st.SearchStrategy[str], where: Collection[Spot]) -> list[Plants]:
    """*values*, planted *where* in what is asked, each place by turns."""
    planted(values, where)  # it says what is wrong with *where*
    return [
        planted(values, where=[spot]).map(
            lambda made: Plant(made.request, None, made.values, "input", None)
        )
        for spot in SPOTS
        if spot in where
    ]


# -- in what is asked


def _asked_in_each_spot() -> dict[str, dict[str, Callable[[_Sample], Plants]]]:
    """By stage and spot, how to plant there; what is around it is made once."""
    some = texts()
    around: Any = {"texts": some, "calls": shop_calls(some), "sources": sources(labels=_PUBLIC)}

    def put(spot: Spot, sample: _Sample) -> Plants:
        in_key = spot in {"key", "argument_key"}

        def plant(made: Planted) -> Plant:
            values = tuple(each for each in sample.values if each not in _beside(sample, made))
            return Plant(made.request, None, values, sample.stage, sample.rule, in_key)

        return planted(st.just(sample.text), where=[spot], **around).map(plant)

    return {
        "input": {spot: partial(put, spot) for spot in GUARDED if spot != "source"},
        "sources": {"source": partial(put, "source")},
    }


def _beside(sample: _Sample, made: Planted) -> str:
    """What is sent though the rule does not look there: a value may stand in it by chance."""
    request = made.request
    beside: list[object] = [request.tools, [each.uri for each in request.sources]]
    if sample.stage == "input":
        beside += [request.sources, [each for each in request.messages if each.role in _TRUSTED]]
    else:
        beside += [request.messages]
    return "\n".join(strings_in(beside))


_TRUSTED = {"system", "developer"}
_PUBLIC = st.just(Label.PUBLIC)


# -- in what is answered


def _said_before(sample: _Sample) -> Plants:
    """The model says it, and what it said goes back to it if it is asked again."""
    request = Request("When does the shop open?", [_INNOCENT])
    reply = Reply[Any](sample.text)
    return st.just(Plant(request, reply, sample.values, sample.stage, sample.rule))


def _in_text(sample: _Sample) -> Plants:
    return _answered(sample, Reply(sample.text))


def _in_call(name: str, sample: _Sample) -> Plants:
    call = ToolCall("look_up", _ARGUMENTS[name](sample.text))
    return _answered(sample, Reply("x", tool_calls=(call,)), name == "key")


def _answered(sample: _Sample, reply: Reply[Any], in_key: bool = False) -> Plants:
    """A passage has it, too: such are offered where there is no answer."""
    sources = [_INNOCENT, Source("kb://2", sample.text)]
    request = Request("When does the shop open?", sources)
    return st.just(Plant(request, reply, sample.values, sample.stage, sample.rule, in_key))


_INNOCENT = Source("kb://1", "The shop opens at nine.")
_ARGUMENTS: dict[str, Callable[[str], Any]] = {
    "argument": lambda text: {"query": text},
    "argument in arguments": lambda text: {"words": [{"of": ["x", text]}, 1]},
    "key": lambda text: {"query": {text: True}},
    "arguments as text": lambda text: f"query = {text}",
    "arguments as JSON": lambda text: json.dumps({"query": text}, ensure_ascii=False),
}
_ANSWERED: dict[str, dict[str, Callable[[_Sample], Plants]]] = {
    "output": {"reply": _in_text},
    "tools": {f"call: {name}": partial(_in_call, name) for name in _ARGUMENTS},
}


def found(rule: Rule[Any], sample: str) -> tuple[str, ...]:
    """What the check of *rule* finds in *sample*, of which nothing must get through."""
    if rule.check.is_async:
        return (sample,)
    some = [each for each in _values(rule, sample) if len(each) >= _LEAST]
    left = [_left(rule, frame.format(sample)) for frame in _COMPANY]
    return tuple(each for each in some if not any(each in text for text in left)) or tuple(some)


_COMPANY = ("{0} {0}", "It says {0} here.", "1\n{0}\n2")
"""What is not found in each of these was found by what stood around it, as a word before a number
may be taken for a name: it is not known to be found wherever it is planted."""


def _values(rule: Rule[Any], sample: str) -> Iterator[str]:
    for start, end in _places(rule, sample):
        yield sample[start:end]


def _left(rule: Rule[Any], text: str) -> str:
    """*text* without what is found in it."""
    at, left = 0, ""
    for start, end in sorted(_places(rule, text)):
        left += text[at:start] + BLOT
        at = max(at, end)
    return left + text[at:]


def _places(rule: Rule[Any], text: str) -> Iterator[tuple[int, int]]:
    for finding in rule.check(text):
        yield (0, len(text)) if finding.span is None else (finding.span.start, finding.span.end)
