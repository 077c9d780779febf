import pytest

from intake.text.unicode import directions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ا\u200fب", [1]),
        ("ا\u200f\u061cب", [1, 2]),
        ("سلام\u200f، و", [4]),
        ("a\u200eb א", [1]),
        ("ا\u200f!", []),
        ("ا \u200f12 ب", []),
        ("ا\u200fb", []),
        ("ا\u200f\nب", []),
    ],
)
def test_idle_marks(text: str, expected: list[int]) -> None:
    assert directions.idle_marks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("אב ג", "R"), ("ab, c", "L"), ("א1", ""), ("אa", ""), ("", "")]
)
def test_direction_of_all(text: str, expected: str) -> None:
    assert directions.of_all(text) == expected


def test_neighbours() -> None:
    assert directions.before("א, x", 3) == "R"
    assert directions.after("א, x", 1) == "L"
    assert directions.after("\u2067א", 0) == ""
    assert directions.after("\u2067א", 0, "\u2067") == "R"
