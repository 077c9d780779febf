"""HDR rendition of an Ultra HDR photo, computed from its ordinary rendition and its gain map (ISO 21496-1, Ultra HDR 1.1)."""

import io
import re

from PIL import Image

from intake.photos.render import tone_mapping
from intake.photos.render.colour_spaces import transfer

_START = re.compile(rb"\xff\xd8\xff")
_HEAD = 8000
"""Bytes at the start of a gain map among which its XMP is."""
_SIDE = 1024


def renditions(data: bytes) -> tuple[Image.Image, Image.Image]:
    """Ordinary rendition, and the HDR one in PQ with the same primaries, both small."""
    part, xmp = _gain_map(data)
    ordinary = Image.open(io.BytesIO(data)).convert("RGB")
    ordinary.thumbnail((_SIDE, _SIDE))
    gains = Image.open(io.BytesIO(part)).convert("RGB").resize(ordinary.size, Image.Resampling.BILINEAR)
    numbers = {name: _numbers(xmp, name, usual) for name, usual in _USUAL.items()}
    bands = []
    for band, (light, gain) in enumerate(zip(ordinary.split(), gains.split(), strict=True)):
        low, high, gamma, before, after = (values[band] for values in numbers.values())
        codes = {}
        for code, step in set(zip(light.tobytes(), gain.tobytes(), strict=True)):
            ratio = 2 ** (low + (high - low) * (step / 255) ** (1 / gamma))
            lit = (_linear(code / 255) + before) * ratio - after
            codes[code, step] = round(255 * transfer.nits_to_pq(tone_mapping.WHITE * lit))
        hdr = bytes(map(codes.__getitem__, zip(light.tobytes(), gain.tobytes(), strict=True)))
        bands.append(Image.frombytes("L", ordinary.size, hdr))
    return ordinary, Image.merge("RGB", bands)


def luminance(picture: Image.Image) -> float:
    """Mean luminance, 0 to 1, for the primaries of sRGB."""
    means = [
        sum(count * _linear(code / 255) for code, count in enumerate(band.histogram()))
        for band in picture.split()
    ]
    total = picture.width * picture.height
    return sum(weight * mean for weight, mean in zip((0.2126, 0.7152, 0.0722), means, strict=True)) / total


_USUAL = {"GainMapMin": 0.0, "GainMapMax": 1.0, "Gamma": 1.0, "OffsetSDR": 1 / 64, "OffsetHDR": 1 / 64}


def _gain_map(data: bytes) -> tuple[bytes, bytes]:
    """Bytes from the start of the gain map on, and those that hold its XMP."""
    for found in _START.finditer(data, 4):
        head = data[found.start() : found.start() + _HEAD]
        if b"hdrgm:GainMapMax" in head:
            return data[found.start() :], head
    raise ValueError("This photo has no gain map.")


def _numbers(xmp: bytes, name: str, usual: float) -> list[float]:
    """Value for red, green and blue."""
    one = re.search(rb'hdrgm:%s="([^"]+)"' % name.encode(), xmp)
    if one:
        return [float(one[1])] * 3
    several = re.search(rb"hdrgm:%s>\s*<rdf:Seq>(.*?)</rdf:Seq>" % name.encode(), xmp, re.DOTALL)
    return [float(value) for value in re.findall(rb"<rdf:li>([^<]+)", several[1])] if several else [usual] * 3


def _linear(code: float) -> float:
    return code / 12.92 if code <= 0.04045 else ((code + 0.055) / 1.055) ** 2.4
