import dataclasses
import re
import stat
from pathlib import Path

import pytest

from intake import crypto, sandbox
from intake.db import engine, transaction
from intake.health import doctor, keys, scrub
from intake.health.broker_troubles import TROUBLES
from intake.health.database import newest_revision
from intake.health.scrub import server
from intake.keys.files import prepare
from intake.keys.rotation import begin, write_public_secrets
from intake.models import Scrub
from intake.photos import faces, identify
from intake.photos.render import decoding
from intake.settings import Settings
from intake.settings.values import MB
from intake.storage.s3 import S3
from intake.submissions.rewrapping import rewrap_all
from tests.cast import Contributor
from tests.object_storage import ObjectStorage

WRONG = [
    ({"max_photo_bytes": 300 * MB}, "TRANSOM_MAX_PHOTO_BYTES is above"),
    ({"sections": " , "}, "names no section"),
    ({"public_url": "http://send.example.org"}, "has no TLS"),
]


def test_every_fault_comes_with_advice(app_settings: Settings) -> None:
    for finding in doctor.examine(dataclasses.replace(app_settings, sections="")):
        assert finding.ok or finding.advice


@pytest.mark.parametrize(("changed", "seen"), WRONG)
def test_settings_that_contradict_each_other(changed: dict[str, object], seen: str) -> None:
    finding = doctor.check_settings(dataclasses.replace(Settings(), **changed))  # type: ignore[arg-type]
    assert not finding.ok
    assert seen in finding.seen


@pytest.mark.parametrize("public_url", ["", "https://send.example.org", "http://expyuzz4wqqyqhjn.onion"])
def test_settings_that_agree(public_url: str) -> None:
    finding = doctor.check_settings(Settings(public_url=public_url))
    assert finding.ok
    assert finding.seen.endswith(Settings(public_url=public_url).base_url)


@pytest.fixture
def made(app_settings: Settings) -> Settings:
    """Settings of an installation with its key files."""
    crypto.keyring()
    prepare(app_settings)
    return app_settings


def test_good_keys_are_good_and_one_is_reminded_to_keep_a_copy(made: Settings) -> None:
    finding = doctor.check_key(made)
    assert finding.ok, finding.seen
    assert "Keep a copy elsewhere" in finding.seen


@pytest.mark.parametrize("name", ["master.key", "installation.key"])
def test_no_key_a_short_key_and_one_that_others_may_read(made: Settings, name: str) -> None:
    path = made.data_dir / "keys" / name
    for mode in (stat.S_IRGRP, stat.S_IROTH, stat.S_IWGRP):
        path.chmod(0o600 | mode)
        assert "can be read by others" in doctor.check_key(made).seen
    path.chmod(0o600)
    path.write_bytes(b"abc")
    assert re.search(r"must have 32 bytes, not 3|is no key file", doctor.check_key(made).seen)
    path.unlink()
    finding = doctor.check_key(made)
    assert "No such file" in finding.seen
    assert finding.advice == keys.RIGHT_KEY
    assert not path.exists(), "looking for a key makes none"


def test_where_no_key_is_a_new_one_is_for_a_new_installation(made: Settings) -> None:
    made.private_key_path.unlink()
    made.public_key_path.unlink()
    assert doctor.check_key(made).advice == keys.RIGHT_KEY
    made.master_key_path.unlink()
    assert doctor.check_key(made).advice == keys.FIRST_KEY


def test_a_whole_key_that_is_another(made: Settings, contributor: Contributor) -> None:
    contributor.submit()
    assert doctor.check_key(made).ok
    before = made.private_key_path.read_bytes()
    made.private_key_path.unlink()
    made.public_key_path.unlink()
    prepare(made)
    finding = doctor.check_key(made)
    assert (finding.ok, finding.advice) == (False, keys.RIGHT_KEY)
    assert "Stored submissions need the private key" in finding.seen
    made.private_key_path.write_bytes(before)
    assert "but the current pair is" in doctor.check_key(made).seen
    prepare(made)
    assert doctor.check_key(made).ok


def test_the_public_side_needs_its_own_files(made: Settings, contributor: Contributor) -> None:
    contributor.submit()
    public = dataclasses.replace(made, web_side="public")
    assert "transom keys export-public" in doctor.check_key(public).seen
    assert doctor.check_key(public).advice == keys.PUBLIC_KEY
    write_public_secrets(made, crypto.keyring(), {})
    assert "can be read here, though it is not needed" in doctor.check_key(public).seen
    hidden = dataclasses.replace(public, private_key_file="/nowhere/installation.key")
    assert doctor.check_key(hidden).seen.endswith("and no private key")


def test_a_public_key_that_a_rotation_replaced(made: Settings, contributor: Contributor) -> None:
    contributor.submit()
    write_public_secrets(made, crypto.keyring(), {})
    old = made.public_key_path.read_bytes()
    begin(made, {})
    assert rewrap_all().done == 1
    made.public_key_path.write_bytes(old)
    finding = doctor.check_key(dataclasses.replace(made, web_side="public"))
    assert not finding.ok
    assert "copy `installation.pub`" in finding.seen


def test_storage_needs_a_folder_with_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.check_storage(Settings(data_dir=tmp_path)).ok
    assert not doctor.check_storage(Settings(data_dir=tmp_path / "none")).ok
    monkeypatch.setattr(doctor, "MIN_FREE_BYTES", 2**62)
    assert "Free some space" in doctor.check_storage(Settings(data_dir=tmp_path)).advice


