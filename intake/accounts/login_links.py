"""Mailed links that let the owner's browser log in while the account is throttled because strangers guess its password.

A link does not log in. It marks the browser as known, and known browsers have their own count of attempts.
"""

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from intake.accounts import login_throttle
from intake.accounts.people import by_address
from intake.errors import NotFound
from intake.models import Event, LoginLink, record
from intake.models.factor import is_link_token

MINUTES = 30
MOST = 3
PERIOD = timedelta(minutes=MINUTES)


def ask_link(session: Session, address: str) -> None:
    """Have a link mailed, if an active account with a password has this address. At most MOST in PERIOD."""
    editor = by_address(session, address)
    counted = login_throttle.count_in_period(session, f"link {address.strip().lower()}", MOST, PERIOD)
    if editor is None or not editor.active or editor.password is None or not counted:
        return
    session.execute(delete(LoginLink).where(LoginLink.created_at < func.now() - PERIOD))
    link = LoginLink(editor_id=editor.id)
    session.add(link)
    session.flush()
    record(session, "login.link_asked", account=editor.id, link=link.id)


def link_for_event(session: Session, event_id: int) -> LoginLink | None:
    """Return the link for an event `login.link_asked`. None if it is too old or the account no longer active."""
    link = session.get(LoginLink, int(session.get_one(Event, event_id).data["link"]))
    return link if link is not None and link.editor.active else None


def address_of_link(session: Session, token: str) -> str:
    """Return the e-mail address of the account of a link. Raises NotFound if it is unknown or older than MINUTES."""
    if not is_link_token(token):
        raise NotFound
    link = session.scalar(
        select(LoginLink).where(LoginLink.token == token, LoginLink.created_at > func.now() - PERIOD)
    )
    if link is None or not link.editor.active:
        raise NotFound
    return link.editor.email
