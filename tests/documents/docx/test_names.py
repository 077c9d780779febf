from lxml import etree

from intake.documents.docx import names


def test_strict_namespaces_become_the_usual_ones() -> None:
    strict = b"<w:p xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" xmlns:r='http://purl.oclc.org/ooxml/officeDocument/relationships'/>"
    root = etree.fromstring(names.transitional(strict))
    assert root.tag == f"{names.W}p"
    assert f"{{{root.nsmap['r']}}}" == names.R


def test_properties_are_on_unless_a_value_says_no() -> None:
    on = etree.fromstring(f'<a xmlns:w="{names.W[1:-1]}" w:val="1"/>')
    off = etree.fromstring(f'<a xmlns:w="{names.W[1:-1]}" w:val="False"/>')
    assert [names.is_on(one) for one in (None, on, off, etree.fromstring("<a/>"))] == [
        False,
        True,
        False,
        True,
    ]
