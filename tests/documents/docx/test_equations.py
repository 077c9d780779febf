import pytest

from tests.documents.reading import word
from tests.documents.word_files import paragraph, run


def letters(text: str, look: str = "") -> str:
    return f"<m:r>{look}<m:t>{text}</m:t></m:r>"


def part(name: str, inner: str) -> str:
    return f"<m:{name}>{inner}</m:{name}>"


A, B, N = letters("a"), letters("b"), letters("n")


@pytest.mark.parametrize(
    ("equation", "html"),
    [
        (part("f", part("num", A) + part("den", B + letters("+1"))), "a/(b+1)"),
        (part("sSup", part("e", A) + part("sup", N)), "a<sup>n</sup>"),
        (part("sSubSup", part("e", A) + part("sub", B) + part("sup", N)), "a<sub>b</sub><sup>n</sup>"),
        (part("rad", part("deg", N) + part("e", A)), "<sup>n</sup>√a"),
        (part("d", part("e", A) + part("e", B)), "(a|b)"),
        (part("d", '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>' + part("e", A)), "[a]"),
        (
            part("nary", '<m:naryPr><m:chr m:val="∑"/></m:naryPr>' + part("sub", N) + part("e", A)),
            "∑<sub>n</sub>a",
        ),
        (part("m", part("mr", part("e", A) + part("e", B)) + part("mr", part("e", N))), "a b; n"),
        (part("func", part("fName", letters("sin")) + part("e", A)), "sina"),
        (letters("&lt;"), "&lt;"),
    ],
)
def test_the_text_of_equations_stays(equation: str, html: str) -> None:
    assert word(paragraph(run("E: ") + part("oMath", equation))) == f"<p>E: {html}</p>"


def test_equations_between_paragraphs_are_paragraphs() -> None:
    assert (
        word(paragraph("a") + part("oMathPara", part("oMath", A + B)) + paragraph("c"))
        == "<p>a</p><p>ab</p><p>c</p>"
    )


def test_hidden_and_deleted_parts_go() -> None:
    hidden = letters("LEAK", "<w:rPr><w:vanish/></w:rPr>")
    deleted = f'<w:del w:author="LEAK">{letters("LEAK")}</w:del>'
    assert word(paragraph(part("oMath", A + hidden + deleted))) == "<p>a</p>"


@pytest.mark.parametrize("name", ["del", "moveFrom"])
def test_deleted_letters_go(name: str) -> None:
    deleted = letters("LEAK", f'<w:rPr><w:{name} w:author="LEAK"/></w:rPr>')
    assert word(paragraph(f"<m:oMath>{deleted}{A}</m:oMath>")) == "<p>a</p>"


def test_long_signs_are_cut() -> None:
    look = part("dPr", f'<m:sepChr m:val="{"x" * 100}"/>')
    assert (
        word(paragraph(part("oMath", part("d", look + part("e", A) * 3))))
        == f"<p>(a{'x' * 8}a{'x' * 8}a)</p>"
    )


def test_empty_equations_between_paragraphs_go() -> None:
    equation = part("oMath", A)
    assert (
        word(paragraph("x") + equation + part("oMathPara", "") + part("oMathPara", equation))
        == "<p>x</p><p>a</p><p>a</p>"
    )
