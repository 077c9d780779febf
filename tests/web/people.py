"""The people of the web tests, each with a browser of their own."""

import re
from collections.abc import Iterable
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.bodies import MULTIPART, File, multipart

WORDS = {
    "title": "What I saw",
    "body": "They came at night.\n\nWe were asleep.",
    "format": "plain",
    "language": "en",
    "section": "News",
    "consent": "y",
}
PASSWORD = "correct horse battery"
RECEIPT = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}")


def value(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


def receipt_of(answer: TestResponse) -> str:
    """The receipt on a page, which shows it in two halves, or in JSON."""
    found = RECEIPT.search(re.sub(r"<[^>]+>", "", answer.text))
    assert found, answer.text
    return found[0]


class Contributor:
    """A stranger who has no account."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def token(self) -> str:
        """The one-time token of a fresh form."""
        return value(self.client.get("/").text, "token")

    def send(self, *files: File, token: str | None = None, **words: str) -> TestResponse:
        """Fill in the form and send it; `words` are fields that differ from WORDS."""
        fields = {"token": self.token() if token is None else token, **WORDS, **words}
        return self.post("/submissions", fields, files)

    def call(self, *files: File, key: str = "", **words: str) -> TestResponse:
        """The same by the API."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.post("/api/v1/submissions", {**WORDS, **words}, files, headers=headers)

    def post(self, url: str, fields: dict[str, str], files: Iterable[File] = (), **more: Any) -> TestResponse:
        """A multipart request."""
        return self.client.post(url, data=multipart(fields, files), content_type=MULTIPART, **more)

    def look(self, receipt: str) -> TestResponse:
        """Come back with a receipt."""
        return self.client.post("/receipt", data={"receipt": receipt})


class Newsroom:
    """Somebody at the desk; `post` carries the token that their own pages carry."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def log_in(self, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Through the real form."""
        page = self.client.get("/login")
        return self.client.post(
            "/login",
            data={
                "csrf_token": value(page.text, "csrf_token"),
                "email": email,
                "password": password,
                **more,
            },
        )

    def get(self, url: str, **more: Any) -> TestResponse:
        """Load a page."""
        return self.client.get(url, **more)

    def token(self) -> str:
        """What guards their forms against forgery."""
        return value(self.client.get("/change").text, "csrf_token")

    def post(self, url: str, **data: Any) -> TestResponse:
        """Send a form."""
        return self.client.post(url, data={"csrf_token": self.token(), **data})
