"""A model that calls tools: those it was offered, as they take them, and nowhere private.

Which commands and addresses its tools may be given is yours to say::

    OURS = AGENT + Policy(
        tools=(
            block(in_argument(unsafe_url(allow=("https://api.example.com/**",)), "url")),
            block(in_argument(unsafe_shell(allow=("git status", "ls")), "command")),
        ),
    )

It needs Presidio and what reads addresses: ``pip install "guardrails-lib[pii,output]"``.
"""

from dataclasses import replace

from guardrails_lib import Action, Budget, Policy, abstain, block, drop, escalate, redact, retry
from guardrails_lib.checks import (
    injection,
    leaked_prompt,
    secrets,
    takeover,
    unfinished,
    unfit_arguments,
    unknown_tool,
    unsafe_markdown,
    unsafe_url,
)

from .base import BASE

__all__ = ["AGENT"]

AGENT = replace(
    BASE
    + Policy(
        input=(block(takeover()),),
        sources=(drop(takeover(where="document")),),
        output=(redact(unsafe_markdown()),),
        tools=(
            block(unknown_tool()),
            retry(unfit_arguments(), then=Action.ESCALATE),
            block(secrets()),
            block(unsafe_url()),
            escalate(injection(where="document")),
        ),
        validators=(block(leaked_prompt()), abstain(unfinished())),
        budget=Budget(seconds=60.0, attempts=2),
    ),
    name="agent",
)
