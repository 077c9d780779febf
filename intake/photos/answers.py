"""Schemas of the answers of children that work on photos, and the tasks of these children."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from intake.photos import identify
from intake.photos.faces import MOST_FACES, is_area
from intake.photos.limits import (
    MAX_ANIMATION_PIXELS,
    MAX_BYTES,
    MAX_FRAMES,
    MAX_NAME_LENGTH,
    MAX_PIXELS,
    MAX_TRACES,
    MAX_VALUE_BYTES,
)
from intake.photos.metadata_report import KINDS
from intake.photos.notes import MADE_BY, Notes
from intake.photos.removed import AMOUNTS, SUMMARY_KINDS
from intake.sandbox.answers import ChildAnswer, one_of
from intake.sandbox.limits import MB
from intake.sandbox.task import ChildTask, Room

_Side = Annotated[int, Field(ge=1, le=MAX_PIXELS)]
_Number = Annotated[int, Field(ge=1, lt=1 << 31)]
_Pair = Annotated[list[_Number], Field(min_length=2, max_length=2)]
_Four = Annotated[list[_Number], Field(min_length=4, max_length=4)]
_FORMATS_IN = {*identify.FORMATS.values(), "raw"}


def _check_yes(value: bool) -> bool:
    # The type Literal[True] would also take the number 1.
    if not value:
        raise ValueError("a note that says no")
    return value


_Yes = Annotated[bool, AfterValidator(_check_yes)]


class NotesAnswer(ChildAnswer):
    """Notes on a photo: the keys and values of `notes.NOTES`, and `made_by`."""

    raw: _Yes | None = None
    pages: _Number | None = None
    page: _Pair | None = None
    pictures: _Number | None = None
    made_smaller: _Four | None = None
    incomplete: _Yes | None = None
    cut: _Yes | None = None
    made_by: Annotated[str, one_of(MADE_BY)] | None = None

    def notes(self) -> Notes:
        """Notes that the child sent."""
        return self.model_dump(exclude_none=True)


class SizeAnswer(ChildAnswer):
    """Size of a picture in pixels."""

    width: _Side
    height: _Side

    @model_validator(mode="after")
    def _limit_pixels(self) -> "SizeAnswer":
        if self.width * self.height > MAX_PIXELS:
            raise ValueError("more pixels than any kept picture has")
        return self


class CleanedAnswer(SizeAnswer):
    """Fields of `CleanPhoto` beside the copies."""

    format: Literal["jpeg", "png", "webp", "gif"]
    format_in: Annotated[str, one_of(_FORMATS_IN)]
    frames: Annotated[int, Field(ge=1, le=MAX_FRAMES)]
    removed: Annotated[
        dict[Annotated[str, one_of(SUMMARY_KINDS)], Annotated[str, one_of(AMOUNTS)]],
        Field(max_length=len(SUMMARY_KINDS)),
    ]
    notes: NotesAnswer

    @model_validator(mode="after")
    def _limit_animation(self) -> "CleanedAnswer":
        if self.frames * self.width * self.height > max(MAX_ANIMATION_PIXELS, MAX_PIXELS):
            raise ValueError("more pixels than any kept animation has")
        return self


class TraceAnswer(ChildAnswer):
    """One item of metadata. `amount` counts equal items, or the bytes of a trailer."""

    kind: Annotated[str, one_of(KINDS)]
    name: Annotated[str, StringConstraints(max_length=MAX_NAME_LENGTH)]
    amount: Annotated[int, Field(ge=0, le=MAX_BYTES)]


class TracesAnswer(ChildAnswer):
    """Items of metadata, and notes. The values of the items are the blobs of the answer."""

    traces: Annotated[list[TraceAnswer], Field(max_length=MAX_TRACES)]
    notes: NotesAnswer


def _in_the_picture(face: list[int]) -> list[int]:
    if not is_area(face):
        raise ValueError("outside")
    return face


class FacesAnswer(ChildAnswer):
    """Areas that may show faces: x, y, width and height of each (`PossibleFace`)."""

    faces: Annotated[
        list[Annotated[list[int], AfterValidator(_in_the_picture)]], Field(max_length=MOST_FACES)
    ]


CLEAN = ChildTask(
    "intake.photos.child", "clean", CleanedAnswer, Room(header_bytes=8192, least_blobs=3, most_blobs=3)
)
TRACES = ChildTask(
    "intake.photos.child",
    "traces",
    TracesAnswer,
    Room(header_bytes=16 * MB, most_blobs=MAX_TRACES, blob_bytes=MAX_VALUE_BYTES),
)
RETOUCH = ChildTask(
    "intake.photos.retouch.child",
    "retouch",
    SizeAnswer,
    Room(header_bytes=8192, least_blobs=3, most_blobs=4),
)
FACES = ChildTask("intake.photos.faces.search", "search", FacesAnswer, Room(header_bytes=8192))
