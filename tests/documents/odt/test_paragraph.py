import pytest

from intake.documents import odt
from intake.documents.odt import paragraph
from tests.documents import odt_files
from tests.documents.odt_files import style
from tests.documents.reading import open_removed, open_text

HIDDEN = style("H", '<style:text-properties text:display="none"/>')


@pytest.mark.parametrize(
    ("inner", "html"),
    [
        ("a<text:s text:c='3'/>b", "a b"),
        ("a<text:tab/>b<text:line-break/>c", "a\tb<br>c"),
        ("a<text:soft-hyphen/>b<text:non-breaking-hyphen/>c", "a\u00adb\u2011c"),
        ("<text:a xlink:href='https://example.org'>a</text:a>", '<a href="https://example.org">a</a>'),
        ("<text:a xlink:href='file:///LEAK'>a</text:a><text:a xlink:href='#x'>b</text:a>", "ab"),
        ("<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>",
         "<ruby>漢字<rt>かんじ</rt></ruby>"),
        ("<text:bookmark text:name='LEAK'/>a<text:reference-mark-start/>b", "ab"),
        ("<text:page-number>3</text:page-number> <text:date>5 March</text:date>", "3 5 March"),
        ("a<text:drop-down><text:label text:value='LEAK'/>b</text:drop-down>", "ab"),
        ("a<loext:content-control loext:checkbox='true' loext:checked='true'>\u2612</loext:content-control>", "a☑"),
        ("a<loext:content-control loext:showing-place-holder='true'>LEAK</loext:content-control>", "a"),
        ("a<text:placeholder>LEAK</text:placeholder>", "a"),
        ("a<text:variable-set text:display='none'>LEAK</text:variable-set>", "a"),
        ("a<office:annotation><dc:creator>LEAK</dc:creator><text:p>LEAK</text:p></office:annotation>b<office:annotation-end/>", "ab"),
        ("a<unknown:x xmlns:unknown='u'>LEAK</unknown:x>b", "ab"),
    ],
)  # fmt: skip
def test_parts_of_paragraphs(inner: str, html: str) -> None:
    assert open_text(f"<text:p>{inner}</text:p>") == f"<p>{html}</p>"


@pytest.mark.parametrize("name", sorted(paragraph.DROPPED_FIELDS))
def test_fields_that_name_somebody_go(name: str) -> None:
    body = f"<text:p>a<text:{name}>LEAK</text:{name}></text:p>"
    assert open_text(body) == "<p>a</p>"
    assert open_removed(body) == {"field-code": 1}


def test_spaces_indent_verse() -> None:
    verse = '<text:p>a<text:s text:c="3"/>b<text:line-break/><text:s text:c="3"/>c<text:line-break/><text:s text:c="9999"/>d</text:p>'
    assert open_text(verse) == "<p>a b<br>\xa0\xa0\xa0c<br>\xa0d</p>"


def test_hidden_text_goes() -> None:
    span = '<text:span text:style-name="H">LEAK</text:span>'
    body = f"<text:p>a{span}{span}b{span}</text:p>"
    assert open_text(body, HIDDEN) == "<p>ab</p>"
    assert open_removed(body, HIDDEN) == {"hidden": 2}


def test_a_style_may_show_again() -> None:
    shown = style("S", '<style:text-properties text:display="true"/>')
    body = '<text:p>a<text:span text:style-name="H">LEAK<text:span text:style-name="S">b</text:span></text:span></text:p>'
    assert open_text(body, HIDDEN + shown) == "<p>ab</p>"


@pytest.mark.parametrize(
    ("attribute", "html"),
    [("", "<p>a</p>"), (' text:is-hidden="true"', "<p>a</p>"), (' text:is-hidden="false"', "<p>aText</p>")],
)
def test_fields_of_hidden_text(attribute: str, html: str) -> None:
    body = f'<text:p>a<text:hidden-text text:string-value="LEAK"{attribute}>Text</text:hidden-text></text:p>'
    assert open_text(body) == html


def test_fields_of_hidden_paragraphs() -> None:
    body = '<text:p>a</text:p><text:p>LEAK<text:hidden-paragraph text:is-hidden="true"/></text:p>'
    assert open_text(body) == "<p>a</p>"
    assert open_removed(body) == {"hidden": 1}


