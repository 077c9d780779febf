"""Sessions: a signed cookie for the newsroom, and none for anybody else."""

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

MOST_NOTICES = 4
"""Notices that wait for the next page. They live in the cookie, and a browser drops one of more than 4,096 bytes."""
NEWSROOM = frozenset({"desk", "admin", "accounts", "security"})


class NewsroomSessions(SecureCookieSessionInterface):
    """Flask's, but a page of the contributor's side cannot set a cookie, whatever the code behind it does."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set or renew the cookie, on the newsroom's pages alone, with the last of the notices that nobody has read."""
        if request.blueprint in NEWSROOM:
            if len(session.get("_flashes", ())) > MOST_NOTICES:
                session["_flashes"] = session["_flashes"][-MOST_NOTICES:]
            super().save_session(app, session, response)
