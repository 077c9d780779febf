from intake.photos.inspect import count
from tests.photos import made


def test_chunks_have_kinds() -> None:
    plain = made.encoded(made.scene(64, 48), "WEBP")
    more = b"C2PA\x04\0\0\0jumb" + b"zzzz\x03\0\0\0abc\0" + b"ICCP\x02\0\0\0ab"
    data = b"RIFF" + (len(plain) - 8 + len(more)).to_bytes(4, "little") + plain[8:] + more + b"tail"
    assert count(data, "webp") == {
        "provenance": 1,
        "private_data": 1,
        "colour_profile": 1,
        "trailing_bytes": 4,
    }


def test_exif_and_xmp_are_read() -> None:
    found = count(made.animated("WEBP", "SECRET"), "webp")
    assert found["position"] == 6
    assert found["name"] == 2
