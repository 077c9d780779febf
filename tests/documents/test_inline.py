import pytest

from intake.documents.inline import Budget, InlineText, attribute
from intake.documents.refusal import DocumentRefused


def test_neighbours_of_equal_formatting_share_their_elements() -> None:
    line = InlineText()
    for text, wraps in (("a", ("b",)), ("<", ("b",)), ("c", ("b", "i")), ("d", ())):
        line.text(text, wraps)
    assert line.html() == "<b>a&lt;</b><b><i>c</i></b>d"


def test_spaces_and_breaks_are_blank() -> None:
    line = InlineText()
    line.text(" \t")
    line.markup("<br>")
    assert line.is_blank
    line.markup("<ruby>a</ruby>")
    assert not line.is_blank


def test_verse_keeps_its_indents() -> None:
    line = InlineText()
    for text in ("\ta", "<br>", "\t", " ", "b", " c"):
        line.markup(text) if text == "<br>" else line.text(text)
    assert line.html() == "\ta<br>\xa0\xa0\xa0\xa0\xa0b c"


def test_attributes_are_escaped() -> None:
    assert attribute('a"<b\x00') == "a&quot;&lt;b"


def test_the_length_is_bounded() -> None:
    line, budget = InlineText(), Budget()
    for name in "bi" * 490:
        line.text("a", (name * 1_000,))
    with pytest.raises(DocumentRefused, match="too_long"):
        line.text("a", ("u" * 99_000,))
    with pytest.raises(DocumentRefused, match="too_long"):
        budget.spend(1_000_001)


def test_the_number_of_blocks_is_bounded() -> None:
    budget = Budget()
    for _ in range(20_000):
        budget.begin_block()
    with pytest.raises(DocumentRefused, match="too_long"):
        budget.begin_block()
