import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.photos.verify import verify
from tests.photos import made

CLEAN = {
    "jpeg": made.encoded(made.scene(), "JPEG"),
    "png": made.encoded(made.scene(), "PNG"),
    "webp": made.encoded(made.scene(), "WEBP"),
    "gif": made.animated("GIF"),
}


@pytest.mark.parametrize("name", CLEAN)
def test_a_bare_picture_is_proven(name: str) -> None:
    assert verify(CLEAN[name]) == []


@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize("more", [b"x", b"\0", b"PK\x03\x04", b"<script>"])
def test_a_byte_after_the_end_is_in_the_way(name: str, more: bytes) -> None:
    assert "after the end" in verify(CLEAN[name] + more)[0].what


@pytest.mark.parametrize("name", CLEAN)
def test_a_picture_cut_short_is_not_proven(name: str) -> None:
    data = CLEAN[name]
    assert all(verify(data[:length]) for length in range(0, len(data), max(1, len(data) // 50)))


@pytest.mark.parametrize("data", [b"", b"x", b"%PDF-1.7", made.encoded(made.scene(), "TIFF")])
def test_other_formats_are_not_proven(data: bytes) -> None:
    assert verify(data)


@settings(max_examples=200)
@given(st.sampled_from(sorted(CLEAN)), st.binary(max_size=300))
def test_never_raises(name: str, rest: bytes) -> None:
    verify(CLEAN[name][:12] + rest)


def test_knows_nothing_of_pillow() -> None:
    code = "import sys, intake.photos.verify; assert not {'PIL', 'pillow_heif', 'magic'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
