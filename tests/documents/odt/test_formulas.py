import pytest

from intake.documents.odt.formulas import MAX_TAGS
from intake.documents.refusal import DocumentRefused
from tests.documents.reading import open_removed, open_text

MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'
FRAME = '<text:p>E: <draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame></text:p>'


@pytest.mark.parametrize(
    ("inner", "html"),
    [
        (
            "<semantics><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><annotation>LEAK</annotation></semantics>",
            "a+1",
        ),
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mi>c</mi></mrow></mfrac>", "a/(b+c)"),
        ("<msup><mi>a</mi><mn>2</mn></msup>", "a<sup>2</sup>"),
        ("<msqrt><mi>a</mi></msqrt>", "√(a)"),
        ("<mtext>&lt;</mtext>", "&lt;"),
    ],
)
def test_formulas_are_text(inner: str, html: str) -> None:
    assert open_text(FRAME, **{"Object 1/content.xml": MATH.format(inner)}) == f"<p>E:  {html} </p>"


def test_other_objects_go() -> None:
    assert open_text(FRAME, **{"Object 1/content.xml": "<sheet>LEAK</sheet>"}).startswith("<p>E: ")
    assert open_removed(FRAME, **{"Object 1/content.xml": "<sheet>"})["embedded"] == 1
    assert open_removed(FRAME)["embedded"] == 1


def test_a_part_is_read_once_and_all_parts_have_a_limit() -> None:
    part = {"Object 1/content.xml": MATH.format(f"<mi>a</mi>{'<m/>' * (MAX_TAGS // 2)}")}
    assert open_text(FRAME * 5, **part) == "<p>E:  a </p>" * 5
    two = part | {"Object 2/content.xml": part["Object 1/content.xml"]}
    with pytest.raises(DocumentRefused, match="too_big"):
        open_text(FRAME + FRAME.replace("1", "2"), **two)
