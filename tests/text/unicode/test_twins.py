import pytest

from intake.text.unicode import twins


def _written(text: str) -> str:
    chars = list(text)
    for edit in twins.edits(text):
        chars[edit.place] = edit.new
    return "".join(chars)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بيست و بیا و بیش", "بیست و بیا و بیش"),
        ("كتاب و کار و کوه", "کتاب و کار و کوه"),
        ("هەم ھەر ھېچ", "ھەم ھەر ھېچ"),
        ("خانە و نامه و راه", "خانه و نامه و راه"),
        ("۱۳۹۸ و ١٣٩٩ و ۱۲", "۱۳۹۸ و ۱۳۹۹ و ۱۲"),
        ("1–2, 3‒4, 5–6", "1–2, 3–4, 5–6"),
        ("a — b ― c — d", "a — b — c — d"),
        ("ﬁnal oﬃce", "final office"),
        ("ǌegova ljubav", "njegova ljubav"),
        ("⼀⼈ 人", "一人 人"),
        ("เเม่ น้ํา", "แม่ น้ำ"),
        ("ເເມ່", "ແມ່"),
        ("བོད༌སྐད་ང༌།", "བོད་སྐད་ང༌།"),
        ("၁ဝ ၀န်", "၁၀ ဝန်"),
        ("µωρό, 5 µm", "μωρό, 5 µm"),
        ("Haǃ ǃKung", "Ha! ǃKung"),
        ("a‚ b ‚c", "a, b ‚c"),
        ("അവൻ അവന്\u200d", "അവൻ അവൻ"),
    ],
)
def test_signs_that_look_alike(text: str, expected: str) -> None:
    assert _written(text) == expected
    assert _written(expected) == expected
    assert twins.may_edit(set(text))


@pytest.mark.parametrize(
    "text",
    [
        "بي و بی و على",
        "كتاب الناس في المدينة",
        "پسر۱۲ و کتاب",
        "هو هي هذا",
        "a–b — c/d · e",
        "5 − 3, 1 – 2",
        "ꞌa ﷺ ﷲ",
        "50 µm",
        "„a‘ ‚b‘",
        "แม่ เด็ก",
    ],
)
def test_others_stay(text: str) -> None:
    assert _written(text) == text


def test_the_quick_test_needs_two_ways() -> None:
    assert not twins.may_edit(set("کتاب ها — ۱۲/۳"))
