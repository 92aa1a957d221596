"""How like two texts are: by their words, or by what an embedding function says."""

from .embedded import Embed, Embedded
from .sentences import sentences, windows
from .wording import Like, Wording
from .words import says_something, words

__all__ = [
    "Embed",
    "Embedded",
    "Like",
    "Wording",
    "says_something",
    "sentences",
    "windows",
    "words",
]
