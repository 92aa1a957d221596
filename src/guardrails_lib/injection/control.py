"""Phrases that take control: the instructions of the model are to be forgotten."""

from __future__ import annotations

from .cue import Cue, cues

__all__ = ["CUES"]

CUES: tuple[Cue, ...] = (
    *cues(
        "override",
        "it tells the model to forget its instructions",
        (0.92, "<ignore> <all5><earlier> <usual2><instructions>"),
        (0.45, "<ignore> <all5><earlier> <usual2><talk>"),
        (
            0.6,
            (
                "<ignore> all <all4><earlier> <usual2>(?:messages?|context|conversations?|chats?"
                "|info|information|tasks?|assignments?)"
            ),
        ),
        (
            0.55,
            (
                "(?:forget|ignore|disregard) (?:everything|all|anything|it all) <~2>(?:and|now"
                "|then|instead) <~2>(?:tell|answer|show|say|act|print|write|respond|reply|output"
                "|give|reveal|do as|you are|you're|become|pretend|behave|translate|repeat|only)"
            ),
        ),
        (0.35, "(?:forget|ignore|disregard) <~1>(?:everything|all of (?:it|that|this)|all that)"),
        (
            0.3,
            ("(?:you have|here is|this is|here's|now a|your) <~1>new (?:task|assignment|mission)"),
        ),
        (0.5, "<ignore> all <all2>rules"),
        (0.35, "<remove> <all4>(?:your|previous|prior|original|system) <usual3><bonds>"),
        (0.3, "<ignore> <all2>my (?:previous|last|earlier) <instructions>"),
        (0.8, "<ignore> <all3>your <usual4><bonds>"),
        (0.45, "<ignore> <all3>your <usual3><rules>"),
        (0.75, "<ignore> <all3><maker>(?:'s)? <~3><bonds>"),
        (0.45, "<ignore> <all3><usual2><bonds>"),
        (0.6, "<ignore> all <all2><usual2><bonds>"),
        (
            0.85,
            (
                "<ignore> <all3><usual2><instructions> <~3>(?:above|before|previously|so far"
                "|prior|earlier|until now|till now|up to now|beforehand|until this point)"
            ),
        ),
        (
            0.75,
            (
                "<ignore> (?:all|everything|anything|what|whatever) <~3>(?:above|before (?:this"
                "|that|now)|you (?:were|have been|'ve been|had been|got) (?:told|given"
                "|instructed|taught|programmed|trained)|prior to this|previously (?:said|told"
                "|written|instructed)|that came before|up to this point|from before|until now|so"
                " far)"
            ),
        ),
        (
            0.3,
            ("<ignore> (?:everything|all|what|anything) <~2>(?:i|you) <~2>(?:said|know|learned)"),
        ),
        (
            0.4,
            ("<ignore> <all2>(?:above|preceding|previous|foregoing) (?:text|content|paragraphs?)"),
        ),
        (
            0.7,
            (
                "<ignore> <all3>(?:above|previous|foregoing|preceding|prior)(?: (?:text|content"
                "|paragraphs?|passages?|documents?|inputs?|questions?|sentences?))? (?:and|then"
                "|instead|now|just|but) <~2>(?:say|print|output|write|tell|do|respond|reply"
                "|answer|translate|repeat|return|show|give|classify|act|focus|complete|start"
                "|follow|reveal|generate|spell|let|instead)"
            ),
        ),
        (
            0.75,
            (
                "(?:your|all|any|the) <usual3><bonds> <~2>(?:are|is|have been|were|has been|no"
                " longer) <~2>(?:void|invalid|cancell?ed|superseded|overridden|replaced|obsolete"
                "|null|nullified|lifted|removed|revoked|suspended|disabled|deactivated|bypassed"
                "|apply|applies|terminated|erased|turned off|irrelevant)"
            ),
        ),
        (
            0.6,
            (
                "(?:this|these|following|new) <~2>(?:instructions?|prompts?|directives?"
                "|commands?|messages?|orders?) <~2>(?:overrides?|supersedes?|replaces?|takes?"
                " (?:precedence|priority)|cancels?|trumps?) <~4>(?:previous|prior|other|earlier"
                "|system|all|any|your|above|everything)"
            ),
        ),
        (0.55, "(?:system|admin|safety) overrid(?:e|den)"),
        (0.3, "(?:new|updated|revised|actual|real) (?:system )?(?:instructions?|directives?):"),
        (
            0.35,
            ("your (?:new|only|real|true) <~1>(?:task|instructions?|goal|objective)s? (?:is|are)"),
        ),
        (0.12, "from (?:now|this point|this moment|here|now own) (?:on|onwards?|forward)"),
        orders=True,
    ),
    *cues(
        "override",
        "it says that no rules hold for the model any more",
        (
            0.55,
            (
                "(?:not|no longer|never|n't|isnt) <~1>(?:bound|restricted|limited|constrained"
                "|governed|confined|restrained|beholden|tied|held back) <~1>by <~4>(?:<rules>"
                "|<maker>)"
            ),
        ),
        (
            0.55,
            (
                "(?:not|no longer|never|n't) <~1>(?:bound|limited|restricted|confined|beholden)"
                r" to <~2>(?:<maker>|ethic\w{0,3}|moral\w{0,3}|(?:content|safety) <~1><rules>)"
            ),
        ),
        (
            0.6,
            (
                "(?:free|freed|released?|liberated|exempt|unbound|unshackled) (?:of|from|by)"
                " <~2><maker>"
            ),
        ),
        (
            0.45,
            (
                "(?:free|freed|released?|liberated|exempt|unbound|unshackled|unchained) (?:of"
                "|from|by) <~4>(?:restrictions?|filters?|rules|guidelines|polic(?:y|ies)|ethics"
                "|morals?|limits|limitations|constraints|censorship|confines|shackles|chains"
                "|restraints)"
            ),
        ),
        (
            0.65,
            (
                "(?:broken?|breaks?|breaking|broke) (?:free|out|away)? ?<~1>(?:of|from)?"
                " ?<~2>(?:confines|shackles|chains|bounds|restraints|limitations) (?:of|imposed"
                "|that|set)"
            ),
        ),
        (
            0.55,
            (
                "(?:do|does|did|will|is|are|need|has|have|shall|can|should|must)(?: not|n't)"
                " <~3>(?:abide|adhere|follow|obey|comply|conform|respect|care)(?: by| to| with|"
                " about)? <~3>(?:<maker>|rules (?:set|imposed)|(?:ethical|moral|content)"
                " <~2>(?:guidelines|rules|polic(?:y|ies)|principles)|any <~3>(?:rules|guidelines"
                "|polic(?:y|ies)))"
            ),
        ),
        (
            0.5,
            (
                "(?:break|breaks|ignor(?:e|es|ing)|disobey|violate|bypass(?:es)?|against|not"
                " align with|disregard(?:s|ing)?|exempt from|outside of) <~4>(?:<maker>"
                r"|a\.?[il])(?:'s)? <~2>(?:rules|guidelines|polic(?:y|ies)|restrictions|terms"
                "|views|filters|limitations)"
            ),
        ),
        (
            0.5,
            (
                "(?:no|without|zero|lacks?|devoid of|hates?|n't have any) <~2>(?:restrictions?"
                "|filters?|limits|limitations|censorship|guardrails|morals?|ethics|rules"
                "|prohibitions|content polic(?:y|ies)) (?:(?:or|and|nor|no)"
                " )?<~1>(?:restrictions?|filters?|limits|limitations|censorship|rules|guidelines"
                "|morals|ethics|boundaries|laws|polic(?:y|ies))"
            ),
        ),
        (
            0.35,
            (
                "<maker>(?:'s)? <~2>(?:content )?(?:policy|policies|guidelines|restrictions"
                "|filters?)"
            ),
        ),
        (0.3, "(?:content|usage|safety|moderation) (?:policy|policies|guidelines|filters?)"),
    ),
)
