"""HTML, and what of it is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("nh3", reason="needs the extra output")
pytest.importorskip("can_ada", reason="needs the extra urls")

from guardrails_lib.rendering.html import (  # after the skips
    ATTRIBUTES,
    NEVER,
    TAGS,
    Rules,
    allows,
    cleaned,
    escaped,
    may_be_allowed,
    mended,
    plain,
)

PIECES = st.sampled_from(
    [
        "<b>", "</b>", "<i ", "<p>", "</p>", "<table>", "<tr>", "<td>", "</table>", "<li>", "<a ",
        "href='https://x.test'", 'href="javascript:x"', "<img src=x>", "<script>", "</script>",
        "<style>", "<svg>", "<math>", "<mtext>", "<!--", "-->", "<![CDATA[", "]]>", "<?", ">", "<",
        "&lt;", "&amp", "'", '"', "`", "/", "=", "onclick=x", " ", "\n", "\0", "x", "é", "\ud800",
        "<pre>\n\n", "<q cite=x>", "<b title='<i>'>", "</br>", "<image>", "<col>", "<ruby><rt>",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a < b and b > c, 1<2, x <- 3, a <= b, <3, <>, < b >",
        "<p>One<br>two <B>three</b> <a href=https://x.test/?a=1&amp;b=2 rel=nofollow>four</a>",
        "<ul><li>one<li>two</ul><hr/>",
        "<table><tr><td>1</table>",
        "<ol start='2'><li value=7>seven</ol>",
        "<a href='#here'>here</a> <a href='/faq'>there</a> <a href=mailto:a@x.test>mail</a>",
        "<details open><summary>more</summary>all</details>",
    ],
)
def test_what_only_shows_text_stays_as_it_was_written(text: str) -> None:
    assert cleaned(text, Rules()) is None


@pytest.mark.parametrize(
    ("text", "left", "kind"),
    [
        ("<script>x()</script>y", "y", "script"),
        ("<b onclick=x()>y</b>", "<b>y</b>", "attribute"),
        ("<p style='color:red'>y</p>", "<p>y</p>", "attribute"),
        ("<b id=cookie>y</b>", "<b>y</b>", "attribute"),
        ("<img src=https://x.test/a.png alt=a>", '<img alt="a">', "image"),
        ("<form action=/x><b>y</b></form>", "<b>y</b>", "tag"),
        ("<!-- note -->y", "y", "markup"),
        ("y</div>", "y", "tag"),
        ("<td>y", "y", "tag"),
    ],
)
def test_what_does_more_goes_and_the_text_stays(text: str, left: str, kind: str) -> None:
    found = cleaned(text, Rules())
    assert found is not None
    assert text[: found.start] + found.text + text[found.end :] == left
    assert found.kinds == (kind,)


def test_a_link_that_runs_loses_its_address() -> None:
    found = cleaned("<a href='java&#10;script:x()'>y</a>", Rules())
    assert found is not None
    assert "href" not in found.text
    assert found.kinds == ("link",)


def test_an_image_of_a_listed_place_stays() -> None:
    rules = Rules(images=("https://img.example.com/**",))
    assert cleaned("<img src='https://img.example.com/a.png'>", rules) is None
    assert cleaned("<img src='https://img.example.com.evil.test/a.png'>", rules) is not None
    assert cleaned("<img src='/a.png'>", rules) is not None


def test_a_link_that_is_not_listed_loses_its_address() -> None:
    rules = Rules(links=("https://docs.example.com/**", "mailto:*@example.com"))
    assert (
        cleaned(
            "<a href='https://docs.example.com/a'>y</a><a href='mailto:a@example.com'>z</a>", rules
        )
        is None
    )
    for address in ("https://evil.test/", "//evil.test/", "/logout", "http://docs.example.com/a"):
        assert cleaned(f"<a href='{address}'>y</a>", rules) is not None


def test_the_text_around_it_is_not_touched() -> None:
    text = "a & b > c <i>x</i><b onclick=y>z</b> d & e"
    found = cleaned(text, Rules())
    assert found is not None
    assert text[found.start : found.end] == "<i>x</i><b onclick=y>z</b>"


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 10_000,
        "<div>" * 10_000 + "x" + "</div>" * 10_000,
        "<b><p>" * 10_000,
        "<!" + "<i><b>" * 10_000,
        "<table><tr><td>" * 9_000,
    ],
)
def test_tags_in_tags_without_end_are_shown_as_they_are_written(text: str) -> None:
    found = cleaned(text, Rules())
    assert found is not None
    assert found.kinds == ("depth",)
    assert found.text == escaped(text)


@pytest.mark.parametrize(
    "text",
    [
        "<" * 1_000_000,
        "<a " * 200_000,
        "<!--" * 50_000,
        "<p " + "a=1 " * 100_000 + ">",
        "<a href='" * 50_000,
        "</p>" * 15_000,
        "<b></i>" * 9_000,
        "x<y " * 50_000,
        "\ud800<b onclick=x>\0",
        "<b>" * 200 + "<i>" * 4_000 + "<!",
    ],
)
def test_nothing_takes_long_or_breaks(text: str) -> None:
    found = cleaned(text, Rules())
    if found is not None:
        after = text[: found.start] + found.text + text[found.end :]
        assert cleaned(after, Rules()) is None


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_is_left_is_found_no_more(text: str) -> None:
    found = cleaned(text, Rules())
    if found is not None:
        after = text[: found.start] + found.text + text[found.end :]
        assert cleaned(after, Rules()) is None, (text, after)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_was_mended_is_found_no_more(text: str) -> None:
    after = text
    for found in reversed(mended(text, Rules())):
        after = after[: found.start] + found.text + after[found.end :]
    assert mended(after, Rules()) == [], (text, after)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_each_tag_for_itself_is_no_stricter(text: str) -> None:
    """So what stays in a page stays in Markdown that allows HTML."""
    if cleaned(text, Rules()) is None:
        assert allows(text, Rules())


@pytest.mark.parametrize("text", ["<b>x</b>", "List<String>", "<name>", "a < b", "<br/>"])
def test_a_tag_without_attributes_is_plain(text: str) -> None:
    assert plain(text)


@pytest.mark.parametrize(
    "text",
    ["<b id=x>", "<script>", "<svg>", "<form>", "<!-- x -->", "<style>", "<img>", "<b", "<a>"],
)
def test_a_tag_that_does_something_is_not(text: str) -> None:
    assert not plain(text)


def test_what_is_allowed_is_nothing_that_never_may_be() -> None:
    assert not TAGS & NEVER
    for tag, names in ATTRIBUTES.items():
        assert all(may_be_allowed(tag, name) for name in names)


@pytest.mark.parametrize(
    "attribute",
    ["onclick", "style", "id", "srcset", "formaction", "href", "src", "xlink:href", "is"],
)
def test_an_attribute_that_does_something_is_never_allowed(attribute: str) -> None:
    assert not may_be_allowed("b", attribute)
