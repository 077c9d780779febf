from collections import Counter
from unittest.mock import Mock

import pytest

from intake.documents import pictures
from intake.documents.pictures import PictureList


def test_a_picture_is_kept_once() -> None:
    found, read = PictureList(Counter()), Mock(return_value=b"\x89PNG")
    assert [found.number(name, read) for name in ("a", "b", "a")] == [1, 2, 1]
    assert [call.args for call in read.call_args_list] == [("a",), ("b",)]
    assert [one.data for one in found.pictures] == [b"\x89PNG"] * 2


@pytest.mark.parametrize(
    ("data", "kind"),
    [(None, "picture"), (b"", "picture"), (b"\xd7\xcd\xc6\x9a", "drawing"), (b"<svg/>", "drawing"),
     (b"\x01\x00\x00\x00" + bytes(36) + b" EMF", "drawing")],
)  # fmt: skip
def test_missing_pictures_and_drawings_are_counted(data: bytes | None, kind: str) -> None:
    removed: Counter[str] = Counter()
    found, read = PictureList(removed), Mock(return_value=data)
    assert [found.number("a", read) for _ in range(3)] == [0, 0, 0]
    assert (removed, read.call_count) == ({kind: 1}, 1)


@pytest.mark.parametrize(
    "description", ["C:\\Users\\LEAK\\x.jpg", "/home/leak/x", "LEAK.jpeg", "IMG_2031", "photo.PNG "]
)
def test_names_of_files_are_no_descriptions(description: str) -> None:
    assert pictures.mark(1, description) == "[picture 1]"


def test_descriptions_stay() -> None:
    assert pictures.mark(2, " A crowd\nat the court. ") == "[picture 2] (A crowd at the court.)"
    assert pictures.mark(0, "A crowd") == "(A crowd)"
    assert pictures.mark(0) == ""
