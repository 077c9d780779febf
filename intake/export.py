"""An accepted piece as a ZIP, written while it is sent: no copy on the disk, one photo in memory."""

import json
import unicodedata
import zipfile
from collections.abc import Iterator
from io import RawIOBase
from typing import Any

from markupsafe import escape

from intake.queries.piece import Picture, Piece
from intake.storage import files
from intake.text.export import to_markdown

# The same moment in every entry: a ZIP's own times would say when an editor worked.
EPOCH = (1980, 1, 1, 0, 0, 0)
PAGE = '<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n<title>{title}</title>\n<h1 dir="auto">{title}</h1>\n<main dir="auto">{body}</main>\n</html>\n'
# With the rest of the name under the 255 bytes that file systems allow, at four bytes a character.
NAME_CHARACTERS = 50


class Pipe(RawIOBase):
    """What the ZIP writer writes to and the web server reads from."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Keep `data` until the next `drain`."""
        self._parts.append(bytes(data))
        return len(self._parts[-1])

    def drain(self) -> bytes:
        """What was written since the last call."""
        data, self._parts = b"".join(self._parts), []
        return data


def file_name(piece: Piece) -> str:
    """`transom-1a2b3c4d-title.zip`: letters of any script with their marks, digits, and hyphens for all else."""
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in piece.revision.title)
    words = "-".join("".join(kept).split())[:NAME_CHARACTERS]
    return "-".join(filter(None, ("transom", piece.submission.short_id, words))) + ".zip"


def archive(piece: Piece, key: bytes) -> Iterator[bytes]:
    """The bytes of the ZIP; `key` opens the photos."""
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as target:
        for name, data in _entries(piece, key):
            target.writestr(_entry(name), data)
            yield pipe.drain()
    yield pipe.drain()


def _entries(piece: Piece, key: bytes) -> Iterator[tuple[str, str | bytes]]:
    text = piece.revision
    clean = [photo for photo in piece.photos if photo.status == "clean"]
    title = escape(text.title)
    yield "piece.html", PAGE.format(language=escape(piece.submission.language), title=title, body=text.source)
    yield "piece.md", to_markdown(f"<h1>{title}</h1>{text.source}")
    yield "piece.json", json.dumps(_facts(piece, clean), ensure_ascii=False, indent=2) + "\n"
    for photo in clean:
        yield _photo_name(photo), files().read(photo.file, key)


def _facts(piece: Piece, clean: list[Picture]) -> dict[str, object]:
    head, text = piece.submission, piece.revision
    return {
        "id": str(head.id),
        "title": text.title,
        "revision": text.number,
        "language": head.language,
        "section": head.section,
        "name_to_print": head.print_name,
        "consent_version": head.consent_version,
        "photos": [
            {
                "file": _photo_name(p),
                "caption": p.caption,
                "credit": p.credit,
                "width": p.width,
                "height": p.height,
            }
            for p in clean
        ],
    }


def _photo_name(photo: Picture) -> str:
    return f"photos/{photo.position:02d}.{'jpg' if photo.format == 'jpeg' else photo.format}"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_STORED if name.startswith("photos/") else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
