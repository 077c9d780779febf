import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.photos.identify import identify, sniff
from intake.photos.refusal import REASONS, PhotoRefused
from intake.photos.unaccepted import by_signature, reason
from tests.photos import made


def boxes(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0isommp41" + b"\0\0\0\x08free" + bytes(200)


def packed(name: str, content: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


FILES = {
    "mp4": (boxes(b"isom"), "video"),
    "mov": (boxes(b"qt  "), "video"),
    "3gp": (boxes(b"3gp4"), "video"),
    "mov without brands": (b"\0\0\0\x08wide\0\0\1\0mdat" + bytes(200), "video"),
    "avi": (b"RIFF\x10\x10\0\0AVI LIST" + bytes(200), "video"),
    "webm": (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1" + bytes(200), "video"),
    "mpeg": (b"\0\0\1\xba\x44" + bytes(200), "video"),
    "transport stream": ((b"G" + bytes(187)) * 4, "video"),
    "wmv": (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9" + bytes(200), "video"),
    "ogv": (b"OggS\0\2" + bytes(22) + b"\x80theora" + bytes(200), "video"),
    "m4a": (boxes(b"M4A "), "audio"),
    "mp3": (b"ID3\4\0\0" + bytes(200), "audio"),
    "mp3 without tags": (b"\xff\xfb\x90\x64" + bytes(200), "audio"),
    "aac": (b"\xff\xf1\x50\x80" + bytes(200), "audio"),
    "wav": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(200), "audio"),
    "opus": (b"OggS\0\2" + bytes(22) + b"OpusHead" + bytes(200), "audio"),
    "flac": (b"fLaC\0\0\0\x22" + bytes(200), "audio"),
    "amr": (b"#!AMR\n" + bytes(200), "audio"),
    "aiff": (b"FORM\0\0\0\x40AIFFCOMM" + bytes(200), "audio"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(200), "document"),
    "pdf behind other bytes": (b"\0\0\0\0junk%PDF-1.4\n" + bytes(200), "document"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "document"),
    "docx": (packed("[Content_Types].xml", b"<Types/>"), "document"),
    "xlsx": (packed("_rels/.rels", b"<Relationships/>"), "document"),
    "odt": (packed("mimetype", b"application/vnd.oasis.opendocument.text"), "document"),
    "epub": (packed("mimetype", b"application/epub+zip"), "document"),
    "rtf": (b"{\\rtf1\\ansi words}", "document"),
    "html": (b"<!DOCTYPE html><html><body><svg></svg>", "document"),
    "xhtml": (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "document"),
    "words": (b"just some plain words", "document"),
    "words in utf-16": ("слова и слова".encode("utf-16"), "document"),
    "words in cp1251": ("слова и ещё слова".encode("cp1251"), "document"),
    "djvu": (b"AT&TFORM\0\0\1\0DJVU" + bytes(200), "document"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing"),
    "svg after a comment": (b"<?xml version='1.0'?>\n<!-- made by hand -->\n<svg:svg>", "drawing"),
    "svg in utf-16": ("<svg/>".encode("utf-16"), "drawing"),
    "psd": (b"8BPS\0\1" + bytes(200), "drawing"),
    "xcf": (b"gimp xcf v011\0" + bytes(200), "drawing"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "drawing"),
    "eps with a preview": (b"\xc5\xd0\xd3\xc6\x1e\0\0\0" + bytes(200), "drawing"),
    "odg": (packed("mimetype", b"application/vnd.oasis.opendocument.graphics"), "drawing"),
    "krita": (packed("mimetype", b"application/x-krita"), "drawing"),
    "zip": (packed("IMG_0001.jpg", b"\xff\xd8\xff"), "archive"),
    "empty zip": (b"PK\5\6" + bytes(18), "archive"),
    "gzip": (b"\x1f\x8b\x08\0" + bytes(200), "archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4" + bytes(200), "archive"),
    "rar": (b"Rar!\x1a\7\1\0" + bytes(200), "archive"),
    "tar": (b"a.jpg".ljust(257, b"\0") + b"ustar\0" + b"00" + bytes(300), "archive"),
    "lha": (b"\x24\x20-lh5-" + bytes(200), "archive"),
    "crw": (b"II\x1a\0\0\0HEAPCCDR" + bytes(200), "raw_photo"),
    "bmp": (b"BM\x46\0\0\0" + bytes(4) + b"\x36\0\0\0\x28\0\0\0" + bytes(60), "type_not_accepted"),
    "ico": (b"\0\0\1\0\1\0\x10\x10" + bytes(60), "type_not_accepted"),
    "jpeg xl": (b"\xff\x0a\xfa\x1f" + bytes(60), "type_not_accepted"),
    "jpeg xl in boxes": (b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(60), "type_not_accepted"),
    "jpeg 2000": (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(60), "type_not_accepted"),
    "avc picture": (boxes(b"avci"), "type_not_accepted"),
    "ppm": (b"P6\n4 4\n255\n" + bytes(48), "type_not_accepted"),
    "few words": (b"just words", "not_a_photo"),
    "zeros": (bytes(600), "not_a_photo"),
    "noise": (bytes(range(128, 256)) + bytes(range(1, 128)), "not_a_photo"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), FILES.values(), ids=list(FILES))
def test_the_door_and_the_worker_give_the_same_reason(data: bytes, expected: str) -> None:
    assert sniff(data) is None
    assert by_signature(data) == expected
    with pytest.raises(PhotoRefused) as refused:
        identify(data)
    assert refused.value.reason == expected


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("video/x-ms-wmv", "video"),
        ("audio/x-ape", "audio"),
        ("text/x-tex", "document"),
        ("application/vnd.ms-excel", "document"),
        ("application/postscript", "drawing"),
        ("image/vnd.adobe.photoshop", "drawing"),
        ("image/svg+xml", "drawing"),
        ("application/x-7z-compressed", "archive"),
        ("image/x-canon-cr2", "raw_photo"),
        ("image/x-nikon-nef", "raw_photo"),
        ("image/x-tga", "type_not_accepted"),
        ("application/x-executable", "not_a_photo"),
        ("application/octet-stream", "not_a_photo"),
        ("text/plain", "not_a_photo"),
    ],
)
def test_libmagic_knows_the_rest(media_type: str, expected: str) -> None:
    assert reason(b"\0\1\2\3", media_type) == expected


def test_a_damaged_photo_is_not_called_another_kind() -> None:
    with pytest.raises(PhotoRefused, match="damaged"):
        identify(b"\xff\xd8\xff")


@given(st.binary(max_size=2000), st.sampled_from(["", "image/x", "application/zip", "text/plain"]))
def test_every_file_gets_a_reason(head: bytes, media_type: str) -> None:
    assert by_signature(head) in REASONS
    assert reason(head, media_type) in REASONS


@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "TIFF"]), st.integers(24, 200))
def test_an_accepted_photo_that_breaks_off_is_never_a_video_or_document(name: str, length: int) -> None:
    assert by_signature(made.encoded(made.scene(), name)[:length]) == "not_a_photo"
