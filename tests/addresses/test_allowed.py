"""Patterns of addresses: what they list, and what nobody can have meant."""

from __future__ import annotations

import itertools
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import PolicyError
from guardrails_lib.addresses.allowed import checked, misfit
from guardrails_lib.addresses.url import Unreadable, read

can_ada = pytest.importorskip("can_ada", reason="the urls extra is not installed")

KB = "https://docs.example.com/kb/**"


def part(pattern: str, uri: str) -> str:
    """What of *uri* does not fit *pattern*."""
    return misfit(read(uri), checked((pattern,)))


@pytest.mark.parametrize(
    ("pattern", "uri"),
    [
        ("https://example.com", "https://example.com"),
        ("https://example.com", "https://example.com/any/path?any=query#any"),
        ("https://example.com/", "https://example.com"),
        ("HTTPS://EXAMPLE.com/A", "https://example.com/A"),
        ("https://*.example.com/x", "https://a.b.example.com/x"),
        ("https://münchen.example/ü/*", "https://xn--mnchen-3ya.example/%c3%bc/a"),
        ("https://xn--mnchen-3ya.example/*", "https://MÜNCHEN.example/a"),
        ("https://*.münchen.example", "https://a.xn--mnchen-3ya.example/a"),
        ("https://example.com:8443/*", "https://example.com:8443/a"),
        ("https://example.com:443/*", "https://example.com/a"),
        ("https://ann@example.com/*", "https://ann@example.com/a"),
        ("https://example.com/*", "https://example.com/"),
        ("https://example.com/a*z", "https://example.com/abcz"),
        ("https://example.com/a*b*c", "https://example.com/a-b-b-c"),
        ("https://example.com/kb/**", "https://example.com/kb/a/b/"),
        ("https://example.com/kb/**", "https://example.com/kb/"),
        ("https://example.com/**/en/*.md", "https://example.com/en/a.md"),
        ("https://example.com/**/en/*.md", "https://example.com/a/en/b/en/c.md"),
        ("https://example.com/a/**/b/**/c", "https://example.com/a/b/b/x/c"),
        ("https://example.com/%2A", "https://example.com/*"),
        ("https://example.com/a?lang=*", "https://example.com/a?lang=en"),
        ("https://**", "https://anything.example:443/a"),
        ("https://**/kb/*", "https://anything.example/kb/a"),
        ("kb://help/*", "kb://help/1?x#y"),
        ("kb://help", "kb://help"),
        ("kb:/help/*", "kb:/help/1"),
        ("urn:isbn:*", "urn:isbn:978-3"),
        ("urn:**", "urn:isbn:1/2"),
        ("file:///srv/docs/**", "file:///srv/docs/a/b.md"),
        ("http://127.0.0.1:8000/*", "http://2130706433:8000/a"),
        ("http://[::1]/*", "http://[0:0::1]/a"),
        ("s3://bucket/kb/**", "s3://bucket/kb/a.pdf"),
    ],
)
def test_a_pattern_lists(pattern: str, uri: str) -> None:
    assert not part(pattern, uri)


