"""How a value prints, and a mapping that is one."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import Any, NoReturn, TypeVar

__all__ = ["FrozenDict", "code", "pretty"]

K = TypeVar("K")
V = TypeVar("V")


def code(self: Any) -> str:
    """The call that makes an equal value; what is left at its default is left out."""
    if hasattr(self, "_field_defaults"):  # a named tuple
        defaults = [(name, self._field_defaults.get(name, MISSING)) for name in self._fields]
    else:
        defaults = [(each.name, _default(each)) for each in fields(self) if each.repr]
    shown = [
        f"{name}={_written(getattr(self, name))}"
        for name, default in defaults
        if default is MISSING or getattr(self, name) != default
    ]
    return f"{type(self).__name__}({', '.join(shown)})"


def pretty(self: object, printer: Any, cycle: bool) -> None:
    """What pretty-printers write, such as those of hypothesis and IPython: no more than `repr`."""
    printer.text(repr(self))


def _written(value: object) -> str:
    return value.__qualname__ if isinstance(value, type) else repr(value)


def _default(each: Field[Any]) -> Any:
    return each.default_factory() if each.default_factory is not MISSING else each.default


class FrozenDict(dict[K, V]):
    """A dict that no longer changes.

    >>> FrozenDict(a=1) == {"a": 1}
    True
    """

    def _frozen(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this value is frozen: change a copy, dict(value)")

    __setitem__ = __delitem__ = clear = pop = popitem = _frozen
    setdefault = update = __ior__ = _frozen  # pyright: ignore[reportAssignmentType]  # all refuse

    def __hash__(self) -> int:  # type: ignore[override]  # frozen, so it can be hashed
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        return type(self), (dict(self),)
