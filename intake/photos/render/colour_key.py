"""Transparency by a colour key: the tRNS chunk of a grey or RGB PNG makes one colour transparent.

Pillow compares the key with pixels only after reducing them to eight bits. A key of 16 bits would then match
nothing, or 256 colours instead of one.
"""

import io

from PIL import Image, ImageChops

_CLEAR, _OPAQUE = 0, 255
_LOW_BYTES = "RGB;16L"
"""Pillow's raw mode for little-endian samples. PNG is big-endian, so this mode yields the low bytes."""


def alpha(picture: Image.Image, data: bytes, format_in: str) -> Image.Image | None:
    """Alpha channel of a loaded picture of mode 1, L, I;16 or RGB. None if it has no colour key."""
    key = picture.info.get("transparency")
    # The header comes first in every PNG. Its ninth byte is the number of bits of a sample.
    depth = data[24] if format_in == "png" else 8
    if picture.mode in {"1", "L", "I;16"} and isinstance(key, int):
        return _grey(picture, key & ((1 << depth) - 1), depth)
    if picture.mode == "RGB" and isinstance(key, tuple) and len(key) == 3:
        return (
            _deep_colour(picture, key, data)
            if depth == 16
            else _match(picture, [value & 255 for value in key])
        )
    return None


def with_alpha(picture: Image.Image, channel: Image.Image | None) -> Image.Image:
    """Give a picture of mode L or RGB this alpha channel. Changes `picture` itself."""
    if channel:
        picture.putalpha(channel)
    return picture


def _grey(picture: Image.Image, key: int, depth: int) -> Image.Image:
    """Alpha of a grey picture. Pillow spreads samples of 1, 2 and 4 bits over 0 to 255, but not the key."""
    if picture.mode == "I;16":
        return picture.convert("I").point(_table(key, 1 << 16), "L")
    return picture.convert("L").point(_table(key * 255 // ((1 << depth) - 1), 256))


def _deep_colour(picture: Image.Image, key: tuple[int, ...], data: bytes) -> Image.Image:
    """Alpha of an RGB picture with 16 bits a channel. Frames of an animation are compared by eight bits only."""
    high = _match(picture, [value >> 8 for value in key])
    if getattr(picture, "n_frames", 1) > 1:
        return high
    return ImageChops.lighter(high, _match(_low_bytes(data), [value & 255 for value in key]))


def _match(picture: Image.Image, key: list[int]) -> Image.Image:
    """Mask that is clear where all three channels equal the key."""
    red, green, blue = (
        band.point(_table(value, 256)) for band, value in zip(picture.split(), key, strict=True)
    )
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _low_bytes(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data), formats=("PNG",))
    picture.tile = [tile._replace(args=_LOW_BYTES) for tile in picture.tile]
    picture.load()
    return picture


def _table(key: int, size: int) -> list[int]:
    return [_CLEAR if value == key else _OPAQUE for value in range(size)]
