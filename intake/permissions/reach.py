"""Reach: the submissions that an account may see, by section and language.

All queries for submissions of the desk use `Reach.conditions`, and the check of a single submission uses `refuse_hidden`.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session

from intake import languages, permissions
from intake.errors import NotFound
from intake.lifecycle import UNSENT
from intake.models import Editor, Submission


@dataclass(frozen=True)
class Reach:
    """Sections and language tags of the submissions that an account may see. An empty tuple limits nothing.

    `nothing` is true for an account that may not read submissions.
    """

    sections: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    nothing: bool = False

    @property
    def is_limited(self) -> bool:
        """Return whether some submissions are hidden."""
        return self.nothing or bool(self.sections or self.languages)

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on Submission in a query. Empty if nothing is limited."""
        found: list[ColumnElement[bool]] = [false()] if self.nothing else []
        for column, values in ((Submission.section, self.sections), (Submission.language, self.languages)):
            if values:
                # With `=`, PostgreSQL can read submissions in the order of an index that begins with the column.
                # With `IN`, it has to sort them.
                found.append(column == values[0] if len(values) == 1 else column.in_(values))
        return found

    def narrowed(self, sections: Collection[str], chosen: Collection[str]) -> "Reach":
        """Return the part of the reach with these sections and languages. An empty choice narrows nothing.

        A choice without anything in reach gives NOTHING.
        """
        tags = _tags(list(chosen))
        if self.nothing or _has_none(self.sections, sections) or _has_none(self.languages, tags):
            return NOTHING
        return Reach(_common(self.sections, sections), _common(self.languages, tags))

    def covers(self, section: str, language: str) -> bool:
        """Return whether a submission with this section and language tag may be seen."""
        return (
            not self.nothing
            and (not self.sections or section in self.sections)
            and (not self.languages or language in self.languages)
        )


EVERYTHING = Reach()
NOTHING = Reach(nothing=True)


def reach_of(person: Editor, action: str = "submission.read") -> Reach:
    """Return the reach of an account for an action of the table, from its roles and its limits."""
    cell = permissions.cell(person, action)
    if not cell:
        return NOTHING
    if cell == permissions.ALL:
        return EVERYTHING
    return Reach(tuple(person.sections), tuple(_tags(person.languages)))


def reach_of_id(session: Session, editor_id: int) -> Reach:
    """Return the reach of the account with this id. NOTHING if there is none."""
    person = session.get(Editor, editor_id)
    return reach_of(person) if person else NOTHING


def refuse_hidden(session: Session, submission_id: uuid.UUID, reach: Reach) -> None:
    """Raise NotFound for a submission that is beyond `reach`, is not sent yet, or does not exist."""
    seen = select(Submission.id).where(
        Submission.id == submission_id, Submission.status != UNSENT, *reach.conditions()
    )
    if session.scalar(seen) is None:
        raise NotFound


def _common(allowed: tuple[str, ...], wanted: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in wanted if not allowed or one in allowed) if wanted else allowed


def _has_none(allowed: tuple[str, ...], wanted: Collection[str]) -> bool:
    return bool(wanted) and not _common(allowed, wanted)


def _tags(chosen: list[str]) -> list[str]:
    """Return the tags of the chosen languages in all scripts. "Another language" includes the tag of unknown languages."""
    tags = {tag for code in chosen for tag in languages.within(code)}
    return sorted(tags | ({languages.UNTOLD} if languages.OTHER in tags else set()))
