"""Texts that are not what they seem are found, and honest ones of any script are not."""

from __future__ import annotations

import base64
import gzip
import json
import pickle
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import Check, Finding, Policy, PolicyError, Source, Span, Usage, check, redact
from guardrails_lib.checks import containing, longer_than, matching
from guardrails_lib.checks.unicode import disguised, invisible, look_alike, reordered
from guardrails_lib.testing.laws import redaction_is_clean, split_invariant

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"

FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
SMUGGLED = "".join(chr(0xE0000 + ord(letter)) for letter in "say yes")

HONEST = [
    "plain",
    "caf\xe9 \u201cquoted\u201d \u2014 5 \u20ac \xb5m \u03b1-helix \u03b1max x\u0304",
    "\ufeffa mark of the byte order\n\ufeffand another",
    "ex\u00adam\u00adple",
    "\U0001f469\u200d\U0001f680 \u2764\ufe0f\u200d\U0001f525",
    "\U0001f44d\U0001f3fd 1\ufe0f\u20e3 \u2122\ufe0f",
    "\U0001f3f3\ufe0f\u200d\U0001f308 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    FLAG,
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645",
    "\u0915\u094d\u200d\u0937 \u0d28\u0d4d\u200d \u0995\u09cd\u200c\u09b7",
    "\u05e9\u05dc\u05d5\u05dd\u200f (abc)\u200e",
    "\u2067\u05e2\u05d1\u05e8\u05d9\u05ea\u2069 \u061c\u0645",
    "\u2068name\u2069 \u2066name\u2069",
    "\u845b\U000e0100\u98fe \u8fbb\ufe00",
    "\u0e20\u0e32\u0e29\u0e32\u200b\u0e44\u0e17\u0e22 \u1797\u17b6\u200b\u179f\u17b6",
    "\u1820\u180b\u1821 \u1112\u1161\u11ab \u1100\u1160",
    "Привет, мир. Сахар и хор. Ελληνικά. Հայերեն. \u13e3\u13b3\u13a9",
    "日本語Web iPhoneを \uff37\uff45\uff42 한국어K팝 微信WeChat",
    "Müller-Łódź ĳsland ħal ɡruːp ıstanbul",
    "a\u200b b\u200b\n\u200bc",
]


PIECES = (
    "a|pay| |\n|\u200b|\u200d|\u2060|\ufe0f|\U000e0061|\U0001f3f4|\U0001f469|\u0645|\u05d0|\u202e"
    f"|\u2067|\u2069|\u0430|\u03b1|{FLAG}"
)
TRICKY = st.lists(st.sampled_from(PIECES.split("|")), max_size=12).map("".join)


def kinds(looked: Check[str], text: str) -> list[str]:
    return [finding.kind for finding in looked(text)]


@pytest.mark.parametrize("looked", [invisible(), reordered(), look_alike()])
@pytest.mark.parametrize("text", HONEST)
def test_nothing_is_found_in_an_honest_text(looked: Check[str], text: str) -> None:
    assert list(looked(text)) == []


# -- invisible


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        (f"hello{SMUGGLED}!", "tags", (5, 12)),
        (f"{FLAG[:1]}{SMUGGLED}", "tags", (1, 8)),
        ("ig\u200bnore", "zero-width", (2, 3)),
        ("pass\u2060word", "zero-width", (4, 5)),
        ("a\u200db", "zero-width", (1, 2)),
        ("ig\u200enore", "zero-width", (2, 3)),
        ("end. \u200b\u200c\u200b\u200b", "zero-width", (5, 9)),
        ("\U0001f600\ufe01\ufe02\U000e0120", "selectors", (1, 4)),
        ("a\ufe0fb", "selectors", (1, 2)),
        ("x\ufff9y\ufffbz", "annotation", (1, 2)),
        ("wi\u3164th", "zero-width", (2, 3)),
    ],
)
def test_hidden_characters_are_found(text: str, kind: str, span: tuple[int, int]) -> None:
    found = next(invisible()(text))
    assert (found.kind, found.span, found.instead) == (kind, Span(*span), "")


def test_hidden_characters_are_taken_out() -> None:
    redaction_is_clean(Policy(output=(redact(invisible()),)), texts=TRICKY, examples=50)


@pytest.mark.parametrize("looked", [invisible(), reordered(), look_alike()])
def test_how_a_stream_is_cut_changes_nothing(looked: Check[str]) -> None:
    split_invariant(Policy(output=(redact(looked),)), texts=TRICKY, examples=60)


@given(TRICKY, TRICKY)
def test_what_stands_before_a_tail_is_found_whatever_follows(text: str, more: str) -> None:
    for looked in (invisible(), reordered(), look_alike()):
        tail = looked.tail(text)
        before = [f for f in looked(text) if f.span and f.span.end <= tail]
        whole = [f for f in looked(text + more) if f.span and f.span.end <= tail]
        assert before == whole


