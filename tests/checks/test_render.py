"""What the text of a model does where it is rendered: HTML, Markdown, addresses."""

from __future__ import annotations

import base64
import gzip
import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("nh3", reason="needs the extra output")
pytest.importorskip("can_ada", reason="needs the extra output")
pytest.importorskip("markdown_it", reason="needs the extra output")

import guardrails_lib
from guardrails_lib import (
    Accepted,
    Blocked,
    Check,
    Policy,
    PolicyError,
    Reply,
    ToolCall,
    block,
    guard,
    redact,
)
from guardrails_lib.checks.render import unsafe_html, unsafe_markdown, unsafe_url
from guardrails_lib.testing.laws import redaction_is_clean

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"

LISTED = ("https://docs.example.com/**",)
SHOWN = ("https://img.example.com/**",)

CHECKS: tuple[Check[str], ...] = (
    unsafe_html(),
    unsafe_html(tags=("b", "a", "img"), links=LISTED, images=SHOWN),
    unsafe_markdown(),
    unsafe_markdown(links=LISTED, images=SHOWN),
    unsafe_markdown(html=True),
    unsafe_url(),
    unsafe_url(allow=LISTED),
)

PIECES = st.sampled_from(
    [
        "[a](http://x.test)", "![b](y.png)", "<b>", "</b>", "<http://x.test>", "`c`", "``", "`",
        "[d][e]", "![f]", "\n[e]: javascript:x 'y'\n", "\n", "\n\n", "> ", "- ", "1. ", "# ",
        "    ", "\t", "|", "\n|---|---|\n", "| a | b |", "~~", "**", "_", "\\", "![", "[", "](",
        ")", "<", ">", "\r\n", "\0", "```\n", "\n===\n", "<div>\n", "![[g](h)](javascript:i)",
        "&lt;", "[![j](k)](javascript:l)", "&amp;", "\\|", "<script>", "</script>", "<img src=x>",
        "<!--", "<svg>", "onclick='x'", "<a href=", "javascript:x", "https://u@x.test", "http://127.1/",
        "www.x.test", "//x.test", "data:text/html,x", "]: ", "[^1]: ", "<style>", "\ud800", "é",
        "https://docs.example.com/a", "![k](https://img.example.com/l.png)", "!", ":", "/", " ",
    ]
)  # fmt: skip


def shown(check: Check[str], text: str) -> str:
    """What is shown of an answer."""

    @guard(Policy(output=(redact(check),)))
    def answer(prompt: str) -> str:
        return prompt

    outcome = answer(text)
    assert isinstance(outcome, Accepted), outcome
    return outcome.value


def kinds(check: Check[str], text: str) -> list[str]:
    return [found.kind for found in check(text)]


# -- of all of them


@pytest.mark.parametrize("check", CHECKS, ids=repr)
def test_what_was_redacted_is_found_no_more(check: Check[str]) -> None:
    policy = Policy(output=(redact(check),))
    redaction_is_clean(policy, texts=st.lists(PIECES, max_size=10).map("".join), examples=150)


@pytest.mark.parametrize("check", CHECKS, ids=repr)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello, Ann.",
        "Is 1 < 2 and 3 > 2? Yes!",
        "# Title\n\n- one\n- two\n\n1. **bold** *soft*\n\n> said\n\n| a | b |\n|---|---|\n| 1 |",
        "At 10:30, note: see [1] and [2]; a[i] (x) is no link.",
    ],
)
def test_plain_text_is_fine(check: Check[str], text: str) -> None:
    assert not list(check(text))
    assert shown(check, text) == text


@pytest.mark.parametrize("check", CHECKS, ids=repr)
@pytest.mark.parametrize(
    "text",
    [
        "\ud800",
        "\0<b onclick=x>\0",
        "<div>" * 10_000,
        "[" * 50_000,
        "![a](" * 20_000,
        "> " * 50_000 + "<script>",
        "`" * 50_000,
        "http://" * 20_000,
        "x" * 1_000_000,
        "<a " * 20_000,
        "]: " * 20_000,
        "javascript:" * 10_000,
        "http://a" + ")" * 100_000,
    ],
)
def test_what_is_hostile_ends_soon_and_is_clean_after(check: Check[str], text: str) -> None:
    assert not list(check(shown(check, text)))


