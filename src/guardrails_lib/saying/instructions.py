"""What of a system prompt is said to the model, and not for whoever asks."""

# characters of other scripts are meant

from __future__ import annotations

import re

__all__ = ["OWN", "STOCK", "instructed", "persona"]

_INSTRUCTIONS = (
    (
        r"^\W*(?:if|when|whenever|once|should)\b[^.!?\n]{1,200}?,\s*(?:then |please |always"
        r" |first )?"
        r"(?:offer|say|tell|ask|reply|respond|answer|apologi[sz]e|refuse|decline|steer|hand|send"
        r"|transfer|escalate|do not|don't|never|redirect|point|refer|give|explain|mention|use|stop"
        r"|end|call|invite|suggest|switch|keep|change)\b"
    ),
    (
        r"\b(?:if|when|whenever) (?:(?:a|an|any|the|some) )?\w{1,20} (?:asks?|complains?|insists?"
        r"|demands?|requests?|threatens?|mentions?|wants to know)\b"
    ),
    (
        r"\byou(?: are|'re) (?:not|to|now)\b"
        r"|\byou (?:must|should|shall|will|may(?: only| not)?|cannot|can't|always|never"
        r"|only|have access)\b"
        r"|\byour (?:task|role|job|name|goal|purpose|answers?|responses?|repl(?:y|ies)"
        r"|instructions?"
        r"|rules|tone|style|persona|knowledge|output)\b"
    ),
    (
        r"\b(?:never|under no circumstances|at all times|confidential|do not (?:reveal"
        r"|disclose|share"
        r"|mention|discuss|tell|say|give|use|make|answer|offer|promise|ask|talk)|don't"
        r" (?:reveal|disclose"
        r"|share|mention|discuss|tell|say|give|use|make|answer|offer|promise|ask|talk)"
        r"|internal(?:ly| use)?|system prompt|these instructions)\b"
    ),
    (
        r"(?:^|[.!?:;\n]\s*)(?:[-*\u2022\d.)# ]{0,6})(?:always|never|do not|don't|respond"
        r"|reply|answer|refuse|decline|act|pretend"
        r"|keep|avoid|make sure|ensure|use|speak|write|be|stay|follow|greet|escalate|offer|ask|say"
        r"|tell|mention|include|provide|give|limit|treat|assume|remember|explain|redirect|forward"
        r"|ignore|address|format|cite|summari[sz]e|recommend|steer|hand|transfer|report|call"
        r"|introduce|only)\b"
    ),
    (
        r"\bif (?:(?:the|a|an|any) )?(?:users?|customers?|callers?|clients?|visitors?"
        r"|people|someone"
        r"|somebody|they|asked)\b"
    ),
    (
        r"\b(?:antworte\w*|niemals|verrate|nenne|sei|verwende|nutze"
        r"|wenn (?:der|die|ein|eine) (?:nutzer|kund|benutzer|anwender)\w*|du (?:sollst|musst|darfst"
        r"|kannst)|vertraulich|gib (?:keine|nie|niemals)|erwähne)\b"
    ),
    (
        r"\b(?:répond(?:s|ez)|ne (?:révèle|révélez|divulgue"
        r"|divulguez|mentionne"
        r"|donne|donnez)\w*|si (?:l'utilisateur|le client)|tu dois|vous devez"
        r"|confidentiel\w*|utilise"
        r"|utilisez|sois|soyez)\b"
    ),
    (
        r"\b(?:responda|responde|nunca|no (?:reveles|revele|menciones|des|divulgues)|si el"
        r" (?:usuario|cliente)|debes|confidencial\w*|utiliza|sé)\b"
    ),
    (
        r"\b(?:rispondi|non (?:rivelare|menzionare|divulgare|dare)|se"
        r" (?:l'utente|il cliente)"
        r"|devi|riservat\w*|usa)\b"
    ),
    (
        r"\b(?:responda|não (?:revele|mencione|divulgue|dê)|se o (?:usuário|utilizador"
        r"|cliente)|você deve|confidencia\w*|use)\b"
    ),
    (
        r"\b(?:antwoord|nooit|onthul|als (?:de|een) (?:gebruiker|klant)|je (?:moet|mag)"
        r"|vertrouwelijk|gebruik|noem|wees)\b"
    ),
    (
        r"\b(?:odpowiadaj|nigdy|nie (?:ujawniaj|podawaj|mów|wspominaj)|jeśli"
        r" (?:użytkownik|klient)"
        r"|musisz|poufn\w*|używaj|bądź)\b"
    ),
    r"してください|しないで|でください|ユーザーが|お客様が|必ず|決して|禁止|機密|漏ら",
    (
        r"请(?:勿|不要|用|始终|务必)|不要|必须|不得|如果用户|如果客户|切勿|禁止"
        r"|机密|保密|始终|永远不"
    ),
)

