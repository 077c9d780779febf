import struct
import zlib

import pytest

from intake.photos.pictures import choose
from intake.photos.render import colour_key, prepare, render
from tests.photos import made

GREY, COLOUR = 0, 2


def png(depth: int, kind: int, rows: list[bytes], width: int, key: tuple[int, ...]) -> bytes:
    """A PNG from its raw rows."""
    head = struct.pack(">IIBBBBB", width, len(rows), depth, kind, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    chunks = (b"IHDR", head), (b"tRNS", struct.pack(f">{len(key)}H", *key)), (b"IDAT", pixels), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(made.chunk(name, body) for name, body in chunks)


CASES = {
    "1 bit": (png(1, GREY, [b"\x40"], 3, (1,)), [255, 0, 255]),
    "2 bits": (png(2, GREY, [b"\x18"], 3, (2,)), [255, 255, 0]),
    "4 bits": (png(4, GREY, [b"\x0a\xf0"], 3, (10,)), [255, 0, 255]),
    "8 bits": (png(8, GREY, [b"\x09\x0a\x0b"], 3, (10,)), [255, 0, 255]),
    "16 bits": (png(16, GREY, [b"\x00\xfe\x00\xff\x01\x00"], 3, (255,)), [255, 0, 255]),
    "RGB": (png(8, COLOUR, [bytes((1, 2, 3, 4, 5, 6, 4, 5, 7))], 3, (4, 5, 6)), [255, 0, 255]),
    "RGB of 16 bits": (
        png(16, COLOUR, [bytes((1, 0, 2, 0, 3, 0, 1, 0, 2, 9, 3, 0, 1, 0, 2, 8, 3, 0))], 3, (256, 521, 768)),
        [255, 0, 255],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_only_the_key_is_transparent(name: str) -> None:
    data, expected = CASES[name]
    channel = colour_key.alpha(made.opened(data), data, "png")
    assert channel is not None
    assert list(channel.tobytes()) == expected


@pytest.mark.parametrize("name", CASES)
def test_transparency_reaches_the_copies(name: str) -> None:
    prepare()
    data, expected = CASES[name]
    rendered = render(choose(data, "png"))
    assert rendered.format == "png"
    assert list(made.opened(rendered.full).getchannel("A").tobytes()) == expected


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA"])
def test_a_picture_without_a_key_has_no_alpha(mode: str) -> None:
    data = made.encoded(made.scene(16, 16, mode), "PNG")
    picture = made.opened(data)
    assert colour_key.alpha(picture, data, "png") is None
    assert colour_key.with_alpha(picture, None) is picture
