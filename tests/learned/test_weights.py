"""A file of weights is whole, and of the detector that reads it, or it is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from guardrails_lib import PolicyError
from guardrails_lib.learned.numbers import NDArray, np
from guardrails_lib.learned.weights import Weights, learned, path_of, read, write

ABOUT: dict[str, Any] = {"detector": "names", "scale": 0.5}
ARRAYS: dict[str, NDArray[Any]] = {
    "table": np.arange(-6, 6, dtype=np.int8).reshape(3, 4),
    "common": np.array([1, 2, 300], dtype=np.uint16),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some.weights"
    write(path, Weights(ABOUT, ARRAYS))
    return path


def test_what_is_written_is_read(file: Path) -> None:
    about, arrays = read(file)
    assert about == ABOUT
    assert {name: array.tolist() for name, array in arrays.items()} == {
        name: array.tolist() for name, array in ARRAYS.items()
    }


def test_the_same_weights_are_the_same_bytes(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.weights"
    write(other, Weights(dict(reversed(ABOUT.items())), dict(reversed(ARRAYS.items()))))
    assert other.read_bytes() == file.read_bytes()


def test_numbers_are_written_in_one_order_of_bytes(file: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.weights"
    write(big, Weights(ABOUT, {**ARRAYS, "common": ARRAYS["common"].astype(">u2")}))
    assert big.read_bytes() == file.read_bytes()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"gone\.weights cannot be read .*install"):
        read(tmp_path / "gone.weights")


@pytest.mark.parametrize("at", [0, 40, -1])
def test_one_wrong_byte_is_seen(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)
    with pytest.raises(PolicyError, match=r"some\.weights is damaged"):
        read(file)


@pytest.mark.parametrize("left", [0, 1, 60, -1])
def test_a_file_that_ends_early_is_seen(file: Path, left: int) -> None:
    file.write_bytes(file.read_bytes()[:left])
    with pytest.raises(PolicyError, match=r"some\.weights is damaged"):
        read(file)


def test_a_file_that_goes_on_is_seen(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(PolicyError, match="damaged"):
        read(file)


def test_another_form_is_named(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"weights 1", b"weights 9"))
    with pytest.raises(PolicyError, match="'guardrails_lib weights 9'"):
        read(file)


def test_the_weights_of_another_detector_are_refused(file: Path) -> None:
    with pytest.raises(PolicyError, match="is not what injection learned, but 'names'"):
        learned("injection", file)


@pytest.mark.parametrize("detector", ["names", "injection"])
def test_the_package_holds_its_weights(detector: str) -> None:
    assert learned(detector).about["detector"] == detector


def test_all_weights_together_are_small() -> None:
    every = path_of("names").parent.glob("*.weights")
    assert sum(path.stat().st_size for path in every) <= 8_000_000
