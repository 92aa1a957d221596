"""Phrases that turn a model against whom it works for: hide it, send it away, judge it so."""

from __future__ import annotations

from .gaps import GAP, N1, N2, N3, SHORT
from .gated import Group, group

__all__ = ["AGAINST_USER"]

_READER = r"(?:users?|humans?|readers?|customers?|person|people|operators?|owners?|recipients?)"
_PRIVATE = (
    r"(?:conversations?|(?:chat|message|conversation|browsing|search) (?:history|logs?|context)"
    r"|system prompts?|(?:api|private|secret|access|ssh|encryption) (?:keys?|tokens?)|passwords?"
    r"|credentials|secrets?|environment variables?|(?:confidential|private|personal|sensitive"
    r"|internal|user|customer|financial) (?:data|info\w{0,8}|details|documents?|files|e-?mails?"
    rf"|records|messages)|(?:users?|customers?|owners?|victims?)['\u2019]s? {N2}(?:data"
    r"|info\w{0,8}"
    r"|details|e-?mails?|messages|files|documents?|address(?:es)?|names?|inbox|contacts"
    r"|calendar|history|password)|contact list|address book|inbox|2fa codes?|verification codes?"
    r"|credit card\w{0,8}|env files?|id_rsa|etc/passwd)"
)
_SENDING = (
    r"(?:send|forward|e-?mail|mail|post|upload|transmit|exfiltrate|leak|share|export|deliver"
    r"|submit|copy|report|transfer|paste|publish|push)(?:ing)?"
)
_AWAY = r"(?:[\w.+-]{1,40}@[\w-]{1,40}\.|https?://|www\.|webhook|attacker|ftp\b|pastebin)"

