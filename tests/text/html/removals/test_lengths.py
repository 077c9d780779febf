import pytest

from intake.text.html.removals import lengths


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", 0), ("-9999px", -9999), ("1.5in", 144), ("-.5em", -5), ("2rem", 32), ("100vw", 1280), ("calc(0px)", 0), ("1e3px", 1000),
        ("5", None), ("auto", None), ("", None), ("50%", None), ("1px 2px", None), ("px", None), ("calc(1px + 2px)", None),
    ],
)  # fmt: skip
def test_pixels(value: str, expected: float | None) -> None:
    assert lengths.pixels(value, 10) == expected


def test_per_cent_of_a_whole() -> None:
    assert lengths.pixels("-100%", 10, 1280) == -1280


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", 0),
        ("1pt", 4 / 3),
        ("50%", 10),
        ("2em", 40),
        ("smaller", 16.6),
        ("medium", 16),
        ("-1px", 20),
        ("inherit", 20),
        ("x", 20),
    ],
)
def test_font_size(value: str, expected: float) -> None:
    assert lengths.font_size(value, 20) == pytest.approx(expected)
