import zlib

import pytest

from intake.photos.inspect import count, inspect
from intake.photos.inspect.png import MAX_TEXT
from tests.photos import made

END = made.chunk(b"IEND", b"")
PLAIN = made.encoded(made.scene(64, 48), "PNG").removesuffix(END)


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        (b"tEXt", b"Author\0A", "name"),
        (b"zTXt", b"Comment\0\0" + zlib.compress(b"A"), "comment"),
        (b"iTXt", b"Title\0\0\0en\0Titel\0A", "caption"),
        (b"tEXt", b"weird\0A", "other"),
        (b"iCCP", b"p\0\0" + zlib.compress(b"A"), "colour_profile"),
        (b"tIME", bytes(7), "date"),
        (b"caBX", b"jumb", "provenance"),
        (b"zzZz", b"A", "private_data"),
        (b"tEXt", b"Raw profile type iptc\0\niptc\n 2\n4142", "other"),
    ],
)
def test_each_chunk_has_a_kind(name: bytes, body: bytes, kind: str) -> None:
    assert count(PLAIN + made.chunk(name, body) + END, "png") == {kind: 1}


def test_exif_written_in_hex_is_read() -> None:
    block = made.exif_block("SECRET").hex().encode()
    found = count(PLAIN + made.chunk(b"tEXt", b"Raw profile type exif\0\nexif\n 9\n" + block) + END, "png")
    assert found["position"] == 5


def test_a_bomb_of_text_is_unpacked_no_further_than_a_megabyte() -> None:
    bomb = made.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(MAX_TEXT * 20)))
    (trace,) = inspect(PLAIN + bomb + END, "png")
    assert len(trace.value) == MAX_TEXT
