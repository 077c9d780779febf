import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text.unicode import spaces
from intake.text.unicode.edits import apply
from intake.text.unicode.spaces import Layout


def _folded(text: str, layout: Layout) -> str:
    for _ in range(4):
        (text,) = apply([text], spaces.edits(text, layout) or list(spaces.alike(text)))
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a  b", "a b"),
        ("End.  Start", "End. Start"),
        ("a\u00a0b \u00a0c", "a b c"),
        ("a\u2009b\u2005c", "a b c"),
        ("He was   at the gate on a day in May", "He was at the gate on a day in May"),
        ("He was\tat the gate on a day in May", "He was at the gate on a day in May"),
        ("a \nb\u00a0\nc", "a\nb\nc"),
        ("a\u2003\nb \u3000", "a\nb"),
        ("a\n\t\u2003", "a\n"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a\n \n \nb", "a\n\nb"),
        ("5\u00a0km, § 3, k\u00a0domu", "5 km, § 3, k domu"),
        ("سلام\u00a0دنیا", "سلام دنیا"),
    ],
)
def test_spaces_become_one(text: str, expected: str) -> None:
    assert _folded(text, Layout.LINES) == expected


@pytest.mark.parametrize(
    "text",
    [
        "  a\n\u00a0\u00a0b\n\tc",
        "Name   Age\nAnna   30",
        "Name\tAge",
        "one\ttwo\tof these three and so it goes on\nfour\tfive\tof these six and so it goes on",
        "« Où est-il\u202f? » dit-elle\u202f; il répondit\u00a0: «\u202fIci\u202f!\u202f»",
        "10\u202f000 and 20\u00a0000",
        "ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ",
        "一\u3000漢",
        "a\u2003b",
        "། \u00a0།",
        "ไทย\u00a0ไทย",
    ],
)
def test_needed_spaces_are_kept(text: str) -> None:
    expected = text.replace("20\u00a0000", "20\u202f000")
    assert _folded(text, Layout.LINES).replace("། \u00a0།", "།\u00a0།") == expected.replace(
        "། \u00a0།", "།\u00a0།"
    )


def test_french_spaces_become_one_kind() -> None:
    assert _folded("A\u00a0! B\u202f! C\u00a0?", Layout.LINES) == "A\u202f! B\u202f! C\u202f?"
    assert _folded("A ! B\u00a0! " * 4, Layout.LINES) == "A\u00a0! B\u00a0! " * 4


def test_a_newline_of_html_ends_no_line() -> None:
    assert (
        _folded("a\nb \n c\u2028 d\u2028\u00a0e \u2028f", Layout.FLOW) == "a\nb\nc\u2028d\u2028\u00a0e\u2028f"
    )


def test_nothing_is_a_column_in_a_list() -> None:
    assert _folded("a   b\nc   d", Layout.ITEMS) == "a b\nc d"


def test_preformatted_text_is_kept() -> None:
    assert spaces.edits("a  b\n\n\n\tc", Layout.KEPT) == []
    assert _folded("a  b \t\n\u00a0c\u00a0d \n« e\u00a0» ", Layout.KEPT) == "a  b\n\u00a0c d\n« e\u00a0»"


@pytest.mark.parametrize("mark", [" ", "\t", "\u00a0", "\u2003", "\u3000", " \t\u202f "])
def test_the_end_of_a_preformatted_line_carries_nothing(mark: str) -> None:
    assert _folded(f"a{mark}\n  b\n{mark}\nc{mark}", Layout.KEPT) == "a\n  b\n\nc"


def test_long_lines_are_read_once() -> None:
    assert len(spaces.edits("a   " * 50_000, Layout.LINES)) > 0
    assert len(spaces.edits(" " * 200_000 + "\n", Layout.LINES)) == 200_000


def test_usual_spaces() -> None:
    assert spaces.is_usual("a", "\u202f", "?")
    assert not spaces.is_usual("a", "\u202f", "b")
    assert not spaces.is_usual("a", "\u3000", "b")


def test_verse_keeps_empty_lines_and_wide_gaps() -> None:
    text = "He  was   at the gate on a day in May \n\n\n\n  and \tgone"
    expected = "He was   at the gate on a day in May\n\n\n\n  and \tgone"
    assert _folded(text, Layout.VERSE) == expected


@given(st.text("ab 1;\n\t\u2028\u00a0\u2009\u202f\u3000", max_size=8), st.sampled_from(Layout))
def test_the_quick_test_misses_no_edit(text: str, layout: Layout) -> None:
    assert spaces.may_edit(text, set(text)) or not spaces.edits(text, layout)
    assert not spaces.SEPARATING.isdisjoint(text) or not list(spaces.alike(text))
