"""Phone numbers: what libphonenumber finds, and nothing else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

pytest.importorskip("phonenumbers", reason="the pii extra is not installed")

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberMatcher

from guardrails_lib.presidio import (
    libphonenumber,
    phone_candidates,
    phone_heads,
    phone_regions,
    phones,
)
from guardrails_lib.presidio.phones import phone_numbers, phone_spans

WORLD = sorted(phonenumbers.SUPPORTED_REGIONS)
DEFAULT = ("US", "GB", "DE", "FR", "IL", "IN", "CA", "BR")
FORMATS = (
    PhoneNumberFormat.E164,
    PhoneNumberFormat.INTERNATIONAL,
    PhoneNumberFormat.NATIONAL,
    PhoneNumberFormat.RFC3966,
)
PIECES = (
    *"0123456789" * 3,
    *" -./()[]+x#~,:;\t\n\u00a0\u2013\u30fc\uff0d\uff0b\uff08\uff09\uff3b\uff3d\uff5e",
    *"aeé$%€_X\u0663\uff12\u0301\ud800",
    *("ext. ", " ext ", ";ext=", "extension ", "anexo ", "int ", "доб ", "xx", "xxx", " x"),
    *(" - ", " / ", ". ", "  ", "+1", "00", "011 ", "(0)", "+44 ", "650", "253", "12:30"),
    *("İnt ", "ſ", "\uff45\uff58\uff54", "650-253-0000", "030 1234567", "2024-05-12 08:3"),
)
"""What texts are made of that look like numbers."""

regions = st.one_of(
    st.just(DEFAULT), st.lists(st.sampled_from(WORLD), min_size=1, max_size=3).map(tuple)
)
leniencies = st.sampled_from((0, 1, 1, 1, 2, 3))


def matcher_spans(text: str, regions: Sequence[str], leniency: int) -> list[tuple[int, int]]:
    """What libphonenumber says."""
    every = (PhoneNumberMatcher(text, region, leniency=leniency) for region in regions)
    return sorted({(match.start, match.end) for each in every for match in each})


def same(text: str, regions: Sequence[str] = DEFAULT, leniency: int = 1) -> bool:
    return phone_spans(text, regions, leniency) == matcher_spans(text, regions, leniency)


def examples(region: str) -> list[phonenumbers.PhoneNumber]:
    every = (
        phonenumbers.example_number_for_type(region, kind)
        for kind in phonenumbers.PhoneNumberType.values()
    )
    return [each for each in every if each is not None]


def written(number: phonenumbers.PhoneNumber, random: random.Random) -> str:
    how: Sequence[Callable[[], str]] = (
        lambda: phonenumbers.format_number(number, random.choice(FORMATS)),
        lambda: phonenumbers.format_out_of_country_calling_number(number, random.choice(DEFAULT)),
        lambda: phonenumbers.national_significant_number(number),
        lambda: f"{number.country_code}{phonenumbers.national_significant_number(number)}",
        lambda: f"0{phonenumbers.national_significant_number(number)}",
    )
    return random.choice(how)()


def changed(text: str, random: random.Random) -> str:
    """The text with a digit or two changed, dropped or added, or something in between."""
    for _ in range(random.randrange(4)):
        place = random.randrange(len(text) + 1)
        rest = place + random.randrange(2)
        text = text[:place] + random.choice(("", *PIECES)) + text[rest:]
    return text


@pytest.mark.parametrize("leniency", [0, 1, 2, 3])
def test_the_example_numbers_of_all_the_world_are_found_as_libphonenumber_finds_them(
    leniency: int,
) -> None:
    for place, region in enumerate(WORLD[leniency % 2 :: 2]):
        numbers = examples(region)
        text = "; ".join(phonenumbers.format_number(n, FORMATS[place % 4]) for n in numbers)
        assert same(text, (region,), leniency), (text, region)


def test_national_examples_are_found_in_their_region() -> None:
    for region in WORLD:
        number = phonenumbers.example_number(region)
        assert number is not None
        text = f"call {phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)} now"
        assert phone_spans(text, (region,), 1) == matcher_spans(text, (region,), 1), region


@pytest.mark.parametrize("seed", range(8))
def test_numbers_a_little_wrong_are_judged_as_libphonenumber_judges_them(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        region = chance.choice(WORLD)
        text = changed(written(chance.choice(examples(region)), chance), chance)
        if chance.random() < 0.3:
            text += chance.choice((" / ", " or ", "/", " ", ". ")) + text
        readers = chance.choice(((region,), (region, chance.choice(WORLD)), DEFAULT))
        leniency = chance.choice((0, 1, 1, 1, 2, 3))
        assert same(text, readers, leniency), (text, readers, leniency)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), regions, leniencies)
@example("6502530ext. 5", ("US",), 1)
@example("12 ext 6502530000", ("US",), 1)
@example("1xxx2x3456", ("GB", "CA"), 1)
@example("12          345678#99 650 253 0000", DEFAULT, 1)
def test_whatever_the_text_the_spans_are_libphonenumbers(
    text: str, regions: tuple[str, ...], leniency: int
) -> None:
    assert phone_spans(text, regions, leniency) == matcher_spans(text, regions, leniency)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**12), st.integers(1, 9999), st.integers(0, 999))
def test_numeric_prose_is_read_as_libphonenumber_reads_it(big: int, four: int, three: int) -> None:
    text = (
        f"In {four} we paid ${three}.{four}, v{three}.{four}.{big}; id {big}-{four}, on "
        f"{four:04}-05-12 08:30:{three}, 5/{three % 28}/{four}, card {four:04} {four:04} "
        f"{four:04} {big}, ssn {three}-12-{four}, IP 10.{three}.{four % 256}.1, 12(3): "
        f"{three}-{four} ({four}), the next text, point {three}, e.g. {big}x{three}"
    )
    assert same(text)


def test_numbers_in_many_locales_are_found_as_libphonenumber_finds_them() -> None:
    faker = pytest.importorskip("faker", reason="the synthetic extra is not installed")
    for locale in ("en_US", "en_GB", "de_DE", "fr_FR", "en_IN", "pt_BR", "ja_JP", "ar_EG"):
        fake = faker.Faker(locale)
        fake.seed_instance(7)
        text = ", ".join(f"{fake.phone_number()} {fake.random_number()}" for _ in range(15))
        assert same(text), text


@pytest.mark.parametrize("region", ["ZA", "US", "BR", "SM", "AR"])
def test_the_numbers_are_those_that_libphonenumber_parses(region: str) -> None:
    chance = random.Random(region)
    text = ", ".join(changed(written(n, chance), chance) for n in examples(region) * 4)
    text += " +27 82 123 4567 or (650) 253-0000 x5"
    found = [(m.start, m.end, m.number) for m in PhoneNumberMatcher(text, region, leniency=1)]
    assert found
    assert list(phone_numbers(text, region, 1)) == found


@pytest.mark.parametrize(
    "text",
    [
        "650 253 0000 / 650 253 0001",
        "(650) 253-0000 x302/x2303",
        "3/10/2011 5102530000",
        "2012-01-02 08:00",
        "12(3): 211-227 (2003)",
        "abc6502530000 6502530000def $6502530000 6502530000%",
        "(650 253 0000 650) 253 0000",
        "\u0660\u0663\u0660 \u0661\u0662\u0663\u0664\u0665\u0666\u0667",
        "\uff0b44 20 7946 0018",
        "+0044 20 7946 0018 +999 650 253 0000",
        "+1\u00a0650\u2011253\u20110000;ext=12",
        "\ud800 650 253 0000 \udfff",
        "1650253000" * 30,
        "+" * 300 + "1 650 253 0000",
        "(" * 300 + "650) 253 0000",
        "1-" * 300,
        "(1)" * 200,
        "\U00016d76 650 253 0000",
        "",
    ],
)
def test_odd_texts_are_read_as_libphonenumber_reads_them(text: str) -> None:
    for leniency in range(4):
        assert same(text, DEFAULT, leniency)


@pytest.mark.parametrize(
    ("text", "region", "span"),
    [
        ("8011234567 x1", "BY", (0, 13)),  # with its extension it begins with a prefix
        ("44 121 234 5678", "GG", (0, 15)),  # too long, so it begins with the country's code
        ("440 0121 234 5678", "GB", (0, 17)),  # the prefix is there twice
        ("0331int. 5", "DE", (0, 7)),  # three letters are three digits
        ("tel(650) 253-0000", "US", (3, 17)),  # a bracket may stand behind a letter
    ],
)
def test_what_libphonenumber_finds_to_our_surprise_is_found(
    text: str, region: str, span: tuple[int, int]
) -> None:
    assert matcher_spans(text, (region,), 1) == [span]
    assert phone_spans(text, (region,), 1) == [span]


@pytest.mark.parametrize("gap", [" ", ",", "\t", "- ", " ,", "-"])
@pytest.mark.parametrize("label", ["x", " ext", "x "])
def test_a_long_way_to_an_extension_hides_no_number(gap: str, label: str) -> None:
    """It is libphonenumber that takes a square of time for it."""
    for size in (3, 130) if "-" in gap else (3, 130, 400):
        for text in (
            f"+1 650 253 0000{gap * size}{label}5",
            f"650 253 0000 {label}{gap * size}6502530001",
        ):
            assert same(text, ("US", "GB")), text


@pytest.mark.parametrize(
    "text", ["1" * 200_000, "12345" + " " * 200_000 + "x5", "1 2 3 4 x" + "- " * 50_000 + "5"]
)
def test_a_hostile_text_is_answered(text: str) -> None:
    assert phone_spans(text, ("US",), 1) == []


@pytest.mark.parametrize("region", ["ZZ", "us", "XX", ""])
def test_a_region_that_is_none_reads_numbers_with_a_plus(region: str) -> None:
    text = "650 253 0000, +1 650 253 0000, +0011 44 20 7946 0018, 12345 x5"
    for leniency in range(4):
        assert same(text, (region,), leniency)


def test_without_a_region_nothing_is_found() -> None:
    assert phone_spans("+1 650 253 0000", (), 1) == []


@pytest.mark.parametrize("leniency", [-1, 4])
def test_a_leniency_that_does_not_exist_is_refused(leniency: int) -> None:
    with pytest.raises(ValueError, match="a leniency is 0, 1, 2 or 3"):
        phone_spans("text", DEFAULT, leniency)


def test_what_could_not_be_valid_is_not_valid() -> None:
    """The quick no of each region is a no of the slow way as well."""
    chance = random.Random(5)
    for _ in range(4000):
        region = phone_regions.region_of(chance.choice(WORLD))
        digits = "".join(chance.choices("0123456789", k=chance.randint(3, 17)))
        if chance.random() < 0.5:
            number = phonenumbers.national_significant_number(chance.choice(examples(region.name)))
            digits = chance.choice(("", "0", "1", "00", "011")) + number
        said = phone_regions.Written(False, digits, "")
        asked = phones._readers((region.name,), 1).asked(digits, [region])
        assert asked or not region.accepts(said, 1), (region.name, digits)


def test_the_first_digits_of_what_a_pattern_matches_are_known() -> None:
    chance = random.Random(6)
    for _ in range(400):
        region = chance.choice(WORLD)
        data = PhoneMetadata.metadata_for_region(region)
        assert data is not None
        assert data.general_desc is not None
        pattern = data.general_desc.national_number_pattern or ""
        for number in [*map(phonenumbers.national_significant_number, examples(region)), "1234567"]:
            if re.fullmatch(pattern, number):
                assert number[: phone_heads.SIZE] in phone_heads.heads(pattern)


@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        ("0", {"0"}),
        ("[1-3]4?", {"1", "14", "2", "24", "3", "34"}),
        (r"5(?:6\d{2}|78?9)", {*(f"56{digit}" for digit in range(10)), "578", "579"}),
        ("1{2,}", {"11", "111"}),
        ("(?:1|22){1,3}", {"1", "11", "111", "112", "122", "22", "221", "222"}),
    ],
)
def test_the_first_digits_are_three_or_all(pattern: str, known: set[str]) -> None:
    assert phone_heads.heads(pattern) == known


def test_a_pattern_that_is_not_of_digits_has_no_first_ones() -> None:
    with pytest.raises(ValueError, match="no pattern of digits"):
        phone_heads.heads("(?!1)2")


def test_what_is_sure_to_match_does() -> None:
    for region in WORLD:
        data = PhoneMetadata.metadata_for_region(region)
        assert data is not None
        for each in data.number_format:
            for leading in each.leading_digits_pattern[-1:]:
                sure = phone_heads.surely(leading)
                assert sure <= phone_heads.begun(leading)
                assert all(map(re.compile(leading).match, sure))


def test_the_lengths_told_apart_are_enough_for_all_prefixes() -> None:
    for region in WORLD:
        data = PhoneMetadata.metadata_for_region(region)
        assert data is not None
        if data.national_prefix_for_parsing and not data.national_prefix_transform_rule:
            longest = phone_heads.widths(data.national_prefix_for_parsing).bit_length() - 1
            code = len(str(data.country_code))
            assert 2 * longest + code + libphonenumber.MAX_NATIONAL < phone_regions.MOST


def test_the_ascii_punctuation_of_candidates_is_what_we_know() -> None:
    chars = [chr(code) for code in range(128)]
    theirs = re.compile(f"[{libphonenumber.PUNCTUATION}]")
    ours = re.compile(f"[{phone_candidates.ASCII_PLAIN}~x]")
    assert list(filter(theirs.match, chars)) == list(filter(ours.match, chars))


@pytest.mark.parametrize(
    "tail", [" x5", "  ,ext5", ";ext=5", " ANEXO 5", " --- 5#", "#5", "\tint. 5", ",,5", " and 5"]
)
def test_what_may_follow_a_candidate_in_ascii_is_read_as_libphonenumber_reads_it(tail: str) -> None:
    match = phone_candidates._ASCII.search(f"to 650 253 0000{tail}")
    theirs = libphonenumber.CANDIDATE.search(f"to 650 253 0000{tail}")
    assert match is not None
    assert theirs is not None
    assert match.lastindex or match[0] == theirs[0]
    assert same(f"to 650 253 0000{tail}")


def test_all_that_a_candidate_may_hold_is_carried() -> None:
    """Else a candidate could reach over the place from which we look."""
    held = re.sub(r"\\d|\\t|[\\^?*|{}\\\\]", "", libphonenumber.CANDIDATE.pattern)
    assert [char for char in held if not phone_candidates._CARRIED.fullmatch(char)] == []


def test_the_words_for_an_extension_are_those_that_we_know() -> None:
    pattern = libphonenumber.CANDIDATE.pattern
    assert set(re.findall(r"[a-z]{2,}", pattern)) == {"ext", "xt", "ensi", "anexo", "int"}


def test_the_metadata_is_such_as_we_take_it_for() -> None:
    for region in WORLD:
        data = PhoneMetadata.metadata_for_region(region)
        assert data is not None
        assert data.general_desc is not None
        lengths = data.general_desc.possible_length
        assert list(lengths) == sorted(lengths)
        assert min(lengths) > libphonenumber.MIN_NATIONAL
        leading = [each.leading_digits_pattern[-1:] for each in data.number_format]
        assert not any("$" in pattern for each in leading for pattern in each)
        if data.national_prefix_transform_rule:
            assert re.compile(data.national_prefix_for_parsing or "").groups
