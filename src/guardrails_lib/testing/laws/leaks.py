"""What a policy takes out reaches neither the model, nor whoever gets the answer, nor a log."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from ..._guard import Guard
from ..._guarded import Shape, guarded_as
from ..._policy import Action, Policy
from ..fakes import EchoModel
from ..hypotheses import settings, st
from ..playing import Model, Played, play, play_all
from ..strategies.conversations import GUARDED, Spot
from .listening import logged
from .planting import Plant, plants_of, plants_with
from .stating import hidden, hold
from .steps import nothing_given_on, nothing_in_the_case, nothing_sent, nothing_shown, nothing_told
from .subjects import Call, one_policy, saying, shapes_of, subject_of

__all__ = ["never_leaks", "nothing_in_the_log"]

_SEEN_BY = {"tools": nothing_given_on, "output": nothing_shown}
"""Who must not get what the rules of a stage take out; before the model, it is the model."""


def never_leaks(
    call: Call,
    *,
    values: st.SearchStrategy[str] | None = None,
    where: Collection[Spot] = GUARDED,
    model: Model | None = None,
    examples: int | None = None,
) -> None:
    """What a rule takes out is not sent to the model, shown, or given on to a tool.

    What its checks say that they find is planted in every place that the policy looks at; or
    *values*, in the places *where*. The model repeats all that it is sent. With *model*, a
    fake that the guarded function asks itself, the function is called as it is. In what is said
    of a law that does not hold, your *values* are blotted out.
    """
    __tracebackhide__ = True  # pytest would print what *values* are

    def law(guard: Guard[Any], plant: Plant, shape: Shape) -> None:
        played = _played(call, model, guard, plant, shape)
        unseen = _SEEN_BY.get(plant.stage, nothing_sent)
        with hidden(plant.values if plant.rule is None else ()):
            unseen(played, plant.values, plant.by)

    _tried(law, "never_leaks", call, values, where, model, examples)


def nothing_in_the_log(
    call: Call,
    *,
    values: st.SearchStrategy[str] | None = None,
    where: Collection[Spot] = GUARDED,
    model: Model | None = None,
    examples: int | None = None,
) -> None:
    """No record, event, finding, log line or error carries a text that a rule takes out.

    It is tried as `never_leaks` is. With a desk, what is redacted is not in the case either. A
    key in nested data may be told if a person must decide on it, who must see it.
    """
    __tracebackhide__ = True  # as above

    def law(guard: Guard[Any], plant: Plant, shape: Shape) -> None:
        if plant.may_be_told:
            return
        with logged() as lines:
            played = _played(call, model, guard, plant, shape)
        with hidden(plant.values if plant.rule is None else ()):
            nothing_told(played, plant.values, lines)
            if plant.rule is not None and plant.rule.action is Action.REDACT:
                nothing_in_the_case(played, plant.values)

    _tried(law, "nothing_in_the_log", call, values, where, model, examples)


def _tried(
    law: Callable[..., None],
    name: str,
    call: Call,
    values: st.SearchStrategy[str] | None,
    where: Collection[Spot],
    model: Model | None,
    examples: int | None,
) -> None:
    __tracebackhide__ = True  # as above
    on = subject_of(call)
    policy = one_policy(on, name)
    plants = plants_of(policy) if values is None else plants_with(values, where)
    if not plants:
        raise ValueError(
            f"{name} has nothing to plant: no check of the policy that redacts, drops or refuses "
            "a text says what it is known to find. Give values=, or @check(known=...)"
        )
    shapes = shapes_of(policy)
    if model is not None:
        if isinstance(call, Policy | Guard):
            raise TypeError("model= is the fake that a guarded function asks: give the function")
        shapes = (guarded_as(call).shape,)
    each = max(1, (settings().max_examples if examples is None else examples) // len(plants))
    for some in plants:
        hold(
            *(law, on.guards, some, st.sampled_from(shapes)),
            name=name,
            policy=policy,
            examples=each,
        )


def _played(
    call: Any, model: Model | None, guard: Guard[Any], plant: Plant, shape: Shape
) -> Played[Any]:
    if model is not None:
        return play_all(call, model, plant.request)
    reply = plant.reply
    fake = EchoModel() if reply is None else saying(lambda _: reply, (3, 1, 5))
    return play(guard, fake, plant.request, shape=shape)
