import pytest

from intake.photos.pictures import heif
from intake.photos.refusal import PhotoRefused
from tests.photos import several
from tests.photos.pictures.test_boxes import box


def test_one_of_several_pictures_is_told_of() -> None:
    assert heif.choose(several.heic((64, 48), (40, 30), (40, 40)), "heif").notes == {"pictures": 3}
    assert heif.choose(several.heic((64, 48)), "heif").notes == {}


def test_a_larger_picture_than_the_primary_one_is_refused() -> None:
    with pytest.raises(PhotoRefused, match="larger_picture"):
        heif.choose(several.heic((64, 48), (40, 30), primary=1), "heif")


def film(handler: bytes, samples: int) -> bytes:
    table = box(b"minf", box(b"stbl", box(b"stsz", bytes(8) + samples.to_bytes(4, "big"))))
    media = box(b"hdlr", bytes(8) + handler + bytes(13)) + table
    return box(b"moov", box(b"trak", box(b"mdia", media)))


def test_pictures_of_a_sequence_are_counted() -> None:
    data = several.heic((64, 48))
    assert heif.choose(data + film(b"pict", 12), "heif").notes == {"pictures": 12}
    assert heif.choose(data + film(b"vide", 12), "heif").notes == {}
