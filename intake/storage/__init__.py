"""Encrypted files: what contributors send, and the clean copies made of it. On this machine's disk, or on S3."""

from functools import cache

from intake.settings import Settings, settings
from intake.storage.disk import UNFINISHED, Disk
from intake.storage.seal import CHUNK, MAGIC, PREFIX_BYTES, TAG_BYTES, FileDamaged, Sink
from intake.storage.store import NAME, UPLOAD_SECONDS, Storage, StorageAway, StoredFile

__all__ = [
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
    """The place that the settings name."""
    if not settings.s3_url:
        return Disk(settings.files_dir)
    # Here, since the library takes a second to load that a start without S3 need not wait.
    from intake.storage.s3 import S3

    return S3(settings)


@cache
def files() -> Storage:
    """This process's storage."""
    return storage(settings())
