"""Patterns over text, fast and bounded: what the pattern checks stand on."""

from .pattern import Pattern, compiled

__all__ = ["Pattern", "compiled"]
