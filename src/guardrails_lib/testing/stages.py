"""The stages of a policy, in the order in which a call meets them."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

__all__ = ["STAGES", "Stage"]

Stage: TypeAlias = Literal["input", "sources", "output", "tools", "validators"]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""All of them, by name."""
