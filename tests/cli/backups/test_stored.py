import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.backup import age, header
from intake.backup.folder import Folder
from intake.crypto import keyring
from intake.db import transaction
from intake.models import Event, Submission
from intake.settings import Settings, SettingsError
from tests.cli.commands import sentence, transom
from tests.cli.conftest import Reset


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    """An identity, made by the command."""
    path = tmp_path / "backup.identity"
    assert transom("backups", "keygen", str(path)).exit_code == 0
    return path


@pytest.fixture
def recipient(identity: Path) -> str:
    return str(age.identities(identity)[0].to_public())


@pytest.fixture
def place(in_review: Submission, recipient: str, reset: Reset, tmp_path: Path) -> Path:
    """Folder with one encrypted backup, and settings with a policy."""
    reset(TRANSOM_BACKUP_RECIPIENT=recipient, TRANSOM_BACKUP_KEEP="7d, 4w")
    keyring()
    done = transom("backup", str(tmp_path / "place" / "first"), "--key", str(tmp_path / "copy.keys"))
    assert done.exit_code == 0, done.output
    return tmp_path / "place"


def older(root: Path, days: int) -> None:
    """Set the date of a backup to some days ago."""
    from dataclasses import replace

    found = header.read(root)
    replace(found, made_at=(found.at - timedelta(days=days)).isoformat()).write(Folder(root))


def test_an_identity_is_private_and_says_what_to_set(tmp_path: Path) -> None:
    done = transom("backups", "keygen", str(tmp_path / "id"))
    text = (tmp_path / "id").read_text()
    assert (tmp_path / "id").stat().st_mode & 0o777 == 0o600
    public = text.splitlines()[1].removeprefix("# public key: ")
    assert done.stdout.splitlines()[-1] == f"TRANSOM_BACKUP_RECIPIENT={public}"
    assert "AGE-SECRET-KEY" not in done.output
    assert "exists" in sentence(transom("backups", "keygen", str(tmp_path / "id")))
    assert (tmp_path / "id").read_text() == text
    assert "cannot be written" in sentence(transom("backups", "keygen", str(tmp_path / "no" / "id")))


def test_a_secret_key_as_recipient_is_refused_and_not_shown(reset: Reset, identity: Path) -> None:
    secret = identity.read_text().splitlines()[-1]
    with pytest.raises(SettingsError, match="the secret key, which must not be on this machine") as told:
        reset(TRANSOM_BACKUP_RECIPIENT=secret)
    assert secret not in str(told.value)


def test_it_says_what_is_deleted_and_when(place: Path, recipient: str) -> None:
    older(place / "first", 40)
    done = transom("backup", str(place / "second"))
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[1:] == [
        f"It is encrypted. Only the identity of {recipient} opens it.",
        "It does not contain the keys. Keep a copy of them elsewhere. With --key FILE, this command writes one.",
        f"Deleted {place / 'first'}, which TRANSOM_BACKUP_KEEP does not keep.",
        f"Submissions deleted before {datetime.now(UTC).date()} are in no backup here any more.",
        f"Those deleted today will be gone from the oldest backup by {(datetime.now(UTC) + timedelta(days=29)).date()}.",
    ]
    assert "not encrypted" not in done.stderr
    assert not (place / "first").exists()
    with transaction() as session:
        found = session.scalars(select(Event).where(Event.name.like("backup.%")).order_by(Event.id))
        told = [(one.name, one.data) for one in found]
    long_ago = f"{datetime.now(UTC) - timedelta(days=40):%Y-%m-%d}"
    assert [name for name, _ in told] == ["backup.made", "backup.made", "backup.deleted"]
    assert told[1][1]["encrypted"] is True
    assert told[2][1]["made"].startswith(long_ago)


def test_what_an_interrupted_one_left_is_deleted(place: Path, app_settings: Settings) -> None:
    from intake.backup import mark
    from intake.backup.installation import name_of

    (place / "cut").mkdir()
    mark.leave(place / "cut", name_of(app_settings))
    done = transom("backup", str(place / "second"))
    assert done.stdout.startswith(f"Deleted {place / 'cut'}, a backup that was interrupted.\n")
    assert not (place / "cut").exists()


def test_the_list(place: Path) -> None:
    older(place / "first", 10)
    transom("backup", str(place / "second"))
    older(place / "first", 30)
    done = transom("backups", "list", str(place))
    lines = done.stdout.splitlines()
    assert lines[0].endswith(f"encrypted      {place / 'first'}  not kept by the policy")
    assert lines[1].endswith(f"encrypted      {place / 'second'}")
    begun = (datetime.now(UTC) - timedelta(days=40)).date()
    assert lines[2] == f"Submissions deleted before {begun} are in no backup here any more."
    assert "no complete backup" in transom("backups", "list", str(place / "nothing")).stdout


def test_pruning_can_be_tried(place: Path, reset: Reset) -> None:
    older(place / "first", 10)
    transom("backup", str(place / "second"))
    older(place / "first", 30)
    done = transom("backups", "prune", str(place), "--dry-run")
    assert done.stdout.splitlines() == [
        f"Would delete {place / 'first'}.",
        "1 of 2 backups would be deleted.",
    ]
    assert (place / "first").exists()
    # If the newest backup is damaged, the older one may be the last good one, and must not be deleted.
    (place / "second" / "present.age").write_bytes(b"")
    assert "is not what was backed up" in transom("backups", "prune", str(place)).stderr
    assert (place / "first").exists()
    shutil.rmtree(place / "second")
    transom("backup", str(place / "third"))
    assert not (place / "first").exists()
    assert transom("backups", "prune", str(place)).exit_code == 0
    assert (place / "third").exists()
    reset(TRANSOM_BACKUP_KEEP="")
    assert "No policy says what to keep" in sentence(transom("backups", "prune", str(place)))


def test_nothing_is_pruned_without_the_secret(place: Path, app_settings: Settings) -> None:
    app_settings.master_key_path.unlink()
    assert "no backup is recognised" in sentence(transom("backups", "prune", str(place)))


def test_verification_needs_no_identity(place: Path, identity: Path) -> None:
    done = transom("backups", "verify", str(place / "first"))
    assert (done.exit_code, done.stdout) == (
        0,
        f"All checksums of {place / 'first'} are right. With --identity, it is decrypted, too.\n",
    )
    done = transom("backups", "verify", str(place / "first"), "--identity", str(identity))
    assert "can be restored: its checksums are right, and the identity opens it" in done.stdout
    path = place / "first/database/submissions.copy.age"
    path.write_bytes(path.read_bytes()[:-1])
    done = transom("backups", "verify", str(place / "first"))
    assert done.exit_code == 1
    assert "is not what was backed up: use another backup." in done.stderr


def test_there_and_back_with_the_identity_from_standard_input(
    place: Path, identity: Path, reset: Reset, empty_database_url: str, tmp_path: Path
) -> None:
    reset(TRANSOM_DATA_DIR=str(tmp_path / "elsewhere"), TRANSOM_DATABASE_URL=empty_database_url)
    words = ("restore", str(place / "first"), "--key", str(tmp_path / "copy.keys"))
    assert "is encrypted: name the identity of age1" in sentence(transom(*words))
    done = transom(*words, "--identity", "-", stdin=identity.read_text())
    assert done.exit_code == 0, done.output
    told = done.stdout.splitlines()
    assert told[0].startswith("Restored 1 submission, 0 photos and 0 encrypted files, as of 20")
    assert told[1].startswith("Submissions that were withdrawn or deleted after 20")
