from intake.documents import docx
from tests.documents import word_files
from tests.documents.reading import word, word_removed
from tests.documents.word_files import paragraph, picture, run, text_box

PNG = b"\x89PNG\r\n\x1a\n picture"
LINK = [("p1", "image", "media/image1.png")]


def test_a_picture_leaves_a_mark_in_its_place() -> None:
    data = word_files.build(
        paragraph(run("before") + picture("p1", "A crowd") + run("after")) + paragraph(picture("p1")),
        LINK,
        **{"word/media/image1.png": PNG},
    )
    document = docx.parse(data)
    assert document.html == "<p>before [picture 1] (A crowd) after</p><p> [picture 1] </p>"
    assert [one.data for one in document.pictures] == [PNG]


def test_the_order_of_pictures_is_that_of_the_text() -> None:
    links = [("p1", "image", "media/b.png"), ("p2", "image", "media/a.png")]
    files = {"word/media/a.png": b"a", "word/media/b.png": b"b"}
    body = paragraph(text_box(paragraph(picture("p2"))) + picture("p1"))
    document = docx.parse(word_files.build(body, links, **files))
    assert [one.data for one in document.pictures] == [b"b", b"a"]


def test_pictures_outside_of_the_file_are_not_opened() -> None:
    for target in ("https://example.org/LEAK.png", "file:///etc/LEAK", "../../../../etc/LEAK"):
        links = [("p1", "image", target)]
        body = paragraph(run("Text") + picture("p1"))
        assert word(body, links) == "<p>Text</p>"
        assert word_removed(body, links)


def test_hidden_pictures_and_shapes_go() -> None:
    files = {"word/media/image1.png": PNG}
    body = paragraph(run("Text") + picture("p1", hidden=True))
    document = docx.parse(word_files.build(body, LINK, **files))
    assert (document.html, document.pictures, document.removed["hidden"]) == ("<p>Text</p>", [], 1)
    shape = f'<w:r><w:pict><v:shape style="visibility: hidden"><v:textbox><w:txbxContent>{paragraph("LEAK")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'
    assert word(paragraph(run("Text") + shape)) == "<p>Text</p>"


def test_a_text_box_is_read_once() -> None:
    body = paragraph(run("Anchor") + text_box(paragraph("Box")))
    assert word(body) == "<p>Anchor</p><p>Box</p>"


def test_white_text_on_a_filled_shape_is_no_secret() -> None:
    white = paragraph(run("Box", '<w:color w:val="FFFFFF"/>'))
    dark = '<a:solidFill><a:srgbClr val="203060"/></a:solidFill>'
    for shape in (dark, "<a:gradFill/>", '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'):
        assert word(paragraph(text_box(white, shape))) == "<p>Box</p>"
    assert "color:#ffffff" in word(paragraph(text_box(white)))


def test_words_of_shapes_stay() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="Word art"/></v:shape></w:pict></w:r>'
    assert word(paragraph(art)) == "<p> Word art </p>"
    canvas = "<w:r><w:drawing><wp:inline><a:graphic><a:p><a:r><a:t>Can</a:t></a:r><a:r><a:t>vas</a:t></a:r></a:p></a:graphic></wp:inline></w:drawing></w:r>"
    assert word(paragraph(canvas)) == "<p> Canvas </p>"


def test_horizontal_lines_stay() -> None:
    line = '<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>'
    assert word(paragraph("a") + paragraph(line) + paragraph("b")) == "<p>a</p><hr><p>b</p>"


def test_vml_pictures_are_read() -> None:
    old = (
        '<w:r><w:pict><v:shape alt="A crowd"><v:imagedata r:id="p1" o:title="LEAK"/></v:shape></w:pict></w:r>'
    )
    assert word(paragraph(old), LINK, **{"word/media/image1.png": PNG}) == "<p> [picture 1] (A crowd) </p>"
