"""Picture that is cleaned and kept, where a file holds several."""

from dataclasses import dataclass, field

from intake.photos.notes import Notes
from intake.photos.pictures import jpeg
from intake.photos.refusal import PhotoRefused


@dataclass(frozen=True)
class MainPicture:
    """File to decode, which is the original or a part of it, and notes for people."""

    data: bytes
    format_in: str
    notes: Notes = field(default_factory=dict)
    stream: jpeg.JpegStream | None = None
    """Structure of the JPEG, None for other formats."""


def refuse_if_smaller(kept: int, others: list[int]) -> None:
    """Enforce the rule that no picture in a file is larger than the kept one. Arguments are numbers of pixels.

    A larger picture is not kept in its place, because it may show what its sender cut off.

    Raises PhotoRefused (larger_picture).
    """
    if max(others, default=0) > kept:
        raise PhotoRefused("larger_picture")
