"""Tone mapping of HDR pictures (PQ and HLG, ITU-R BT.2100) to the brightness of an ordinary screen.

Highlights are compressed by the EETF of ITU-R BT.2390. It is applied to each channel, which lets
very bright colours fade to white. The source peak is that of the picture itself. A picture without highlights is
therefore converted without any compression.

Pillow holds eight bits a channel. That is enough for a web picture: near white, one step of PQ is about four
levels of sRGB.
"""

import itertools
from collections.abc import Callable

from PIL import Image, ImageChops, ImageFilter

from intake.photos.render.colour_spaces import HLG, ColourSpace, matrices, transfer

WHITE = 203.0
"""Luminance of white paper in cd/m² (ITU-R BT.2408). It becomes white in sRGB."""

_HLG_PEAK = 1000.0
_HLG_GAMMA = 1.2
"""Screen for which HLG is converted (ITU-R BT.2100-2, table 5)."""

_GRID = 17
"""Steps of the lookup table along each channel. Between them, Pillow interpolates."""

_BRIGHTEST = 0.001
"""Share of the brightest pixels that may become plain white. One hot pixel must not darken the picture."""

_SAMPLE = 512
"""Minimum longest side of the copy on which the peak is measured."""

Light = tuple[float, float, float]


def to_sdr(picture: Image.Image, space: ColourSpace) -> Image.Image:
    """Convert an RGB or RGBA picture in PQ or HLG to a new picture with the curve of sRGB.

    The primaries stay those of `space`. Converting them here, too, would tint greys by up to 12 levels, because
    the table is too coarse for the edge of the gamut.
    """
    peak = _peak(picture)
    stretched = picture.point(_stretch(peak, len(picture.getbands())))
    return stretched.filter(_table(space, peak / 255))


def _peak(picture: Image.Image) -> int:
    """Code, 1 to 255, that all but the brightest pixels do not exceed."""
    step = max(1, max(picture.size) // _SAMPLE)
    small = picture.convert("RGB").reduce((min(step, picture.width), min(step, picture.height)))
    red, green, blue = small.split()
    counts = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()
    left = sum(counts) * _BRIGHTEST
    for code in range(255, 1, -1):
        left -= counts[code]
        if left < 0:
            return code
    return 1


def _stretch(peak: int, bands: int) -> list[int]:
    """Table that spreads the codes up to the peak over all 256, and leaves alpha alone."""
    colours = [min(255, round(code * 255 / peak)) for code in range(256)]
    return colours * 3 + list(range(256)) * (bands - 3)


def _table(space: ColourSpace, peak: float) -> ImageFilter.Color3DLUT:
    """Lookup table from stretched codes to the curve of sRGB. `peak` is the largest code, 0 to 1."""
    lights = _hlg_lights(space, peak) if space.curve == HLG else _pq_lights(peak)
    compress = compression(max(map(max, lights)))
    codes = [transfer.linear_to_srgb(compress(nits) / WHITE) for light in lights for nits in light]
    return ImageFilter.Color3DLUT(_GRID, codes)


def _grid(levels: list[float]) -> list[Light]:
    """Corners of the table. Red changes fastest."""
    return [(red, green, blue) for blue, green, red in itertools.product(levels, repeat=3)]


def _pq_lights(peak: float) -> list[Light]:
    return _grid([transfer.pq_to_nits(step / (_GRID - 1) * peak) for step in range(_GRID)])


def _hlg_lights(space: ColourSpace, peak: float) -> list[Light]:
    """Apply the OOTF of ITU-R BT.2100-2, table 5, to the light of the scene."""
    _, weights, _ = matrices.rgb_to_xyz(space.primaries, space.white)
    lights = []
    for red, green, blue in _grid(
        [transfer.hlg_to_scene(step / (_GRID - 1) * peak) for step in range(_GRID)]
    ):
        luminance = weights[0] * red + weights[1] * green + weights[2] * blue
        gain = _HLG_PEAK * luminance ** (_HLG_GAMMA - 1)
        lights.append((gain * red, gain * green, gain * blue))
    return lights


def compression(brightest: float) -> Callable[[float], float]:
    """EETF (ITU-R BT.2390): light in cd/m² to light up to WHITE, for a source up to `brightest`."""
    if brightest <= WHITE:
        return lambda nits: nits
    top = transfer.nits_to_pq(brightest)
    most = transfer.nits_to_pq(WHITE) / top
    knee = 1.5 * most - 0.5

    def compress(nits: float) -> float:
        code = transfer.nits_to_pq(nits) / top
        if code < knee:
            return nits
        t = (code - knee) / (1 - knee)
        spline = (
            (2 * t**3 - 3 * t**2 + 1) * knee
            + (t**3 - 2 * t**2 + t) * (1 - knee)
            + (3 * t**2 - 2 * t**3) * most
        )
        return transfer.pq_to_nits(spline * top)

    return compress
