"""Texts of each format that is known: documents' own addresses and names, nobody's."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from ...hypotheses import st

__all__ = ["FORMATTED"]

_NAMES = st.sampled_from(["a", "ann", "shop", "order-17", "data1", "x.y"])
_HOSTS = st.sampled_from(
    ["example.com", "www.example.org", "a.example", "shop-1.example.net", "xn--nxasmq6b.example"]
)
_IDN_HOSTS = _HOSTS | st.sampled_from(["b\u00fccher.example", "\u4f8b\u5b50.example"])
_IPV4 = st.builds(
    "{}{}".format, st.sampled_from(["192.0.2.", "198.51.100.", "203.0.113."]), st.integers(0, 255)
)
_IPV6 = st.builds("2001:db8::{:x}".format, st.integers(0, 0xFFFF)) | st.just(
    "2001:db8:0:0:8:800:200c:417a"
)
_PATHS = st.lists(st.sampled_from(["a", "help", "17", "%C3%A9", "x_y.z"]), max_size=3).map(
    lambda steps: "".join(f"/{each}" for each in steps)
)
_QUERIES = st.sampled_from(["", "", "?q=1", "?a=b&c=d", "#top", "?q=1#x"])
_URIS = st.builds(
    "{}://{}{}{}".format, st.sampled_from(["https", "http"]), _HOSTS, _PATHS, _QUERIES
)
_OTHER_URIS = st.sampled_from(["urn:isbn:0", "mailto:a@example.com", "kb://help/refunds"])
_REFERENCES = st.builds("{}{}".format, _PATHS, _QUERIES)
_POINTERS = st.lists(st.sampled_from(["a", "0", "~0", "a~1b", ""]), max_size=3).map(
    lambda steps: "".join(f"/{each}" for each in steps)
)
_DATES = st.dates(datetime.date(1, 1, 1)).map(datetime.date.isoformat)
_OFFSETS = st.sampled_from(["Z", "Z", "+00:00", "-05:30", "+14:00"])
_TIMES = st.builds(
    "{:02}:{:02}:{:02}{}{}".format,
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from(["", ".5", ".123456"]),
    _OFFSETS,
)
_DURATIONS = st.one_of(
    st.builds("P{}D".format, st.integers(0, 400)),
    st.builds("PT{}H{}M{}S".format, st.integers(0, 40), st.integers(0, 59), st.integers(0, 59)),
    st.builds("P{}Y{}M{}DT{}H".format, *([st.integers(0, 11)] * 4)),
    st.builds("P{}W".format, st.integers(0, 60)),
)
_MAIL = st.builds("{}@{}".format, _NAMES, _HOSTS)

FORMATTED: Mapping[str, st.SearchStrategy[str]] = MappingProxyType(
    {
        "date": _DATES,
        "date-time": st.builds("{}T{}".format, _DATES, _TIMES),
        "duration": _DURATIONS,
        "email": _MAIL,
        "hostname": _HOSTS,
        "idn-email": _MAIL | st.builds("{}@{}".format, st.just("\u00e9va"), _IDN_HOSTS),
        "idn-hostname": _IDN_HOSTS,
        "ipv4": _IPV4,
        "ipv6": _IPV6,
        "iri": _URIS | _OTHER_URIS | st.just("https://example.com/\u00e9"),
        "iri-reference": _REFERENCES | _URIS | st.just("/\u00e9"),
        "json-pointer": _POINTERS,
        "regex": st.sampled_from(["a", "^a+$", "[a-z]{2,3}", r"\d+", "(a|b)*", ""]),
        "relative-json-pointer": st.builds("{}{}".format, st.integers(0, 20), _POINTERS)
        | st.just("1#"),
        "time": _TIMES,
        "uri": _URIS | _OTHER_URIS,
        "uri-reference": _REFERENCES | _URIS,
        "uri-template": _URIS | st.just("https://example.com/{name}{?q,page}"),
        "uuid": st.uuids().map(str),
        # what pydantic writes beside those of the specification
        "uuid1": st.just("c232ab00-9414-11ec-b3c8-9f6bdeced846"),
        "uuid3": st.just("5df41881-3aed-3515-88a7-2f4a814cf09e"),
        "uuid4": st.uuids(version=4).map(str),
        "uuid5": st.just("2ed6657d-e927-568b-95e1-2665a8aea6a2"),
        "ipv4network": st.sampled_from(["192.0.2.0/24", "198.51.100.16/28"]),
        "ipv6network": st.sampled_from(["2001:db8::/32", "2001:db8:0:1::/64"]),
        "ipv4interface": _IPV4.map("{}/24".format),
        "ipv6interface": _IPV6.map("{}/64".format),
    }
)
"""By the name of the format."""
