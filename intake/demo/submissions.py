"""What the invented people send: one file a piece in texts/, in the order of their names."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Shot:
    """A photo to be drawn: the scene's name in pictures/, and where on Earth it pretends to have been taken."""

    scene: str
    caption: str
    credit: str = ""
    place: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Change:
    """An editor's edit: `find` in the cleaned HTML becomes `put`; `title` where that changes too."""

    by: str
    note: str
    find: str
    put: str
    title: str = ""


@dataclass(frozen=True)
class DemoSubmission:
    """A submission to be, and `fate`, the status in which the demo leaves it by the hand of `by`."""

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
    """All of them, the first sent first."""
    return [read(path) for path in sorted(TEXTS.glob("*.toml"))]


def read(path: Path) -> DemoSubmission:
    """One piece; a key that is not a field of Piece is a TypeError."""
    fields: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    photos = tuple(Shot(**{**shot, "place": tuple(shot["place"])}) for shot in fields.pop("photos", []))
    changes = tuple(Change(**change) for change in fields.pop("changes", []))
    return DemoSubmission(slug=path.stem, photos=photos, changes=changes, **fields)