def test_hidden_things_hide_notes_and_frames() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>LEAK</text:p></text:note-body></text:note>"
    frame = "<draw:frame><draw:text-box><text:p>LEAK</text:p></draw:text-box></draw:frame>"
    assert (
        open_text(
            f'<text:p>a<text:span text:style-name="H">{note}{frame}<text:s/></text:span></text:p>', HIDDEN
        )
        == "<p>a</p>"
    )


def test_notes_come_at_the_end() -> None:
    note = '<text:note text:note-class="{}"><text:note-citation{}>1</text:note-citation><text:note-body><text:p>{}</text:p></text:note-body></text:note>'
    first, second = note.format("footnote", "", "One"), note.format("endnote", ' text:label="*"', "Two")
    html = open_text(f"<text:p>a{first}b{second}</text:p>")
    assert html.startswith(
        '<p>a<sup><a id="ref-1" href="#note-1">1</a></sup>b<sup><a id="ref-2" href="#note-2">*</a></sup></p>'
    )
    assert html.index("One") < html.index("Two")


def test_pictures_leave_marks() -> None:
    frame = '<draw:frame><draw:image xlink:href="{}"/><svg:title>{}</svg:title></draw:frame>'
    body = f"<text:p>a{frame.format('Pictures/1.png', 'A crowd')}b{frame.format('./Pictures/1.png', 'LEAK.png')}</text:p>"
    document = odt.parse(odt_files.build(body, **{"Pictures/1.png": b"\x89PNG"}))
    assert document.html == "<p>a [picture 1] (A crowd) b [picture 1] </p>"
    assert [one.data for one in document.pictures] == [b"\x89PNG"]


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/LEAK.png",
        "file:///LEAK",
        "../LEAK.png",
        "/LEAK",
        "meta.xml",
        "Pictures/../meta.xml",
    ],
)
def test_pictures_outside_of_the_folder_are_not_read(target: str) -> None:
    frame = f'<text:p>a<draw:frame><draw:image xlink:href="{target}"/></draw:frame></text:p>'
    document = odt.parse(odt_files.build(frame, **{"meta.xml": odt_files.part("document-meta", "")}))
    assert (document.html, document.pictures) == ("<p>a</p>", [])


def test_of_two_forms_of_a_picture_one_is_taken() -> None:
    frame = '<text:p><draw:frame><draw:image xlink:href="Pictures/1.svg"/><draw:image xlink:href="Pictures/1.png"/><draw:image xlink:href="Pictures/2.png"/></draw:frame></text:p>'
    document = odt.parse(
        odt_files.build(
            frame, **{"Pictures/1.svg": b"<svg/>", "Pictures/1.png": b"\x89PNG", "Pictures/2.png": b"x"}
        )
    )
    assert document.html == "<p> [picture 1] </p>"
    assert document.removed["drawing"] == 1


def test_text_boxes_and_shapes_follow_their_paragraph() -> None:
    box = "<draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame>"
    shape = "<draw:g><draw:custom-shape><text:p>c</text:p></draw:custom-shape></draw:g>"
    link = f"<draw:a xlink:href='LEAK'>{box.replace('>b<', '>d<')}</draw:a>"
    assert (
        open_text(f"<text:p>a{box}{shape}{link}</text:p>{box}") == "<p>a</p><p>b</p><p>c</p><p>d</p><p>b</p>"
    )


def test_white_text_on_a_filled_frame_is_no_secret() -> None:
    white = style("W", '<style:text-properties fo:color="#ffffff"/>')
    dark = style("D", '<style:graphic-properties fo:background-color="#102030"/>', family="graphic")
    span = '<text:span text:style-name="W">a</text:span>'
    assert "color:#ffffff" in open_text(f"<text:p>{span}</text:p>", white)
    frame = f'<text:p><draw:frame draw:style-name="D"><draw:text-box><text:p>{span}</text:p></draw:text-box></draw:frame></text:p>'
    assert open_text(frame, white + dark) == "<p>a</p>"
