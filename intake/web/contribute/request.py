"""Flask request class that limits the size of bodies and streams uploaded files into encrypted storage."""

from typing import IO, Any, TypeVar, cast
from urllib.parse import parse_qsl

from flask import Request, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.formparser import FormDataParser

from intake.settings import Settings
from intake.web.contribute.answer_intake import AnswerUpload
from intake.web.contribute.draft_intake import DraftUpload
from intake.web.contribute.multipart import CHUNK, MultipartBody
from intake.web.contribute.uploads import Discard, Upload

FORMS = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
# A body of up to this many times the limit is read and discarded.
# Otherwise the browser would show a connection error instead of the error page.
DRAIN_FACTOR = 5

AnyUpload = TypeVar("AnyUpload", bound=Upload)
Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class IntakeRequest(Request):
    """Request whose files are streamed into `upload` after a call of `expect_photos`.

    Otherwise files are discarded.
    """

    upload: Upload | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words_so_far: list[tuple[str, str]] = []
        """Text fields of the multipart body that have been read so far, in order, as (name, value)."""

    def expect_photos(self, settings: Settings) -> Upload:
        """Prepare to store photos. Must be called before the form is read.

        Raises UnsupportedMediaType if the body is no form.
        """
        return self._expect(settings, Upload(settings, self.content_length))

    def expect_more_photos(self, settings: Settings) -> AnswerUpload:
        """Prepare to store photos for an existing submission. See `expect_photos`."""
        return self._expect(settings, AnswerUpload(settings, self.content_length, self.words_so_far))

    def expect_draft_files(self, settings: Settings) -> DraftUpload:
        """Prepare to store photos, and a document, for a draft. See `expect_photos`."""
        return self._expect(settings, DraftUpload(settings, self.content_length, self.words_so_far))

    def _expect(self, settings: Settings, upload: AnyUpload) -> AnyUpload:
        if self.mimetype not in FORMS:
            raise UnsupportedMediaType
        self.max_content_length = DRAIN_FACTOR * settings.max_request_bytes
        self.upload = upload
        return upload

    def make_form_data_parser(self) -> FormDataParser:
        """Return Transom's parser in place of Werkzeug's."""
        return Parser(self)

    def open_file(self, field: str, file_name: str) -> Discard:
        """Return the target to which a file of the body is written."""
        return self.upload.open_file(field, file_name) if self.upload else Discard()


class Parser(FormDataParser):
    """Form parser whose size limit applies to all text fields together.

    Raises BadRequest for a malformed body.
    """

    def __init__(self, caller: IntakeRequest) -> None:
        super().__init__(
            max_form_memory_size=caller.max_form_memory_size,
            max_form_parts=caller.max_form_parts,
            cls=caller.parameter_storage_class,
            silent=False,
        )
        self._open_file, self._words = caller.open_file, caller.words_so_far

    def parse(self, *args: Any, **kwargs: Any) -> Parsed:
        """Return (stream, text fields, files).

        `files` is always empty, because files are streamed into the request's upload.
        """
        try:
            return super().parse(*args, **kwargs)
        except ValueError as error:
            raise BadRequest from error

    def _parse_multipart(
        self, stream: IO[bytes], _mimetype: str, _content_length: int | None, options: dict[str, str]
    ) -> Parsed:
        boundary = options.get("boundary", "").encode("ascii", "replace")
        if not boundary:
            raise ValueError("no boundary")
        body = MultipartBody(
            boundary, self._open_file, text_bytes=self.max_form_memory_size, parts=self.max_form_parts,
            words=self._words,
        )  # fmt: skip
        body.read(stream)
        return stream, self.cls(body.words), self.cls()

    def _parse_urlencoded(
        self, stream: IO[bytes], _mimetype: str, _content_length: int | None, _options: dict[str, str]
    ) -> Parsed:
        body = _whole(stream, self.max_form_memory_size)
        if self.max_form_parts is not None and body.count(b"&") >= self.max_form_parts:
            raise RequestEntityTooLarge
        words = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        return stream, self.cls(words), self.cls()


def _whole(stream: IO[bytes], limit: int | None) -> bytes:
    """Read a whole body into memory. Raises RequestEntityTooLarge over the limit."""
    body = bytearray()
    while chunk := stream.read(CHUNK):
        body += chunk
        if limit is not None and len(body) > limit:
            raise RequestEntityTooLarge
    return bytes(body)


def intake_request() -> IntakeRequest:
    """Return the current request, typed as IntakeRequest."""
    return cast("IntakeRequest", request)
