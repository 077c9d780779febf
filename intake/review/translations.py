"""Links between a submission and its translations: one source, several languages."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Uuid, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.languages import OTHER, UNTOLD
from intake.lifecycle import GONE, UNSENT
from intake.models import Editor, Revision, Submission, TranslationLink, record
from intake.models.lookup import locked, titles
from intake.models.submission import short
from intake.permissions.reach import EVERYTHING, Reach, refuse_hidden
from intake.plurals import desk_noop

NOT_THERE = desk_noop("No submission that you may see has this number or address.")
SEVERAL = desk_noop("Several submissions begin with this number. Give the address of the page.")
ITSELF = desk_noop("This is the submission itself.")
IS_TRANSLATION = desk_noop("That submission is a translation itself. Link to its source.")
HAS_TRANSLATIONS = desk_noop("This submission has translations of its own. Unlink them first.")
LINKED = desk_noop("This submission is linked to a source already. Unlink it first.")
SAME_LANGUAGE = desk_noop(
    "The source, or another translation of it, is in the same language as this submission."
)
GONE_NOW = desk_noop("That submission was withdrawn or deleted.")
NUMBER_CHARACTERS = 8


class LinkRefused(Exception):
    """The submissions cannot be linked. The message is a sentence for the editor."""


@dataclass(frozen=True)
class LinkedSubmission:
    """Translation or source of a submission, as the submission's page lists it."""

    id: uuid.UUID
    short_id: str
    title: str
    language: str
    status: str
    published_url: str | None


@dataclass(frozen=True)
class Translations:
    """Links of a submission, as one person sees them.

    `source` is None if the submission is the source or has no link, or if the person may not see the source.
    `is_translation` tells these cases apart. `others` are the translations, without this submission.
    `translated` is the revision of the source that was translated, and `newest` its newest one, or 0 where `source` is None.
    """

    source: LinkedSubmission | None
    is_translation: bool
    others: list[LinkedSubmission]
    translated: int = 0
    newest: int = 0

    @property
    def is_behind(self) -> bool:
        """Return whether the source has changed since it was translated."""
        return self.translated < self.newest


def translations(session: Session, submission_id: uuid.UUID, reach: Reach = EVERYTHING) -> Translations:
    """Return the links of a submission to others within `reach`."""
    link = session.get(TranslationLink, submission_id)
    source_id = link.source_id if link else submission_id
    # With an OR of the two conditions, PostgreSQL would scan all submissions.
    ids = union_all(
        select(literal(source_id, Uuid())),
        select(TranslationLink.translation_id).where(TranslationLink.source_id == source_id),
    )
    family = session.scalars(
        select(Submission)
        .where(Submission.id.in_(ids), Submission.id != submission_id, *reach.conditions())
        .order_by(Submission.language, Submission.arrival)
    ).all()
    named = titles(session, [one.id for one in family])
    linked = {one.id: _linked(one, named.get(one.id, "")) for one in family}
    source = linked.pop(source_id, None)
    if link is None or source is None:
        return Translations(None, link is not None, list(linked.values()))
    return Translations(
        source, True, list(linked.values()), link.source_revision, _newest(session, link.source_id)
    )


def find(session: Session, typed: str, reach: Reach) -> uuid.UUID:
    """Return the id of the submission that an editor means, by its number or the address of its page.

    Raises LinkRefused if none within `reach` fits.
    """
    # A whole id is the last or the only one in an address such as …/desk/submissions/<id>?in=…
    for part in reversed(typed.strip().split("?")[0].split("#")[0].rstrip("/").split("/")):
        try:
            wanted = uuid.UUID(part)
        except ValueError:
            continue
        try:
            refuse_hidden(session, wanted, reach)
        except NotFound:
            raise LinkRefused(NOT_THERE) from None
        return wanted
    number = typed.strip().lower()
    if len(number) != NUMBER_CHARACTERS or set(number) - set("0123456789abcdef"):
        raise LinkRefused(NOT_THERE)
    found = session.scalars(
        select(Submission.id)
        .where(_begins_with(number), Submission.status != UNSENT, *reach.conditions())
        .limit(2)
    ).all()
    if len(found) != 1:
        raise LinkRefused(SEVERAL if found else NOT_THERE)
    return found[0]


