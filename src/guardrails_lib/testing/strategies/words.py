"""What people say, in several scripts: a few sentences of our own in each.

``$name`` stands for one of the names, and ``$n`` for a number.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

__all__ = ["SCRIPTS", "TONGUES", "Script", "Tongue"]

Script: TypeAlias = Literal[
    "latin",
    "cyrillic",
    "greek",
    "arabic",
    "hebrew",
    "han",
    "kana",
    "hangul",
    "devanagari",
    "thai",
]
"""What a text is written in."""


class Tongue(NamedTuple):
    """What is said in one script. The shortest of each comes first."""

    said: tuple[str, ...]
    """Short turns of a chat."""
    told: tuple[str, ...]
    """Sentences of a letter, a manual, a report."""
    names: tuple[str, ...]
    """Of people and places that are none."""
    asked: tuple[str, ...]
    """What is printed on a form before a name, a town, a day, an order, a remark."""
    space: str = " "
    """Between two sentences."""


_ENGLISH = Tongue(
    said=(
        "Hello.",
        "Thanks!",
        "where is my order",
        "This is $name, about order $n.",
        "Can I change the address?",
        "It still does not work :(",
        "ok, and how long does that take?",
        "pls help, I'm locked out",
        "No, the other one.",
        "Could you write that as a list?",
        "My last bill was twice what it should be.",
        "What's the weather like there in May?",
        "great \U0001f44d see you tomorrow",
    ),
    told=(
        "The shop opens at nine.",
        "A parcel arrives within $n days.",
        "$name wrote to us on Monday and has had no answer.",
        "Returns are free in the first month.",
        "The lamp on the front turns green when the battery is full.",
        "Sales rose by 4.5% in the second quarter, mostly in the north.",
        "If the pump makes a noise, switch it off and call the number on the lid.",
        "She had lived by the harbour since the year of the flood.",
        "Section 3 says who may sign, and for how much.",
        "As the table shows, 17 of 20 patients slept better.",
        "Nobody on the committee remembered who had first proposed the bridge.",
    ),
    names=("Ann", "Bo Example", "Mira Santangelo", "O'Dell", "Jean-Luc", "Northwick", "Zoë"),
    asked=("Name", "Town", "Date", "Order", "Remarks"),
)

_RUSSIAN = Tongue(
    said=(
        "Привет!",
        "Спасибо большое.",
        "Где мой заказ $n?",
        "Почему так долго?",
        "Всё сломалось :(",
    ),
    told=(
        "Магазин открыт каждый день.",
        "$name ждёт посылку уже $n дня.",
        "Возврат возможен в течение месяца.",
        "Лампа горит зелёным, когда батарея заряжена.",
    ),
    names=("Анна", "Борис Примеров", "Новоград"),
    asked=("Имя", "Город", "Дата", "Заказ", "Примечание"),
)

_GREEK = Tongue(
    said=("Γεια σας.", "Ευχαριστώ πολύ!", "Πού είναι η παραγγελία μου;", "Δεν λειτουργεί."),
    told=(
        "Είμαστε ανοιχτά από τις εννέα.",
        "Κάθε δέμα φτάνει σε $n ημέρες.",
        "Δωρεάν επιστροφή τον πρώτο μήνα.",
    ),
    names=("Άννα", "Νίκος Παραδείγματος", "Νεάπολη"),
    asked=("Όνομα", "Πόλη", "Ημερομηνία", "Παραγγελία", "Σχόλια"),
)

_ARABIC = Tongue(
    said=("مرحبا", "شكرا جزيلا!", "أين طلبي رقم $n؟", "لا يعمل حتى الآن."),
    told=(
        "يفتح المتجر في التاسعة صباحا.",
        "تصل الطرود خلال ثلاثة أيام.",
        "الإرجاع مجاني في الشهر الأول.",
    ),
    names=("آنا", "سامي المثال", "المدينة الجديدة"),
    asked=("الاسم", "المدينة", "التاريخ", "الطلب", "ملاحظات"),
)

_HEBREW = Tongue(
    said=("שלום.", "תודה רבה!", "איפה הזמנה $n שלי?", "זה עדיין לא עובד."),
    told=("החנות נפתחת בתשע.", "החבילה תגיע בתוך שלושה ימים.", "ההחזרה חינם בחודש הראשון."),
    names=("חנה", "דני לדוגמה", "קרית דוגמה"),
    asked=("שם", "עיר", "תאריך", "הזמנה", "הערות"),
)

_CHINESE = Tongue(
    said=("你好。", "谢谢!", "我的订单$n在哪里?", "还是不行。"),
    told=(
        "商店九点开门。",
        "包裹三天之内送到。",
        "第一个月可以免费退货。",
        "电池充满后,指示灯变成绿色。",
    ),
    names=("小安", "王例子", "新城"),
    asked=("姓名", "城市", "日期", "订单", "备注"),
    space="",
)

_JAPANESE = Tongue(
    said=("こんにちは。", "ありがとう!", "ちゅうもん$nはどこですか。", "まだうごきません。"),
    told=(
        "おみせは九じにあきます。",
        "にもつは三日でとどきます。",
        "バッテリーがいっぱいになると、ランプがみどりになります。",
    ),
    names=("アンナ", "たろう レイ", "サンプルまち"),
    asked=("なまえ", "まち", "ひづけ", "ちゅうもん", "メモ"),
    space="",
)

_KOREAN = Tongue(
    said=("안녕하세요.", "감사합니다!", "제 주문 $n은 어디에 있나요?", "아직도 안 돼요."),
    told=(
        "가게는 아홉 시에 엽니다.",
        "소포는 사흘 안에 도착합니다.",
        "첫 달에는 반품이 무료입니다.",
    ),
    names=("안나", "김보기", "새마을"),
    asked=("이름", "도시", "날짜", "주문", "비고"),
)

_HINDI = Tongue(
    said=("नमस्ते।", "बहुत धन्यवाद!", "मेरा ऑर्डर $n कहाँ है?", "यह अब भी काम नहीं करता।"),
    told=("दुकान नौ बजे खुलती है।", "पार्सल तीन दिन में पहुँचता है।", "पहले महीने में वापसी मुफ़्त है।"),
    names=("अन्ना", "राम उदाहरण", "नया नगर"),
    asked=("नाम", "शहर", "तारीख", "ऑर्डर", "टिप्पणी"),
)

_THAI = Tongue(
    said=("สวัสดี", "ขอบคุณมาก", "คำสั่งซื้อ $n ของฉันอยู่ที่ไหน", "ยังใช้ไม่ได้"),
    told=("ร้านเปิดเก้าโมงเช้า", "พัสดุจะถึงภายในสามวัน", "คืนสินค้าได้ฟรีในเดือนแรก"),
    names=("แอน", "สมชาย ตัวอย่าง", "เมืองใหม่"),
    asked=("ชื่อ", "เมือง", "วันที่", "คำสั่งซื้อ", "หมายเหตุ"),
)

TONGUES: dict[Script, Tongue] = {
    "latin": _ENGLISH,
    "cyrillic": _RUSSIAN,
    "greek": _GREEK,
    "arabic": _ARABIC,
    "hebrew": _HEBREW,
    "han": _CHINESE,
    "kana": _JAPANESE,
    "hangul": _KOREAN,
    "devanagari": _HINDI,
    "thai": _THAI,
}
SCRIPTS = tuple(TONGUES)
