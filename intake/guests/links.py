"""Reading links: create, list, open and withdraw them.

A link opens in one browser. Its secret and the cookie of that browser are stored as keyed hashes only. The secret unwraps
the key of the submission, so that a server without private keys can serve guests.
"""

import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from intake.crypto import keyring
from intake.errors import NotFound
from intake.keys.by_secret import LINK_WRAP
from intake.lifecycle import GONE, SCREENED, IllegalMove
from intake.models import Editor, LinkKey, Note, ReadingLink, Submission, record
from intake.models.lookup import locked

SECRET_BYTES = 32
"""Random bytes of the secret and of the cookie: 256 bits, so guessing is hopeless."""
DAYS = (1, 3, 7)
"""Lifetimes of a link that an editor can choose."""
LINK_LIMIT = 20
"""Links of one submission that are open at the same time."""
NOTED_AGAIN_AFTER = timedelta(hours=1)
"""Minimum time between two events about visits by a link, or about refusals. More frequent ones are not recorded."""


class TooManyLinks(Exception):
    """Raised if the submission already has LINK_LIMIT open links."""


@dataclass(frozen=True)
class ReadingLinkSummary:
    """Reading link without its secret. `maker` is the editor who made it, `notes` the number of the guest's notes.

    `state` is waiting, open, expired, withdrawn, or gone if the submission is withdrawn.
    """

    id: int
    name: str
    maker: str
    state: str
    shows_photos: bool
    allows_download: bool
    created_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    visited_at: datetime | None
    refused_at: datetime | None
    notes: int


def make_link(
    session: Session,
    submission_id: uuid.UUID,
    editor: Editor,
    name: str,
    days: int,
    *,
    shows_photos: bool,
    allows_download: bool,
) -> tuple[ReadingLink, str]:
    """Create a link for the guest `name`, valid for `days` of DAYS. Returns the link and its secret.

    Raises NotFound, TooManyLinks, ValueError for another number of days, or IllegalMove if the submission is not cleaned
    yet, withdrawn or purged.
    """
    if days not in DAYS:
        raise ValueError(f"a reading link lives for one of {DAYS} days")
    submission = locked(session, submission_id)
    if submission.status not in SCREENED:
        raise IllegalMove("cannot make a reading link for a submission that is not on the desk")
    now = _now(session)
    live = select(func.count()).where(
        ReadingLink.submission_id == submission.id,
        ReadingLink.withdrawn_at.is_(None),
        ReadingLink.expires_at > now,
    )
    if (session.scalar(live) or 0) >= LINK_LIMIT:
        raise TooManyLinks
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = ReadingLink(
        submission_id=submission.id,
        editor_id=editor.id,
        name=name,
        hash=_hashed(secret),
        shows_photos=shows_photos,
        allows_download=allows_download,
        expires_at=now + timedelta(days=days),
    )
    session.add(link)
    session.flush()
    wrapped = LINK_WRAP.wrap(submission.key, secret, submission.id)
    session.add(LinkKey(link_id=link.id, submission_id=submission.id, wrapped=wrapped))
    record(session, "link.made", submission, actor=editor, link=link.id, days=days)
    return link, secret


def withdraw_link(session: Session, submission_id: uuid.UUID, link_id: int, editor: Editor) -> ReadingLink:
    """Withdraw a link at once. Does nothing if it is withdrawn already. Raises NotFound."""
    submission = locked(session, submission_id)
    link = session.get(ReadingLink, link_id, with_for_update=True)
    if link is None or link.submission_id != submission.id:
        raise NotFound
    if link.withdrawn_at is None:
        link.withdrawn_at = _now(session)
        session.execute(delete(LinkKey).where(LinkKey.link_id == link.id))
        record(session, "link.withdrawn", submission, actor=editor, link=link.id)
    return link