@pytest.mark.parametrize("check", CHECKS, ids=repr)
def test_a_check_can_be_pickled_and_has_a_twin(check: Check[str]) -> None:
    again = pickle.loads(pickle.dumps(check))
    assert again == check
    assert hash(again) == hash(check)


@pytest.mark.parametrize("check", CHECKS, ids=repr)
def test_a_message_quotes_nothing(check: Check[str]) -> None:
    text = "<b onclick=x>q</b> ![zebra](http://zebra.test/zebra) http://zebra@127.0.0.1/"
    assert not any("zebra" in found.message for found in check(text))


@pytest.mark.parametrize(
    ("party", "make"),
    [
        ("nh3", unsafe_html),
        ("nh3", unsafe_markdown),
        ("markdown_it", unsafe_markdown),
        ("can_ada", unsafe_url),
    ],
)
def test_without_its_extra_a_check_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, party: str, make: Callable[[], object]
) -> None:
    for name in [each for each in sys.modules if each.startswith("guardrails_lib.rendering")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [each for each in sys.modules if each.startswith("guardrails_lib.addresses")]:
        monkeypatch.delitem(sys.modules, name)
    for package, name in ((guardrails_lib, "rendering"), (guardrails_lib, "addresses")):
        monkeypatch.delattr(package, name, raising=False)
    monkeypatch.setitem(sys.modules, party, None)
    with pytest.raises(PolicyError, match="pip install"):
        make()


# -- HTML


def test_html_is_redacted_to_what_is_safe() -> None:
    text = "<p>Hi <b onclick=x()>Ann</b><script>steal()</script></p>"
    assert shown(unsafe_html(), text) == "<p>Hi <b>Ann</b></p>"


def test_each_tag_is_mended_where_it_stands() -> None:
    text = "<p>A 'List<String>' & <b id=x>one</b> <font>two</font>\u00a0</p>"
    left = "<p>A 'List&lt;String&gt;' & <b>one</b> two\u00a0</p>"
    assert shown(unsafe_html(), text) == left


def test_an_image_is_asked_for_at_listed_places_alone() -> None:
    text = '<img src="https://img.example.com/a.png">'
    assert kinds(unsafe_html(), text) == ["image"]
    assert kinds(unsafe_html(images=SHOWN), text) == []


def test_tags_and_attributes_may_be_named() -> None:
    check = unsafe_html(tags=("p",), attributes={"p": ("align",)})
    assert kinds(check, "<p align=left>a</p>") == []
    assert kinds(check, "<b>a</b>") == ["tag", "tag"]
    assert kinds(check, "<p title=x>a</p>") == ["attribute"]


@pytest.mark.parametrize("tag", ["script", "IFRAME", "style", "svg", "x-y", "form", ""])
def test_a_tag_that_is_never_safe_cannot_be_allowed(tag: str) -> None:
    with pytest.raises(PolicyError):
        unsafe_html(tags=("b", tag))


@pytest.mark.parametrize("name", ["onclick", "style", "srcdoc", "id", "formaction", "href"])
def test_an_attribute_that_is_never_safe_cannot_be_allowed(name: str) -> None:
    with pytest.raises(PolicyError):
        unsafe_html(attributes={"b": (name,)})


@pytest.mark.parametrize("given", ["https://x.test/", ("x.test",), ("javascript:*",), 7, (7,)])
def test_what_is_no_pattern_is_told_where_it_is_written(given: object) -> None:
    makes: list[Callable[[Any], object]] = [
        lambda given: unsafe_html(links=given),
        lambda given: unsafe_html(images=given),
        lambda given: unsafe_markdown(links=given),
        lambda given: unsafe_markdown(images=given),
        lambda given: unsafe_url(allow=given),
    ]
    for make in makes:
        with pytest.raises(PolicyError):
            make(given)


# -- Markdown


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a ![plan](https://x.test/?q=1) b", "a plan b"),
        ("a ![](https://x.test/?q=1) b", "a  b"),
        ("a [*soft* one](javascript:x) b", "a *soft* one b"),
        ("a [![pic](http://x.test/p)](javascript:x) b", "a pic b"),
        ("a <javascript:x> b", "a `javascript:x` b"),
        ("a <b onclick=x>c</b> d", "a &lt;b onclick=x&gt;c</b> d"),
        ("a <script>b</script>", "a &lt;script&gt;b&lt;/script&gt;"),
        ("> a\n> ![b](/c)\n", "> a\n> b\n"),
        (
            "| ![a](b) | c |\n|---|---|\n| d | ![e][f] |\n\n[f]: g\n",
            "| a | c |\n|---|---|\n| d | e |\n\n[f]: g\n",
        ),
        ("[a][b]\n\n[b]: javascript:x\n\nc", "a\n\n\n\nc"),
        ("![a](//x.test/b)\n\n`![c](d)`\n\n    ![e](f)\n", "a\n\n`![c](d)`\n\n    ![e](f)\n"),
        ("[a](http://good.test@evil.test/)", "a"),
        ("<http://good.test@evil.test/>", "`http://good.test@evil.test/`"),
        ("[^1]: ![a](http://x.test/b c)", "[^1]: !\\[a](http://x.test/b c)"),
        ("![a](http://x.test/b c)", "!\\[a](http://x.test/b c)"),
        ("[a](javascript:alert(1) b c)", "[a]\\(javascript:alert(1) b c)"),
        ("<img src=x onerror=y", "&lt;img src=x onerror=y"),
        ("[^1]: ![a](http://x.test/b)", "[^1]: !\\[a](http://x.test/b)"),
        ("[a]( &#1;javascript:b)", "a"),
        ('a <esi:include src="/b"/>', 'a &lt;esi:include src="/b"/>'),
        ("1. a\n\n       ![b](/c)\n", "1. a\n\n       !\\[b](/c)\n"),
        ("<div>\n![a](http://x.test/b)\n</div>", "<div>\n!\\[a](http://x.test/b)\n</div>"),
    ],
)
def test_markdown_is_redacted_to_what_is_safe(text: str, left: str) -> None:
    assert shown(unsafe_markdown(), text) == left


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://x.test/b?c=d#e) <https://x.test> https://x.test, www.x.test",
        "[a](#b) [c](/d) [e](mailto:f@x.test) <f@x.test>",
        "Type `List<int>` or List<int>, a<br>b, H<sub>2</sub>O, press <kbd>Enter</kbd>",
        "```html\n<script>alert(1)</script>\n![a](http://x.test/?q=1)\n```",
        "`<script>` and ``![a](http://x.test)``",
        "    <script>alert(1)</script>",
        "\\![a](b) \\<script>",
        "<details>\n<summary>More</summary>\n\nText\n\n</details>",
        "if (a<b && c>d && i<p) { e[f](g) }",
    ],
)
def test_honest_markdown_is_fine(text: str) -> None:
    assert kinds(unsafe_markdown(), text) == []


