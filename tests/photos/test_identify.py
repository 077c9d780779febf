import subprocess
import sys

import pytest

from intake.photos.identify import FORMATS, identify, libmagic_version, sniff
from intake.photos.refusal import PhotoRefused
from tests.photos import made

FILES = {
    "jpeg": made.encoded(made.scene(), "JPEG"),
    "png": made.encoded(made.scene(), "PNG"),
    "gif": made.encoded(made.scene(), "GIF"),
    "webp": made.encoded(made.scene(), "WEBP"),
    "tiff": made.encoded(made.scene(), "TIFF"),
    "avif": made.encoded(made.scene(64, 48), "AVIF"),
}


@pytest.mark.parametrize("name", FILES)
def test_knows_each_format_by_its_bytes(name: str) -> None:
    assert identify(FILES[name]) == name
    assert sniff(FILES[name][:64]) == name


@pytest.mark.parametrize(
    ("brands", "name"),
    [
        (b"heic\0\0\0\0mif1heic", "heif"),
        (b"mif1\0\0\0\0mif1heic", "heif"),
        (b"mif1\0\0\0\0mif1avif", "avif"),
        (b"avis\0\0\0\0avisavif", "avif"),
        (b"mp42\0\0\0\0isommp42", None),
    ],
)
def test_tells_heif_from_avif_and_film_by_brands(brands: bytes, name: str | None) -> None:
    assert sniff((8 + len(brands)).to_bytes(4, "big") + b"ftyp" + brands) == name


@pytest.mark.parametrize(
    "head", [b"", b"\xff", b"RIFF", b"RIFF0000WAVE", b"\0\0\0\x18ftyp", b"%PDF-1.7", b"<html>"]
)
def test_sniffs_nothing_in_what_is_no_photo(head: bytes) -> None:
    assert sniff(head) is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\0" * 100, "not_a_photo"),
        (b"just words", "not_a_photo"),
        (b"%PDF-1.7\n", "document"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "drawing"),
        (b"BM" + b"\x46\0\0\0" + bytes(4) + b"\x36\0\0\0\x28\0\0\0" + bytes(60), "type_not_accepted"),
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "document"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing"),
    ],
)
def test_refuses_what_is_not_on_the_list(data: bytes, reason: str) -> None:
    with pytest.raises(PhotoRefused) as refused:
        identify(data)
    assert refused.value.reason == reason


def test_libmagic_and_signature_have_to_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mistaken:
        def from_buffer(self, _head: bytes) -> str:
            return "image/png"

    monkeypatch.setattr("intake.photos.identify._libmagic", Mistaken)
    with pytest.raises(PhotoRefused):
        identify(FILES["jpeg"])


def test_says_which_libmagic_it_uses() -> None:
    assert libmagic_version().split()[0].isdigit()


def test_every_format_has_a_signature() -> None:
    assert {sniff(data) for data in FILES.values()} | {"heif"} == set(FORMATS.values())


def test_the_libmagic_of_the_wheel_is_used_where_the_system_has_none() -> None:
    """Runs in a new process, because a library that is loaded once cannot be unloaded."""
    code = """
import ctypes
real = ctypes.CDLL.__init__
def without(self, name=None, *more, **rest):
    if name == "libmagic.so.1" and not allowed:
        raise OSError(name)
    real(self, name, *more, **rest)
    allowed.append(name) if name and "pylibmagic" in name else None
allowed = []
ctypes.CDLL.__init__ = without
from intake.photos.identify import identify, libmagic_version
assert identify(b"\\x89PNG\\r\\n\\x1a\\n\\0\\0\\0\\rIHDR\\0\\0\\0\\1\\0\\0\\0\\1\\10\\2\\0\\0\\0") == "png"
assert libmagic_version().endswith("(wheel)"), libmagic_version()
import sys
assert "pylibmagic" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_neither_the_package_nor_this_module_imports_pillow() -> None:
    code = "import sys, intake.photos, intake.photos.identify; assert not {'PIL', 'pillow_heif', 'magic'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_raw_file_that_libmagic_knows_is_a_tiff(monkeypatch: pytest.MonkeyPatch) -> None:
    class Knowing:
        def from_buffer(self, _head: bytes) -> str:
            return "image/x-canon-cr2"

    monkeypatch.setattr("intake.photos.identify._libmagic", Knowing)
    assert identify(FILES["tiff"]) == "tiff"
