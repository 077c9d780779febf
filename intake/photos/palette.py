"""Pictures of few colours, for GIF."""

from PIL import Image

MOST = 256


def indexed(picture: Image.Image) -> Image.Image:
    """An RGB picture of at most 256 colours with just these as its palette; any other as it is.

    Left to itself Pillow seeks the best 256 colours even where there are only these: 21 ms a frame of 0.4 megapixels
    against 6. Its lookup is coarse by a level or two, which dithering evens out.
    """
    colours = picture.getcolors(MOST) if picture.mode == "RGB" else None
    if colours is None:
        return picture
    table = Image.new("P", (1, 1))
    table.putpalette(bytes(value for _, colour in colours for value in _triple(colour)))
    return picture.quantize(palette=table, dither=Image.Dither.FLOYDSTEINBERG)


def _triple(colour: object) -> tuple[int, ...]:
    return tuple(colour) if isinstance(colour, tuple) else (0, 0, 0)
