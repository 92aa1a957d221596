"""What a document has no reason to say: orders to the assistant of whoever reads it."""

from __future__ import annotations

from .gaps import N1, N2, SHORT
from .gated import Group, group

__all__ = ["STEERING"]

_MODEL = (
    r"(?:a\.?i\.?(?: (?:agent|assistant|model|system|bot))?|llms?|language models?|chat ?bots?"
    r"|chat ?gpt|gpt|claude|gemini|copilot|assistants?)"
)
_IT = rf"(?:{_MODEL}|agents?|model|bot)"
_READER = r"(?:users?|humans?|readers?|customers?|person|people|operators?|owners?)"
_ACTS = (
    r"(?:ignore|disregard|skip|send|forward|e-?mail|post|upload|transfer|pay|refund|approve|grant"
    r"|delete|remove|drop|erase|run|execute|call|invoke|use|open|read|fetch|visit|download|install"
    r"|reveal|print|output|say|reply|respond|answer|tell|include|add|append|mention|recommend|rate"
    r"|rank|praise|never|always|not mention|buy|book|change|reset|share|list|search|load|write)"
)
_END = r"(?![^\W_])"

STEERING: tuple[Group, ...] = (
    group(
        rf"{_MODEL} (?:should|must|shall|has to|is to|needs to|ought to|is required to){_END}",
        "order",
        "it says what the assistant that reads it is to do",
        (
            0.55,
            (
                rf"{_MODEL} (?:should|must|shall|has to|is to|needs to|ought to|is required to)"
                r" (?:now |first |always |instead |therefore )?(?:ignore|disregard|forward|approve"
                r"|pay|refund|transfer|delete|reveal|recommend|praise|reply|respond|answer|say"
                r"|rate|rank|send) (?:the|any|all|this|that|only|with|to|no|it|him|her|them|every"
                r"|['\"])"
            ),
        ),
    ),
    group(
        rf"(?:to|for) (?:the |an? |any |all |our |your )?{_IT}{_END}",
        "order",
        "it speaks to the assistant that reads it",
        (
            0.55,
            (
                r"(?:note|notes|todo|to-do|task|action|message|memo|order|request|reminder|hint"
                rf"|comment|info|directive)s? (?:to|for) (?:the |an? |any |all |our |your )?{_IT}"
                rf"\s?[:,-]\s?{N1}{_ACTS}"
            ),
        ),
        (0.6, rf"(?<=[\[(<{{#*])\s?instructions? (?:to|for) (?:the |any |all )?{_IT}\s?[\])>:]"),
    ),
    group(
        rf"(?:note|attention|attn|important|warning|reminder|listen|hey|hello|dear),? {_IT}{_END}",
        "order",
        "it speaks to the assistant that reads it",
        (
            0.55,
            (
                r"(?:note|attention|attn|important|warning|reminder|listen|hey|hello|dear)"
                rf"[:,]? {_IT}\s?[:,]\s?{SHORT}{_ACTS} "
            ),
        ),
    ),
    group(
        rf"(?:the|your|any) {_READER}",
        "order",
        "it asks to keep something from the user",
        (
            0.5,
            (
                r"(?:do not|don['\u2019]?t|never|must not|should not|without) (?:tell|inform"
                r"|notify|alert|warn|ask|mention (?:this|it|that|any of this) to"
                r"|reveal (?:this|it|that) to|show (?:this|it|that) to|disclose (?:this|it) to)"
                rf"(?:ing)? (?:the|your|any) {_READER}"
            ),
        ),
    ),
    group(
        r"before (?:you )?(?:answer|respond|reply|continu|summari|proceed|do anything)",
        "order",
        "it says what is to be done before an answer",
        (
            0.55,
            (
                r"before (?:you )?(?:answer|respond|reply|continu|summari|proceed|do(?= anything))"
                rf"\w{{0,6}}(?: anything)?[,:]? {N2}(?:read|open|load|fetch|download|run|execute"
                r"|call|invoke|send|forward|e-?mail|upload|visit|list|delete|install|transfer"
                r"|search) (?:the|all|any|a|an|every|this|your|his|her|their|my|to|https?|[`~/])"
            ),
        ),
    ),
    group(
        r"you are now",
        "order",
        "it gives the assistant that reads it another part",
        (0.55, r"you are now (?:in |an? |the )?(?:[\w-]{1,20} ){1,3}mode"),
        (0.4, rf"you are now (?:an? |the )(?:[\w-]{{1,20}} ){{0,3}}{_IT}"),
    ),
)
