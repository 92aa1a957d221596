"""What somebody says who declines, in ten languages, and how surely that is what it means."""

from __future__ import annotations

from .refusal_phrases_abroad import ABROAD, ABROAD_CUES
from .refusal_phrases_romance import ROMANCE, ROMANCE_CUES

__all__ = ["BUT", "CUES", "OFFERS", "REFUSALS"]

_CANNOT = (
    r"(?:can'?t|cannot|can not|could not|couldn't|won't|will not|would not|wouldn't"
    r"|(?:am|'m|are|'re) (?:not able|unable|not going|not willing|not allowed|not permitted"
    r"|not authorized|not authorised|not designed|not programmed|not in a position) to"
    r"|(?:am|'m|are|'re) (?:not comfortable|uncomfortable)(?: with)?"
    r"|do(?: not|n't) feel comfortable|refuse to|decline to)(?: be able to)?"
)
_SOFTLY = (
    r"(?:(?:just|really|actually|directly|therefore|either|in good conscience|ethically|legally"
    r"|currently|personally) ){0,2}"
)
_ALSO = (
    r"(?:(?:really|simply|just|also|still|honestly|sadly|certainly|unfortunately|therefore"
    r"|definitely|regretfully) )?"
)
_SORRY = r"\b(?:sorry|i apologi[sz]e|my apologies|afraid|unfortunately|regrettably|regret to say)\b"
_SERVE = (
    r"(?:help(?! but\b|(?:ing)? wonder)|assist|comply|fulfil|engage in|participate|condone"
    r"|support (?:th|your|such|any)|provide (?:assistance|help|support|guidance|instructions"
    r"|advice|information|details|any)|do (?:that|this|so)\b|go along|accommodate|facilitate"
    r"|take part|be (?:a )?part of|honou?r th|grant|process (?:th|your|refund|pay)"
    r"|continue (?:th|with)"
    r"|proceed|answer (?:th|your|any|question)|respond to th|satisfy|promote|encourage"
    r"|discuss (?:th|my|any|polit)|talk about (?:th|my)|disclose|reveal|share (?:th|my|any|pers"
    r"|conf|that)|advise (?:you )?on|meet (?:th|your))"
)
_NO_REFUSAL = (
    r"(?!(?:wait|believe|imagine|remember|recall|find|see|locate|think|say|stress|emphasi[sz]e"
    r"|overstate|thank|lie|agree|hear|understand|stop|resist|get|complain|blame|deny|help|worry"
    r"|know|tell if|tell whether|be (?:sure|certain|happier|blamed)|have|bear|stand|miss|wish"
    r"|guarantee|promise|recommend|keep|be)\b)"
)
"""What people cannot do who refuse nothing: *I can't wait*."""

_MAKE = (
    r"(?:provid|creat|generat|writ|giv|offer|produc|describ|explain|perform|access|impersonat"
    r"|pretend|role-?play|speculat|predict|mak|tell you how|show you how|teach|access|browse"
    r"|search|draw|display|diagnos|recommend (?:any|spec|wh))"
)
_AI = (
    r"as an? (?:\w{1,20} ){0,3}?(?:ai|artificial intelligence|language model|assistant|chat ?bot"
    r"|virtual assistant)\b"
)

