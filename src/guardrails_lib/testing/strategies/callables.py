"""Tools that a model may call: what each takes, and arguments that it takes."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..._schema import Unreadable
from ..._types import ToolCall
from ...schemas.json_schema.survey import plain
from ...schemas.tools.arguments import arguments_in
from ...schemas.tools.offered import Illegible, Tool, as_json_schema, takes, tools_in
from ...schemas.typed import Typed
from ..hypotheses import InvalidArgument, st
from .from_schema import from_schema

__all__ = ["Callables"]


class Callables:
    """The tools in a list as ``Request(tools=...)`` takes it."""

    def __init__(self, functions: Iterable[object]) -> None:
        if not isinstance(functions, Iterable) or isinstance(functions, str | bytes | Mapping):
            raise InvalidArgument("give several tools, as a request has them: [pay]")
        try:
            self.tools = [tool for each in functions for tool in tools_in(each)]
            self._taking = [(tool.name, takes(tool)) for tool in self.tools]
        except Illegible as problem:
            raise InvalidArgument(f"there is a tool that cannot be read: {problem}") from problem
        if not self.tools:
            raise InvalidArgument("there are no tools to call")

    def __repr__(self) -> str:
        return f"[{', '.join(each.name for each in self.tools)}]"

    @property
    def names(self) -> list[str]:
        """What they are called."""
        return [each.name for each in self.tools]

    def arguments(self, tool: Tool) -> st.SearchStrategy[dict[str, Any]]:
        """What may be given to *tool*; a few may not fit."""
        given = tool.takes
        if given is None:
            return st.just({})
        if isinstance(given, Mapping):
            made = from_schema({"type": "object", **as_json_schema(plain(given))})
        elif hasattr(given, "model_config"):
            made = from_schema(Typed(given).schema)
        else:
            return _by_signature(given)
        return made.map(functools.partial(self._named, tool))

    def _named(self, tool: Tool, arguments: Any) -> dict[str, Any]:
        """*arguments*, without those that *tool* has no name for, unless it takes these too."""
        taking = next(known for name, known in self._taking if name == tool.name and known)
        if not taking.unknown(arguments):
            return dict(arguments)
        return {key: each for key, each in arguments.items() if key in taking.names}

    def fits(self, call: ToolCall) -> bool:
        """Whether there is such a tool, and it takes what it is given."""
        if call.name not in self.names:
            return False
        known = [taking for name, taking in self._taking if name == call.name and taking]
        try:
            made = arguments_in(call.arguments)
        except Unreadable:
            return not known  # nobody knows what a built-in takes
        return not any(list(each.errors(made)) or each.unknown(made) for each in known)


_UNNAMED = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}


def _by_signature(given: Callable[..., Any]) -> st.SearchStrategy[dict[str, Any]]:
    bound = given.keywords if isinstance(given, functools.partial) else {}
    needed: dict[str, st.SearchStrategy[Any]] = {}
    others: dict[str, st.SearchStrategy[Any]] = {}
    for name, each in inspect.signature(given, eval_str=True).parameters.items():
        if each.kind in _UNNAMED or name in bound:
            continue
        kind: Any = Any if each.annotation is each.empty else each.annotation
        made = from_schema(Typed(kind).schema)
        (needed if each.default is each.empty else others)[name] = made
    return st.fixed_dictionaries(needed, optional=others)
