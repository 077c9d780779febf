import pytest

from intake.documents import visibility


@pytest.mark.parametrize(
    ("color", "background", "points", "style"),
    [
        ("FFFFFF", None, None, 'span style="color:#ffffff"'),
        ("fefefe", "FFFFFF", 12, 'span style="color:#fefefe"'),
        ("ffffff", "000080", None, None),
        (None, "000000", None, None),
        ("000000", "000000", None, 'span style="color:#000000;background-color:#000000"'),
        ("0563c1", None, 11, None),
        (None, None, 1, 'span style="font-size:1pt"'),
        ("transparent", None, None, 'span style="color:transparent"'),
        ("ffffff", "unknown", None, None),
        ("odd", None, None, None),
    ],
)
def test_only_texts_that_are_hard_to_see_get_a_style(
    color: str | None, background: str | None, points: float | None, style: str | None
) -> None:
    assert visibility.style(color, background, points) == style


def test_colours_are_six_digits() -> None:
    assert visibility.hex_color("#AAbb00") == "AAbb00"
    assert [visibility.hex_color(value) for value in (None, "auto", "#fff")] == [None] * 3
