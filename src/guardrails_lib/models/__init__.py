"""Guarded clients of SDKs: one SDK, one file."""
