"""Numpy, which everything here counts with. The one file that imports it."""

from __future__ import annotations

from typing import TypeAlias

try:
    import numpy as np
    from numpy.typing import NDArray
except ImportError as missing:
    raise ImportError(
        'learned detectors need numpy: pip install "guardrails-lib[learned]"'
    ) from missing

__all__ = ["Bytes", "Floats", "Hashes", "Integers", "NDArray", "Truths", "np"]

Hashes: TypeAlias = NDArray[np.uint64]
Integers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bytes: TypeAlias = NDArray[np.int8]
Truths: TypeAlias = NDArray[np.bool_]
