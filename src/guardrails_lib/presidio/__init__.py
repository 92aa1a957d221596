"""Presidio's findings at a fraction of their cost."""