def test_a_bucket_that_does_what_it_should(object_storage: ObjectStorage) -> None:
    finding = doctor.check_storage(object_storage.settings)
    assert finding.ok, finding
    assert finding.seen == f"files in {object_storage.url} can be written, read and deleted"
    assert list(object_storage.store.listing("quarantine")) == []


@pytest.mark.parametrize(
    ("changed", "seen", "advice"),
    [
        ({"s3_secret_key": "another"}, "does not accept the secret key", "Check TRANSOM_S3_ACCESS_KEY"),
        ({"s3_url": "{url}-elsewhere"}, "has no such bucket", "Make the bucket"),
        ({"s3_url": "http://127.0.0.1:1/newsroom"}, "does not answer", "Check that it runs"),
    ],
)
def test_what_is_wrong_with_a_bucket(
    object_storage: ObjectStorage, changed: dict[str, str], seen: str, advice: str
) -> None:
    changed = {name: value.format(url=object_storage.url) for name, value in changed.items()}
    finding = doctor.check_storage(dataclasses.replace(object_storage.settings, **changed))  # type: ignore[arg-type]
    assert not finding.ok
    assert seen in finding.seen
    assert finding.advice.startswith(advice)


def test_a_bucket_in_which_destroyed_originals_would_stay(
    object_storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(S3, "keeps_versions", lambda _: True)
    finding = doctor.check_storage(object_storage.settings)
    assert (finding.ok, finding.advice) == (False, doctor.NO_VERSIONS)


def test_a_bucket_that_gives_back_something_else(
    object_storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(S3, "put", lambda *_: None)
    finding = doctor.check_storage(object_storage.settings)
    assert (finding.ok, finding.advice) == (False, doctor.CONSISTENT_STORAGE)


def test_a_shared_key_is_copied_and_not_made(object_storage: ObjectStorage, tmp_path: Path) -> None:
    settings = dataclasses.replace(object_storage.settings, master_key_file=str(tmp_path / "none"))
    assert doctor.check_key(settings).advice == keys.SHARED_KEY


def test_a_database_with_the_tables_of_this_version(app_settings: Settings) -> None:
    finding = doctor.check_database(app_settings)
    assert finding.ok
    assert f"revision {newest_revision()}, named by TRANSOM_DATABASE_URL" in finding.seen


def test_a_database_of_another_version(app_settings: Settings) -> None:
    with engine().begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    finding = doctor.check_database(app_settings)
    assert "has revision 0000, not revision" in finding.seen
    assert finding.advice == "Run `transom migrate`."


def test_which_kind_of_broker_is_in_use_is_said(app_settings: Settings, tmp_path: Path) -> None:
    named = doctor.check_broker(app_settings)
    assert named.ok
    assert "named by TRANSOM_REDIS_URL" in named.seen
    embedded = doctor.check_broker(Settings(data_dir=tmp_path))
    assert (embedded.ok, embedded.seen) == (False, f"the broker does not answer ({doctor.EMBEDDED})")
    stranger = app_settings.broker_url.replace("://", "://nobody:wrong@", 1)
    refused = doctor.check_broker(dataclasses.replace(app_settings, redis_url=stranger))
    assert (refused.ok, refused.advice) == (False, TROUBLES["refused"].advice)


def test_libmagic_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise ImportError("failed to find libmagic")

    assert doctor.check_libmagic(Settings()).ok
    monkeypatch.setattr(identify, "libmagic_version", missing)
    finding = doctor.check_libmagic(Settings())
    assert (finding.ok, finding.advice) == (False, "Install libmagic1, or the package pylibmagic.")


@pytest.mark.parametrize(
    ("is_installed", "setting", "seen"),
    [
        (False, "on", "the optional extra transom[faces] is not installed, no faces are suggested"),
        (True, "on", "the optional extra transom[faces] is installed"),
        (
            True,
            "off",
            "the optional extra transom[faces] is turned off by TRANSOM_FACE_SUGGESTIONS, though it is installed",
        ),
    ],
)
def test_the_extra_for_faces_is_reported_and_its_absence_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, is_installed: bool, setting: str, seen: str
) -> None:
    monkeypatch.setattr(faces, "is_installed", lambda: is_installed)
    finding = doctor.check_faces(Settings(face_suggestions=setting))
    assert (finding.ok, finding.seen) == (True, seen)


def test_codecs_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.check_codecs(Settings()).ok
    monkeypatch.setattr(decoding, "missing", lambda: ["WebP", "AVIF"])
    assert doctor.check_codecs(Settings()).seen == "missing: WebP, AVIF"


def test_a_weaker_sandbox_is_said_and_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "strength", lambda: "limits")
    finding = doctor.check_sandbox(Settings())
    assert finding.ok
    assert "seccomp is not available here" in finding.seen


def test_deletion(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = doctor.check_scrub(app_settings)
    assert (finding.ok, finding.seen) == (True, "the server lets a scrub remove traces. None has run yet")
    scrub.scrub(always=True)
    finding = doctor.check_scrub(app_settings)
    assert finding.ok
    assert finding.seen.startswith("traces of deleted submissions were last removed at ")
    with transaction() as session:
        session.get_one(Scrub, 1).problems = ["The table events was in use."]
    finding = doctor.check_scrub(app_settings)
    assert not finding.ok
    assert "The table events was in use." in finding.seen
    assert "transom scrub" in finding.advice
    lack = server.Missing("The database user may not start a checkpoint.", "GRANT pg_checkpoint TO transom")
    monkeypatch.setattr(server, "missing", lambda _: [lack])
    finding = doctor.check_scrub(app_settings)
    assert (finding.ok, finding.seen) == (False, lack.sentence)
    assert lack.advice in finding.advice
