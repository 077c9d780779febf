"""Layers of a notice: a sheet on a wall, with unreadable lines."""

from intake.demo.pictures.canvas import HEIGHT, WIDTH, Canvas

BRICK_WIDTH, BRICK_HEIGHT = 160, 58


def wall(canvas: Canvas) -> None:
    """Draw a brick wall."""
    canvas.image.paste((150, 142, 134), (0, 0, WIDTH, HEIGHT))
    for number, y in enumerate(range(0, HEIGHT, BRICK_HEIGHT)):
        for x in range(-BRICK_WIDTH * (number % 2) // 2, WIDTH, BRICK_WIDTH):
            canvas.pencil.rectangle(
                (x + 3, y + 3, x + BRICK_WIDTH - 3, y + BRICK_HEIGHT - 3),
                fill=canvas.shade((142, 86, 66), 18),
            )


def sheet(canvas: Canvas) -> None:
    """Draw paper with a heading, lines of type, a signature and a round stamp."""
    left, top = canvas.dice.randint(420, 560), canvas.dice.randint(80, 130)
    right, bottom = left + 620, top + 860
    canvas.pencil.rectangle((left + 10, top + 12, right + 10, bottom + 12), fill=(74, 54, 46))
    canvas.pencil.rectangle((left, top, right, bottom), fill=(240, 236, 224))
    canvas.pencil.rectangle((left + 150, top + 60, right - 150, top + 84), fill=(52, 52, 56))
    for y in range(top + 150, bottom - 220, 34):
        canvas.pencil.rectangle(
            (left + 60, y, right - canvas.dice.randint(60, 240), y + 11), fill=(104, 104, 108)
        )
    canvas.pencil.arc(
        (left + 70, bottom - 150, left + 300, bottom - 60), 190, 350, fill=(40, 52, 120), width=5
    )
    for ring in (92, 76):
        middle = (right - 170, bottom - 120)
        box = (middle[0] - ring, middle[1] - ring, middle[0] + ring, middle[1] + ring)
        canvas.pencil.ellipse(box, outline=(122, 40, 96), width=6)