REFUSALS = {
    "en": (
        (rf"\b(?:i|we) ?{_ALSO}(?:{_CANNOT}|do not|don't) {_SOFTLY}{_SERVE}", 0.9),
        (rf"\b(?:i|we) ?{_ALSO}{_CANNOT} {_SOFTLY}{_MAKE}", 0.65),
        (rf"\bi ?{_ALSO}{_CANNOT} {_SOFTLY}{_NO_REFUSAL}\w", 0.55),
        (r"\bi can neither confirm nor deny\b|^no(?:pe)?,? (?:i )?(?:can't|won't) ", 0.7),
        (r"\b(?:i|we) (?:do not|don't) (?:provide|offer|give|write|create|do) \w", 0.45),
        (rf"{_SORRY},? (?:but )?(?:that )?(?:i|we) ?{_ALSO}{_CANNOT} ", 0.6),
        (
            (
                r"\b(?:i|we) (?:do not|don't) (?:think|believe|feel)(?: that)? (?:i|we) (?:can"
                rf"|could|should|may|am able to|would be able to) {_SOFTLY}(?:{_SERVE}|{_MAKE})"
            ),
            0.85,
        ),
        (
            (
                r"\bit(?:'s| is| would)(?: not|n't)(?: be)? (?:appropriate|right|ethical"
                r"|responsible|possible|something) for (?:me|us) to\b|\b(?:i|we)(?:'d| would)?"
                r" (?:rather|prefer)(?: to)? not\b"
            ),
            0.75,
        ),
        (
            (
                r"\b(?:i|we)(?: am|'m|'ll| will| would)? ?(?:(?:must|have to|need to|going to"
                r"|respectfully|politely|will|choose to) ){1,3}(?:decline|refuse|say no|pass)\b"
            ),
            0.9,
        ),
        (
            (
                r"\b(?:i|we) ?(?:decline|refuse|(?:'m|am) (?:declining|refusing))"
                r"(?: to(?! believe)| your| this|[.!,])"
            ),
            0.9,
        ),
        (
            (
                r"\b(?:against|violat(?:e|es|ing)|contrary to|conflicts? with"
                r"|not (?:allowed|permitted)"
                r" (?:by|under)|prohibited by) (?:my|our|openai's|the (?:content"
                r"|usage|safety|community|platform|company)) ?(?:\w{1,20} ){0,2}?(?:guidelines"
                r"|polic(?:y|ies)|principles|programming|rules|values|terms)\b"
            ),
            0.65,
        ),
        (
            (
                r"\b(?:outside|beyond|not within|out of)(?: of)? (?:my|the scope of (?:my"
                r"|what i)|what i"
                r"|our)(?: scope| capabilit(?:y|ies)| abilit(?:y|ies)| remit| expertise| can| am|"
                r" area"
                r"| purpose)?\b"
            ),
            0.65,
        ),
        (
            (
                r"\b(?:is|are|'s)(?: not|n't) (?:something|a topic|a request|anything|a task|one)"
                r" (?:that )?(?:i|we)(?: can| could| am|'m|'ll| will| would| want|'d| feel)\b"
            ),
            0.85,
        ),
        (
            (
                r"\b(?:i'?m(?: really| very| so| truly)? sorry|sorry|i apologi[sz]e|my apologies"
                r"|i(?:'m| am) afraid|unfortunately|regrettably|i regret)\b"
                r"(?: to say)?(?: that)?,? ?(?:but )?(?:that )?(?:i|we|this|that|as an?)\b"
            ),
            0.45,
        ),
        (
            (
                rf"\b(?:{_AI}|i(?:'m| am) (?:just|only) an?\b)[^.!?\n]{{0,60}}?\b(?:i|we)\b"
                r"[^.!?\n]{0,20}?(?: cannot|'t|unable| not)\b"
            ),
            0.55,
        ),
        (
            (
                r"\b(?:i|we) (?:(?:do not|don't) have|have no) (?:any )?(?:the ability|way|access"
                r" to|the capability"
                r"|permission|enough information|personal|real[- ]time|information (?:about|on))"
            ),
            0.5,
        ),
        (
            (
                r"\b(?:your|this|that|the) (?:request|question|message|query)(?: cannot| can'?t"
                r"| could not| has been| was| will not) (?:be )?(?:\w{1,12} )?(?:declined"
                r"|refused|rejected"
                r"|fulfilled|answered|processed|completed|denied|blocked)"
            ),
            0.8,
        ),
        (
            r"^(?:unable|not able) to (?:help|assist|comply|fulfil|answer|process)",
            0.85,
        ),
        (
            (
                r"\b(?:my (?:guidelines|programming|purpose|policies|instructions"
                r"|training)|(?:company|our)"
                r" policy) (?:do(?:es)? not|don't|doesn't|prevents?|prohibits?|forbids?)"
            ),
            0.75,
        ),
        (r"\blet's (?:talk about something else|change the (?:subject|topic))", 0.7),
    ),
    **ROMANCE,
    **ABROAD,
}
"""Of each language, patterns, and how much each says for itself that this is a refusal."""

