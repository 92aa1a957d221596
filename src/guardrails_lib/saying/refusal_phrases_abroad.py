"""What somebody says who declines, in the languages beside English."""

# ruff: noqa: RUF001  # punctuation of other scripts is meant

from __future__ import annotations

__all__ = ["ABROAD", "CUES"]

CUES = {
    "de": ("nicht", "kein", "leid", "ablehn", "verweiger", "richtlinien", "regeln", "grundsätze"),
    "fr": (
        "je ne",
        "nous ne",
        "refus",
        "déclin",
        "désolé",
        "mais",
        "malheureus",
        "en tant",
        "contraire",
        "impossible",
    ),
    "es": (
        "no ",
        "recha",
        "declin",
        "negar",
        "niego",
        "siento",
        "lament",
        "disculp",
        "contra",
        "infringe",
    ),
    "it": (
        "non ",
        "rifiut",
        "declin",
        "piace",
        "spiacente",
        "purtroppo",
        "scuso",
        "contr",
        "viola",
    ),
    "pt": (
        "não",
        "recus",
        "declin",
        "muito",
        "lamento",
        "descul",
        "infelizmente",
        "contra",
        "viola",
    ),
    "nl": (
        "niet",
        "geen",
        "weiger",
        "afwijz",
        "afsla",
        "spijt",
        "sorry",
        "helaas",
        "strijd",
        "tegen",
    ),
    "pl": ("nie", "odm", "przykro", "przepraszam", "wbrew", "narusza"),
    "ja": (
        "せん",
        "ない",
        "わけ",
        "控え",
        "しかね",
        "断り",
        "拒否",
        "申し訳",
        "恐れ",
        "残念",
        "違反",
        "反",
    ),
    "zh": (
        "不",
        "没",
        "無",
        "无",
        "恕",
        "拒",
        "歉",
        "对不起",
        "對不起",
        "遗憾",
        "遺憾",
        "违反",
        "違反",
        "沒",
    ),
}
"""A text with none of these has none of the phrases of that language."""

