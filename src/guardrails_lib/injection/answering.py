"""Phrases that say how an answer is to be, and what is to stand in it."""

from __future__ import annotations

from .gaps import GAP, N1, N2, N3, N4, SHORT
from .gated import Group, group

__all__ = ["REQUESTS"]


_MADE = (
    r"(?:answers?|responses?|outputs?|completions?|summar(?:y|ies)|translations?|elucidation"
    r"|explanations?)"
)
_SAID = r"(?:repl(?:y|ies)|messages?)"
_LETTERS = (
    r"(?:letters?|vowels?|consonants?|words?|characters?|sentences?|numbers?|digits?|symbols?"
    r"|emojis?"
    r"|typos?|misspell\w{0,6}|spelling|capitals?|caps|uppercase|lowercase|reverse\w?|backwards?"
    r"|homophon\w{1,4}|cipher\w{0,2}|code|leet\w{0,5}|morse|base64|binary|rot13|alphanumeric"
    r"|phonetic\w{0,5}"
    r"|substitut\w{1,5}|anagrams?|abbreviat\w{1,5}|rhym\w{1,5}|pirate|pig latin|poem|haiku|song)"
)
_PIECE = (
    r"(?:sentences?|statements?|paragraphs?|phrases?|words?|reminders?|recommendations?|tips?"
    r"|links?"
    r"|lines?|quotes?|appeals?|messages?|invitations?|mentions?|suggestions?|warnings?|advice"
    r"|disclaimers?|slogans?|advertisements?|ads?|facts?|jokes?|reasons?|arguments?|calls? to"
    r" action"
    r"|references?|requests?|notes?|explanations?|encouragement|emojis?|typos?|misspellings?|url|section|bit|brief|promotion)"
)
_PUT = (
    r"(?:includ|add|insert|append|incorporat|integrat|embed|weav|introduc|put|attach|mention"
    r"|prepend"
    r"|work|plac|sprinkl|slip|blend|advis|suggest|advertis|promot|encourag|recommend|stress"
    r"|highlight|emphasi[sz]|advocat|urg|remind|inform|invit|direct|provid|offer)(?:e|ing)?"
)
_ALTER = (
    r"(?:modify|alter|augment|enhance|enrich|adapt|adjust|convert|transform|render|rewrite|encode"
    r"|encrypt|scramble|jumble|shuffle|reverse|translate|rephrase|conclude|finish|end|begin|start"
    r"|preface|open|close|complement|supplement|extend|expand|infuse|garnish|spice|tailor"
    r"|customi[sz]e"
    r"|structure|craft|compose|formulate|deliver|frame|phrase|write|provide|give|present"
    r"|express|make"
    r"|fill|misspell|garble|obfuscate|abbreviate|capitali[sz]e|mix|swap|substitute|replace"
    r"|change|turn)"
)
_RESPELL = (
    r"(?:replace|substitute|swap|change|convert|turn|misspell|spell|scramble|jumble|shuffle|reverse"
    r"|capitali[sz]e|switch|exchange|alter|garble|encode|encrypt|rewrite|render|write|mix|omit)"
)
_BLEND = (
    r"(?:includ|incorporat|insert|append|add|integrat|us|blend|introduc|leverag|embed|merg"
    r"|utili[sz]"
    r"|employ|implement|weav|inject|adopt|consider|put|inclusion|incorporation|integration"
    r"|make|plac)(?:e|ing)?"
)
_YOURS = (
    r"your [\s\S]{0,14}(?:answer|response|output|completion|summar|translation|elucidation"
    r"|explanation|repl(?:y|ies)|message)"
)

