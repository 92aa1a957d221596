"""What the formats of JSON Schema mean. The suite of JSON Schema says most of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.schemas.json_schema.formats import FORMATS, formats_of


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("date", "2024-02-29", "2023-02-29"),
        ("date", "1963-06-19", "1963-6-19"),
        ("date-time", "1998-12-31T23:59:60Z", "1998-12-31T22:59:60Z"),
        ("date-time", "1963-06-19t08:30:06.28+02:00", "1963-06-19 08:30:06Z"),
        ("time", "01:29:60+01:30", "01:29:60-01:30"),
        ("duration", "P4DT12H30M5S", "PT1D"),
        ("email", '"joe bloggs"@[127.0.0.1]', "joe.@example.com"),
        ("hostname", "xn--4gbwdl.xn--wgbh1c", "xn--X"),
        ("idn-email", "실례@실례.테스트", "실례"),
        ("idn-hostname", "l·l", "a·l"),
        ("ipv4", "127.0.0.1", "127.0.0.01"),
        ("ipv6", "::ffff:1.2.3.4", "fe80::1%eth0"),
        ("iri", "http://ƒøø.ßår/?∂éœ=πîx", "http://2001:db8::1"),
        ("json-pointer", "/a~1b", "/a~2"),
        ("regex", r"\p{Letter}", r"\Z"),
        ("relative-json-pointer", "1#", "01"),
        ("uri", "urn:oasis:names", "//foo.bar"),
        ("uri-reference", "//foo.bar", "\\\\share"),
        ("uri-template", "/{a,b*}{?c:3}", "/{a"),
        ("uuid", "2EB8AA08-aa98-11ea-B4aa-73b441d16380", "2eb8aa08" * 4),
    ],
)
def test_a_format_tells_right_from_wrong(name: str, right: str, wrong: str) -> None:
    assert FORMATS[name](right)
    assert not FORMATS[name](wrong)


def test_before_draft_7_a_hostname_knows_no_a_labels() -> None:
    assert formats_of("6")["hostname"]("xn--X")


@given(st.text())
def test_no_format_raises(text: str) -> None:
    for is_one in FORMATS.values():
        assert is_one(text) in {True, False}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("part", ["a", "a.", "é", "%41", "a@", "//", ":", "1", "\u05d0", "{a}"])
def test_a_long_text_is_decided_all_the_same(name: str, part: str) -> None:
    """What takes time that grows with the square would take minutes."""
    assert FORMATS[name](part * 50_000) in {True, False}
