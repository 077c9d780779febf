"""Perceptual hash: similar pictures have hashes that differ in few bits."""

from PIL import Image


def dhash(picture: Image.Image) -> str:
    """64-bit difference hash as 16 hex digits.

    Each bit is 1 if a cell of a 9 × 8 grid is darker than its right neighbour.
    After Neal Krawetz, "Kind of Like That" (2013). Transparent parts count as white.
    """
    grey = on_white(picture).convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (grey[at] < grey[at + 1])
    return f"{bits:016x}"


def on_white(picture: Image.Image) -> Image.Image:
    """Composite the picture on white."""
    if picture.mode not in {"RGBA", "LA"}:
        return picture
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(paper, seen).convert("RGB")
