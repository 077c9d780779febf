"""Encrypted files: original photos of contributors and their cleaned copies, on a local disk or in S3."""

from functools import cache

from intake.settings import Settings, settings
from intake.storage.disk import UNFINISHED, Disk
from intake.storage.seal import CHUNK, MAGIC, PREFIX_BYTES, TAG_BYTES, FileDamaged, Sink
from intake.storage.store import AREAS, NAME, UPLOAD_SECONDS, Storage, StorageAway, StoredFile

__all__ = [
    "AREAS",
    "CHUNK",
    "MAGIC",
    "NAME",
    "PREFIX_BYTES",
    "TAG_BYTES",
    "UNFINISHED",
    "UPLOAD_SECONDS",
    "Disk",
    "FileDamaged",
    "Sink",
    "Storage",
    "StorageAway",
    "StoredFile",
    "files",
    "storage",
]


def storage(settings: Settings) -> Storage:
    """Create the storage that the settings name: an S3 bucket, or else a folder."""
    if not settings.s3_url:
        return Disk(settings.files_dir)
    # Import here, because importing boto3 takes a second and is not needed without S3.
    from intake.storage.s3 import S3

    return S3(settings)


@cache
def files() -> Storage:
    """Storage that the settings of this process name, created once."""
    return storage(settings())
