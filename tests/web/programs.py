"""Program with an API token."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from intake.accounts.tokens import make_token
from intake.db import transaction
from intake.models import Editor
from tests.web.described import check

DESK = "/api/v1/desk/submissions"


def token_of(editor: Editor, *scopes: str) -> str:
    """Create a token and return its secret."""
    with transaction() as session:
        return make_token(session, session.get_one(Editor, editor.id), "A script", scopes)[1]


class Program:
    """Client that sends JSON with `token`. Every response must match the API's description."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.token = client, token

    def get(self, address: str, **more: Any) -> TestResponse:
        """Send GET."""
        return self.open("GET", address, **more)

    def post(self, address: str, /, headers: dict[str, str] | None = None, **body: object) -> TestResponse:
        """Send POST with these members."""
        return self.open("POST", address, json=body, headers=headers)

    def put(self, address: str, /, **body: Any) -> TestResponse:
        """Send PUT."""
        return self.open("PUT", address, json=body)

    def delete(self, address: str) -> TestResponse:
        """Send DELETE."""
        return self.open("DELETE", address)

    def open(
        self, method: str, address: str, headers: dict[str, str] | None = None, **more: Any
    ) -> TestResponse:
        """Send a request without changes."""
        carried = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        answer = self.client.open(address, method=method, headers=carried, **more)
        check(self.client.application, method, address, answer)
        return answer
