"""hypothesis, imported in this one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

try:
    from hypothesis import Phase, assume, given, note, reject, settings, stateful
    from hypothesis import strategies as st
    from hypothesis.errors import FailedHealthCheck, InvalidArgument
except ImportError as missing:
    raise ImportError(
        'this part of the testing kit needs hypothesis: pip install "guardrails-lib[testing]"'
    ) from missing

__all__ = [
    "FailedHealthCheck",
    "InvalidArgument",
    "Phase",
    "assume",
    "given",
    "note",
    "reject",
    "settings",
    "st",
    "stateful",
    "tried_with",
]


def tried_with(
    law: Callable[..., None], values: Sequence[st.SearchStrategy[Any]], how: settings
) -> None:
    """Try *law* with what *values* give, as *how* says."""

    @how
    @given(st.tuples(*values))
    def tried(drawn: tuple[Any, ...]) -> None:
        law(*drawn)

    tried()
