"""In which form instructor has a type answered, and what is read of the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from .completion import calls_in, text_in
from .wire import Wire

__all__ = ["Form", "form", "parallel_form"]


class Form(NamedTuple):
    """How values of a type are asked for and written."""

    asked: Any
    """What instructor is asked for."""
    source: Any
    """The type of the values."""
    wire: Wire

    @property
    def returns(self) -> Any:
        """What the guard is to read."""
        return self.source if self.wire == Wire(strict=False) else Annotated[self.source, self.wire]

    def text(self, completion: object) -> str:
        """What the model wrote."""
        calls = list(calls_in(completion)) if self.wire.tools else []
        if not calls:
            return text_in(completion)
        written = (f'{{"name":{json.dumps(name)},"arguments":{given}}}' for name, given in calls)
        return f"[{','.join(written)}]"

    def value(self, made: Any, completion: object) -> Any:
        """The value that instructor *made*; None if it has left out a part of the answer."""
        if self.wire.tools:
            values = list(made)  # instructor leaves out calls of what is no tool
            return values if len(values) == len(list(calls_in(completion))) else None
        if _is_typed_dict(self.source):
            return made.model_dump(exclude_unset=True)
        if self.wire.key == "tasks":
            typed = _is_typed_dict(*get_args(self.source))
            return [each.model_dump(exclude_unset=True) if typed else each for each in made]
        return made


def form(asked: Any, prepared: Callable[[Any], Any], *, strict: bool) -> Form:
    """The form of a type, of which *prepared* gives what instructor makes of it.

    Instructor takes that as well, and is spared making it at each call.
    """
    if get_origin(asked) is Iterable:  # an async client of instructor takes it for a stream
        asked = list[get_args(asked)]  # type: ignore[misc]  # what is in it is known when it runs
    model = prepared(asked)
    if hasattr(asked, "tasks_from_chunks"):  # instructor's IterableModel
        return Form(model, list[asked.task_type], Wire("tasks", strict=strict))
    if hasattr(asked, "model_fields") or _is_typed_dict(asked):
        return Form(model, asked, Wire(strict=strict))
    (key,) = model.model_fields
    return Form(model, asked, Wire(key, strict=strict))


def parallel_form(asked: Any, *, strict: bool) -> Form:
    """The form of ``Iterable[A | B]``, each value being a call of a tool of its own."""
    if get_origin(asked) is not Iterable:
        raise TypeError("parallel tools give several values: write response_model=Iterable[A | B]")
    (one,) = get_args(asked)
    tools = get_args(one) or (one,)
    return Form(asked, list[one], Wire(tools=tools, strict=strict))  # type: ignore[valid-type]  # as above


def _is_typed_dict(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, dict)
