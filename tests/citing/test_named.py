"""Which source a citation means."""

from __future__ import annotations

import pytest

from guardrails_lib import Source
from guardrails_lib.citing.named import known_names, meant

SOURCES = (
    Source("kb://help/returns"),
    Source("https://Docs.example.com/a/prices.html"),
    Source("kb://old/prices.md"),
    Source("kb://faq/7"),
)


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("1", (0,)),
        ("4", (3,)),
        ("0", ()),
        ("5", ()),
        ("7", (3,)),
        ("doc-2", (1,)),
        ("Source 3", (2,)),
        ("#1", (0,)),
        ("kb://help/returns", (0,)),
        ("kb://help/returns#how", (0,)),
        ("https://docs.EXAMPLE.com/a/prices.html", (1,)),
        ("https://docs.example.com/a/other.html", ()),
        ("returns", (0,)),
        ("Returns", (0,)),
        ("prices.html", (1,)),
        ("prices", (1, 2)),
        ("help/returns", (0,)),
        ("", ()),
        ("nothing", ()),
    ],
)
def test_a_source_is_meant_by_its_place_or_its_address(name: str, places: tuple[int, ...]) -> None:
    assert meant(name, SOURCES) == places


def test_an_address_comes_before_a_place() -> None:
    sources = (Source("kb://x/doc-2"), Source("kb://x/doc-1"))
    assert meant("doc-2", sources) == (0,)
    assert meant("2", sources) == (1,)


def test_the_names_of_sources_are_known() -> None:
    assert {"returns", "prices", "prices.md", "kb://old/prices.md"} <= known_names(SOURCES)


def test_a_source_without_an_address_is_meant_by_its_place_alone() -> None:
    assert meant("1", [Source("")]) == (0,)
    assert meant("", [Source("")]) == ()
