"""People of the web tests, each with a browser."""

import html
import re
import secrets
from collections.abc import Iterable
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from intake.web.contribute import form_tokens
from tests.web.bodies import MULTIPART, File, multipart
from tests.web.described import check

WORDS = {
    "title": "What I saw",
    "body": "They came at night.\n\nWe were asleep.",
    "format": "plain",
    "language": "en",
    "section": "News",
    "consent": "y",
}
BODY = "Ол түні келді.\n<b>Біз</b> ұйықтап жатқанбыз."
CONTACT = "signal +7 700 000 00 00"
KEPT = {
    "title": "A kept title",
    "body": BODY,
    "format": "html",
    "language": "kk",
    "section": "Opinion",
    "print_name": "A. Reader",
    "contact": CONTACT,
    "caption-2": "The door",
    "credit-2": "A neighbour",
}
PASSWORD = "correct horse battery"
NEW_SESSIONS = ("/login", "/login/second-step", "/login/passkey", "/logout", "/change")
"""Forms that start a new session, with another CSRF token."""
RECEIPT = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{5}){3}")


def value(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


def receipt_of(answer: TestResponse) -> str:
    """Return the receipt of a page, which shows it in two halves, or of a JSON response."""
    found = RECEIPT.search(re.sub(r"<[^>]+>", "", answer.text))
    assert found, answer.text
    return found[0]


def typed_is_kept(page: str) -> None:
    """Assert that the page shows the typed values of the fields KEPT again."""
    text = html.unescape(page)
    assert 'value="A kept title"' in text
    assert BODY in text
    assert 'value="A. Reader"' in text
    assert f'value="{CONTACT}"' in text
    assert '<option selected value="kk">' in text
    assert '<option selected value="Opinion">' in text
    assert re.search(r'value="html"[^>]* checked', text)
    assert 'value="The door"' in text
    assert 'value="A neighbour"' in text


class Contributor:
    """Contributor without an account."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def token(self) -> str:
        """Return a new form's one-time token without rendering the form, which would take a tenth of all tests' time."""
        with self.client.application.app_context():
            return form_tokens.issue()

    def send(self, *files: File, token: str | None = None, **words: str) -> TestResponse:
        """Fill in the form and send it. `words` replaces fields of WORDS."""
        fields = {"token": self.token() if token is None else token, **WORDS, **words}
        return self.post("/submissions", fields, files)

    def call(self, *files: File, key: str = "", **words: str) -> TestResponse:
        """Send a submission by the API."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.post("/api/v1/submissions", {**WORDS, **words}, files, headers=headers)

    def post(self, url: str, fields: dict[str, str], files: Iterable[File] = (), **more: Any) -> TestResponse:
        """Send a multipart request. Responses of the API must match its description."""
        answer = self.client.post(url, data=multipart(fields, files), content_type=MULTIPART, **more)
        if url.startswith("/api/"):
            check(self.client.application, "POST", url, answer)
        return answer

    def look(self, receipt: str) -> TestResponse:
        """Load the page of a receipt."""
        return self.client.post("/receipt", data={"receipt": receipt})


class Newsroom:
    """Logged-in account. `post` sends the CSRF token of its pages."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self._token = ""

    def log_in(self, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Log in through the form."""
        self._token = ""
        return self.post("/login", email=email, password=password, **more)

    def get(self, url: str, **more: Any) -> TestResponse:
        """Load a page."""
        return self.client.get(url, **more)

    def token(self) -> str:
        """CSRF token of the session, as forms have it."""
        if not self._token:
            with self.client.session_transaction("/login") as cookie:
                raw = cookie.setdefault("csrf_token", secrets.token_hex(20))
            secret = self.client.application.secret_key
            assert secret
            self._token = str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))
        return self._token

    def post(self, address: str, /, **data: Any) -> TestResponse:
        """Send a form."""
        answer = self.client.post(address, data={"csrf_token": self.token(), **data})
        if address.partition("?")[0] in NEW_SESSIONS and answer.status_code in {302, 303}:
            self._token = ""
        return answer
