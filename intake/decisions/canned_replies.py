"""Saved replies of the newsroom: add, change, delete, list, and fill in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import db
from intake.errors import NameTaken, NotFound, StaleRevision
from intake.languages import fallbacks
from intake.models import Reply
from intake.models.decision import VERDICTS


@dataclass(frozen=True)
class ReplyInput:
    """New contents of a saved reply. Name and body are clean plain text, and not empty.

    `code` is a reason of the verdict, or None.
    """

    verdict: str
    language: str
    name: str
    body: str
    code: str | None = None


def add_reply(session: Session, reply_input: ReplyInput) -> Reply:
    """Add a reply. Raises NameTaken if its verdict and language have a reply with this name.

    The transaction is then unusable and must be rolled back.
    """
    reply = Reply(**vars(reply_input))
    session.add(reply)
    db.flush(session, "uq_replies_verdict_language_name", NameTaken)
    return reply


def change_reply(session: Session, reply_id: int, changed_at: datetime, reply_input: ReplyInput) -> Reply:
    """Change a reply that was last changed at `changed_at`.

    Raises NotFound, NameTaken, or StaleRevision if the reply was changed after `changed_at`.
    """
    reply = _locked(session, reply_id, changed_at)
    for name, value in vars(reply_input).items():
        setattr(reply, name, value)
    reply.changed_at = func.clock_timestamp()
    db.flush(session, "uq_replies_verdict_language_name", NameTaken)
    return reply


def delete_reply(session: Session, reply_id: int, changed_at: datetime) -> None:
    """Delete a reply that was last changed at `changed_at`. Messages sent with the reply are unaffected.

    Raises NotFound, or StaleRevision if the reply was changed after `changed_at`.
    """
    session.delete(_locked(session, reply_id, changed_at))


def _locked(session: Session, reply_id: int, changed_at: datetime) -> Reply:
    reply = session.get(Reply, reply_id, with_for_update=True, populate_existing=True)
    if reply is None:
        raise NotFound
    if reply.changed_at != changed_at:
        raise StaleRevision
    return reply


ENGLISH = "en"


@dataclass(frozen=True)
class CannedReply:
    """A saved reply. Forms send `changed_at` back, so that conflicting changes are detected.

    `code` is a reason of the verdict, or None. An editor who chooses that reason gets this reply in the form.
    """

    id: int
    verdict: str
    language: str
    name: str
    body: str
    changed_at: datetime
    code: str | None


def replies_for(session: Session, language: str, verdict: str | None = None) -> list[CannedReply]:
    """Return the replies in this language, then the English replies, each sorted by verdict and name.

    Replies in the same language without a script follow those in the script of `language`.

    If `verdict` is None, return the replies for all verdicts.
    """
    tags = list(dict.fromkeys([*fallbacks(language), ENGLISH]))
    found = select(Reply).where(Reply.language.in_(tags))
    if verdict is not None:
        found = found.where(Reply.verdict == verdict)
    order = list(VERDICTS)
    return sorted(
        map(_canned_reply, session.scalars(found)),
        key=lambda one: (tags.index(one.language), order.index(one.verdict), one.name),
    )


def get_reply(session: Session, reply_id: int) -> CannedReply:
    """Return a reply. Raises NotFound."""
    reply = session.get(Reply, reply_id)
    if reply is None:
        raise NotFound
    return _canned_reply(reply)


def reply_languages(session: Session) -> dict[str, int]:
    """Return {language: number of replies}, largest number first."""
    counted = select(Reply.language, func.count()).group_by(Reply.language)
    rows = session.execute(counted.order_by(func.count().desc(), Reply.language))
    return {language: number for language, number in rows}  # noqa: C416 - a Row is no pair to the type checker


def _canned_reply(reply: Reply) -> CannedReply:
    return CannedReply(
        reply.id, reply.verdict, reply.language, reply.name, reply.body, reply.changed_at, reply.code
    )


def by_reason(replies: Iterable[CannedReply], language: str) -> dict[str, str]:
    """Return {`verdict.code`: body} of the replies with a reason in this language, the first of each reason.

    English is no substitute here, because the contributor might not read it.
    """
    spoken = set(fallbacks(language))
    found: dict[str, str] = {}
    for reply in replies:
        if reply.code and reply.language in spoken:
            found.setdefault(f"{reply.verdict}.{reply.code}", reply.body)
    return found


PLACEHOLDERS = ("title", "magazine")
_PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


def fill(body: str, values: Mapping[str, str]) -> str:
    """Replace `{title}` and `{magazine}` in a reply by `values`. Other braces stay as they are."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], body)
