"""What a browser reads in an address, and where readers differ."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.addresses.url import LONGEST, Address, Unreadable, read, segments


@pytest.mark.parametrize(
    ("uri", "host"),
    [
        ("https://good.com@evil.com/", "evil.com"),
        ("https://good.com:x@evil.com/", "evil.com"),
        ("https://evil.com#@good.com/", "evil.com"),
        ("https://evil.com?@good.com/", "evil.com"),
        ("HTTPS://GOOD.com", "good.com"),
        ("https://good.com./", "good.com"),
        ("https://good。com/", "good.com"),
        ("https://ｇｏｏｄ.com/", "good.com"),
        ("https://go%6fd.com/", "good.com"),
        ("https://go\tod.c\nom/", "good.com"),
        ("https://go\u00adod.com/", "good.com"),
        ("  https://good.com  ", "good.com"),
        ("https://münchen.example/", "xn--mnchen-3ya.example"),
        ("https://MÜNCHEN.example/", "xn--mnchen-3ya.example"),
        ("https://gооd.com/", "xn--gd-fmca.com"),
        ("http://2130706433/", "127.0.0.1"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("http://[::0:1]/", "[::1]"),
        ("kb://help/1", "help"),
        ("kb://good@evil/1", "evil"),
        ("urn:isbn:1", ""),
    ],
)
def test_the_host_is_the_one_that_a_browser_sees(uri: str, host: str) -> None:
    assert read(uri).host == host


@pytest.mark.parametrize(
    "uri",
    [
        "https://good.com\\@evil.com/",
        "https://evil.com\\@good.com/",
        "https:\\\\good.com/",
        "https:good.com/",
        "https:/good.com/",
        "https:///good.com/",
    ],
)
def test_where_readers_see_different_hosts_none_is_believed(uri: str) -> None:
    with pytest.raises(Unreadable):
        read(uri)


@pytest.mark.parametrize(
    "uri",
    [
        *("", " ", "docs/a.md", "//good.com/", "https://", "https://a b/", "https://xn--a/", "::"),
        *("https://1.2.3.4.5/", "https://good.com:99999/", "https://\ud800.com/", "\x00"),
        "https://good／com",
    ],
)
def test_what_no_browser_could_read_is_an_error(uri: str) -> None:
    with pytest.raises(Unreadable):
        read(uri)


def test_what_is_too_long_is_not_read() -> None:
    assert read("https://a.com/".ljust(LONGEST, "a"))
    with pytest.raises(Unreadable, match="longer"):
        read("https://a.com/".ljust(LONGEST + 1, "a"))
    with pytest.raises(Unreadable, match="longer"):
        read("https://a.com/" + "../" * 3_000_000)


def test_dots_and_usual_ports_are_resolved() -> None:
    assert read("HTTPS://a.com:443/x/./y/%2e%2E/z?q=1#f") == Address(
        "https", "", False, "a.com", "", "/x/z", "q=1", "f"
    )


def test_schemes_that_no_browser_knows_have_their_dots_resolved_too() -> None:
    assert read("kb://help/faq/../%2e/admin").path == "/admin"


@pytest.mark.parametrize(
    "uri",
    ["kb://help/../admin", "kb://help/a/%2e%2e/../b", "kb://help//../a", "file:///../etc/passwd"],
)
def test_what_climbs_above_a_host_that_no_browser_knows_is_not_believed(uri: str) -> None:
    with pytest.raises(Unreadable, match="differently"):
        read(uri)


def test_on_the_web_nothing_is_above_a_host() -> None:
    assert read("https://a.com/../b").path == "/b"


def test_an_error_quotes_nothing() -> None:
    with pytest.raises(Unreadable) as caught:
        read("https://good.com\\@evil.com/pass-word")
    assert "evil" not in str(caught.value)
    assert "word" not in str(caught.value)


@pytest.mark.parametrize(
    "path",
    [
        *("/a/..%2fb", "/a%5cb", "/a/%252e%252e/b", "/a/..;/b", "/a/..;x=1/b", "/a/%2e%2e;/b"),
        *("/a/%00", "/a%0d%0ab", "/a/%c0%ae%c0%ae/b", "/a/%e9", "/a/%25c0%25ae", "/a/．．/b"),
        *("/a/‥/b", "/a/%u002e%u002e/b", "/a/%u2215/../b", "/a/.. /b", "/a\\b", "/%25252525"),
    ],
)
def test_a_path_that_hides_something_is_an_error(path: str) -> None:
    with pytest.raises(Unreadable):
        segments(path)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/", ["", ""]),
        ("/a%20b/c", ["", "a b", "c"]),
        ("/100%25", ["", "100%"]),
        ("/100%", ["", "100%"]),
        ("/%C3%A4", ["", "ä"]),
        ("/a.b/...", ["", "a.b", "..."]),
        ("isbn:1", ["isbn:1"]),
    ],
)
def test_segments_are_decoded_once(path: str, names: list[str]) -> None:
    assert segments(path) == names


@given(st.text())
def test_any_text_is_read_or_an_error(text: str) -> None:
    for uri in (text, f"https://{text}", f"https://a.com/{text}", f"kb://{text}/{text}"):
        with contextlib.suppress(Unreadable):
            segments(read(uri).path)
