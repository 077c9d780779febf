import pytest

from intake.documents import limits
from intake.documents.identify import zip_file
from intake.documents.refusal import DocumentRefused
from tests.documents import files


def kind(data: bytes, name: str = "") -> str:
    try:
        return zip_file.kind(data, name)
    except DocumentRefused as refusal:
        return refusal.reason


OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (files.office(), "docx"),
        (files.office(f"{OFFICE}wordprocessingml.template.main+xml"), "docx"),
        (files.office("application/vnd.ms-word.document.macroEnabled.main+xml"), "docx"),
        (files.office("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"), "docx"),
        (files.office(f"{OFFICE}spreadsheetml.sheet.main+xml"), "sheet"),
        (files.office("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "sheet"),
        (files.office(f"{OFFICE}presentationml.presentation.main+xml"), "sheet"),
        (files.office("application/x"), "unknown"),
        (files.office("application/x", **{"word/document.xml": "x"}), "docx"),
        (files.archive({"mimetype": f"{files.ODF}text-template"}), "odt"),
        (files.archive({"mimetype": f"{files.ODF}text-master"}), "other_word"),
        (files.archive({"mimetype": f"{files.ODF}spreadsheet"}), "sheet"),
        (files.archive({"mimetype": f"{files.ODF}presentation-template"}), "sheet"),
        (files.archive({"mimetype": "application/epub+zip"}), "book"),
        (files.archive({"mimetype": "application/hwp+zip"}), "other_word"),
        (files.archive({"mimetype": "x"}), "unknown"),
        (files.archive({"content.xml": "", "META-INF/manifest.xml": ""}), "odt"),
        (files.archive({"Index/Document.iwa": "", "preview.jpg": ""}), "pages"),
        (files.archive({"story.docx": ""}), "archive"),
        (files.archive({}), "archive"),
    ],
)
def test_parts_tell_the_kind(data: bytes, found: str) -> None:
    assert kind(data) == found


def test_names_tell_programs_of_one_family_apart() -> None:
    data = files.archive({"Index/Document.iwa": ""})
    assert kind(data, "a.pages") == "pages"
    assert kind(data, "A.NUMBERS") == kind(data, "a.key") == "sheet"


def test_damage_is_one_reason() -> None:
    data = files.office()
    for cut in range(0, len(data), 7):
        assert kind(data[:cut]) == "damaged"


def test_a_huge_part_is_not_unpacked() -> None:
    bomb = files.archive({"[Content_Types].xml": b"\0" * 200_000_000})
    assert len(bomb) < 300_000
    assert kind(bomb) == "unknown"


def test_too_many_parts_are_refused_before_they_are_listed() -> None:
    assert kind(b"PK\x01\x02" * (limits.MAX_PARTS + 1)) == "damaged"


def test_an_encrypted_part_is_told() -> None:
    data = bytearray(files.archive({"mimetype": f"{files.ODF}text"}))
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(signature) + place] |= 1
    assert kind(bytes(data)) == "encrypted"


def test_only_the_usual_compression_is_unpacked() -> None:
    data = bytearray(files.archive({"mimetype": f"{files.ODF}text"}))
    data[data.find(b"PK\x01\x02") + 10] = 14
    assert kind(bytes(data)) == "damaged"
