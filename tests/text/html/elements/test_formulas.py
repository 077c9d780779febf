import pytest

from intake.text.html.cleaning import clean


@pytest.mark.parametrize(
    ("formula", "html"),
    [
        ("<mi>E</mi> <mo>=</mo><msup><mi>c</mi><mn>2</mn></msup>", "E=c<sup>2</sup>"),
        ("<msub><mi>x</mi><mrow><mi>i</mi><mn>1</mn></mrow></msub><mi>y</mi>", "x<sub>i1</sub>y"),
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        ("<msqrt><mi>x</mi></msqrt>", "√(x)"),
        ("<mi>a</mi><mtext>of</mtext>", "a of"),
        ("<semantics><mi>x</mi><annotation>\\x</annotation></semantics>", "x"),
    ],
)
def test_a_formula_is_text(formula: str, html: str) -> None:
    assert clean(f"<p>a <math>{formula}</math> b</p>").html == f"<p>a {html} b</p>"


def test_the_copy_for_the_eye_goes() -> None:
    raw = (
        '<span class="katex"><span class="katex-mathml"><math><mi>x</mi></math></span>'
        '<span class="katex-html" aria-hidden="true">x</span></span>'
    )
    assert clean(raw).html == "<p>x</p>"
