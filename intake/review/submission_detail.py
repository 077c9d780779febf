"""One submission as the desk shows it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, lazyload, load_only, selectinload

from intake.accounts.people import editors, kept_from
from intake.errors import NotFound
from intake.models import Decision, Editor, Event, Photo, Retouch, Revision, Submission
from intake.photos import notes, removed
from intake.photos.refusal import why_and_what_to_do
from intake.photos.retouch import Area
from intake.plurals import READER, Translator, desk_noop
from intake.retouches.request import PendingRetouch, latest_failure, pending_retouches
from intake.review import language_choice, second_look
from intake.review.possible_actions import possible_actions
from intake.review.second_look import SecondLook
from intake.review.timeline import TimelineEntry, former_names, latest_sentences, timeline
from intake.text import render, report
from intake.text.words import size, visible


@dataclass(frozen=True)
class SubmissionHeader:
    """Facts that the submission's page shows above and beside the text."""

    id: uuid.UUID
    short_id: str
    status: str
    version: int
    flagged: bool
    section: str
    language: str
    print_name: str | None
    has_contact: bool
    received_at: datetime
    consent_version: str
    consent_language: str
    consent_text: str
    """Consent text that the contributor saw. Empty, like `consent_language`, if Transom did not store it at that time."""
    waiting_since: datetime
    region: str | None
    tags: list[str]
    claim: "Claim | None"
    assignee: str | None
    """Name of the editor to whom it is assigned."""
    assignee_id: int | None
    due_on: date | None
    is_late: bool
    """True if the due day is over, and the submission is not done."""
    priority: str
    published_at: datetime | None
    published_url: str | None
    corrected_at: datetime | None
    embargo_until: datetime | None
    is_embargoed: bool
    signals: list[str]
    """Signs of a bot or a person. Empty outside the lane "suspicious"."""


@dataclass(frozen=True)
class Claim:
    """Editor who has claimed the submission, and when the claim expires without activity."""

    editor_id: int
    name: str
    until: datetime


@dataclass(frozen=True)
class Text:
    """Revision to read (`html`, safe to render) or to edit (`source`).

    `author` is None for the contributor. `minutes` is the reading time.
    """

    number: int
    title: str
    html: Markup
    source: str
    author: str | None
    created_at: datetime
    words: int
    minutes: int
    note: str | None


@dataclass(frozen=True)
class PhotoSummary:
    """Photo of a submission.

    `removed` says what cleaning removed, `noted` has the notes about the picture, and `sentence` says why the photo was
    refused and what its contributor can do. `hint` says, by the file's metadata, whether a program or a camera made the
    picture. Each may be empty.
    `failure` is the kind of the latest retouch if that retouch failed.
    """

    id: uuid.UUID
    position: int
    status: str
    caption: str | None
    credit: str | None
    width: int | None
    height: int | None
    format: str | None
    sentence: str
    removed: str
    noted: str
    hint: str
    alt: str | None
    graphic: bool
    featured: bool
    generation: int
    file: str
    """Storage name of the full copy. Empty unless the photo is clean."""
    crop: Area | None
    focus: dict[str, float] | None
    pending_retouches: list[PendingRetouch]
    failure: str | None

    @property
    def whole(self) -> tuple[int, int]:
        """Width and height of the uncropped photo in pixels, accurate to one pixel."""
        left = self.crop or Area(0, 0, 1, 1)
        return round((self.width or 1) / left.width), round((self.height or 1) / left.height)

    @property
    def described(self) -> str:
        """Text alternative for the photo."""
        words = self.alt or self.caption or READER.gettext(NO_CAPTION)
        return READER.gettext("Photo %(number)s: %(caption)s") % {"number": self.position, "caption": words}


@dataclass(frozen=True)
class DecisionSummary:
    """Decision of a submission. `state`, one of models.decision.STATES, says whether it has taken effect."""

    id: int
    verdict: str
    state: str
    code: str | None
    message: str | None
    editor: str
    at: datetime
    settles_at: datetime | None


@dataclass(frozen=True)
class SubmissionDetail:
    """Everything that an editor may see of a submission. `may` names the actions that are possible now."""

    submission: SubmissionHeader
    revisions: list[Text]
    photos: list[PhotoSummary]
    timeline: list[TimelineEntry]
    decision: DecisionSummary | None
    may: set[str]
    removed: str
    """Sentence about what cleaning removed from the contributor's words."""
    second_look: SecondLook
    language_note: str
    """Sentence that the text reads as another language than the contributor chose. May be empty."""
    colleagues: dict[int, str]
    """Editors who may see the submission: id → name."""

    @property
    def revision(self) -> Text:
        """Newest revision."""
        return self.revisions[0]


