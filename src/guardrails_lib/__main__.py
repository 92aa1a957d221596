"""``python -m guardrails_lib``: what can be done from a shell."""

from __future__ import annotations

from .cli import main

__all__: list[str] = []

if __name__ == "__main__":
    raise SystemExit(main())
