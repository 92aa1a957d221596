"""Names are what has capitals where none are needed, and what has letters and digits."""

from __future__ import annotations

import pytest

from guardrails_lib.grounding.names import names


def words(text: str) -> list[str]:
    return [" ".join(name.words) for name in names(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was Marie Curie who found it.", ["marie curie"]),
        ("Marie Curie found it.", ["marie curie"]),
        ("It belongs to NASA now.", ["nasa"]),
        ("They fly the B-52 and the X200.", ["b-52", "x200"]),
        ("It is sold in France.", ["france"]),
        ("It is the U.S. market.", ["u s"]),
        ("Yesterday Dr. Lee left the house.", ["lee"]),
    ],
)
def test_a_name_is_found(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The warranty covers fire.",
        "Customers pay. Refunds are possible.",
        "On Monday in March I will call.",
        "It runs 5km in the 1990s, for the 3rd time.",
        "Die Garantie deckt den Schaden und das Wasser nicht.",
        "Terms And Conditions For All Customers",
    ],
)
def test_a_capital_that_says_nothing_makes_no_name(text: str) -> None:
    assert words(text) == []
