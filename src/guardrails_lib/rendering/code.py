"""Whether Python does nothing but reckon: by lists of the syntax and the names allowed."""

from __future__ import annotations

import ast
import builtins
import re
import string
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .doubt import Doubt

__all__ = ["Rules", "wrong"]

LONGEST = 20_000
"""So many characters are read; no snippet that a model writes for one answer is as long."""

DEEPEST = 60
"""So many brackets may be open; the parser itself gives up at 200 of them."""


class Rules(NamedTuple):
    """What code may name beside its own variables and the harmless builtins."""

    imports: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


BUILTINS = frozenset(
    (
        *("abs", "all", "any", "ascii", "bin", "bool", "bytes", "callable", "chr", "complex"),
        *("dict", "divmod", "enumerate", "filter", "float", "frozenset", "hash", "hex", "int"),
        *("isinstance", "issubclass", "iter", "len", "list", "map", "max", "min", "next", "oct"),
        *("ord", "pow", "print", "range", "repr", "reversed", "round", "set", "slice", "sorted"),
        *("str", "sum", "tuple", "zip", "True", "False", "None", "NotImplemented", "Ellipsis"),
        *("ArithmeticError", "AssertionError", "AttributeError", "Exception", "IndexError"),
        *("KeyError", "LookupError", "NotImplementedError", "OverflowError", "RuntimeError"),
        *("StopIteration", "TypeError", "UnicodeError", "ValueError", "ZeroDivisionError"),
        *("__name__",),
    )
)
"""Those that look at nothing but what they are given. `type`, `getattr` and `open` are not."""

MAKES_A_NAME = (ast.FunctionDef, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)

FORBIDDEN = frozenset(dir(builtins)) - BUILTINS

NODES: frozenset[type[ast.AST]] = frozenset(
    (
        *(ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.NamedExpr),
        *(ast.Delete, ast.If, ast.For, ast.While, ast.Break, ast.Continue, ast.Pass, ast.Return),
        *(ast.Assert, ast.Try, ast.ExceptHandler, ast.Raise, ast.With, ast.withitem, ast.Match),
        *(ast.match_case, ast.FunctionDef, ast.Lambda, ast.arguments, ast.arg, ast.ClassDef),
        *(ast.Import, ast.ImportFrom, ast.alias, ast.Global, ast.Nonlocal, ast.Yield),
        *(ast.YieldFrom, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Call),
        *(ast.keyword, ast.Constant, ast.JoinedStr, ast.FormattedValue, ast.Name, ast.Attribute),
        *(ast.Subscript, ast.Slice, ast.Starred, ast.List, ast.Tuple, ast.Set, ast.Dict),
        *(ast.comprehension, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
        *ast.pattern.__subclasses__(),
        *ast.operator.__subclasses__(),
        *ast.unaryop.__subclasses__(),
        *ast.boolop.__subclasses__(),
        *ast.cmpop.__subclasses__(),
        *(ast.Load, ast.Store, ast.Del),
    )
)

NAMES: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Name: ("id",),
    ast.Attribute: ("attr",),
    ast.arg: ("arg",),
    ast.keyword: ("arg",),
    ast.FunctionDef: ("name",),
    ast.ClassDef: ("name",),
    ast.ExceptHandler: ("name",),
    ast.MatchAs: ("name",),
    ast.MatchStar: ("name",),
    ast.MatchMapping: ("rest",),
    ast.alias: ("name", "asname"),
}
"""Where nodes have names in them."""

NOTHING_BY_THEMSELVES = NODES - {*NAMES, ast.Import, ast.ImportFrom, ast.MatchClass}
NOTHING_BY_THEMSELVES -= {ast.Global, ast.Nonlocal}
"""What is as harmless as what is in it."""

WITH_UNDERSCORES = frozenset(
    {"__name__", "__init__", "__repr__", "__str__", "__eq__", "__lt__", "__hash__", "__len__"}
)
"""The names with underscores that may stand anywhere. None of them leads further."""

