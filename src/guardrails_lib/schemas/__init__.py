"""Typed values, read out of replies."""
