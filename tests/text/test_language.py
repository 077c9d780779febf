import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text import language
from intake.text.language import Told, guess, tell

# One sentence of a news report in each language: workers demonstrated, and the police arrested nobody.
SENTENCES = {
    "am": "ትናንት ሠራተኞች ወደ አደባባይ ወጡ፤ ፖሊስ ማንንም አላሰረም።",
    "ar": "خرج العمال أمس إلى الساحة احتجاجا ولم تعتقل الشرطة أحدا.",
    "az": "Dünən fəhlələr meydana çıxdı, polis heç kəsi saxlamadı.",
    "be": "Учора рабочыя выйшлі на плошчу, паліцыя нікога не затрымала.",
    "bo": "ཁ་སང་ལྷ་སར་བཟོ་པ་ཚོས་ངོ་རྒོལ་བྱས་པ་རེད།",
    "ckb": "دوێنێ کرێکارەکان لە گۆڕەپانەکە ناڕەزاییان دەربڕی و پۆلیس کەسی نەگرت.",
    "en": "Yesterday the workers went to the square, and the police arrested nobody.",
    "fa": "دیروز کارگران در میدان شهر اعتراض کردند و پلیس کسی را بازداشت نکرد.",
    "he": "אתמול יצאו הפועלים לכיכר והמשטרה לא עצרה איש.",
    "hi": "कल मज़दूर चौक पर निकले और पुलिस ने किसी को गिरफ़्तार नहीं किया।",
    "id": "Kemarin para buruh turun ke alun-alun dan polisi tidak menangkap siapa pun.",
    "ja": "昨日、労働者たちは広場に出たが、警察は誰も逮捕しなかった。",
    "kk": "Кеше Алматыда жұмысшылар наразылық шарасына шықты, полиция ешкімді ұстаған жоқ.",
    "kk-Arab": "كەشە الماتىدا جۇمىسشىلار نارازىلىق شاراسىنا شىقتى، پوليتسيا ەشكىمدى ۇستاعان جوق.",
    "kk-Latn": "Keşe Almatyda jūmysşylar narazylyq şarasyna şyqty, polisia eşkımdı ūstağan joq.",
    "kmr": "Duh karker li meydanê li dijî biryarê derketin û polîsan kes negirt.",
    "ky": "Кечээ жумушчулар аянтка чыгып, нааразылык билдиришти, милиция эч кимди кармаган жок.",
    "mn": "Өчигдөр ажилчид талбайд жагсаж, цагдаа хэнийг ч баривчилсангүй.",
    "mn-Mong": "ᠥᠴᠦᠭᠡᠳᠦᠷ ᠠᠵᠢᠯᠴᠢᠳ ᠲᠠᠯᠠᠪᠠᠢ ᠳᠤ ᠵᠢᠭᠰᠠᠪᠠ᠃",
    "my": "မနေ့က အလုပ်သမားတွေ ဆန္ဒပြခဲ့ကြပြီး ရဲက ဘယ်သူ့ကိုမှ မဖမ်းခဲ့ပါ။",
    "ne": "हिजो मजदुरहरूले चोकमा विरोध गरे, प्रहरीले कसैलाई पक्राउ गरेन।",
    "ps": "پرون کارګرانو په ښار کې لاریون وکړ او پولیسو هېڅوک ونه نیول.",
    "ru": "Вчера рабочие вышли на площадь, полиция никого не задержала.",
    "so": "Shalay shaqaalaha ayaa fagaaraha isugu soo baxay, booliskuna cidna ma xirin.",
    "sr": "Јуче су радници изашли на трг, полиција никога није ухапсила.",
    "sr-Latn": "Juče su radnici izašli na trg, policija nikoga nije uhapsila.",
    "tg": "Дирӯз коргарон ба майдон баромаданд ва полис касеро дастгир накард.",
    "th": "เมื่อวานคนงานออกมาชุมนุมที่จัตุรัส ตำรวจไม่ได้จับใคร",
    "ti": "ትማሊ ሰራሕተኛታት ናብ ኣደባባይ ወጺኦም፣ ፖሊስ ንሓደ ሰብ እውን ኣይኣሰረን።",
    "tk": "Düýn işçiler meýdana çykdylar, polisiýa hiç kimi tutmady.",
    "tr": "Dün işçiler meydanda protesto etti, polis kimseyi gözaltına almadı.",
    "ug": "تۈنۈگۈن ئۈرۈمچىدە ئىشچىلار نامايىشقا چىقتى، ساقچىلار ھېچكىمنى تۇتمىدى.",
    "ug-Latn": "Tünügün Ürümchide ishchilar namayishqa chiqti, saqchilar héchkimni tutmidi.",
    "uk": "Вчора робітники вийшли на площу, поліція нікого не затримала.",
    "ur": "کل مزدور چوک میں احتجاج کے لیے نکلے اور پولیس نے کسی کو گرفتار نہیں کیا۔",
    "uz": "Kecha ishchilar maydonga norozilikka chiqdi, politsiya hech kimni ushlamadi.",
    "zh-Hans": "昨天工人们在广场上抗议，警察没有抓人。",
    "zh-Hant": "昨天工人們在廣場上抗議，警察沒有抓人。",
}


