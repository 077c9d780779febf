"""What S3 says when it fails, in our words."""

import contextlib
import errno
import os
from collections.abc import Iterator

from botocore import exceptions
from botocore.parsers import ResponseParserError

from intake.storage.store import StorageAway

UNREACHED = (
    exceptions.ConnectionError,
    exceptions.HTTPClientError,
    exceptions.IncompleteReadError,
    ResponseParserError,
)
MISSING = {"NoSuchKey", "NoSuchUpload"}

CHECK_KEYS = "Check TRANSOM_S3_ACCESS_KEY and TRANSOM_S3_SECRET_KEY."
CHECK_REGION = "Set TRANSOM_S3_REGION to the region of the bucket."
CHECK_ADDRESS = "Check that it runs and can be reached from here, and TRANSOM_S3_URL."
# Code of the answer → what it means, and what to do.
REFUSALS = {
    "AccessDenied": ("does not let the access key do this", "Let the key list, read, write and delete in the bucket: docs/ops/several-machines.md."),
    "AuthorizationHeaderMalformed": ("is in another region", CHECK_REGION),
    "InvalidAccessKeyId": ("does not know the access key", CHECK_KEYS),
    "NoSuchBucket": ("has no such bucket", "Make the bucket, or name another in TRANSOM_S3_URL."),
    "PermanentRedirect": ("is in another region", CHECK_REGION),
    "RequestTimeTooSkewed": ("has another time than this machine", "Set the clocks, best by NTP."),
    "SignatureDoesNotMatch": ("does not accept the secret key", CHECK_KEYS),
}  # fmt: skip


@contextlib.contextmanager
def translated_errors() -> Iterator[None]:
    """Raise FileNotFoundError for a file or an upload that is not there, and StorageAway for whatever else S3 fails to do in the block."""
    try:
        yield
    except exceptions.ClientError as error:
        raise _refusal(error) from error
    except UNREACHED as error:
        raise StorageAway("The object storage does not answer as it should.", CHECK_ADDRESS) from error


def _refusal(error: exceptions.ClientError) -> OSError:
    """The answer's own message stays out: it may quote what was asked."""
    code = error.response.get("Error", {}).get("Code", "")
    if code in MISSING:
        return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    meaning, advice = REFUSALS.get(code, (f"refuses with the code {code}", "Look into its log."))
    return StorageAway(f"The object storage {meaning}.", advice)
