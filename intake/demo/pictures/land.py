"""Layers with sky and land. A layer is a function that draws one part of a scene on a canvas."""

from intake.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Colour

HORIZON = 640
STEP = 40


def sky(canvas: Canvas) -> None:
    """Draw a daytime sky with a few long clouds."""
    canvas.fade(canvas.shade((96, 142, 190)), (222, 226, 222), HORIZON + 140)
    for _ in range(canvas.dice.randint(3, 7)):
        x, y, length = (
            canvas.dice.randint(0, WIDTH),
            canvas.dice.randint(60, 360),
            canvas.dice.randint(140, 420),
        )
        canvas.pencil.ellipse(
            (x - length, y, x + length, y + length // 9), fill=canvas.shade((226, 230, 232), 8)
        )


def dusk(canvas: Canvas) -> None:
    """Draw an evening sky with a low sun."""
    canvas.fade(canvas.shade((58, 62, 104)), (226, 158, 112), HORIZON + 140)
    x, y = canvas.dice.randint(200, WIDTH - 200), canvas.dice.randint(380, 500)
    canvas.pencil.ellipse((x - 46, y - 46, x + 46, y + 46), fill=(250, 214, 160))


def plain(canvas: Canvas) -> None:
    """Draw dry grass up to the horizon."""
    canvas.pencil.rectangle((0, HORIZON, WIDTH, HEIGHT), fill=canvas.shade((150, 136, 84)))
    for _ in range(900):
        x, y = canvas.dice.randint(0, WIDTH), canvas.dice.randint(HORIZON, HEIGHT)
        blade = 3 + (y - HORIZON) // 18
        canvas.pencil.line(
            (x, y, x + canvas.dice.randint(-3, 3), y - blade), fill=canvas.shade((128, 116, 66), 30)
        )


def road(canvas: Canvas) -> None:
    """Draw a track with poles beside it."""
    end = canvas.dice.randint(500, 1100)
    canvas.pencil.polygon(
        [(end - 4, HORIZON), (end + 4, HORIZON), (1240, HEIGHT), (720, HEIGHT)], fill=(172, 158, 124)
    )
    for step in range(6):
        far = 0.62**step
        x, foot = end + (1500 - end) * far, HORIZON + (HEIGHT - HORIZON) * far
        canvas.pencil.line((x, foot, x, foot - 560 * far), fill=(64, 58, 50), width=max(2, int(16 * far)))


def ridges(canvas: Canvas) -> None:
    """Draw three rows of mountains, the farthest palest."""
    far: tuple[Colour, ...] = ((158, 172, 190), (122, 134, 146), (92, 98, 92))
    for row, colour in enumerate(far):
        line, height = [(0, HEIGHT)], 300 + row * 110
        for x in range(0, WIDTH + STEP, STEP):
            height = max(220, min(HORIZON - 20, height + canvas.dice.randint(-44, 44)))
            line.append((x, height))
        canvas.pencil.polygon([*line, (WIDTH, HEIGHT)], fill=canvas.shade(colour, 8))
