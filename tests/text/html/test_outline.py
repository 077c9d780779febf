from collections import Counter

import pytest

from intake.text.html.blocks import Run
from intake.text.html.outline import Outline


@pytest.fixture
def outline() -> Outline:
    return Outline(Counter())


def write(outline: Outline, text: str) -> None:
    outline.write(Run(text, frozenset(), None), "p")


def html(outline: Outline) -> str:
    outline.close_to(1)
    return "".join(outline.root.inner())


def test_text_makes_a_paragraph(outline: Outline) -> None:
    write(outline, "a")
    outline.rule()
    write(outline, "b")
    assert html(outline) == "<p>a</p><hr><p>b</p>"


def test_space_between_blocks_makes_none(outline: Outline) -> None:
    write(outline, "\n ")
    assert html(outline) == ""


def test_text_in_a_table_stands_before_it(outline: Outline) -> None:
    outline.open("table")
    outline.open("tr")
    write(outline, "a")
    outline.open("td")
    write(outline, "b")
    assert html(outline) == "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>"


def test_text_in_a_table_in_a_list_stays_in_the_item(outline: Outline) -> None:
    outline.open("ul")
    outline.open("table")
    write(outline, "a")
    outline.open("td")
    write(outline, "b")
    assert html(outline) == "<ul><li>a<table><tbody><tr><td>b</td></tr></tbody></table></li></ul>"


def test_a_cell_makes_its_row(outline: Outline) -> None:
    outline.open("table")
    outline.open("td")
    write(outline, "a")
    assert html(outline) == "<table><tbody><tr><td>a</td></tr></tbody></table>"


def test_text_in_a_list_makes_an_item(outline: Outline) -> None:
    outline.open("ul")
    write(outline, "a")
    assert html(outline) == "<ul><li>a</li></ul>"


def test_items_known_by_level(outline: Outline) -> None:
    for level, text in ((1, "a"), (2, "b"), (3, "c"), (2, "d"), (1, "e")):
        depth = outline.depth()
        outline.list_item(level, "ul", {})
        write(outline, text)
        outline.close_to(depth)
    assert html(outline) == ("<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li><li>e</li></ul>")


def test_an_item_of_another_kind_begins_another_list(outline: Outline) -> None:
    for tag in ("ul", "ol"):
        depth = outline.depth()
        outline.list_item(1, tag, {"start": "4"} if tag == "ol" else {})
        write(outline, tag)
        outline.close_to(depth)
    assert html(outline) == '<ul><li>ul</li></ul><ol start="4"><li>ol</li></ol>'
