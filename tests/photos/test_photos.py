"""Promise of the package: a CleanPhoto with nothing left in it, or a PhotoRefused."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.photos import REASONS, CleanPhoto, PhotoRefused, clean_photo
from intake.photos.verify import verify
from intake.sandbox.limits import Limits
from tests.photos import exiftool, made

SECRET = "CNRYsecret"
PLANTED = {
    "jpeg": made.jpeg_with_gps(320, 240, SECRET),
    "turned": made.jpeg_with_gps(320, 240, SECRET, orientation=6),
    "multi": made.multi_picture(SECRET),
    "motion": made.motion_photo(SECRET),
    "png": made.png_with_text(SECRET),
    "alpha": made.png_with_text(SECRET, "RGBA"),
    "gif": made.animated("GIF", SECRET),
    "webp": made.animated("WEBP", SECRET),
    "tiff": made.encoded(made.scene(), "TIFF", tiffinfo={270: SECRET, 315: SECRET, 33432: SECRET}),
    "avif": made.encoded(made.scene(), "AVIF", exif=made.exif_block(SECRET), xmp=made.xmp_packet(SECRET)),
}


def copies(cleaned: CleanPhoto) -> list[bytes]:
    return [cleaned.full, cleaned.web, cleaned.thumb]


@pytest.mark.parametrize("name", PLANTED)
def test_nothing_planted_is_left(name: str) -> None:
    assert SECRET.encode() in PLANTED[name]
    cleaned = clean_photo(PLANTED[name])
    assert not any(SECRET.encode() in copy for copy in copies(cleaned))
    assert cleaned.removed


@exiftool.needed
def test_exiftool_finds_nothing(tmp_path: Path) -> None:
    files = []
    for name, data in PLANTED.items():
        for index, copy in enumerate(copies(clean_photo(data))):
            files.append(tmp_path / f"{name}{index}")
            files[-1].write_bytes(copy)
    assert exiftool.findings(files) == []


@exiftool.needed
def test_exiftool_would_have_found_it(tmp_path: Path) -> None:
    (tmp_path / "planted.jpg").write_bytes(PLANTED["jpeg"])
    assert any("GPSProcessingMethod" in found for found in exiftool.findings([tmp_path / "planted.jpg"]))


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_refusal_or_a_clean_photo(data: bytes) -> None:
    ends_well(data)


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(PLANTED)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=12)), max_size=6),
    st.floats(0.05, 1),
)
def test_any_damage_ends_in_a_refusal_or_a_clean_photo(
    name: str, edits: list[tuple[float, bytes]], kept: float
) -> None:
    data = bytearray(PLANTED[name])
    for where, what in edits:
        at = int(where * len(data))
        data[at : at + len(what)] = what
    ends_well(bytes(data[: max(1, int(kept * len(data)))]))


def ends_well(data: bytes) -> None:
    try:
        cleaned = clean_photo(data)
    except PhotoRefused:
        # PhotoRefused accepts only reasons that have a sentence, so there is nothing to check here.
        return
    assert [verify(copy) for copy in copies(cleaned)] == [[], [], []]


@settings(max_examples=40)
@given(
    st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=24),
    st.integers(1, 8),
    st.sampled_from(["jpeg", "png"]),
)
def test_no_string_in_any_slot_comes_through(word: str, orientation: int, kind: str) -> None:
    marker = f"~{word}~"
    data = made.jpeg_with_gps(48, 32, marker, orientation) if kind == "jpeg" else made.png_with_text(marker)
    assert not any(marker.encode() in copy for copy in copies(clean_photo(data)))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff", "damaged"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1", "damaged"),
        (b"<html><script>alert(1)</script>", "document"),
        (made.png_header_only(30_000, 30_000), "too_many_pixels"),
        (made.png_header_only(100, 100), "damaged"),
        (made.many_scans(500), "too_many_scans"),
        (PLANTED["jpeg"][:3000], "damaged"),
    ],
)
def test_refuses_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(PhotoRefused) as refused:
        clean_photo(data)
    assert refused.value.reason == reason


def test_refuses_what_is_too_large_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.photos.MAX_BYTES", 10)
    with pytest.raises(PhotoRefused, match="too_large"):
        clean_photo(b"x" * 11)


def test_hostile_dimensions_in_a_webp_cost_no_memory() -> None:
    """The file has 34 bytes, and its header announces a picture that needs 1.2 GB."""
    head = b"VP8X" + (10).to_bytes(4, "little") + b"\x10\0\0\0" + b"\xff\x3f\0" * 2
    riff = b"WEBP" + head + b"VP8L" + (5).to_bytes(4, "little") + b"\x2f\xff\xff\xff\x0f\0"
    with pytest.raises(PhotoRefused):
        clean_photo(b"RIFF" + len(riff).to_bytes(4, "little") + riff, limits=Limits(memory_bytes=400 << 20))


def test_this_process_lives() -> None:
    before = os.getpid()
    for data in (b"\xff\xd8\xff" + os.urandom(500), made.png_header_only(9, 9)):
        with pytest.raises(PhotoRefused):
            clean_photo(data)
    assert os.getpid() == before
    assert clean_photo(PLANTED["jpeg"]).format == "jpeg"


def test_every_reason_is_said() -> None:
    assert {"damaged", "too_slow", "too_much_memory", "not_proven_clean"} <= set(REASONS)
