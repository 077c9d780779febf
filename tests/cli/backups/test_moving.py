"""An admin rotates the keys, backs up, and restores elsewhere with the keys and the identity given."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.backup import age
from intake.crypto import keyring, new_key
from intake.db import transaction
from intake.health import doctor
from intake.keys.files import key_holder, prepare
from intake.keys.pair import new_pair
from intake.models import Submission
from intake.settings import Settings
from tests.cast import Contributor, RunJobs
from tests.cli.commands import sentence, transom
from tests.cli.conftest import Reset
from tests.photos.made import jpeg_with_gps


@dataclass(frozen=True)
class Kept:
    """Things that an admin keeps: the backup, copies of the keys before and after the rotation, and the identity."""

    backup: Path
    before: Path
    after: Path
    identity: Path
    submission_id: uuid.UUID


@pytest.fixture
def kept(
    contributor: Contributor, run_jobs: RunJobs, app_settings: Settings, reset: Reset, tmp_path: Path
) -> Kept:
    """Backup after a rotation of the keys."""
    keyring()
    prepare(app_settings)
    identity = tmp_path / "backup.identity"
    assert transom("backups", "keygen", str(identity)).exit_code == 0
    reset(TRANSOM_BACKUP_RECIPIENT=str(age.identities(identity)[0].to_public()))
    submission_id = contributor.submit(jpeg_with_gps(64, 48, "CNRYmoved"))
    run_jobs()
    before, after = tmp_path / "before.keys", tmp_path / "after.keys"
    for words in (
        ("backup", str(tmp_path / "place" / "first"), "--key", str(before)),
        ("keys", "rotate"),
        ("backup", str(tmp_path / "place" / "second"), "--key", str(after)),
        ("keys", "destroy-old", "--yes"),
        ("keys", "check"),
    ):
        done = transom(*words)
        assert done.exit_code == 0, done.output
    return Kept(tmp_path / "place" / "second", before, after, identity, submission_id)


Enter = Callable[[], Settings]


@pytest.fixture
def enter(kept: Kept, reset: Reset, empty_database_url: str, tmp_path: Path) -> Enter:
    """Enter another installation, which is empty."""

    def entered() -> Settings:
        key_holder.cache_clear()
        keyring.cache_clear()
        return reset(TRANSOM_DATA_DIR=str(tmp_path / "elsewhere"), TRANSOM_DATABASE_URL=empty_database_url)

    return entered


def restored(kept: Kept, enter: Enter) -> Settings:
    config = enter()
    done = transom("restore", str(kept.backup), "--key", str(kept.after), "--identity", str(kept.identity))
    assert done.exit_code == 0, done.output
    return config


def test_all_of_it_opens_there(kept: Kept, enter: Enter) -> None:
    config = restored(kept, enter)
    assert transom("keys", "check").exit_code == 0
    assert doctor.check_key(config).ok
    with transaction() as session:
        found = session.get_one(Submission, kept.submission_id)
        assert found.status == "in_review"
        assert len(found.key) == 32


def test_keys_from_before_the_rotation_do_not_open_a_backup_from_after_it(kept: Kept, enter: Enter) -> None:
    enter()
    words = ("restore", str(kept.backup), "--key", str(kept.before), "--identity", str(kept.identity))
    done = transom(*words)
    assert done.exit_code == 1
    assert "does not open this backup" in done.stderr.splitlines()[-1]
    # The keys from before the rotation open the backup from before the rotation.
    done = transom("restore", str(kept.backup.parent / "first"), *words[2:])
    assert done.exit_code == 0, done.output


def _replace_private(config: Settings) -> None:
    pair = new_pair()
    config.private_key_path.write_text(f"{pair.id} {pair.raw.hex()}\n")
    config.public_key_path.write_text(f"{pair.public.id} {pair.public.raw.hex()}\n")


FAULTS: dict[str, tuple[Callable[[Settings], object], str]] = {
    "private key missing": (
        lambda config: config.private_key_path.unlink(),
        "The private key .* cannot be read",
    ),
    "private key damaged": (
        lambda config: config.private_key_path.write_text("words"),
        "is no key file of Transom",
    ),
    "another private key": (_replace_private, "Stored submissions need the private key"),
    "secret missing": (lambda config: config.master_key_path.unlink(), "The application secret .*"),
    "another secret": (
        lambda config: config.master_key_path.write_bytes(new_key()),
        "is not the one from which .* was written",
    ),
    "short secret": (lambda config: config.master_key_path.write_bytes(b"words"), "must have 32 bytes"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_or_missing_key_is_one_sentence_everywhere(kept: Kept, enter: Enter, name: str) -> None:
    config = restored(kept, enter)
    assert transom("migrate").exit_code == 0
    spoil, said = FAULTS[name]
    spoil(config)
    key_holder.cache_clear()
    keyring.cache_clear()
    for words in (("worker",), ("keys", "check")):
        told = sentence(transom(*words))
        assert _matches(said, told), (words, told)
    finding = doctor.check_key(config)
    assert not finding.ok
    assert _matches(said, finding.seen)
    assert finding.advice
    if name.endswith("missing"):
        there = [path.exists() for path in (config.private_key_path, config.master_key_path)]
        assert there.count(False) == 1, "a key was made instead of the missing one"


def _matches(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None and "\n" not in text


def test_a_lost_key_is_put_back_from_the_copy(kept: Kept, enter: Enter, tmp_path: Path) -> None:
    config = restored(kept, enter)
    assert transom("migrate").exit_code == 0
    config.private_key_path.unlink()
    config.master_key_path.unlink()
    (tmp_path / "words").write_text("words")
    assert "is no copy of the keys" in sentence(transom("keys", "restore", str(tmp_path / "words")))
    assert "Another key is in" in sentence(transom("keys", "restore", str(kept.before)))
    done = transom("keys", "restore", str(kept.after))
    assert done.exit_code == 0, done.output
    assert config.private_key_path.stat().st_mode & 0o777 == 0o600
    assert transom("keys", "check").exit_code == 0
    _replace_private(config)
    assert "Another key is in" in sentence(transom("keys", "restore", str(kept.after)))


def test_a_copy_from_before_older_keys_were_destroyed_puts_back_the_secret_alone(
    kept: Kept, enter: Enter
) -> None:
    config = restored(kept, enter)
    assert transom("migrate").exit_code == 0
    assert transom("keys", "destroy-old", "--yes").exit_code == 0
    key = config.private_key_path.read_bytes()
    config.master_key_path.unlink()
    done = transom("keys", "restore", str(kept.after))
    assert done.exit_code == 0, done.output
    assert config.private_key_path.read_bytes() == key
    assert transom("keys", "check").exit_code == 0


def test_a_copy_is_put_back_while_the_database_is_stopped(
    kept: Kept, enter: Enter, reset: Reset, nowhere: int
) -> None:
    enter()
    config = reset(TRANSOM_DATABASE_URL=f"postgresql://transom@127.0.0.1:{nowhere}/transom")
    done = transom("keys", "restore", str(kept.after))
    assert done.exit_code == 0, done.output
    assert "The database does not answer" in done.stdout
    assert "`transom keys check`" in done.stdout
    assert config.private_key_path.stat().st_mode & 0o777 == 0o600
