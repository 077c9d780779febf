from intake.documents.rtf.flow import Flow, Shape


def test_neighbours_of_equal_formatting_share_elements() -> None:
    flow = Flow()
    for text in "ab":
        flow.text(text, ("b",))
    flow.text("c")
    flow.finish(Shape())
    assert flow.blocks == ["<p><b>ab</b>c</p>"]


def test_verse_keeps_its_indents() -> None:
    flow = Flow()
    flow.text(" a")
    flow.markup("<br>")
    for text in ("\t", "b", " c"):
        flow.text(text)
    flow.finish(Shape())
    assert flow.blocks == ["<p> a<br>\xa0\xa0\xa0\xa0b c</p>"]


def test_a_cell_without_an_end_is_kept() -> None:
    flow = Flow()
    flow.text("a")
    flow.cell(Shape(in_table=True))
    flow.text("b")
    flow.finish(Shape())
    assert flow.blocks == ["<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>"]


def test_a_box_of_an_empty_paragraph_stays() -> None:
    flow = Flow()
    flow.box(["<p>a</p>"])
    flow.finish(Shape())
    assert flow.blocks == ["<p>a</p>"]
