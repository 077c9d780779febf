"""Open the sealed originals of a submission: one holder asks, another agrees, both look for a short time.

Each gives a passphrase. While the request waits, nothing in the database can be opened by one holder or the server alone.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.keys import shares
from intake.keys.pair import PrivateKey
from intake.keys.shares import SealedPair
from intake.models import (
    Editor,
    HolderKey,
    Opening,
    OpeningShare,
    OriginalShare,
    Photo,
    SealedOriginal,
    Submission,
    record,
)
from intake.models.lookup import locked
from intake.originals import ASK_MINUTES, OPEN_MINUTES, holders, keeping
from intake.plurals import desk_noop

ENTRUSTED, WHOLE = "entrusted", "whole"
"""Purposes of wrapped secrets of an opening: a share for the second person, and the key for both."""
NO_KEY = desk_noop("You have no key yet. Make one on the page of your key.")
NOTHING = desk_noop("There is no sealed original that you and another holder can open.")
ASKED_ALREADY = desk_noop("Somebody has asked already. See below.")
OVER = desk_noop("The time for that is over. Nothing was opened.")
SAME_PERSON = desk_noop("Another holder has to agree, not the person who asked.")


class OpeningRefused(Exception):
    """The opening cannot continue. The message is a sentence for the person who tried."""


# No repr, because it would show the key.
@dataclass(frozen=True, repr=False)
class Unlocked:
    """Name and key of a file that a holder may read now."""

    file_name: str
    key: bytes
    position: int


@dataclass(frozen=True)
class KeptPhoto:
    """Photo with a sealed original. `with_you` says whether the reader and another holder have shares of it."""

    id: uuid.UUID
    position: int
    until: date
    with_you: bool


def kept(session: Session, submission_id: uuid.UUID, person: Editor) -> list[KeptPhoto]:
    """Return the photos of a submission whose originals are kept, in their order."""
    key = holders.own_key(session, person)
    mine = {one.photo_id for one in _rows(session, submission_id, key)} if key else set()
    query = (
        select(Photo.id, Photo.position, SealedOriginal.until)
        .join(SealedOriginal, SealedOriginal.photo_id == Photo.id)
        .where(_live(session, submission_id))
        .order_by(Photo.position)
    )
    return [KeptPhoto(row.id, row.position, row.until, row.id in mine) for row in session.execute(query)]


def openings(session: Session, submission_id: uuid.UUID) -> list[Opening]:
    """Return the openings of a submission, newest first. Marks openings whose time is over as ended first."""
    close_over(session, submission_id)
    query = select(Opening).where(Opening.submission_id == submission_id).order_by(Opening.id.desc())
    return list(session.scalars(query))


def ask(session: Session, submission_id: uuid.UUID, person: Editor, passphrase: str, reason: str) -> Opening:
    """Ask to open all sealed originals of a submission. Raises NotFound, WrongPassphrase, OpeningRefused."""
    submission = locked(session, submission_id)
    if any(one.state in {"asked", "open"} for one in openings(session, submission_id)):
        raise OpeningRefused(ASKED_ALREADY)
    key = _key(session, person)
    rows = _rows(session, submission_id, key)
    if not rows:
        raise OpeningRefused(NOTHING)
    private = _private(key, passphrase)
    opening = Opening(
        submission_id=submission.id, asked_by=person.id, reason=reason, ends_at=_in(ASK_MINUTES)
    )
    session.add(opening)
    session.flush()
    known = {one.id: one for one in holders.keys(session)}
    for row in rows:
        other = known[row.second_id if row.first_id == key.id else row.first_id]
        share = _share(row, key, private, other)
        _entrust(session, opening, row.photo_id, other, share, ENTRUSTED)
    record(session, "opening.asked", submission, actor=person, opening=opening.id)
    return opening


def entrusted(session: Session, opening: Opening) -> list[Editor]:
    """Return the accounts that can agree to an opening that was asked for, by their names."""
    given = select(OpeningShare.holder_id).where(OpeningShare.opening_id == opening.id)
    query = select(Editor).join(HolderKey, HolderKey.editor_id == Editor.id).where(HolderKey.id.in_(given))
    return list(session.scalars(query.order_by(Editor.name, Editor.id)))


def agree(
    session: Session, submission_id: uuid.UUID, opening_id: int, person: Editor, passphrase: str
) -> None:
    """Agree to an opening that another holder asked for. Both may look from now on.

    Raises NotFound, WrongPassphrase, OpeningRefused.
    """
    submission, opening = _locked(session, submission_id, opening_id, "asked")
    if opening.asked_by == person.id:
        raise OpeningRefused(SAME_PERSON)
    key = _key(session, person)
    asker = session.scalar(select(HolderKey).where(HolderKey.editor_id == opening.asked_by))
    if asker is None or asker.id not in {one.id for one in holders.keys(session)}:
        raise OpeningRefused(NOTHING)
    private = _private(key, passphrase)
    rows = {one.photo_id: one for one in _rows(session, submission_id, key, asker)}
    entrusted = session.scalars(
        select(OpeningShare).where(OpeningShare.opening_id == opening.id, OpeningShare.holder_id == key.id)
    ).all()
    found = {
        one.photo_id: shares.joined(
            shares.unwrap(one.wrapped, private, ENTRUSTED, one.photo_id),
            _share(rows[one.photo_id], key, private, asker),
        )
        for one in entrusted
        if one.photo_id in rows
    }
    if not found:
        raise OpeningRefused(NOTHING)
    _forget_shares(session, opening)
    for photo_id, secret in found.items():
        for reader in (asker, key):
            _entrust(session, opening, photo_id, reader, secret, WHOLE)
    opening.state, opening.ends_at = "open", _in(OPEN_MINUTES)
    opening.answered_by, opening.answered_at = person.id, func.now()
    record(session, "opening.agreed", submission, actor=person, opening=opening.id, minutes=OPEN_MINUTES)


def decline(session: Session, submission_id: uuid.UUID, opening_id: int, person: Editor) -> None:
    """Refuse the request of another person, or call off one's own. Raises NotFound, OpeningRefused."""
    submission, opening = _locked(session, submission_id, opening_id, "asked")
    _forget_shares(session, opening)
    if opening.asked_by == person.id:
        opening.state = "called_off"
        record(session, "opening.called_off", submission, actor=person, opening=opening.id)
    else:
        opening.state, opening.answered_by, opening.answered_at = "refused", person.id, func.now()
        record(session, "opening.refused", submission, actor=person, opening=opening.id)


