"""JSON that was written wrongly, repaired so that nothing is made up."""

from .mend import Repaired, repair

__all__ = ["Repaired", "repair"]
