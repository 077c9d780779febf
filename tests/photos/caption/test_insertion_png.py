from zlib import crc32

from intake.photos.caption import CaptionCredit
from intake.photos.caption.insertion import png
from tests.photos.made import encoded, scene


def test_one_chunk_behind_the_header() -> None:
    data = encoded(scene(8, 6), "PNG")
    written = png(data, CaptionCredit("A door", "A. N."))
    length = len(written) - len(data)
    assert written[:33] == data[:33]
    assert written[33 + length :] == data[33:]
    chunk = written[33 : 33 + length]
    assert int.from_bytes(chunk[:4], "big") == length - 12
    assert chunk[4:8] == b"iTXt"
    assert crc32(chunk[4:-4]) == int.from_bytes(chunk[-4:], "big")