INNER = frozenset(
    (
        *("gi_frame", "gi_code", "gi_yieldfrom", "cr_frame", "cr_code", "cr_await", "cr_origin"),
        *("ag_frame", "ag_code", "ag_await", "tb_frame", "tb_next", "tb_lasti", "f_back"),
        *("f_builtins", "f_code", "f_globals", "f_locals", "f_trace", "co_code", "co_consts"),
        *("mro", "func_globals", "func_code", "im_func", "im_self", "format_map"),
    )
)
"""Attributes that lead from a value to the interpreter."""

OFTEN_METHODS = frozenset(
    (
        *("array", "calendar", "code", "copy", "email", "json", "queue", "random", "select"),
        *("signal", "statistics", "string", "test", "time", "token", "trace", "types"),
    )
)
MODULES = sys.stdlib_module_names - OFTEN_METHODS
"""An attribute of this name leads from one module to another: ``json.codecs.open``."""

DEEP = re.compile(r"[()\[\]{}]")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
UNSURE_ESCAPE = re.compile(r"\\[^\\'\"abfnrtvx0-7NuU\r\n]|\d[a-zA-Z]")
_quiet = threading.Lock()


def wrong(text: str, rules: Rules) -> Iterator[Doubt]:
    """What is wrong with *text* as a piece of Python."""
    if len(text) > LONGEST:
        yield Doubt("too_long", f"more than {LONGEST} characters", 0, len(text))
        return
    if _depth(text) > DEEPEST:
        yield Doubt("too_deep", "it is too deep to be read", 0, len(text))
        return
    tree = _parsed(text)
    if tree is None:
        yield Doubt("unparsed", "it cannot be read as Python", 0, len(text))
        return
    places = _Places(text)
    nodes = list(ast.walk(tree))
    bound, modules = _bound(nodes)
    known = _Known(BUILTINS | bound | set(rules.names), modules, rules)
    bases = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    for node in nodes:
        if type(node) not in NOTHING_BY_THEMSELVES:
            for kind, message in _of_node(node, known, id(node) in bases):
                yield Doubt(kind, message, *places.of(node))


class _Known(NamedTuple):
    names: frozenset[str] | set[str]
    modules: frozenset[str]
    rules: Rules


def _depth(text: str) -> int:
    """How many brackets are open at most; those in strings count too."""
    deep = most = 0
    for found in DEEP.finditer(text):
        deep += 1 if found[0] in "([{" else -1
        most = max(most, deep)
    return most


def _parsed(text: str) -> ast.Module | None:
    try:
        if not UNSURE_ESCAPE.search(text):
            return ast.parse(text)
        # The parser warns of such escapes, and quotes them. Warnings are one setting for all
        # threads, so they are silent for others too while it reads.
        with _quiet, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _bound(nodes: Sequence[ast.AST]) -> tuple[set[str], frozenset[str]]:
    """The names that the code itself makes, and those of them that are modules."""
    names: set[str] = set()
    modules: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, MAKES_A_NAME) and node.name:
            names.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            names.add(node.rest)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            made = {each.asname or each.name.partition(".")[0] for each in node.names}
            names |= made
            modules |= made if isinstance(node, ast.Import) else set()
    return names - FORBIDDEN, frozenset(modules)


