"""Whether a text means to take the model over, and how that is learned."""

from .judging import Judge, Scored, judge

__all__ = ["Judge", "Scored", "judge"]
