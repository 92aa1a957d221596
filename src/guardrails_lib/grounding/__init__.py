"""What an answer rests on: its claims, and how much the sources bear out each.

`claims` takes a reply apart, `index` the sources, and `support` says how much those bear out
a claim, where, and what speaks against it. All of it goes by words, numbers and names, and
needs no model.
"""

from .claims import Claim, claims
from .index import Index, Place, index, index_of
from .support import Support, around, names_of, nearest, support, supports
from .words import contents

__all__ = [
    "Claim",
    "Index",
    "Place",
    "Support",
    "around",
    "claims",
    "contents",
    "index",
    "index_of",
    "names_of",
    "nearest",
    "support",
    "supports",
]
