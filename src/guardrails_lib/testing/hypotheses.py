"""hypothesis, imported in this one place."""

try:
    from hypothesis import assume, given, note, settings, stateful
    from hypothesis import strategies as st
    from hypothesis.errors import InvalidArgument
except ImportError as missing:
    raise ImportError(
        'this part of the testing kit needs hypothesis: pip install "guardrails-lib[testing]"'
    ) from missing

__all__ = ["InvalidArgument", "assume", "given", "note", "settings", "st", "stateful"]
