"""Both storages, and access to their encrypted bytes."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.storage import Disk, Storage
from intake.storage.s3 import S3
from tests.object_storage import BUCKET, ObjectStorage


class Place(ABC):
    """A storage with access to its encrypted bytes."""

    store: Storage

    @abstractmethod
    def raw(self, name: str) -> bytes:
        """Encrypted bytes of a file."""

    @abstractmethod
    def tamper(self, name: str, raw: bytes) -> None:
        """Replace the encrypted bytes of a file."""

    def names(self, area: str = "quarantine") -> list[str]:
        """Names of all files in an area, including unfinished ones."""
        return sorted(one.name for one in self.store.listing(area))


@dataclass
class OnDisk(Place):
    store: Disk

    def raw(self, name: str) -> bytes:
        return (self.store.root / name).read_bytes()

    def tamper(self, name: str, raw: bytes) -> None:
        (self.store.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.store.root / name).write_bytes(raw)


@dataclass
class OnS3(Place):
    store: S3

    def raw(self, name: str) -> bytes:
        return self.store._client.get_object(Bucket=BUCKET, Key=name)["Body"].read()

    def tamper(self, name: str, raw: bytes) -> None:
        self.store._client.put_object(Bucket=BUCKET, Key=name, Body=raw)


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path / "files")


@pytest.fixture
def s3(object_storage: ObjectStorage) -> S3:
    return object_storage.store


@pytest.fixture(params=["disk", "s3"])
def place(request: pytest.FixtureRequest) -> Place:
    """Each storage in turn, because a test must hold for both."""
    found: Disk | S3 = request.getfixturevalue(request.param)
    return OnDisk(found) if isinstance(found, Disk) else OnS3(found)
