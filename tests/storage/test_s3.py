import contextlib
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from intake.settings import Settings, child_environment
from intake.storage import CHUNK, Disk, Storage, StorageAway, storage
from intake.storage.s3 import PART, S3
from intake.storage.s3_errors import REFUSALS, translated_errors
from tests.object_storage import BUCKET, ObjectStorage, serving
from tests.storage.test_store import KEY, NAME, OTHER, SUBMISSION


def changed(server: ObjectStorage, **env: str) -> S3:
    """Storage for the server, with some settings changed."""
    return S3(Settings.from_env({**server.env, **env}))


def test_the_settings_name_the_place(object_storage: ObjectStorage, tmp_path: Path) -> None:
    assert isinstance(storage(object_storage.settings), S3)
    assert isinstance(storage(Settings(data_dir=tmp_path)), Disk)


def test_a_start_without_s3_does_not_load_its_library() -> None:
    program = "import sys, intake.web, intake.storage as s; s.files(); sys.exit('botocore' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], env=child_environment(), check=False)
    assert done.returncode == 0


def test_a_file_of_a_disk_opens_when_it_is_copied_into_the_bucket(disk: Disk, s3: S3) -> None:
    disk.put(NAME, bytes(3 * CHUNK), KEY)
    s3._client.put_object(Bucket=s3._bucket, Key=NAME, Body=(disk.root / NAME).read_bytes())
    assert s3.read(NAME, KEY) == bytes(3 * CHUNK)


def test_parts_go_up_as_they_fill_and_memory_holds_one(s3: S3) -> None:
    sink = s3.sink(NAME, KEY)
    for _ in range(3 * PART // CHUNK + 1):
        sink.write(bytes(CHUNK))
    (begun,) = s3.listing("quarantine")
    sent = s3._client.list_parts(Bucket=s3._bucket, Key=NAME, UploadId=begun.upload)["Parts"]
    assert len(sent) == 3
    assert all(PART <= part["Size"] < PART + 2 * CHUNK for part in sent)
    sink.finish()
    assert s3.read(NAME, KEY) == bytes((3 * PART // CHUNK + 1) * CHUNK)


def test_a_purge_takes_uploads_that_are_under_way(s3: S3) -> None:
    sink = s3.sink(NAME, KEY)
    sink.write(bytes(PART + CHUNK))
    s3.delete_all("quarantine", SUBMISSION)
    assert list(s3.listing("quarantine")) == []
    with pytest.raises(FileNotFoundError):
        sink.finish()
    sink.abort()
    assert list(s3.listing("quarantine")) == []


def test_what_stays_although_it_was_deleted_is_said(s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a purge skipped a file silently, the contributor would be told wrongly that all is deleted."""
    s3.put(NAME, b"picture", KEY)
    with monkeypatch.context() as deaf:
        deaf.setattr(S3, "_delete", lambda *_: None)
        with pytest.raises(StorageAway, match="still there"):
            s3.delete_all("quarantine", SUBMISSION)


def test_a_listing_of_more_than_a_page(tmp_path: Path) -> None:
    """S3 lists at most a thousand files at a time."""
    folder = tmp_path / "served"
    with serving(folder) as server:
        submission = folder / BUCKET / "clean" / SUBMISSION
        submission.mkdir(parents=True)
        for number in range(1001):
            (submission / f"{uuid.UUID(int=number)}.web").touch()
        assert len({one.name for one in server.store.listing("clean")}) == 1001


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"TRANSOM_S3_SECRET_KEY": "another"}, "does not accept the secret key"),
        ({"TRANSOM_S3_ACCESS_KEY": "somebody"}, "does not know the access key"),
    ],
)
def test_a_wrong_key_is_told_and_opens_nothing(
    object_storage: ObjectStorage, s3: S3, env: dict[str, str], told: str
) -> None:
    s3.put(NAME, b"picture", KEY)
    stranger = changed(object_storage, **env)
    for use in (
        lambda: stranger.read(NAME, KEY),
        lambda: stranger.put(NAME, b"another", KEY),
        lambda: stranger.delete(NAME),
        lambda: list(stranger.listing("quarantine")),
    ):
        with pytest.raises(StorageAway, match=told) as caught:
            use()
        assert "TRANSOM_S3_SECRET_KEY" in caught.value.advice
    assert s3.read(NAME, KEY) == b"picture"


def test_a_missing_bucket_is_not_a_missing_file(object_storage: ObjectStorage) -> None:
    elsewhere = changed(object_storage, TRANSOM_S3_URL=f"{object_storage.url}-elsewhere")
    with pytest.raises(StorageAway, match="no such bucket"):
        elsewhere.read(NAME, KEY)
    with pytest.raises(StorageAway, match="no such bucket"):
        elsewhere.put(NAME, b"picture", KEY)


def test_a_server_that_dies_is_an_error_in_bounded_time(tmp_path: Path) -> None:
    """Two retries end after 3 s at most, because a contributor waits for the request."""
    with serving(tmp_path / "served") as server:
        s3 = S3(server.settings)
        s3.put(NAME, bytes(9 * CHUNK), KEY)
        under_way = s3.sink(f"quarantine/{SUBMISSION}/{OTHER}", KEY)
        under_way.write(bytes(PART + CHUNK))
        server.kill()
        before = time.monotonic()
        for use in (
            lambda: s3.read(NAME, KEY),
            lambda: s3.put(NAME, b"picture", KEY),
            lambda: s3.delete_all("quarantine", SUBMISSION),
            under_way.finish,
        ):
            with pytest.raises(StorageAway, match="does not answer") as caught:
                use()
            assert isinstance(caught.value, OSError)
        under_way.abort()
        assert time.monotonic() - before < 60


def test_what_answers_may_be_something_else() -> None:
    """TRANSOM_S3_URL may lead to another service, such as a mail server, which speaks first and not HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        threading.Thread(target=_greet, args=(other,), daemon=True).start()
        env = {"TRANSOM_S3_ACCESS_KEY": "a", "TRANSOM_S3_SECRET_KEY": "b"}
        s3 = S3(
            Settings.from_env({**env, "TRANSOM_S3_URL": f"http://127.0.0.1:{other.getsockname()[1]}/bucket"})
        )
        with pytest.raises(StorageAway, match="does not answer as it should"):
            s3.read(NAME, KEY)


def _greet(server: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"220 mail.example.org\r\n")


@pytest.mark.parametrize("code", [*REFUSALS, "SlowDown"])
def test_a_refusal_is_a_sentence_with_advice_and_quotes_nothing(code: str) -> None:
    with pytest.raises(StorageAway) as caught, translated_errors():
        raise ClientError({"Error": {"Code": code, "Message": "quarantine/1/2"}}, "GetObject")
    assert str(caught.value).startswith("The object storage ")
    assert str(caught.value).endswith(".")
    assert caught.value.advice.endswith(".")
    assert "quarantine" not in str(caught.value) + caught.value.advice


def test_there_is_no_limit_to_tell_of(s3: S3) -> None:
    store: Storage = s3
    assert store.free() is None


def test_the_bucket_of_the_test_keeps_no_versions(s3: S3) -> None:
    assert not s3.keeps_versions()