@pytest.mark.parametrize(
    ("pattern", "uri", "why"),
    [
        (KB, "http://docs.example.com/kb/a", "scheme"),
        (KB, "javascript:alert(1)", "scheme"),
        (KB, "data:text/plain,hello", "scheme"),
        (KB, "https://example.com/kb/a", "host"),
        (KB, "https://a.docs.example.com/kb/a", "host"),
        (KB, "https://docs.example.com.evil.com/kb/a", "host"),
        (KB, "https://docs.example.com@evil.com/kb/a", "host"),
        (KB, "https://dосs.example.com/kb/a", "host"),
        (KB, "https://docs.example.com:8443/kb/a", "port"),
        (KB, "https://ann@docs.example.com/kb/a", "user name"),
        (KB, "https://:pw@docs.example.com/kb/a", "user name"),
        (KB, "https://docs.example.com/KB/a", "path"),
        (KB, "https://docs.example.com/kb", "path"),
        (KB, "https://docs.example.com/kb/../admin", "path"),
        (KB, "https://docs.example.com/kb/%2e%2e/admin", "path"),
        (KB, "https://docs.example.com/kb/..%2fadmin", "path"),
        (KB, "https://docs.example.com/kb/%252e%252e/admin", "path"),
        (KB, "https://docs.example.com/kb/..;/admin", "path"),
        (KB, "https://docs.example.com/kb\\..\\admin", "path"),
        (KB, "https://docs.example.com/%256bb/a", "path"),
        ("https://*.example.com", "https://example.com/", "host"),
        ("https://*.example.com", "https://badexample.com/", "host"),
        ("https://ann@example.com", "https://example.com/", "user name"),
        ("https://ann@example.com", "https://ann:" + "pw@example.com/", "user name"),
        ("https://example.com/*", "https://example.com/a/b", "path"),
        ("https://example.com/*", "https://example.com/a%2fb", "path"),
        ("https://example.com/a?x=1", "https://example.com/a", "query"),
        ("https://example.com/a?", "https://example.com/a?x=1", "query"),
        ("https://example.com/**/c", "https://example.com/a/b", "path"),
        ("kb://help/*", "kb://HELP/1", "host"),
        ("kb://help/*", "kb://help/x/y", "path"),
        ("kb://help/*", "kb:help/1", "host"),
        ("kb:help/*", "kb:help/..", "path"),
        ("kb:help/*", "kb:/help/1", "host"),
        ("urn:isbn:*", "urn:uuid:1", "path"),
        ("file:///srv/docs/**", "file:///srv/docs/../etc/passwd", "path"),
        ("file:///srv/docs/**", "file://host/srv/docs/a", "host"),
        ("http://127.0.0.1:8000/*", "http://127.0.0.1/a", "port"),
    ],
)
def test_what_does_not_fit_is_told_by_its_part(pattern: str, uri: str, why: str) -> None:
    assert part(pattern, uri) == why


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("*", "no scheme"),
        ("**", "no scheme"),
        ("", "no scheme"),
        ("docs.example.com/*", "no scheme"),
        ("//docs.example.com/*", "no scheme"),
        ("docs.example.com:443/*", "without a scheme"),
        ("localhost:8000/*", "without a scheme"),
        ("*://docs.example.com/*", "no scheme"),
        ("https://*", "every host"),
        ("https://*/kb", "every host"),
        ("https://*.com", "everybody"),
        ("https://*.co.uk/*", "everybody"),
        ("https://docs.*.com", "within its host"),
        ("https://docs*.example.com", "within its host"),
        ("https://*.*.example.com", "within its host"),
        ("https://docs.example.com:*/", "within its host"),
        ("https://docs.example.com/a**", "within a segment"),
        ("https://docs.example.com/***", "within a segment"),
        ("https://docs.example.com/a/../b", "dots"),
        ("https://docs.example.com/a/%2e%2e%2f", "hides"),
        ("https://docs.example.com/a b", "encode it"),
        ("https://docs.example.com\\a", "encode it"),
        ("https://docs.example.com/a#b", "leave it out"),
        ("https://ann:" + "pw@docs.example.com/", "password"),
        ("https://", "would allow all"),
        ("file://", "would allow all"),
        ("https:///x", "no address"),
        ("https://xn--a/", "no address"),
        ("urn:*", "would allow all"),
        ("data:*", "anybody"),
        ("javascript:**", "anybody"),
        ("kb://he lp/", "encode it"),
        (7, "is a text"),
    ],
)
def test_a_pattern_that_nobody_can_have_meant_says_what_to_write(
    pattern: object, said: str
) -> None:
    with pytest.raises(PolicyError, match=said.replace("*", r"\*")):
        checked((pattern,))


