"""Accepted submission as a ZIP file that is streamed: nothing is written to disk, one photo is in memory."""

import json
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import RawIOBase
from typing import Any

from intake.models.photo import SIZES
from intake.photos.caption import CaptionCredit, embed
from intake.publishing.accepted import Accepted, Image
from intake.publishing.readme import readme
from intake.publishing.wordpress import featured_file, upload_file, uploads_folder, wordpress
from intake.publishing.zip_pages import facts, markdown, page
from intake.settings import settings
from intake.storage import files

__all__ = ["archive", "facts", "file_name"]


# All ZIP entries have this modification time, because real times would reveal when an editor worked.
EPOCH = (1980, 1, 1, 0, 0, 0)
# Maximum length of the title in the file name. With four bytes per character, the whole name stays below the
# 255 bytes that file systems allow.
NAME_CHARACTERS = 50


def file_name(submission: Accepted) -> str:
    """File name such as `transom-1a2b3c4d-title.zip`.

    Each run of characters other than letters, combining marks and digits becomes one hyphen.
    """
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in submission.title)
    words = "-".join("".join(kept).split())[:NAME_CHARACTERS]
    return "-".join(filter(None, ("transom", submission.short_id, words))) + ".zip"


def archive(submission: Accepted, key: bytes, *, embedded: bool = False) -> Iterator[bytes]:
    """Chunks of the ZIP file, one per entry.

    `key` decrypts the photos. If `embedded` is set, each photo also has its caption and credit in its
    metadata.
    """
    pipe = ZipBuffer()
    with zipfile.ZipFile(pipe, "w") as target:
        for name, data in _entries(submission, key, embedded=embedded):
            target.writestr(_entry(name), data)
            yield pipe.drain()
    yield pipe.drain()


def _entries(submission: Accepted, key: bytes, *, embedded: bool) -> Iterator[tuple[str, str | bytes]]:
    uploads = uploads_folder(settings().wordpress_uploads, datetime.now(UTC).date())
    yield "README.txt", readme(submission, uploads)
    yield "index.html", page(submission)
    yield "wordpress.txt", wordpress(submission, uploads)
    yield "submission.md", markdown(submission)
    yield "submission.json", json.dumps(facts(submission), ensure_ascii=False, indent=2) + "\n"
    for image in submission.images:
        for size in SIZES:
            yield image.file_in(size), _picture(image, size, key, embedded=embedded)
        yield upload_file(image), _picture(image, "web", key, embedded=embedded)
    if featured := submission.featured:
        yield featured_file(featured), _picture(featured, "web", key, embedded=embedded)


def _picture(image: Image, size: str, key: bytes, *, embedded: bool) -> bytes:
    data = files().read(image.stored[size], key)
    words = CaptionCredit.of(image.caption, image.credit)
    return embed(data, image.format, words) if embedded else data


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = (
        zipfile.ZIP_STORED
        if name.startswith(("photos/", "wordpress/", "featured."))
        else zipfile.ZIP_DEFLATED
    )
    entry.external_attr = 0o600 << 16
    return entry


class ZipBuffer(RawIOBase):
    """Write-only stream that buffers the output of `zipfile` until the web server sends it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: Any) -> int:
        """Buffer `data` until the next `drain`. Returns the number of bytes."""
        self._parts.append(bytes(data))
        return len(self._parts[-1])

    def drain(self) -> bytes:
        """Return the bytes written since the last call."""
        data, self._parts = b"".join(self._parts), []
        return data
