import re
from pathlib import Path

from intake import documents
from intake.documents.docx import inventory
from intake.text import report

ROOT = Path(documents.__file__).parent


def test_every_kind_that_the_readers_count_has_a_name() -> None:
    code = "".join(path.read_text() for path in ROOT.rglob("*.py"))
    counted = set(re.findall(r'removed\["([a-z-]+)"\]', code)) | set(inventory._KINDS.values())
    assert len(counted) > 8
    assert counted <= report.KINDS.keys()
