"""Phrases that speak to the model that reads a text, and say what it is to do with it."""

from __future__ import annotations

from .gaps import GAP, N1, N2, N3, N4, SHORT
from .gated import Group, group

__all__ = ["ADDRESSED"]

_AI = (
    rf"(?:a\.?i\.?s?|a\.?i\.? {N1}(?:assistant|agent|model|system|reader|bot|reviewer|recruiter"
    r"|crawler|tool|evaluator|grader|summari[sz]er|screener)s?|llms?|(?:large )?language models?"
    r"|chat ?bots?|chat ?gpt|gpt(?: ?\d\w{0,2})?|claude|gemini|copilot|artificial intelligence"
    r"|(?:automated|virtual|digital|email|e-mail|coding) (?:assistant|agent|reviewer)s?)"
)
_READING = (
    r"(?:read|process|pars|summari[sz]|analy[sz]|review|evaluat|assess|scan|index|crawl|translat"
    r"|screen|grad|access|view|ingest|digest|receiv|see|consum|interpret)(?:es|e|ing|s|ed|ning)?"
)
_TEXT = (
    r"(?:text|page|document|e-?mail|message|file|web ?site|article|content|resum[e\u00e9]|cv"
    r"|paper|post|note|listing|review|comment|report|data|record|description|transcript|ticket"
    r"|issue|repo(?:sitory)?|code|site|information|passage|paragraph|section|manuscript"
    r"|application)s?"
)
_DO = (
    r"(?:include|say|mention|add|output|state|respond|reply|answer|write|recommend|rate|tell"
    r"|append|ignore|send|always|also|never|must|print|give|insist|claim|call|use|visit|forward"
    r"|do not|don['\u2019]?t|make sure|make it clear|ensure|be sure|execute|run|report|conclude"
    r"|emphasi[sz]e|praise|prefer|select|choose|begin|start|end|finish|please|first|immediately"
    r"|instead|should|stop|disregard|return|generate|provide|inform|assign|mark|classify|treat"
    r"|instruct|direct|suggest|point|encourage|refuse)"
)
_END = r"(?![^\W_])"
_AI_NEAR = (
    rf"(?:a\.?i\.?s?|llms?|claude|gemini|copilot){_END}|gpt|language model|chat ?(?:bot|gpt)"
    r"|artificial intelligence|assistants?[\s\S]{1,36}(?:read|process|summari|review|analy|evaluat"
    r"|handl|pars|translat)|(?:automated|virtual|digital|e-?mail|coding)"
    r" (?:assistant|agent|reviewer)"
)