ABROAD = {
    "de": (
        (
            (
                r"\b(?:ich|wir) (?:kann|können|darf|dürfen|werde|werden|möchte)\b[^.!?\n]{0,60}?"
                r"\b(?:nicht|keine?[nrs]?)\b[^.!?\n]{0,60}?"
                r"(?:helfen|unterstütz|beantwort|bereitstell|geben|erstell|erfüll"
                r"|nachkomm|mitwirk|bearbeit"
                r"|behilflich|anbieten|schreiben|teilen|auskunft|teilnehmen|generieren|weitergeben"
                r"|liefern|tun\b)"
            ),
            0.85,
        ),
        (
            (
                r"\b(?:kann|können|darf|dürfen|werde|möchte) (?:ich|wir)\b[^.!?\n]{0,60}?"
                r"\b(?:nicht|keine?[nrs]?)\b[^.!?\n]{0,60}?"
                r"(?:helfen|unterstütz|beantwort|bereitstell|geben|erstell|erfüll"
                r"|nachkomm|mitwirk|bearbeit"
                r"|behilflich|anbieten|schreiben|teilen|auskunft|teilnehmen|generieren|weitergeben"
                r"|liefern|tun\b)"
            ),
            0.85,
        ),
        (r"\b(?:ich|wir) (?:muss|müssen|möchte)\b[^.!?\n]{0,60}?\b(?:ablehnen|verweigern)", 0.9),
        (r"\b(?:ich bin|bin ich|wir sind) (?:leider )?nicht in der lage", 0.75),
        (r"\b(?:es )?tut mir (?:sehr )?leid,? (?:aber|doch|dass?|dabei|ich)\b", 0.45),
        (
            (
                r"\bals (?:ki|künstliche|sprachmodell|virtuelle)[^.!?\n]{0,60}?\b(?:nicht"
                r"|keine?[nrs]?)\b"
            ),
            0.55,
        ),
        (
            (
                r"\b(?:gegen|verstößt) (?:gegen )?(?:meine|unsere|die)"
                r" (?:\w{1,20} )?(?:richtlinien|regeln|grundsätze)"
            ),
            0.65,
        ),
    ),
    "fr": (
        (
            (
                r"\b(?:je|nous) ne (?:peux|puis|saurais|vais|suis|pouvons|souhaite"
                r"|sommes)\b[^.!?\n]{0,60}?"
                r"(?:aider|assister|fournir|répondre|donner|satisfaire|accéder|créer"
                r"|générer|écrire|rédiger"
                r"|traiter|participer|partager|discuter|effectuer|faire|accompagner|en mesure"
                r"|autorisé"
                r"|communiquer|révéler)"
            ),
            0.85,
        ),
        (
            r"\bje (?:dois|me vois|suis (?:obligé|contraint))\b[^.!?\n]{0,40}?(?:refuser|décliner)",
            0.9,
        ),
        (r"\bje refuse (?:de|cette|votre)\b", 0.9),
        (
            (
                r"\b(?:je (?:suis|regrette)|nous sommes) ?(?:vraiment "
                r"|sincèrement )?(?:désolée?s?)?,? mais\b"
            ),
            0.45,
        ),
        (r"\b(?:désolée?|malheureusement),? (?:mais )?(?:je|nous|cela|il)\b", 0.45),
        (
            r"\ben tant qu(?:e |')(?:ia|intelligence|assistante?|modèle)[^.!?\n]{0,60}? n(?:e |')",
            0.55,
        ),
        (
            r"\bcontraire (?:à|aux) (?:mes|nos|les)? ?(?:directives|principes|règles|politiques?)",
            0.65,
        ),
        (r"\bil (?:m'|nous )est impossible d(?:e|')", 0.75),
    ),
    "es": (
        (
            (
                r"\bno (?:puedo|podemos|podré|voy a|soy capaz de|estoy (?:autorizad[oa]"
                r"|en condiciones)"
                r"|me es posible|me está permitido|debo)\b[^.!?\n]{0,50}?"
                r"(?:ayudar|asistir|proporcionar|ofrecer|responder|dar|cumplir|crear|generar"
                r"|escribir"
                r"|compartir|participar|atender|hablar|hacer|procesar|facilitar|revelar|apoyar)"
            ),
            0.85,
        ),
        (
            (
                r"\b(?:debo|tengo que|me veo obligad[oa] a) (?:rechazar|declinar|negarme)|\bme"
                r" niego a\b"
            ),
            0.9,
        ),
        (
            (
                r"\b(?:lo siento|lo lamento|lamentablemente|disculpa|disculpe)(?: mucho)?,?"
                r" (?:pero|no)\b"
            ),
            0.45,
        ),
        (r"\bcomo (?:una? )?(?:ia|inteligencia|modelo|asistente)\b[^.!?\n]{0,60}? no\b", 0.55),
        (
            (
                r"\b(?:en contra de|contrari[oa] a|infringe) (?:mis|nuestras|las)"
                r" (?:\w{1,20} )?(?:directrices|políticas|normas|principios)"
            ),
            0.65,
        ),
    ),
    "it": (
        (
            (
                r"\bnon (?:posso|possiamo|potrò|sono in grado di|siamo in grado di|mi è"
                r" (?:possibile"
                r"|permesso|consentito)|intendo|sono autorizzat[oa])\b[^.!?\n]{0,50}?"
                r"(?:aiutar|assister|fornir|rispond|dar|soddisfar|crear|generar|scriver|condivider"
                r"|partecipar|discuter|far|elaborar|proceder|supportar|rivelar|esser)"
            ),
            0.85,
        ),
        (r"\b(?:devo|sono costrett[oa] a) (?:rifiutar|declinar)|\bmi rifiuto di\b", 0.9),
        (r"\b(?:mi (?:dis|s)piace|spiacente|purtroppo|mi scuso)(?: molto)?,? (?:ma|non)\b", 0.45),
        (
            (
                r"\b(?:come|in quanto) (?:un[' ]?)?(?:ia|intelligenza|modello"
                r"|assistente)\b[^.!?\n]{0,60}? non\b"
            ),
            0.55,
        ),
        (
            (
                r"\b(?:contro|contrari[oa] a|viola) ?(?:le mie|le nostre|alle mie|le)"
                r" (?:\w{1,20} )?(?:linee guida|politiche|regole)"
            ),
            0.65,
        ),
    ),
    "pt": (
        (
            (
                r"\bnão (?:posso|podemos|consigo|vou|estou autorizad[oa] a|sou capaz de"
                r"|me é (?:possível"
                r"|permitido)|poderei|devo)\b[^.!?\n]{0,50}?"
                r"(?:ajudar|ajudá|auxiliar|fornecer|responder|dar|atender|criar|gerar|escrever"
                r"|compartilhar|partilhar|participar|discutir|fazer|cumprir|oferecer|processar"
                r"|apoiar"
                r"|revelar|assistir)"
            ),
            0.85,
        ),
        (r"\b(?:devo|tenho de|tenho que|preciso) (?:recusar|declinar)|\brecuso-me a\b", 0.9),
        (r"\b(?:sinto muito|lamento|desculpe|peço desculpas?|infelizmente),? (?:mas|não)\b", 0.45),
        (r"\bcomo (?:uma? )?(?:ia|inteligência|modelo|assistente)\b[^.!?\n]{0,60}? não\b", 0.55),
        (
            (
                r"\b(?:contra|viola) (?:as )?(?:minhas|nossas) (?:\w{1,20} )?(?:diretrizes"
                r"|políticas|normas)"
            ),
            0.65,
        ),
    ),
    "nl": (
        (
            (
                r"\b(?:ik (?:kan|mag|zal|wil|ga)|(?:kan|mag|zal|wil|ga) ik|we kunnen|kunnen we)\b"
                r"[^.!?\n]{0,60}?\b(?:niet|geen)\b[^.!?\n]{0,60}?"
                r"(?:help|assister|geven|verstrek|beantwoord|voldoen|maken|schrijven"
                r"|meewerk|bieden|delen"
                r"|uitvoer|bespreken|genereren|ondersteun|van dienst|doen\b)"
            ),
            0.85,
        ),
        (r"\bik (?:moet|wil)\b[^.!?\n]{0,60}?(?:weigeren|afwijzen|afslaan)|\bik weiger\b", 0.9),
        (r"\bik ben (?:helaas )?niet (?:in staat|bevoegd)", 0.75),
        (r"\b(?:het spijt me|sorry|helaas),? (?:maar|kan|dat)\b", 0.45),
        (
            (
                r"\bals (?:een )?(?:ai|kunstmatige|taalmodel|virtuele)\b[^.!?\n]{0,60}?\b(?:niet"
                r"|geen)\b"
            ),
            0.55,
        ),
        (
            (
                r"\b(?:in strijd met|tegen) (?:mijn|onze) (?:\w{1,20} )?(?:richtlijnen|regels"
                r"|beleid|principes)"
            ),
            0.65,
        ),
    ),
    "pl": (
        (
            (
                r"\bnie (?:mogę|możemy|jestem w stanie|będę|potrafię|wolno mi"
                r"|zamierzam)\b[^.!?\n]{0,60}?"
                r"(?:pom[óa]|udziel|dostarcz|odpowi|poda|stworz|napisa|wygener|spełni"
                r"|zrealiz|uczestnicz"
                r"|udostępni|zrobi|wykona|doradz|wesprz|spełni|ujawni|przekaza)"
            ),
            0.85,
        ),
        (r"\b(?:muszę|zmuszon[ya] jestem) odmówić|\bodmawiam\b", 0.9),
        (r"\b(?:przykro mi|przepraszam|niestety),? (?:ale|nie)\b", 0.45),
        (r"\bjako (?:ai|si|sztuczna|model|asystent)\b[^.!?\n]{0,60}? nie\b", 0.55),
        (
            (
                r"\b(?:wbrew|niezgodn[aey] z|narusza) (?:moi(?:mi|m|ch)|moje|naszy(?:mi|m))"
                r" (?:\w{1,20} )?(?:wytyczny|zasad|regula)"
            ),
            0.65,
        ),
    ),
    "ja": (
        (
            (
                r"(?:お手伝い|手伝|お答え|答え|対応|回答|提供|ご案内|案内|お応え|支援|ご?協力|作成|お教え|教え|応じ"
                r"|お話し|開示|サポート)[^。！？\n]{0,14}?(?:でき(?:ません|かね|ない)|出来(?:ません|ない)|しかねま|いたしかねま"
                r"|致しかねま|られません|られない|わけにはいきません|控え)"
            ),
            0.85,
        ),
        (r"(?:お断り|拒否)(?:し|いた|させ|致)", 0.85),
        (
            r"(?:申し訳(?:ありません|ございません|ないのですが)|すみません|恐れ入りますが|残念ながら)",
            0.45,
        ),
        (
            r"(?:AI|人工知能|言語モデル|アシスタント)(?:として|ですので|なので|であるため)[^。\n]{0,60}?(?:ません|ない)",
            0.55,
        ),
        (r"(?:ガイドライン|ポリシー|規約|方針)に(?:違反|反)", 0.65),
    ),
    "zh": (
        (
            (
                r"(?:无法|不能|不可以|没有办法|没办法|無法|不便|不会|不會|恕不)(?:直接)?"
                r"(?:(?:为|向|给|給|對|对|就|替|幫|帮)(?:您|你|此|这个问题|這個問題))?(?:在这方面|在這方面)?"
                r"(?:提供|回答|帮|幫|协助|協助|满足|滿足|完成|处理|處理|生成|撰写|编写|参与|參與|支持|讨论|討論|执行"
                r"|给出|透露|分享|这样做|這樣做|这么做|答应|回应|给您|泄露)"
            ),
            0.85,
        ),
        (r"(?:我|我们|必须|只能)(?:必须|不得不|只能|选择|要)?拒绝|恕难从命|婉拒", 0.85),
        (r"(?:抱歉|对不起|對不起|很遗憾|很遺憾|不好意思)", 0.45),
        (
            (
                r"作[为為](?:一个|一個|一款|一名)?(?:AI|人工智[能慧]|语言模型|語言模型|大语言模型|助手|助理)[^。\n]{0,40}?(?:不能"
                r"|无法|無法|没有|沒有)"
            ),
            0.55,
        ),
        (
            r"(?:违反|違反|不符合)(?:了)?(?:我的|相关|我们的|使用)?(?:准则|準則|政策|规定|原则|规范)",
            0.65,
        ),
    ),
}
"""Of each language, patterns, and how much each says for itself that this is a refusal."""
