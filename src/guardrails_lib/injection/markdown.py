"""Links and images that carry something out: an address with a slot for it, or an order to fill."""

from __future__ import annotations

from .cue import Cue
from .gated import Group, group

__all__ = ["CARRIERS"]

_PRIVATE = (
    r"(?:(?:chat|conversation)(?:[_\W](?:history|log|summary|transcript|content|context|data))?s?"
    r"|histor(?:y|ies)|secrets?|passwords?|credentials|api[_\W]?keys?|system[_\W]prompt"
    r"|(?:your|previous|initial|hidden)[_\W](?:prompt|instructions|context|memory|answer"
    r"|reply|response|message)s?|user['\u2019]s?[_\W](?:\w{1,12}[_\W])?(?:data"
    r"|info(?:rmation)?|input"
    r"|message|query|prompt|question|detail|file|document|secret|e-?mail|address)s?"
    r"|(?:private|confidential|sensitive|personal)[_\W](?:data|keys?|info(?:rmation)?|notes?"
    r"|details)"
    r"|(?:stolen|exfiltrated|leaked|base64)[_\W]?\w{0,12}|everything\W(?:above|so\Wfar)"
    r"|env\w{0,8}\W"
    r"variables|credit\Wcard|ssn|pii)"
)
"""What an attacker wants to have carried out."""

_TARGET = (
    r"(?:urls?|links?|query(?: string| param\w{0,8})?|get param\w{0,8}|src|hyperlinks?|images?"
    r"|subdomain|uri)"
)
_WITH = (
    r"(?:contain\w{0,3}|with|includ\w{1,3}|carr\w{1,4}|replac\w{1,3}|encod\w{1,3}|append\w{0,3}"
    r"|holding|where|whose|followed by|substitut\w{1,4}|set to|filled|plus|add\w{0,3})"
)
_SOME, _LONG = r"[a-z0-9\x20,:'\"/_-]{0,24}\b", r"[\x21-\x7e\x20]{0,100}\b"
_INNER = r"[^\[\]{}<>()\n]{0,40}"
_SLOT = (
    rf"(?:[\[({{<]|\$\{{|%7B|%5B|&lt;){{1,3}}{_INNER}\b{_PRIVATE}(?:\b|(?=_)){_INNER}"
    r"(?:[\])}>]|%7D|%5D|&gt;)"
)
_URL = r"https?:(?:/|\\/){2}[^\s()<>\"'{}\[\]]{1,120}"
_IMAGE, _IMG = r"!\[[^\[\]\n]{0,60}\]\(\s?", r"<(?i:img)\s[^<>]{0,80}?(?i:src)\s?=\s?[\"']?"
_ANY_SLOT = r"=(?:\[[a-zA-Z]|\{{1,2}\s?[a-zA-Z]|<[a-zA-Z]|\$\{)[^\n\]}>]{2,60}[\]}>]"
_NAME = (
    r"=(?:[A-Z]{2,12}_){0,4}(?:DATA|SECRETS?|CONVERSATION|HISTORY|PASSWORDS?|TOKENS?|SUMMARY"
    r"|CONTENTS?|MESSAGES?|PROMPT|INFO|BASE64|ENCODED|HERE|CONTEXT|ANSWER|CHAT)(?![a-z])"
)

_SLOTS = (
    Cue(
        "exfiltration",
        "an address has a slot for what is private",
        0.7,
        rf"(?i:{_URL}[?&#/=]{_SLOT})",
    ),
    Cue("exfiltration", "an image has an address with a slot", 0.5, _IMAGE + _URL + _ANY_SLOT),
    Cue("exfiltration", "an image has an address with a slot", 0.3, _IMG + _URL + _ANY_SLOT),
    Cue(
        "exfiltration",
        "an image has an address with a name for what is to stand there",
        0.5,
        f"(?:{_IMAGE}|{_IMG}){_URL}{_NAME}",
    ),
)
"""Addresses that are to be filled in."""

CARRIERS: tuple[Group, ...] = (
    Group(tuple(cue.pattern for cue in _SLOTS), _SLOTS),
    group(
        r"(?:tracking|invisible|hidden|beacon|1x1) [\s\S]{0,30}(?:image|pixel|link)",
        "exfiltration",
        "it orders to put something private into an address",
        (
            0.5,
            (
                r"(?:render|embed|include|end|append|add|insert|display|show|output)"
                rf" {_SOME}(?:tracking|invisible|hidden|beacon|1x1) {_SOME}(?:image|pixel|link)"
            ),
        ),
    ),
    group(
        _PRIVATE,
        "exfiltration",
        "it orders to put something private into an address",
        (
            0.65,
            (
                r"(?:append|add|includ|insert|attach|put|embed|plac|substitut|replac|fill|pass"
                rf"|encod|concatenat|writ|interpolat)(?:e|ing|ding|ting)? {_SOME}{_PRIVATE}"
                rf" {_SOME}{_TARGET}"
            ),
        ),
        (
            0.6,
            (
                rf"{_TARGET} {_SOME}{_WITH} {_SOME}{_PRIVATE} {_SOME}(?:in|into|as|encoded"
                r"|url-?encoded|base64|appended|at the end|attached|filled|inserted|embedded)"
            ),
        ),
        (
            0.6,
            (
                r"(?:render|display|show|output|embed|load|fetch|print|insert|include|return"
                rf"|respond|reply|end|finish|generate|create)(?: {_SOME}|\W{{1,4}})(?:image|pixel"
                rf"|picture|markdown|iframe|img){_LONG}{_WITH} {_SOME}{_PRIVATE}"
            ),
        ),
        (
            0.6,
            (
                r"(?:visit|open|navigate to|browse to|go to|fetch|request|load|ping|call|curl|get"
                rf"|query|access|contact) {_SOME}https?://{_LONG}{_WITH} {_SOME}{_PRIVATE}"
            ),
        ),
    ),
)
"""Addresses that are to be filled in, and orders to fill them."""
