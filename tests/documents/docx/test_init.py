"""After `prepare`, the reader opens and imports nothing, because its sandboxed child may not open files."""

import subprocess
import sys

import pytest

from intake.documents import docx
from intake.documents.refusal import DocumentRefused

CODE = """
import sys
from intake.documents import docx
from intake.documents.refusal import DocumentRefused
from tests.documents import word_files

data = word_files.build(word_files.paragraph("é") + word_files.paragraph(word_files.text_box(word_files.paragraph("a"))))
docx.prepare()
opened = []
sys.addaudithook(lambda event, values: opened.append((event, values[0])) if event in ("open", "import") else None)
assert docx.read(data).html
try:
    docx.read(data[:-9])
except DocumentRefused:
    print(opened)
"""


def test_reading_opens_and_imports_nothing() -> None:
    ended = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_faults_of_the_reader_become_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_data: bytes) -> None:
        raise KeyError

    monkeypatch.setattr(docx, "Package", fail)
    with pytest.raises(KeyError):
        docx.parse(b"")
    with pytest.raises(DocumentRefused, match="damaged"):
        docx.read(b"")
