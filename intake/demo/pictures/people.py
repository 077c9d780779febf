"""Layers with people, as silhouettes without faces."""

from intake.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Colour

CLOTHES: tuple[Colour, ...] = ((44, 46, 60), (74, 48, 46), (52, 66, 58), (88, 82, 92), (34, 36, 40))


def figure(canvas: Canvas, x: int, foot: int, height: int) -> None:
    """Draw one person from behind, standing at (x, foot)."""
    colour, head = canvas.shade(canvas.dice.choice(CLOTHES)), height // 7
    canvas.pencil.ellipse((x - head // 2, foot - height, x + head // 2, foot - height + head), fill=colour)
    shoulders = (x - head, foot - height + head + 2, x + head, foot - height // 3)
    canvas.pencil.rounded_rectangle(shoulders, head // 2, fill=colour)
    for side in (-1, 1):
        leg = (x + side * head // 2 - head // 3, foot - height // 2, x + side * head // 2 + head // 3, foot)
        canvas.pencil.rectangle(leg, fill=colour)


def passers_by(canvas: Canvas) -> None:
    """Draw a few people who walk by."""
    for _ in range(canvas.dice.randint(4, 8)):
        foot = canvas.dice.randint(860, 1000)
        figure(canvas, canvas.dice.randint(80, WIDTH - 80), foot, (foot - 640) * 8 // 9)


def waiting(canvas: Canvas) -> None:
    """Draw people who stand in a queue."""
    for place in range(canvas.dice.randint(7, 11)):
        figure(canvas, 420 + place * 80, 850 + canvas.dice.randint(-6, 22), 200)


def crowd(canvas: Canvas) -> None:
    """Draw rows of people, nearer ones larger. Some hold up a blank sheet."""
    for line in range(6):
        foot, height = 820 + line * 62, 190 + line * 46
        for x in range(-20, WIDTH + 60, height // 3):
            figure(canvas, x + canvas.dice.randint(-14, 14), min(foot, HEIGHT + 60), height)
            if canvas.dice.random() < 0.07:
                top = foot - height - 60
                canvas.pencil.rectangle((x - 44, top - 60, x + 44, top), fill=(236, 234, 228))
                canvas.pencil.line((x, top, x, top + 70), fill=(70, 60, 50), width=6)
