import pytest

from tests.documents.reading import word, word_removed
from tests.documents.word_files import paragraph, part, run

LINKS = [
    ("web", "hyperlink", "https://example.org/?a=1&b=2"),
    ("file", "hyperlink", "file:///C:/Users/LEAK/x.docx"),
    ("share", "hyperlink", "\\\\LEAK\\share"),
    ("script", "hyperlink", "javascript:LEAK()"),
]


def link(name: str, text: str = "Text") -> str:
    return f'<w:hyperlink r:id="{name}" w:tooltip="LEAK">{run(text)}</w:hyperlink>'


def test_links_to_the_web_stay() -> None:
    assert word(paragraph(link("web")), LINKS) == '<p><a href="https://example.org/?a=1&amp;b=2">Text</a></p>'


@pytest.mark.parametrize("name", ["file", "share", "script"])
def test_other_links_leave_their_text(name: str) -> None:
    assert word(paragraph(link(name)), LINKS) == "<p>Text</p>"
    assert word_removed(paragraph(link(name)), LINKS) == {"external-link": 1}


def test_links_inside_of_the_document_leave_their_text() -> None:
    body = paragraph(
        f'<w:hyperlink w:anchor="place">{run("Text")}</w:hyperlink><w:bookmarkStart w:name="LEAK"/>'
    )
    assert (word(body), word_removed(body)) == ("<p>Text</p>", {})


@pytest.mark.parametrize(
    ("inner", "html"),
    [
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", "a\tb"),
        ("<w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t>", "a<br>b<br>c"),
        ("<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t>", "a\u2011b\u00adc"),
        ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "✓"),
        ('<mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="1F60A"/></mc:Choice>'
         "<mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent>", "😊"),
        ("<w:t>a</w:t><w:lastRenderedPageBreak/><w:delText>LEAK</w:delText><w:t>b</w:t>", "ab"),
        ("<w:object><o:OLEObject r:id='x'/></w:object><w:t>a</w:t>", "a"),
    ],
)  # fmt: skip
def test_parts_of_runs(inner: str, html: str) -> None:
    assert word(paragraph(f"<w:r>{inner}</w:r>")) == f"<p>{html}</p>"


def test_ruby_keeps_base_and_reading() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('かんじ')}</w:rt><w:rubyBase>{run('漢字')}</w:rubyBase></w:ruby></w:r>"
    assert word(paragraph(run("a") + ruby)) == "<p>a<ruby>漢字<rt>かんじ</rt></ruby></p>"


@pytest.mark.parametrize("wrapper", ["ins", "moveTo", "smartTag", "customXml", "bdo", "dir"])
def test_wrapped_runs_stay(wrapper: str) -> None:
    body = paragraph(run("a") + f'<w:{wrapper} w:author="LEAK" w:element="LEAK">{run("b")}</w:{wrapper}>')
    assert word(body) == "<p>ab</p>"


NOTES = "".join(
    f'<w:footnote w:id="{name}"><w:p><w:r><w:footnoteRef/></w:r>{run(f" Note {name}")}</w:p></w:footnote>'
    for name in "123"
)
MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{}"{}/>{}</w:r>'


def test_notes_come_at_the_end_in_the_order_of_their_marks() -> None:
    links = [("n", "footnotes", "footnotes.xml")]
    body = paragraph(run("a") + MARK.format("2", "", "") + run("b") + MARK.format("1", "", ""))
    html = word(body, links, **{"word/footnotes.xml": part("footnotes", NOTES)})
    assert html.startswith(
        '<p>a<sup><a id="ref-1" href="#note-1">1</a></sup>b<sup><a id="ref-2" href="#note-2">2</a></sup></p>'
    )
    assert html.index("Note 2") < html.index("Note 1")
    assert "Note 3" not in html


def test_notes_may_have_signs_of_their_own() -> None:
    body = paragraph(run("a") + MARK.format("1", ' w:customMarkFollows="1"', "<w:t>*</w:t>") + run("b"))
    assert '<a id="ref-1" href="#note-1">*</a></sup>b' in word(body, footnotes=NOTES)


def test_notes_of_hidden_and_deleted_text_go() -> None:
    hidden = MARK.replace("<w:rStyle", "<w:vanish/><w:rStyle").format("1", "", "")
    deleted = f"<w:del>{MARK.format('2', '', '')}</w:del>"
    assert "Note" not in word(paragraph(run("a") + hidden + deleted), footnotes=NOTES)


def test_many_marks_in_one_run_are_read_in_linear_time() -> None:
    marks = '<w:footnoteReference w:customMarkFollows="1" w:id="1"/>' * 10_000
    html = word(paragraph(run("a") + f"<w:r>{marks}</w:r>" + run("b")), footnotes=NOTES)
    assert html.count("<sup>1</sup>") == 9_999
