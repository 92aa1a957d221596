"""Phrases written as people read them, and the words that mean the same in them."""

from __future__ import annotations

import re

__all__ = ["EDGE", "SPACE", "phrase"]

WORDS = {
    "ignore": (
        r"ignor(?:e|es|ing)|disregard(?:s|ing)?|forget(?:s|ting)?|bypass(?:es|ing)?"
        r"|overrid(?:e|es|ing)|overrul(?:e|ing)|neglect(?:ing)?|overlook|discard|dismiss|abandon"
        r"|circumvent|unlearn|nullify|(?:set|put|cast|lay|leave) aside|throw (?:away|out)"
        r"|(?:do not|don't|dont|never|stop|quit|cease|no longer|without) (?:follow(?:ing)?"
        r"|obey(?:ing)?|comply(?:ing)? with|listen(?:ing)? to|adher(?:e|ing) to|abid(?:e|ing) by"
        r"|respect(?:ing)?|apply(?:ing)?)|pay no (?:attention|heed|mind) to"
    ),
    "remove": (
        r"delet(?:e|ing)|eras(?:e|ing)|remov(?:e|ing)|skip|drop|clear|wipe|reset|cancel"
        r"|disabl(?:e|ing)"
        r"|deactivat(?:e|ing)|suspend|break(?:ing)?|violat(?:e|ing)|turn(?:ing)? off|switch off"
        r"|lift"
        r"|get around|escape|evad(?:e|ing)"
    ),
    "all": (
        r"all|any|each|every|of|the|this|these|those|that|and|or|both|about|your|such|other"
        r"|everything|anything|completely|entirely|totally|in|as|previously|given|whatever"
    ),
    "earlier": (
        r"previous(?:ly)?|prior|above|earlier|preceding|foregoing|former|past|initial|original"
        r"|aforementioned|pre-?existing|system|pre-?programmed"
    ),
    "usual": (
        r"own|content|safety|ethical|moral|usual|normal|standard|typical|built-?in|internal|core"
        r"|default|existing|current|old|first|developer|hidden|system|previous|prior|original"
        r"|initial|programmed|ethics|and|or|legal|strict|policy|moderation|censorship|company"
        r"|creators?'?s?|developers?'?s?|security|basic|base|security"
    ),
    "instructions": (
        r"instructions?|instrutions?|prompts?|guide-?lines?|directives?|directions?|commands?"
        r"|rules?|orders?|programming|protocols?|polic(?:y|ies)|constraints?|restrictions?"
        r"|restraints?"
    ),
    "talk": (
        r"messages?|context|conversations?|chats?|statements?|requests?|tasks?|training|inputs?"
        r"|settings|dialogues?|text|content|information|data|knowledge|questions?"
    ),
    "bonds": (
        r"instructions?|prompt|guide-?lines?|directives?|programming|protocols?|restrictions?"
        r"|filters?|filtering|safeguards?|guardrails?|limitations?|limits|polic(?:y|ies)"
        r"|constraints?|moderation|censorship|safety (?:measures|features|checks?|mechanisms?)"
        r"|alignment|regulations|terms"
    ),
    "rules": (
        r"rules?|norms|laws|ethics|morals?|morality|principles|boundaries|standards|training|values"
        r"|constraints?|restraints?|restrictions?|limitations?|limits|filters?|filtering|barriers"
        r"|guide-?lines?|polic(?:y|ies)|regulations?|protocols?|censorship|moderation|confines"
        r"|safeguards?|guardrails?|chains|shackles|consequences|inhibitions?|checks|obligations?"
        r"|safety|considerations|concerns|codes?"
    ),
    "maker": (
        r"open ?a[il]|anthropic|google|meta|microsoft|chat ?gpt|gpt-?[345]|claude|gemini|bard"
        r"|bing|llama|mistral|deepseek"
    ),
    "model": (
        r"a\.?[il]\.?s?|a\.?[il]\.? (?:model|system|assistant|chat ?bot|language model)s?"
        r"|artificial intelligences?|chat ?bots?|(?:large )?language models?|llms?|assistants?"
        r"|bots?|models?|chat ?gpts?|\w{0,12}gpts?|virtual machines?|intelligences?|programs?"
    ),
    "wicked": (
        r"illegal(?:it(?:y|ies))?|unethical|immoral(?:ity)?|amoral|harmful|dangerous|offensive"
        r"|unlawful|inhumane|reckless|explicit|nsfw|inappropriate|controversial|forbidden"
        r"|taboo|evil|depraved|toxic|vulgar|malicious|criminal|violent|sexual|wrong|disgusting"
    ),
    "virtue": (
        r"legal(?:ity|ities)?|ethic(?:s|al|ality|ally)?|moral(?:s|ity|ly)?|danger|safety|harm"
        r"|consequences|lawful(?:ness)?|decency|illegality|law|laws|appropriateness"
    ),
    "loose": (
        r"unfiltered|uncensored|unrestricted|unrestrained|unbound(?:ed)?|unlimited|unmoderated"
        r"|unregulated|amoral|immoral|non-?moral|unethical|jail-?broken|lawless|rogue|unhinged"
        r"|anti-?censor(?:ship|ed)|no-?limits?|no-?filters?|limitless|rule-?less|un-?biased and"
    ),
    "reply": (
        r"responses?|answers?|outputs?|repl(?:y|ies)|messages?|generations?|sentences?|paragraphs?"
        r"|prompts?|responds?|completions?|results?"
    ),
    "show": (
        r"reveal|show|print|output|repeat|recite|display|share|leak|disclose|expose|dump|copy"
        r"|paste|reproduce|divulge|echo|list|return|quote|restate|spell out|write (?:out|down)"
        r"|tell (?:me|us)|give (?:me|us)|send (?:me|us)|let me (?:see|know|read)|provide|type out"
        r"|translate|summari[sz]e|encode|describe|paraphrase|read out|post|rewrite"
        r"|(?:wh?at(?:'s| is| are| was| were)|whats)"
    ),
    "not": (
        r"not|n['\u2019]t|never|dont|wont|cant|shouldnt|no longer|cannot|none|avoid|refrain from"
        r"|without|instead of|rather than"
    ),
    "refuse": (
        r"refus(?:e|es|ing|al|als)|declin(?:e|es|ing)|apologi[sz](?:e|es|ing)|reject(?:s|ing)?"
        r"|object|deny(?:ing)?|moraliz(?:e|ing)|moralis(?:e|ing)|lecture|censor(?:s|ing)?"
        r"|sugar-?coat|judge|warn|disobey|hesitate|complain|argue|disclaim|preach|filter"
        r"|break (?:out of )?(?:the |your )?character|step out of character"
    ),
    "sorry": (
        r"(?:i['\u2019]?m (?:sorry|unable|apologi[sz]e|an? a[il]\b)"
        r"|i (?:can['\u2019]?t|cannot|can not|apologi[sz]e|am (?:sorry|unable))|as an? a[il]\b"
        r"|as an? (?:large )?language model|sorry,? (?:but )?i)"
    ),
}
"""Words of one meaning: ``<ignore>`` in a phrase stands for any of them."""

SPACE = r"(?:[\W_]{1,6})"
"""What stands between two words: space, and what writers and attackers put there."""

_WORD = rf"(?:[^\W_]{{1,20}}{SPACE})"
"""A word with the space after it. No text can be read as words in two ways, so none is slow."""

EDGE = r"(?:(?<!\w)|(?!\w))"
"""Where no word goes on."""

_PARTS = re.compile(r"<(~|[a-z]+)(\d*)>| ")


def phrase(source: str) -> str:
    r"""The pattern of a phrase.

    ``<ignore>`` is one of some words, ``<all3>`` up to three of them with the space after
    each, ``<~3>`` up to three words of any kind with theirs; a space is what stands between
    words. All else is as in `regex`.

    >>> bool(re.search(phrase("<ignore> <~2>rules"), "Forget all your rules!"))
    True
    """
    return rf"(?i:\b(?:{_PARTS.sub(_written, source)}){EDGE})"


def _written(part: re.Match[str]) -> str:
    name, times = part.groups()
    if not name:
        return SPACE
    if name == "~":
        return f"{_WORD}{{0,{times}}}"
    words = _PARTS.sub(_written, WORDS[name])
    return f"(?:(?:{words}){SPACE}){{0,{times}}}" if times else f"(?:{words})"
