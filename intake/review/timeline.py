"""Timeline of a submission: events, notes and messages in one list."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import wording
from intake.decisions.reasons import REASONS
from intake.models import Editor, Event, Submission
from intake.plurals import COMMA, READER, desk_noop

if TYPE_CHECKING:
    import uuid


# Events that increment the version of a submission. Changes of the status (`submission.…`) also do.
VERSIONED_EVENTS = frozenset(
    {
        "revision.created",
        "decision.taken",
        "decision.undone",
        "approval.given",
        "publication.mended",
        "publication.corrected",
    }
)

# Processing steps that every submission goes through.
ROUTINE_EVENTS = frozenset(
    {"photo.received", "text.clean", "photo.clean", "photo.retouched", "submission.in_review"}
)


KEPT = desk_noop("Photo {position} cleaned, its unchanged file sealed until {kept_until}")
"""Sentence about a cleaned photo whose original is kept."""
DUE = desk_noop(", due %(day)s")
SAID_BY = desk_noop("%(actor)s: %(sentence)s")
HIGH_PRIORITY = desk_noop(", high priority")
PURGED = desk_noop("(purged)")
GUEST = desk_noop("Guest %(name)s")
A_GUEST = desk_noop("a guest")
NOBODY = desk_noop("nobody")
WORDS_OF_EVENTS = (desk_noop("graphic"), desk_noop("not graphic"), desk_noop("redaction"), desk_noop("crop"))
"""English words in the data of events, listed so that they get translated."""


@dataclass(frozen=True, repr=False)
class TimelineEntry:
    """Entry of the timeline.

    `actor` is None for the contributor and for workers, and "Guest NAME" for a guest who wrote a note.
    `body` is the text of a note, a message, a correction or a reason.
    """

    event: str
    at: datetime
    actor: str | None
    sentence: str
    tone: str
    kind: str
    """"event", "note" or "message"."""
    steps: int
    """Number of versions of the submission that this entry accounts for."""
    body: str | None = None
    mentions: tuple[str, ...] = ()


def timeline(submission: Submission, names: dict[int, str]) -> list[TimelineEntry]:
    """Return all entries of a submission, oldest first.

    Load the submission's events, notes, messages, publication notes, photos and reading links before, to save queries.
    `names` maps ids of editors to names, also of those who were assignees.
    """
    builder = _EntryBuilder(submission, names)
    return [builder.entry(event, steps) for event, steps in _merge_decisions(submission.events)]


def former_names(session: Session, submission: Submission, names: dict[int, str]) -> dict[int, str]:
    """Return {id: name} of assignees in the history who are not in `names`. Runs at most one query."""
    told = {event.data.get("assignee") for event in submission.events} - {None, *names}
    if not told:
        return {}
    rows = session.execute(select(Editor.id, Editor.name).where(Editor.id.in_(told)))
    return {row.id: row.name for row in rows}


def group_routine(entries: list[TimelineEntry]) -> list[list[TimelineEntry]]:
    """Group consecutive routine entries (ROUTINE_EVENTS). Every other entry is a group of its own."""
    found: list[list[TimelineEntry]] = []
    for routine, group in groupby(entries, _is_routine):
        those = list(group)
        found += [those] if routine else [[entry] for entry in those]
    return found


def _is_routine(entry: TimelineEntry) -> bool:
    return entry.actor is None and entry.event in ROUTINE_EVENTS


def changes_version(event: str) -> bool:
    """Return whether an event of this name increments the version."""
    return event in VERSIONED_EVENTS or event.startswith("submission.")


def latest_sentences(entries: list[TimelineEntry], versions: int) -> list[str]:
    """Return sentences about the last `versions` increments of the submission's version, oldest first."""
    found: list[str] = []
    for entry in reversed(entries):
        if versions <= 0:
            break
        if entry.steps:
            found.append(READER.gettext(SAID_BY) % vars(entry) if entry.actor else entry.sentence)
        versions -= entry.steps
    return found[::-1]


