"""Backdrop for transparent pictures."""

from PIL import Image


def on_white(picture: Image.Image) -> Image.Image:
    """Composite the picture on white."""
    if picture.mode not in {"RGBA", "LA"}:
        return picture
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(paper, seen).convert("RGB")
