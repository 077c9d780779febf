"""Resumable uploads by the protocol tus 1.0 (https://tus.io/protocols/resumable-upload).

Extensions: creation, expiration, checksum, termination. Offsets count plaintext bytes, although files are stored encrypted.
"""

import base64
import binascii
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, jsonify, make_response, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, ClientDisconnected
from werkzeug.http import http_date

from intake import receipts
from intake.errors import NotFound
from intake.photos.refusal import why_and_what_to_do
from intake.photos.unaccepted import HEAD_BYTES
from intake.storage import CHUNK, UPLOAD_SECONDS, files
from intake.storage import partial as partials
from intake.storage.partial import Partial, TakenOver
from intake.web.access import public
from intake.web.contribute import draft_uploads
from intake.web.contribute.draft_uploads import ArrivingFile, FileRefused
from intake.web.current import config
from intake.web.language import LocalizedBlueprint, translator

bp = LocalizedBlueprint("uploads", __name__)

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
METADATA = ("receipt", "upload", "document")
"""Keys of Upload-Metadata with a meaning here. Values of other keys need not be text."""
CHECKSUM_MISMATCH = 460
PART_TYPE = "application/offset+octet-stream"


@bp.before_request
def _speak_the_same_version() -> ResponseReturnValue | None:
    if request.method == "OPTIONS" or request.endpoint == "uploads.place":
        return None
    if request.headers.get("Tus-Resumable") != VERSION:
        return _answer(412, {"Tus-Version": VERSION})
    return None


@bp.after_request
def _name_the_version(response: Response) -> Response:
    response.headers["Tus-Resumable"] = VERSION
    return response


@bp.errorhandler(FileRefused)
def _refused(error: FileRefused) -> ResponseReturnValue:
    return _answer(422, body=str(error))


@bp.errorhandler(TakenOver)
def _taken_over(_error: TakenOver) -> ResponseReturnValue:
    return _answer(423)


@bp.errorhandler(NotFound)
def _gone(_error: NotFound) -> ResponseReturnValue:
    return _answer(404)


@bp.post("/uploads")
@public
def place() -> ResponseReturnValue:
    """Return the URL to which files of a draft are uploaded. The request body has the receipt."""
    code = receipts.canonical(request.form.get("receipt", ""))
    token = draft_uploads.place(code or "")
    return jsonify({"url": url_for("uploads.create", token=token)})


@bp.route("/uploads/to/<token>", methods=["OPTIONS"], provide_automatic_options=False)
@public
def abilities(token: str = "") -> Response:  # noqa: ARG001 - the same for every draft
    """Return the headers with protocol version, extensions and maximum size."""
    return _answer(
        204,
        {
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(config().max_photo_bytes),
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        },
    )


@bp.post("/uploads/to/<token>")
@public
def create(token: str) -> Response:
    """Create a file. Metadata: `upload`, a token that the client chooses, and `document`, an ending such as `.odt`.

    A repeated `upload` resumes the unfinished file.
    """
    return created(token, "uploads.append")


def created(place: str, endpoint: str) -> Response:
    """Create the file that the headers describe, in the draft of the token `place`. `endpoint` is for its URL."""
    length = _whole_number("Upload-Length")
    sent = metadata()
    partials.delete_forgotten(config().uploads_dir)
    upload = sent.get("upload") or receipts.new_token()
    file = draft_uploads.begin(place, length, upload, sent.get("document"), config())
    if length == 0:
        raise FileRefused(why_and_what_to_do("empty", translator()))
    location = url_for(endpoint, token=file.token)
    return _answer(201, {"Location": location, "Upload-Offset": str(_offset(file)), **_expires()})


@bp.route("/uploads/<token>", methods=["HEAD"], provide_automatic_options=False)
@public
def progress(token: str) -> Response:
    """Return the number of bytes of a file that have arrived, as a header."""
    file = draft_uploads.arriving(token)
    headers = {"Upload-Offset": str(_offset(file)), "Upload-Length": str(file.length)}
    return _answer(200, {**headers, **_expires(), "Cache-Control": "no-store"})


@bp.route("/uploads/<token>", methods=["PATCH", "POST"], provide_automatic_options=False)
@public
def append(token: str) -> Response:
    """Append a part of a file. Once it is complete, it belongs to the draft."""
    overridden = request.headers.get("X-HTTP-Method-Override", request.method).upper()
    if overridden == "HEAD":
        return progress(token)
    if overridden == "DELETE":
        return terminate(token)
    if overridden != "PATCH":
        return _answer(405)
    if request.mimetype != PART_TYPE:
        return _answer(415)
    file = draft_uploads.arriving(token)
    request.max_content_length = file.length + 1
    return _append(file, _whole_number("Upload-Offset"), _checksum())


