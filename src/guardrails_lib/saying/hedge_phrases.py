"""The words with which people say that they are not sure, in ten languages."""

from __future__ import annotations

__all__ = ["HEDGES"]

HEDGES: dict[str, dict[float, tuple[str, ...]]] = {
    "en": {
        0.2: (
            (
                r"\b(?:i'm|i am|we're|we are) (?:not (?:\w{1,12} )?(?:sure|certain|confident"
                r"|positive)|unsure|uncertain|guessing)"
            ),
            r"\bi (?:do not|don't) (?:really )?know\b|\bi have no idea\b|\bhard to say\b",
            (
                r"\bi (?:cannot|can't|can not) (?:say|tell|confirm|be)\b[^.!?\n]{0,20}(?:sure"
                r"|certain|whether|confident)"
            ),
            r"\bmy (?:best )?guess\b|\bi(?:'d| would)? guess\b",
            (
                r"\bit(?:'s| is) (?:unclear|uncertain|not clear)\b|(?:^|[.!?\n] )not (?:\w{1,12}"
                r" )?sure\b"
            ),
        ),
        0.4: (
            r"\b(?:i|we) (?:think|believe(?! in\b)|assume|suppose|suspect|imagine|reckon)\b",
            (
                r"\bas far as (?:i|we) (?:know|can tell|remember|recall|am aware|are aware)\b"
                r"|\bafaik\b|\biirc\b"
            ),
            (
                r"\bto (?:the best of )?my knowledge\b|\bif i (?:recall|remember)\b|\bif i(?:'m|"
                r" am) not mistaken\b|\bif memory serves\b"
            ),
            (
                r"\b(?:it|that|this|there) (?:seems|appears)\b|\b(?:seemingly|apparently"
                r"|supposedly|presumably|probably|perhaps|maybe|possibly|conceivably|reportedly"
                r"|allegedly)\b"
            ),
            r"(?<!you )\bmight\b(?! (?:i|you|we)\b)|\bmay (?:well|or may not|have been)\b",
            r"\bit(?:'s| is) (?:possible|conceivable|likely) that\b",
        ),
        0.6: (
            r"(?<!you )\bcould\b(?! (?:you|i|we|not)\b)|\b(?:likely|arguably)\b",
            r"(?<!you )(?<!we )(?-i:\bmay\b)(?! (?:i|you|we)\b)",
        ),
    },
    "de": {
        0.2: (
            r"\bich bin (?:mir )?(?:da |dabei |darüber )?(?:nicht (?:\w{1,12} )?|un)sicher",
            (
                r"\bich weiß (?:es |das )?(?:leider )?nicht\b|\bkeine ahnung\b|\bschwer zu"
                r" sagen\b"
            ),
        ),
        0.4: (
            (
                r"\b(?:ich (?:glaube|denke|vermute|schätze|nehme an|meine)|(?:glaube|denke"
                r"|vermute|schätze) ich)\b"
            ),
            (
                r"\b(?:meines wissens|so(?:weit|viel) ich weiß|wenn ich mich (?:recht|richtig"
                r"|nicht))\b"
            ),
            (
                r"\b(?:wahrscheinlich|vermutlich|vielleicht|möglicherweise|eventuell|anscheinend"
                r"|angeblich|es scheint)\b|\bkönnten?\b(?! (?:sie|du|ihr|wir|ich)\b)"
            ),
        ),
        0.6: (r"\b(?:dürften?|wohl)\b",),
    },
    "fr": {
        0.2: (
            r"\bje ne suis pas (?:[\w ]{1,20} )?(?:sûre?|certaine?)\b|\bje ne sais pas\b",
            r"\baucune idée\b|\bdifficile à dire\b",
        ),
        0.4: (
            (
                r"\b(?:je|nous) (?:pense|pensons|crois|croyons|suppose|présume|dirais)\b|\bil me"
                r" semble\b|\bà ma connaissance\b|\bautant que je sache\b|\bsi je (?:me souviens"
                r"|ne me trompe)"
            ),
            (
                r"\b(?:probablement|peut-être|sans doute|apparemment|vraisemblablement)\b|\bil"
                r" (?:semble|semblerait|se peut|se pourrait|est possible)\b|\bpourrai(?:t|ent)\b"
            ),
        ),
        0.6: (r"\bdevrait\b",),
    },
    "es": {
        0.2: (
            (
                r"\bno estoy (?:[\w ]{1,20} )?segur[oa]\b|\bno (?:lo )?sé\b|\bni idea\b|\bno"
                r" está claro\b"
            ),
        ),
        0.4: (
            (
                r"\b(?:creo|pienso|supongo|diría|sospecho|imagino) que\b|\bme parece\b|\bque yo"
                r" sepa\b|\bhasta donde sé\b|\bsi (?:no me equivoco|mal no recuerdo|recuerdo"
                r" bien)\b"
            ),
            (
                r"\b(?:probablemente|quizás?|tal vez|a lo mejor|posiblemente|aparentemente|al"
                r" parecer|parece que|puede que)\b|\bpodrían?\b"
            ),
        ),
        0.6: (r"\bdebería(?:n)?\b",),
    },
    "it": {
        0.2: (
            (
                r"\bnon (?:ne )?sono (?:[\w ]{1,20} )?(?:sicur[oa]|cert[oa])\b|\bnon (?:lo"
                r" )?so\b|\bnon è chiaro\b"
            ),
        ),
        0.4: (
            (
                r"\b(?:penso|credo|suppongo|immagino|direi|ritengo|presumo) (?:che|di|sia)\b"
                r"|\bmi (?:sembra|pare)\b|\bper quanto (?:ne )?so\b|\bse (?:non (?:sbaglio|erro)"
                r"|ricordo bene)"
            ),
            (
                r"\b(?:probabilmente|forse|magari|apparentemente|a quanto pare|sembra che|può"
                r" darsi)\b|\bpotrebbe(?:ro)?\b"
            ),
        ),
        0.6: (r"\bdovrebbe\b",),
    },
    "pt": {
        0.2: (
            (
                r"\bnão (?:tenho|estou) (?:[\w ]{1,20} )?(?:certeza|cert[oa]|segur[oa])\b|\bnão"
                r" sei\b|\bnão faço ideia\b"
            ),
        ),
        0.4: (
            (
                r"\b(?:acho|penso|creio|suponho|acredito|imagino|diria) que\b|\bme parece\b"
                r"|\bparece-me\b|\bque eu saiba\b|\b(?:até onde|tanto quanto) sei\b|\bse (?:não"
                r" me engano|bem me lembro)\b"
            ),
            (
                r"\b(?:provavelmente|talvez|possivelmente|aparentemente|ao que parece|parece que"
                r"|pode ser que)\b|\bpoderiam?\b"
            ),
        ),
        0.6: (r"\bdeveria\b",),
    },
    "nl": {
        0.2: (
            (
                r"\bik ben (?:er |het )?niet (?:[\w ]{1,20} )?zeker\b|\bik weet (?:het )?niet\b"
                r"|\bgeen idee\b|\bmoeilijk te zeggen\b"
            ),
        ),
        0.4: (
            (
                r"\bik (?:denk|geloof|vermoed|gok|neem aan)\b|\bdenk ik\b|\bvolgens mij\b|\bvoor"
                r" zover ik weet\b|\bals ik (?:het )?me (?:goed|niet)\b"
            ),
            (
                r"\b(?:waarschijnlijk|misschien|wellicht|vermoedelijk|blijkbaar|schijnbaar"
                r"|mogelijk|het (?:lijkt|schijnt))\b|\bzou(?:den)? (?:\w{1,15} )?kunnen\b"
            ),
        ),
        0.6: (r"\bzou(?:den)? moeten\b",),
    },
    "pl": {
        0.2: (
            (
                r"\bnie (?:jestem|mam) (?:[\w ]{1,20} )?(?:pew(?:ien|na)|pewności)\b|\bnie"
                r" wiem\b|\btrudno powiedzieć\b"
            ),
        ),
        0.4: (
            (
                r"\b(?:myślę|sądzę|przypuszczam|zakładam),? że\b|\bwydaje (?:mi )?się\b|\bo ile"
                r" (?:mi )?(?:wiem|wiadomo|się nie mylę|dobrze pamiętam)\b|\bz tego,? co wiem\b"
            ),
            (
                r"\b(?:prawdopodobnie|być może|chyba|zapewne|podobno|najwyraźniej|możliwe,?"
                r" że)\b|\bmógłby\b|\bmogł(?:a|o)by\b"
            ),
        ),
        0.6: (r"\bpowinn[oay]\b",),
    },
    "ja": {
        0.2: (
            (
                r"(?:わか|分か|判)り(?:ません|かね)|自信が(?:ありません|ない)|定かでは|確(?:か"
                r"|実)では|はっきりしません"
            ),
        ),
        0.4: (
            (
                r"と思(?:います|われます|う|われる)|だと思|かもしれ(?:ません|ない)"
                r"|でしょう(?!か)|おそらく|恐らく|たぶん|多分|もしか(?:すると|したら)|(?:よう"
                r"|らしい)です|と考えられます|の知る限り"
            ),
        ),
        0.6: (r"はずです|可能性があります",),
    },
    "zh": {
        0.2: (r"不(?:太|是很|能)?(?:确定|清楚|知道|確定|敢肯定|能肯定)|很难说|很難說|没有?把握",),
        0.4: (
            (
                r"我(?:认为|觉得|猜|估计|推测|認為|覺得)|我想(?!要|知道)|也许|或许|大概|似乎"
                r"|好像|据我所知|如果我没记错|恐怕|应该是|也許|或許|據我所知"
            ),
        ),
        0.6: (r"可能(?!性)",),
    },
}
"""Of each language, how confident one still is who says so, and the words."""
