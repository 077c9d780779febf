"""Invariants that hold for every document: words are kept, planted names never come out, faults are refusals."""

import contextlib
import io
import random
import re
from collections.abc import Callable

import mammoth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake import documents
from intake.documents import docx, odt, sandboxed
from intake.documents.document import Document
from intake.documents.refusal import DocumentRefused
from intake.text import clean_body
from tests.documents import made
from tests.documents.reading import words
from tests.documents.word_files import unzipped, zipped

many = settings(max_examples=300, derandomize=True, deadline=None)
_MARKS = re.compile(r"\[picture\d+\]|\[\d+\]|[↑↩]")


def bare(html: str) -> str:
    """Words of HTML, without the marks of notes and pictures, which both readers write differently."""
    return _MARKS.sub("", words(re.sub(r"<sup><a .*?</a></sup>", "", html)))


@pytest.mark.parametrize("name", made.SOUND)
def test_no_word_is_lost_against_the_reference_reader(name: str) -> None:
    data = made.SOUND[name]
    expected = mammoth.convert_to_html(
        io.BytesIO(data), convert_image=mammoth.images.img_element(lambda _image: {"src": ""})
    )
    assert bare(docx.read(data).html) == bare(expected.value)


@pytest.mark.parametrize(("read", "data"), [(docx.read, made.WORD_PLANTED), (odt.read, made.ODT_PLANTED)])
def test_planted_names_never_come_out(read: Callable[[bytes], Document], data: bytes) -> None:
    document = read(data)
    assert "LEAK" not in document.html
    assert "LEAK" not in clean_body(document.html, format="html").html
    assert not any(b"LEAK" in one.data for one in document.pictures)
    planted = b"".join(unzipped(data).values())
    assert planted.count(b"LEAK") > 15
    assert document.html.count("KEEP") in (3, 11)
    assert {
        "comment",
        "deletion",
        "hidden",
        "field-code",
        "external-link",
        "header-footer",
        "properties",
        "macro",
    } <= document.removed.keys()


@pytest.mark.parametrize("name", made.REFUSED)
def test_hostile_files_are_refused(name: str) -> None:
    with pytest.raises(DocumentRefused):
        docx.parse(made.REFUSED[name])
    with pytest.raises(DocumentRefused):
        odt.read(made.REFUSED[name])


@pytest.mark.parametrize("name", made.ACCEPTED)
def test_odd_files_keep_their_text(name: str) -> None:
    html = docx.read(made.ACCEPTED[name]).html
    assert "Text" in html or "One paragraph" in html
    assert "LEAK" not in html


WHOLE = [made.WORD_PLANTED, *made.SOUND.values()]


def outcome(parse: Callable[[bytes], Document], data: bytes) -> None:
    """Read a file. The only exception that may be raised is DocumentRefused."""
    with contextlib.suppress(DocumentRefused):
        parse(data)


@given(st.integers(min_value=0, max_value=2**32))
@many
def test_damaged_bytes_end_in_a_refusal_or_a_text(seed: int) -> None:
    chance = random.Random(seed)
    is_word = chance.random() < 0.8
    data = bytearray(chance.choice(WHOLE) if is_word else made.ODT_PLANTED)
    for _ in range(chance.choice((1, 2, 8))):
        place = chance.randrange(len(data))
        if chance.random() < 0.3:
            del data[place : place + chance.choice((1, 4, 60))]
        elif data:
            data[min(place, len(data) - 1)] = chance.randrange(256)
    outcome(docx.parse if is_word else odt.parse, bytes(data))


_TOKEN = re.compile(rb"<[^>]*>|[^<]+")


@given(st.integers(min_value=0, max_value=2**32))
@many
def test_shuffled_xml_ends_in_a_refusal_or_a_text(seed: int) -> None:
    chance = random.Random(seed)
    is_word = chance.random() < 0.7
    files = dict(unzipped(chance.choice(WHOLE) if is_word else made.ODT_PLANTED))
    name = chance.choice([name for name in files if name.endswith((".xml", ".rels"))])
    tokens = _TOKEN.findall(bytes(files[name]))
    for _ in range(chance.choice((1, 3))):
        place, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        kind = chance.randrange(4)
        if kind == 0:
            tokens[place] = b""
        elif kind == 1:
            tokens[place], tokens[other] = tokens[other], tokens[place]
        elif kind == 2:
            tokens[place] = re.sub(
                rb'"[^"]*"',
                chance.choice((b'""', b'"-1"', b'"99999999999"', b'"\xd9\xa1"', b'"x"')),
                tokens[place],
            )
        else:
            tokens[place] = tokens[place] + tokens[other]
    outcome(docx.parse if is_word else odt.parse, zipped(files | {name: b"".join(tokens)}))


def test_the_readers_work_in_the_sandbox() -> None:
    for data, name in (
        (made.WORD_PLANTED, "a.docx"),
        (made.ODT_PLANTED, "a.odt"),
        (made.SOUND["table"], "a.docx"),
    ):
        assert sandboxed.read(data, name) == documents.read(data, name)