@bp.delete("/uploads/<token>")
@public
def terminate(token: str) -> Response:
    """Delete an unfinished file. A complete file can only be removed on the draft's page."""
    file = draft_uploads.arriving(token)
    with file.partial(file.key) as partial:
        partial.delete()
    return _answer(204)


def _append(file: ArrivingFile, offset: int, checksum: tuple[Any, bytes] | None) -> Response:
    key = file.key
    if _is_complete(file, key):
        return _answer(
            204 if offset == file.length else 409, {"Upload-Offset": str(file.length), **_expires()}
        )
    with file.partial(key) as partial:
        if partial.offset != offset:
            return _answer(409)
        before = partial.state()
        whole = _receive(partial, file.length, checksum[0] if checksum else None)
        if not whole:
            partial.go_back(*before)
            return _answer(413)
        if checksum and checksum[0].digest() != checksum[1]:
            partial.go_back(*before)
            return _answer(CHECKSUM_MISMATCH)
        try:
            draft_uploads.check_kind(file, partial.head(HEAD_BYTES))
        except FileRefused:
            partial.delete()
            raise
        arrived = partial.offset
        if arrived == file.length:
            partial.finish(files())
    if arrived == file.length:
        draft_uploads.keep(file)
    return _answer(204, {"Upload-Offset": str(arrived), **_expires()})


def _receive(partial: Partial, length: int, digest: Any) -> bool:
    """Append the body. Returns False if the body is longer than the rest of the file.

    Bytes that arrived before the connection broke are kept.
    """
    while True:
        try:
            data = request.stream.read(CHUNK)
        except ClientDisconnected:
            return True
        if not data:
            return True
        if partial.offset + len(data) > length:
            return False
        if digest:
            digest.update(data)
        partial.write(data)


def _offset(file: ArrivingFile) -> int:
    """Return the number of bytes that have arrived. Raises NotFound if the draft was sent or deleted."""
    key = file.key
    if _is_complete(file, key):
        return file.length
    if not partials.exists(config().uploads_dir, file.part_name):
        return 0
    with file.partial(key) as partial:
        return partial.offset


def _is_complete(file: ArrivingFile, key: bytes) -> bool:
    """Return whether the whole file has arrived. If so, and its draft does not list it yet, add it there."""
    if partials.exists(config().uploads_dir, file.part_name):
        return False
    if file.is_kept():
        return True
    if file.document is not None:
        return False
    # A process may have died after it stored the last part, and before it added the photo to the draft.
    try:
        next(files().chunks(file.name, key))
    except FileNotFoundError:
        return False
    draft_uploads.keep(file)
    return True


def _whole_number(header: str) -> int:
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit() and len(value) <= 18):
        raise BadRequest(f"{header} is not a whole number.")
    return int(value)


def metadata() -> dict[str, str]:
    """Return the pairs of the header Upload-Metadata with a key of METADATA. Raises BadRequest."""
    parts = (part.strip() for part in request.headers.get("Upload-Metadata", "").split(","))
    pairs = dict(part.partition(" ")[::2] for part in parts if part)
    try:
        found = {key: base64.b64decode(value, validate=True) for key, value in pairs.items()}
        return {key: value.decode() for key, value in found.items() if key in METADATA}
    except (binascii.Error, UnicodeDecodeError):
        raise BadRequest("Upload-Metadata is not Base64.") from None


def _checksum() -> tuple[Any, bytes] | None:
    """Return the hash and the expected digest of the header Upload-Checksum, or None. Raises BadRequest."""
    header = request.headers.get("Upload-Checksum")
    if not header:
        return None
    name, _, encoded = header.partition(" ")
    try:
        return ALGORITHMS[name](), base64.b64decode(encoded, validate=True)
    except (KeyError, binascii.Error):
        raise BadRequest("Upload-Checksum has an unknown algorithm or is not Base64.") from None


def _expires() -> dict[str, str]:
    at = datetime.now(UTC) + timedelta(seconds=UPLOAD_SECONDS)
    return {"Upload-Expires": http_date(at)}


def _answer(status: int, headers: dict[str, str] | None = None, body: str = "") -> Response:
    response = make_response(body, status, headers or {})
    response.mimetype = "text/plain"
    return response
