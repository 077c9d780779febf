import pytest

from intake.text.unicode import presentation


def _written(text: str) -> str:
    chars = list(text)
    for edit in presentation.edits(text):
        chars[edit.place] = edit.new
    return "".join(chars)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ﻣﺪﻳﻨﺔ", "مدينة"),
        ("سﻼم", "سلام"),
        ("ﻻ", "لا"),
        ("دﺍر", "دار"),
        ("سﹻ", "سﹻ"),
        ("ﻫ", "ﻫ"),
        ("ﷺ", "ﷺ"),
    ],
)
def test_letters_take_their_own_shape(text: str, expected: str) -> None:
    assert _written(text) == expected
