from collections import Counter

import pytest

from intake.documents import pictures
from intake.documents.pictures import PictureList


def test_a_picture_is_kept_once() -> None:
    found = PictureList(Counter())
    assert (found.number("a"), found.add("a", b"\x89PNG"), found.number("a")) == (0, 1, 1)
    assert [one.data for one in found.pictures] == [b"\x89PNG"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [(None, "picture"), (b"", "picture"), (b"\xd7\xcd\xc6\x9a", "drawing"), (b"<svg/>", "drawing"),
     (b"\x01\x00\x00\x00" + bytes(36) + b" EMF", "drawing")],
)  # fmt: skip
def test_missing_pictures_and_drawings_are_counted(data: bytes | None, kind: str) -> None:
    removed: Counter[str] = Counter()
    assert PictureList(removed).add("a", data) == 0
    assert removed == {kind: 1}


@pytest.mark.parametrize(
    "description", ["C:\\Users\\LEAK\\x.jpg", "/home/leak/x", "LEAK.jpeg", "IMG_2031", "photo.PNG "]
)
def test_names_of_files_are_no_descriptions(description: str) -> None:
    assert pictures.mark(1, description) == "[picture 1]"


def test_descriptions_stay() -> None:
    assert pictures.mark(2, " A crowd\nat the court. ") == "[picture 2] (A crowd at the court.)"
    assert pictures.mark(0, "A crowd") == "(A crowd)"
    assert pictures.mark(0) == ""
