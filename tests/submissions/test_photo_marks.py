import pytest

from intake.submissions import photo_marks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Before.</p><p>[📷 12] and [📷 13]</p>", "[📷 12]"),
        ("<p>An older text [Photo 3] has the English word.</p>", "[Photo 3]"),
        ("<p>[Photo] [📷] [photo 1] 📷 1</p>", ""),
    ],
)
def test_the_first_mark_of_a_text_is_found(text: str, expected: str) -> None:
    assert photo_marks.first(text) == expected


def test_a_mark_names_the_number_without_words() -> None:
    assert photo_marks.first(f"a {photo_marks.mark(7)} b") == photo_marks.mark(7) == "[📷 7]"
