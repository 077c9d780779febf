"""Reference conversion to sRGB by definition, and the difference between two pictures."""

from PIL import Image, ImageChops, ImageStat

from tests.photos import made


def difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def reference(picture: Image.Image, primaries: str) -> Image.Image:
    """Convert by the definition: linear light through the two sets of primaries, for each pixel, without any
    library.
    """
    wide, plain = matrix(primaries), inverse(matrix("srgb"))
    seen = Image.new("RGB", picture.size)
    seen.putdata(
        [through(pixel, wide, plain) for pixel in picture.get_flattened_data() if isinstance(pixel, tuple)]
    )
    return seen


def matrix(primaries: str) -> list[list[float]]:
    profile = made.rgb_profile(primaries)
    columns = []
    for letter in b"rgb":
        at = int.from_bytes(profile[profile.index(bytes([letter]) + b"XYZ") + 4 :][:4], "big") + 8
        columns.append(
            [int.from_bytes(profile[at + 4 * row :][:4], "big", signed=True) / 65536 for row in range(3)]
        )
    return [list(row) for row in zip(*columns, strict=True)]


def inverse(m: list[list[float]]) -> list[list[float]]:
    def minor(i: int, j: int) -> float:
        rows = [[m[r][c] for c in range(3) if c != j] for r in range(3) if r != i]
        return rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]

    whole = sum((-1) ** j * m[0][j] * minor(0, j) for j in range(3))
    return [[(-1) ** (i + j) * minor(j, i) / whole for j in range(3)] for i in range(3)]


def through(pixel: tuple[int, ...], wide: list[list[float]], plain: list[list[float]]) -> tuple[int, ...]:
    light = [(value / 255) ** (563 / 256) for value in pixel]
    xyz = [sum(wide[row][k] * light[k] for k in range(3)) for row in range(3)]
    return tuple(to_byte(sum(plain[row][k] * xyz[k] for k in range(3))) for row in range(3))


def to_byte(linear: float) -> int:
    """Transfer function of IEC 61966-2-1."""
    linear = min(1.0, max(0.0, linear))
    return round(255 * (12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055))