NO_CAPTION = desk_noop("no caption")
NAMES = (load_only(Editor.name), lazyload(Editor.roles))
# Relations are loaded with a constant number of queries. Of editors, only the names are loaded, because pages
# show nothing else of them.
WHOLE = (
    selectinload(Submission.revisions).joinedload(Revision.editor).options(*NAMES),
    selectinload(Submission.photos).joinedload(Photo.retouches).joinedload(Retouch.editor).options(*NAMES),
    selectinload(Submission.notes),
    selectinload(Submission.reading_links),
    selectinload(Submission.messages),
    selectinload(Submission.publication_notes),
    selectinload(Submission.events).joinedload(Event.editor).options(*NAMES),
    joinedload(Submission.decision).joinedload(Decision.editor).options(*NAMES),
)


def submission_detail(
    session: Session, submission_id: uuid.UUID, translator: Translator = READER
) -> SubmissionDetail:
    """Return a submission with its revisions, newest first.

    Sentences about cleaning are in the translator's language. Raises NotFound, also while the text is not
    clean yet or after a purge.
    """
    submission = session.get(Submission, submission_id, options=WHOLE)
    if submission is None or submission.status == "purged":
        raise NotFound
    kept = [revision for revision in reversed(submission.revisions) if revision.number]
    if not kept:
        raise NotFound
    texts = [_text(revision) for revision in kept]
    names = editors(session)
    unreachable = kept_from(session, submission.section, submission.language)
    return SubmissionDetail(
        submission=_header(submission, names),
        revisions=texts,
        photos=[_photo_summary(photo, translator) for photo in submission.photos],
        timeline=timeline(submission, names | former_names(session, submission, names)),
        decision=_decision_summary(submission.decision) if submission.decision else None,
        may=possible_actions(submission),
        removed=report.sentence(kept[-1].report, translator),
        second_look=second_look.second_look(submission, kept, translator),
        language_note=language_choice.note(kept[-1].report, submission.language, translator),
        colleagues={number: name for number, name in names.items() if number not in unreachable},
    )


def changes_since(current: SubmissionDetail, version: int) -> list[str]:
    """Return sentences about the changes after the submission's version `version`."""
    return latest_sentences(current.timeline, current.submission.version - version)


def clean_photo(session: Session, submission_id: uuid.UUID, photo_id: uuid.UUID) -> Photo:
    """Return a photo that has clean copies. Raises NotFound for any other photo."""
    photo = session.scalar(
        select(Photo)
        .where(Photo.id == photo_id, Photo.submission_id == submission_id, Photo.status == "clean")
        .options(selectinload(Photo.submission))
    )
    if photo is None:
        raise NotFound
    return photo


def _header(s: Submission, names: dict[int, str]) -> SubmissionHeader:
    return SubmissionHeader(
        s.id, s.short_id, s.status, s.version, s.flagged, s.section, s.language, s.print_name, s.contact is not None,
        s.received_at, s.consent_version, s.consent_language, s.consent_text, s.waiting_since, s.region, list(s.tags), _claim(s, names),
        names.get(s.assigned_to or 0), s.assigned_to, s.due_on, s.is_late, s.priority, s.published_at,
        s.published_url, s.corrected_at, s.embargo_until, s.is_embargoed,
        list(s.signals) if s.lane == "suspicious" else [],
    )  # fmt: skip


def _claim(s: Submission, names: dict[int, str]) -> Claim | None:
    if s.claimed_by is None or s.claimed_until is None or not s.is_claimed:
        return None
    return Claim(s.claimed_by, names.get(s.claimed_by, ""), s.claimed_until)


def _text(revision: Revision) -> Text:
    source = revision.html or ""
    author = revision.editor.name if revision.editor else None
    html = Markup(render(source))  # noqa: S704 - cleaned and verified before it was stored
    return Text(
        revision.number,
        revision.title or "",
        html,
        source,
        author,
        revision.created_at,
        revision.words,
        size(visible(source)).minutes,
        revision.note,
    )


def _photo_summary(photo: Photo, translator: Translator) -> PhotoSummary:
    told = removed.sentence(photo.removed, translator) if photo.status == "clean" else ""
    return PhotoSummary(
        photo.id, photo.position, photo.status, photo.caption, photo.credit, photo.width, photo.height, photo.format,
        why_and_what_to_do(photo.reason, translator), told, notes.sentences(photo.notes, translator),
        notes.hint(photo.notes, translator), photo.alt, photo.graphic, photo.featured, photo.generation, photo.full_key or "",
        Area(**photo.crop) if photo.crop else None, photo.focus, pending_retouches(photo), latest_failure(photo),
    )  # fmt: skip


def _decision_summary(decision: Decision) -> DecisionSummary:
    return DecisionSummary(
        decision.id, decision.verdict, decision.state, decision.code, decision.message, decision.editor.name,
        decision.decided_at, decision.settles_at if decision.state == "taken" else None,
    )  # fmt: skip