def _of_node(node: ast.AST, known: _Known, is_base: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with one node, whatever is below it."""
    if type(node) not in NODES:
        yield "syntax", "a part of Python that is not allowed"
    if any(name.startswith("__") and name not in WITH_UNDERSCORES for name in _names(node)):
        yield "attribute", "a name with two underscores"
    elif isinstance(node, ast.Name):
        yield from _of_name(node, known, is_base)
    elif isinstance(node, ast.Attribute):
        yield from _of_attribute(node, known)
    elif isinstance(node, ast.Import):
        if not all(_is_importable(each, known.rules.imports) for each in node.names):
            yield "import", "a module that is not listed"
    elif isinstance(node, ast.ImportFrom):
        yield from _of_import(node, known.rules.imports)
    elif isinstance(node, ast.MatchClass) and any(_is_inner(name) for name in node.kwd_attrs):
        yield "attribute", "an attribute that leads further"


def _is_importable(name: ast.alias, listed: Sequence[str]) -> bool:
    """``import a.b`` makes the name ``a``, and with it all of that."""
    made = name.name if name.asname else name.name.partition(".")[0]
    return name.name in listed and made in listed


def _is_inner(name: str) -> bool:
    return name.startswith("_") or name in INNER or name in MODULES


def _of_name(node: ast.Name, known: _Known, is_base: bool) -> Iterator[tuple[str, str]]:
    if node.id in FORBIDDEN and node.id not in known.rules.names:
        yield "name", "a builtin that is not allowed"
    elif node.id not in known.names:
        yield "name", "a name that is not known"
    elif node.id in known.modules and not is_base and isinstance(node.ctx, ast.Load):
        yield "import", "a module as a value"


def _names(node: ast.AST) -> Iterator[str]:
    """The names that *node* itself has in it."""
    for field in NAMES.get(type(node), ()):
        if name := getattr(node, field):
            yield name
    if isinstance(node, ast.Global | ast.Nonlocal):
        yield from node.names
    elif isinstance(node, ast.MatchClass):
        yield from node.kwd_attrs


def _of_attribute(node: ast.Attribute, known: _Known) -> Iterator[tuple[str, str]]:
    name = node.attr
    if name.startswith("_") and not _is_self(node.value):
        yield "attribute", "an attribute that is private"
    elif name in INNER:
        yield "attribute", "an attribute that leads to the interpreter"
    elif name.lstrip("_") in MODULES and not _is_fine(_dotted(node), known.rules.imports):
        yield "attribute", "a module within a module"
    elif name == "format" and not _is_plain_format(getattr(node.value, "value", None)):
        yield "attribute", "a format that may look up attributes"


def _is_fine(dotted: str, listed: Sequence[str]) -> bool:
    """Whether a name of a module is listed, or is of a class called as its module is."""
    module, _, name = dotted.rpartition(".")
    return (module == name and module in listed) or any(
        f"{each}.".startswith(f"{dotted}.") for each in listed
    )


def _dotted(node: ast.expr) -> str:
    """The name of a module as it is written; empty if it is none."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < 10:
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *parts[::-1]]) if isinstance(node, ast.Name) else ""


def _is_self(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id in {"self", "cls"}


def _of_import(node: ast.ImportFrom, listed: Sequence[str]) -> Iterator[tuple[str, str]]:
    module = node.module or ""
    if node.level or module not in listed:
        yield "import", "a module that is not listed"
    for each in node.names:
        if each.name == "*":
            yield "import", "all names of a module"
        elif each.name.startswith("_") or each.name in INNER:
            yield "import", "a name that is private"
        elif each.name in MODULES and f"{module}.{each.name}" not in listed:
            yield "import", "a module within a module"


def _is_plain_format(pattern: object, deep: int = 0) -> bool:
    """Whether *pattern*, a literal, looks up no attributes: ``"{0.a}".format(x)`` does."""
    if not isinstance(pattern, str) or deep > 2:
        return False
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        return True  # it raises when it is run
    return all(
        name is None or (not {".", "["} & set(name) and _is_plain_format(spec or "", deep + 1))
        for _, name, spec, _ in parts
    )


class _Places:
    """Where the nodes of a text stand; the parser counts lines, and bytes in them."""

    def __init__(self, text: str) -> None:
        self.lines = LINE.findall(text)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def of(self, node: ast.AST) -> tuple[int, int]:
        first, last = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
        if first is None or last is None or last > len(self.lines):
            return 0, self.starts[-1]
        start = self._at(first, getattr(node, "col_offset", 0))
        return start, max(start, self._at(last, getattr(node, "end_col_offset", 0)))

    def _at(self, line: int, column: int) -> int:
        before = self.lines[line - 1].encode("utf-8", "surrogatepass")[:column]
        return self.starts[line - 1] + len(before.decode("utf-8", "ignore"))
