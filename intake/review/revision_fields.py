"""Details of a revision: everything besides title and text.

Details are read from a submission and applied to it.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from intake.languages import NAMES
from intake.lifecycle import DOWNLOADABLE
from intake.models import Photo, Submission
from intake.plurals import COMMA, READER, desk_noop, gettext_noop


@dataclass(frozen=True)
class PhotoWords:
    """Caption, credit and description (`alt`) of a photo. A missing text is an empty string.

    `featured` is true for the photo that represents the submission, if an editor chose a photo other than the first.
    """

    id: uuid.UUID
    caption: str = ""
    credit: str = ""
    alt: str = ""
    featured: bool = False


def _shown_as(label: str, kind: str, note: str = "") -> dict[str, str]:
    """Build the metadata of a field. Forms, the API, comparisons and pages handle the field by its `kind`."""
    return {"label": label, "kind": kind, "note": note}


@dataclass(frozen=True)
class RevisionFields:
    """Details of a revision. Photos are in display order, without refused photos.

    Fields with metadata have a column of the same name in Submission. NULL in the column means the default.
    """

    section: str = field(metadata=_shown_as(desk_noop("Section"), "section"))
    language: str = field(metadata=_shown_as(desk_noop("Language"), "language"))
    region: str = field(
        default="", metadata=_shown_as(desk_noop("Region"), "line", desk_noop("Where it happened."))
    )
    tags: tuple[str, ...] = field(
        default=(), metadata=_shown_as(desk_noop("Tags"), "tags", desk_noop("Separated by commas."))
    )
    print_name: str = field(
        default="",
        metadata=_shown_as(
            desk_noop("Name to print"),
            "line",
            desk_noop("The author’s name in print. Leave it empty to print no name."),
        ),
    )
    photos: tuple[PhotoWords, ...] = field(default=())
    embargo_until: datetime | None = field(
        default=None,
        metadata=_shown_as(
            desk_noop("Embargo until"),
            "moment",
            desk_noop(
                "Day and time in UTC. Until then it cannot be downloaded or published, and feeds leave it out."
            ),
        ),
    )

    def in_words(self) -> dict[str, str]:
        """Return {label: value as text} of all fields, for people. An empty field is an empty string."""
        return {READER.gettext(one.label): _in_words(one, getattr(self, one.name)) for one in FIELDS}


@dataclass(frozen=True)
class FieldInfo:
    """Field of RevisionFields with its label.

    `kind` is a key of WORDS. `note` is the hint in a form. `default` is the value of an empty field.
    """

    name: str
    label: str
    kind: str
    note: str
    default: Any


FIELDS = tuple(
    FieldInfo(name=one.name, default="" if one.default is MISSING else one.default, **one.metadata)
    for one in fields(RevisionFields)
    if one.metadata
)

# Kind of a field → function that formats a value as text for people.
WORDS: dict[str, Callable[[Any], str]] = {
    "section": str,
    "language": lambda code: NAMES.get(code, code),
    "line": str,
    "tags": lambda tags: READER.gettext(COMMA).join(tags),
    "moment": READER.moment,
}

# Kind of a field → function that converts a value from JSON, for types that JSON does not have.
FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "tags": tuple,
    "moment": lambda at: at and datetime.fromisoformat(at),
}

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
YEARS_AHEAD = 10
TOO_FAR = gettext_noop("Please give a time within the next 10 years.")


def utc_minute(at: datetime) -> datetime:
    """Return the time in UTC, rounded up to a whole minute.

    Raises ValueError for a time before EARLIEST, or more than about YEARS_AHEAD years ahead.
    """
    now = datetime.now(UTC)
    if not EARLIEST <= at < now + timedelta(days=366 * YEARS_AHEAD):
        raise ValueError(TOO_FAR)
    whole = at.astimezone(UTC).replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)


def _in_words(info: FieldInfo, value: Any) -> str:
    return WORDS[info.kind](value) if value else ""


def current_fields(submission: Submission) -> RevisionFields:
    """Return the current details of a submission."""
    return RevisionFields(
        **{one.name: _from_column(one, getattr(submission, one.name)) for one in FIELDS},
        photos=tuple(
            PhotoWords(photo.id, photo.caption or "", photo.credit or "", photo.alt or "", photo.featured)
            for photo in _shown(submission)
        ),
    )


def _from_column(info: FieldInfo, value: Any) -> Any:
    if value is None:
        return info.default
    return tuple(value) if isinstance(value, list) else value


def _to_column(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value or None


def apply_fields(submission: Submission, details: RevisionFields) -> None:
    """Make `details` the current details of the submission.

    If this ends a running embargo of an accepted or published submission, feeds list it as new from now on.
    Photos that `details` does not list come last. Listed photos that no longer exist are ignored.
    If several photos are featured, the first one is.
    """
    was_embargoed = submission.is_embargoed
    for info in FIELDS:
        setattr(submission, info.name, _to_column(getattr(details, info.name)))
    if was_embargoed and not submission.is_embargoed and submission.status in DOWNLOADABLE:
        submission.waiting_since = submission.read_at
    words = {one.id: one for one in details.photos}
    here = {photo.id: photo for photo in _shown(submission)}
    # A refused photo keeps its position, because the desk does not show it.
    places = sorted(photo.position for photo in here.values())
    for place, photo_id in zip(places, _in_order(words, here), strict=True):
        here[photo_id].position = place
    featured = next((one.id for one in details.photos if one.featured and one.id in here), None)
    for photo in here.values():
        if featured or photo.id in words:
            photo.featured = photo.id == featured
    for photo in (here[photo_id] for photo_id in words if photo_id in here):
        one = words[photo.id]
        photo.caption, photo.credit, photo.alt = one.caption or None, one.credit or None, one.alt or None


def to_json(details: RevisionFields) -> dict[str, Any]:
    """Convert details to the JSON of `Revision.details`."""
    photos = [vars(one) | {"id": str(one.id)} for one in details.photos]
    return {one.name: _to_json(getattr(details, one.name)) for one in FIELDS} | {"photos": photos}


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def from_json(kept: dict[str, Any]) -> RevisionFields | None:
    """Convert JSON from `to_json` back. Returns None for a revision without details."""
    if not kept:
        return None
    photos = tuple(PhotoWords(**(one | {"id": uuid.UUID(one["id"])})) for one in kept["photos"])
    known = {
        one.name: FROM_JSON.get(one.kind, _unchanged)(kept[one.name]) for one in FIELDS if one.name in kept
    }
    return RevisionFields(**known, photos=photos)


def _unchanged(value: Any) -> Any:
    return value


def _shown(submission: Submission) -> list[Photo]:
    """Return the photos that are clean or still being cleaned, in display order."""
    shown = (photo for photo in submission.photos if photo.status in {"clean", "received"})
    return sorted(shown, key=lambda photo: photo.position)


def _in_order(wanted: Iterable[uuid.UUID], here: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    found = list(here)
    return [one for one in wanted if one in found] + [one for one in found if one not in set(wanted)]
