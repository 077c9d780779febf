"""API client that writes a draft through the public API."""

import base64
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from intake.storage import CHUNK
from tests.photos import made
from tests.web.bodies import MULTIPART, File, multipart
from tests.web.described import check

PICTURE = made.encoded(made.scene(), "JPEG")
LARGE = PICTURE + bytes(range(256)) * (3 * CHUNK // 256)
NOBODY = "0123N-4567W-89ABQ-CDEFV"
KEY = "0123456789abcdefghijklmn"
VERSION = {"Tus-Resumable": "1.0.0"}
PART = {**VERSION, "Content-Type": "application/offset+octet-stream"}


class DraftProgram:
    """Client without a token, a cookie or a browser. Every response must match the API's description."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.receipt = ""

    def open(self, method: str, path: str, **more: Any) -> TestResponse:
        """Send a request."""
        address = path if path.startswith("/api/") else f"/api/v1/{path}"
        answer = self.client.open(address, method=method, **more)
        check(self.client.application, method, address, answer)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        return answer

    def begin(self, **headers: str) -> TestResponse:
        """Begin a draft."""
        answer = self.open("POST", "drafts", headers=headers)
        self.receipt = answer.get_json().get("receipt", "")
        return answer

    def post(self, path: str, /, **body: object) -> TestResponse:
        """Send JSON with the receipt."""
        return self.open("POST", f"drafts/{path}", json={"receipt": self.receipt, **body})

    def read(self, **asks: bool) -> dict[str, Any]:
        """Return the draft's state."""
        answer = self.post("status", **asks)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.get_json()
        return found

    def save(self, **body: object) -> TestResponse:
        """Save text fields at the draft's current version."""
        return self.post("changes", version=self.read()["version"], **body)

    def add(self, *files: File, key: str = "", **fields: str) -> TestResponse:
        """Send files in one request."""
        body = multipart({"receipt": self.receipt} | fields, files)
        headers = {"Idempotency-Key": key} if key else {}
        return self.open("POST", "drafts/files", data=body, content_type=MULTIPART, headers=headers)

    def create(self, length: int | str, **metadata: str) -> TestResponse:
        """Create a resumable upload (tus). The file is then sent in parts."""
        pairs = {"receipt": self.receipt} | metadata
        told = ",".join(
            f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in pairs.items()
        )
        headers = {**VERSION, "Upload-Length": str(length), "Upload-Metadata": told}
        return self.open("POST", "uploads", headers=headers)

    def append(self, location: str, data: bytes, offset: int, **headers: str) -> TestResponse:
        """Send a part of a file."""
        return self.open(
            "PATCH", location, data=data, headers={**PART, "Upload-Offset": str(offset), **headers}
        )


def photo(data: bytes = PICTURE) -> File:
    """Return a photo as the file of a form field."""
    return File("photo", data, "IMG_at_home.jpg")
