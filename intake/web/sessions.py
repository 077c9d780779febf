"""Sessions: a signed cookie for the newsroom, and none for anybody else."""

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

NEWSROOM = frozenset({"desk", "admin", "accounts", "security"})


class NewsroomSessions(SecureCookieSessionInterface):
    """Flask's, but a page of the contributor's side cannot set a cookie, whatever the code behind it does."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set or renew the cookie, on the newsroom's pages alone."""
        if request.blueprint in NEWSROOM:
            super().save_session(app, session, response)
