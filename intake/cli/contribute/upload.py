"""Upload of a file in parts, by the protocol tus 1.0. After a broken connection, it resumes where it stopped.

tuspy 1.1 is not used: it needs requests, tinydb and aiohttp, reads whole parts into memory, and does not send smaller
parts over a bad connection.
"""

import base64
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intake.cli.contribute.client import DELAYS, Client, LineBroken, UnknownReceipt, sentence
from intake.cli.contribute.progress import UploadProgress

if TYPE_CHECKING:
    import httpx

GONE = "The draft takes no more files. It was sent or deleted."
VERSION = {"Tus-Resumable": "1.0.0"}
BLOCK = 64 * 1024
SMALLEST, FIRST, LARGEST = BLOCK, 1024 * 1024, 8 * 1024 * 1024
"""Bytes of a part. Small parts suit bad connections: a proxy before the server may lose a part that was interrupted."""


class FileNotTaken(Exception):
    """The server refused the file. The message says why and what to do."""


class FileUpload:
    """Upload of a file to a draft. A later upload with the same `token` resumes this one."""

    def __init__(self, client: Client, receipt: str, path: Path, token: str) -> None:
        self._client, self._receipt, self._path, self._token = client, receipt, path, token
        self._length = path.stat().st_size
        self._location = ""
        self._part = FIRST

    def send(self, progress: UploadProgress, *, is_document: bool = False) -> None:
        """Send what has not arrived yet. Raises FileNotTaken or ClickException."""
        pairs = {"receipt": self._receipt, "upload": self._token}
        pairs |= {"document": self._path.suffix} if is_document else {}
        headers = {**VERSION, "Upload-Length": str(self._length), "Upload-Metadata": _encoded(pairs)}
        created = _checked(self._client.request("POST", "api/v1/uploads", headers=headers))
        self._location = created.headers["Location"]
        offset, delays = int(created.headers["Upload-Offset"]), iter(DELAYS)
        while offset < self._length:
            progress.tell(offset, self._length)
            before = offset
            try:
                offset = self._append(offset, progress)
                self._part = min(LARGEST, 2 * self._part)
            except LineBroken as error:
                self._part = max(SMALLEST, self._part // 2)
                # During this pause, the server ends the interrupted request and stores the bytes that have arrived.
                time.sleep(self._delay(next(delays, None), error))
                offset = self._arrived()
            if offset > before:
                delays = iter(DELAYS)
        progress.tell(self._length, self._length)

    def _append(self, offset: int, progress: UploadProgress) -> int:
        """Send the next part. Returns how many bytes have arrived. Raises LineBroken."""
        count = min(self._part, self._length - offset)
        response = self._client.attempt(
            "PATCH", self._location, content=self._blocks(offset, count, progress),
            headers={
                **VERSION, "Content-Type": "application/offset+octet-stream", "Content-Length": str(count),
                "Upload-Offset": str(offset),
            },
        )  # fmt: skip
        if response.status_code == 409:
            return self._arrived()
        return int(_checked(response).headers["Upload-Offset"])

    def _arrived(self) -> int:
        """Ask how many bytes have arrived."""
        response = self._client.request("HEAD", self._location, headers=VERSION)
        if response.is_error:
            raise UnknownReceipt(GONE)
        return int(response.headers["Upload-Offset"])

    def _blocks(self, offset: int, count: int, progress: UploadProgress) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            file.seek(offset)
            while count:
                block = file.read(min(BLOCK, count))
                if not block:
                    raise click.ClickException(f"{self._path} was changed while it was sent. Send it again.")
                yield block
                count -= len(block)
                offset += len(block)
                progress.tell(offset, self._length)

    def _delay(self, seconds: int | None, error: LineBroken) -> int:
        if seconds is None:
            raise click.ClickException(f"The line to {self._client.url} is broken ({error}).")
        return seconds


def _checked(response: "httpx.Response") -> "httpx.Response":
    """Return the response. Raises FileNotTaken or ClickException if it is an error."""
    if response.is_success:
        return response
    if response.status_code == 404:
        raise UnknownReceipt(GONE)
    try:
        answer = response.json()
    except ValueError:
        raise click.ClickException(f"The server answered {response.status_code}.") from None
    if response.status_code == 422:
        raise FileNotTaken(answer["detail"])
    raise click.ClickException(sentence(answer))


def _encoded(pairs: dict[str, str]) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items())


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, to recognise a file that was renamed."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
