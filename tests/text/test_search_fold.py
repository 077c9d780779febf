import pytest

from intake.text.search import fold


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("ÉLECTION", "election"),
        ("İstanbul", "istanbul"),
        ("ISPARTA", "ısparta"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Đồng Mây", "dong may"),
        ("ёлка", "елка"),
        ("oʻzbek", "ozbek"),
        ("كِتَابٌ", "كتاب"),
        ("أحمد", "احمد"),
        ("إلى", "الي"),
        ("مدرسة", "مدرسه"),
        ("کتاب‌ی", "كتاب‌ي"),
        ("كـــتاب", "كتاب"),
        ("ﻛﺘﺎﺏ", "كتاب"),
        ("שָׁלוֹם", "שלום"),
        ("٢٠٢٦ ۲۰۲۶", "2026 2026"),
        ("ＡＢＣ", "abc"),
        ("co\u00adop", "coop"),
    ],
)
def test_spellings_that_people_take_for_one(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("йод", "иод"), ("қала", "кала"), ("ئۇيغۇر", "ئويغور"), ("ไทย", "ไท"), ("မြန်", "မန်"), ("हिन्दी", "हनद")],
)
def test_letters_that_only_look_like_marks(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert fold("Қайта") == "қайта"
