from intake.documents.rtf.picture_data import PictureData


def picture(word: str, digits: bytes = b"", data: bytes = b"") -> bytes:
    made = PictureData()
    made.word(word)
    made.add_hex(digits)
    made.add_bytes(data)
    return made.data()


def test_photos_alone_are_kept() -> None:
    assert picture("pngblip", b"0a 0B\n0") == b"\x0a\x0b"
    assert picture("jpegblip", data=b"ab") == b"ab"
    assert picture("wmetafile", b"0a") == b""
    assert picture("pngblip") == b""


def test_data_may_come_in_pieces() -> None:
    made = PictureData()
    made.word("pngblip")
    for data in (b"a", b"b", b""):
        made.add_bytes(data)
    assert made.data() == b"ab"
