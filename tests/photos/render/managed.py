"""Conversion by the colour engine, with profiles written out here: colorants adapted to D50 as their owners publish them."""

import io
import struct
from functools import cache

from PIL import Image, ImageCms

COLORANTS = {
    "p3": ((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407)),
    "bt2020": ((0.67348, 0.27904, -0.00194), (0.16567, 0.67534, 0.02998), (0.12505, 0.04561, 0.79686)),
    "adobe": ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
}
STEPS = 4096


def srgb_light(code: float) -> float:
    return code / 12.92 if code <= 0.04045 else ((code + 0.055) / 1.055) ** 2.4


def adobe_light(code: float) -> float:
    return float(code ** (563 / 256))


@cache
def profile(primaries: str) -> bytes:
    """Profile with a sampled curve, so that nothing but the colorants is shared with the code under test."""
    light = adobe_light if primaries == "adobe" else srgb_light
    samples = [round(light(step / (STEPS - 1)) * 65535) for step in range(STEPS)]
    curve = b"curv\0\0\0\0" + struct.pack(f">I{STEPS}H", STEPS, *samples)
    tags = {b"wtpt": _xyz((0.9642, 1.0, 0.8249))}
    for letter, colorant in zip(b"rgb", COLORANTS[primaries], strict=True):
        tags[bytes([letter]) + b"XYZ"] = _xyz(colorant)
        tags[bytes([letter]) + b"TRC"] = curve
    table, body, start = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", start + len(body), len(value))
        body += value
    head = struct.pack(
        ">I4xI4s4s4s12x4s28x", start + len(body), 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp"
    )
    return (head + _xyz((0.9642, 1.0, 0.8249))[8:]).ljust(128, b"\0") + table + body


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def to_srgb(picture: Image.Image, icc: bytes) -> Image.Image:
    """Conversion at full precision, without the shortcuts of the code under test."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    flags = ImageCms.Flags.NOOPTIMIZE | ImageCms.Flags.HIGHRESPRECALC
    exact = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), "RGB", "RGB", flags=flags)
    seen = ImageCms.applyTransform(picture, exact)
    assert seen is not None
    return seen


P3, BT2020, ADOBE = profile("p3"), profile("bt2020"), profile("adobe")
