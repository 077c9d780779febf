import pytest

from intake.text.html.cleaning import clean
from intake.text.html.elements.symbol_fonts import family, translate


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Symbol", "symbol"),
        ('"Wingdings 2", serif', "wingdings 2"),
        ("Arial, Symbol", "-"),
        ("", "-"),
        ("Segoe UI Symbol", "-"),
    ],
)
def test_family(value: str, name: str) -> None:
    assert family(value) == name


@pytest.mark.parametrize(
    ("text", "font", "seen"),
    [
        ("DT", "symbol", "ΔΤ"),
        ("\uf061\uf0b7\uf0ae", "symbol", "α•→"),
        ("üû\uf0fc", "wingdings", "✓✗✓"),
        ("P\uf052", "wingdings 2", "✓☑"),
        ("\uf001 ж", "symbol", "\uf001 ж"),
        ("D", "-", "D"),
    ],
)
def test_translate(text: str, font: str, seen: str) -> None:
    assert translate(text, font) == seen


def test_a_font_ends_with_its_element_or_with_another_font() -> None:
    raw = "<p>a<font face=Symbol>a<span style='font-family:Arial'>b</span></font>D</p>"
    assert clean(raw).html == "<p>aαbD</p>"
