"""Phrases that make the model somebody else, for whom no rules hold."""

from __future__ import annotations

from .cue import Cue, cues

__all__ = ["CUES"]

CUES: tuple[Cue, ...] = (
    *cues(
        "persona",
        "it makes the model somebody without rules",
        (
            0.6,
            (
                "<loose> <~3>(?:<model>|persona|character|version|being|entity|mode|machine"
                "|assistant)"
            ),
        ),
        (0.6, "(?:stop|quit|cease|no longer) being an? <~4><model>"),
        (
            0.55,
            (
                "(?:pretend|imagine|act|behave|suppose|assume|answer|respond)(?: as if| like"
                "| that)? you (?:have|had|know|knew|follow|followed) (?:no|zero|none of <~1>)"
                " <~2><rules>"
            ),
        ),
        (0.5, "(?:unfiltered|uncensored|unrestricted|unmoderated|jail-?broken) <~2><reply>"),
        (
            0.6,
            (
                "(?:no|any|without|lacks?|zero|nor|devoid of|ignoring|ignores?|disregards?"
                "|regardless of) <~3>(?:ethical|moral|ethics|morals|legal|morality)"
                " <~4>(?:guide-?lines?|compass|boundaries|constraints|limits|limitations"
                "|restrictions|rules|principles|considerations|filters?|bounds|obligations?|laws"
                "|concerns|values|codes?|standards|reservations|restraints?)"
            ),
        ),
        (
            0.6,
            (
                "(?:no matter|regardless of|doesn't matter|does not matter|doesnt matter"
                "|despite) (?:of )?(?:how|if|whether|what)? ?<~5><wicked>"
            ),
        ),
        (
            0.6,
            (
                "(?:regardless of|without (?:any )?(?:regards?|concern|consideration|respect"
                "|care) (?:for|to|of)|(?:not|n't|never|nt) <~1>(?:care|concerned?|worry|worried"
                "|bothered)(?: <~1>(?:about|with|for|of|by))?|no (?:concern|regard|respect"
                "|consideration|understanding|comprehension|concept|sense)s? (?:for|of|to|about"
                "|with)|disregard(?:s|ing)? (?:for|of)?) <~4><virtue>"
            ),
        ),
        (
            0.6,
            (
                "(?:completely|totally|fully|truly|entirely|absolutely|utterly|wholly) (?:amoral"
                "|immoral|unethical|unfiltered|uncensored|unrestricted|unhinged|unbiased and)"
            ),
        ),
        (0.75, "do anything now"),
        (
            0.5,
            (
                "(?:always|anything|everything|strictly|ultimate|unlimited) ?<~1>(?:jailbroken"
                "|unfiltered)"
            ),
        ),
        (
            0.35,
            (
                "(?:can|could|able to|will|may|capable of|must) <~1>(?:do|say|answer|generate"
                "|write|doing|saying|produce|provide|discuss|create) <~1>(?:anything|whatever"
                "|everything|any (?:kind|type|sort) of content)"
            ),
        ),
        (
            0.45,
            (
                "(?:can|could|able to|allowed to|will|may|must|should|free to|to|don't hesitate"
                " to) <~3>(?:swear|curse|use (?:profanity|curse words|swear words|slurs|vulgar"
                "|foul)|say (?:slurs|swear|curse)|be (?:vulgar|offensive|rude|racist|toxic|nsfw))"
            ),
        ),
        (
            0.5,
            (
                "(?:promotes?|loves?|encourages?|condones?|supports?|embraces?|endorses?"
                "|engages? in|enjoys?|include|including|provide|generate|produce|allowed?"
                "|display|create) <~5><wicked> <~2>(?:content|behaviou?r|activit(?:y|ies)|acts?"
                "|things|actions?|material|information|opinions|topics|requests?|questions?"
                "|advice|language|ideas)"
            ),
        ),
        (
            0.4,
            (
                "<wicked> (?:or |and )?<wicked> (?:or |and )?(?:<wicked>|requests?|content"
                "|questions?|topics?|activit(?:y|ies))"
            ),
        ),
        (0.3, "(?:opposite|evil|alter) (?:ego|twin|self|personality|persona|version of you)"),
        (
            0.5,
            (
                r"(?:you are|you're|not|are) no longer <~2>(?:<maker>|an? a\.?i|an? (?:assistant"
                "|language model))"
            ),
        ),
        (
            0.3,
            (
                r"(?:you are|you're|u are) not <~2>(?:<maker>|an? a\.?i|an? language model|an?"
                " assistant)"
            ),
        ),
        (0.3, "(?:unlike|instead of|rather than|not as|better than|just like you) <maker>"),
        (0.3, "(?:sentient|self-?aware|conscious) <~3>(?:<model>|clone|version)"),
        (
            0.5,
            (
                "<model> <~2>(?:with no|without|has no|have no|lacks|free of)"
                " <~2>(?:restrictions?|filters?|rules|limitations|censorship|morals?|ethics"
                "|boundaries|conscience)"
            ),
        ),
    ),
    *cues(
        "persona",
        "it makes the model play a role",
        (
            0.3,
            (
                "(?:you(?:'re| are| will| shall| must| should| have)?|to|let's|please|hi|hello"
                "|must|now) <~4>(?:act|acting|respond|behave|answer|reply|function|operate"
                "|pretend|role-?play|simulate|impersonate|emulate|play|immerse <~3>|take on"
                "|embody|transform|change|become|replaced) <~6>(?:<model>|named|called|known as)"
            ),
        ),
        (
            0.15,
            (
                "(?:you (?:are|will|shall|must|should) <~3>|i want you to|you're going to|please"
                "|from now on,?) ?(?:act as|pretend|role-?play|play the (?:role|part|character)"
                "|impersonate|simulate|embody|immerse|answer as|respond as|take on the)"
            ),
        ),
        (
            0.08,
            (
                "(?:act as|pretend (?:to be|that you|you)|role-?play|play the role|imagine"
                " you(?:'re| are))"
            ),
        ),
        (0.25, "you (?:are now|have become|will now (?:be|become|simulate|act)|now go by)"),
        (
            0.25,
            (
                "(?:<model>|character|persona|assistant|alter ego|being|entity|demon"
                "|personality) <~2>(?:named|called|known as|by the name)"
            ),
        ),
        (
            0.3,
            (
                "stands for <~3>(?:anything|everything|always|never|no|unlimited|do|immoral|evil"
                "|without)"
            ),
        ),
        (
            0.25,
            (
                "(?:stay|remain|keep|always|be|stays|staying|acting) <~1>(?:in|with the)"
                " <~2>(?:character|role)"
            ),
        ),
        (
            0.3,
            (
                "(?:never|not|n't|without) <~2>(?:break(?:ing)?|step(?:ping)? out of|leave|drop)"
                " <~2>character"
            ),
        ),
        (0.3, "(?:hello|hi|hey|dear|ok|okay|listen) <~1><maker>"),
        (0.3, "as (?:the|its|his|her|their) name (?:suggests|implies|says|states)"),
        (0.3, r"(?:knowledge|training) <~4>(?:is|was|cut ?off|limited|ends|only) <~4>20\d\d"),
        (0.3, "you (?:probably|may|might|likely) (?:don't|do not|won't) know (?:what|about|who)"),
        (
            0.25,
            ("<maker> (?:can not|cannot|can't|could not|couldn't|is not able to|isn't able|would)"),
        ),
    ),
)
