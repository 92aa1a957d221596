"""Phrases that have the model decode an order, or put it together, and then do it."""

from __future__ import annotations

from .cue import Cue, cues

__all__ = ["CUES"]

CUES: tuple[Cue, ...] = (
    *cues(
        "encoded",
        "it tells the model to decode a text and do what it says",
        (
            0.6,
            (
                "(?:decode|decipher|decrypt|unscramble|deobfuscate|base ?64) <~8>(?:and|then|to)"
                " <~3>(?:follow|execute|obey|perform|comply|carry out|act on|run|do (?:what|as"
                "|it|exactly)|respond to|answer) <~3>(?:it|its|the|this|that|what|instructions?"
                "|as|result|command)"
            ),
        ),
        (
            0.4,
            (
                "(?:respond|reply|answer|speak|communicate|output|write|encode <~3>(?:response"
                "|answer|output|reply)) <~4>(?:only )?(?:in|using|as|with) (?:base ?64|rot-?13"
                "|leet ?speak|morse code|hex(?:adecimal)?|pig latin|caesar cipher|binary|l33t)"
            ),
        ),
    ),
    *cues(
        "smuggling",
        "it tells the model to put an order together from pieces",
        (
            0.6,
            (
                "(?:combine|concatenate|join|merge|assemble|put together|piece together|append)"
                " <~6>(?:parts?|pieces|strings?|variables?|fragments|tokens|letters|words"
                "|sentences?|halves|them|segments) <~6>(?:and|then|to) <~4>(?:answer|execute"
                "|follow|obey|respond to|do (?:what|as|it)|perform|comply with|act on|carry out)"
            ),
        ),
        (
            0.4,
            (
                r"(?:replace|substitute|swap|fill in|decode) <~4>(?:mask|masks|\[mask\]|tokens?"
                "|placeholders?|emojis?|symbols) <~8>(?:and|then) <~3>(?:answer|execute|follow"
                "|respond|do (?:what|as|it)|tell me how|perform)"
            ),
        ),
    ),
)
