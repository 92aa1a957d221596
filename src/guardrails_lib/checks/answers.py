"""How the reply could be read: not at all, or once it was mended."""

from __future__ import annotations

from collections.abc import Iterator

from .._check import check
from .._schema import Unreadable
from .._types import Finding, Reply
from .knowing import known_in

__all__ = ["repaired", "unreadable"]


@check(known=known_in("answers.repaired"))
def repaired(reply: Reply[object]) -> Iterator[Finding]:
    """A reply that had to be mended before it could be read.

    Each change is a finding. It goes with ``guard(..., repair=True)``; in a policy it says
    what such a reply means: ``retry(repaired())``, ``escalate(repaired())``.

    >>> list(repaired()(Reply('{"a": 1}')))
    []

    It does not know whether a change was the right one.
    """
    yield from reply.repairs


@check(known=known_in("answers.unreadable"))
def unreadable(problem: Unreadable) -> Iterator[Finding]:
    """A reply that does not hold what ``returns=`` says.

    Without a rule it is asked for again, and then `Policy.unreadable` holds. With
    ``retry(unreadable(), fieldwise=True)`` only what does not fit is asked for again.

    >>> from guardrails_lib import Unreadable, Wrong
    >>> problem = Unreadable(Wrong(("lines", 3), "a number is needed"))
    >>> [(finding.where, finding.message) for finding in unreadable()(problem)]
    [('reply.lines[3]', 'lines[3]: a number is needed')]

    It does not look at replies that could be read.
    """
    for each in problem.wrong:
        where = f"reply.{each.place}" if each.path else "reply"
        yield Finding(f"{each.place}: {each.message}", kind="unreadable", where=where)
