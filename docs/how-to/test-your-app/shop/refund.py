"""What the model is asked to decide."""

from dataclasses import dataclass

__all__ = ["Refund"]


@dataclass(frozen=True)
class Refund:
    """Money back for an order."""

    order: str
    amount: float
