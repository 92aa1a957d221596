"""What `format` means in a JSON Schema: for each name, whether a text is one.

Each runs in time that grows with the length of the text, and none raises. `time` and
`date-time` are those of RFC 3339, `duration` is that of its appendix, `email` that of RFC 5321,
`uri` that of RFC 3986, `iri` that of RFC 3987, `hostname` that of RFC 1123 with the A-labels of
RFC 5891.
"""

from __future__ import annotations

import datetime
import ipaddress
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

try:
    import idna
except ImportError as missing:
    raise ImportError('formats need idna: pip install "guardrails-lib"') from missing

from .ecma import ecma

__all__ = ["FORMATS", "formats_of"]

_LONGEST_NAME = 253
_LONGEST_LABEL = 63


def _like(pattern: str, flags: int = 0) -> Callable[[str], bool]:
    """Whether a whole text is like *pattern*."""
    whole = re.compile(pattern, flags)
    return lambda text: whole.fullmatch(text) is not None


# --- times ---------------------------------------------------------------------------------

_TIME = re.compile(
    r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60)(?:\.[0-9]+)?"
    r"(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_A_DAY = 24 * 60


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    found = _TIME.fullmatch(text)
    if found is None:
        return False
    hour, minute, second, sign, ahead, behind = found.groups(default="0")
    if second != "60":
        return True
    offset = (int(ahead) * 60 + int(behind)) * (-1 if sign == "+" else 1)
    return (int(hour) * 60 + int(minute) + offset) % _A_DAY == _A_DAY - 1  # 23:59:60 in UTC


def _is_date_time(text: str) -> bool:
    return text[10:11] in {"T", "t"} and _is_date(text[:10]) and _is_time(text[11:])


_is_duration = _like(
    r"P(?=.)(?:[0-9]+W"
    r"|(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)?"
    r"(?:T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S))?)"
)


# --- hosts ---------------------------------------------------------------------------------

_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_DOTS = re.compile("[.\u3002\uff0e\uff61]")


def _is_host(text: str) -> bool:
    """A name of ASCII letters, digits and hyphens."""
    return len(text) <= _LONGEST_NAME and all(_LABEL.fullmatch(each) for each in text.split("."))


def _is_hostname(text: str) -> bool:
    return _is_host(text) and all(_is_a_label(each) for each in text.split("."))


def _is_a_label(label: str) -> bool:
    """Whether an ASCII label holds ``--`` in its third place only as an A-label may."""
    if label[2:4] != "--":
        return True
    return label[:4].lower() == "xn--" and _is_u_label(label)


def _is_u_label(label: str) -> bool:
    if not 0 < len(label) <= _LONGEST_LABEL:  # idna takes long over long ones
        return False
    try:
        text = idna.ulabel(label.lower())
        return len(idna.alabel(text)) <= _LONGEST_LABEL
    except (idna.IDNAError, UnicodeError, ValueError, IndexError):
        return False


def _is_idn_hostname(text: str) -> bool:
    if len(text) > _LONGEST_NAME:
        return False
    labels = _DOTS.split(text)
    return all(
        _is_host(each) and _is_a_label(each) if each.isascii() else _is_u_label(each)
        for each in labels
    ) and (text.isascii() or _is_bidi(labels))


def _is_bidi(labels: Sequence[str]) -> bool:
    """Whether names with a label from right to left follow the rule of RFC 5893 in each."""
    if not any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in "".join(labels)):
        return True
    try:
        return all(idna.check_bidi(each, check_ltr=True) for each in labels)
    except idna.IDNAError:
        return False


def _is_mail_domain(text: str) -> bool:
    """A host name whose letters need not be put together: mail does that."""
    return len(text) <= _LONGEST_NAME and _is_idn_hostname(unicodedata.normalize("NFC", text))


def _is_ipv4(text: str) -> bool:
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return True


def _is_ipv6(text: str) -> bool:
    try:
        return ipaddress.IPv6Address(text).scope_id is None
    except ValueError:
        return False


# --- e-mail --------------------------------------------------------------------------------

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~{more}-]"
_QUOTED = r'"(?:[ !#-\[\]-~{more}]|\\[ -~{more}])*"'


def _mailbox(more: str, is_domain: Callable[[str], bool]) -> Callable[[str], bool]:
    atom = _ATOM.format(more=more)
    local = re.compile(rf"{atom}+(?:\.{atom}+)*|{_QUOTED.format(more=more)}")

    def is_mailbox(text: str) -> bool:
        name, _, domain = text.rpartition("@")
        return local.fullmatch(name) is not None and (
            _is_address(domain[1:-1])
            if domain[:1] == "[" and domain[-1:] == "]"
            else is_domain(domain)
        )

    return is_mailbox


