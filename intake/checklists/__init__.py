"""Checklists of sections: points to settle before a submission is accepted, and before it is published.

To find the checklist of a section, always call `of_section`, which also knows the default for other sections.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from intake.plurals import desk_noop
from intake.settings import Settings, settings

STAGES = ("accept", "publish")
"""Moves before which points are checked, keys of lifecycle.MOVES."""
OTHERS = "*"
"""Name that stands for all sections without a checklist of their own."""
LABELS = {
    "captions": desk_noop("Each photo has a caption"),
    "credits": desk_noop("Each photo has a credit"),
    "alt_texts": desk_noop("Each photo has an alternative text"),
    "consent": desk_noop("The consent is on file"),
    "faces": desk_noop("Faces in the photos were looked at"),
    "second_reading": desk_noop("A second person has read the text"),
}
"""Code of a known point → its label."""
BY_PROGRAM = frozenset({"captions", "credits", "alt_texts", "consent"})
"""Codes of points that the program checks and ticks by itself. Only a person can judge the others."""
LINE_CHARACTERS = 200


@dataclass(frozen=True)
class ChecklistPoint:
    """Point of a checklist. `code` is a key of LABELS, or is computed from the label of a free line.

    `stages` are those of STAGES before which the point counts.
    """

    code: str
    label: str
    stages: tuple[str, ...] = STAGES

    @property
    def is_by_program(self) -> bool:
        """Return whether the program ticks the point, and no person can."""
        return self.code in BY_PROGRAM


@dataclass(frozen=True)
class Checklist:
    """Points of a section, in their order. Each code is there once."""

    points: tuple[ChecklistPoint, ...]


def known_point(code: str, stages: tuple[str, ...] = STAGES) -> ChecklistPoint:
    """Return a point of LABELS. Raises KeyError."""
    return ChecklistPoint(code, LABELS[code], stages)


def free_line(label: str, stages: tuple[str, ...] = STAGES) -> ChecklistPoint:
    """Return a point with the magazine's own words. Its code depends on them: a reworded point is new and not ticked."""
    words = " ".join(label.split())[:LINE_CHARACTERS]
    return ChecklistPoint(f"line-{hashlib.sha256(words.encode()).hexdigest()[:12]}", words, stages)


DEFAULT = Checklist(tuple(known_point(code) for code in LABELS))
"""Checklist of a section that is named without points."""


def of_section(section: str, config: Settings | None = None) -> Checklist | None:
    """Return the checklist of a section, or None if it has none."""
    found = _parsed((config or settings()).checklists)
    return found.get(section, found.get(OTHERS))


def by_section(text: str) -> dict[str, str]:
    """Parse the setting TRANSOM_CHECKLISTS into {section: its points, separated by commas}."""
    found = {}
    for part in filter(str.strip, text.split(";")):
        section, _, words = part.partition("=")
        points = ", ".join(word.strip() for word in words.split(",") if word.partition("@")[0].strip())
        found[section.strip()] = points or ", ".join(LABELS)
    return found


def joined(found: Mapping[str, str]) -> str:
    """Return the text of the setting for {section: points}. A section without points has no checklist."""
    return "; ".join(f"{section} = {points}" for section, points in found.items() if points)


def _parsed(text: str) -> dict[str, Checklist]:
    found = {}
    for section, words in by_section(text).items():
        points = [_point(word) for word in words.split(",")]
        by_code = {point.code: point for point in reversed(points)}
        found[section] = Checklist(tuple(point for point in points if by_code[point.code] is point))
    return found


def _point(word: str) -> ChecklistPoint:
    name, _, stage = word.rpartition("@")
    if stage.strip() not in STAGES:
        name, stage = word, ""
    name, stages = name.strip(), (stage.strip(),) if stage else STAGES
    return known_point(name, stages) if name in LABELS else free_line(name, stages)
