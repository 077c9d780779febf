"""Tone mapping of HDR pictures (PQ and HLG, ITU-R BT.2100) to the brightness of an ordinary screen.

Two curves of the ITU-R are mixed, each applied to every channel, which lets very bright colours fade to white. The EETF
of BT.2390 compresses highlights and leaves everything darker as it is. It suits ordinary pictures with a lamp in them.
Method A of BT.2446 darkens all of a picture. It suits photos of cameras, which make their HDR rendition brighter as a
whole than the ordinary one. The brighter the middle of a picture, the more it counts. A picture with highlights gets
a little darker before, because cameras brighten more than the highlights. On five Ultra HDR photos, the mean luminance of
the result differed by 3 to 15 % from the ordinary rendition, and the mean code by 1 to 8 %.

The source peak is that of the picture itself. A picture without highlights is converted without any compression.

Pillow holds eight bits a channel. That is enough for a web picture: near white, one step of PQ is about four
levels of sRGB.
"""

import itertools
from collections.abc import Callable
from math import log

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
"""Minimum longest side of the copy on which the peak and the brightness are measured."""

_ORDINARY, _BRIGHT = 0.18, 0.24
"""Geometric mean of the light, as a share of WHITE, of ordinary pictures and of those that are bright as a whole."""

_NOMINAL_PEAK, _MOST_PEAK = 1000.0, 2000.0
"""Peak in cd/m² for which BT.2446 gives its method, and the highest for which it is used here."""

_EXPOSURE = 0.85
"""Share of the light that stays in a picture whose peak is _NOMINAL_PEAK or more. It grows to 1 for a peak at WHITE."""

_SDR_PEAK = 100.0
"""Peak in cd/m² of the ordinary screen of BT.2446."""

Light = tuple[float, float, float]


def to_sdr(picture: Image.Image, space: ColourSpace) -> Image.Image:
    """Convert an RGB or RGBA picture in PQ or HLG to a new picture with the curve of sRGB.

    The primaries stay those of `space`. Converting them here, too, would tint greys by up to 12 levels, because
    the table is too coarse for the edge of the gamut.
    """
    step = max(1, max(picture.size) // _SAMPLE)
    small = picture.convert("RGB").reduce((min(step, picture.width), min(step, picture.height)))
    peak = _peak(small)
    stretched = picture.point(_stretch(peak, len(picture.getbands())))
    return stretched.filter(_table(space, peak / 255, _brightness(small, space)))


def _peak(small: Image.Image) -> int:
    """Code, 1 to 255, that all but the brightest pixels do not exceed."""
    red, green, blue = small.split()
    counts = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()
    left = sum(counts) * _BRIGHTEST
    for code in range(255, 1, -1):
        left -= counts[code]
        if left < 0:
            return code
    return 1


def _brightness(small: Image.Image, space: ColourSpace) -> float:
    """Place of a picture between ordinary ones (0) and those that are bright as a whole (1)."""
    counts = small.convert("L").histogram()
    logs = [log(_grey_nits(space, code / 255) / WHITE + 0.001) for code in range(256)]
    middle = sum(count * one for count, one in zip(counts, logs, strict=True)) / sum(counts)
    return _clamp((middle - log(_ORDINARY)) / (log(_BRIGHT) - log(_ORDINARY)))


def _grey_nits(space: ColourSpace, code: float) -> float:
    if space.curve != HLG:
        return transfer.pq_to_nits(code)
    return float(_HLG_PEAK * transfer.hlg_to_scene(code) ** _HLG_GAMMA)


def _stretch(peak: int, bands: int) -> list[int]:
    """Table that spreads the codes up to the peak over all 256, and leaves alpha alone."""
    colours = [min(255, round(code * 255 / peak)) for code in range(256)]
    return colours * 3 + list(range(256)) * (bands - 3)


def _table(space: ColourSpace, peak: float, brightness: float) -> ImageFilter.Color3DLUT:
    """Lookup table from stretched codes to the curve of sRGB. `peak` is the largest code, 0 to 1."""
    lights = _hlg_lights(space, peak) if space.curve == HLG else _pq_lights(peak)
    code = curve(max(map(max, lights)), brightness)
    return ImageFilter.Color3DLUT(_GRID, [code(nits) for light in lights for nits in light])


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


def curve(brightest: float, brightness: float) -> Callable[[float], float]:
    """Curve from light in cd/m² to a code of sRGB, 0 to 1, for a source up to `brightest`.

    `brightness` is the share of method A, 0 to 1. The share grows with the peak, from none at WHITE.
    """
    highlights = _clamp(log(max(brightest, WHITE) / WHITE) / log(_NOMINAL_PEAK / WHITE))
    exposure = 1 - (1 - _EXPOSURE) * highlights
    compress, darker = compression(brightest * exposure), method_a(_clamp_peak(brightest))
    share = brightness * highlights
    return lambda nits: (
        (1 - share) * transfer.linear_to_srgb(compress(nits * exposure) / WHITE)
        + (share and share * darker(nits * exposure))
    )


def _clamp_peak(brightest: float) -> float:
    return min(max(brightest, _NOMINAL_PEAK), _MOST_PEAK)


def _clamp(value: float) -> float:
    return min(1.0, max(0.0, value))


def method_a(peak: float) -> Callable[[float], float]:
    """Method A of ITU-R BT.2446: light in cd/m² to a code, 0 to 1, for a source up to `peak`. Brighter light is white."""
    source, target = (1 + 32 * (most / 10_000) ** (1 / 2.4) for most in (peak, _SDR_PEAK))

    def code(nits: float) -> float:
        lightness = log(1 + (source - 1) * _clamp(nits / peak) ** (1 / 2.4)) / log(source)
        return float((target ** _method_a_knees(lightness) - 1) / (target - 1))

    return code


def _method_a_knees(lightness: float) -> float:
    if lightness <= 0.7399:
        return 1.0770 * lightness
    if lightness < 0.9909:
        return -1.1510 * lightness**2 + 2.7811 * lightness - 0.6302
    return 0.5 * lightness + 0.5


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