def test_a_password_in_a_pattern_is_not_told() -> None:
    with pytest.raises(PolicyError) as caught:
        checked(("https://ann:" + "pass-word@example.com/",))
    assert "pass-word" not in str(caught.value)


@pytest.mark.parametrize("given", ["https://example.com", (), 7, None])
def test_patterns_come_in_a_tuple(given: object) -> None:
    with pytest.raises(PolicyError, match="allow="):
        checked(given)


def test_the_first_of_many_that_fits_will_do() -> None:
    many = checked([f"https://h{n}.example.com/kb/*" for n in range(1000)])
    assert not misfit(read("https://h999.example.com/kb/a"), many)
    assert misfit(read("https://h1000.example.com/kb/a"), many) == "host"


GOOD = "docs.example.com"
EVIL = st.sampled_from(
    [
        *("evil.com", "docs.example.com.evil.com", "evildocs.example.com", "dосs.example.com"),
        *("evil。com", "EVIL.com", "2130706433", "0x7f.1", "[::1]", "xn--evl-sma.com"),
    ]
)
GLUE = st.lists(
    st.sampled_from(["@", "\\", "/", ":", "?", "#", "%40", "%2f", "\t", "\n", " ", "。", ";", "&"])
    | st.sampled_from(["．", "／", "＠", "\u200b", "\u00ad", ".", "%00", "%5c", "//", "\ud800"]),
    max_size=3,
).map("".join)
SCHEME = st.sampled_from(["https://", "HTTPS://", "https:", "https:/", "https:\\\\", " https://"])


@given(SCHEME, st.lists(st.tuples(GLUE, EVIL | st.just(GOOD)), min_size=1, max_size=3), GLUE)
def test_no_spelling_of_a_foreign_host_passes(
    scheme: str, parts: list[tuple[str, str]], end: str
) -> None:
    uri = scheme + "".join(itertools.chain(*parts)) + end + "/kb/a"
    try:
        why = misfit(read(uri), (KB,))
    except Unreadable:
        return
    if not why:
        url = can_ada.parse(uri)
        assert url.hostname.removesuffix(".") == GOOD
        assert not url.username


DOTS = st.sampled_from(["..", ".%2E", "%2e%2e", "%252e%252e", "%25%32%65.", "．．", "‥"]).flatmap(
    lambda dots: st.sampled_from(["", ";", "%2f", "\\", "%5c", "%00", "%09", "%20", "%3b"]).map(
        dots.__add__
    )
) | st.sampled_from(["%c0%ae%c0%ae", "%u002e%u002e"])
SEGMENT = DOTS | st.sampled_from(["kb", "admin", ".", "", "a"])


@given(st.lists(SEGMENT, max_size=6), st.sampled_from(["/", "\\", "%2f", "//"]))
def test_an_address_with_dots_never_leaves_the_place_of_its_pattern(
    parts: list[str], slash: str
) -> None:
    uri = f"https://{GOOD}/kb/" + slash.join(parts)
    if not part(KB, uri):
        path = can_ada.parse(uri).pathname
        assert path.startswith("/kb/")
        assert ".." not in path
        assert "%" not in path


@given(st.text(string.ascii_lowercase + "*/?.:%#@-", max_size=30))
def test_any_pattern_is_read_or_refused(text: str) -> None:
    for pattern in (text, f"https://{text}", f"https://example.com/{text}", f"kb:{text}"):
        try:
            patterns = checked((pattern,))
        except PolicyError:
            continue
        assert isinstance(misfit(read("https://evil.com/x"), patterns), str)


@pytest.mark.parametrize("pattern", ["/**/a/**/a/**/b", "/a*a*a*a*a*a*b", "/**/*a*a*b/**/*a*b"])
def test_a_long_path_takes_no_longer_than_its_length_says(pattern: str) -> None:
    for unit in ("a", "a/", "aa/"):
        uri = ("https://a.com/" + unit * 4000)[:4000]
        for _ in range(20):
            assert part("https://a.com" + pattern, uri) == "path"
