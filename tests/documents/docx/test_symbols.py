import pytest

from intake.documents.docx import symbols


@pytest.mark.parametrize(
    ("font", "code", "char"),
    [
        ("Symbol", 0xF061, "α"), ("Symbol", 0xB7, "•"), ("Symbol", 0xDE, "⇒"), ("Wingdings", 0xF0FE, "☑"),
        ("wingdings", 0x4A, "☺"), ("Wingdings 2", 0x52, "☑"), ("Webdings", 0x61, "✔"), ("Wingdings", 0x02, ""),
        ("Wingdings 3", 0xF0FF, "□"), ("Arial", 0x41, "A"), ("Arial", 0xF0FC, "□"), ("Arial", 0xD800, "□"), ("Arial", 0x110000, "□"),
    ],
)  # fmt: skip
def test_symbols_become_unicode(font: str, code: int, char: str) -> None:
    assert symbols.char(font, code) == char


def test_only_private_characters_of_a_text_are_symbols() -> None:
    assert symbols.text("a\uf061", "Symbol") == "aα"
    assert symbols.text("a\uf061", "Arial") == "a\uf061"


def test_letters_are_symbols_in_a_symbol_font_for_latin() -> None:
    assert symbols.text("D б", "Symbol", is_latin=True) == "Δ б"
    assert symbols.text("ü", "Wingdings", is_latin=True) == "✓"
    assert symbols.text("D", "Arial", is_latin=True) == "D"
