"""Clients of SDKs, guarded, and what they give, read: one SDK, one file."""

from .guarding import guarded

__all__ = ["guarded"]