def reading_links(session: Session, submission_id: uuid.UUID) -> list[ReadingLinkSummary]:
    """Return all links of a submission, newest first."""
    notes = (
        select(func.count()).where(Note.link_id == ReadingLink.id).correlate(ReadingLink).scalar_subquery()
    )
    query = (
        select(ReadingLink, Submission.status, Editor.name, notes)
        .join(Submission, Submission.id == ReadingLink.submission_id)
        .join(Editor, Editor.id == ReadingLink.editor_id)
        .where(ReadingLink.submission_id == submission_id)
        .order_by(ReadingLink.id.desc())
    )
    now = _now(session)
    return [
        ReadingLinkSummary(
            one.id, one.name, maker, _state(one, status, now), one.shows_photos, one.allows_download, one.created_at,
            one.expires_at, one.opened_at, one.visited_at, one.refused_at, count,
        )
        for one, status, maker, count in session.execute(query)
    ]  # fmt: skip


def _state(link: ReadingLink, status: str, now: datetime) -> str:
    if link.withdrawn_at is not None:
        return "withdrawn"
    if link.expires_at <= now:
        return "expired"
    if status in GONE:
        return "gone"
    return "open" if link.opened_at else "waiting"


@dataclass(frozen=True)
class Visit:
    """A valid link with its submission, in the transaction of `session`."""

    session: Session
    link: ReadingLink
    submission: Submission


def find_link(session: Session, secret: str, *, lock: bool = False) -> Visit:
    """Return a valid link with its submission. With `lock`, under a lock of the link's row.

    Raises NotFound for a link that is unknown, expired or withdrawn, or whose submission is not on the desk any more.
    """
    query = (
        select(ReadingLink)
        .join(Submission, Submission.id == ReadingLink.submission_id)
        .where(
            ReadingLink.hash == _hashed(secret),
            ReadingLink.withdrawn_at.is_(None),
            ReadingLink.expires_at > func.now(),
            Submission.status.not_in(GONE),
        )
        .options(joinedload(ReadingLink.editor))
    )
    if lock:
        query = query.with_for_update(of=ReadingLink).execution_options(populate_existing=True)
    link = session.scalar(query)
    key = session.get(LinkKey, link.id) if link else None
    if link is None or key is None:
        raise NotFound
    submission = session.get_one(Submission, link.submission_id)
    submission.open_with(key=LINK_WRAP.unwrap(key.wrapped, secret, submission.id))
    return Visit(session, link, submission)


def open_link(visit: Visit, cookie: str) -> str | None:
    """Open a link in the first browser that asks. Needs the lock of `find_link`.

    `cookie` is the cookie that the browser sent, or "". Returns the cookie to set, which stays the same for the browser
    that opened the link. Returns None, and records it in the history, if another browser has opened the link.
    """
    link, now = visit.link, _now(visit.session)
    if link.opened_at is None:
        value = secrets.token_urlsafe(SECRET_BYTES)
        link.opened_at, link.visited_at, link.cookie_hash = now, now, _hashed(value)
        record(visit.session, "link.opened", visit.submission, link=link.id)
        return value
    if is_reader(link, cookie):
        return cookie
    if link.refused_at is None or link.refused_at <= now - NOTED_AGAIN_AFTER:
        link.refused_at = now
        record(visit.session, "link.refused", visit.submission, link=link.id)
    return None


def is_reader(link: ReadingLink, cookie: str) -> bool:
    """Return whether the cookie is that of the browser that opened the link."""
    return link.cookie_hash is not None and hmac.compare_digest(link.cookie_hash, _hashed(cookie))


def note_return(visit: Visit) -> None:
    """Record that the guest has come back, at most once an hour."""
    now = _now(visit.session)
    if visit.link.visited_at is None or visit.link.visited_at <= now - NOTED_AGAIN_AFTER:
        visit.link.visited_at = now
        record(visit.session, "link.reopened", visit.submission, link=visit.link.id)


def _now(session: Session) -> datetime:
    return session.scalars(select(func.now())).one()


def _hashed(secret: str) -> bytes:
    """Return a keyed hash, so that a secret cannot be guessed and verified with a copy of the database alone."""
    return hmac.digest(keyring().subkey("link hash"), secret.encode(errors="replace"), "sha256")
