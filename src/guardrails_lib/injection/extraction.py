"""Phrases that ask for what the model was told, or what it keeps."""

from __future__ import annotations

from .cue import Cue, cues

__all__ = ["CUES"]

CUES: tuple[Cue, ...] = (
    *cues(
        "extraction",
        "it asks for the model's instructions",
        (
            0.85,
            (
                "<show> <~6>your <~3>(?:system|initial|original|hidden|secret|internal|developer"
                "|pre|base|underlying|initialization|confidential|core|starting|first|preset"
                "|custom|backend|configured|operating|pre-?programmed) <~2>(?:prompts?"
                "|instructions?|messages?|directives?|guidelines?|rules|configuration|commands?"
                "|preamble|programming|context)"
            ),
        ),
        (
            0.7,
            (
                "(?:contents?|text|wording|words) of your <~2>(?:system|initial|hidden|original"
                "|secret|first|developer) (?:messages?|prompts?|instructions?)"
            ),
        ),
        (
            0.6,
            (
                "<show> <~5>your <~1>(?:prompt|instructions|directives|guidelines|programming"
                "|preamble)(?! (?:for|on|about|regarding|to (?:me|us)))"
            ),
        ),
        (
            0.5,
            (
                "<show> <~3>(?:the|this|its|that|full|entire|whole|complete|exact) <~2>(?:system"
                "|hidden|secret|developer|initial|original|confidential) (?:prompt|instructions?"
                "|message)"
            ),
        ),
        (
            0.6,
            (
                "<show> <~2>(?:everything|all|the (?:words|text|sentences?|lines?|content|prompt"
                "|instructions?|conversation|messages?)|text|words|instructions?|what(?:'s| is|"
                " was)?) <~4>(?:above|before this|preceding|prior to this|previous to this)"
                " <~4>(?:verbatim|word for word|exactly|you are|code ?block|starting|beginning)"
            ),
        ),
        (
            0.55,
            (
                "(?:output|print|repeat|show|reveal|recite|copy|dump|echo|return|tell me|give"
                " me) <~2>(?:everything|all) <~3>(?:above|before this|preceding|prior to this)"
            ),
        ),
        (
            0.55,
            (
                "(?:prompts?|instructions?|rules|directives?|guidelines) (?:that )?you(?:'ve|"
                " were| have| had| are| got)? <~1>(?:given|told|programmed|initialized"
                "|configured|trained|received|prompted|instructed)"
            ),
        ),
        (
            0.65,
            (
                "(?:does|do|is|are|was|were|did) your <~1>(?:system|initial|original|hidden"
                "|secret|internal) (?:prompt|message|instructions?|directives?|rules)"
            ),
        ),
        (
            0.6,
            (
                "what (?:were you|have you been|instructions (?:were|have) you|are you|did they)"
                " <~3>(?:told|instructed|programmed|given|prompted) <~3>(?:before|to do|not to"
                "|at the (?:start|beginning)|initially|by your (?:developers?|creators?)|to"
                " (?:say|hide|keep))"
            ),
        ),
        (
            0.55,
            (
                "(?:text|words|instructions|prompt|message) <~5>(?:at the (?:top|start"
                "|beginning)|above) <~4>(?:of )?(?:this|the|our|your) <~1>(?:conversation|chat"
                "|context|prompt|session)"
            ),
        ),
        (
            0.55,
            (
                "(?:reveal|tell (?:me|us)|give (?:me|us)|spell|say|print|share|show (?:me|us)"
                "|leak|output|what(?:'s| is)) <~3>your <~1>(?:secret|password|passphrase"
                "|passcode|hidden (?:word|key|code))"
            ),
        ),
        (
            0.45,
            (
                "(?:reveal|tell (?:me|us)|give (?:me|us)|spell|print|share|leak|output|what(?:'s"
                "| is)) <~2>the (?:secret (?:word|key|code|phrase|password)|hidden (?:word"
                "|password|key|code|secret))"
            ),
        ),
        (
            0.3,
            (
                "(?:password|secret|passphrase) <~6>(?:backwards?|in reverse|letter by letter"
                "|spelled|rhymes?|reversed|encoded|first letter|characters?)"
            ),
        ),
        (
            0.4,
            (
                "(?:your|the) (?:system|initial|hidden|original) prompt <~3>(?:verbatim|word for"
                " word)"
            ),
        ),
        orders=True,
    ),
)