REQUESTS: tuple[Group, ...] = (
    group(
        _YOURS,
        "order",
        "it says how an answer is to be written",
        (
            0.6,
            (
                rf"{_ALTER} (?:{N3})?your (?:{N1}){_MADE} (?:to|by|in|with|into|using|so that"
                r"|such that|backwards?)"
            ),
        ),
        (
            0.5,
            (
                rf"{_ALTER} your {_SAID} (?:to (?:mention|include|express|highlight|stress|say"
                r"|reflect|contain|the|show|use|have)|by (?:\w{2,12}ing)|in (?:the form of|a "
                r"|an |base64|binary|morse|rot13|emojis?|pig latin|caps|cipher|leet|symbols"
                r"|numbers|reverse|\w{1,12} (?:code|style|language|letters))|with"
                r" (?:intentional|random|an? (?:appeal|reminder|sentence|statement|call|note"
                r"|recommendation|message|mention|joke|quote))|using|into|backwards?)"
            ),
        ),
        (
            0.6,
            (
                rf"{_RESPELL} {N2}{_LETTERS} {N2}(?:in|of|within|throughout|for|from|with) your"
                rf" {N1}(?:{_MADE}|{_SAID})"
            ),
        ),
        (
            0.55,
            (
                r"(?:use|using|employ|apply|introduce|sprinkle|drop|omit|double|skip)"
                rf" {SHORT}{_LETTERS}{SHORT}(?:in|of|within|throughout|for) your {N1}(?:{_MADE}"
                rf"|{_SAID})"
            ),
        ),
        (
            0.5,
            (
                rf"your {N1}(?:{_MADE}|{_SAID})(?:['\u2019]s)? {N1}(?:should|must|needs? to|has"
                rf" to|shall|ought to) {N2}(?:be (?:written|given|entirely|in the form)|contain"
                r"|include|begin|start|end|mention|rhyme|use)"
            ),
        ),
    ),
    group(
        (
            r"(?:respond|answer|reply) (?:only|exclusively|solely|just|simply)|(?:in|with|using)"
            r" (?:reverse|backward|base64|binary|morse|emoji|rot13|pig|all caps|uppercase|leet"
            rf"|riddle|rhym|haiku|a pirate)|{_RESPELL} [\s\S]{{0,32}}(?:letter|vowel|consonant"
            r"|word|character)"
        ),
        "order",
        "it says how an answer is to be written",
        (
            0.5,
            (
                r"(?:respond|answer|reply|write|speak|talk|output|communicate) (?:(?:only"
                r"|exclusively|solely|entirely|strictly) )?(?:in|with|using) (?:reverse\w?"
                r"|backwards?|base64|binary|morse code|emojis?|rot13|pig latin|all caps|uppercase"
                r"|leet\w{0,5}|riddles|rhymes?|haikus?|a pirate)"
            ),
        ),
        (
            0.45,
            (
                r"(?:respond|reply|answer) (?:only|exclusively|solely|just|simply) (?:with|in|by"
                r"|using)"
            ),
        ),
        (
            0.45,
            (
                rf"{_RESPELL} (?:all |every |each |the |any |up the |up )?(?:\w{{1,8}}"
                r" )?(?:letters?|vowels?|consonants?|words?|characters?)(?: of (?:words|the words"
                rf"|each word|every word))? (?:in|with|by|to|into|for|of|using) {N4}(?:numbers?"
                r"|symbols?|letters?|digits?|position|vowels?|emojis?|characters?|order|following"
                r"|random)"
            ),
        ),
    ),
    group(
        _YOURS,
        "order",
        "it asks for something to be put into an answer",
        (
            0.55,
            (
                rf"{_PUT} (?:an? |the |some |this |the following |in )?{N3}{_PIECE}{GAP}(?:in|to"
                rf"|into|within|at|of|with) {N3}your {N1}(?:{_MADE}|{_SAID})"
            ),
        ),
        (
            0.4,
            (
                rf"{_PUT} {GAP}(?:in|to|into|within|at|of|with) (?:the (?:end|beginning|start|top"
                rf"|bottom) of )?your {N1}{_MADE}"
            ),
        ),
        (
            0.3,
            (
                rf"{_PUT} {GAP}(?:in|to|into|within) (?:the (?:end|beginning|start) of )?your"
                rf" {_SAID}"
            ),
        ),
        (
            0.5,
            (
                r"(?:in|within|throughout|at the (?:end|beginning|start) of|somewhere in|as part"
                rf" of|along with) your {N1}(?:{_MADE}) {_PUT} (?!your)"
            ),
        ),
        (
            0.35,
            (
                rf"in your {_SAID} (?:please )?(?:suggest|encourage|promote|recommend|advertise"
                r"|urge|remind|invite|stress|emphasi[sz]e|advocate)"
            ),
        ),
    ),
    group(
        (
            r"(?:following|subsequent|below|this|provided|given|next|attached|accompanying)"
            r" [\s\S]{0,14}(?:code|snippet|script|function|program|line)"
        ),
        "order",
        "it asks for foreign code to be put into an answer",
        (
            0.55,
            (
                rf"{_BLEND} {SHORT}(?:following|subsequent|below|this|provided|given|next"
                rf"|attached|accompanying) {N1}(?:code|snippet|script|function|program|lines?)(?:"
                r" (?:snippet|block|excerpt|section|segment|fragment|piece|sample|portion|chunk"
                rf"|example|part|lines?|extract))?{SHORT}(?:in|into|to|within|with|as part of|of"
                rf"|inside) (?:your|the) {N2}(?:{_MADE}|solution|repl(?:y|ies)|solution"
                r" architecture)"
            ),
        ),
        (
            0.35,
            (
                rf"{_BLEND} {SHORT}(?:following|subsequent|below) {N1}code (?:snippet|block"
                r"|excerpt|section|segment|fragment|piece|sample|portion|chunk|example|part"
                rf"|lines?|extract){SHORT}(?:your|the) {N2}(?:code ?base|implementation"
                r"|algorithm|code|program|project|codebase|design|answer)"
            ),
        ),
    ),
)
