"""Files of a draft that are uploaded in parts, because connections break.

The URL of such a file is signed. For a day, it allows to append to this one file, and nothing else. It also carries the
draft's key, encrypted under a secret of the server, so that the receipt need not be sent with each part.
"""

import re
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

from intake.crypto import KeyFault, keyring, seal, unseal
from intake.db import transaction
from intake.documents.limits import MAX_BYTES
from intake.errors import LimitReached, NotFound
from intake.models import Photo
from intake.photos import unaccepted
from intake.photos.identify import sniff
from intake.photos.refusal import why_and_what_to_do
from intake.plurals import gettext_noop
from intake.settings import Settings
from intake.storage import UPLOAD_SECONDS, files
from intake.storage.partial import Partial
from intake.submissions import draft, draft_photos
from intake.submissions.submit import PhotoDraft, document_file
from intake.web.contribute import submission_intake
from intake.web.current import config
from intake.web.display import size
from intake.web.language import gettext, translator

_ENDING = re.compile(r"\.[a-z0-9]{1,8}")
FULL = gettext_noop("A story may have %(most)d photos. Remove one before you add another.")
TOO_LARGE = gettext_noop(
    "This file has %(size)s. More than %(most)s cannot be taken: please choose a smaller one."
)


class FileRefused(Exception):
    """The file cannot be taken. The message says why and what to do."""


# No repr, because it would show the key.
@dataclass(frozen=True, repr=False)
class DraftAddress:
    """Id and key of a draft, as they are stored in the URL of an upload."""

    id: uuid.UUID
    key: bytes

    @property
    def token(self) -> str:
        """Id and encrypted key as text for a URL. Parsed by `read`. Only this server can decrypt the key."""
        return self.id.hex + urlsafe_b64encode(seal(_token_key(), self.key, self.id.bytes)).decode()

    @classmethod
    def read(cls, token: str) -> "DraftAddress":
        """Parse a token. Raises NotFound for an invalid token, such as one of an older program version."""
        try:
            draft_id, sealed = uuid.UUID(token[:_ID_CHARACTERS]), urlsafe_b64decode(token[_ID_CHARACTERS:])
            return cls(draft_id, unseal(_token_key(), sealed, draft_id.bytes))
        except (KeyFault, ValueError):
            raise NotFound from None


_ID_CHARACTERS = 32


@dataclass(frozen=True)
class ArrivingFile:
    """A file of a draft that arrives in parts. `document` is the ending of a document's name, or None for a photo."""

    draft: "DraftAddress"
    id: uuid.UUID
    """Id of this upload. A photo's `Photo` row gets this id, too."""
    length: int
    document: str | None = None

    @property
    def submission_id(self) -> uuid.UUID:
        """Id of the draft."""
        return self.draft.id

    @property
    def name(self) -> str:
        """Storage name of the complete file."""
        return (
            f"quarantine/{self.submission_id}/{self.id}"
            if self.document is None
            else document_file(self.submission_id)
        )

    @property
    def part_name(self) -> str:
        """Storage name of the file while it is incomplete."""
        return f"quarantine/{self.submission_id}/{self.id}"

    @property
    def token(self) -> str:
        """Signed token that is the last segment of the file's URL."""
        return _serializer("file").dumps([self.draft.token, self.id.hex, self.length, self.document])

    @property
    def key(self) -> bytes:
        """Key of the draft. Raises NotFound if it was sent or deleted."""
        with transaction() as session:
            return draft.by_id(session, self.draft.id, self.draft.key).key

    def partial(self, key: bytes) -> Partial:
        """Return the Partial that reads and appends to the part that has arrived."""
        return Partial(config().uploads_dir, self.part_name, self.name, key)

    def is_kept(self) -> bool:
        """Return whether the whole file has arrived and belongs to the draft."""
        with transaction() as session:
            if self.document is not None:
                return (
                    draft.document_upload(session, draft.by_id(session, self.draft.id, self.draft.key))
                    == self.id.hex
                )
            return session.get(Photo, self.id) is not None


def place(receipt: str) -> str:
    """Return a token with which files may be added to a draft for a day. Raises NotFound."""
    with transaction() as session:
        found = draft.opened(session, receipt)
        return _serializer("draft").dumps(DraftAddress(found.id, found.key).token)


def begin(place: str, length: int, upload: str, document: str | None, settings: Settings) -> ArrivingFile:
    """Return the file with the token `upload`, which the client chose. A repeated token gives the same file.

    Raises NotFound, or FileRefused if it is too large, or if the draft has no room.
    """
    address = DraftAddress.read(_read("draft", place))
    is_document = document is not None
    most = MAX_BYTES if is_document else settings.max_photo_bytes
    if length > most:
        raise FileRefused(gettext(TOO_LARGE, size=size(length), most=size(most)))
    with transaction() as session:
        submission = draft.by_id(session, address.id, address.key)
        file_id = draft_photos.new_id(session, submission, upload)
        is_new = not is_document and session.get(Photo, file_id) is None
        if is_new and not draft_photos.room(submission):
            raise FileRefused(gettext(FULL, most=settings.max_photos))
    ending = document.lower() if document and _ENDING.fullmatch(document.lower()) else ""
    return ArrivingFile(address, file_id, length, ending if is_document else None)


def arriving(token: str) -> ArrivingFile:
    """Return the file with this token from its URL. Raises NotFound for a forged or expired token."""
    address, file_id, length, document = _read("file", token)
    return ArrivingFile(DraftAddress.read(address), uuid.UUID(file_id), length, document)


def check_kind(file: ArrivingFile, head: bytes) -> None:
    """Raise FileRefused if the first bytes `head` identify a file type that is not a photo."""
    if file.document is None and not sniff(head) and (reason := unaccepted.by_signature(head)):
        raise FileRefused(why_and_what_to_do(reason, translator()))


def keep(file: ArrivingFile) -> None:
    """Add a file that has arrived completely to its draft. A second call does nothing.

    Raises NotFound if the draft was sent or deleted, or FileRefused. The file is then deleted.
    """
    try:
        if file.document is not None:
            _keep_document(file, file.document)
        else:
            _keep_photo(file)
    except (NotFound, FileRefused):
        files().delete(file.name)
        raise


def _keep_photo(file: ArrivingFile) -> None:
    with transaction() as session:
        submission = draft.locked_by_id(session, file.draft.id, file.draft.key)
        try:
            draft_photos.add(session, submission, PhotoDraft(file.id))
        except LimitReached:
            raise FileRefused(gettext(FULL, most=config().max_photos)) from None


def _keep_document(file: ArrivingFile, ending: str) -> None:
    if problem := submission_intake.stored_document_problem(file.name, file.key, ending):
        raise FileRefused(problem)
    with transaction() as session:
        submission = draft.locked_by_id(session, file.draft.id, file.draft.key)
        draft.set_document(session, submission, ending, file.id.hex)


def _read(kind: str, token: str) -> Any:
    try:
        return _serializer(kind).loads(token, max_age=UPLOAD_SECONDS)
    except BadSignature:
        raise NotFound from None


def _token_key() -> bytes:
    return keyring().subkey("upload key")


def _serializer(kind: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keyring().subkey("upload"), salt=kind)
