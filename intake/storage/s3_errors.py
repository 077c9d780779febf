"""Translation of S3 errors into messages for an admin."""

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
# Error code → meaning, and advice for an admin.
REFUSALS = {
    "AccessDenied": ("does not let the access key do this", "Let the key list, read, write and delete in the bucket: docs/ops/several-machines.md."),
    "AuthorizationHeaderMalformed": ("is in another region", CHECK_REGION),
    "InvalidAccessKeyId": ("does not know the access key", CHECK_KEYS),
    "NoSuchBucket": ("has no such bucket", "Make the bucket, or name another in TRANSOM_S3_URL."),
    "PermanentRedirect": ("is in another region", CHECK_REGION),
    "RequestTimeTooSkewed": ("has a different time than this machine", "Set the clocks, best by NTP."),
    "SignatureDoesNotMatch": ("does not accept the secret key", CHECK_KEYS),
}  # fmt: skip


@contextlib.contextmanager
def translated_errors() -> Iterator[None]:
    """Translate S3 errors in the block.

    Raises FileNotFoundError for a missing file or upload, StorageAway for all other errors.
    """
    try:
        yield
    except exceptions.ClientError as error:
        raise _refusal(error) from error
    except UNREACHED as error:
        raise StorageAway("The object storage does not answer as it should.", CHECK_ADDRESS) from error


def _refusal(error: exceptions.ClientError) -> OSError:
    """Convert an error reply of S3 to FileNotFoundError or StorageAway.

    The server's own message is left out, because it may quote the request.
    """
    code = error.response.get("Error", {}).get("Code", "")
    if code in MISSING:
        return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    meaning, advice = REFUSALS.get(code, (f"refuses with the code {code}", "Look into its log."))
    return StorageAway(f"The object storage {meaning}.", advice)