def link(
    session: Session, submission_id: uuid.UUID, editor: Editor, source_id: uuid.UUID, reach: Reach
) -> None:
    """Mark a submission as the translation of the newest revision of another one.

    Raises NotFound for a submission beyond `reach`, and LinkRefused.
    """
    for ident in (submission_id, source_id):
        refuse_hidden(session, ident, reach)
    if submission_id == source_id:
        raise LinkRefused(ITSELF)
    # Lock in a fixed order, so that two editors who link two submissions to each other cannot deadlock.
    both = {ident: locked(session, ident) for ident in sorted((submission_id, source_id))}
    submission, source = both[submission_id], both[source_id]
    _check(session, submission, source)
    session.add(
        TranslationLink(
            translation_id=submission.id,
            source_id=source.id,
            source_revision=_newest(session, source.id),
            editor_id=editor.id,
            linked_at=func.now(),
        )
    )
    record(session, "translation.linked", submission, actor=editor)


def renew(session: Session, submission_id: uuid.UUID, editor: Editor, reach: Reach) -> None:
    """Record that a translation follows the newest revision of its source.

    Raises NotFound if it has no source, or none within `reach`.
    """
    submission = locked(session, submission_id)
    found = session.get(TranslationLink, submission_id)
    if found is None:
        raise NotFound
    refuse_hidden(session, found.source_id, reach)
    newest = _newest(session, found.source_id)
    if found.source_revision != newest:
        found.source_revision = newest
        record(session, "translation.renewed", submission, actor=editor, revision=newest)


def unlink(session: Session, submission_id: uuid.UUID, editor: Editor) -> None:
    """Unlink a translation from its source. Raises NotFound if it has none."""
    submission = locked(session, submission_id)
    found = session.get(TranslationLink, submission_id)
    if found is None:
        raise NotFound
    session.delete(found)
    record(session, "translation.unlinked", submission, actor=editor)


def unlink_all(session: Session, submission: Submission) -> None:
    """Unlink a submission that is being purged from its source and its translations, which stay."""
    links = session.scalars(
        select(TranslationLink).where(
            or_(TranslationLink.source_id == submission.id, TranslationLink.translation_id == submission.id)
        )
    ).all()
    for one in links:
        session.delete(one)
        record(session, "translation.unlinked", session.get_one(Submission, one.translation_id))


def is_known(language: str) -> bool:
    """Return whether a language tag names a language, so that a feed may state it."""
    return language not in {OTHER, UNTOLD}


def _check(session: Session, submission: Submission, source: Submission) -> None:
    linked = select(TranslationLink.translation_id)
    if source.status in GONE or submission.status in GONE:
        raise LinkRefused(GONE_NOW)
    if session.get(TranslationLink, submission.id) is not None:
        raise LinkRefused(LINKED)
    if session.get(TranslationLink, source.id) is not None:
        raise LinkRefused(IS_TRANSLATION)
    if session.scalar(linked.where(TranslationLink.source_id == submission.id)) is not None:
        raise LinkRefused(HAS_TRANSLATIONS)
    siblings = select(Submission.language).where(
        Submission.id.in_(linked.where(TranslationLink.source_id == source.id))
    )
    if is_known(submission.language) and submission.language in {source.language, *session.scalars(siblings)}:
        raise LinkRefused(SAME_LANGUAGE)


def _begins_with(number: str) -> ColumnElement[bool]:
    """Return the condition that an id begins with these eight hexadecimal digits. An index finds such ids."""
    return Submission.id.between(uuid.UUID(number + "0" * 24), uuid.UUID(number + "f" * 24))


def _newest(session: Session, submission_id: uuid.UUID) -> int:
    """Return the number of the newest revision. Before the text is cleaned: 1, the number of the first cleaned revision."""
    newest = session.scalar(select(func.max(Revision.number)).where(Revision.submission_id == submission_id))
    return max(newest or 0, 1)


def _linked(one: Submission, title: str) -> LinkedSubmission:
    return LinkedSubmission(one.id, short(one.id), title, one.language, one.status, one.published_url)
