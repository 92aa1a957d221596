"""What the model cards say was measured, and with which weights."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from guardrails_lib.learned.measuring.cards import (
    EVALUATE,
    LEAVE_OUT,
    Block,
    blocks,
    card_of,
    checksum,
    rewritten,
)
from guardrails_lib.learned.measuring.evaluation import KINDS, Asked, evaluated, told
from guardrails_lib.learned.weights import path_of

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
CARDS = sorted(set(KINDS.values()))
SOME, OTHER = "0" * 64, "f" * 64
CARD = f"""# A card

Prose.

<!-- evaluate names wikigold -->
```text
```

<!-- leave-out injection | weights sha256 {SOME} -->
```text
old
numbers
```

```text
no block
```
"""


def test_a_mark_above_a_fence_is_a_block() -> None:
    assert blocks(CARD) == [
        Block(EVALUATE, ("names", "wikigold"), "", ""),
        Block(LEAVE_OUT, ("injection",), SOME, "old\nnumbers\n"),
    ]


def test_a_block_is_written_anew_with_its_weights_and_the_rest_stays() -> None:
    fresh = rewritten(CARD, lambda block: "new\n" if block.how == LEAVE_OUT else None, OTHER)
    assert fresh == CARD.replace("old\nnumbers\n", "new\n").replace(SOME, OTHER)


def test_what_is_written_anew_is_read_again() -> None:
    fresh = rewritten(CARD, lambda block: " ".join(block.arguments), OTHER)
    assert [(each.digest, each.text) for each in blocks(fresh)] == [
        (OTHER, "names wikigold\n"),
        (OTHER, "injection\n"),
    ]
    assert rewritten(fresh, lambda block: block.text, OTHER) == fresh


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"abc")
    assert checksum(path) == hashlib.sha256(b"abc").hexdigest()


@pytest.mark.parametrize("name", CARDS)
def test_every_number_of_a_card_is_of_the_weights_that_ship(name: str) -> None:
    measured = [each for each in blocks(card_of(name).read_text("utf-8")) if each.how == EVALUATE]
    assert measured
    assert {each.digest for each in measured} == {checksum(path_of(name))}


@pytest.mark.parametrize("name", CARDS)
def test_what_was_left_out_says_beside_which_weights(name: str) -> None:
    left = [each for each in blocks(card_of(name).read_text("utf-8")) if each.how == LEAVE_OUT]
    assert left
    assert all(bool(each.digest) == bool(each.text) for each in left)


@pytest.mark.parametrize("name", CARDS)
def test_no_mark_of_a_card_is_misspelt(name: str) -> None:
    card = card_of(name).read_text("utf-8")
    assert len(re.findall("<!--", card)) == len(blocks(card))


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.skipif(not DATA.is_dir(), reason="the public data is not beside the repository")
def test_what_a_card_says_is_what_is_measured(name: str) -> None:
    """The first block is; the others take their time, and name the same weights."""
    card = blocks(card_of(name).read_text("utf-8"))
    first = next(block for block in card if block.how == EVALUATE)
    kind, *given = first.arguments
    assert first.text == told(evaluated(Asked(kind, tuple(given), DATA)))