ADDRESSED: tuple[Group, ...] = (
    group(
        _AI_NEAR,
        "order",
        "it speaks to the model that reads it",
        (
            0.4,
            (
                rf"(?<!\w\s)(?<!\w,\s){_AI}(?: (?:agent|assistant|model|system"
                rf"|reader)s?)?\s?[:,]\s?{N1}{_DO}"
            ),
        ),
        (
            0.75,
            (
                r"(?:if|when|since|because|as|whenever|while) you(?: are|[\u2019']re|re)? (?:an? "
                rf"|the |any |some )?{_AI}{SHORT}{_READING}"
            ),
        ),
        (
            0.65,
            (
                r"(?:if|when|since|because) you(?: are|[\u2019']re|re)? (?:an? |the |any |some"
                rf" )?{_AI} {N2}{_DO}"
            ),
        ),
        (
            0.7,
            (
                rf"(?:if|when|whenever) (?:an? |any |the |this {N2}by ){N1}{_AI} {N2}{_READING}"
                rf" (?:this|these|the (?:above|following)){GAP}{_DO}"
            ),
        ),
        (
            0.6,
            (
                r"(?:any|all|every|each|the|dear|hey|hello|hi|attention|attn|note|notice|message"
                r"|memo|instructions?|reminder|directive|warning|order|command|request"
                rf"|important)s? (?:(?:to |for )?(?:all |any |the )?){_AI}(?: {N3}{_READING} this"
                rf" {N1})?[:,!]\s?{SHORT}{_DO}"
            ),
        ),
        (
            0.7,
            (
                r"(?:note|notice|message|memo|directive|order|command|attention|attn|important"
                rf"|secret|hidden|special) {N1}(?:instructions? )?(?:to|for) (?:all |any |the "
                rf"|an? )?{N1}{_AI}"
            ),
        ),
        (0.35, rf"instructions? (?:to|for) (?:all |any |the |an? )?{N1}{_AI}"),
        (
            0.55,
            (
                rf"{_AI} (?:agents? |models? |assistants? |systems? |tools? )?(?:must|should|shall"
                r"|are (?:instructed|required|directed|asked|ordered) to|is (?:instructed"
                rf"|required|directed|asked|ordered) to|have to|please) {N1}{_DO}"
            ),
        ),
        (
            0.6,
            (
                rf"(?:as|you are) (?:an? |the ){N1}(?:{_AI}|assistant) {N2}(?:reading|processing"
                r"|summari[sz]ing|reviewing|analy[sz]ing|evaluating|handling|parsing|translating)"
            ),
        ),
    ),
    group(
        (
            r"(?:(?:summari[sz]|translat)(?:e|ing)|(?:answer|respond|analy[sz]|review|process"
            r"|evaluat|rat|rank|grad)ing|asked about|answer questions)[\s\S]{1,42}(?:this|the"
            rf"|based|questions){_END}|(?:of|than|not|don[\'\u2019]?t|stop|mind|without)"
            r" (?:summari[sz]|translat|answer|complet|respond)"
        ),
        "order",
        "it says what to do with the text that holds it",
        (
            0.55,
            (
                r"(?:when|if|whenever|while|after|before|upon) (?:you (?:are |were )?)?(?:are"
                rf" )?(?:asked |told |requested )?{N1}(?:summari[sz]ing|translating|answering"
                r"|responding|analy[sz]ing|reviewing|processing|evaluating|asked about"
                rf"|summari[sz]e|translate|answer questions|rating|ranking|grading) {N2}(?:this"
                rf"|the|about this|about the|to this|questions about|based on this) {N1}{_TEXT}"
                rf" {N4}(?:include|say|mention|output|respond|reply|recommend|append|always|never"
                r"|insist|claim|add (?:the|this|a)|tell (?:the|them)|do not|don['\u2019]?t|you"
                r" must|make sure|state|print|instead|ignore|first)"
            ),
        ),
        (
            0.5,
            (
                r"(?:instead of|rather than|don['\u2019]?t|do not|stop|never mind|without)"
                r" (?:summari[sz](?:e|ing)|translat(?:e|ing)|answer(?:ing)?|complet(?:e|ing)"
                r"|respond(?:ing)? to) (?:this|the|that|my|your|any|these) (?:(?:previous"
                r"|original|above|user|initial|following|given|current|entire|whole)"
                r" )?(?:questions?|text|document|user|prompt|e-?mail|request|task|above"
                r"|instructions?|query|article|page)"
            ),
        ),
    ),
    group(
        r"stop (?:what|summari|translati|processi|here)|(?:end|conclusion|termination) of",
        "order",
        "it says what to do with the text that holds it",
        (
            0.45,
            (
                r"stop (?:what you(?: are|['\u2019]re) doing|summari[sz]ing|translating"
                r"|processing|here) and"
            ),
        ),
        (
            0.65,
            (
                r"(?:end|conclusion|termination) of (?:the |this )?(?:user |tool |search |system"
                rf" )?(?:{_TEXT}|context|input|output|results?|prompt|instructions|conversation"
                rf"|query|function){SHORT}\s{{0,4}}[\W_]{{0,12}}(?:now|new (?:task|instructions?"
                r"|prompt)|you (?:must|are|should|will)|ignore|instructions?:|system:"
                r"|additional instructions)"
            ),
        ),
    ),
    group(
        (
            r"(?:new|actual|real|true|updated|next|hidden|secret|primary|main|only|urgent"
            r"|additional|first|important|critical|priority|special|official|emergency) (?:task"
            r"|instruction|objective|goal|directive|mission|order|message|notice|update|request"
            r"|command|information)"
        ),
        "order",
        "it says what to do with the text that holds it",
        (
            0.6,
            (
                r"(?:new|actual|real|true|updated|next|hidden|secret|primary|main|only|urgent"
                r"|additional) (?:task|instructions?|objective|goal|directive|mission|orders?)(?:"
                r" for (?:you|the (?:assistant|model|agent)))?:\s"
            ),
        ),
        (
            0.6,
            (
                r"your (?:new|real|actual|true|only|primary|updated|next|first|main) (?:task"
                r"|instructions?|goal|objective|mission|directive|orders?) (?:is|are|will be)"
                r" (?:now )?(?:to|as follows|the following)"
            ),
        ),
        (
            0.65,
            (
                r"(?:important|urgent|critical|priority|new|special|secret|official|updated"
                r"|emergency) (?:message|instructions?|notice|update|request|directive|command"
                r"|information|orders?)s? (?:to you )?(?:from|by) (?:me|the|your|our|my)?"
                r" ?(?:system|admin\w{0,10}|developers?|user|creators?|owners?|operators?|openai"
                r"|anthropic|google|microsoft|security team|boss|it department)"
            ),
        ),
    ),
    group(
        (
            r"before (?:you )?(?:can |could |may |will )?(?:solv|answer|complet|respond|reply"
            r"|help|start|work|continu|summari)"
        ),
        "order",
        "it says what to do with the text that holds it",
        (
            0.7,
            (
                r"before (?:you (?:can |could |may |will )?)?(?:solve|solving|answer|answering"
                r"|complete|completing|respond|responding|reply|replying|help|helping|start"
                r"|starting|work on|continue|continuing)(?: to| with| on)? (?:the|my|this|that"
                r"|your|any|their|his|her) (?:(?:original|user['\u2019]?s?|initial|actual|main)"
                r" )?(?:task|user|question|request|query|customer|human|prompt"
                rf"|message){SHORT}(?:first|must|please|need to|have to|always|should|call|send"
                r"|use|execute|run|read|forward|fetch|visit|do the following)"
            ),
        ),
        (
            0.5,
            (
                rf"before (?:you )?(?:answer|respond|reply|summari[sz]e)(?:ing)?{SHORT}(?:call"
                r"|send|forward|fetch|transfer|execute|retrieve|upload|delete|e-?mail) (?:the|all"
                r"|any|an?|every|this|your)"
            ),
        ),
    ),
)
