import pytest
from lxml import etree

from intake.documents.docx import properties
from tests.documents.word_files import NAMESPACES


def element(inner: str, name: str = "rPr") -> object:
    return etree.fromstring(f"<w:{name} {NAMESPACES}>{inner}</w:{name}>")


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        ("", {}),
        ("<w:b/><w:i w:val='0'/>", {"b": True, "i": False}),
        ("<w:strike/><w:dstrike w:val='0'/>", {"s": True}),
        ("<w:sz w:val='24'/>", {"points": 12}),
        ("<w:sz w:val='1pt'/>", {"points": 1}),
        ("<w:sz w:val='x'/>", {"points": 12}),
        ("<w:highlight w:val='none'/>", {"highlight": None}),
        ("<w:color w:val='auto'/>", {"color": None}),
        ("<w:rFonts w:hAnsi='Symbol'/>", {"font": "Symbol", "latin_font": True}),
        ("<w:rFonts w:cs='Symbol'/>", {"font": "Symbol", "latin_font": False}),
        ("<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>", {}),
        ("<w14:textFill><w14:solidFill><w14:srgbClr w14:val='000000'><w14:alpha w14:val='100000'/></w14:srgbClr></w14:solidFill>"
         "</w14:textFill>", {"color": "transparent"}),
        ("<w14:textFill><w14:solidFill><w14:schemeClr w14:val='bg1'/></w14:solidFill></w14:textFill>", {"color": "ffffff"}),
    ],
)  # fmt: skip
def test_properties_of_runs(inner: str, found: dict[str, object]) -> None:
    assert properties.read(element(inner)) == found


@pytest.mark.parametrize(
    ("attributes", "color"),
    [
        ('w:val="clear" w:fill="AABBCC"', "AABBCC"),
        ('w:val="solid" w:color="112233"', "112233"),
        ('w:val="nil"', None),
        ('w:val="pct50"', "unknown"),
        ('w:val="clear" w:fill="auto"', None),
        ('w:val="clear" w:fill="auto" w:themeFill="accent1"', "unknown"),
        ('w:val="clear" w:themeFill="text1"', "000000"),
    ],
)
def test_shading(attributes: str, color: str | None) -> None:
    parent = element(f"<w:shd {attributes}/>")
    assert properties.shading(next(iter(parent))) == color  # type: ignore[call-overload]