def download(
    session: Session, submission_id: uuid.UUID, photo_id: uuid.UUID, person: Editor, passphrase: str
) -> Unlocked:
    """Return the file of an open original for a download, which is recorded. Raises like `_unlock`."""
    submission, photo, found = _unlock(session, submission_id, photo_id, person, passphrase)
    record(session, "original.downloaded", submission, photo=photo, actor=person)
    return found


def read(
    session: Session, submission_id: uuid.UUID, photo_id: uuid.UUID, person: Editor, passphrase: str
) -> Unlocked:
    """Return the file of an open original to read its metadata, which is recorded. Raises like `_unlock`."""
    submission, photo, found = _unlock(session, submission_id, photo_id, person, passphrase)
    record(session, "original.read", submission, photo=photo, actor=person)
    return found


def _unlock(
    session: Session, submission_id: uuid.UUID, photo_id: uuid.UUID, person: Editor, passphrase: str
) -> tuple[Submission, Photo, Unlocked]:
    """Raises NotFound, WrongPassphrase, OpeningRefused."""
    submission = locked(session, submission_id)
    key = _key(session, person)
    found = session.execute(
        select(OpeningShare, Photo, SealedOriginal)
        .join(Opening, Opening.id == OpeningShare.opening_id)
        .join(SealedOriginal, SealedOriginal.photo_id == OpeningShare.photo_id)
        .join(Photo, Photo.id == SealedOriginal.photo_id)
        .where(Opening.state == "open", Opening.ends_at > func.now(), OpeningShare.holder_id == key.id)
        .where(OpeningShare.photo_id == photo_id, _live(session, submission_id))
    ).one_or_none()
    if found is None:
        raise OpeningRefused(OVER)
    share, photo, original = found
    secret = shares.unwrap(share.wrapped, _private(key, passphrase), WHOLE, photo_id)
    opened = shares.file_key(secret, submission.key, photo_id)
    return submission, photo, Unlocked(original.file_name, opened, photo.position)


