"""A support desk that answers from documents, says where from, and else says so.

Which documents may be quoted, and which addresses linked, is yours to say::

    OURS = SUPPORT + Policy(
        sources=(drop(unlisted_source(allow=("kb://help/**",))),),
        output=(redact(unsafe_markdown(links=("https://help.example.com/**",))),),
    )

It needs Presidio and what cleans Markdown: ``pip install "guardrails-lib[pii,output]"``.
"""

from dataclasses import replace

from guardrails_lib import Action, Budget, Policy, abstain, block, escalate, redact, retry
from guardrails_lib.checks import (
    leaked_prompt,
    miscited,
    refused,
    uncited,
    unfinished,
    ungrounded,
    unsafe_markdown,
)

from .rag import RAG

__all__ = ["SUPPORT"]

SUPPORT = replace(
    RAG
    + Policy(
        output=(redact(unsafe_markdown()),),
        validators=(
            block(leaked_prompt()),
            escalate(refused()),
            abstain(unfinished()),
            retry(uncited()),
            retry(miscited()),
            abstain(ungrounded(below=0.5), say="I found nothing that I could rely on."),
        ),
        budget=Budget(seconds=30.0, attempts=2),
        unreadable=Action.ESCALATE,
    ),
    name="support",
)
