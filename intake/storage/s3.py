"""Storage in an S3 bucket, for installations on several machines."""

import contextlib
import time
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import boto3.session
from botocore.config import Config
from botocore.exceptions import ClientError

from intake.settings import Settings
from intake.settings.values import MB
from intake.storage.s3_errors import translated_errors
from intake.storage.store import UPLOAD_SECONDS, Storage, StorageAway, StoredFile, checked, prefix

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

# Size of a part of a multipart upload: the minimum that the S3 API allows for all parts but the last. Each
# upload has one part in memory.
PART = 5 * MB
CONFIG = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    # Servers other than Amazon S3 do not support the checksums that boto3 adds since 1.36. The files have
    # their own checksums, the authentication tags of their encryption.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    connect_timeout=5,
    read_timeout=30,
    # Few attempts, because a contributor may be waiting for the response. The ledger retries jobs anyway.
    retries={"mode": "standard", "total_max_attempts": 3},
)


class S3Upload:
    """Target for the encrypted bytes of the file `name`.

    It sends fewer bytes than PART in one request, more in a multipart upload.
    """

    def __init__(self, client: "S3Client", bucket: str, name: str) -> None:
        self._client, self._bucket, self._name = client, bucket, name
        self._held = bytearray()
        self._upload = ""
        self._sent: list[CompletedPartTypeDef] = []

    def write(self, data: bytes) -> None:
        """Buffer `data`, and send the buffer once it fills a part."""
        self._held += data
        if len(self._held) >= PART:
            self._send()

    def finish(self) -> None:
        """Send the rest of the bytes. Afterwards S3 has the whole file, which replaces an earlier one."""
        if not self._upload:
            with translated_errors():
                self._client.put_object(Bucket=self._bucket, Key=self._name, Body=bytes(self._held))
            return
        if self._held:
            self._send()
        with translated_errors():
            self._client.complete_multipart_upload(
                Bucket=self._bucket, Key=self._name, UploadId=self._upload,
                MultipartUpload={"Parts": self._sent},
            )  # fmt: skip
        self._upload = ""

    def abort(self) -> None:
        """Abort the upload. If S3 cannot be reached, the job `housekeeping.sweep` removes the parts later."""
        self._held.clear()
        upload, self._upload = self._upload, ""
        if upload:
            with contextlib.suppress(OSError), translated_errors():
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=self._name, UploadId=upload)

    def _send(self) -> None:
        number = len(self._sent) + 1
        with translated_errors():
            self._upload = self._upload or self._begin()
            tag = self._client.upload_part(
                Bucket=self._bucket, Key=self._name, UploadId=self._upload, PartNumber=number,
                Body=bytes(self._held),
            )["ETag"]  # fmt: skip
        self._sent.append({"PartNumber": number, "ETag": tag})
        self._held.clear()

    def _begin(self) -> str:
        return self._client.create_multipart_upload(Bucket=self._bucket, Key=self._name)["UploadId"]


class S3Stream:
    """Stream of the encrypted bytes of a file in S3."""

    def __init__(self, stream: "StreamingBody") -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        """Read `size` bytes. Raises StorageAway if the connection breaks."""
        with translated_errors():
            return self._stream.read(size)


class S3(Storage):
    """Storage in the S3 bucket that the settings name."""

    # S3 reports when an unfinished upload began, not when it last grew. So allow for the slowest upload.
    unfinished_seconds = UPLOAD_SECONDS

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._bucket = settings.s3_bucket

    def delete(self, name: str) -> None:
        """Delete the file `name` if it exists."""
        self._delete(checked(name))

    def discard(self, stored: StoredFile) -> None:
        """Delete a file that `listing` returned, or abort its upload if it is unfinished."""
        if stored.unfinished:
            self._abort(stored)
        else:
            self._delete(stored.name)

    def delete_all(self, area: str, submission: str) -> None:
        """Delete all files of one submission in `area`. Raises OSError if any remains."""
        begin = prefix(area, submission)
        self._discard_all(begin)
        if any(self._below(begin)):
            raise StorageAway("Files that were deleted are still there.", "Look into the storage's log.")

    def delete_photo(self, area: str, submission: str, photo: str) -> None:
        """Delete all files of one photo in `area`, of every size and generation."""
        self._discard_all(checked(f"{area}/{submission}/{photo}"))

    def listing(self, area: str) -> Iterator[StoredFile]:
        """All files in `area`, and all unfinished uploads.

        The size of an unfinished upload is 0, because S3 reports only the sizes of its parts.
        """
        return self._below(f"{area}/")

    def free(self) -> None:
        """Return None, because S3 reports no limit."""
        return

    def keeps_versions(self) -> bool:
        """Return whether the bucket keeps deleted files as old versions.

        Returns False if the server refuses the request for this setting.
        """
        with translated_errors():
            try:
                return self._client.get_bucket_versioning(Bucket=self._bucket).get("Status") == "Enabled"
            except ClientError:
                return False

    @cached_property
    def _client(self) -> "S3Client":
        """S3 client, created on first use in each process, because processes must not share connections."""
        return boto3.session.Session().client(
            "s3",
            endpoint_url=self._settings.s3_endpoint,
            region_name=self._settings.s3_region,
            aws_access_key_id=self._settings.s3_access_key,
            aws_secret_access_key=self._settings.s3_secret_key,
            config=CONFIG,
        )

    def _target(self, name: str) -> S3Upload:
        return S3Upload(self._client, self._bucket, name)

    @contextlib.contextmanager
    def _source(self, name: str) -> Iterator[S3Stream]:
        with translated_errors():
            stream = self._client.get_object(Bucket=self._bucket, Key=name)["Body"]
        with contextlib.closing(stream):
            yield S3Stream(stream)

    def _below(self, begin: str) -> Iterator[StoredFile]:
        """Files and unfinished uploads whose names begin with `begin`."""
        with translated_errors():
            for page in self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=begin
            ):
                for found in page.get("Contents", []):
                    yield StoredFile(found["Key"], found["Size"], _age(found["LastModified"]))
        # If no upload was ever begun, some servers answer NoSuchUpload, which is translated to
        # FileNotFoundError.
        with contextlib.suppress(FileNotFoundError), translated_errors():
            for uploads in self._client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self._bucket, Prefix=begin
            ):
                for begun in uploads.get("Uploads", []):
                    yield StoredFile(begun["Key"], 0, _age(begun["Initiated"]), True, begun["UploadId"])

    def _discard_all(self, begin: str) -> None:
        for stored in list(self._below(begin)):
            self.discard(stored)

    def _delete(self, name: str) -> None:
        # Delete files one by one. A bulk deletion needs a checksum, and servers require different checksums.
        with translated_errors():
            self._client.delete_object(Bucket=self._bucket, Key=name)

    def _abort(self, stored: StoredFile) -> None:
        # FileNotFoundError: another process has finished or aborted the upload in the meantime.
        with contextlib.suppress(FileNotFoundError), translated_errors():
            self._client.abort_multipart_upload(Bucket=self._bucket, Key=stored.name, UploadId=stored.upload)


def _age(moment: datetime) -> float:
    return time.time() - moment.timestamp()
