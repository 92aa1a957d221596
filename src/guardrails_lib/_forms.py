"""The forms in which a request may be given, and given back."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from ._chat import given_back, is_chat, message_in, renewed, whole
from ._tree import is_record
from ._types import Data, Message, Request, Source
from ._vault import Vault

__all__ = ["Taking"]

Arguments: TypeAlias = tuple[tuple[Any, ...], dict[str, Any]]


class Taking:
    """Where a function takes its request, its sources and its tools."""

    def __init__(self, fn: Callable[..., Any]) -> None:
        self.name = getattr(fn, "__qualname__", type(fn).__name__).rpartition("<locals>.")[2]
        plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        taken = list(inspect.signature(fn).parameters.values())
        names = [each.name for each in taken if each.kind in plain]
        self.place = int(bool(names) and names[0] in {"self", "cls"})
        if len(names) <= self.place:
            raise TypeError(f"{self.name} needs a first parameter: the request")
        self.first = names[self.place]
        self.sources = names.index("sources") if "sources" in names[self.place + 1 :] else None
        self.tools = names.index("tools") if "tools" in names[self.place + 1 :] else None
        takes = {each.name for each in taken}
        takes_any = any(each.kind is inspect.Parameter.VAR_KEYWORD for each in taken)
        self.passes_sources = takes_any or "sources" in takes
        self.passes_tools = takes_any or "tools" in takes
        self.vault_at = names.index("vault") if "vault" in names[self.place + 1 :] else None
        self.passes_vault = "vault" in takes
        self.wants_request = _is_request(taken[self.place].annotation)

    def __call__(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[Request, Callable[[Request], Arguments]]:
        """The request of one call, and what to call the function with once it is admitted."""
        if len(args) > self.place:
            asked = args[self.place]
        elif self.first in kwargs:
            asked = kwargs[self.first]
        else:
            raise TypeError(f"{self.name}() is missing its first argument, {self.first!r}")
        request = Request(asked) if isinstance(asked, str) else self._read(asked)
        given = self._sources(args, kwargs) if kwargs or self.sources else None
        if given is not None:
            request = replace(request, sources=request.sources + given)
        tools = self._tools(args, kwargs) if kwargs or self.tools else None
        if tools:
            request = replace(request, tools=request.tools + tools)

        def give(admitted: Request) -> Arguments:
            if self.wants_request:
                form: object = _renewed(admitted, request)
            elif admitted.messages is request.messages and not isinstance(asked, Request):
                form = asked
            else:
                form = _like(asked, admitted)
            if given is None and tools is None and len(args) == 1 and self.place == 0:
                return (form,), kwargs
            put = dict(kwargs)
            positional = list(args)
            if len(args) > self.place:
                positional[self.place] = form
            else:
                put[self.first] = form
            if given is not None:
                if self.sources is not None and self.sources < len(args):
                    positional[self.sources] = admitted.sources
                elif self.passes_sources:
                    put["sources"] = admitted.sources
                else:
                    del put["sources"]
            if not self.passes_tools:
                put.pop("tools", None)
            return tuple(positional), put

        return request, give

    def rest(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
        """All that the function is called with but the request, the sources and the tools."""
        if not kwargs and len(args) == self.place + 1 == 1:
            return ()
        places = {self.place, self.sources, self.tools, self.vault_at}
        names = {self.first, "sources", "tools", "vault"}
        return (
            [each for n, each in enumerate(args) if n not in places],
            {name: each for name, each in kwargs.items() if name not in names},
        )

    def vault(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Vault | None:
        """The vault among the arguments; taken out where the function has no place for it."""
        if "vault" in kwargs:
            given = kwargs["vault"]
            if not self.passes_vault and (given is None or isinstance(given, Vault)):
                del kwargs["vault"]
        elif self.vault_at is not None and self.vault_at < len(args):
            given = args[self.vault_at]
        else:
            given = None
        return given if isinstance(given, Vault) else None

    def _read(self, asked: object) -> Request:
        if isinstance(asked, Request):
            return asked
        try:
            if is_chat(asked):
                return Request(
                    tuple(message_in(n, each, self.name) for n, each in enumerate(asked))
                )
            if _is_data(asked):
                return Request(Message("user", parts=(Data(asked),), raw=asked))
        except ValueError as problem:
            raise ValueError(
                f"{self.name}() cannot look at all of {self.first!r}: {problem}"
            ) from None
        raise TypeError(
            f"{self.name}() takes text, a Request, a list of chat messages, or a dict, list, "
            f"dataclass or pydantic model first, not {type(asked).__name__}"
        )

    def _sources(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Source, ...] | None:
        given = self._given("sources", self.sources, args, kwargs)
        if given is _ABSENT:
            return None
        if isinstance(given, Iterable) and not isinstance(given, str | Mapping):
            found = tuple(given)
            if all(isinstance(each, Source) for each in found):
                return found
        raise TypeError(f"{self.name}() takes sources= as a list of Source(uri, text)")

    def _tools(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[object, ...] | None:
        given = self._given("tools", self.tools, args, kwargs)
        if given is _ABSENT:
            return None
        if given is None:
            return ()
        if isinstance(given, Collection) and not isinstance(given, str | bytes | Mapping):
            return tuple(given)
        raise TypeError(f"{self.name}() takes tools= as a list of tools")

    def _given(
        self, name: str, place: int | None, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> object:
        """What was given as *name*, or at its *place*; the request may have that name itself."""
        if name in kwargs and self.first != name:
            return kwargs[name]
        return args[place] if place is not None and place < len(args) else _ABSENT


_ABSENT = object()


def _is_request(annotation: object) -> bool:
    if isinstance(annotation, str):
        return annotation.rpartition(".")[2] == "Request"
    return annotation is Request


def _is_data(asked: object) -> bool:
    if is_record(asked):  # one of our own is there by mistake: an outcome, a message without a list
        return not type(asked).__module__.startswith("guardrails_lib.")
    return isinstance(asked, Mapping | list | tuple)


def _renewed(admitted: Request, asked: Request) -> Request:
    """*admitted*, with nothing behind its messages that was taken out of them."""
    if admitted.messages is asked.messages:
        return admitted
    known = {id(each) for each in asked.messages}
    messages = tuple(each if id(each) in known else renewed(each) for each in admitted.messages)
    return replace(admitted, messages=messages)


def _like(asked: object, request: Request) -> object:
    """*request* in the form in which it was asked."""
    messages = request.messages
    if isinstance(asked, str):
        return "\n\n".join(
            f"You answered:\n{m.text}" if m.role == "assistant" else m.text for m in messages
        )
    if isinstance(asked, Request):
        return _renewed(request, asked)
    if messages and messages[0].raw is asked:
        return whole(messages[0])
    given = asked if isinstance(asked, Sequence) else ()
    values = any(isinstance(each, Message) for each in given)
    chat = [m if values and m.raw is None else given_back(m) for m in messages]
    return tuple(chat) if isinstance(asked, tuple) else chat
