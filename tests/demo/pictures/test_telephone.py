import io

import pytest
from PIL import Image

from intake.demo.pictures.telephone import EXIF_IFD, GPS_IFD, MODEL, SERIAL, TELEPHONES, exif, xmp


def read(block: bytes) -> Image.Exif:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=block)
    return Image.open(out).getexif()


@pytest.mark.parametrize(
    ("place", "signs", "degrees"),
    [
        ((43.238, 76.945), "NE", (43, 76)),
        ((-33.918, 18.423), "SE", (33, 18)),
        ((51.454, -2.587), "NW", (51, 2)),
    ],
)
def test_the_position_is_where_it_should_be(
    place: tuple[float, float], signs: str, degrees: tuple[int, int]
) -> None:
    gps = read(exif("seed", place)).get_ifd(GPS_IFD)
    assert gps[1] + gps[3] == signs
    for wanted, found, whole in zip(place, (gps[2], gps[4]), degrees, strict=True):
        d, m, s = map(float, found)
        assert d == whole
        assert d + m / 60 + s / 3600 == pytest.approx(abs(wanted), abs=0.001)


def test_a_telephone_says_who_it_is() -> None:
    found = read(exif("seed", (1, 2)))
    assert found[MODEL] in {model for _, model in TELEPHONES}
    assert found.get_ifd(EXIF_IFD)[SERIAL].startswith("SN-")


def test_the_position_is_in_exif_and_xmp() -> None:
    assert b'exif:GPSLatitude="-33.91800"' in xmp((-33.918, 18.423))
