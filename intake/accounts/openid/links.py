"""Links of accounts to people at the OpenID provider. Each change is an event, and the person is told."""

import base64
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake import db
from intake.accounts import sessions
from intake.accounts.notices import tell
from intake.accounts.openid.id_token import ProvedIdentity
from intake.crypto import keyring
from intake.errors import NotFound
from intake.models import Editor, OpenIDLink, record
from intake.plurals import desk_noop
from intake.settings import Settings


class LinkedToOther(Exception):
    """The person at the provider is linked to another account."""


class OnlyWayIn(Exception):
    """The link cannot be removed, because the account has no password and nobody could log in."""

    problem = desk_noop("This account has no password. The link is its only way in.")
    advice = desk_noop(
        "Reset the password instead: that removes the link too, and makes a link to set a password."
    )


@dataclass(frozen=True)
class LinkSummary:
    """Link of an account. `is_passwordless`: the account has no password."""

    issuer: str
    is_passwordless: bool
    created_at: datetime


def owner(session: Session, identity: ProvedIdentity) -> int | None:
    """Return the id of the account that is linked to a person, or None."""
    return session.scalar(
        select(OpenIDLink.editor_id).where(OpenIDLink.subject_hash == _subject_hash(identity))
    )


def link_of(session: Session, editor_id: int) -> LinkSummary | None:
    """Return the link of an account, or None."""
    columns = (OpenIDLink.issuer, OpenIDLink.is_passwordless, OpenIDLink.created_at)
    row = session.execute(select(*columns).where(OpenIDLink.editor_id == editor_id)).first()
    return None if row is None else LinkSummary(*row)


def issuers(session: Session) -> dict[int, str]:
    """Return {id of an account: issuer of its link} for all accounts with a link."""
    found = session.execute(select(OpenIDLink.editor_id, OpenIDLink.issuer))
    return {row.editor_id: row.issuer for row in found}


def way_in(issuer: str | None, config: Settings) -> str:
    """Return a phrase on how an account with a link to this issuer logs in. "" without a link."""
    if issuer is None:
        return ""
    return (
        f"logs in with {config.oidc_name}"
        if issuer == config.oidc_issuer
        else "linked to an earlier provider"
    )


def link(
    session: Session, editor: Editor, identity: ProvedIdentity, *, is_passwordless: bool = False
) -> None:
    """Link an account to a person. Replaces an earlier link of the account.

    Raises LinkedToOther. The transaction is then unusable and must be rolled back.
    """
    # Row lock: of two simultaneous requests, the second replaces the link of the first.
    session.execute(select(Editor.id).where(Editor.id == editor.id).with_for_update())
    found = owner(session, identity)
    if found == editor.id:
        return
    if found is not None:
        raise LinkedToOther
    earlier = link_of(session, editor.id)
    is_passwordless = is_passwordless or (earlier is not None and earlier.is_passwordless)
    forget_link(session, editor.id)
    session.add(
        OpenIDLink(
            editor_id=editor.id,
            issuer=identity.issuer,
            subject_hash=_subject_hash(identity),
            is_passwordless=is_passwordless,
        )
    )
    db.flush(session, "uq_openid_links_subject_hash", LinkedToOther)
    record(session, "openid.linked", actor=editor, account=editor.id)
    tell(session, [editor.id], editor.id, "openid_linked", editor)


def unlink(session: Session, editor: Editor, actor: Editor | None, *, keep: uuid.UUID | None = None) -> None:
    """Remove the link of an account, and end its sessions except `keep`. `actor` is None for the command line.

    Raises NotFound without a link, and OnlyWayIn if the account has no password.
    """
    row = session.get(OpenIDLink, editor.id, with_for_update=True)
    if row is None:
        raise NotFound
    if row.is_passwordless:
        raise OnlyWayIn
    session.delete(row)
    # Somebody else may have begun these sessions by logging in at the provider.
    sessions.end_all(session, editor.id, "ended", keep=keep)
    record(session, "openid.unlinked", actor=actor, account=editor.id)
    tell(session, [editor.id], editor.id, "openid_unlinked", actor)


def forget_link(session: Session, editor_id: int) -> None:
    """Remove the link of an account that is being deleted or whose password is reset. The caller records an event."""
    session.execute(delete(OpenIDLink).where(OpenIDLink.editor_id == editor_id))


def unknown_password() -> str:
    """Return an Argon2 hash of a random password that nobody knows. An account with a hash counts as set up."""
    salt, digest = (base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m=65536,t=3,p=4${salt}${digest}"


def _subject_hash(identity: ProvedIdentity) -> bytes:
    text = f"{identity.issuer}\0{identity.subject}"
    return hmac.digest(keyring().subkey("openid subject"), text.encode(), "sha256")
