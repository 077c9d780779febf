import pytest

from intake.documents import identify, limits
from intake.documents.identify import KINDS
from intake.documents.refusal import REASONS, DocumentRefused
from tests.documents import files


def refused(data: bytes, name: str = "") -> str:
    with pytest.raises(DocumentRefused) as refusal:
        identify.identify(data, name)
    return refusal.value.reason


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (files.office(), "a.docx", "docx"),
        (files.office(), "photo.jpg", "docx"),
        (files.archive({"mimetype": f"{files.ODF}text"}), "a.docx", "odt"),
        (b"{\\rtf1 a}", "a.doc", "rtf"),
        (b"\xef\xbb\xbf\n{\\rtf1 a}", "", "rtf"),
        (b"a text", "", "txt"),
        (b"# a", "A.MD", "md"),
        (b"# a", "a.txt", "txt"),
        ("昨夜".encode("utf-16"), "a.txt", "txt"),
        (b"%PDF is a format. BM and PK are, too.", "a.txt", "txt"),
    ],
)
def test_accepted_kinds_go_by_content(data: bytes, name: str, kind: str) -> None:
    assert identify.identify(data, name) == kind
    assert kind in KINDS


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b"a" * (limits.MAX_BYTES + 1), "a.txt", "too_large"),
        (b"%PDF-1.3\n", "a.docx", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.3\n", "", "pdf"),
        (b"junk\n%PDF-1.3\n", "a.pdf", "pdf"),
        (files.compound("EncryptedPackage"), "a.docx", "encrypted"),
        (files.compound("WordDocument"), "a.docx", "old_word"),
        (b"\xff\xd8\xff\xe0", "a.docx", "picture"),
        (b"\0\0\0\x18ftypheic", "", "picture"),
        (b"RIFF\0\0\0\0WEBP", "", "picture"),
        (b"BM\0\1\0\0\0\0\0\0", "", "picture"),
        (b"\x1f\x8b\x08", "a.docx", "archive"),
        (b"a".ljust(257, b"\0") + b"ustar", "", "archive"),
        (b"\xffWPC", "", "other_word"),
        (b"words that are no archive", "a.docx", "damaged"),
    ],
)
def test_other_kinds_are_refused_with_a_sentence(data: bytes, name: str, reason: str) -> None:
    assert refused(data, name) == reason
    assert REASONS[reason].endswith(".")
