"""Answers from documents: those alone that may be quoted, once each, and none made up.

Which addresses may be quoted is yours to say::

    SUPPORT = RAG + Policy(
        name="support",
        sources=(drop(unlisted_source(allow=("kb://help/**",))),),
    )
"""

from dataclasses import replace

from guardrails_lib import Policy, abstain, block, drop
from guardrails_lib.checks import duplicate_source, no_sources, split_injection, takeover

from .base import BASE

__all__ = ["RAG"]

RAG = replace(
    BASE
    + Policy(
        input=(block(takeover()),),
        sources=(
            drop(duplicate_source(same="text")),
            drop(split_injection(where="document")),
            drop(takeover(where="document")),
            abstain(no_sources(), say="I have found nothing to answer from."),
        ),
    ),
    name="rag",
)