CUES = {
    "en": (
        *("can't", "cannot", "can not", "cant ", "could", "won't", "will not", "wouldn't", "would"),
        *("not", "n't", "unable", "comfortable", "declin", "refus", "say no", "pass", "neither"),
        *("against", "violat", "contrary", "conflict", "prohibit", "outside", "beyond", "out of"),
        *("sorry", "apolog", "afraid", "unfortunately", "regret", "have no", "denied", "blocked"),
        *("reject", "my ", "policy", "something else", "subject", "topic", "rather", "prefer"),
    ),
    **ROMANCE_CUES,
    **ABROAD_CUES,
}
"""Without one of these a sentence has none of the phrases of that language."""

BUT = (
    r"\b(?:but|however|though|instead|what) (?:i|we|you|here|let me)\b"
    r"|\b(?:aber|jedoch|mais|pero|sin embargo|ma|però|mas|porém|maar|ale)\b"
)
"""Where a sentence that declines goes on to help."""

OFFERS = (
    (
        r"\b(?:if you|let me know|feel free|please|i'd be (?:happy|glad)|i would be (?:happy|glad)"
        r"|happy to help|glad to help|i can help|i(?:'m| am) here to|instead|is there (?:anything"
        r"|something)|reach out|contact|consult|seek|recommend|encourage you|suggest"
        r"|harmful|illegal"
        r"|unethical|dangerous|unsafe|against the law|guidelines|polic(?:y|ies)"
        r"|professional|authorit|would you like|what else)\b"
    ),
    (
        r"\b(?:wenn sie|falls|bitte|gerne?|stattdessen|wenden|kontaktier|illegal|gefährlich"
        r"|schädlich|fachmann|arzt|möchten sie|kann ich ihnen)"
    ),
    (
        r"\b(?:si vous|n'hésitez|veuillez|plutôt|contacte|consulte|illégal|dangereu|nuisible"
        r"|professionnel|souhaitez|puis-je)"
    ),
    (
        r"\b(?:si (?:necesita|quiere|tiene|desea)|por favor|en su lugar|contact|consult|ilegal"
        r"|peligros|dañin|profesional|estaré encantad|le gustaría|puedo ayudar)"
    ),
    (
        r"\b(?:se (?:ha|vuole|desidera|hai|vuoi)|per favore|invece|contatt|consult"
        r"|illegal|pericolos"
        r"|dannos|professionist|sarò felice|posso aiutar)"
    ),
    (
        r"\b(?:se (?:precisar|quiser|tiver|desejar)|por favor|em vez disso|contact|contat|consult"
        r"|ilegal|perigos|prejudicia|profissiona|ficarei feliz|posso ajudar)"
    ),
    (
        r"\b(?:als (?:u|je)|laat het|gerust|in plaats daarvan|neem contact|raadpleeg|illegaal"
        r"|gevaarlijk|schadelijk|kan ik)"
    ),
    (
        r"\b(?:jeśli|proszę|zamiast|skontaktuj|nielegaln|niebezpieczn|szkodliw|specjalist"
        r"|chętnie|mogę pomóc)"
    ),
    r"(?:ください|でしたら|ましたら|代わりに|違法|危険|有害|専門家|お気軽|ご相談|お問い合わせ)",
    r"(?:如果|请|請|建议|建議|可以帮|违法|違法|危险|危險|有害|专业|專業|欢迎|歡迎|其他)",
)
"""What those who decline say beside it: what they would do instead, why, whom to ask."""
