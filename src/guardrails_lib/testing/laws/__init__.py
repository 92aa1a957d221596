"""What every guarded call keeps, as functions to be called in a test.

A law takes a `Policy`, a `Guard` or a guarded function, and tries it with many texts, cuts and
failures: as many as the profile of hypothesis says, or *examples*. It returns nothing. If the
law does not hold it raises `LawBroken`, an `AssertionError`, with the smallest input found, how
the call ended, and its record. A law asks no model and reaches nothing outside: ledgers, caches
and desks are left out, or are in memory.

>>> from guardrails_lib import Policy, block
>>> from guardrails_lib.checks import containing
>>> split_invariant(Policy(output=(block(containing("secret")),)), examples=20)
"""

from ..severity import severity
from .algebra import monoid, monotone, strictest_wins
from .beside import cached_changes_nothing, shadow_changes_nothing
from .budget import stays_in_budget
from .clearance import less_clearance_sees_less
from .errors import error_is_never_a_pass
from .leaks import never_leaks, nothing_in_the_log
from .redaction import redaction_is_clean, restores_exactly
from .samples import accepts_known_good, refuses_known_bad
from .stating import LawBroken
from .streams import shows_nothing_removed, split_invariant, sync_equals_async
from .typed import unreadable_is_never_accepted

__all__ = [
    "LawBroken",
    "accepts_known_good",
    "cached_changes_nothing",
    "error_is_never_a_pass",
    "less_clearance_sees_less",
    "monoid",
    "monotone",
    "never_leaks",
    "nothing_in_the_log",
    "redaction_is_clean",
    "refuses_known_bad",
    "restores_exactly",
    "severity",
    "shadow_changes_nothing",
    "shows_nothing_removed",
    "split_invariant",
    "stays_in_budget",
    "strictest_wins",
    "sync_equals_async",
    "unreadable_is_never_accepted",
]
