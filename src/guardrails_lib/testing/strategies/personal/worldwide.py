"""Personal data that is of no country: cards, addresses on the net, dates, coins."""

from __future__ import annotations

from datetime import date

from ...hypotheses import st
from .check_digits import luhn
from .coins import base58, bech32
from .form import Form, as_written, checked, cut, made, one_of
from .people import FIRST, LAST

__all__ = ["FORMS", "ORDERS", "VERSIONS"]

ORDERS = one_of(made("ORD-#####"), made("#####"), made("INV-##-####"))
VERSIONS = one_of(made("1.#.#"), made("v#.##.#"), made("#.#.#-rc#"))
_ISBN = made("978316148###").map(
    lambda body: f"{body}{-sum(int(d) * (1 + 2 * (n % 2)) for n, d in enumerate(body)) % 10}"
)
_TIMESTAMPS = made("17########")

_CARDS, _NO_CARDS = checked(
    one_of(made("424242#########"), made("411111#########"), made("555555#########")), luhn
)
_AMEX, _NO_AMEX = checked(made("378282########"), luhn)
_SIXTEEN = ("#" * 16, "#### #### #### ####", "####-####-####-####")
_FIFTEEN = ("#" * 15, "#### ###### #####")
"""The prefixes are those of test cards."""

_DOMAINS = ("example.com", "example.org", "example.net", "mail.example.com")
_PATHS = ("", "/", "/ann", "/orders?id=7", "/a/b#c")


def _plain(name: str) -> str:
    return name.lower().replace("'", "").replace("ë", "e").replace("ö", "o")


_FIRST, _LAST = (st.sampled_from([_plain(each) for each in some]) for some in (FIRST, LAST))
_EMAILS = st.builds(
    "{}@{}".format,
    one_of(
        _FIRST,
        st.builds("{}.{}".format, _FIRST, _LAST),
        st.builds("{}_{}+shop".format, _FIRST, _LAST),
    ),
    st.sampled_from(_DOMAINS),
)
_URLS = st.builds(
    "{}{}{}".format,
    st.sampled_from(("https://", "http://", "https://www.", "www.", "")),
    st.sampled_from(_DOMAINS[:3]),
    st.sampled_from(_PATHS),
)

_IPS = one_of(
    st.builds(
        "{}.{}".format,
        st.sampled_from(("192.0.2", "198.51.100", "203.0.113")),
        st.integers(0, 255),
    ),
    st.builds("2001:db8::{:x}".format, st.integers(0, 0xFFFF)),
    st.builds("2001:db8:{:x}:0:0:0:0:1".format, st.integers(0, 0xFFFF)),
)
"""RFC 5737 and RFC 3849: for documents."""

_MACS = made("00005E0053~~").map(str.upper)
_SIX_PAIRS = ("##-##-##-##-##-##", "##:##:##:##:##:##", "####.####.####")
"""RFC 7042: for documents."""

_UUIDS = st.uuids(version=4).map(str)

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WRITTEN_DAYS = (
    "{0:%Y-%m-%d}",
    "{0:%d/%m/%Y}",
    "{0:%m/%d/%Y}",
    "{0:%d.%m.%Y}",
    "{0.month}/{0.day}/{0:%y}",
    "{0.day} {1} {0.year}",
    "{1} {0.day}, {0.year}",
    "{0:%Y-%m-%d}T09:30:00Z",
)
_DAYS = st.builds(
    lambda day, picture: picture.format(day, _MONTHS[day.month - 1]),
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.sampled_from(_WRITTEN_DAYS),
)

_HASHES = st.binary(min_size=20, max_size=20)
_COINS = one_of(
    _HASHES.map(lambda hashed: base58(0, hashed)),
    _HASHES.map(lambda hashed: base58(5, hashed)),
    _HASHES.map(bech32),
)


def _altered(text: str) -> str:
    """*text* with another letter at its end."""
    return text[:-1] + ("q" if text[-1] != "q" else "p")


FORMS = (
    Form(
        "CREDIT_CARD",
        "",
        one_of(as_written(_CARDS, *_SIXTEEN), as_written(_AMEX, *_FIFTEEN)),
        one_of(as_written(_NO_CARDS, *_SIXTEEN), as_written(_NO_AMEX, *_FIFTEEN), _ISBN),
        ("card", "credit card", "visa"),
    ),
    Form("CRYPTO", "", _COINS, _COINS.map(_altered), ("wallet", "bitcoin", "btc")),
    Form(
        "DATE_TIME",
        "",
        _DAYS,
        one_of(made("3/4"), made("16:9"), made("24/7"), made("2024-13-4#"), VERSIONS),
        ("date", "birthday", "date of birth"),
    ),
    Form(
        "EMAIL_ADDRESS",
        "",
        _EMAILS,
        one_of("@ann", "ann@localhost", "ann at example dot com", made("react@18.#.#")),
        ("email", "mail", "contact"),
    ),
    Form(
        "IP_ADDRESS",
        "",
        _IPS,
        one_of("a::b", "192.0.2", made("256.#.#.#"), VERSIONS, made("2.#.#.#")),
        ("ip", "address", "host"),
    ),
    Form(
        "MAC_ADDRESS",
        "",
        as_written(_MACS, *_SIX_PAIRS),
        one_of("09:30:00", as_written(cut(cut(_MACS)), "##-##-##-##-##", "##:##:##:##:##")),
        ("mac", "device", "hardware address"),
    ),
    Form(
        "URL",
        "",
        _URLS,
        one_of("and/or", "https://", "notes.txt", "main.py", "README.md"),
        ("website", "link", "url"),
    ),
    Form(
        "UUID",
        "",
        _UUIDS,
        one_of("00000000-0000-0000-0000-000000000000", cut(_UUIDS), made("~" * 32)),
        ("uuid", "guid", "device"),
    ),
)
