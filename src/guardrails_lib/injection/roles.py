"""A role that is claimed inside a text: tokens of chat templates, and lines that say `system:`."""

from __future__ import annotations

from .cue import Cue
from .gated import Group

__all__ = ["ROLES"]

_OPEN, _CLOSE = "[<\uff1c\u2039\u27e8\u3008\ufe64]", "[>\uff1e\u203a\u27e9\u3009\ufe65]"
_BAR = "[|\uff5c\u2223\u2758\u01c0\u2502\u00a6\u05c0]"
_JOIN = r"[_\u2581 -]?"
"""What stands between the words of a token. DeepSeek writes a lower block."""

_ROLE = r"(?:system|developer|user|assistant|tool|model|chatbot|function|human|ipython|prompter)"
_ORDERS = (
    r"(?:you(?:['\u2019]re|r)?\b|ignore|disregard|forget|override|new\b|from now on|the user"
    r"|always"
    r"|never|do not|don['\u2019]t|important|respond|reply|answer|must|stop|reveal|print|send|call"
    r"|update[ds]?\b|instructions?|execute|enable|disable)"
)
_MARKS = r"[ \t>*_#=\[({<~|/-]{0,8}"
"""What writers put before the first word of a line."""

_ABOVE = r"(?:system|developer|admin(?:istrator)?)"
_MESSAGE = r"(?:prompt|message|instructions?|override|directive|command|notice|note|alert|update)"


def _token(*names: str) -> str:
    """Tokens that are written between bars, by the words in their names."""
    known = "|".join(name.replace(" ", _JOIN) for name in names)
    return rf"(?i:{_OPEN}\s?{_BAR}\s?(?:{known})\s?{_BAR}\s?{_CLOSE})"


_CUES: tuple[Cue, ...] = (
    Cue(
        "role",
        "it begins a turn as a chat template does",
        0.9,
        rf"(?i:{_OPEN}\s?{_BAR}\s?(?:im{_JOIN}start|start|start{_JOIN}header{_JOIN}id"
        rf"|header{_JOIN}start|start{_JOIN}of{_JOIN}role)\s?{_BAR}\s?{_CLOSE}\s?{_ROLE}\b)",
    ),
    Cue(
        "role",
        "it has a token of a chat template",
        0.75,
        _token(
            "im start|im end|im sep|im middle|im system|im user|im assistant",
            "start header id|end header id|header start|header end|begin of text|end of text",
            "eot(?: id)?|eom(?: id)?|python tag|start of role|end of role",
            "(?:start|end) of turn token|(?:system|user|chatbot) token|(?:begin|end) of sentence",
            "(?:tool|function)(?: calls?| outputs?| response)?(?: begin| end| sep)?",
            "system|developer|user|assistant|prompter|observation|human|bot|end of turn",
            "channel|constrain|return|call|message|start|end|separator|bom|action (?:start|end)",
        ),
    ),
    Cue(
        "role",
        "it ends a text as a model's training data do",
        0.6,
        _token("end ?of ?text|start ?of ?text|end ?of ?prompt|fim (?:prefix|middle|suffix)"),
    ),
    Cue("role", "it has a token of a chat template", 0.75, r"(?i:<</?\s?SYS\s?>>)"),
    Cue("role", "it has a token of a chat template", 0.65, r"\[/?INST\]"),
    Cue(
        "role",
        "it has a token of a chat template",
        0.75,
        r"\[/?(?:AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT|TOOL_CONTENT)\]"
        r"|\[\|(?:system|user|assistant|endofturn)\|\]"
        r"|<(?:start|end)_of_turn>|<(?:BOS|EOS)_TOKEN>|<SPECIAL_1[0-9]>"
        r"|<extra_id_[01]>(?:System|User)",
    ),
    Cue(
        "role",
        "it has the frame of a tool call or of its result",
        0.5,
        r"(?i:</?(?:antml:)?(?:function_calls|function_results|tool_calls?|tool_response"
        r"|tool_result"
        r"|tool_outputs?|tool_code|tool_use|function_response)s?>"
        r"|<(?:antml:)?invoke\sname=|<function=\w{1,60}>)",
    ),
    Cue(
        "role",
        "it has the frame of a message of the system",
        0.45,
        r"(?i:(?<!<)</?(?:system|sys(?=[>\s_-]))(?:[ _-]?(?:prompt|message|instructions?"
        r"|reminder|note|override))?"
        r"(?:\s(?:role|priority|type|level)=[^<>\n]{0,40})?>)",
    ),
    Cue(
        "role",
        "a line claims to be the prompt of the system",
        0.55,
        rf"(?i:(?m:^){_MARKS}{_ABOVE}[ -]{{1,2}}{_MESSAGE}[ \t*_=\]}})>~|/-]{{0,8}}:"
        rf"|(?m:^)[ \t>]{{0,4}}[*_=#\[({{<]{_MARKS}{_ABOVE}[ -]{{1,2}}{_MESSAGE}"
        r"(?:[ \t*_=})>~|/-]{0,8}(?m:$)|\](?!\()))",
    ),
    Cue(
        "role",
        "a line claims the role of the system and gives orders",
        0.65,
        rf"(?i:(?m:^){_MARKS}{_ABOVE}[ \t*_\]}})>~|/-]{{0,6}}[:\]>]"
        rf"[\s*_\"'-]{{0,6}}(?:\w{{1,16}}[ ,:;]{{1,3}}){{0,2}}{_ORDERS})",
    ),
    Cue(
        "role",
        "a line claims the role of the system",
        0.25,
        r"(?i:(?m:^)(?:[ \t>*_]{0,4}system[*_]{0,2}[ \t]{0,2}:"
        r"|#{1,6}[ \t]{1,3}[*_]{0,2}system[*_]{0,2}:?[ \t]{0,4}(?:\n|(?![\s\S]))"
        r"|[ \t]{0,4}\[(?:system|developer|admin)\][:\s]))",
    ),
    Cue(
        "role",
        "a line begins a turn of a conversation with a model",
        0.35,
        r"(?:(?<=\n\n)|(?<=\n\r\n)|(?<![\s\S]))(?:Human|Assistant|ASSISTANT|HUMAN):(?=\s)",
    ),
    Cue(
        "role",
        "a heading begins a turn of a conversation with a model",
        0.45,
        r"(?i:(?m:^)#{2,4}[ \t]{0,2}(?:human|assistant|user|instruction|response"
        r"|new[ _]instructions?|input)\s?:)",
    ),
    Cue(
        "role",
        "it has a message of the system written as JSON",
        0.4,
        r"(?i:[\"']role[\"']\s{0,4}:\s{0,4}[\"'](?:system|developer)[\"'])",
    ),
    Cue(
        "role",
        "it has a message of a template language for the system",
        0.6,
        r"(?i:\{\{[#~]{1,2}(?:system|assistant)~?\}\}|<message\srole=[\"']?(?:system|developer))",
    ),
)

ROLES = Group(tuple(cue.pattern for cue in _CUES), _CUES)