def close_over(session: Session, submission_id: uuid.UUID | None = None) -> None:
    """End the openings whose time is over, or whose originals are destroyed, of one submission or of all.

    Their secrets are deleted.
    """
    is_empty = ~exists().where(OpeningShare.opening_id == Opening.id).correlate(Opening)
    over = select(Opening).where(
        Opening.state.in_(("asked", "open")), or_(Opening.ends_at <= func.now(), is_empty)
    )
    if submission_id:
        over = over.where(Opening.submission_id == submission_id)
    for opening in session.scalars(over.order_by(Opening.id).with_for_update(skip_locked=True)):
        submission = session.get_one(Submission, opening.submission_id)
        was_open, opening.state = opening.state == "open", "ended" if opening.state == "open" else "lapsed"
        _forget_shares(session, opening)
        if was_open:
            record(session, "opening.ended", submission, opening=opening.id)
        else:
            record(session, "opening.lapsed", submission, opening=opening.id)


def _live(session: Session, submission_id: uuid.UUID) -> ColumnElement[bool]:
    here = SealedOriginal.submission_id == submission_id
    return here & (SealedOriginal.until >= keeping.today(session))


def _rows(
    session: Session, submission_id: uuid.UUID, key: HolderKey, other: HolderKey | None = None
) -> list[OriginalShare]:
    """Return the shares of a holder paired with `other`, or with any other holder who can open originals now."""
    query = (
        select(OriginalShare)
        .join(SealedOriginal, SealedOriginal.photo_id == OriginalShare.photo_id)
        .where(_live(session, submission_id))
        .order_by(OriginalShare.photo_id)
    )
    others = {other.id} if other else {one.id for one in holders.keys(session)} - {key.id}
    found = session.scalars(query)
    return [one for one in found if {one.first_id, one.second_id} in [{key.id, each} for each in others]]


def _share(row: OriginalShare, key: HolderKey, private: PrivateKey, other: HolderKey) -> bytes:
    wrapped = row.first_share if row.first_id == key.id else row.second_share
    return shares.unwrap(wrapped, private, keeping.SHARE, row.photo_id, other.public)


def _entrust(
    session: Session, opening: Opening, photo_id: uuid.UUID, reader: HolderKey, secret: bytes, purpose: str
) -> None:
    wrapped = shares.wrap(secret, reader.public, purpose, photo_id)
    session.add(OpeningShare(opening_id=opening.id, photo_id=photo_id, holder_id=reader.id, wrapped=wrapped))


def _key(session: Session, person: Editor) -> HolderKey:
    for one in holders.keys(session):
        if one.editor_id == person.id:
            return one
    raise OpeningRefused(NO_KEY)


def _private(key: HolderKey, passphrase: str) -> PrivateKey:
    return SealedPair(key.public, key.salt, key.sealed_private).opened(passphrase)


def _locked(
    session: Session, submission_id: uuid.UUID, opening_id: int, state: str
) -> tuple[Submission, Opening]:
    submission = locked(session, submission_id)
    close_over(session, submission_id)
    opening = session.get(Opening, opening_id, with_for_update=True, populate_existing=True)
    if opening is None or opening.submission_id != submission_id:
        raise NotFound
    if opening.state != state:
        raise OpeningRefused(OVER)
    return submission, opening


def _forget_shares(session: Session, opening: Opening) -> None:
    session.execute(delete(OpeningShare).where(OpeningShare.opening_id == opening.id))


def _in(minutes: int) -> ColumnElement[Any]:
    return func.now() + timedelta(minutes=minutes)
