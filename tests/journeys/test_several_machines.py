"""Web, relay and two workers as four machines that share PostgreSQL, Valkey, S3 and the key files."""

import contextlib
import io
import shutil
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import ColumnElement, select

from intake.db import transaction
from intake.models import Heartbeat, Job, Submission
from intake.models.photo import SIZES
from intake.settings import Settings
from intake.storage import files
from tests.machines import Machines, machines
from tests.object_storage import ObjectStorage
from tests.photos.made import jpeg_with_gps
from tests.waiting import until

MARK = "CNRYmachines"


@pytest.mark.slow
def test_a_submission_with_photos_reaches_the_desk_over_object_storage(
    on_s3: Settings, object_storage: ObjectStorage, tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    shutil.copytree(on_s3.master_key_path.parent, keys)
    shared = {
        "TRANSOM_DATABASE_URL": on_s3.database_url,
        "TRANSOM_REDIS_URL": on_s3.redis_url,
        "TRANSOM_MASTER_KEY_FILE": str(keys / "master.key"),
        "TRANSOM_PRIVATE_KEY_FILE": str(keys / "installation.key"),
        "TRANSOM_PUBLIC_KEY_FILE": str(keys / "installation.pub"),
        **object_storage.env,
    }
    port = free_port()
    with machines(tmp_path, shared) as four:
        four.transom("a", "web", PORT=str(port), TRANSOM_WEB_WORKERS="1")
        for machine in "bd":
            four.transom(machine, "worker", TRANSOM_WORKER_NAME=machine, TRANSOM_WORKER_CONCURRENCY="1")
        four.transom("c", "relay")
        until(lambda: workers(Heartbeat.name, Heartbeat.kind == "worker") == {"b", "d"}, 60)
        send(four, f"http://127.0.0.1:{port}")
        until(lambda: status() == "in_review", 60)
    look_at_the_copies()
    assert workers(Job.worker, Job.kind == "photo.clean") == {"b", "d"}
    assert list(files().listing("quarantine")) == []
    for machine in "abcd":
        assert not (four.data(machine) / "files").exists()
        assert not (four.data(machine) / "keys").exists()
        assert MARK not in four.log(machine).read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def send(four: Machines, url: str) -> None:
    """Send a submission with three small photos, and a large one that needs a multipart upload to S3."""
    photos = [jpeg_with_gps(640, 480, MARK)] * 3 + [jpeg_with_gps(640, 480, MARK) + bytes(11_000_000)]
    with httpx.Client(base_url=url, timeout=30) as client:

        def alive() -> bool:
            assert four.running[0].poll() is None, four.log("a").read_text()
            with contextlib.suppress(httpx.TransportError):
                return client.get("/healthz/live").status_code == 200
            return False

        until(alive, 60)
        answer = client.post(
            "/api/v1/submissions",
            data={"title": "From far", "body": "Text.", "consent": "yes", "language": "en"},
            files={f"photo-{i}": ("IMG.jpg", data) for i, data in enumerate(photos, start=1)},
        )
    assert answer.status_code == 201, answer.text


def workers(column: Any, which: ColumnElement[bool]) -> set[str]:
    """Return the process names without host names, since all run on one host here."""
    with transaction() as session:
        return {name.partition("@")[0] for name in session.scalars(select(column).where(which))}


def status() -> str:
    with transaction() as session:
        return session.scalars(select(Submission.status)).one()


def look_at_the_copies() -> None:
    with transaction() as session:
        submission = session.scalars(select(Submission)).one()
        names = [photo.clean_name(size) for photo in submission.photos for size in SIZES]
        assert [photo.status for photo in submission.photos] == ["clean"] * 4
        key = submission.key
    for name in names:
        copy = files().read(name, key)
        Image.open(io.BytesIO(copy)).load()
        assert MARK.encode() not in copy
