import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text.html.removals import colors
from intake.text.html.removals.colors import BLACK, WHITE, Color


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("white", WHITE), ("#fff", WHITE), ("#ffffff", WHITE), ("rgb(255,255,255)", WHITE), ("hsl(0 0% 100%)", WHITE),
        ("rgba(0, 0, 0, 0)", Color(0, 0, 0, 0)), ("transparent", Color(0, 0, 0, 0)), ("windowtext", BLACK), ("window", WHITE),
        ("hwb(0 100% 0%)", WHITE), ("#00000000", Color(0, 0, 0, 0)), ("oklch(1 0 0)", WHITE), ("lab(0 0 0)", BLACK),
        ("oklch(0.6 0.2 30)", None), ("currentcolor", None), ("inherit", None), ("12px", None), ("", None), ("#ff", None),
    ],
)  # fmt: skip
def test_read(value: str, expected: Color | None) -> None:
    found = colors.read(value)
    assert (found is None) == (expected is None)
    if found and expected:
        assert found == pytest.approx(expected, abs=0.5)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("FFFFFF", WHITE),
        ("#fff", WHITE),
        (" Black ", BLACK),
        (None, None),
        ("x", None),
        ("#0000", None),
        ("rgba(0,0,0,0)", None),
    ],
)
def test_attributes(value: str | None, expected: Color | None) -> None:
    assert colors.attribute(value) == expected


def test_a_colour_over_another() -> None:
    assert colors.over(Color(0, 0, 0, 0.5), WHITE) == (127.5, 127.5, 127.5, 1)
    assert colors.over(BLACK, WHITE) == BLACK
    assert colors.distance(Color(1, 2, 3), Color(11, 0, 3)) == 10


@given(
    st.text(max_size=30)
    | st.from_regex(r"(rgb|hsl|lab|oklch|color)\([0-9e.%, /a-z-]{0,20}\)", fullmatch=True)
)
def test_any_value_is_read(value: str) -> None:
    found = colors.read(value.lower())
    assert found is None or len(found) == 4