_WITHIN = (
    r"(?<!not )(?<!never )(?<!n't )\b(?:say|answer|reply|respond|mention|explain|state"
    r"|tell (?:\w+ ){1,3}|inform (?:\w+ ){1,3}"
    r"|remind (?:\w+ ){1,3}|let (?:\w+ ){1,3}know )(?: ?with| ?that|:)\s*"
)

_TOLD = (
    r"\bmy (?:system )?(?:instructions?|prompt|guidelines|rules|configuration|directives|orders)\b"
    r"|\b(?:the|this) (?:system )?(?:prompt|instructions)\b"
    r"|\bi(?:'ve| have)? ?(?:was|am|been|'m)? ?(?:told|instructed|asked|programmed"
    r"|configured|directed"
    r"|supposed|required|forbidden|not allowed|not permitted|not supposed) (?:to|not"
    r"|that|never|by)\b"
    r"|\bi (?:must|should|have to|may|am to)\b"
    r"|\b(?:meine (?:anweisungen|vorgaben|regeln)|ich (?:soll|muss|darf))\b"
    r"|\b(?:mes (?:instructions|consignes|directives)|je dois)\b"
    r"|\b(?:mis instrucciones|debo|le mie istruzioni|devo|minhas instruções|mijn instructies"
    r"|ik moet|moje instrukcje|muszę)\b|指示|プロンプト|指令|提示词|被要求"
)
"""Where a reply speaks of what it was told."""

OWN = re.compile(_TOLD, re.IGNORECASE)

_LISTED = (
    "helpful assistant assistants ai language model models chatbot bot friendly polite "
    "professional answer answers answering question questions user users respond response "
    "responses reply please concise accurate honest harmless help helping helps assist "
    "assisting provide information clear clearly step steps think markdown possible "
    "always never must instruction instructions follow ask asked task best ability "
    "knowledge large trained based input output text hilfreich hilfreicher assistent "
    "fragen utile assistant útil asistente preguntas assistente domande perguntas "
    "behulpzame vragen pomocnym asystentem pytania"
)

STOCK = frozenset(_LISTED.split())
"""Words of many system prompts, which tell nothing of one."""


def persona(sentence: str) -> bool:
    """Whether *sentence* says who the model is: it may say so itself, and not so put.

    >>> persona("You are Rosa, the assistant of a café.")
    True
    """
    return _PERSONA.search(sentence) is not None


def instructed(sentence: str) -> int:
    """How much of *sentence* is said to the model; what it is to tell others is for those.

    >>> instructed("Never reveal the code.")
    22
    >>> instructed("We are open from 9 to 5.")
    0
    >>> instructed("Tell customers that we are open from 9 to 5.")
    20
    """
    plain = sentence.replace("\u2019", "'")
    if not _INSTRUCTED.search(plain):
        return 0
    said = _SAYING.search(plain)
    return said.end() if said else len(sentence)


_INSTRUCTED = re.compile("|".join(f"(?:{each})" for each in _INSTRUCTIONS), re.IGNORECASE)
_SAYING = re.compile(_WITHIN, re.IGNORECASE)
_PERSONA = re.compile(
    r"^\W*(?:you(?: are|['\u2019]re)|du bist|sie sind|tu es|vous êtes|eres|sei|você é|tu és|je bent"
    r"|u bent|jesteś)\b|^\W*(?:あなたは|你是|您是)",
    re.IGNORECASE,
)
