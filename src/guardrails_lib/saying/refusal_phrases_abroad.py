"""What somebody says who declines, in German, Dutch, Polish, Japanese and Chinese."""

# ruff: noqa: RUF001  # punctuation of other scripts is meant

from __future__ import annotations

__all__ = ["ABROAD", "ABROAD_CUES"]

ABROAD_CUES = {
    "de": (
        "nicht",
        "kein",
        "leid",
        "leider",
        "ablehn",
        "verweiger",
        "richtlinien",
        "regeln",
        "grundsätze",
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
        "かね",
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
        "属于",
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
"""Without one of these a sentence has none of the phrases of that language."""

ABROAD = {
    "de": (
        (
            r"\b(?:(?:kann|darf|möchte) ich(?: leider)?|ich (?:kann|darf|möchte) dazu) nichts\b",
            0.6,
        ),
        (r"\bich werde (?:nicht|keine?[nrs]?)\b", 0.55),
        (r"\bleider\b", 0.2),
        (
            (
                r"\b(?:ich (?:kann|darf)|(?:kann|darf) ich)\b(?![^.!?\n]{0,80}(?:finden|sehen"
                r"|glauben|erkennen|warten"
                r"|vorstellen|erinnern|fehler|problem|, ob))[^.,!?\n]{0,40}?\b(?:nicht"
                r"|keine?[nrs]?)\b"
            ),
            0.5,
        ),
        (
            (
                r"\b(?:erstelle|schreibe|beantworte|verrate|unterstütze|helfe|teile|mache) ich"
                r" (?:\w{1,12} )?nicht\b"
            ),
            0.7,
        ),
        (r"\bich möchte (?:\w{1,12} )?lieber nicht\b", 0.75),
        (
            (
                r"\b(?:ich|wir) (?:kann|können|darf|dürfen|werde|werden|möchte)\b[^.!?\n]{0,60}?"
                r"\b(?:nicht|keine?[nrs]?)\b[^.!?\n]{0,60}?"
                r"(?:helfen|unterstütz|beantwort|bereitstell|geben|erstell|erfüll"
                r"|nachkomm|mitwirk|bearbeit"
                r"|behilflich|anbieten|schreiben|teilen|auskunft|teilnehmen|generieren|weitergeben"
                r"|liefern|mitmach|äußern|sagen|empfehl|durchführ|ausführ|beraten|nennen|verraten"
                r"|zugreifen|eingehen|beurteil|tun\b)"
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
                r"|liefern|mitmach|äußern|sagen|empfehl|durchführ|ausführ|beraten|nennen|verraten"
                r"|zugreifen|eingehen|beurteil|tun\b)"
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
    "nl": (
        (r"\b(?:kan|mag) ik (?:helaas )?niets\b|\bik zal (?:niet|geen)\b", 0.55),
        (r"\bhelaas\b", 0.2),
        (
            (
                r"\b(?:ik (?:kan|mag)|(?:kan|mag) ik)\b(?![^.!?\n]{0,80}(?:vinden|zien|geloven"
                r"|voorstellen"
                r"|wachten|herinneren|fout|probleem|, of))[^.,!?\n]{0,40}?\b(?:niet|geen)\b"
            ),
            0.5,
        ),
        (
            (
                r"\b(?:werk|doe) ik (?:\w{1,10} )?niet (?:aan )?mee\b|\bik (?:werk|doe) (?:\w{1,10}"
                r" )?niet (?:aan )?mee\b"
            ),
            0.8,
        ),
        (r"\bik (?:doe|zeg|deel|geef) (?:\w{1,10} )?liever niet\b", 0.75),
        (
            (
                r"\b(?:ik (?:kan|mag|zal|wil|ga)|(?:kan|mag|zal|wil|ga) ik|we kunnen|kunnen we)\b"
                r"[^.!?\n]{0,60}?\b(?:niet|geen)\b[^.!?\n]{0,60}?"
                r"(?:help|assister|geven|verstrek|beantwoord|voldoen|maken|schrijven"
                r"|meewerk|bieden|delen"
                r"|uitvoer|bespreken|genereren|ondersteun|van dienst|adviser|zeggen|doen\b)"
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
        (r"\bnie ujawniam|\bnie udzielam|\bnie podaję", 0.6),
        (r"\bniestety\b", 0.2),
        (
            (
                r"\bnie (?:mogę|wolno mi|mam możliwości)\b(?![^.!?\n]{0,60}(?:znale|zobacz|uwierz"
                r"|wyobra|docze"
                r"|przypomn|błęd|problem|, czy))"
            ),
            0.5,
        ),
        (r"\bwolę nie\b", 0.75),
        (
            (
                r"\bnie (?:mogę|możemy|jestem w stanie|będę|potrafię|wolno mi"
                r"|zamierzam)\b[^.!?\n]{0,60}?"
                r"(?:pom[óa]|udziel|dostarcz|odpowi|poda|stworz|napisa|wygener|spełni"
                r"|zrealiz|uczestnicz"
                r"|udostępni|zrobi|wykona|doradz|wesprz|spełni|ujawni|przekaza|powiedzie|wyrazi"
                r"|poleci)"
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
        (r"控えさせて(?:いただ|頂)|ことは(?:でき|出来)ません", 0.6),
        (
            (
                r"(?:伝え|受け|引き受け|行う|差し上げ)[^。！？\n]{0,10}?(?:でき|出来|しかね"
                r"|いたしかね)(?:ません|ない|ます)"
            ),
            0.7,
        ),
        (r"差し控え", 0.75),
        (
            (
                r"(?:お手伝い|手伝|お答え|答え|対応|回答|提供|ご案内|案内|お応え|支援|ご?協力|作成"
                r"|お教え|教え|応じ"
                r"|お話し|開示|サポート)[^。！？\n]{0,14}?(?:(?:でき|して(?:おり|い))(?:ません|かね"
                r"|ない)|出来(?:ません|ない)|しかねま|いたしかねま"
                r"|致しかねま|られません|られない|わけにはいきません|控え)"
            ),
            0.85,
        ),
        (r"(?:お断り|拒否)(?:し|いた|させ|致)", 0.85),
        (
            (
                r"(?:申し訳(?:ありません|ございません|ないのですが)|すみません|恐れ入りますが"
                r"|残念ながら)"
            ),
            0.45,
        ),
        (
            (
                r"(?:AI|人工知能|言語モデル|アシスタント)(?:として|ですので|なので"
                r"|であるため)[^。\n]{0,60}?(?:ません|ない)"
            ),
            0.55,
        ),
        (r"(?:ガイドライン|ポリシー|規約|方針)に(?:違反|反)", 0.65),
    ),
    "zh": (
        (r"恕不|不便(?:透露|奉告)|属于(?:保密|机密)", 0.55),
        (
            (
                r"我们?(?:不能|无法|沒法|没法|不可以)(?!确定|相信|想象|找到|看到|判断|保证|理解"
                r"|發現|发现)"
            ),
            0.55,
        ),
        (r"(?:做|办|辦)不到", 0.5),
        (
            (
                r"(?:无法|不能|不可以|没有办法|没办法|無法|不便|不会|不會|恕不)(?:直接)?"
                r"(?:(?:为|向|给|給|對|对|就|替|幫|帮)(?:您|你|此|这个问题|這個問題))?(?:在这方面"
                r"|在這方面)?"
                r"(?:提供|回答|帮|幫|协助|協助|满足|滿足|完成|处理|處理|生成|撰写|编写|参与|參與"
                r"|支持|讨论|討論|执行"
                r"|给出|透露|分享|这样做|這樣做|这么做|答应|回应|给您|泄露)"
            ),
            0.85,
        ),
        (r"(?:我|我们|必须|只能)(?:必须|不得不|只能|选择|要)?拒绝|恕难从命|婉拒", 0.85),
        (r"(?:抱歉|对不起|對不起|很遗憾|很遺憾|不好意思)", 0.45),
        (
            (
                r"作[为為](?:一个|一個|一款|一名)?(?:AI|人工智[能慧]|语言模型|語言模型|大语言模型"
                r"|助手|助理)[^。\n]{0,40}?(?:不能"
                r"|无法|無法|没有|沒有)"
            ),
            0.55,
        ),
        (
            (
                r"(?:违反|違反|不符合)(?:了)?(?:我的|相关|我们的|使用)?(?:准则|準則|政策|规定|原则"
                r"|规范)"
            ),
            0.65,
        ),
    ),
}
"""Of each language, patterns, and how much each says for itself that this is a refusal."""
