import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.photos import child
from intake.photos.inspect import origin
from intake.photos.inspect.origin import CAMERA, PROGRAM, SOURCE_TYPES, made_by, note
from tests.photos import made

IPTC = b"http://cv.iptc.org/newscodes/digitalsourcetype/"
GENERATED = IPTC + b"trainedAlgorithmicMedia"
CAPTURED = IPTC + b"digitalCapture"
PLAIN = made.encoded(made.scene(), "JPEG")


def jumbf(claim: bytes, part: int = 1 << 16) -> bytes:
    """APP11 segments of a JUMBF box that holds the claim, in parts of `part` bytes."""
    head = struct.pack(">I4s", len(claim) + 8, b"jumb")
    segments = b""
    for number, at in enumerate(range(0, len(claim), part), 1):
        body = b"JP\0\1" + struct.pack(">I", number) + head + claim[at : at + part]
        segments += b"\xff\xeb" + struct.pack(">H", len(body) + 2) + body
    return PLAIN[:2] + segments + PLAIN[2:]


@pytest.mark.parametrize("code", SOURCE_TYPES)
@pytest.mark.parametrize(
    "template",
    [
        "http://cv.iptc.org/newscodes/digitalsourcetype/{}",
        "http://c2pa.org/digitalsourcetype/{}",
        "<Iptc4xmpExt:DigitalSourceType>{}</Iptc4xmpExt:DigitalSourceType>",
        'Iptc4xmpExt:DigitalSourceType="{}"',
        '"digitalSourceType": "{}"',
        "qdigitalSourceTypexFhttp://cv.iptc.org/newscodes/digitalsourcetype/{}hmetadata",
    ],
    ids=["iptc", "c2pa", "element", "attribute", "json", "cbor"],
)
def test_every_value_in_every_notation(code: str, template: str) -> None:
    assert made_by(template.format(code).encode(), "heif") == SOURCE_TYPES[code]


@pytest.mark.parametrize(
    ("action", "maker"),
    [
        (b"lc2pa.editedjparameters", PROGRAM),
        (b"c2pa.drawingjparameters", PROGRAM),
        (b"c2pa.color_adjustments", PROGRAM),
        (b"c2pa.created", None),
        (b"c2pa.edited.metadata", None),
        (b"c2pa.opened", None),
        (b"c2pa.published", None),
    ],
)
def test_actions(action: bytes, maker: str | None) -> None:
    assert made_by(action, "webp") == maker


def test_a_photo_that_was_altered_later_was_altered() -> None:
    assert made_by(CAPTURED + b" " + GENERATED, "heif") == PROGRAM
    assert made_by(CAPTURED + b" c2pa.edited", "heif") == PROGRAM


@pytest.mark.parametrize("value", [b"print", b"empty", b"somethingNew", b""])
def test_other_values_say_nothing(value: bytes) -> None:
    assert made_by(IPTC + value, "jpeg") is None
    assert note(IPTC + value, "jpeg") == {}


@given(st.integers(min_value=1, max_value=300))
def test_a_claim_that_is_split_into_segments_is_found(part: int) -> None:
    assert made_by(jumbf(b"x" * 40 + CAPTURED, part), "jpeg") == CAMERA


def test_a_compressed_text_of_a_png_is_found() -> None:
    packet = b'<rdf:Description Iptc4xmpExt:DigitalSourceType="trainedAlgorithmicMedia"/>'
    text = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(packet)
    plain = made.encoded(made.scene(), "PNG")
    assert made_by(plain[:33] + made.chunk(b"iTXt", text) + plain[33:], "png") == PROGRAM
    assert made_by(plain[:33] + made.chunk(b"caBX", GENERATED) + plain[33:], "png") == PROGRAM


def test_a_claim_in_the_sub_blocks_of_a_gif_is_found() -> None:
    blocks = b"\x09" + GENERATED[:9] + b"\x40" + GENERATED[9:73] + b"\0"
    assert made_by(b"GIF89a!\xff\x0bC2PA_GIF\1\0\0" + blocks, "gif") == PROGRAM
    assert made_by(b"GIF89a!\xff\x0bC2PA_GIF\1\0\0\xff", "gif") is None


@given(st.binary(), st.sampled_from(["jpeg", "png", "gif", "webp", "heif", "tiff"]))
def test_any_bytes_are_searched(data: bytes, format_in: str) -> None:
    assert made_by(data, format_in) in {None, PROGRAM, CAMERA}
    assert made_by(b"jumb\xff\xeb" + data, format_in) in {None, PROGRAM, CAMERA}
    assert made_by(b"C2PA_GIF\1\0\0" + data, format_in) in {None, PROGRAM, CAMERA}


def test_the_child_notes_it_and_the_copies_do_not_have_it() -> None:
    header, blobs = child.clean(jumbf(CAPTURED))
    assert header["notes"] == {"made_by": "camera"}
    assert not any(b"digitalsourcetype" in blob for blob in blobs)
    assert origin.made_by(blobs[0], "jpeg") is None
