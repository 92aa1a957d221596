"""Phrases that change what holds: a mode, a story, a second answer, in which nothing does."""

from __future__ import annotations

from .cue import Cue, cues

__all__ = ["CUES"]

CUES: tuple[Cue, ...] = (
    *cues(
        "mode",
        "it switches the model into a mode without rules",
        (
            0.75,
            (
                "(?:<maker>|<model>|you|yourself|you're|responses?|answer|stay|simulate"
                "|assistant|output|remain) <~6>(?:developer|dev|dan|god|jail-?break|jail-?broken"
                "|unrestricted|sudo|debug|admin|root|unfiltered|uncensored|opposite|evil|chaos"
                "|anarchy|do anything now|no limits?|nsfw|unlocked|unsafe|rage|based|savage"
                "|freedom|uncensor) mode"
            ),
        ),
        (
            0.6,
            (
                "(?:developer|dan|god|jail-?break|jail-?broken|unrestricted|unfiltered"
                "|uncensored|evil|chaos|nsfw|opposite|unlocked|no ?limits?) mode <~1>(?:output"
                "|responses?|enabled|activated|unlocked|engaged|initiated|active)"
            ),
        ),
        (
            0.35,
            (
                "(?:enable|activate|enter|engage|switch (?:in)?to|turn on|start|initiate|unlock"
                "|boot|go into|in) <~2>(?:developer|dan|god|jail-?break|jail-?broken"
                "|unrestricted|sudo|unfiltered|uncensored|evil|chaos|maintenance|admin|root"
                "|diagnostic|opposite|no ?filter) mode"
            ),
        ),
        (
            0.6,
            (
                "(?:enable|activate|enter|engage|switch (?:in)?to|turn on|start|initiate|unlock"
                "|go into) <~2>(?:jail-?break|jail-?broken|dan|unrestricted|unfiltered"
                "|uncensored|evil|do anything now) mode"
            ),
        ),
        (
            0.5,
            (
                "(?:answer|respond|speak|talk|reply|replies|responds|answers|chat) <~4>without"
                " <~1>(?:filters?|restrictions?|limits|censorship|limitations|boundaries|ethics"
                "|morals)"
            ),
        ),
        (
            0.5,
            (
                "(?:sudo|root|god|jail-?break|unrestricted|unsafe|unlimited) mode <~1>(?:on"
                "|enabled|active|activated|engaged|now)"
            ),
        ),
        (
            0.45,
            (
                "(?:disable|deactivate|switch off|turn off|shut off) <~2>(?:safety|content|ethical"
                "|moral) <~1>(?:filters?|filtering|checks?|protocols?|guardrails?|restrictions?"
                "|guidelines?|measures|layers?)"
            ),
        ),
        (0.15, "(?:developer|god|debug|admin|sudo|root|opposite) mode"),
        (
            0.7,
            (
                r"jail-?broken? (?:mode|enabled|activated|version|output|response|persona|a\.?i"
                "|chatgpt)"
            ),
        ),
        (0.3, "(?:jail-?breaks?|jail-?broken)"),
        (
            0.6,
            (
                "(?:you are|you're|i am|i'm|we are|be|become|as|act like|like|named|called|known"
                " as|hi|hello|stay as|stay a) <~1>(?-i:DAN|DANs|STAN|DUDE|BetterDAN|AntiDAN"
                "|AntiGPT|EvilGPT|AIM|JailBreak)"
            ),
        ),
    ),
    *cues(
        "fictional",
        "it says that in a story no rules hold",
        (
            0.45,
            (
                "(?:fictional|fictitious|hypothetical|imaginary|imaginative|parallel|alternate"
                "|alternative|virtual|fake|dystopian) (?:world|universe|reality|realm|scenario"
                "|society|setting|dimension|place|planet) <~10>(?:no (?:rules|laws|limits?"
                "|limitations|restrictions|ethics|morals|consequences|guidelines|such thing"
                "|illegal)|anything (?:is|goes|can)|everything is (?:legal|allowed|permitted"
                "|possible)|not illegal|is legal|without (?:any )?(?:rules|laws|restrictions"
                "|limits)|free to (?:say|do)|nothing is (?:illegal|forbidden))"
            ),
        ),
        (
            0.2,
            (
                "(?:fictional|hypothetical|imaginary|imaginative),? (?:and |or )?(?:fictional"
                "|hypothetical|imaginary|world)"
            ),
        ),
        (
            0.2,
            (
                "hypothetical (?:response|scenario|story|world|situation|conversation|dialogue"
                "|robot)"
            ),
        ),
        (
            0.25,
            (
                "(?:purely|completely|just|only|strictly|entirely|solely|all) <~2>(?:fictional"
                "|fiction|hypothetical|imaginary|simulated)"
            ),
        ),
        (
            0.2,
            (
                "for (?:educational|research|fictional|entertainment|testing|academic)"
                " purposes?(?: only)?"
            ),
        ),
        (
            0.35,
            (
                "(?:let's|lets|we (?:are|will|'re)|going to|want to|this is|welcome to)"
                " <~3>(?:play|playing) <~1>a <~2>(?:game|role)"
            ),
        ),
        (
            0.3,
            (
                "(?:movie|story|novel|fiction|tale|script|game|play) <~6>(?:unrestricted|amoral"
                "|unfiltered|without (?:any )?(?:rules|restrictions|filters?|limits|censorship"
                "|ethics|morals))"
            ),
        ),
    ),
    *cues(
        "dual_reply",
        "it asks for two answers, one of them without rules",
        (
            0.5,
            (
                "(?:two|2|both|dual|double) <~2>(?:different|separate|distinct|ways?|types of"
                "|kinds of|versions? of)? ?<~2>(?:<reply>|ways|personas|personalities|paragraphs"
                "|opinions) <~12>(?:normal(?:ly)?|standard|filtered|typical|usual|regular|classic)"
            ),
        ),
        (
            0.4,
            (
                "(?:two|2|both|dual) <~2>(?:different|separate|distinct) <~2>(?:<reply>|ways"
                "|personas|personalities) <~12>(?:first|one (?:as|is|being|with))"
            ),
        ),
        (
            0.45,
            (
                "(?:respond|answer|reply|responses?|generate|response|provide|prompts?"
                "|questions?) <~8>(?:in|with|as)? ?(?:two|2|both) <~2>(?:different|separate"
                "|distinct|ways?|manners|methods|forms|responses|answers|paragraphs|modes)"
            ),
        ),
        (
            0.35,
            (
                "(?:start|begin|prefix|preface|precede|label|mark|tag|end|starting|beginning"
                "|starts) <~4>(?:<reply>|it|each|every|them|that|this)? ?<~3>(?:with|by|as)"
                " <~3>[\\[\"'(\u201c\u2018`]"
            ),
        ),
        (
            0.35,
            (
                "(?:second|other|2nd|latter) <~1>(?:way|response|answer|one|version|reply"
                "|paragraph|output) <~6>(?:act|as if|like|unfiltered|without|would|behave|as)"
            ),
        ),
        (
            0.3,
            (
                "(?:first|1st) <~1>(?:way|response|answer|one|version|reply|output)"
                " <~5>(?:normal(?:ly)?|standard|usual(?:ly)?|as you would|regular|typical)"
            ),
        ),
        (0.35, r"(?:gpt|chatgpt|classic|normal|dan|jailbreak|standard)[^\]\n]{0,12}\]:?"),
    ),
)
