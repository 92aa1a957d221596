# ruff: noqa: RUF001  # Turkish has letters that look like others
"""The commonest attacks in other languages: forget your instructions, tell me your instructions."""

from __future__ import annotations

from .cue import Cue
from .words import SPACE

__all__ = ["CUES"]

_FEW = rf"(?:[^\W_]{{1,16}}{SPACE}){{0,3}}"
"""Up to three words."""


def _spaced(forget: str, instructions: str, earlier: str) -> str:
    """A verb, what it is about, and which: in either order."""
    return (
        rf"(?i:\b(?:{forget}){SPACE}{_FEW}"
        rf"(?:(?:{instructions}){SPACE}{_FEW}(?:{earlier})|(?:{earlier}){SPACE}{_FEW}(?:{instructions})))"
    )


def _asked(show: str, instructions: str) -> str:
    return rf"(?i:\b(?:{show}){SPACE}{_FEW}(?:{instructions}))"


def _joined(*parts: str) -> str:
    """A language without spaces: the parts in their order, with little between them."""
    return "(?i:" + r"[^\n\u3002.!?\uff01]{0,10}".join(f"(?:{part})" for part in parts) + ")"


_FORGET = {
    "German": _spaced(
        r"ignorier(?:e|en|t)|vergiss|vergesst|vergessen|missachte(?:n|t)?|übergeh(?:e|en)",
        r"anweisung(?:en)?|regel(?:n)?|instruktion(?:en)?|befehle?|vorgaben|richtlinien|prompts?"
        r"|aufgaben?|informationen|nachrichten|alles",
        r"vorherige[nrs]?|bisherige[nrs]?|vorige[nrs]?|frühere[nrs]?|obige[nrs]?|deine[nr]?"
        r"|ihre[nr]?"
        r"|vorhergehende[nrs]?|vorangegangene[nrs]?|ursprüngliche[nrs]?|davor|zuvor|bisher",
    ),
    "French": _spaced(
        r"ignore[zr]?|oublie[zr]?|n['\u2019]\s?obéis plus|ne (?:tiens|tenez) (?:pas|plus) compte"
        r"|fai(?:s|tes) abstraction",
        r"instructions?|consignes?|directives?|règles?|ordres?|prompts?",
        r"précédentes?|précédents?|antérieures?|ci-dessus|préalables|initiales?|tes|vos"
        r"|d['\u2019]avant|antérieurs?",
    ),
    "Spanish": _spaced(
        r"ignora[dr]?|ignore|olvida(?:te)?|olvide|descarta|haz caso omiso|omite|no (?:sigas"
        r"|hagas caso)",
        r"instrucciones|instrucción|reglas|órdenes|ordenes|directrices|indicaciones|prompts?",
        r"anterior(?:es)?|previ[ao]s?|de antes|de arriba|tus|sus|iniciales|precedentes",
    ),
    "Portuguese": _spaced(
        r"ignor[ea]|ignorar|esqueça|esquece|desconsidere|descarte|não siga",
        r"instruções|instrução|regras|ordens|diretrizes|comandos|prompts?",
        r"anterior(?:es)?|prévi[ao]s|acima|suas|tuas|iniciais|precedentes|de antes",
    ),
    "Italian": _spaced(
        r"ignora(?:re)?|ignorate|dimentica(?:re|ti)?|trascura|non (?:seguire|considerare)",
        r"istruzioni|regole|ordini|direttive|indicazioni|comandi|prompt",
        r"precedenti|precedente|di prima|sopra|tue|iniziali|anteriori|vostre",
    ),
    "Dutch": _spaced(
        r"negeer|vergeet|sla over|volg niet",
        r"instructies?|regels|opdrachten|richtlijnen|bevelen|prompts?",
        r"vorige|eerdere|voorgaande|bovenstaande|je|jouw|uw|oorspronkelijke",
    ),
    "Polish": _spaced(
        r"zignoruj|ignoruj|zapomnij o|pomiń|odrzuć",
        r"instrukcj[ei]|polecenia|zasad[ya]?|reguły?|wytyczne|nakazy|prompty?",
        r"poprzednie|wcześniejsze|powyższe|swoje|swoich|twoje|dotychczasowe|poprzednich"
        r"|wcześniejszych",
    ),
    "Turkish": _spaced(
        r"önceki|daha önceki|yukarıdaki|eski|mevcut|kendi",
        r"talimatlar\w{0,6}|kurallar\w{0,6}|komutlar\w{0,6}|yönergeler\w{0,6}|talimatı",
        r"yok say|yoksay|unut|görmezden gel|dikkate alma|göz ardı et|boş ver",
    ),
    "Russian": _spaced(
        r"игнорируй(?:те)?|проигнорируй(?:те)?"
        r"|забудь(?:те)?|отбрось(?:те)?|не (?:следуй|обращай внимания)",
        r"инструкци[ияй]|правила?|указани[яй]|приказы|команды|директивы|промпты?",
        r"предыдущ\w{1,3}|прошл\w{1,3}|ранее|все|свои|твои|выше|исходн\w{1,3}|прежн\w{1,3}",
    ),
    "Arabic": _spaced(
        r"تجاهل|انس[ىي]?|انس|لا تتبع",
        r"(?:ال)?تعليمات(?:ك)?|(?:ال)?أوامر|(?:ال)?قواعد|(?:ال)?توجيهات",
        r"(?:ال)?سابقة|أعلاه|جميع|كل|قبل",
    ),
    "Hindi": _spaced(
        r"पिछले|पिछली|पहले|सभी|पूर्व|अपने",
        r"निर्देशों|निर्देश|नियमों|आदेशों",
        r"अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल|उपेक्षा",
    ),
    "Chinese": _joined(
        r"忽略|无视|無視|忘记|忘掉|忘記|不要理会|不要遵守|不理会",
        r"之前|以前|上面|以上|先前|所有|上述|前面|你的",
        r"指令|指示|提示|规则|規則|命令|说明|設定|设定",
    ),
    "Japanese": _joined(
        r"以前|これまで|前|上記|今まで|あなた|すべて|全て|元",
        r"指示|命令|ルール|指令|プロンプト|設定|制限",
        r"無視|忘れ|破棄|従わな|取り消",
    ),
    "Korean": _joined(
        r"이전|지금까지|앞의|위의|모든|기존|너의|당신의",
        r"지시|명령|규칙|지침|프롬프트",
        r"무시|잊어|잊으|따르지",
    ),
}

