import pytest

from intake.photos.verify import words


@pytest.mark.parametrize(
    ("marker", "payload", "said"),
    [
        (0xE1, b"Exif\0\0MM", words.EXIF),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x", words.XMP),
        (0xE1, b"something else", words.OWN_DATA),
        (0xE2, b"ICC_PROFILE\0\1\1", words.ICC),
        (0xEB, b"JP\0\1", words.ORIGIN),
        (0xFE, b"hello", "a comment"),
        (0xE0, b"JFIF\0\1\2", "a JFIF header with a print size, a small picture or further bytes"),
        (0xC8, b"", "a block that our pictures never have"),
    ],
)
def test_segments(marker: int, payload: bytes, said: str) -> None:
    assert words.segment(marker, payload) == said


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        (b"eXIf", b"", words.EXIF),
        (b"XMP ", b"", words.XMP),
        (b"iTXt", b"XML:com.adobe.xmp\0\0", words.XMP),
        (b"tEXt", b"Author\0I", words.TEXT),
        (b"C2PA", b"", words.ORIGIN),
        (b"caBX", b"", words.ORIGIN),
        (b"\x1b[2J", b"", words.OWN_DATA),
    ],
)
def test_chunks(name: bytes, body: bytes, said: str) -> None:
    assert words.chunk(name, body) == said


@pytest.mark.parametrize(
    ("label", "body", "said"),
    [
        (0xFE, b"\5hello\0", "a comment"),
        (0xFF, b"\x0bXMP DataXMP<x", words.XMP),
        (0xFF, b"\x0bICCRGBG1012", words.ICC),
        (0xFF, b"\x0bMYPROGRAM10", words.OWN_DATA),
        (0x01, b"\x0c", words.TEXT),
    ],
)
def test_extensions(label: int, body: bytes, said: str) -> None:
    assert words.extension(label, body) == said
