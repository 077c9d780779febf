import pytest

from intake.text.unicode import punctuation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("well\u2010known", ""),
        ("well\u2011known", "-"),
        ("well\u2010known, long-term", "-"),
        ("well\u2010known - long", ""),
        ("a\u2010b\u2011c", "--"),
        ("end\u2024 At 5\ua78930", ".:"),
        ("Հայ\u2024", ""),
    ],
)
def test_signs_of_ascii(text: str, expected: str) -> None:
    assert "".join(edit.new for edit in punctuation.edits(text)) == expected
