"""Canvas of a scene: image, drawing context, and seeded random numbers."""

import random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = SIZE = (1600, 1067)
Colour = tuple[int, int, int]


class Canvas:
    """Image to draw on. `pencil` is Pillow's drawing context, `dice` a seeded random number generator."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.image = Image.new("RGB", SIZE)
        self.pencil = ImageDraw.Draw(self.image)

    def shade(self, colour: Colour, spread: int = 14) -> Colour:
        """Return the colour, slightly lighter or darker."""
        by = self.dice.randint(-spread, spread)
        red, green, blue = (max(0, min(255, part + by)) for part in colour)
        return red, green, blue

    def fade(self, top: Colour, bottom: Colour, until: int = HEIGHT) -> None:
        """Fill the image down to `until` with a gradient from `top` to `bottom`."""
        mask = Image.linear_gradient("L").resize((WIDTH, until))
        self.image.paste(top, (0, 0, WIDTH, until))
        self.image.paste(Image.new("RGB", (WIDTH, until), bottom), (0, 0), mask)
