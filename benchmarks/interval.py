"""How far a share that was counted can be believed."""

import math

__all__ = ["wilson"]


def wilson(found: int, of: int) -> tuple[float, float]:
    """Where the true share is, 19 times of 20."""
    z = 1.96
    middle = (found + z * z / 2) / (of + z * z)
    half = z / (of + z * z) * math.sqrt(found * (of - found) / of + z * z / 4)
    return max(0.0, middle - half), min(1.0, middle + half)
