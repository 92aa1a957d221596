"""The file that holds what was learned: one line that says what it is, and the numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

from .._errors import PolicyError
from .numbers import NDArray, np

__all__ = ["Weights", "digest", "learned", "path_of", "read", "write"]

_FORM = "guardrails_lib weights 1"
_LINE = 1 << 20
"""The first line is shorter."""


class Weights(NamedTuple):
    """What a detector has learned, and what it says of itself."""

    about: Mapping[str, Any]
    """Numbers that it is used with, what it was trained with, and by which program."""
    arrays: Mapping[str, NDArray[Any]]


def path_of(name: str) -> Path:
    """The file that ships with the package."""
    return Path(__file__).parent / f"{name}.weights"


def learned(detector: str, path: Path | None = None) -> Weights:
    """What *detector* has learned, as the package has it, or as another file has."""
    path = path or path_of(detector)
    weights = read(path)
    if weights.about.get("detector") != detector:
        raise PolicyError(
            f"{path} is not what {detector} learned, but {weights.about.get('detector')!r}; "
            "install guardrails-lib again"
        )
    return weights


def digest(weights: Weights) -> str:
    """What tells whether two detectors have learned the same."""
    said = {
        name: hashlib.sha256(_plain(array).tobytes()).hexdigest()
        for name, array in weights.arrays.items()
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def write(path: Path, weights: Weights) -> None:
    """Write *weights*; the same weights are the same bytes everywhere."""
    listed = [(name, _plain(array)) for name, array in sorted(weights.arrays.items())]
    data = b"".join(array.tobytes() for _, array in listed)
    line = {
        "form": _FORM,
        "about": dict(weights.about),
        "arrays": [[name, array.dtype.str, list(array.shape)] for name, array in listed],
        "sha256": _digest(weights.about, data),
    }
    path.write_bytes(json.dumps(line, sort_keys=True).encode() + b"\n" + data)


def read(path: Path) -> Weights:
    """What the file at *path* holds. A file that is not whole is an error that names it."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise PolicyError(
            f"{path} cannot be read ({problem.strerror}): it holds what a detector has learned "
            "and comes with the package; install guardrails-lib again"
        ) from problem
    end = content.find(b"\n", 0, _LINE)
    try:
        line = json.loads(content[: max(end, 0)])
        data = content[end + 1 :]
        if line["form"] != _FORM:
            raise ValueError(f"its form is {line['form']!r} and not {_FORM!r}")
        if line["sha256"] != _digest(line["about"], data):
            raise ValueError("its digest is another")
        return Weights(line["about"], _arrays(line["arrays"], data))
    except (ValueError, KeyError, TypeError) as problem:
        raise PolicyError(
            f"{path} is damaged ({problem}): it holds what a detector has learned; "
            "install guardrails-lib again"
        ) from problem


def _plain(array: NDArray[Any]) -> NDArray[Any]:
    """*array* with the bytes of its numbers in one order on every machine."""
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))


def _digest(about: Mapping[str, Any], data: bytes) -> str:
    said = json.dumps(about, sort_keys=True).encode()
    return hashlib.sha256(said + b"\n" + data).hexdigest()


def _arrays(listed: list[Any], data: bytes) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {}
    at = 0
    for name, kind, shape in listed:
        count = prod(shape)
        array = np.frombuffer(data, dtype=np.dtype(kind), count=count, offset=at)
        arrays[name] = array.reshape(shape)
        at += array.nbytes
    if at != len(data):
        raise ValueError("it is longer than it says")
    return arrays
