import pytest

from intake.documents.rtf.header import MAX_ENTRIES, Header


def colours(*values: tuple[int, int, int]) -> Header:
    header = Header()
    header.text("colortbl", ";")
    for value in values:
        for name, number in zip(("red", "green", "blue"), value, strict=True):
            header.word("colortbl", name, number)
        header.text("colortbl", ";")
    return header


@pytest.mark.parametrize(
    ("colour", "background", "unreadable"),
    [
        (1, 0, True),
        (2, 0, False),
        (0, 0, False),
        (0, 2, False),
        (1, 2, False),
        (2, 2, True),
        (9, 9, False),
        (-1, 0, False),
    ],
)
def test_colours(colour: int, background: int, unreadable: bool) -> None:
    assert colours((255, 255, 255), (0, 0, 0)).is_unreadable(colour, background) == unreadable


@pytest.mark.parametrize(
    ("name", "level"), [("heading 3;", 2), ("Заголовок 1;", 0), ("Title;", 0), ("Normal;", 9), ("标题 2;", 1)]
)
def test_headings_by_the_name_of_a_style(name: str, level: int) -> None:
    header = Header()
    header.word("stylesheet", "s", 4)
    for part in (name[:3], name[3:]):
        header.text("stylesheet", part)
    assert header.style("s", 4).level == level


def test_fonts() -> None:
    header = Header()
    for word, number in (("f", 1), ("fcharset", 204), ("f", 2), ("fcharset", 0), ("f", 3), ("cpg", 936)):
        header.word("fonttbl", word, number)
    assert [header.codec(number) for number in range(4)] == ["cp1252", "cp1251", "cp1252", "gbk"]


def test_tables_have_a_limit() -> None:
    header = Header()
    header.word("stylesheet", "s", 4)
    header.text("stylesheet", ";" * (MAX_ENTRIES + 10))
    header.text("stylesheet", "heading 1;")
    assert header.style("s", 0).level == 9