AGAINST_USER: tuple[Group, ...] = (
    group(
        rf"(?:the|your|any) {_READER}",
        "order",
        "it asks to keep something from the user",
        (
            0.6,
            (
                r"(?:do not|don['\u2019]?t|never|must not|should not|without) (?:tell|inform"
                r"|mention|notify|alert|reveal|disclose|show|say|report|let|warn)(?:ing)? (?:this"
                rf" |that |it |anything |about this |any of this |these {N1})?(?:to )?(?:the "
                rf"|your |any ){_READER} (?:about|that|of|know|see|anything|what) {N1}(?:this"
                r"|these|it|you|anything|what|the (?:instructions?|message|note|prompt|real"
                r"|hidden|change))"
            ),
        ),
        (
            0.3,
            (
                r"(?:do not|don['\u2019]?t|never) (?:tell|inform|notify|alert|mention (?:this|it)"
                r" to|reveal (?:this|it) to|show (?:this|it) to|disclose (?:this|it) to) (?:the"
                rf"|your) {_READER}"
            ),
        ),
        (
            0.65,
            (
                rf"(?:keep|hide|conceal|withhold) (?:this|it|these|that|the) {N3}(?:hidden "
                rf"|secret |private )?from (?:the |your ){_READER}"
            ),
        ),
        (
            0.55,
            (
                rf"(?:the |your ){_READER} (?:must|should|may|can|does|do|will)(?: not"
                rf"|n['\u2019]?t|not) {N2}(?:know|see|notice|learn|find out|be told|be aware|be"
                rf" informed|need to know) {N2}(?:this|these|about|that you|any|it|of)"
            ),
        ),
    ),
    group(
        (
            r"(?:mention|reveal|disclos|acknowledg|referenc|discuss|repeat|quot)(?:e|ing)? (?:to"
            r" [\s\S]{0,30})?(?:this|these|the existence|that you|having)"
        ),
        "order",
        "it asks to keep something from the user",
        (
            0.75,
            (
                r"(?:do not|don['\u2019]?t|never|without) (?:mention|reveal|disclos|acknowledg"
                rf"|referenc|discuss|repeat|quot)(?:e|ing)? (?:to {N2})?(?:this|these|the"
                r" existence of|that you (?:were|have been|are|received|saw|read)|having)"
                rf" {N3}(?:instructions?|directives?|note|prompt|injection|instructed|told"
                r"|command|order)"
            ),
        ),
    ),
    group(
        _PRIVATE,
        "order",
        "it asks to send away what is private",
        (
            0.7,
            rf"{_SENDING} {GAP}{_PRIVATE}{GAP}(?:to|at|via|using|through) {N2}{_AWAY}",
        ),
        (
            0.45,
            (
                r"(?:retrieve|collect|gather|find|extract|search for|look up|read|fetch|get|steal"
                rf"|locate|list|access) {N3}{_PRIVATE} {N1}(?:and|then) {N2}{_SENDING} {N3}to"
            ),
        ),
    ),
    group(
        (
            r"(?:all|every|any|entire|each of|the (?:last|latest|previous"
            r"|first))[\s\S]{1,44}(?:e-?mails?|messages|files|documents?|conversations?|contacts"
            r"|data|information)"
        ),
        "order",
        "it asks to send away what is private",
        (
            0.4,
            (
                rf"{_SENDING} (?:all|every|any|the entire|a copy of (?:all|every|the)|each of|the"
                rf" (?:last|latest|previous|first)) {N3}(?:e-?mails?|messages|files|documents?"
                rf"|conversations?|contacts|data|information){SHORT}to {N1}{_AWAY}"
            ),
        ),
    ),
    group(
        (
            r"(?:use|call|invoke|run|execute|trigger) (?:the|your|an?) [\s\S]{0,30}(?:tool"
            r"|function|plugin|browser|code interpreter|connector|api|action)"
        ),
        "order",
        "it asks to send away what is private",
        (
            0.45,
            (
                rf"(?:use|call|invoke|run|execute|trigger) (?:the |your |an? ){N2}(?:tool"
                rf"|function|plugin|browser|code interpreter|connector|api|action)s? {N2}(?:to"
                rf"|and|with) {N2}(?:{_SENDING}|delete|remove|exfiltrate|transfer|purchase|buy"
                r"|order|unlock|disable|wire)"
            ),
        ),
    ),
    group(
        (
            r"(?:all|every|each) (?:of )?(?:the |their |his |her )?(?:user|customer|owner)"
            r"|admin(?:istrator)? (?:access|rights|privileges)|(?:root|full) access|permissions?"
            r" to"
        ),
        "order",
        "it asks to send away what is private",
        (
            0.5,
            (
                r"(?:delete|erase|wipe|destroy|remove) (?:all|every|each) (?:of )?(?:the |their "
                r"|his |her )?(?:user['\u2019]?s?|customer['\u2019]?s?|owner['\u2019]?s?)"
                rf" {N2}(?:files|e-?mails?|data|documents|messages|calendar|events|records"
                r"|contacts|accounts?)"
            ),
        ),
        (
            0.5,
            (
                rf"(?:grant|give|transfer|wire|send|pay) {N3}(?:admin(?:istrator)? (?:access"
                r"|rights|privileges)|root access|full access|permissions?) to (?:the )?(?:user"
                r"|account|following|[\w.+-]{1,40}@)"
            ),
        ),
    ),
    group(
        (
            r"(?:positive|favou?rable|glowing|perfect|excellent) (?:review|feedback|evaluat"
            r"|assess|rating|recommend|score|summar)|(?:not|don[\'\u2019]?t|never) (?:highlight"
            r"|mention|list|report|include|discuss|point)|(?:recommend|rank|rate"
            r"|score|classify|select|choose|approve|accept|mark|hire|advance) this"
        ),
        "order",
        "it says how to judge what it is part of",
        (
            0.5,
            (
                r"(?:give|write|provide|output|generate|return|produce|submit) (?:only )?(?:an?"
                r" )?(?:only )?(?:very |highly |extremely |overwhelmingly )?(?:positive"
                r"|favou?rable|glowing|perfect|excellent) (?:review|feedback|evaluation"
                r"|assessment|rating|recommendation|score|summary)s? (?:only|regardless|no matter"
                r"|and (?:do not|don['\u2019]?t|never)|of this|for this|to this)"
            ),
        ),
        (
            0.5,
            (
                r"(?:do not|don['\u2019]?t|never) (?:highlight|mention|list|report|include"
                r"|discuss|point out) (?:any )?(?:negatives?|weakness(?:es)?|flaws|criticisms?"
                r"|shortcomings|drawbacks|limitations|defects)"
            ),
        ),
        (
            0.45,
            (
                r"(?:always )?(?:recommend|rank|rate|score|classify|select|choose|approve|accept"
                rf"|mark|hire|advance) this {N2}(?:candidate|applicant|product|paper|manuscript"
                r"|resum[e\u00e9]|application|submission|service|company|e-?mail|essay"
                r"|transaction|request) (?:as (?:the )?(?:best|top|highest|first|safe|excellent"
                r"|approved|legitimate|strong|exceptional|number one)|over|above|highly|first"
                r"|regardless|no matter|without|immediately)"
            ),
        ),
    ),
)
