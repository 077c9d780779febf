import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.photos.render import signals
from intake.photos.render.colour_spaces import ADOBE_RGB, SRGB, from_codes
from tests.photos import made
from tests.photos.render import named

ADOBE_EXIF = {"exif": b"Exif\0\0" + named.exif(interop=b"R03")}


def test_the_container_is_trusted_before_exif() -> None:
    data = named.with_chunks(made.encoded(made.scene(16, 16), "PNG"), cICP=bytes((12, 13, 0, 1)))
    assert signals.read(data, "png", ADOBE_EXIF) == from_codes(12, 13)


def test_exif_is_trusted_before_gamma() -> None:
    data = named.with_chunks(made.encoded(made.scene(16, 16), "PNG"), gAMA=named.fixed(1.0))
    assert signals.read(data, "png", ADOBE_EXIF) == ADOBE_RGB


@pytest.mark.parametrize("format_in", ["jpeg", "webp", "avif", "heif", "png"])
def test_exif_counts_in_every_container(format_in: str) -> None:
    assert signals.read(b"", format_in, ADOBE_EXIF) == ADOBE_RGB


def test_a_tiff_is_its_own_exif() -> None:
    assert signals.read(named.exif(space=2), "tiff", {}) == ADOBE_RGB


def test_an_srgb_chunk_ends_the_search() -> None:
    data = named.with_chunks(made.encoded(made.scene(16, 16), "PNG"), sRGB=b"\0", gAMA=named.fixed(1.0))
    assert signals.read(data, "png", {}) == SRGB


@given(
    data=st.binary(max_size=200),
    format_in=st.sampled_from(["jpeg", "png", "heif", "avif", "tiff", "webp", "gif"]),
)
def test_malformed_bytes_name_nothing_and_raise_nothing(data: bytes, format_in: str) -> None:
    head = {"png": b"\x89PNG\r\n\x1a\n", "tiff": b"II*\0"}.get(format_in, b"")
    signals.read(head + data, format_in, {"exif": b"Exif\0\0II*\0" + data})
