import pytest

from intake.photos.inspect.xmp import xmp
from tests.photos import made


@pytest.mark.parametrize(
    ("packet", "kind"),
    [
        (b' exif:GPSLatitude="43,14N"', "position"),
        (b"<photoshop:City>Almaty</photoshop:City>", "position"),
        (b' aux:SerialNumber="123"', "serial_number"),
        (b' tiff:Model="Model 7"', "camera"),
        (b' xmp:CreateDate="2026-03-05"', "date"),
        (b"<dc:creator>\n<rdf:Seq><rdf:li>A</rdf:li></rdf:Seq></dc:creator>", "name"),
        (b' crs:Exposure2012="+0.5"', "editing"),
        (b' GCamera:MotionPhoto="1"', "private_data"),
        (b' weird:thing="1"', "other"),
    ],
)
def test_a_property_has_a_kind(packet: bytes, kind: str) -> None:
    assert [trace.kind for trace in xmp(packet)] == [kind]


def test_syntax_is_not_counted() -> None:
    assert [trace.name for trace in xmp(made.xmp_packet("SECRET"))] == [
        "XMP exif:GPSLatitude",
        "XMP dc:creator",
    ]


def test_long_packets_end() -> None:
    assert sum(1 for _ in xmp(b' a:b="1"' * 1000)) == 1000
    assert list(xmp(b"<a:" * 100_000)) == []