@pytest.mark.parametrize(("tag", "text"), SENTENCES.items())
def test_a_sentence_is_told(tag: str, text: str) -> None:
    assert guess(text) == tag


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("uz", "Кеча ишчилар майдонга норозиликка чиқди, полиция ҳеч кимни ушламади."),
        ("az", "Дүнән фәһләләр мејдана чыхды, полис һеч кәси сахламады, ҹәза верилмәди."),
        ("ug-Cyrl", "Түнүгүн Үрүмчидә ишчилар намайишқа чиқти, сақчилар һечкимни тутмиди."),
    ],
)
def test_further_scripts_of_a_language(tag: str, text: str) -> None:
    assert guess(text) == tag


@pytest.mark.parametrize(
    "text",
    [
        "", "123 456", "ok", "xqz vbw kkj ppq zzt wwv qqx jjk vvb", "Hello Привет 你好 สวัสดี שלום γεια",
        "https://example.org/the-news-of-the-day-and-the-night", "ываывалоап дывлоа ывдлоаыва ывадлоы",
    ],
)  # fmt: skip
def test_is_silent_where_unsure(text: str) -> None:
    assert guess(text) is None


def test_addresses_do_not_count() -> None:
    links = " https://example.org/the/workers-and-the-police-in-the-square someone@news.example.org" * 3
    assert guess(SENTENCES["kk"] + links) == "kk"


def test_a_short_text_is_told_by_its_script_alone() -> None:
    assert [guess(word) for word in ("བོད་ཡིག", "ខ្មែរ", "한국어", "中文")] == ["bo", "km", "ko", "zh"]


def test_only_a_long_plain_text_is_sure() -> None:
    assert tell(SENTENCES["en"]) == Told("en", sure=True)
    assert tell("Workers went to the square.") == Told("en", sure=False)
    assert tell("上海") == Told("zh", sure=False)
    mixed = tell(SENTENCES["ru"] + SENTENCES["kk"] + SENTENCES["mn"])
    assert mixed is None or not mixed.sure


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_any_string_is_taken(text: str) -> None:
    assert tell(text) == tell(text)
    tell(SENTENCES["en"] + text)


def test_every_character_is_taken() -> None:
    for first in range(0, sys.maxunicode + 1, 5_000):
        tell("".join(map(chr, range(first, min(first + 5_000, sys.maxunicode + 1)))))


def test_prepare_loads_the_tables_of_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()

    def points(name: str) -> frozenset[str]:
        asked.add(name)
        return frozenset()

    monkeypatch.setattr("intake.text.unicode.tables.points", points)
    language.prepare()
    assert asked == {"simplified", "traditional"}
