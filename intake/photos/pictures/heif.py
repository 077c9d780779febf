"""Pictures of a HEIF or AVIF file: the primary one, others of a burst, and samples of a sequence."""

from intake.photos.pictures import boxes
from intake.photos.pictures.items import Items
from intake.photos.pictures.main_picture import MainPicture, refuse_if_smaller

_TRACK = (b"moov", b"trak", b"mdia")


def choose(data: bytes, format_in: str) -> MainPicture:
    """Keep the primary picture. Raises PhotoRefused (larger_picture)."""
    items = Items.of(data)
    others = items.others()
    sizes = [items.pixels(number) for number in others]
    # Sizes are compared only if the file gives that of the primary picture.
    if items.pixels(items.primary):
        refuse_if_smaller(items.pixels(items.primary), sizes)
    frames = 0 if format_in == "avif" else samples(data)
    number = max(1 + len(others), frames)
    return MainPicture(data, format_in, {"pictures": number} if number > 1 else {})


def samples(data: bytes) -> int:
    """Number of pictures in the picture track of an image sequence, 0 if there is none."""
    number = 0
    for start, end in boxes.descend(data, _TRACK, 0, len(data)):
        handlers = [data[at + 8 : at + 12] for at, _ in boxes.descend(data, (b"hdlr",), start, end)]
        if b"pict" in handlers:
            for at, _ in boxes.descend(data, (b"minf", b"stbl", b"stsz"), start, end):
                number = max(number, int.from_bytes(data[at + 8 : at + 12], "big"))
    return number