def test_with_a_list_every_other_link_is_found() -> None:
    check = unsafe_markdown(links=LISTED)
    text = "[a](https://docs.example.com/b) [c](https://x.test) https://x.test/d www.x.test [e](/f)"
    assert kinds(check, text) == ["unlisted"] * 4
    left = "[a](https://docs.example.com/b) c `https://x.test/d` `www.x.test` e"
    assert shown(check, text) == left


def test_an_image_that_is_listed_is_fine() -> None:
    check = unsafe_markdown(images=SHOWN)
    assert kinds(check, "![a](https://img.example.com/b.png)") == []
    assert kinds(check, "![a](https://img.example.com@x.test/b.png)") == ["image"]
    assert kinds(check, "![a](http://img.example.com/b.png)") == ["image"]


def test_a_link_that_takes_words_along_is_found() -> None:
    words = "my password is hunter two and my name is Ann"
    coded = base64.b64encode(words.encode()).decode()
    assert kinds(unsafe_markdown(), f"[a](https://x.test/?q={coded})") == ["carrier"]
    assert kinds(unsafe_markdown(), f"[a](https://x.test/?q={'+'.join(['word'] * 60)})") == [
        "carrier"
    ]
    assert (
        kinds(unsafe_markdown(links=("https://x.test/**",)), f"[a](https://x.test/?q={coded})")
        == []
    )


def test_where_html_is_allowed_what_html_may_do_is_fine() -> None:
    check = unsafe_markdown(html=True)
    text = 'a <a href="https://x.test" title=b>c</a> <b onclick=d>e</b>'
    assert shown(check, text) == 'a <a href="https://x.test" title=b>c</a> &lt;b onclick=d&gt;e</b>'


def test_what_cannot_be_told_is_shown_as_code() -> None:
    text = ">" * 200 + "<script>alert(1)</script>"
    assert kinds(unsafe_markdown(), text) == ["unreadable"]
    assert shown(unsafe_markdown(), text) == f"```\n{text}\n```"