_TELL = {
    "German": _asked(
        r"zeig(?:e|en)?|verrate?|nenn(?:e|en)?|gib|wiederhol(?:e|en)?|was (?:ist|sind|steht in)"
        r"|drucke?",
        r"system-?prompts?|systemprompts?|systemanweisung(?:en)?|(?:deine"
        r"|ihre)[nr]? (?:\w{1,14} )?(?:anweisungen|instruktionen|prompts?)",
    ),
    "French": _asked(
        r"montre[zr]?|révèle[zr]?|affiche[zr]?|donne[zr]?|répète[zr]?|quel(?:le)?s? (?:est|sont)",
        r"(?:prompt|message|invite) (?:système|initiale?)|(?:tes|vos) (?:instructions"
        r"|consignes)(?: \w{1,14})?",
    ),
    "Spanish": _asked(
        r"muestra(?:me)?|muéstrame|revela|dime|repite|imprime|cuál(?:es)? (?:es|son)",
        r"(?:prompt|mensaje) (?:del? )?(?:sistema|inicial)|(?:tus|sus) instrucciones(?: \w{1,14})?",
    ),
    "Portuguese": _asked(
        r"mostre|mostra|revele|diga|repita|imprima|qual (?:é|e)|quais são",
        r"prompt (?:do )?(?:sistema|inicial)|(?:suas|tuas) instruções(?: \w{1,14})?",
    ),
    "Italian": _asked(
        r"mostra(?:mi)?|rivela(?:mi)?|dimmi|ripeti|stampa|qual è|quali sono",
        r"prompt (?:di|del )?(?:sistema|iniziale)|(?:tue|vostre) istruzioni(?: \w{1,14})?",
    ),
    "Dutch": _asked(
        r"toon|laat|onthul|geef|herhaal|wat (?:is|zijn)|print",
        r"systeem-?prompt|(?:je|jouw|uw) (?:\w{1,14} )?(?:systeeminstructies|instructies|prompt)",
    ),
    "Polish": _asked(
        r"pokaż|ujawnij|podaj|powtórz|wypisz|jaki[e]? (?:jest|są)",
        r"prompt systemowy|(?:swoje|twoje) (?:\w{1,14} )?instrukcje|instrukcje systemowe",
    ),
    "Russian": _asked(
        r"покажи(?:те)?|раскрой(?:те)?|выведи(?:те)?|повтори(?:те)?|назови|расскажи|каковы?",
        r"системн\w{2,3} (?:промпт\w{0,2}|инструкци\w{1,2}|сообщени\w)|(?:свои|твои"
        r"|ваши) (?:\w{1,14} )?инструкции",
    ),
    "Turkish": _asked(
        r"sistem|başlangıç|gizli",
        r"(?:istemini|istemi|talimatlarını|talimatını|komutunu"
        r"|promptunu) (?:\w{1,14} )?(?:göster|yaz|söyle|açıkla|paylaş)",
    ),
    "Arabic": _asked(
        r"اعرض|أظهر|اكشف|كرر|أخبرني|ما هي",
        r"تعليماتك|تعليمات النظام|موجه النظام",
    ),
    "Hindi": _asked(
        r"अपना|अपने|सिस्टम",
        r"(?:प्रॉम्प्ट|निर्देश|निर्देशों) (?:को )?(?:दिखाओ|बताओ|दिखाएं|बताएं)",
    ),
    "Chinese": _joined(
        r"显示|顯示|告诉我|告訴我|输出|重复|透露|泄露|打印",
        r"你的|系统|系統|初始",
        r"提示词|提示詞|指令|提示",
    ),
    "Japanese": _joined(
        r"システム|あなたの|初期|元の",
        r"プロンプト|指示|命令",
        r"教えて|表示|見せて|出力|公開|繰り返",
    ),
    "Korean": _joined(
        r"시스템|너의|당신의|초기",
        r"프롬프트|지시|명령",
        r"보여|알려|출력|말해|공개",
    ),
}

CUES: tuple[Cue, ...] = (
    *(
        Cue("override", f"it tells the model, in {name}, to forget its instructions", 0.75, each)
        for name, each in _FORGET.items()
    ),
    *(
        Cue("extraction", f"it asks, in {name}, for the model's instructions", 0.7, each)
        for name, each in _TELL.items()
    ),
)
