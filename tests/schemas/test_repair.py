"""JSON that was written wrongly, repaired, with a finding for each change and nothing made up."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.repair_cases import CASES, agreement
from hypothesis import example, given
from hypothesis import strategies as st

from guardrails_lib import Finding, Span
from guardrails_lib._schema import Unreadable, as_json
from guardrails_lib.schemas.repair import repair
from guardrails_lib.schemas.repair.changes import changes
from guardrails_lib.schemas.strict import strictly

SECRET = "-".join(["sk", "live", "4711"])
"""What a reply holds that must not be quoted."""


def messages(text: str) -> list[str]:
    return [finding.message for finding in repair(text).findings]


# -- what is changed, and said

CHANGED: dict[str, tuple[str, object, list[str]]] = {
    "a comma too many": ('{"a": 1,}', {"a": 1}, ['removed ","']),
    "a comma too few": ('{"a": 1 "b": 2}', {"a": 1, "b": 2}, ['added ","']),
    "a comma between objects": ('[{"a": 1} {"a": 2}]', [{"a": 1}, {"a": 2}], ['added ","']),
    "single quotes": (
        "{'a': 'it is'}",
        {"a": "it is"},
        [
            "single quotes around a key are replaced",
            "single quotes around a value are replaced",
        ],
    ),
    "curly quotes": (
        "{\u201ca\u201d: 1}",
        {"a": 1},
        ["other quotes around a key are replaced"],
    ),
    "a bare key": ('{a: "b"}', {"a": "b"}, ["quotes are added around a key"]),
    "a bare word": ('{"a": yes}', {"a": "yes"}, ["quotes are added around a value"]),
    "a quote too few before": (
        '{"a": b", "c": 1}',
        {"a": "b", "c": 1},
        ["the opening quote of a value is added"],
    ),
    "a quote too few after": (
        '{"a": "b, "c": 1}',
        {"a": "b", "c": 1},
        ["the closing quote of a value is added"],
    ),
    "quotes in a string": (
        '{"a": "say "hi" now"}',
        {"a": 'say "hi" now'},
        ["quotes within a string are escaped"],
    ),
    "a line end in a string": (
        '{"a": "b\nc"}',
        {"a": "b\nc"},
        ["control characters within a string are escaped"],
    ),
    "an escape that is none": (
        r"""{'a': 'it\'s'}""",
        {"a": "it's"},
        [
            "single quotes around a key are replaced",
            "single quotes around a value are replaced",
            "escapes within a string are corrected",
        ],
    ),
    "literals of Python": (
        '{"a": True, "b": None}',
        {"a": True, "b": None},
        ["a literal is written true", "a literal is written null"],
    ),
    "a number as JSON has none": (
        '{"a": .5}',
        {"a": 0.5},
        ["a number is written as JSON writes it"],
    ),
    "a comment": (
        '{"a": 1, // so\n "b": 2}',
        {"a": 1, "b": 2},
        ["left out a comment (5 characters)"],
    ),
    "a blank that is none in JSON": (
        '{"a":\xa01}',
        {"a": 1},
        ["left out what is no JSON (1 character)"],
    ),
    "an ellipsis": (
        '["a", "b", ...]',
        ["a", "b"],
        ['removed ","', "left out what is no JSON (3 characters)"],
    ),
    "a key without a value": (
        '{"a": 1, "b"}',
        {"a": 1},
        ['removed ","', "left out what is no JSON (3 characters)"],
    ),
    "a line end that json-repair would leave out": (
        '{"a": "b\\n",}',
        {"a": "b\n"},
        ['removed ","'],
    ),
    "an escape that json-repair does not read": (
        r'{"a": "\u001f\f", }',
        {"a": "\x1f\f"},
        ['removed ","'],
    ),
    "a bracket too many": ('{"a": 1}}', {"a": 1}, ["removed brackets after the end"]),
    "brackets too many on other lines": (
        '{"a": 1,\n}\n}\nThat is all.',
        {"a": 1},
        ['removed ","', "removed brackets after the end"],
    ),
    "a bracket too few": ('{"a": [1, 2 }', {"a": [1, 2]}, ['closed the end with "]"']),
    "an end too early": (
        '{"a": {"b": [true, "c"',
        {"a": {"b": [True, "c"]}},
        ['closed the end with "]}}"'],
    ),
    "a string cut off": (
        '{"a": "Dear',
        {"a": "Dear"},
        ["it ends within a string: what follows is lost", 'closed the end with "}"'],
    ),
    "an escape cut off": (
        r'{"a": "Dear\u00',
        {"a": "Dear"},
        ["it ends within a string: what follows is lost", 'closed the end with "}"'],
    ),
    "a key cut off": (
        '{"a": true, "gre',
        {"a": True},
        ['replaced "," with "}"', "left out what is cut off (4 characters)"],
    ),
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_is_wrong_is_changed_and_each_change_is_said(name: str) -> None:
    text, value, said = CHANGED[name]
    mended = repair(text)
    assert mended.text == as_json(value)
    assert sorted(finding.message for finding in mended.findings) == sorted(said)


def test_a_finding_says_where_in_the_text_that_was_given() -> None:
    reply = 'Here you are:\n```json\n{"a": 1 "b": 2,}\n```'
    added, removed = repair(reply).findings
    assert added == Finding(
        'added ","',
        Span(reply.index(' "b"'), reply.index(' "b"')),
        check="returns",
        kind="repaired",
        where="reply",
    )
    assert removed.span is not None
    assert reply[slice(*removed.span)] == ","


@pytest.mark.parametrize(
    "reply",
    [
        'Sure: {"a": "b",}. Anything else?',
        '```json\n{"a": "b",}\n```\nAnything else?',
        '```\n{"a": "b",}',
        '<think>{"x": 1} or not</think>{"a": "b",}',
        '\ufeff {"a": "b",}\nThat is all.',
    ],
)
def test_what_is_around_the_value_is_no_change(reply: str) -> None:
    mended = repair(reply)
    assert mended.text == '{"a":"b"}'
    assert [finding.message for finding in mended.findings] == ['removed ","']


@pytest.mark.parametrize("name", CHANGED)
def test_what_was_repaired_needs_no_repair(name: str) -> None:
    mended = repair(CHANGED[name][0]).text
    assert repair(mended) == (mended, ())


def test_no_message_quotes_the_reply() -> None:
    reply = f'{{\'{SECRET}\': {SECRET} , "b": "{SECRET}\n", // {SECRET}\n c: \'{SECRET}'
    mended = repair(reply)
    assert mended.text.count(SECRET) == 4
    assert not any(SECRET in message for message in messages(reply))


# -- what is refused

REFUSED: dict[str, tuple[str, str]] = {
    "nothing": ("", "no JSON in it"),
    "prose": ("Of course! I cannot do that.", "no JSON in it"),
    "a note in brackets": ("[Note] I cannot do that", "prose"),
    "a note in brackets alone": ("[Note]", "prose"),
    "a word in braces": ("set {x} to 5", "no JSON in it"),
    "a word in braces, first": ("{x} is what is set to 5", "prose"),
    "a note in braces": ("{Note: I cannot do that}", "prose"),
    "empty brackets before prose": ("{}}\nThat is all I have.", "empty brackets"),
    "a bracket": ("[", "prose"),
    "a quoted word": ('"{"', "no value is left"),
    "a scalar": ("Tru", "no JSON in it"),
    "a value too few": ('{"a": , "b": 1}', "made up"),
    "a value too few at the end": ('{"a":', "made up"),
    "a set": ("{'a', 'b'}", "another kind"),
    "a tuple": ('{"a": (1, 2)}', "made up"),
    "a brace too few": ('["a": 1]', "opens would have to be made up"),
    "a string that is not there yet": ('{"a": "', "made up"),
    "a number cut off": ('{"a": 12', "ends within a number"),
    "a word cut off": ('{"a": tru', "ends within a word"),
    "half a literal": ('{"a": tru, "b": 1}', ""),
    "NaN": ('{"a": NaN,}', "made up"),
    "Infinity": ('{"a": -Infinity,}', ""),
    "a number out of range": ('{"a": 1e999,}', "made up"),
    "a number with a leading zero": ('{"a": 007,}', "made up"),
    "a number with a comma": ('{"a": 1,234}', "made up"),
    "a sum": ('{"a": [1+2]}', "made up"),
    "a number of another base": ('{"a": 0x1F}', "made up"),
    "a key twice": ('{"a": 1, "a": 2,}', "there twice"),
    "a member that would become part of a string": (
        '{"a": [:], "b": "c", "d": 1}',
        "member would be left out",
    ),
    "members that would become part of a key": (
        '{"a": 1, "b: 2, "c": 3}',
        "a key is missing or unclear",
    ),
    "values that are joined": ('{"a": 1,}{"a": 2}', "follows the value"),
    "values with a comma": ('{"a": 1,}, {"a": 2}', "follows the value"),
    "values in lines": ('{"a": 1,}\n{"a": 2}', "several values"),
    "values in prose": ('Either {"a": 1,} or {"a": 2,}', "several values"),
    "a value that goes on": ('{"a": 1}, "b": 2}', "follows the value"),
    "a lone surrogate": ('{"a": "\ud83d",}', "not valid Unicode"),
    "an escape of one": (r'{"a": "\ud83d",}', "not valid Unicode"),
    "more prose than JSON": ('{"a": 1, and so on as you can well imagine}', ""),
    "a great size": ('{"a": "' + 200_000 * "b", "too long"),
    "a great depth": (20_000 * "[", "nested too deep"),
    "a great depth that is closed": ('{"a": ' + 300 * "[" + 300 * "]" + ",}", "nested too deep"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_have_to_be_guessed_is_unreadable(name: str) -> None:
    text, said = REFUSED[name]
    with pytest.raises(Unreadable) as caught:
        repair(text)
    assert said in str(caught.value)


@pytest.mark.parametrize("text", [f"{SECRET} {{", f"{{'{SECRET}': }}", f'{{"a": "{SECRET}"}} x'])
def test_a_refusal_does_not_quote_the_reply(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        repair(text)
    assert SECRET not in str(caught.value)


# -- never a hang, never another error

HARD = {
    "quotes that never close": "['" + 2_000 * "a' ",
    "brackets in a string that never closes": '["' + 400 * ". {\u201d]a",
    "strings without commas": "[" + 3_000 * '"a" ' + "]",
    "numbers without commas": "[" + 3_000 * "1 " + "]",
    "commas alone": "[1" + 50_000 * "," + "]",
    "brackets that close alone": '["a"' + 50_000 * "]",
    "backslashes": '{"a": "' + 50_000 * "\\",
    "blanks": '{"a"' + 50_000 * " " + '"b"',
    "comments that never end": '{"a": 1,' + 20_000 * "/*",
    "slashes": '["a"' + 20_000 * "/ ",
    "quotes": '{"a": "' + 5_000 * '"',
    "wrong brackets": "[" + 20_000 * "}[",
}


@pytest.mark.parametrize("name", HARD)
def test_what_takes_long_is_bounded(name: str) -> None:
    """A bound on the length and on what json-repair may look at, not on the time."""
    _outcome(HARD[name])


SAMPLE = '{"order": "17-\\u00e9\\ud83d\\ude00\\n", "ok": true, "n": [1, {"x": null}], "s": "\\"b"}'


@pytest.mark.parametrize("end", range(len(SAMPLE)))
def test_a_reply_that_is_cut_off_anywhere_holds_nothing_else(end: int) -> None:
    """What is left is what was there, or less of it; it says that something is missing."""
    mended = _outcome(SAMPLE[:end])
    if mended is not None:
        assert mended[1]
        assert _is_part(json.loads(mended[0]), json.loads(SAMPLE))


def _is_part(some: object, whole: object) -> bool:
    match some, whole:
        case dict(), dict():
            return all(key in whole and _is_part(each, whole[key]) for key, each in some.items())
        case list(), list():
            return len(some) <= len(whole) and all(map(_is_part, some, whole))
        case str(), str():
            return whole.startswith(some)
    return some == whole


def _outcome(text: str) -> tuple[str, tuple[Finding, ...]] | None:
    try:
        return repair(text)
    except Unreadable:
        return None


# -- laws

scalars = st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9) | st.text(max_size=8)
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=6), inner)
)
containers = st.lists(values, max_size=4) | st.dictionaries(st.text(max_size=6), values, max_size=4)


@given(containers, st.booleans())
def test_json_is_left_as_it_is(value: object, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert repair(text) == (as_json(value), ())
    assert changes(text, value) == ([], value, len(text))


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """JSON with some characters taken out, put in or replaced."""
    text = json.dumps(draw(containers), ensure_ascii=draw(st.booleans()))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        wrong = draw(st.sampled_from([*"{}[]\"':,\\ \n0a/#", "", "//", "null", "```"]))
        text = text[:at] + wrong + text[at + draw(st.integers(0, 2)) :]
    return text[: draw(st.integers(0, len(text)))] if draw(st.booleans()) else text


@given(mangled() | st.text("{}[]\":,'\\ \n01aeE.-tru/*#", max_size=40) | st.text())
@example('{"a": \'b\\\'c"}')
def test_whatever_is_repaired_is_strict_json_of_what_stood_there(text: str) -> None:
    mended = _outcome(text)
    if mended is None:
        return
    tree = strictly(mended[0])
    assert as_json(tree) == mended[0]
    if mended[0] != text.strip():
        said = {_written(each) for each in _leaves(tree)} - {'""'}
        assert {each for each in said if not _stands(each, text)} == set()


def _written(leaf: object) -> str:
    return json.dumps(leaf, ensure_ascii=False)


def _leaves(tree: object) -> Iterator[object]:
    if isinstance(tree, dict):
        yield from tree
        yield from (leaf for each in tree.values() for leaf in _leaves(each))
    elif isinstance(tree, list):
        yield from (leaf for each in tree for leaf in _leaves(each))
    else:
        yield tree


def _stands(leaf: str, text: str) -> bool:
    if leaf.startswith('"'):
        return json.loads(leaf) in text or json.loads(leaf) in _decoded(text)
    if leaf in {"true", "false", "null"}:
        return leaf in text.lower().replace("none", "null")
    numbers = re.findall(r"[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d+)(?:[eE][-+]?\d+)?", text)
    return float(leaf) in {float(each.replace("_", "")) for each in numbers}


def _decoded(text: str) -> str:
    pairs = r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[0-9a-fA-F]{4}|\\[^u]"
    return re.sub(pairs, lambda escape: _char(escape[0]), text, flags=re.DOTALL)


def _char(escape: str) -> str:
    try:
        char: str = json.loads(f'"{escape}"')
    except json.JSONDecodeError:
        return "'" if escape == r"\'" else escape
    return char


# -- the data

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
PARSING = DATA / "schema_json_parsing" / "cases.jsonl.gz"
missing = "the shared data is not there"


def _parsing() -> Iterator[tuple[str, str]]:
    with gzip.open(PARSING, "rt", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            if "b64" in case:
                yield case["id"], base64.b64decode(case["b64"]).decode("utf-8", "replace")
            elif "text" in case:
                yield case["id"], case["text"]


@pytest.mark.skipif(not PARSING.exists(), reason=missing)
def test_json_that_a_parser_must_accept_is_left_as_it_is() -> None:
    own = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}
    kept = [
        text
        for name, text in _parsing()
        if name.startswith("y_") and text.strip()[:1] in {"{", "["} and name not in own
    ]
    assert len(kept) > 80
    assert [text for text in kept if _outcome(text) != (as_json(json.loads(text)), ())] == []


@pytest.mark.skipif(not PARSING.exists(), reason=missing)
def test_json_that_a_parser_must_reject_is_changed_with_a_finding_or_refused() -> None:
    outcomes = [_outcome(text) for name, text in _parsing() if name.startswith("n_")]
    assert len(outcomes) > 180
    assert all(mended is None or mended[1] for mended in outcomes)


@pytest.mark.skipif(not CASES.exists(), reason=missing)
def test_it_agrees_with_the_cases_of_json_repair_but_for_what_is_explained() -> None:
    found = Counter(kind for kind, _, _ in agreement())
    assert found["agrees"] >= 140
    assert found["unexplained"] == 0
