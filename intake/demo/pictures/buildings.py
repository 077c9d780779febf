"""Layers with buildings: flats, court, chapel, dome."""

from intake.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Colour
from intake.demo.pictures.land import HORIZON

GROUND = HORIZON + 130
STONES: tuple[Colour, ...] = ((148, 132, 116), (118, 112, 112), (166, 150, 128), (132, 120, 126))


def row(canvas: Canvas) -> None:
    """Draw a street of flats with some lit windows."""
    x = -40
    while x < WIDTH:
        width, top = canvas.dice.randint(160, 300), canvas.dice.randint(260, 460)
        canvas.pencil.rectangle((x, top, x + width, GROUND), fill=canvas.shade(canvas.dice.choice(STONES)))
        _windows(canvas, x, top, width)
        x += width + canvas.dice.randint(0, 12)


def _windows(canvas: Canvas, left: int, top: int, width: int) -> None:
    for y in range(top + 26, GROUND - 70, 66):
        for x in range(left + 22, left + width - 44, 56):
            lit = canvas.dice.random() < 0.3
            canvas.pencil.rectangle((x, y, x + 28, y + 38), fill=(238, 206, 136) if lit else (66, 72, 84))


def pavement(canvas: Canvas) -> None:
    """Draw paved ground in front of the buildings."""
    canvas.pencil.rectangle((0, GROUND, WIDTH, HEIGHT), fill=canvas.shade((142, 138, 132)))
    for x in range(-1600, 2 * WIDTH, 180):
        canvas.pencil.line(
            (x, HEIGHT, WIDTH // 2 + (x - WIDTH // 2) // 2, GROUND), fill=(120, 116, 112), width=3
        )
    for y in (GROUND + 40, GROUND + 110, GROUND + 220):
        canvas.pencil.line((0, y, WIDTH, y), fill=(120, 116, 112), width=3)


def court(canvas: Canvas) -> None:
    """Draw columns under a gable, and steps."""
    stone = canvas.shade((204, 196, 180))
    canvas.pencil.polygon([(300, 330), (800, 170), (1300, 330)], fill=stone)
    canvas.pencil.rectangle((320, 330, 1280, GROUND), fill=(122, 114, 106))
    for x in range(350, 1260, 130):
        canvas.pencil.rectangle((x, 340, x + 56, GROUND), fill=canvas.shade(stone, 8))
    for step in range(4):
        canvas.pencil.rectangle(
            (280 - 20 * step, GROUND - 60 + 16 * step, 1320 + 20 * step, GROUND), fill=canvas.shade(stone, 10)
        )


def chapel(canvas: Canvas) -> None:
    """Draw a small house with a tower on a hill."""
    x, wall = canvas.dice.randint(420, 900), canvas.shade((224, 216, 204))
    canvas.pencil.rectangle((x, 520, x + 320, 760), fill=wall)
    canvas.pencil.polygon([(x - 24, 524), (x + 160, 400), (x + 344, 524)], fill=(118, 62, 50))
    canvas.pencil.rectangle((x + 240, 330, x + 320, 524), fill=wall)
    canvas.pencil.polygon([(x + 226, 334), (x + 280, 210), (x + 334, 334)], fill=(96, 52, 44))
    canvas.pencil.rectangle((x + 60, 640, x + 130, 760), fill=(72, 52, 40))


def dome(canvas: Canvas) -> None:
    """Draw a dome between two slender towers."""
    x, tile = canvas.dice.randint(600, 900), canvas.shade((72, 128, 132))
    canvas.pencil.rectangle((x - 240, 430, x + 240, GROUND), fill=(202, 186, 152))
    canvas.pencil.pieslice((x - 190, 250, x + 190, 630), 180, 360, fill=tile)
    for side in (x - 300, x + 260):
        canvas.pencil.rectangle((side, 210, side + 40, GROUND), fill=(190, 174, 142))
        canvas.pencil.polygon([(side - 6, 214), (side + 20, 130), (side + 46, 214)], fill=tile)
    canvas.pencil.pieslice((x - 80, 540, x + 80, 800), 180, 360, fill=(84, 66, 50))
    canvas.pencil.rectangle((x - 80, 668, x + 80, GROUND), fill=(84, 66, 50))
