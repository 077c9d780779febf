"""What happened to a submission: people, machines, notes and messages in one line."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from intake import wording
from intake.decisions.reasons import REASONS
from intake.models import Event, Submission

if TYPE_CHECKING:
    import uuid


# Events that count one in the version of a submission, as every move does.
VERSIONED = frozenset({"revision.created", "decision.taken", "decision.undone", "approval.given"})

# What the machine does with every submission, when it goes as it should.
ROUTINE = frozenset(
    {"photo.received", "text.clean", "photo.clean", "photo.retouched", "submission.in_review"}
)


@dataclass(frozen=True, repr=False)
class Moment:
    """A line of the timeline; `actor` None for the contributor and for machines, `body` what a note or message says."""

    event: str
    at: datetime
    actor: str | None
    sentence: str
    tone: str
    kind: str
    """event, note or message"""
    steps: int
    """How much of the submission's version it accounts for."""
    body: str | None = None
    mentions: tuple[str, ...] = ()


def timeline(submission: Submission, names: dict[int, str]) -> list[Moment]:
    """All of it, the first first. Its events, notes, messages and photos should be loaded; `names` is id → editor."""
    spoken = _Spoken(submission, names)
    return [spoken.moment(event, steps) for event, steps in _worth_telling(submission.events)]


def runs(moments: list[Moment]) -> list[list[Moment]]:
    """The machine's routine steps that follow each other together, anything else by itself."""
    found: list[list[Moment]] = []
    for routine, group in groupby(moments, _is_routine):
        those = list(group)
        found += [those] if routine else [[moment] for moment in those]
    return found


def _is_routine(moment: Moment) -> bool:
    return moment.actor is None and moment.event in ROUTINE


def counts(event: str) -> bool:
    """Whether an event of this name counts one in the version."""
    return event in VERSIONED or event.startswith("submission.")


def newest(moments: list[Moment], versions: int) -> list[str]:
    """What the last `versions` steps of a submission's version were, as sentences, the first first."""
    found: list[str] = []
    for moment in reversed(moments):
        if versions <= 0:
            break
        if moment.steps:
            found.append(f"{moment.actor}: {moment.sentence}" if moment.actor else moment.sentence)
        versions -= moment.steps
    return found[::-1]


def _worth_telling(events: list[Event]) -> list[tuple[Event, int]]:
    """Events with their steps; a decision that took effect is told once: by its effect."""
    told: list[tuple[Event, int]] = []
    taken = None
    for event in events:
        steps = int(counts(event.name))
        if event.name == "decision.taken":
            taken = len(told)
        elif taken is not None and event.name.startswith("submission."):
            steps += told.pop(taken)[1]
            taken = None
        elif event.name == "decision.undone":
            taken = None
        told.append((event, steps))
    return told


class _Spoken:
    """Finds the words for the events of one submission."""

    def __init__(self, submission: Submission, names: dict[int, str]) -> None:
        self._positions: dict[uuid.UUID | None, int] = {
            photo.id: photo.position for photo in submission.photos
        }
        self._notes = {note.id: note for note in submission.notes}
        self._messages = {message.id: message for message in submission.messages}
        self._names = names

    def moment(self, event: Event, steps: int) -> Moment:
        note = self._notes.get(event.data.get("note", 0))
        message = self._messages.get(event.data.get("message", 0))
        return Moment(
            event=event.name,
            at=event.at,
            actor=event.editor.name if event.editor else None,
            sentence=self._sentence(event),
            tone=wording.tone(event.name),
            steps=steps,
            kind="note" if note else "message" if message else "event",
            body=note.body if note else message.body if message else None,
            mentions=tuple(self._names[one] for one in note.mentions if one in self._names) if note else (),
        )

    def _sentence(self, event: Event) -> str:
        fields: dict[str, Any] = {"position": self._positions.get(event.photo_id), **event.data}
        verdict = event.data.get("verdict")
        if verdict:
            fields["verdict"] = wording.VERDICTS[verdict]
        said = wording.EVENTS[event.name].format_map(fields)
        code = event.data.get("code")
        return f"{said} ({REASONS[verdict][code]})" if verdict and code else said
