import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.photos.inspect import count, inspect
from intake.photos.metadata_report import KINDS
from tests.photos import made

FORMATS = ("jpeg", "png", "webp", "gif", "tiff", "heif", "avif")
FILES = {
    "jpeg": made.jpeg_with_gps(64, 48, "SECRET"),
    "png": made.png_with_text("SECRET"),
    "webp": made.animated("WEBP", "SECRET"),
    "gif": made.animated("GIF", "SECRET"),
    "tiff": made.encoded(made.scene(64, 48), "TIFF", tiffinfo={270: "SECRET", 315: "SECRET"}),
    "avif": made.encoded(
        made.scene(64, 48), "AVIF", exif=made.exif_block("SECRET"), xmp=made.xmp_packet("SECRET")
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_finds_what_was_planted(name: str) -> None:
    assert any(
        b"SECRET" in trace.value for trace in inspect(FILES[name], name) if isinstance(trace.value, bytes)
    )


@pytest.mark.parametrize("name", ["jpeg", "avif", "webp"])
def test_counts_by_kind(name: str) -> None:
    found = count(FILES[name], name)
    # Five fields of the Exif position, and one more in XMP if the reader reports it separately.
    assert found["position"] in {5, 6}
    assert found["camera"] == 2
    assert found["serial_number"] == 1


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_finds_nothing_in_a_bare_picture(name: str) -> None:
    assert not count(made.encoded(made.scene(), name), name.lower())


@settings(max_examples=300)
@given(
    st.sampled_from(FORMATS),
    st.sampled_from([b"", *(data[:200] for data in FILES.values())]),
    st.binary(max_size=300),
)
def test_never_raises_and_knows_all_its_kinds(name: str, head: bytes, rest: bytes) -> None:
    assert set(count(head + rest, name)) <= set(KINDS)


@settings(max_examples=200)
@given(st.sampled_from(sorted(FILES)), st.floats(0, 1), st.binary(min_size=1, max_size=8))
def test_lies_inside_a_real_file_do_no_harm(name: str, where: float, what: bytes) -> None:
    data = bytearray(FILES[name])
    at = int(where * len(data))
    data[at : at + len(what)] = what
    assert set(count(bytes(data), name)) <= set(KINDS)
