"""`documents.read`, the only entry point of the package. DocumentRefused is the only exception that it may raise."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import documents
from intake.documents import limits, samples
from intake.documents.refusal import DocumentRefused
from intake.text import clean_body
from tests.documents import files

RTF = (
    rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 A;}}{\info{\author LEAK}}{\*\cs1 \v LEAK;}"
    rb"\pard\f0 \'cf\'f0 \u1040? {\b KEEP}{\v LEAK}\par{\listtext 1.\tab}\ls1 a\par{\footnote n}"
    rb'{\field{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt l}}{\pict\pngblip 00}\trowd a\cell\row}'
)
MARKDOWN = (
    b"---\na: b\n---\n# a\n\n- [ ] *b* [c](d) <u>e</u> <!-- f --> {>>g<<}\n\n| h |\n|---|\n\n[^1]\n\n[^1]: i"
)
SEEDS = [(RTF, "a.rtf"), (MARKDOWN, "a.md"), (b"a\n\nb \xe9\xff", "a.txt"), (files.compound("X"), "a.doc")]


def refused(data: bytes, name: str) -> str:
    with pytest.raises(DocumentRefused) as refusal:
        documents.read(data, name)
    return refusal.value.reason


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [(RTF, "a.rtf", "KEEP"), (MARKDOWN, "a.md", "☐ b c e"), ("Größe".encode(), "a.txt", "Größe")],
)
def test_reads_each_kind(data: bytes, name: str, text: str) -> None:
    assert text in clean_body(documents.read(data, name).html, format="html").text


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b" \n ", "a.txt", "no_words"),
        (rb"{\rtf1\ansi{\*\annotation a}}", "a.rtf", "no_words"),
        (b"<!-- a -->", "a.md", "no_words"),
        (b"a" * (limits.MAX_TEXT_BYTES + 1), "a.txt", "too_long"),
        (b"a" * (limits.MAX_HTML_BYTES + 1), "a.txt", "too_long"),
        (rb"{\rtf1 " + b"a" * (limits.MAX_HTML_BYTES + 1) + b"}", "a.rtf", "too_long"),
        (rb"{\rtf1 " + rb"a\par " * 60_000 + b"}", "a.rtf", "too_long"),
    ],
)
def test_empty_and_long_documents_are_refused(data: bytes, name: str, reason: str) -> None:
    assert refused(data, name) == reason


def test_a_larger_limit_may_be_set() -> None:
    data = b"a" * (limits.MAX_HTML_BYTES + 1)
    assert len(documents.read(data, "a.txt", max_html_bytes=2 * len(data)).html) > len(data)


@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 500), st.binary(max_size=3)), max_size=6))
def test_any_change_of_bytes_is_read_or_refused(
    seed: tuple[bytes, str], changes: list[tuple[int, bytes]]
) -> None:
    data, name = bytearray(seed[0]), seed[1]
    for place, new in changes:
        data[place : place + 1] = new
    try:
        document = documents.read(bytes(data), name)
    except DocumentRefused:
        return
    assert not clean_body(document.html, format="html").fallback


@given(st.lists(st.sampled_from(re.findall(rb"\\\*?\\?[a-z]+-?\d* ?|\\'..|[{}]|[^\\{}]+", RTF)), max_size=60))
def test_any_order_of_rtf_tokens_is_read(tokens: list[bytes]) -> None:
    # The file begins with the visible text "x", because a file without text would be refused.
    document = documents.read(rb"{\rtf1 x\par" + b"".join(tokens), "a.rtf")
    cleaned = clean_body(document.html, format="html")
    assert clean_body(cleaned.html, format="html").html == cleaned.html


@pytest.mark.parametrize(
    ("data", "name"), [(rb"{\rtf1 a\'01b}", "a.rtf"), (b"a\x01b", "a.txt"), (b"a\x7fb", "a.md")]
)
def test_control_characters_are_left_out(data: bytes, name: str) -> None:
    assert documents.read(data, name).html.strip() == "<p>ab</p>"


@pytest.mark.parametrize("sample", [samples.docx(), samples.odt()])
def test_archives_are_read_too(sample: bytes) -> None:
    assert "A" in documents.read(sample, "a.bin").html
