"""Invented submissions of the demo. Each is one TOML file in texts/."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Shot:
    """Photo to draw: name of a scene in pictures/, and latitude and longitude for its GPS data."""

    scene: str
    caption: str
    credit: str = ""
    place: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Change:
    """Edit by the account `by`: it replaces `find` in the cleaned HTML by `put`.

    `title` is the new title, empty if the title stays.
    """

    by: str
    note: str
    find: str
    put: str
    title: str = ""


@dataclass(frozen=True)
class DemoSubmission:
    """Submission to create. `fate` is its final status, and `by` the account that decides.

    `reason` is the reason for the decision. `slug` is the name of the TOML file without its suffix.
    """

    slug: str
    title: str
    language: str
    section: str
    fate: str
    body: str
    format: str = "plain"
    print_name: str = ""
    contact: str = ""
    by: str = ""
    reason: str = ""
    photos: tuple[Shot, ...] = field(default=())
    changes: tuple[Change, ...] = field(default=())


def demo_submissions() -> list[DemoSubmission]:
    """All demo submissions, in the order in which they are sent: by file name."""
    return [read(path) for path in sorted(TEXTS.glob("*.toml"))]


def read(path: Path) -> DemoSubmission:
    """Read one TOML file. Raises TypeError for a key that is not a field of DemoSubmission."""
    fields: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    photos = tuple(Shot(**{**shot, "place": tuple(shot["place"])}) for shot in fields.pop("photos", []))
    changes = tuple(Change(**change) for change in fields.pop("changes", []))
    return DemoSubmission(slug=path.stem, photos=photos, changes=changes, **fields)