def _is_address(text: str) -> bool:
    tag, colon, address = text.partition(":")
    return _is_ipv6(address) if colon and tag.lower() == "ipv6" else _is_ipv4(text)


# --- URIs and their kin --------------------------------------------------------------------

_UCS = (
    "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
    + "\U000e1000-\U000efffd"
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"


def _reference(ucs: str, private: str, *, absolute: bool) -> Callable[[str], bool]:
    """Whether a text is a URI, an IRI, or if not *absolute* a reference to one."""
    free = rf"A-Za-z0-9._~!$&'()*+,;={ucs}\-"
    encoded = "%[0-9A-Fa-f]{2}"
    char = rf"(?:[{free}:@]|{encoded})"
    path = f"(?:/{char}*)*"
    tail = rf"(?:[{free}:@/?]|{encoded})*"
    query = rf"(?:[{free}:@/?{private}]|{encoded})*"
    authority = (
        rf"(?:(?:[{free}:]|{encoded})*@)?"
        rf"(?:\[(?P<ip>[^\]]*)\]|(?:[{free}]|{encoded})*)(?::[0-9]*)?"
    )
    first = rf"(?:{char}+{path})?" if absolute else rf"(?:(?:[{free}@]|{encoded})+{path})?"
    scheme = "[A-Za-z][A-Za-z0-9+.-]*:" if absolute else ""
    whole = re.compile(
        rf"{scheme}(?://{authority}{path}|/(?:{char}+{path})?|{first})(?:\?{query})?(?:\#{tail})?"
    )

    def is_one(text: str) -> bool:
        found = whole.fullmatch(text)
        return found is not None and (found["ip"] is None or _is_literal(found["ip"]))

    return is_one


_is_future = _like(r"[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+")


def _is_literal(text: str) -> bool:
    return _is_ipv6(text) or _is_future(text)


_is_uri = _reference("", "", absolute=True)
_is_iri = _reference(_UCS, _PRIVATE, absolute=True)
_is_relative_uri = _reference("", "", absolute=False)
_is_relative_iri = _reference(_UCS, _PRIVATE, absolute=False)

_VARIABLE = r"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*"
_PART = rf"{_VARIABLE}(?:\*|:[1-9][0-9]{{0,3}})?"
_is_uri_template = _like(
    rf"(?:[!#$&'()*+,./0-9:;=?@A-Z\[\]_a-z~{_UCS}{_PRIVATE}-]|%[0-9A-Fa-f]{{2}}"
    rf"|\{{[+#./;?&=,!@|]?{_PART}(?:,{_PART})*\}})*"
)


# --- the rest ------------------------------------------------------------------------------

_POINTER = "(?:/(?:[^~/]|~[01])*)*"
_HEX = "[0-9A-Fa-f]"


def _is_regex(text: str) -> bool:
    try:
        ecma.__wrapped__(text)  # what a reply holds is kept nowhere
    except ValueError:
        return False
    return True


FORMATS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "date": _is_date,
        "date-time": _is_date_time,
        "duration": _is_duration,
        "email": _mailbox("", _is_host),
        "hostname": _is_hostname,
        "idn-email": _mailbox("\x80-\U0010ffff", _is_mail_domain),
        "idn-hostname": _is_idn_hostname,
        "ipv4": _is_ipv4,
        "ipv6": _is_ipv6,
        "iri": _is_iri,
        "iri-reference": lambda text: _is_iri(text) or _is_relative_iri(text),
        "json-pointer": _like(_POINTER, re.DOTALL),
        "regex": _is_regex,
        "relative-json-pointer": _like(f"(?:0|[1-9][0-9]*)(?:\\#|{_POINTER})", re.DOTALL),
        "time": _is_time,
        "uri": _is_uri,
        "uri-reference": lambda text: _is_uri(text) or _is_relative_uri(text),
        "uri-template": _is_uri_template,
        "uuid": _like(f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}"),
    }
)
"""Every format that is known. Others say nothing, as the specification has it."""

_EARLY = {"hostname": _is_host}


def formats_of(draft: str) -> Mapping[str, Callable[[str], bool]]:
    """The formats as *draft* has them: before draft 7 a hostname knew no A-labels."""
    return {**FORMATS, **_EARLY} if draft in {"4", "6"} else FORMATS