def _merge_decisions(events: list[Event]) -> list[tuple[Event, int]]:
    """Return (event, number of versions that it accounts for) pairs.

    Once a decision took effect, its event `decision.taken` is merged into the event `submission.<status>`.
    """
    merged: list[tuple[Event, int]] = []
    taken = None
    for event in events:
        steps = int(changes_version(event.name))
        if event.name == "decision.taken":
            taken = len(merged)
        elif taken is not None and event.name.startswith("submission."):
            steps += merged.pop(taken)[1]
            taken = None
        elif event.name == "decision.undone":
            taken = None
        merged.append((event, steps))
    return merged


def _assignment_details(data: Mapping[str, Any]) -> str:
    """Return due day and priority of an assignment, such as ", due 1 December 2026, high priority"."""
    day = date.fromisoformat(data["due"]) if data.get("due") else None
    due = READER.gettext(DUE) % {"day": READER.day(day)} if day else ""
    return due + (READER.gettext(HIGH_PRIORITY) if data.get("priority") == "high" else "")


def _spoken(name: str, value: Any) -> Any:
    """Translate words that an event stores in English: what was done with a photo, and known points of a checklist."""
    if name in {"kind", "mark", "point"} and isinstance(value, str):
        return READER.gettext(value)
    if name == "points" and isinstance(value, str):
        return READER.gettext(COMMA).join(READER.gettext(one) for one in value.split(COMMA))
    if name in {"day", "until"} and isinstance(value, str):
        with suppress(ValueError):
            return READER.day(date.fromisoformat(value))
    return value


class _Fields(dict[str, Any]):
    """Values for the sentence of an event. A placeholder stands for each value that a purge deleted."""

    def __missing__(self, _name: str) -> str:
        return READER.gettext(PURGED)


class _EntryBuilder:
    """Builder of the timeline entries for the events of one submission."""

    def __init__(self, submission: Submission, names: dict[int, str]) -> None:
        self._positions: dict[uuid.UUID | None, int] = {
            photo.id: photo.position for photo in submission.photos
        }
        self._notes = {note.id: note for note in submission.notes}
        self._messages = {message.id: message for message in submission.messages}
        self._words = {words.id: words for words in submission.publication_notes}
        self._names = names
        self._guests = {
            link.id: READER.gettext(GUEST) % {"name": link.name} for link in submission.reading_links
        }

    def entry(self, event: Event, steps: int) -> TimelineEntry:
        note = self._notes.get(event.data.get("note", 0))
        message = self._messages.get(event.data.get("message", 0))
        words = self._words.get(event.data.get("words", 0))
        body = words or note or message
        return TimelineEntry(
            event=event.name,
            at=event.at,
            actor=event.editor.name if event.editor else self._guest(event),
            sentence=self._sentence(event),
            tone=wording.tone(event.name),
            steps=steps,
            kind="note" if note or words else "message" if message else "event",
            body=body.body if body else None,
            mentions=tuple(self._names[one] for one in note.mentions if one in self._names) if note else (),
        )

    def _guest(self, event: Event) -> str | None:
        """Return the guest who wrote a note, as "Guest NAME"."""
        return self._guests.get(event.data.get("link", 0)) if event.name == "guest.noted" else None

    def _sentence(self, event: Event) -> str:
        fields: dict[str, Any] = {
            "position": self._positions.get(event.photo_id),
            "guest": self._guests.get(event.data.get("link", 0), READER.gettext(A_GUEST)),
            "details": _assignment_details(event.data),
            **{name: _spoken(name, value) for name, value in event.data.items()},
            "assignee": self._names.get(event.data.get("assignee") or 0, READER.gettext(NOBODY)),
        }
        verdict = event.data.get("verdict")
        if verdict:
            fields["verdict"] = READER.gettext(wording.VERDICTS[verdict])
        words = (
            KEPT if event.name == "photo.clean" and "kept_until" in event.data else wording.EVENTS[event.name]
        )
        said = READER.gettext(words).format_map(_Fields(fields))
        if event.name == "revision.created" and "merged" in event.data:
            said += READER.gettext(wording.MERGED).format_map(fields)
        code = event.data.get("code")
        return f"{said} ({READER.gettext(REASONS[verdict][code])})" if verdict and code else said
