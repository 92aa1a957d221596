"""Conditions and columns that nobody writes who asks for something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .sql_parsed import Node, children, walked

__all__ = ["senseless"]

COMPARISONS = {"EQ", "NEQ", "GT", "GTE", "LT", "LTE", "NullSafeEQ", "Is", "Like", "ILike"}
ARITHMETIC = {"Add", "Sub", "Mul", "Div", "Mod", "BitwiseAnd", "BitwiseOr", "BitwiseXor"}
ARITHMETIC |= {"DPipe", "IntDiv", "Pow", "BitwiseLeftShift", "BitwiseRightShift"}
LOOKING = {"Column", "Select", "Placeholder", "Parameter", "Star", "Window"}
"""What makes a condition one about something."""


SEVERAL = {"Star", "Dot", "Explode", "Posexplode", "Unnest", "Anonymous"}
"""What may give more columns than one, or none."""


def senseless(nodes: Sequence[Node]) -> Iterator[tuple[str, str, Node]]:
    """What makes a condition always true, and unions and orders that cannot be run."""
    for node in nodes:
        kind = type(node).__name__
        if kind in {"Or", "Xor"}:
            for side in (node.args["this"], node.args["expression"]):
                if type(side).__name__ not in {"Or", "Xor"} and _is_always(side):
                    yield "tautology", "a choice that looks at nothing", side
        elif kind in COMPARISONS:
            if type(node.args["this"]).__name__ in COMPARISONS:
                yield "tautology", "a comparison of a comparison", node
            elif not _is_usual(node) and all(_is_literal(side) for _, side in children(node)):
                yield "tautology", "a comparison of what is known", node
        elif kind in ARITHMETIC:
            if all(_is_text(side) for _, side in children(node)):
                yield "tautology", "a sum of texts", node
        elif kind in {"Union", "Except", "Intersect"}:
            if _uneven(node):
                yield "uneven", "as many columns here as there, or it cannot be run", node
        elif kind == "Select":
            yield from _positions(node)


def _is_literal(node: Node) -> bool:
    return type(node).__name__ == "Literal"


def _is_usual(comparison: Node) -> bool:
    """``1 = 1`` and ``1 = 0`` are how programs begin a condition."""
    return all(side.name in {"0", "1"} and not _is_text(side) for _, side in children(comparison))


def _is_text(node: Node) -> bool:
    return _is_literal(node) and bool(node.args.get("is_string"))


def _is_always(side: Node) -> bool:
    while type(side).__name__ in {"Paren", "Not"}:
        side = side.args["this"]
    kind = type(side).__name__
    if kind in COMPARISONS:
        left, right = side.args["this"], side.args["expression"]
        if type(left).__name__ == "Column" and left == right:
            return True
        if kind in {"Like", "ILike"} and _is_text(right) and not right.name.strip("%"):
            return True
    return not any(type(each).__name__ in LOOKING for each in walked(side))


def _columns(query: Node) -> int | None:
    """How many columns *query* gives, if that can be told."""
    while type(query).__name__ in {"Subquery", "Union", "Except", "Intersect"}:
        query = query.args["this"]
    if type(query).__name__ != "Select":
        return None
    shown = query.args["expressions"]
    return None if any(_is_several(each) for each in shown) else len(shown)


def _is_several(shown: Node) -> bool:
    kind = type(shown).__name__
    return kind in SEVERAL or (kind == "Column" and type(shown.args["this"]).__name__ == "Star")


def _uneven(union: Node) -> bool:
    if union.args.get("by_name"):
        return False
    left, right = _columns(union.args["this"]), _columns(union.args["expression"])
    return left is not None and right is not None and left != right


def _positions(select: Node) -> Iterator[tuple[str, str, Node]]:
    order, shown = select.args.get("order"), _columns(select)
    if order is None or shown is None:
        return
    for each in order.expressions:
        by = each.args.get("this")
        if type(by).__name__ != "Literal" or by.is_string or not by.name.isdigit():
            continue
        if not 1 <= int(by.name[:9]) <= shown:
            yield "uneven", "an order by a column that is not there", by
