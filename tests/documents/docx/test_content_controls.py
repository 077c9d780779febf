import pytest

from tests.documents.reading import word, word_removed
from tests.documents.word_files import paragraph, run


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_content_stays_at_every_level() -> None:
    body = control("", paragraph(control('<w:alias w:val="LEAK"/>', run("inner")) + run(" outer")))
    assert word(body) == "<p>inner outer</p>"


def test_prompts_go() -> None:
    body = paragraph("Text") + control("<w:showingPlcHdr/>", paragraph("LEAK"))
    assert word(body) == "<p>Text</p>"
    assert word_removed(body)["placeholder"] == 1
    assert "Text" in word(control('<w:showingPlcHdr w:val="0"/>', paragraph("Text")))


@pytest.mark.parametrize(("checked", "sign"), [("1", "☑"), ("0", "☐"), ("true", "☑")])
def test_check_boxes_are_signs(checked: str, sign: str) -> None:
    box = control(f'<w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox>', run("\u2612"))
    assert word(paragraph(box + run(" Yes"))) == f"<p>{sign} Yes</p>"


def test_controls_that_show_a_name_of_the_properties_go() -> None:
    bound = '<w:dataBinding w:xpath="/ns1:coreProperties[1]/ns0:{}[1]"/>'
    body = paragraph(
        control(bound.format("creator"), run("LEAK")) + control(bound.format("title"), run("Title"))
    )
    assert word(body) == "<p>Title</p>"
    assert word_removed(body) == {"properties": 1}


def legacy(data: str) -> str:
    return word(
        paragraph(
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORM'
            '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' + run(" Yes")
        )
    )


def test_older_forms_show_their_state() -> None:
    assert legacy('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') == "<p>☑ Yes</p>"
    assert legacy('<w:checkBox><w:default w:val="0"/></w:checkBox>') == "<p>☐ Yes</p>"
    choices = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="One"/><w:listEntry w:val="Two"/></w:ddList>'
    assert legacy(choices) == "<p>Two Yes</p>"
