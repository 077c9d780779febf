from pathlib import Path

import pytest

from intake import documents
from tests.documents import made
from tests.documents.test_init import RTF
from tests.documents.word_files import unzipped
from tests.fuzz.documents import sources


def test_without_a_corpus_our_own_are_spoilt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "DOCUMENTS", None)
    assert sources.sources() == sources.own()
    assert len(sources.own()) > 20


def test_of_a_corpus_the_small_sound_files_are_spoilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in (("a.docx", 3), ("b.pdf", 3), ("c.odt", sources.LARGEST + 1), ("14_xmlbomb.docx", 3)):
        (tmp_path / name).write_bytes(b"x" * size)
    monkeypatch.setattr(sources, "DOCUMENTS", tmp_path)
    assert sources.sources() == [*sources.own(), b"xxx"]


def test_planted_names_stay_only_where_nothing_is_read() -> None:
    before, after = unzipped(made.WORD_PLANTED), unzipped(sources.innocent(made.WORD_PLANTED))
    assert b"LEAK" not in after["word/document.xml"] + after["word/styles.xml"]
    assert after["docProps/core.xml"] == before["docProps/core.xml"]
    assert b"LEAK" not in sources.innocent(RTF)
    assert documents.read(sources.innocent(made.WORD_PLANTED)).html == documents.read(made.WORD_PLANTED).html
