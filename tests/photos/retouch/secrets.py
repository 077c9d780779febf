"""A picture with a secret pattern, and measures of how much of it is left."""

import random
from typing import Any

from PIL import Image, ImageChops

from tests.photos.made import encoded, opened, scene

SIZE = (640, 480)
PLACE = (256, 160, 416, 288)
"""Position of the pattern in pixels, on the borders of 16 × 16 blocks."""

PART: dict[str, Any] = {"x": 0.4, "y": 1 / 3, "width": 0.25, "height": 128 / 480}
"""Position of the pattern as fractions of the picture."""


def pattern(seed: int = 7) -> Image.Image:
    """Black and white cells of 8 pixels, as different from any mean as can be."""
    noise = random.Random(seed)
    columns, rows = (PLACE[2] - PLACE[0]) // 8, (PLACE[3] - PLACE[1]) // 8
    cells = bytes(noise.choice((0, 255)) for _ in range(columns * rows))
    return Image.frombytes("L", (columns, rows), cells).resize(
        (columns * 8, rows * 8), Image.Resampling.NEAREST
    )


def planted(seed: int = 7, mode: str = "RGB") -> Image.Image:
    """Scene with the pattern in it."""
    picture = scene(*SIZE)
    picture.paste(pattern(seed).convert("RGB"), PLACE)
    return picture.convert(mode)


def source(name: str) -> bytes:
    """Encode the scene as jpeg, png or webp (both with an alpha channel that matters), or gif (three frames)."""
    if name == "gif":
        frames = [planted(seed) for seed in (7, 8, 9)]
        return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=90, loop=0)
    how: dict[str, Any] = {"jpeg": {"quality": 92}, "webp": {"quality": 90}}.get(name, {})
    picture = planted()
    if name != "jpeg":
        picture.putalpha(Image.linear_gradient("L").resize(SIZE).point(lambda value: 128 + value // 2))
    return encoded(picture, name.upper(), **how)


def seen(data: bytes) -> list[Image.Image]:
    """Every frame composited on black, in colour."""
    picture, frames = opened(data), []
    for index in range(getattr(picture, "n_frames", 1)):
        picture.seek(index)
        frame = picture.convert("RGBA")
        frames.append(Image.alpha_composite(Image.new("RGBA", frame.size, "black"), frame).convert("RGB"))
    return frames


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Correlation of two pictures' greys at the second's size: 1 identical, 0 unrelated."""
    first = one.convert("L").resize(other.size, Image.Resampling.BOX).tobytes()
    second = other.convert("L").tobytes()
    means = sum(first) / len(first), sum(second) / len(second)
    a, b = [value - means[0] for value in first], [value - means[1] for value in second]
    spread = (sum(v * v for v in a) * sum(v * v for v in b)) ** 0.5
    return abs(sum(x * y for x, y in zip(a, b, strict=True))) / spread if spread else 0.0


def left(copy: Image.Image, secret: Image.Image, place: tuple[int, int, int, int] = PLACE) -> float:
    """Correlation of a copy, of any size, with the secret at its place."""
    scale = copy.width / SIZE[0]
    box = [round(value * scale) for value in place]
    return likeness(copy.crop((box[0], box[1], box[2], box[3])), secret)


def difference(one: Image.Image, other: Image.Image, spared: tuple[int, int, int, int] = PLACE) -> float:
    """Largest mean difference of any 16 × 16 block outside of a place, in levels of 255."""
    first, second = one.copy(), other.resize(one.size).copy()
    for picture in (first, second):
        picture.paste((0, 0, 0), spared)
    delta = ImageChops.difference(first, second).convert("L")
    return max(delta.resize((delta.width // 16, delta.height // 16), Image.Resampling.BOX).tobytes())
