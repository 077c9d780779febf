import pytest

from intake.text.language import guess

SENTENCES = {
    "en": "All human beings are born free and equal in dignity and rights.",
    "kk": "Барлық адамдар тумысынан азат және қадір-қасиеті мен құқықтары тең болып дүниеге келеді.",
    "ru": "Каждый человек имеет право на жизнь, на свободу и на личную неприкосновенность, и не может быть в рабстве.",
    "ar": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق، وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا",
    "fa": "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند.",
    "ug": "ھەممە ئادەم زانىدىنلا ئەركىن، ئىززەت-ھۆرمەت ۋە ھوقۇقتا باپباراۋەر بولۇپ تۇغۇلغان.",
    "zh": "人人生而自由，在尊严和权利上一律平等。",
    "ja": "すべての人間は、生れながらにして自由であり",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน",
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
    "tr": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar ve bir vicdana sahiptirler.",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items())
def test_guess(language: str, text: str) -> None:
    assert guess(text) == language


@pytest.mark.parametrize(
    "text", ["", "123 456", "ok", "xqz vbw kkj ppq zzt wwv qqx jjk vvb", "Hello Привет 你好 สวัสดี שלום γεια"]
)
def test_is_silent_where_unsure(text: str) -> None:
    assert guess(text) is None
