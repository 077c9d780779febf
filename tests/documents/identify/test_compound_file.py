import pytest

from intake.documents.identify import compound_file
from tests.documents import files


@pytest.mark.parametrize(
    ("streams", "name", "reason"),
    [
        (["DataSpaces", "EncryptedPackage"], "a.docx", "encrypted"),
        (["WordDocument", "1Table"], "", "old_word"),
        (["__properties_version1.0"], "a.doc", "mail"),
        (["Workbook"], "", "sheet"),
        (["PowerPoint Document"], "", "sheet"),
        (["FileHeader"], "a.hwp", "other_word"),
        ([], "A.DOC", "old_word"),
        ([], "a.bin", "unknown"),
    ],
)
def test_streams_tell_the_kind(streams: list[str], name: str, reason: str) -> None:
    assert compound_file.reason(files.compound(*streams), name) == reason


def test_words_of_a_text_are_no_stream() -> None:
    data = files.compound("WordDocument") + b"\0\0" + files.compound("EncryptedPackage")[512:]
    assert compound_file.reason(data, "") == "old_word"