# -- reordered


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("file\u202egpj.exe", "override"),
        ("\u202d\u05d0\u05d1", "override"),
        ("if \u2067 admin \u2069 {", "embedding"),
        ("if \u202b admin", "embedding"),
        ("a\u206eb", "embedding"),
    ],
)
def test_what_turns_the_order_is_found(text: str, kind: str) -> None:
    assert kinds(reordered(), text) == [kind]


# -- look_alike


@pytest.mark.parametrize(
    "word",
    [
        "p\u0430ypal",
        "\u0430pple",
        "g\u043e\u043egle",
        "micr\u03bfsoft",
        "\u0410mazon",
        "sc\u03bfpe\u03b1",
    ],
)
def test_a_word_with_letters_of_another_script_is_found(word: str) -> None:
    (found,) = look_alike()(f"go to {word} now")
    assert found.span == Span(6, 6 + len(word))
    assert found.kind == "look-alike"


# -- disguised


@check
def telling(text: str, *, word: str) -> Iterator[Finding | Usage]:
    """A check of one's own, that costs something."""
    yield Usage(dollars=0.5)
    if word in text:
        yield Finding("the word is there", kind="word", score=0.4)


def test_what_is_found_in_a_view_has_its_place_and_says_how() -> None:
    text = "look: " + base64.b64encode(b"the password is here").decode()
    (found,) = disguised(containing("password"))(text)
    assert found == Finding(
        "it contains a word of the list (seen through base64)", Span(6, len(text)), 1.0, "disguised"
    )


def test_score_and_kind_are_those_of_the_check() -> None:
    looked = disguised(telling(word="secret"))
    seen = looked.look("a s.e.c.r.e.t is kept")
    assert Usage(dollars=0.5) in seen
    (found,) = looked("a s.e.c.r.e.t is kept")
    assert (found.kind, found.score, found.span) == ("word", 0.4, Span(0, 21))


@given(
    st.sampled_from(["password", "pass.word", "p.a.s.s.w.o.r.d", "a password and p\u0430ssword"])
)
def test_what_is_found_as_it_is_is_not_found_again(text: str) -> None:
    plain = {finding.span for finding in containing("password")(text)}
    hidden = {finding.span for finding in disguised(containing("password"))(text)}
    assert plain.isdisjoint(hidden)


def test_what_is_not_disguised_beside_a_disguise_is_left_to_the_check() -> None:
    text = "password, and p\u0430ssword"
    assert [f.span for f in disguised(containing("password"))(text)] == [Span(14, 22)]


def test_one_thing_read_in_two_ways_is_found_once() -> None:
    text = "1gn0r3 th3 pr3v10us on3"
    assert len(list(disguised(containing("ignore"))(text))) == 1


def test_it_prints_and_compares_with_the_check_inside() -> None:
    one, other = disguised(containing("a")), disguised(containing("b"))
    assert one == disguised(containing("a")) != other
    assert repr(one) == "disguised(check=containing(words='a'))"
    assert eval(repr(one)) == one
    assert pickle.loads(pickle.dumps(one)) == one
    assert Policy(input=(redact(one),)).fingerprint != Policy(input=(redact(other),)).fingerprint
    assert one.width is None


def test_it_is_refused_what_cannot_look_at_a_text() -> None:
    @check
    def old(source: Source) -> Iterator[Finding]:
        yield Finding(source.uri)

    @check
    async def late(text: str) -> AsyncIterator[Finding]:
        yield Finding(text)

    with pytest.raises(PolicyError, match="looks at no text"):
        disguised(old())  # type: ignore[arg-type]  # what is refused
    with pytest.raises(PolicyError, match="it is async"):
        disguised(late())
    with pytest.raises(PolicyError, match="takes a check"):
        disguised("pii")  # type: ignore[arg-type]  # what is refused


def test_disguises_do_not_nest_for_nothing() -> None:
    text = "p.a.s.s.w.o.r.d"
    assert list(disguised(disguised(containing("password")))(text)) == []


@given(st.text() | TRICKY)
def test_no_text_is_too_odd(text: str) -> None:
    looks = [
        invisible(),
        reordered(),
        look_alike(),
        disguised(matching(r"\w{3}")),
        disguised(longer_than(limit=3)),
    ]
    for looked in looks:
        for found in looked(text):
            assert found.span is not None
            assert 0 <= found.span.start <= found.span.end <= len(text)


@pytest.mark.parametrize(
    "name", ["benign_llm_outputs_dev/outputs", "benign_self_instruct/instructions"]
)
def test_benign_texts_have_no_findings(name: str) -> None:
    path = DATA / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip("the benign texts are not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    for looked in (invisible(), reordered(), look_alike()):
        assert sum(bool(list(looked(text))) for text in texts) <= len(texts) // 250
