from collections import Counter

import pytest

from intake.text.html.block_builder import BlockBuilder
from intake.text.html.blocks import Run
from intake.text.html.elements.numbering import LeveledItem


@pytest.fixture
def builder() -> BlockBuilder:
    return BlockBuilder(Counter())


def write(builder: BlockBuilder, text: str) -> None:
    builder.write(Run(text, frozenset(), None), "p")


def html(builder: BlockBuilder) -> str:
    builder.close_to(1)
    return builder.root.html()


def test_text_makes_a_paragraph(builder: BlockBuilder) -> None:
    write(builder, "a")
    builder.rule()
    write(builder, "b")
    assert html(builder) == "<p>a</p><hr><p>b</p>"


def test_space_between_blocks_makes_none(builder: BlockBuilder) -> None:
    write(builder, "\n ")
    assert html(builder) == ""


def test_text_in_a_table_stands_before_it(builder: BlockBuilder) -> None:
    builder.open("table")
    builder.open("tr")
    write(builder, "a")
    builder.open("td")
    write(builder, "b")
    assert html(builder) == "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>"


def test_text_in_a_table_in_a_list_stays_in_the_item(builder: BlockBuilder) -> None:
    builder.open("ul")
    builder.open("table")
    write(builder, "a")
    builder.open("td")
    write(builder, "b")
    assert html(builder) == "<ul><li>a<table><tbody><tr><td>b</td></tr></tbody></table></li></ul>"


def test_a_cell_makes_its_row(builder: BlockBuilder) -> None:
    builder.open("table")
    builder.open("td")
    write(builder, "a")
    assert html(builder) == "<table><tbody><tr><td>a</td></tr></tbody></table>"


def test_text_in_a_list_makes_an_item(builder: BlockBuilder) -> None:
    builder.open("ul")
    write(builder, "a")
    assert html(builder) == "<ul><li>a</li></ul>"


def test_items_known_by_level(builder: BlockBuilder) -> None:
    for level, text in ((1, "a"), (2, "b"), (3, "c"), (2, "d"), (1, "e")):
        depth = builder.depth()
        builder.list_item(LeveledItem(level, "ul"))
        write(builder, text)
        builder.close_to(depth)
    assert html(builder) == ("<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li><li>e</li></ul>")


def test_an_item_of_another_kind_begins_another_list(builder: BlockBuilder) -> None:
    for tag in ("ul", "ol"):
        depth = builder.depth()
        builder.list_item(LeveledItem(1, tag, (("1", 4),) if tag == "ol" else ()))
        write(builder, tag)
        builder.close_to(depth)
    assert html(builder) == '<ul><li>ul</li></ul><ol start="4"><li>ol</li></ol>'


def run(text: str) -> Run:
    return Run(text, frozenset(), None)


def test_a_lead_waits_for_the_paragraph_of_the_next_text(builder: BlockBuilder) -> None:
    write(builder, "a ")
    builder.end()
    builder.lead(run("☐ "))
    builder.begin("p")
    write(builder, " b")
    assert html(builder) == "<p>a</p><p>☐ b</p>"


def test_a_lead_without_a_text_stands_alone_or_is_cancelled(builder: BlockBuilder) -> None:
    quote = run("“")
    builder.lead(quote)
    assert builder.cancel_lead(quote)
    builder.open("li")
    builder.lead(run("☐ "))
    assert html(builder) == "<ul><li>☐</li></ul>"
    assert not builder.cancel_lead(quote)


def test_a_trail_belongs_to_the_text_before(builder: BlockBuilder) -> None:
    write(builder, "a")
    builder.end()
    builder.trail(run("”"))
    assert html(builder) == "<p>a”</p>"


@pytest.mark.parametrize(
    ("before", "after", "firmly", "expected"),
    [
        ("a", "b", False, "a b"),
        ("a", ", b", False, "a, b"),
        ("a:", "b", False, "a:b"),
        ("a:", "b", True, "a: b"),
        ("a", ".", True, "a."),
        ("a ", "b", True, "a b"),
    ],
)
def test_a_gap_is_a_space_where_words_would_touch(
    builder: BlockBuilder, before: str, after: str, firmly: bool, expected: str
) -> None:
    write(builder, before)
    builder.part(firmly=firmly)
    write(builder, after)
    assert html(builder) == f"<p>{expected}</p>"
