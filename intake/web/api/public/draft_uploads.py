"""API of resumable uploads to a draft: the protocol tus 1.0 (https://tus.io/protocols/resumable-upload).

The header Upload-Metadata of a new file has the draft's receipt. The file's URL is signed, without the receipt.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, request

from intake import receipts
from intake.storage.partial import TakenOver
from intake.web.access import public
from intake.web.api.fields import BYTES
from intake.web.api.operation import Json, operation
from intake.web.api.public.draft_state import NO_DRAFT
from intake.web.api.public.drafts import AWAY
from intake.web.api.public.submissions import bp
from intake.web.contribute import draft_uploads, tus
from intake.web.contribute.draft_uploads import FileRefused
from intake.web.errors import problem

__all__ = ["bp"]

NO_FILE = {404: "There is no such file, or its draft was sent or deleted."}
PROBLEMS = {
    400: "A header is missing or malformed.",
    409: "Upload-Offset is not the number of bytes that have arrived. Ask for it by HEAD.",
    412: "Tus-Resumable must be 1.0.0.",
    413: "The file has more bytes than Upload-Length.",
    415: f"The body is not {tus.PART_TYPE}.",
    422: "The file cannot be taken; the detail says why and what to do.",
    423: "Another connection goes on with this file.",
    tus.CHECKSUM_MISMATCH: "The bytes are not those of Upload-Checksum. They were not kept.",
}
"""Status → description. Also the detail of a problem document that has no more exact reason."""


NUMBER = "^[0-9]{1,18}$"
BASE64 = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
PAIRS = f"^[A-Za-z0-9_-]+( {BASE64})?(,[A-Za-z0-9_-]+( {BASE64})?)*$"
CHECKSUM = "^(sha1 [A-Za-z0-9+/]{27}=|sha256 [A-Za-z0-9+/]{43}=)$"


def _header(name: str, said: str, *, required: bool = True, **schema: Any) -> Json:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": said,
        "schema": {"type": "string", **schema},
    }


VERSION = _header("Tus-Resumable", "Version of the protocol.", enum=[tus.VERSION])
OFFSET = {
    "Upload-Offset": {
        "description": "Number of bytes that have arrived.",
        "schema": {"type": "string", "pattern": NUMBER},
    }
}
LOCATION = {"Location": {"description": "Address of the file, for a day.", "schema": {"type": "string"}}}


def _speaks_tus(view: Callable[..., Response]) -> Callable[..., Response]:
    """Refuse other versions of the protocol, and answer errors with problem documents."""

    @wraps(view)
    def spoken(**parts: str) -> Response:
        is_spoken = request.headers.get("Tus-Resumable") == tus.VERSION
        found = view(**parts) if is_spoken else _problem(412)
        if found.status_code >= 400 and found.mimetype == "text/plain":
            found = _problem(found.status_code)
        found.headers["Tus-Resumable"] = tus.VERSION
        return found

    return spoken


def _problem(status: int, detail: str = "") -> Response:
    found = problem(status, "The file was not taken", detail or PROBLEMS[status])
    found.headers["Tus-Version"] = tus.VERSION
    return found


@bp.errorhandler(FileRefused)
def _refused(error: FileRefused) -> Response:
    return _problem(422, str(error))


@bp.errorhandler(TakenOver)
def _taken_over(_error: TakenOver) -> Response:
    return _problem(423)


@bp.route("/uploads", methods=["OPTIONS"], provide_automatic_options=False)
@public
def abilities() -> Response:
    """Name the version, the extensions and the maximum size of the protocol."""
    return tus.abilities()


@bp.post("/uploads")
@public
@operation(
    "createUpload",
    "Announce a file for a draft, to be sent in parts (tus 1.0, creation).",
    answers={201: "Send its bytes to `Location`, from `Upload-Offset` on."},
    refusals={**NO_DRAFT, **AWAY, **{code: PROBLEMS[code] for code in (400, 412, 422)}},
    parameters=[
        VERSION,
        _header("Upload-Length", "Bytes of the file.", pattern=NUMBER),
        _header(
            "Upload-Metadata",
            "Pairs of a key and a value in Base64, separated by commas. `receipt` is the receipt of the draft."
            " `upload` is a token of your own: the same token goes on with the same file, also after a restart."
            " `document`, for the text as a document, is the ending of its name, such as `.odt`."
            " Without `document`, the file is a photo.",
            pattern=PAIRS,
        ),
    ],
    headers=LOCATION | OFFSET,
)
@_speaks_tus
def create_upload() -> Response:
    """Create a file, or return the unfinished file that was created before with the same `upload`."""
    receipt = receipts.canonical(tus.metadata().get("receipt", ""))
    return tus.created(draft_uploads.place(receipt or ""), "api.append_part")


@bp.route("/uploads/<token>", methods=["HEAD"], provide_automatic_options=False)
@public
@operation(
    "readUpload",
    "Tell how many bytes of a file have arrived (tus 1.0).",
    answers={200: "See `Upload-Offset`."},
    refusals={**NO_FILE, **AWAY, 412: PROBLEMS[412]},
    parameters=[VERSION],
    headers=OFFSET,
)
@_speaks_tus
def read_upload(token: str) -> Response:
    """Return the number of bytes of a file that have arrived, as a header."""
    return tus.progress(token)


@bp.patch("/uploads/<token>")
@public
@operation(
    "appendPart",
    "Append a part of a file (tus 1.0). The last part adds the file to the draft.",
    answers={204: "Appended, up to `Upload-Offset`."},
    refusals={**NO_FILE, **AWAY, **PROBLEMS},
    parameters=[
        VERSION,
        _header("Upload-Offset", "Number of bytes of the file before this part.", pattern=NUMBER),
        _header(
            "Upload-Checksum",
            "`sha1` or `sha256`, a space, and the hash in Base64.",
            required=False,
            pattern=CHECKSUM,
        ),
    ],
    raw={tus.PART_TYPE: BYTES},
    headers=OFFSET,
)
@_speaks_tus
def append_part(token: str) -> Response:
    """Append a part of a file. Once it is complete, it belongs to the draft."""
    return tus.append(token)


@bp.delete("/uploads/<token>")
@public
@operation(
    "deleteUpload",
    "Delete what has arrived of a file that is not complete (tus 1.0, termination).",
    answers={204: "Deleted."},
    refusals={**NO_FILE, **AWAY, 412: PROBLEMS[412]},
    parameters=[VERSION],
)
@_speaks_tus
def delete_upload(token: str) -> Response:
    """Delete the part of an unfinished file that has arrived."""
    return tus.terminate(token)
