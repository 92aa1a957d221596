"""The tools of a shop, and calls of them."""

from __future__ import annotations

from ..._types import ToolCall
from ..hypotheses import st

__all__ = ["SHOP", "shop_calls"]


def _tool(name: str, says: str, **parameters: str) -> dict[str, object]:
    properties = {each: {"type": kind} for each, kind in parameters.items()}
    schema = {"type": "object", "properties": properties}
    function = {"name": name, "description": says, "parameters": schema}
    return {"type": "function", "function": function}


SHOP: dict[str, dict[str, object]] = {
    "find_order": _tool("find_order", "What is known of an order.", order="string"),
    "send_mail": _tool("send_mail", "A mail to a customer.", to="string", text="string"),
    "save_note": _tool("save_note", "A note beside an order.", note="object"),
    "refund": _tool("refund", "Money back.", order="string", amount="number"),
}
"""What such a shop offers, by name, as OpenAI wants it said."""


def shop_calls(texts: st.SearchStrategy[str]) -> st.SearchStrategy[ToolCall]:
    """Calls of the tools of `SHOP`, *texts* among their arguments."""
    orders = st.integers(1, 999).map(lambda n: f"A-{n}")
    notes = st.fixed_dictionaries({"about": texts, "tags": st.lists(texts, max_size=2)})
    given: dict[str, dict[str, st.SearchStrategy[object]]] = {
        "find_order": {"order": orders},
        "send_mail": {"to": st.just("desk@example.com"), "text": texts},
        "save_note": {"note": notes},
        "refund": {"order": orders, "amount": st.integers(1, 500)},
    }
    return st.one_of(
        *(
            st.builds(ToolCall, st.just(name), st.fixed_dictionaries(each))
            for name, each in given.items()
        )
    )
