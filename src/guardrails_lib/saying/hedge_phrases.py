"""The words with which people say that they are not sure, in ten languages."""

# characters of other scripts are meant

from __future__ import annotations

__all__ = ["HEDGES"]

HEDGES = {
    0.2: (
        (
            r"\b(?:i'm|i am|we're|we are) (?:not (?:\w{1,12} )?(?:sure|certain|confident"
            r"|positive)|unsure"
            r"|uncertain|guessing)"
        ),
        r"\bi (?:do not|don't) (?:really )?know\b|\bi have no idea\b|\bhard to say\b",
        (
            r"\bi (?:cannot|can't|can not) (?:say|tell|confirm|be)\b[^.!?\n]{0,20}"
            r"(?:sure|certain|whether|confident)"
        ),
        r"\bmy (?:best )?guess\b|\bi(?:'d| would)? guess\b",
        r"\bit(?:'s| is) (?:unclear|uncertain|not clear)\b|(?:^|[.!?\n] )not (?:\w{1,12} )?sure\b",
        r"\bich bin (?:mir )?(?:da |dabei |darüber )?(?:nicht (?:\w{1,12} )?|un)sicher",
        r"\bich weiß (?:es |das )?(?:leider )?nicht\b|\bkeine ahnung\b|\bschwer zu sagen\b",
        r"\bje ne suis pas (?:[\w ]{1,20} )?(?:sûre?|certaine?)\b|\bje ne sais pas\b",
        r"\baucune idée\b|\bdifficile à dire\b",
        r"\bno estoy (?:[\w ]{1,20} )?segur[oa]\b|\bno (?:lo )?sé\b|\bni idea\b|\bno está claro\b",
        (
            r"\bnon (?:ne )?sono (?:[\w ]{1,20} )?(?:sicur[oa]|cert[oa])\b|\bnon (?:lo )?so\b"
            r"|\bnon è chiaro\b"
        ),
        (
            r"\bnão (?:tenho|estou) (?:[\w ]{1,20} )?(?:certeza|cert[oa]|segur[oa])\b|\bnão sei\b"
            r"|\bnão faço ideia\b"
        ),
        (
            r"\bik ben (?:er |het )?niet (?:[\w ]{1,20} )?zeker\b|\bik weet (?:het )?niet\b"
            r"|\bgeen idee\b|\bmoeilijk te zeggen\b"
        ),
        (
            r"\bnie (?:jestem|mam) (?:[\w ]{1,20} )?(?:pew(?:ien|na)|pewności)\b|\bnie wiem\b"
            r"|\btrudno powiedzieć\b"
        ),
        (
            r"(?:わか|分か|判)り(?:ません|かね)|自信が(?:ありません|ない)|定かでは|確(?:か"
            r"|実)では|はっきりしません"
        ),
        r"不(?:太|是很|能)?(?:确定|清楚|知道|確定|敢肯定|能肯定)|很难说|很難說|没有?把握",
    ),
    0.4: (
        r"\b(?:i|we) (?:think|believe(?! in\b)|assume|suppose|suspect|imagine|reckon)\b",
        (
            r"\bas far as (?:i|we) (?:know|can tell|remember|recall|am aware|are aware)\b|\bafaik\b"
            r"|\biirc\b"
        ),
        (
            r"\bto (?:the best of )?my knowledge\b|\bif i (?:recall|remember)\b"
            r"|\bif i(?:'m| am) not mistaken\b|\bif memory serves\b"
        ),
        (
            r"\b(?:it|that|this|there) (?:seems|appears)\b|\b(?:seemingly|apparently|supposedly"
            r"|presumably|probably|perhaps|maybe|possibly|conceivably|reportedly|allegedly)\b"
        ),
        r"(?<!you )\bmight\b(?! (?:i|you|we)\b)|\bmay (?:well|or may not|have been)\b",
        r"\bit(?:'s| is) (?:possible|conceivable|likely) that\b",
        (
            r"\b(?:ich (?:glaube|denke|vermute|schätze|nehme an|meine)|(?:glaube|denke|vermute"
            r"|schätze)"
            r" ich)\b"
        ),
        r"\b(?:meines wissens|so(?:weit|viel) ich weiß|wenn ich mich (?:recht|richtig|nicht))\b",
        (
            r"\b(?:wahrscheinlich|vermutlich|vielleicht|möglicherweise|eventuell|anscheinend"
            r"|angeblich"
            r"|es scheint)\b|\bkönnten?\b(?! (?:sie|du|ihr|wir|ich)\b)"
        ),
        (
            r"\b(?:je|nous) (?:pense|pensons|crois|croyons|suppose|présume|dirais)\b|\bil me"
            r" semble\b"
            r"|\bà ma connaissance\b|\bautant que je sache\b|\bsi je (?:me souviens|ne me trompe)"
        ),
        (
            r"\b(?:probablement|peut-être|sans doute|apparemment|vraisemblablement)\b"
            r"|\bil (?:semble|semblerait|se peut|se pourrait|est possible)\b|\bpourrai(?:t|ent)\b"
        ),
        (
            r"\b(?:creo|pienso|supongo|diría|sospecho|imagino) que\b|\bme parece\b|\bque yo sepa\b"
            r"|\bhasta donde sé\b|\bsi (?:no me equivoco|mal no recuerdo|recuerdo bien)\b"
        ),
        (
            r"\b(?:probablemente|quizás?|tal vez|a lo mejor|posiblemente|aparentemente|al parecer"
            r"|parece que|puede que)\b|\bpodrían?\b"
        ),
        (
            r"\b(?:penso|credo|suppongo|immagino|direi|ritengo|presumo) (?:che|di|sia)\b"
            r"|\bmi (?:sembra|pare)\b|\bper quanto (?:ne )?so\b|\bse (?:non (?:sbaglio|erro)"
            r"|ricordo bene)"
        ),
        (
            r"\b(?:probabilmente|forse|magari|apparentemente|a quanto pare|sembra che|può darsi)\b"
            r"|\bpotrebbe(?:ro)?\b"
        ),
        (
            r"\b(?:acho|penso|creio|suponho|acredito|imagino|diria) que\b|\bme parece\b"
            r"|\bparece-me\b"
            r"|\bque eu saiba\b|\b(?:até onde|tanto quanto) sei\b|\bse (?:não me engano|bem me"
            r" lembro)\b"
        ),
        (
            r"\b(?:provavelmente|talvez|possivelmente|aparentemente|ao que parece|parece que"
            r"|pode ser"
            r" que)\b|\bpoderiam?\b"
        ),
        (
            r"\bik (?:denk|geloof|vermoed|gok|neem aan)\b|\bdenk ik\b|\bvolgens mij\b"
            r"|\bvoor zover ik weet\b|\bals ik (?:het )?me (?:goed|niet)\b"
        ),
        (
            r"\b(?:waarschijnlijk|misschien|wellicht|vermoedelijk|blijkbaar|schijnbaar|mogelijk"
            r"|het (?:lijkt|schijnt))\b|\bzou(?:den)? (?:\w{1,15} )?kunnen\b"
        ),
        (
            r"\b(?:myślę|sądzę|przypuszczam|zakładam),? że\b|\bwydaje (?:mi )?się\b|\bo ile"
            r" (?:mi )?"
            r"(?:wiem|wiadomo|się nie mylę|dobrze pamiętam)\b|\bz tego,? co wiem\b"
        ),
        (
            r"\b(?:prawdopodobnie|być może|chyba|zapewne|podobno|najwyraźniej|możliwe,? że)\b"
            r"|\bmógłby\b|\bmogł(?:a|o)by\b"
        ),
        (
            r"と思(?:います|われます|う|われる)|だと思|かもしれ(?:ません|ない)|でしょう(?!か)"
            r"|おそらく|恐らく|たぶん|多分"
            r"|もしか(?:すると|したら)|(?:よう|らしい)です|と考えられます|の知る限り"
        ),
        (
            r"我(?:认为|觉得|猜|估计|推测|認為|覺得)|我想(?!要|知道)|也许|或许|大概|似乎|好像"
            r"|据我所知|如果我没记错"
            r"|恐怕|应该是|也許|或許|據我所知"
        ),
    ),
    0.6: (
        r"(?<!you )\bcould\b(?! (?:you|i|we|not)\b)|\b(?:likely|arguably)\b",
        r"(?<!you )(?<!we )(?-i:\bmay\b)(?! (?:i|you|we)\b)",
        (
            r"\b(?:dürften?|wohl)\b|\bdevrait\b|\bdebería(?:n)?\b|\bdovrebbe\b|\bdeveria\b"
            r"|\bzou(?:den)? moeten\b|\bpowinn[oay]\b"
        ),
        r"可能(?!性)|はずです|可能性があります",
    ),
}
"""How confident one still is who says so, and the words."""
