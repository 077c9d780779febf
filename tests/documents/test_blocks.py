from intake.documents.blocks import BlockWriter, Marker


def items(*markers: Marker) -> str:
    writer = BlockWriter()
    for place, marker in enumerate(markers):
        writer.item(marker, f"i{place}")
    return writer.html()


def test_items_of_one_list_share_it() -> None:
    assert items(Marker(0, "ul"), Marker(0, "ul")) == "<ul><li>i0</li><li>i1</li></ul>"


def test_lists_nest() -> None:
    html = items(Marker(0, "ol", "1", 1), Marker(1, "ol", "a", 1), Marker(0, "ol", "1", 2))
    assert html == '<ol><li>i0<ol type="a"><li>i1</li></ol></li><li>i2</li></ol>'


def test_a_number_out_of_line_begins_a_list() -> None:
    html = items(Marker(0, "ol", "1", 1), Marker(0, "ol", "1", 7))
    assert html == '<ol><li>i0</li></ol><ol start="7"><li>i1</li></ol>'


def test_levels_are_bounded() -> None:
    assert items(*(Marker(depth, "ul") for depth in range(40))).count("<ul>") == 9


def test_quotations_and_lists_close_one_another() -> None:
    writer = BlockWriter()
    writer.item(Marker(0, "ul"), "a")
    writer.inside("b")
    writer.paragraph("c", is_quote=True)
    writer.paragraph("d", is_quote=True)
    writer.paragraph("e", "h2", rtl=True)
    writer.block("<hr>")
    writer.inside("f")
    expected = (
        '<ul><li>a<p>b</p></li></ul><blockquote><p>c</p><p>d</p></blockquote><h2 dir="rtl">e</h2><hr><p>f</p>'
    )
    assert writer.html() == expected
