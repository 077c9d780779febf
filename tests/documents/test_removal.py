import re
from pathlib import Path

from intake.documents import removal
from intake.documents.docx import inventory

ROOT = Path(removal.__file__).parent


def test_every_kind_that_the_readers_count_has_a_name() -> None:
    code = "".join(path.read_text() for path in ROOT.rglob("*.py"))
    counted = set(re.findall(r'removed\["([a-z-]+)"\]', code)) | set(inventory._KINDS.values())
    assert len(counted) > 8
    assert counted <= removal.KINDS.keys()
