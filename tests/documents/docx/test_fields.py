import pytest

from intake.documents.docx import fields
from tests.documents.reading import word, word_removed
from tests.documents.word_files import field, paragraph, run


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


@pytest.mark.parametrize("name", sorted(fields.DROPPED))
def test_fields_that_name_somebody_go(name: str) -> None:
    simple = f'<w:fldSimple w:instr=" {name.lower()} \\* Caps ">{run("LEAK")}</w:fldSimple>'
    body = paragraph(run("By ") + field(f" {name} \\p ", "LEAK") + simple + run(" today"))
    assert word(body) == "<p>By  today</p>"
    assert word_removed(body) == {"field-code": 2}


def test_results_of_other_fields_stay() -> None:
    simple = f'<w:fldSimple w:instr="SEQ Figure">{run("7")}</w:fldSimple>'
    assert word(paragraph(field("DATE \\@ LEAK", "5 March") + simple)) == "<p>5 March7</p>"


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ('HYPERLINK "https://example.org/a b"', "https://example.org/a b"),
        (' hyperlink  \\o "tip" https://example.org \\t "_blank"', "https://example.org"),
        ('HYPERLINK "mailto:desk@example.org"', "mailto:desk@example.org"),
        ('HYPERLINK \\l "place"', None),
        ('HYPERLINK "file:///C:/Users/x"', None),
        ("HYPERLINK", None),
        ("REF x", None),
    ],
)
def test_addresses_of_links(text: str, href: str | None) -> None:
    assert fields.href(text) == href


def test_links_may_span_formatted_runs() -> None:
    body = paragraph(
        mark("begin") + code("HYPERLINK ") + code('"https://example.org"') + mark("separate") + run("a", "<w:b/>") + run("b")
        + mark("end") + run("c")
    )  # fmt: skip
    assert (
        word(body) == '<p><a href="https://example.org"><b>a</b></a><a href="https://example.org">b</a>c</p>'
    )


def test_links_to_files_are_counted() -> None:
    body = paragraph(
        field('HYPERLINK "C:\\\\Users\\\\LEAK"', "Text") + field('INCLUDEPICTURE "http://LEAK/x.png"', "more")
    )
    assert word(body) == "<p>Textmore</p>"
    assert word_removed(body) == {"external-link": 2}


def test_fields_in_codes_show_nothing() -> None:
    inner = field("MERGEFIELD sex", "LEAK")
    body = paragraph(
        mark("begin")
        + code("IF ")
        + inner
        + code(' = "f" "she" "he"')
        + mark("separate")
        + run("she")
        + mark("end")
    )
    assert word(body) == "<p>she</p>"


def test_fields_may_span_paragraphs() -> None:
    body = paragraph(mark("begin") + code("TOC") + mark("separate") + run("One")) + paragraph(
        run("Two") + mark("end")
    )
    assert word(body + paragraph("Three")) == "<p>One</p><p>Two</p><p>Three</p>"


def test_a_field_without_an_end_ends_with_its_paragraph() -> None:
    author = paragraph(mark("begin") + code("AUTHOR") + mark("separate") + run("LEAK"))
    assert word(author + paragraph("Text")) == "<p>Text</p>"
    assert word(paragraph(mark("begin") + run("Text"))) == "<p>Text</p>"
    assert word(paragraph(run("a") + mark("end") + mark("separate") + run("b"))) == "<p>ab</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            'EQ \\* jc2 \\* "Font:MS Mincho" \\* hps10 \\o\\ad(\\s\\up 9(かんじ),漢字)',
            "<ruby>漢字<rt>かんじ</rt></ruby>",
        ),
        ("EQ \\f(1,2)", "1 2"),
        ("SYMBOL 252 \\f Wingdings", "✓"),
        ("SYMBOL 0xA7 \\f Symbol", "♣"),
        ("MACROBUTTON LEAK Click here", "Click here"),
        ("XE LEAK", ""),
    ],
)
def test_codes_that_are_shown(text: str, html: str) -> None:
    assert fields.shown(text) == html
    assert word(paragraph(run("a") + mark("begin") + code(text) + mark("end"))) == f"<p>a{html}</p>"


def test_deep_nesting_takes_linear_time() -> None:
    body = paragraph(mark("begin") * 3_000 + run("a") * 3_000 + mark("end") * 3_000 + run("Text"))
    assert word(body).endswith("Text</p>")
