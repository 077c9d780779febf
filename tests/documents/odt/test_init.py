"""After `prepare`, the reader opens and imports nothing, because its sandboxed child may not open files."""

import subprocess
import sys

import pytest

from intake.documents import odt
from intake.documents.refusal import DocumentRefused

CODE = """
import sys
from intake.documents import odt
from intake.documents.refusal import DocumentRefused
from tests.documents import odt_files

data = odt_files.build("<text:p>é</text:p>")
odt.prepare()
opened = []
sys.addaudithook(lambda event, values: opened.append((event, values[0])) if event in ("open", "import") else None)
assert odt.read(data).html
try:
    odt.read(data[:-9])
except DocumentRefused:
    print(opened)
"""


def test_reading_opens_and_imports_nothing() -> None:
    ended = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_faults_of_the_reader_become_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_data: bytes) -> None:
        raise KeyError

    monkeypatch.setattr(odt, "Package", fail)
    with pytest.raises(KeyError):
        odt.parse(b"")
    with pytest.raises(DocumentRefused, match="damaged"):
        odt.read(b"")