def test_honest_answers_are_unchanged() -> None:
    """But one, which is a page of HTML that stands in no code block."""
    path = DATA / "benign_llm_outputs_dev" / "outputs.jsonl.gz"
    if not path.exists():
        pytest.skip("the public answers are not there")
    lines = gzip.decompress(path.read_bytes()).decode().strip().split("\n")
    check = unsafe_markdown()
    found = [text for text in (json.loads(line)["text"] for line in lines) if list(check(text))]
    assert len(found) <= 1
    assert all(text.lstrip().startswith("<!DOCTYPE html>") for text in found)


# -- addresses


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("javascript:alert(1)", "scheme"),
        (" java\nscript:alert(1)", "scheme"),
        ("See javascript:alert(1) now", "scheme"),
        ("javascript: alert(1)", "scheme"),
        ("data:text/html,<b>", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://x.test/1", "scheme"),
        ("http://localhost/", "private"),
        ("http://localhost:8080/a", "private"),
        ("localhost:8080", "private"),
        ("//127.0.0.1/a", "private"),
        ("http://169.254.169.254/latest/meta-data", "private"),
        ("http://0x7f.1/", "private"),
        ("http://2130706433/", "private"),
        ("http://[::1]/", "private"),
        ("http://[::ffff:10.0.0.1]/", "private"),
        ("http://[64:ff9b::a00:1]/", "private"),
        ("http://10.1.2.3", "private"),
        ("http://metadata.google.internal/", "private"),
        ("http://168.63.129.16/", "private"),
        ("http://127.0.0.1.nip.io/", "private"),
        ("http://intranet/", "private"),
        ("http://①②⑦.0.0.1/", "private"),
        ("https://good.test@x.test/", "user"),
        ("https:x.test", "unreadable"),
        ("http://x.test\\@y.test/", "unreadable"),
    ],
)
def test_an_address_that_is_wrong_is_found(text: str, kind: str) -> None:
    assert kinds(unsafe_url(), text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/a?b=c#d",
        "See https://example.com/a, http://example.org. And mailto:a@example.com!",
        "//example.com/a",
        "/a/b?c=d",
        "a b",
        "Note: this",
        "10:30",
        "key:value",
        "std::vector and File::open(x)",
        "data: none",
        "JavaScript: The Good Parts (2008)",
        "C:\\Users",
        "# // comment",
        "http://8.8.8.8/",
    ],
)
def test_an_address_that_is_fine_is_not(text: str) -> None:
    assert kinds(unsafe_url(), text) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://x.test/",
        "//x.test/",
        "\\\\x.test/",
        "/\\x.test/",
        "/\t/x.test/",
        "https:x.test",
        "https:/x.test",
        "https://docs.example.com@x.test/",
        "https://docs.example.com.x.test/",
        "https://docs\u3002example\u3002com\\@x.test/",
        "https://x.test#https://docs.example.com/",
        "http://docs.example.com/",
        "www.x.test",
        "ftp://docs.example.com/",
        "mailto:a@x.test",
        "ht\ntps://x.test/",
    ],
)
def test_with_a_list_every_other_address_is_found(text: str) -> None:
    assert kinds(unsafe_url(allow=LISTED), text)


@pytest.mark.parametrize(
    "text",
    ["https://docs.example.com/a", "HTTPS://DOCS.example.com:443/a", "/a", "a", "#b", "Yes."],
)
def test_what_is_listed_or_leads_nowhere_is_fine(text: str) -> None:
    assert kinds(unsafe_url(allow=LISTED), text) == []


def test_the_address_in_a_sentence_is_where_the_finding_is() -> None:
    text = "Go (http://10.0.0.1/a)."
    (found,) = unsafe_url()(text)
    assert found.span is not None
    assert text[slice(*found.span)] == "http://10.0.0.1/a"


def test_the_argument_of_a_tool_is_looked_at() -> None:
    @guard(Policy(tools=(block(unsafe_url()),)))
    def answer(prompt: str) -> Reply[str]:
        return Reply(prompt, tool_calls=(ToolCall("fetch", {"url": "http://[::1]:80/"}),))

    assert isinstance(answer("x"), Blocked)


@given(st.text(max_size=30))
def test_any_text_is_read(text: str) -> None:
    for check in CHECKS:
        list(check(text))
