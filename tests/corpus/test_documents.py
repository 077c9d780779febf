"""Documents from other sources. Skipped if the corpus is missing."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from intake import documents
from intake.documents import docx, odt
from intake.documents.refusal import DocumentRefused
from intake.text import clean_body
from tests.corpus.documents import DOCUMENTS

FILES = sorted([*DOCUMENTS.glob("*.docx"), *DOCUMENTS.glob("*.odt")]) if DOCUMENTS else []
REFUSED = re.compile("bomb|not_a_zip|truncated|encrypted|deep|entity")
_TEXT = re.compile(r"(?:word/(?:document|footnotes|endnotes)|content)\.xml")
WORD = re.compile("KEEP[A-Za-z0-9-]+")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        DOCUMENTS is None, reason="THE CORPUS IS MISSING: set TRANSOM_CORPUS to test on real documents"
    ),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_words_stay_and_planted_names_go(file: Path) -> None:
    data = file.read_bytes()
    reader = odt if file.suffix == ".odt" else docx
    if REFUSED.search(file.name):
        with pytest.raises(DocumentRefused):
            reader.read(data)
        return
    document = reader.read(data)
    cleaned = clean_body(document.html, format="html")
    assert "LEAK" not in document.html + cleaned.html + cleaned.text
    assert not any(b"LEAK" in picture.data.split(b"\xff\xda")[-1] for picture in document.pictures)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sources = [parts.read(name).decode() for name in parts.namelist() if _TEXT.fullmatch(name)]
    words = WORD.findall("".join(sources))
    assert [word for word in words if word not in cleaned.text] == []
    assert len(words) > 0 or "empty" in file.name


TEXTS = (
    sorted(path for path in DOCUMENTS.glob("*") if path.suffix in (".rtf", ".txt", ".md"))
    if DOCUMENTS
    else []
)
REASONS = {
    "20_not_a_zip.docx": "damaged",
    "21_truncated.docx": "damaged",
    "25_encrypted.docx": "encrypted",
    "36_pages.pages": "pages",
    "37_old.doc": "old_word",
    "40_text.pdf": "pdf",
}


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_words_of_texts_stay_and_planted_names_go(file: Path) -> None:
    data = file.read_bytes()
    cleaned = clean_body(documents.read(data, file.name).html, format="html")
    assert "LEAK" not in cleaned.html + cleaned.text
    words = WORD.findall(data.decode("latin-1"))
    assert words
    assert [word for word in words if word not in cleaned.text] == []
    assert not cleaned.fallback


@pytest.mark.parametrize("name", REASONS)
def test_other_files_are_refused_for_their_reason(name: str) -> None:
    if DOCUMENTS is None or not (DOCUMENTS / name).exists():
        pytest.skip("not in this corpus")
    with pytest.raises(DocumentRefused) as refusal:
        documents.read((DOCUMENTS / name).read_bytes(), name)
    assert refusal.value.reason == REASONS[name]
