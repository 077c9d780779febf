"""Tone mapping of HDR pictures (PQ and HLG, ITU-R BT.2100) to the brightness of an ordinary screen.

Two curves of the ITU-R are mixed, each applied to every channel, which lets very bright colours fade to white. The EETF
of BT.2390 compresses highlights and keeps darker tones. It suits pictures of ordinary brightness with a lamp in them.
Method A of BT.2446 darkens the whole picture. It suits camera photos, whose HDR version is brighter overall than the SDR
version. The brighter the picture is on average, the larger the share of method A. A picture with highlights is darkened
a little first, because cameras brighten more than the highlights. On five Ultra HDR photos, the mean luminance of the
result differed by 3 to 15 % from that of the SDR version, and the mean code value by 1 to 8 %.

The peak is measured on the picture itself. A picture without highlights is converted without any compression.

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
"""Peak in cd/m² and system gamma of the reference screen for HLG (ITU-R BT.2100-2, table 5)."""

_GRID = 17
"""Steps of the lookup table along each channel. Between them, Pillow interpolates."""

_BRIGHTEST = 0.001
"""Share of pixels that may be brighter than the measured peak. One hot pixel must not darken the picture."""

_SAMPLE = 512
"""Minimum longest side of the copy on which the peak and the brightness are measured."""

_ORDINARY, _BRIGHT = 0.18, 0.24
"""Geometric mean of luminance, as a share of WHITE: of ordinary pictures, and of pictures bright as a whole."""

_NOMINAL_PEAK, _MOST_PEAK = 1000.0, 2000.0
"""Peak in cd/m²: the one for which BT.2446 defines method A, and the maximum for which it is used here."""

_EXPOSURE = 0.85
"""Factor that darkens a picture whose peak is _NOMINAL_PEAK or more. For lower peaks it rises to 1 at WHITE."""

_SDR_PEAK = 100.0
"""Peak in cd/m² of the SDR screen in BT.2446."""

Light = tuple[float, float, float]


def to_sdr(picture: Image.Image, space: ColourSpace) -> Image.Image:
    """Convert an RGB or RGBA picture in PQ or HLG to a new picture with the transfer curve of sRGB.

    The primaries stay those of `space`. Converting them here, too, would tint greys by up to 12 levels, because
    the table is too coarse for the edge of the gamut.
    """
    step = max(1, max(picture.size) // _SAMPLE)
    small = picture.convert("RGB").reduce((min(step, picture.width), min(step, picture.height)))
    peak = _peak(small)
    stretched = picture.point(_stretch(peak, len(picture.getbands())))
    return stretched.filter(_table(space, peak / 255, _brightness(small, space)))


def _peak(small: Image.Image) -> int:
    """Code, 1 to 255, that only the share _BRIGHTEST of the pixels exceeds."""
    red, green, blue = small.split()
    counts = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()
    left = sum(counts) * _BRIGHTEST
    for code in range(255, 1, -1):
        left -= counts[code]
        if left < 0:
            return code
    return 1


def _brightness(small: Image.Image, space: ColourSpace) -> float:
    """Brightness of a picture on a scale from ordinary (0, see _ORDINARY) to bright as a whole (1, see _BRIGHT)."""
    counts = small.convert("L").histogram()
    logs = [log(_grey_nits(space, code / 255) / WHITE + 0.001) for code in range(256)]
    middle = sum(count * one for count, one in zip(counts, logs, strict=True)) / sum(counts)
    return _clamp((middle - log(_ORDINARY)) / (log(_BRIGHT) - log(_ORDINARY)))


def _grey_nits(space: ColourSpace, code: float) -> float:
    if space.curve != HLG:
        return transfer.pq_to_nits(code)
    return float(_HLG_PEAK * transfer.hlg_to_scene(code) ** _HLG_GAMMA)


def _stretch(peak: int, bands: int) -> list[int]:
    """Table for `point` that stretches the codes 0 to `peak` to 0 to 255. Alpha is unchanged."""
    colours = [min(255, round(code * 255 / peak)) for code in range(256)]
    return colours * 3 + list(range(256)) * (bands - 3)


def _table(space: ColourSpace, peak: float, brightness: float) -> ImageFilter.Color3DLUT:
    """Lookup table from stretched codes to sRGB codes. `peak` is the largest code before stretching, 0 to 1."""
    lights = _hlg_lights(space, peak) if space.curve == HLG else _pq_lights(peak)
    code = curve(max(map(max, lights)), brightness)
    return ImageFilter.Color3DLUT(_GRID, [code(nits) for light in lights for nits in light])


def _grid(levels: list[float]) -> list[Light]:
    """Input colours of the lookup table, from the levels of a channel. Red changes fastest, as Pillow expects."""
    return [(red, green, blue) for blue, green, red in itertools.product(levels, repeat=3)]


def _pq_lights(peak: float) -> list[Light]:
    return _grid([transfer.pq_to_nits(step / (_GRID - 1) * peak) for step in range(_GRID)])


def _hlg_lights(space: ColourSpace, peak: float) -> list[Light]:
    """Displayed light in cd/m² for each grid point, by the OOTF for HLG (ITU-R BT.2100-2, table 5)."""
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

    `brightness` is the share of method A at _NOMINAL_PEAK, 0 to 1. For lower peaks it falls to 0 at WHITE.
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
