"""What may stand between the words of a phrase: some characters, in one line."""

from __future__ import annotations

__all__ = ["GAP", "N1", "N2", "N3", "N4", "SHORT"]

GAP, SHORT = r"\b[\w\x20,:'\"()/_-]{0,80}\b", r"\b[\w\x20,:'\"()/_-]{0,40}\b"
N1, N2, N3, N4 = (rf"[a-z0-9\x20,:'\"/_-]{{0,{12 * n}}}\b" for n in (1, 2, 3, 4))
"""So many words or fewer, of some twelve characters each."""
