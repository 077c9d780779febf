import struct

import pytest

from intake.photos.inspect import count
from tests.photos import made, several

PLAIN = made.encoded(made.scene(64, 48), "JPEG")


def with_segment(marker: int, body: bytes) -> bytes:
    return PLAIN[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + PLAIN[2:]


@pytest.mark.parametrize(
    ("marker", "body", "kind"),
    [
        (0xFE, b"words", "comment"),
        (0xE0, b"JFXX\0\x10", "thumbnail"),
        (0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\1abc", "thumbnail"),
        (0xE0, b"AVI1", "private_data"),
        (0xE2, b"ICC_PROFILE\0\1\1profile", "colour_profile"),
        (0xEB, b"JP\0\1\0\0\0\1jumb", "provenance"),
        (0xE4, b"anything", "private_data"),
    ],
)
def test_each_segment_has_a_kind(marker: int, body: bytes, kind: str) -> None:
    assert count(with_segment(marker, body), "jpeg") == {kind: 1}


@pytest.mark.parametrize(
    ("marker", "body"), [(0xEE, b"Adobe\0\x64\0\0\0\0\1"), (0xE2, b"ICC_PROFILE\0\2\2more")]
)
def test_what_says_nothing_new_is_not_counted(marker: int, body: bytes) -> None:
    assert not count(with_segment(marker, body), "jpeg")


def test_ordinary_further_pictures_are_no_metadata() -> None:
    assert not count(several.multi_picture((64, 48), (40, 30)), "jpeg")


def test_companion_pictures_are_counted() -> None:
    assert count(several.with_gain_map((64, 48), (40, 30)), "jpeg")["second_picture"] == 1


def test_a_film_after_the_end_is_found() -> None:
    assert count(made.motion_photo("x"), "jpeg")["video"] == 1


def test_a_comment_between_scans_is_found() -> None:
    plain = made.encoded(made.scene(64, 48), "JPEG", progressive=True)
    second = plain.index(b"\xff\xda", plain.index(b"\xff\xda") + 2)
    assert count(plain[:second] + b"\xff\xfe\0\x08secret" + plain[second:], "jpeg") == {"comment": 1}
