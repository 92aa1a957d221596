"""Replies of a model that hold what was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable

from ..._schema import Json, as_json
from ..hypotheses import st
from .wanted import Wanted

__all__ = ["replies"]


def replies(
    returns: object, *, values: st.SearchStrategy[object] | None = None
) -> st.SearchStrategy[str]:
    r"""Texts of replies that ``guard(..., returns=...)`` reads, without any repair.

    The JSON in them is close together or indented, bare or fenced, behind a line of prose or
    behind reasoning. *values* are what is said in them, if the schema of a type cannot say all
    that its validators want.

    >>> from hypothesis import find
    >>> find(replies({"enum": [17]}), lambda reply: reply.startswith("```"))
    '```json\n17\n```'
    """
    wanted = Wanted(returns)
    return wanted.trees(values).flatmap(lambda tree: said(wanted, tree))


def said(wanted: Wanted, tree: Json) -> st.SearchStrategy[str]:
    """The texts of replies that are read as *tree*."""

    def reply(text: str, form: Callable[[str], str]) -> str:
        whole = form(text)
        return whole if wanted.is_said(whole, tree) else text

    return st.builds(reply, written(tree), st.sampled_from(_FORMS))


def written(tree: Json) -> st.SearchStrategy[str]:
    """*tree* as JSON, in any way of writing it."""
    return st.sampled_from(
        list(
            dict.fromkeys(
                [
                    as_json(tree),
                    json.dumps(tree),
                    json.dumps(tree, ensure_ascii=False, indent=2),
                    json.dumps(tree, indent="\t", separators=(" ,", " : ")),
                ]
            )
        )
    )


def _form(form: str) -> Callable[[str], str]:
    return lambda text: form.replace("()", text)


_FORMS = [
    *map(
        _form,
        (
            "()",
            " \n()\n",
            "```json\n()\n```",
            "```\n()\n```\n",
            "```json\n()\n```\nTell me if you need more.",
            "~~~json\n()\n~~~",
            "Here it is: ()",
            "Here it is:\n\n```json\n()\n```\n",
            "()\nTell me if you need more.",
            "<think>They ask for one of {} or [].</think>\n()",
            "<reasoning>\nLet me see.\n</reasoning>\n```json\n()\n```",
            "\ufeff()",
        ),
    ),
    lambda text: json.loads(text) if text.startswith('"') else text,
]
"""How a reply holds its JSON. Not each can hold each value: no number stands in prose."""
