"""Files in a bucket, for installations of several machines."""

import contextlib
import time
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import boto3.session
from botocore.config import Config
from botocore.exceptions import ClientError

from intake.settings import MB, Settings
from intake.storage.faults import in_our_words
from intake.storage.store import UPLOAD_SECONDS, Storage, StorageAway, Stored, checked, prefix

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef


# The least that S3 takes as a part which is not the last; each upload holds so much in memory.
PART = 5 * MB
CONFIG = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    # What others than Amazon serve as S3 does not know the checksums that boto3 adds since 1.36. Ours are in the seal.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    connect_timeout=5,
    read_timeout=30,
    # Within a request of a contributor, who waits: a job is tried again by the ledger anyway.
    retries={"mode": "standard", "total_max_attempts": 3},
)


class Parts:
    """Sealed bytes on their way to `name`: in one request where they are few, else as an upload of several parts."""

    def __init__(self, client: "S3Client", bucket: str, name: str) -> None:
        self._client, self._bucket, self._name = client, bucket, name
        self._held = bytearray()
        self._upload = ""
        self._sent: list[CompletedPartTypeDef] = []

    def write(self, data: bytes) -> None:
        """Hold `data`, and send what is held once it makes a part."""
        self._held += data
        if len(self._held) >= PART:
            self._send()

    def finish(self) -> None:
        """Send the rest. S3 shows the file from here, whole; what stood under the name before is gone."""
        if not self._upload:
            with in_our_words():
                self._client.put_object(Bucket=self._bucket, Key=self._name, Body=bytes(self._held))
            return
        if self._held:
            self._send()
        with in_our_words():
            self._client.complete_multipart_upload(
                Bucket=self._bucket, Key=self._name, UploadId=self._upload,
                MultipartUpload={"Parts": self._sent},
            )  # fmt: skip
        self._upload = ""

    def abort(self) -> None:
        """Leave nothing; what S3 does not hear of now is swept later."""
        self._held.clear()
        upload, self._upload = self._upload, ""
        if upload:
            with contextlib.suppress(OSError), in_our_words():
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=self._name, UploadId=upload)

    def _send(self) -> None:
        number = len(self._sent) + 1
        with in_our_words():
            self._upload = self._upload or self._begin()
            tag = self._client.upload_part(
                Bucket=self._bucket, Key=self._name, UploadId=self._upload, PartNumber=number,
                Body=bytes(self._held),
            )["ETag"]  # fmt: skip
        self._sent.append({"PartNumber": number, "ETag": tag})
        self._held.clear()

    def _begin(self) -> str:
        return self._client.create_multipart_upload(Bucket=self._bucket, Key=self._name)["UploadId"]


class Body:
    """The bytes of a file as they arrive."""

    def __init__(self, stream: "StreamingBody") -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        """The next `size` bytes; StorageAway where the connection breaks."""
        with in_our_words():
            return self._stream.read(size)


class S3(Storage):
    """Files in the bucket that the settings name."""

    # S3 tells of an unfinished file when it was begun, not when it last grew.
    unfinished_seconds = UPLOAD_SECONDS

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._bucket = settings.s3_bucket

    def delete(self, name: str) -> None:
        """Remove `name` if it is there."""
        self._delete(checked(name))

    def discard(self, stored: Stored) -> None:
        """Remove a file that `listing` gave, or abort its upload."""
        if stored.unfinished:
            self._abort(stored)
        else:
            self._delete(stored.name)

    def delete_all(self, area: str, submission: str) -> None:
        """Remove everything of one submission in `area`; OSError if anything of it remains."""
        begin = prefix(area, submission)
        self._discard_all(begin)
        if any(self._below(begin)):
            raise StorageAway("Files that were deleted are still there.", "Look into the storage's log.")

    def delete_photo(self, area: str, submission: str, photo: str) -> None:
        """Remove every file of one photo in `area`, whatever its size or generation."""
        self._discard_all(checked(f"{area}/{submission}/{photo}"))

    def listing(self, area: str) -> Iterator[Stored]:
        """Every file in `area`; an unfinished one counts no bytes, since S3 tells them for each part alone."""
        return self._below(f"{area}/")

    def free(self) -> None:
        """S3 tells of no limit."""
        return

    def keeps_versions(self) -> bool:
        """Whether what is deleted stays as an old version; False where the bucket does not tell."""
        with in_our_words():
            try:
                return self._client.get_bucket_versioning(Bucket=self._bucket).get("Status") == "Enabled"
            except ClientError:
                return False

    @cached_property
    def _client(self) -> "S3Client":
        """Made at the first use, which is after the fork: processes must not share its connections."""
        return boto3.session.Session().client(
            "s3",
            endpoint_url=self._settings.s3_endpoint,
            region_name=self._settings.s3_region,
            aws_access_key_id=self._settings.s3_access_key,
            aws_secret_access_key=self._settings.s3_secret_key,
            config=CONFIG,
        )

    def _target(self, name: str) -> Parts:
        return Parts(self._client, self._bucket, name)

    @contextlib.contextmanager
    def _source(self, name: str) -> Iterator[Body]:
        with in_our_words():
            stream = self._client.get_object(Bucket=self._bucket, Key=name)["Body"]
        with contextlib.closing(stream):
            yield Body(stream)

    def _below(self, begin: str) -> Iterator[Stored]:
        """Files and unfinished uploads whose names begin so."""
        with in_our_words():
            for page in self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=begin
            ):
                for found in page.get("Contents", []):
                    yield Stored(found["Key"], found["Size"], _age(found["LastModified"]))
        # FileNotFoundError: some servers answer so as long as no upload was ever begun.
        with contextlib.suppress(FileNotFoundError), in_our_words():
            for uploads in self._client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self._bucket, Prefix=begin
            ):
                for begun in uploads.get("Uploads", []):
                    yield Stored(begun["Key"], 0, _age(begun["Initiated"]), True, begun["UploadId"])

    def _discard_all(self, begin: str) -> None:
        for stored in list(self._below(begin)):
            self.discard(stored)

    def _delete(self, name: str) -> None:
        # One by one: for many at once S3 demands a checksum in which servers differ.
        with in_our_words():
            self._client.delete_object(Bucket=self._bucket, Key=name)

    def _abort(self, stored: Stored) -> None:
        # It may have been finished or aborted meanwhile.
        with contextlib.suppress(FileNotFoundError), in_our_words():
            self._client.abort_multipart_upload(Bucket=self._bucket, Key=stored.name, UploadId=stored.upload)


def _age(moment: datetime) -> float:
    return time.time() - moment.timestamp()
