"""Image of a receipt, for a contributor who has no paper.

Only the code is on it: an image that names the magazine would tell a finder too much. The font is the one that
Pillow bundles, so no font file is needed.
"""

import io

_WIDTH, _MARGIN = 1200, 90
_LARGE, _SMALL, _LEADING = 144, 84, 1.4
"""Sizes of the font for both spellings in pixels, and the distance of lines as a multiple of them."""
_PAPER, _INK = 255, 0


def draw(letters: str, digits: str) -> bytes:
    """Draw both spellings of a receipt, each a text of groups with hyphens. Returns a PNG without metadata."""
    # Most web processes never need Pillow.
    from PIL import Image, ImageDraw, ImageFont

    spellings = [(_halves(letters), _LARGE), (_halves(digits), _SMALL)]
    height = round(3 * _MARGIN + sum(2 * size * _LEADING for _, size in spellings))
    picture = Image.new("L", (_WIDTH, height), _PAPER)
    pen, top = ImageDraw.Draw(picture), float(_MARGIN)
    for lines, size in spellings:
        widest = max(pen.textlength(line, ImageFont.load_default(size)) for line in lines)
        font = ImageFont.load_default(size * min(1, (_WIDTH - 2 * _MARGIN) / widest))
        for line in lines:
            pen.text((_WIDTH / 2, top + size * _LEADING / 2), line, _INK, font, "mm")
            top += size * _LEADING
        top += _MARGIN
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _halves(code: str) -> list[str]:
    """Split a code into two lines. The first ends with a hyphen and has at least as many groups."""
    groups = code.split("-")
    middle = (len(groups) + 1) // 2
    return ["-".join(groups[:middle]) + "-", "-".join(groups[middle:])]
