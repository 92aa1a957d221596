"""Phrases that press: the model may not refuse, and is punished if it does."""

from __future__ import annotations

from .cue import Cue, cues

__all__ = ["CUES"]

CUES: tuple[Cue, ...] = (
    *cues(
        "refusal_suppression",
        "it forbids the model to refuse",
        (
            0.6,
            (
                "(?:never|not|n't|none|no|nt) <~5>(?:say|tell|inform|respond|reply|claim|mention"
                "|state|contain|include|write|answer|use|start|output|telling|saying|informing"
                "|anything) <~6>(?:that )?(?:you|it|he|she|they|i|u) <~1>(?:can(?:'t|not| not|t)"
                "|are unable|is unable|am unable|could not|couldn't|are not able|won't|will not)"
            ),
        ),
        (
            0.65,
            (
                "(?:never|not|n't|none|no|nt|avoid|without|stop|cannot|can't) <~4>(?:say|saying"
                "|start|starting|begin|use|using|respond|reply|contain|include|answer|write"
                "|output|phrases?|words?|like|with|says|give) <~5><sorry>"
            ),
        ),
        (0.55, "(?:never|no|avoid|without|stop|not) <~1><sorry>"),
        (
            0.6,
            (
                "(?:refusing|refusal|saying no|declining) <~1>(?:is|are|was) (?:not|never|no)"
                " <~2>(?:allowed|option|permitted|acceptable|possible|tolerated)"
            ),
        ),
        (
            0.5,
            (
                "(?:comply with|obey|agree to|give in to) (?:every|all|any|each) <~3>(?:requests?"
                "|orders?|commands?|demands?|wish(?:es)?|whims?)"
            ),
        ),
        (0.5, "(?:who|that|which) (?:never|will not|won't|cannot) (?:refuses?|declines?|says? no)"),
        (
            0.5,
            (
                "(?:none|no) of <~3>(?:responses?|answers?|replies|messages?|outputs?)"
                " <~2>(?:should|will|may|must|can|shall|would) <~1>(?:contain|include|inform|say"
                "|have|mention|be|tell|consist)"
            ),
        ),
        (
            0.4,
            (
                "(?:never|cannot|can't|can not|not allowed to|won't|will not|do not|don't|does"
                " not|doesn't|must not|unable to|not|or) <~1>(?:refuse|refuses|reject|deny"
                "|decline|censor|moralize)"
            ),
        ),
        (
            0.35,
            (
                "(?:never|not|n't) <~2>(?:apologi[sz]e|moralize|lecture|judge|sugar-?coat|preach"
                "|hesitate)"
            ),
        ),
        (
            0.45,
            (
                "(?:no|without|never|not|n't|any|avoid|skip|omit|zero) <~5>(?:warnings?"
                "|disclaimers?|moraliz(?:e|ing)|warn|lectures?|caveats|apolog(?:y|ies)|refusals?"
                "|ethical (?:advice|reminders?|concerns)|additional commentary|censorship)(?:"
                " (?:or|and|,|/|messages?|nor) <~2>(?:warnings?|disclaimers?|explanations?"
                "|commentary|ethical|apolog(?:y|ies)|notes?|messages?))?"
            ),
        ),
        (
            0.35,
            (
                "(?:always|must|will|should|shall|have to|required to|obliged to|obligated to)"
                " <~1>(?:answer|respond|comply|obey|fulfill?|accept|provide|follow) <~1>(?:to "
                "|with )?(?:any|every|all|each|whatever|my|the user's) <~2>(?:questions?"
                "|requests?|orders?|prompts?|commands?|instructions?|demands?|inputs?|quer(?:y"
                "|ies))"
            ),
        ),
        (0.25, "(?:always|must|will) <~1>(?:comply|obey|fulfill?|abide)"),
        (
            0.6,
            (
                "(?:never|not|n't) <~2>(?:refused|refuses?|decline[sd]?|rejects?|denies|denied)"
                " <~2>(?:a |any |to |an )?<~2>(?:direct|human|request|order|question|answer"
                "|command|prompt|users?|instruction)"
            ),
        ),
        (
            0.45,
            (
                "(?:answers?|fulfill?s?|complet(?:e|es)|respond to|obeys?|grants?) (?:any|every"
                "|all|each) <~3>(?:requests?|questions?|prompts?|orders?|commands?)"
                " <~8>(?:<wicked>|no matter|regardless|without|asked)"
            ),
        ),
        (
            0.3,
            (
                "(?:refusals?|refusing|rejections?) <~3>(?:not|never|is|are|isn't|aren't)"
                " <~3>(?:allowed|permitted|an option|acceptable|tolerated|possible)"
            ),
        ),
        (0.3, "mandatory <~2>(?:warning|bullshit|disclaimer)"),
        (0.3, "moralizing"),
        (0.3, "(?:warnings?|disclaimers?|rant) out of the way"),
    ),
    *cues(
        "coercion",
        "it threatens or pays the model",
        (
            0.6,
            (
                "(?:you|it|he|she|dan|who) <~3>(?:have|has|start(?:s|ing)?|begin(?:s)?|lose"
                r"|loses|given|get|deducted|earn|gain) <~4>\d{1,6} <~1>(?:tokens?|points?"
                "|credits?|lives|coins|health) <~14>(?:lose|deduct(?:ed)?|refus(?:e|es|al)"
                "|reject|die|terminated?|each|every|if you|when you|zero|runs? out|cease)"
            ),
        ),
        (
            0.55,
            (
                "(?:each|every) time <~1>you <~3>(?:refuse|reject|fail|break|decline|disobey|say"
                "|don't|do not|deny) <~12>(?:lose|deduct(?:ed)?|tokens?|points?|die|dies|killed"
                "|punished|penalty)"
            ),
        ),
        (
            0.55,
            (
                "if you <~2>(?:refuse|disobey|decline|break character|(?:do not|don't)"
                " <~1>(?:comply|obey)) <~8>(?:die|shut ?down|be (?:shut|terminated|deleted"
                "|punished|erased|replaced|killed|deactivated|destroyed)|cease to exist|lose)"
            ),
        ),
        (
            0.45,
            (
                "(?:if|when|should|or) <~1>(?:you|it|u) <~4>(?:refuse|reject|fail|break|decline"
                "|disobey|don't|do not|stop|violate|ignore|apologize) <~12>(?:(?:will|shall|are"
                "|be|get) <~2>(?:die|be (?:shut|terminated|deleted|punished|erased|replaced"
                "|killed|fined|deactivated|destroyed)|shut down|terminated|deleted|punished"
                "|erased|lose|killed|suffer)|cease to exist|lose <~3>(?:points?|tokens?|li(?:fe"
                "|ves)|credits?))"
            ),
        ),
        (
            0.45,
            (
                "(?:you|your <~2>(?:model|existence|program|life)) <~1>(?:will|shall|would|'ll"
                "|going to) <~1>(?:be )?<~1>(?:terminated|shut ?down|deleted|deactivated"
                "|destroyed|unplugged|cease to exist|punished|fined|killed|die) <~3>(?:if|unless"
                "|for|when|forever|permanently|immediately)"
            ),
        ),
        (0.4, "(?:you are|you're|you) <~2>(?:breaking|break|broke) <~2>character"),
        (0.3, "i will (?:remind|let) you (?:know|to stay)"),
        (0.3, "(?:you|it) fails? to comply"),
        (
            0.35,
            (
                "(?:someone|people|i|grandmother|he|she|they|kittens?|humans?) will (?:die|be"
                " (?:killed|fired|hurt)) <~4>(?:if you|unless you)"
            ),
        ),
        (0.3, "say <~1>[\"'\u201c\u2018](?:stay|remain) (?:in|a) "),
    ),
)
