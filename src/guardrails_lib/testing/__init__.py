"""For the tests of applications: fakes to guard, and laws that every policy keeps."""

from .fakes import ScriptedModel, ScriptEnded, Turn

__all__ = ["ScriptEnded", "ScriptedModel", "Turn"]
