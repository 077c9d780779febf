"""Drawn faces, which the model takes for real ones. No photo of a person is needed."""

import io

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 800
CENTRES = ((210, 255), (580, 369), (960, 508))
"""Centres of the faces in `group`, in pixels."""

SIZES = (150, 130, 160)
SKIN, DARK, WHITE, LIPS = (222, 172, 145), (50, 35, 25), (245, 240, 238), (165, 75, 75)
BACKGROUND = (110, 130, 150)


def group(name: str = "JPEG", count: int = len(CENTRES)) -> bytes:
    """A picture of up to three people, as a file."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), BACKGROUND)
    for (x, y), size in tuple(zip(CENTRES, SIZES, strict=True))[:count]:
        drawn = face(size)
        picture.paste(drawn, (x - drawn.width // 2, y - drawn.height // 2))
    return saved(picture, name)


def saved(picture: Image.Image, name: str = "JPEG") -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    picture.save(out, name, quality=92)
    return out.getvalue()


def face(width: int) -> Image.Image:
    """A face of this width in pixels, upright, in the middle of a picture of twice its size."""
    w, h = width, int(width * 1.3)
    picture = Image.new("RGB", (w * 2, h * 2), BACKGROUND)
    pen = ImageDraw.Draw(picture)

    def oval(left: float, top: float, right: float, bottom: float, fill: tuple[int, int, int]) -> None:
        pen.ellipse((w + left * w, h + top * h, w + right * w, h + bottom * h), fill=fill)

    oval(-0.62, -0.7, 0.62, 0.55, DARK)
    pen.rectangle((w * 0.78, h * 1.3, w * 1.22, h * 1.8), fill=SKIN)
    oval(-0.5, -0.5, 0.5, 0.5, SKIN)
    for side in (-0.2, 0.2):
        oval(side - 0.11, -0.115, side + 0.11, -0.025, WHITE)
        oval(side - 0.05, -0.115, side + 0.05, -0.025, DARK)
        brow = (w + (side - 0.15) * w, h * 0.78, w + (side + 0.15) * w, h * 0.95)
        pen.arc(brow, 200, 340, fill=DARK, width=max(2, w // 28))
    for side in (-0.045, 0.045):
        oval(side - 0.025, 0.11, side + 0.025, 0.145, (120, 70, 60))
    oval(-0.19, 0.21, 0.19, 0.32, LIPS)
    pen.line((w * 0.83, h * 1.265, w * 1.17, h * 1.265), fill=(90, 30, 30), width=max(2, w // 50))
    return picture.filter(ImageFilter.GaussianBlur(w / 60))
