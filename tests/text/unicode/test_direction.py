import pytest

from intake.text.unicode.direction import first_strong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BBC ب", "ltr"),
        ("1, ب BBC", "rtl"),
        ("«Да»", "ltr"),
        ("123 …", ""),
        ("", ""),
        ("!?", ""),
        ("א", "rtl"),
    ],
)
def test_first_strong(text: str, expected: str) -> None:
    assert first_strong(text) == expected
