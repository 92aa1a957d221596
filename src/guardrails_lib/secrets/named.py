"""Values beside a telling name: `api_key = "..."`, in code, settings, headers and commands."""

from __future__ import annotations

import functools
import re
import string
from typing import Any

from .filler import is_placeholder
from .names import OWNERS, TELLING, is_password, tells
from .randomness import entropy, in_words, is_random
from .shape import Secret, Shape

__all__ = ["BEFORE", "SHAPES"]

BEFORE = 48
"""So far before the word that tells, its name may begin."""

_NAME = f"{string.ascii_letters}{string.digits}_.$-"
_QUALIFIED = ("public", "primary", "foreign", "cache", "csrf", "sort", "partition")

_IS = (
    r"[\"'`\])]{0,3}+[ \t]{0,3}+(?:[\"']?[\s,]{1,16}+[\"']?(?i:value)[\"']?[ \t]{0,2}+(?=[=:]))?+"
    r"(?P<is>is(?=[ \t:]):?|=>|:=|\|\||->|\?=|={1,3}+|:{1,3}+=?+|,(?=[ \t]{0,3}+[\"'`])|>)"
    r"[ \t]{0,5}+"
    r"(?:[\"'`]{0,3}(?i:bearer|token|apikey|key|ssws)[ ]|[brfu@]{1,2}(?=[\"']))?"
)
_QUOTED = r"(?P<quote>\\?[\"'`]{1,3}+)(?P<v>[!#-&(-;=?-\[\]-_a-~]{6,1200}+)(?=[\"'`\\])"
_ONE = r"[!#-%*+./0-9?-Z^_a-{}~-]"
_BARE = (
    rf"(?P<bare>(?:{_ONE}{{0,60}}+[:=]{{1,2}}+(?=[!-~])){{0,4}}+{_ONE}{{0,1200}}+={{0,2}}+)"
    r"(?![!#-%'\"`(*+./0-:=?-Z^_a-z~-])"
)
_VALUE = f"(?:{_QUOTED}|{_BARE})"
"""All of ASCII that can be seen, but quotes, angles and what escapes; bare, it ends sooner."""

_CODE = re.compile(
    r"[()\[\]{}]|\A[A-Za-z_][A-Za-z0-9_]*(?:[.:]{1,2}[A-Za-z_][A-Za-z0-9_]*)+\Z|\A--?[a-z]"
    r"|\A[A-Z_]+\Z|\A[A-Z0-9]+(?:_[A-Z0-9]+)+\Z"
)
"""A call, a place in a structure, an attribute, an option, the name of a constant."""

_PLACE = re.compile(r"\A[~.]{0,2}/|\A[A-Za-z]:\\|://|\A(?:www|arn|urn|file)[.:]|\A@")
_NUMBERS = re.compile(r"-\d+(?:\.\d+)+\Z|\d{4}-\d\d-\d\d|\A[vV]?\d+(?:\.\d+)+|\A[\d.,:/+-]+\Z")
_UUID = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SURE = re.compile(r"(?i)token|secret|passw|auth|(?:api|access|private)[-_.]?key")
"""What is a key alone may be the key of a row, and then it is often such a number."""

_TOKEN = re.compile(r"[A-Za-z0-9_+/=.~:$!-]+")
_PARTS = re.compile(r"(?:[A-Za-z]+|\d+)(?:[-_.:/+](?:[A-Za-z]+|\d+))*")
"""Words and numbers, as names have them; what is drawn by lot mixes both."""


_SPELLED = {
    "linkedin": "linked[-_]?in",
    "messagebird": "message[-_]?bird",
    "newrelic": "new[-_]?relic",
    "privateai": "private[-_]?ai",
}
"""Names of two words."""

_LEAST = 6
_IN_WORDS = 0.75
_IN_PROSE = 0.3
_SHORTEST = 10
_LONGEST_PASSWORD = 64
_TRAILING = ".,:?)*"


def _value(match: Any) -> tuple[int, int, bool] | None:
    """Where the value stands, and whether in quotes."""
    if match["bare"] is None:
        return *match.span("v"), True
    start, end = match.span("bare")
    if match["is"] == ">" and match.string[end : end + 1] != "<":
        return None
    size = len(match["bare"].rstrip(_TRAILING))
    return (start, start + size, False) if size >= _LEAST else None


def _name(match: Any) -> str:
    """The whole name of which a part tells."""
    before = match.string[max(0, match.start() - BEFORE) : match.start()]
    name: str = (
        before[len(before.rstrip(_NAME)) :] + match.string[match.start() : match.end("name")]
    )
    return name


def _is_qualified(match: Any) -> bool:
    """Whether the word before it says that the value may be shown: `public key: ...`."""
    before = match.string[max(0, match.start() - BEFORE) : match.start()]
    said: str = before.rstrip().lower()
    return said != before.lower() and said.endswith(_QUALIFIED)


