import pytest

from intake.documents.rtf import fields
from intake.documents.rtf.fields import RtfField


def field(code: str) -> RtfField:
    found = RtfField("text", None, is_private=False)
    found.add(code)
    return found


@pytest.mark.parametrize(
    ("code", "address"),
    [
        (' HYPERLINK "https://a.example" \\o "tip"', "https://a.example"),
        ("HYPERLINK https://a.example", "https://a.example"),
        ('HYPERLINK \\n "mailto:a@example.org"', "mailto:a@example.org"),
        ('HYPERLINK \\l "place"', None),
        ('HYPERLINK "javascript:x"', None),
        ("PAGE", None),
        ("", None),
    ],
)
def test_addresses(code: str, address: str | None) -> None:
    assert field(code).web_address() == address


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (" author \\* MERGEFORMAT", "field-code"),
        ("FILENAME", "field-code"),
        ('INCLUDEPICTURE "http://a.example/x.png"', "external-link"),
        ('HYPERLINK "C:\\\\Users\\\\x"', "external-link"),
        ('HYPERLINK "#x"', ""),
        ('HYPERLINK \\l "x"', ""),
        ("TOC \\o", ""),
        ("", ""),
    ],
)
def test_kinds(code: str, kind: str) -> None:
    assert field(code).removed() == kind


def test_a_code_has_a_limit() -> None:
    found = field("a" * 10_000)
    for _ in range(100):
        found.add("b" * 10_000)
    assert len(found.code) <= 2 * fields.MAX_CODE


def test_only_a_guide_is_a_guide() -> None:
    assert field(r"EQ \o\ad(\s\up 9(a),b)").ruby() == "b(a)"
    assert field(r"PAGE \s\up 9(a),b)").ruby() == ""
