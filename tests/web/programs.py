"""Somebody's program, which carries a token."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from intake.actions.tokens import make_token
from intake.db import transaction
from intake.models import Editor

DESK = "/api/v1/desk/submissions"


def token_of(editor: Editor, *scopes: str) -> str:
    """The secret of a new token."""
    with transaction() as session:
        return make_token(session, session.get_one(Editor, editor.id), "A script", scopes)[1]


class Program:
    """Asks and sends JSON; `token` as it is sent."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.token = client, token

    def get(self, url: str, **more: Any) -> TestResponse:
        """Ask."""
        return self._open("GET", url, **more)

    def post(self, url: str, headers: dict[str, str] | None = None, **body: Any) -> TestResponse:
        """Send these members."""
        return self._open("POST", url, json=body, headers=headers)

    def put(self, url: str, **body: Any) -> TestResponse:
        """Set."""
        return self._open("PUT", url, json=body)

    def delete(self, url: str) -> TestResponse:
        """Take away."""
        return self._open("DELETE", url)

    def _open(self, method: str, url: str, headers: dict[str, str] | None = None, **more: Any) -> TestResponse:
        carried = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        return self.client.open(url, method=method, headers=carried, **more)