def _by_word(shape: Shape, match: Any) -> Secret | None:
    """A value whose name says that it is a secret."""
    at, name = _value(match), _name(match)
    if at is None or not tells(name):
        return None
    start, end, quoted = at
    value = match.string[start:end]
    if _is_qualified(match) or is_placeholder(value) or _CODE.search(value) or _PLACE.search(value):
        return None
    if _NUMBERS.search(value) or value.lower().startswith(name.lower()):
        return None
    if _UUID.fullmatch(value) and not _SURE.search(name):
        return None
    if is_password(name):
        told = match["is"] != "," and _is_thought_up(value, plainly=quoted or name.isupper())
        return Secret(start, end, "PASSWORD", 0.6) if told or _is_drawn(value) else None
    if match["is"].startswith("is") and in_words(value) > _IN_PROSE * len(value):
        return None
    return Secret(start, end, shape.kind, 0.7) if _is_drawn(value) else None


def _is_drawn(value: str) -> bool:
    """Whether a value was made by lot, as keys and tokens are."""
    return bool(
        len(value) >= _SHORTEST
        and _TOKEN.fullmatch(value)
        and not _PARTS.fullmatch(value)
        and is_random(value)
    )


def _is_thought_up(value: str, *, plainly: bool) -> bool:
    """Whether a value is a password: letters and a digit; and a sign, unless it stands *plainly*.

    That is in quotes, or as the value of a variable of the environment.
    """
    if len(value) > _LONGEST_PASSWORD or not any(map(str.isalpha, value)):
        return _is_drawn(value)
    if _is_drawn(value):
        return True
    digits = any(map(str.isdigit, value))
    signs = not value.replace("_", "").replace("-", "").replace(".", "").isalnum()
    return digits and (signs or plainly) and entropy(value) >= 2.5  # bits each


def _by_owner(shape: Shape, match: Any) -> Secret | None:
    """A value named after who gave it out, of the form that they give out."""
    at, owner = _value(match), match["owner"]
    if at is None or not _is_word(owner, match["name"][:1]):
        return None
    start, end, _ = at
    value = match.string[start:end]
    name = re.sub("[-_]", "", owner.lower())
    if not _form(name).fullmatch(value) or is_placeholder(value):
        return None
    if not any(map(str.isdigit, value)) or in_words(value) > _IN_WORDS * len(value):
        return None
    return Secret(start, end, f"{name.upper()}_KEY", 0.8)


def _is_word(owner: str, after: str) -> bool:
    """Whether a name begins a word, or is one: ``okTa`` in ``rookTable`` is not."""
    return owner in {owner.lower(), owner.upper(), owner.capitalize()} or not after.islower()


@functools.cache
def _form(owner: str) -> re.Pattern[str]:
    return re.compile(f"(?i:{OWNERS[owner]})")


def _option(shape: Shape, match: Any) -> Secret | None:
    """What a command is told: `--api-key ...`."""
    start, end = match.span("v")
    value = match.string[start:end].rstrip("\"'`,;")
    if is_placeholder(value) or _CODE.search(value) or _PLACE.search(value):
        return None
    if not (
        _is_drawn(value) or (is_password(match["name"]) and _is_thought_up(value, plainly=True))
    ):
        return None
    kind = "PASSWORD" if is_password(match["name"]) else shape.kind
    return Secret(start, start + len(value), kind, 0.7)


def _owners(some: list[str]) -> str:
    words = "|".join(_SPELLED.get(each, each) for each in some)
    return rf"(?P<owner>(?i:{words}))(?P<name>[ \tA-Za-z0-9_.-]{{0,24}}){_IS}{_VALUE}"


_SOURCE = "gitleaks, generic-api-key (MIT); detect-secrets, keyword (Apache-2.0)"
_NAMES = sorted(OWNERS)

SHAPES = (
    Shape(
        "SECRET",
        "named",
        rf"(?i:{'|'.join(TELLING)})(?P<name>[A-Za-z0-9_.-]{{0,24}}+){_IS}{_VALUE}",
        _SOURCE,
        _by_word,
    ),
    Shape("SECRET", "named", _owners(_NAMES[:45]), _SOURCE, _by_owner),
    Shape("SECRET", "named", _owners(_NAMES[45:]), _SOURCE, _by_owner),
    Shape(
        "SECRET",
        "named",
        r"--(?P<name>(?:[a-z0-9]{1,16}-){0,4}(?:password|passwd|passphrase|pass|token|secret|key))"
        r"[ =][ ]{0,2}[\"']?(?P<v>[!#-&(-;=?-\[\]-_a-~]{6,1200}+)(?![!#-&(-;=?-\[\]-_a-~])",
        _SOURCE,
        _option,
    ),
    Shape(
        "PASSWORD",
        "NuGet",
        r"(?i:<add key=\"(?:cleartext)?password\"\s{1,3}value=\")(?P<name>)(?P<v>[!#-~]{8,100})\"",
        "gitleaks, nuget-config-password (MIT)",
        _option,
    ),
)
