"""What a text says to one who reads it another way: decoded, unspaced, with other letters."""

from .reading import views
from .view import View

__all__ = ["View", "views"]
