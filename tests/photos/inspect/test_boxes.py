import pytest

from intake.photos.inspect import count
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


def film(handler: bytes) -> bytes:
    return box(b"moov", box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(13)))))


@pytest.mark.parametrize(("handler", "kinds"), [(b"vide", {"video": 1}), (b"pict", {})])
def test_pictures_of_a_sequence_are_no_video(handler: bytes, kinds: dict[str, int]) -> None:
    assert count(made.encoded(made.scene(64, 48), "AVIF") + film(handler), "avif") == kinds
