import pytest

from intake.photos.inspect import count
from intake.photos.inspect.boxes import children
from tests.photos import made


def box(name: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + name + body


def test_reads_exif_xmp_and_profile_of_avif() -> None:
    data = made.encoded(
        made.scene(64, 48),
        "AVIF",
        exif=made.exif_block("A"),
        xmp=made.xmp_packet("A"),
        icc_profile=made.rgb_profile("p3"),
    )
    found = count(data, "avif")
    assert (found["position"], found["camera"], found["name"], found["colour_profile"]) == (6, 2, 2, 1)


@pytest.mark.parametrize(
    ("name", "kind"), [(b"moov", "video"), (b"mpvd", "video"), (b"uuid", "private_data")]
)
def test_other_boxes_have_kinds(name: bytes, kind: str) -> None:
    data = made.encoded(made.scene(64, 48), "AVIF") + box(name, b"anything")
    assert count(data, "avif") == {kind: 1}


def test_an_alpha_channel_is_no_second_picture() -> None:
    assert not count(made.encoded(made.see_through(), "AVIF"), "avif")


@pytest.mark.parametrize(
    "lie", [b"\0\0\0\0meta", b"\0\0\0\x01meta" + b"\xff" * 8, b"\0\0\0\x03meta", b"\xff\xff\xff\xffmeta"]
)
def test_lengths_that_lie_end_the_walk(lie: bytes) -> None:
    assert len(list(children(lie + bytes(64), 0, len(lie) + 64))) <= 1
