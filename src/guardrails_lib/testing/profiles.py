"""How thoroughly hypothesis tries: in CI, and in the night."""

from __future__ import annotations

from typing import Any

from .hypotheses import settings

__all__ = ["CI", "NIGHTLY", "register"]

CI = "guardrails-ci"
NIGHTLY = "guardrails-nightly"


def register() -> None:
    """Make both known, for ``--hypothesis-profile`` or `settings.load_profile`.

    In CI the same examples are tried each time, so that a change breaks what it breaks. By
    night there are many, and others each time. Of itself, hypothesis suppresses a health check
    where it finds itself in CI; these do not.
    """
    both: dict[str, Any] = {"deadline": None, "print_blob": True, "suppress_health_check": ()}
    settings.register_profile(CI, max_examples=200, derandomize=True, **both)
    settings.register_profile(NIGHTLY, max_examples=5000, derandomize=False, **both)
