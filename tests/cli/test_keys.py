import shutil
import uuid

import pytest
from sqlalchemy import select

from intake.crypto import keyring
from intake.db import transaction
from intake.keys.files import key_holder, prepare, read_private
from intake.models import Event, Submission
from intake.settings import Settings
from tests.cast import Contributor
from tests.cli.commands import sentence, transom
from tests.cli.conftest import Reset
from tests.former_keys import former_wrap


@pytest.fixture
def sent(contributor: Contributor, app_settings: Settings) -> list[uuid.UUID]:
    """Three submissions."""
    keyring()
    prepare(app_settings)
    return [contributor.submit() for _ in range(3)]


def opens(submission_ids: list[uuid.UUID]) -> bool:
    key_holder.cache_clear()
    with transaction() as session:
        return all(session.get_one(Submission, one).key for one in submission_ids)


def test_the_list_shows_pairs_and_other_holders(sent: list[uuid.UUID], app_settings: Settings) -> None:
    (only,) = read_private(app_settings.private_key_path).keys
    with transaction() as session:
        former_wrap(session, sent[0])
    assert transom("keys", "list").stdout.splitlines() == [
        f"{only.id}         2 submissions  current pair",
        "application              1 submission   the application secret, from before key pairs",
        "receipt                  2 submissions  the contributors' receipts",
    ]


def test_a_pair_whose_private_key_is_missing_is_listed(sent: list[uuid.UUID], app_settings: Settings) -> None:
    (only,) = read_private(app_settings.private_key_path).keys
    app_settings.private_key_path.unlink()
    app_settings.public_key_path.unlink()
    prepare(app_settings)
    assert (
        f"{only.id}         3 submissions  MISSING: no private key is here" in transom("keys", "list").stdout
    )


def test_a_whole_rotation(sent: list[uuid.UUID], app_settings: Settings) -> None:
    (old,) = read_private(app_settings.private_key_path).keys
    said = transom("keys", "rotate")
    assert said.exit_code == 0, said.output
    new = read_private(app_settings.private_key_path).current
    assert f"New pair {new.id}.\nWrapped the keys of 3 submissions.\n" in said.stdout
    assert "`transom backup FOLDER --key FILE`" in said.stdout
    assert opens(sent)
    assert f"{old.id}         0 submissions  older pair" in transom("keys", "list").stdout
    assert transom("keys", "check").exit_code == 0
    said = transom("keys", "destroy-old", "--yes")
    assert said.stdout == f"Wrapped the keys of 0 submissions.\nDestroyed: {old.id}.\n"
    assert transom("keys", "destroy-old", "--yes").stdout.endswith("There is no older private key.\n")
    assert opens(sent)
    assert transom("keys", "check").stdout.endswith(f"The current pair is {new.id}.\n")
    with transaction() as session:
        found = session.scalars(select(Event).where(Event.name.like("keys.%")).order_by(Event.id))
        assert [(one.name, one.data) for one in found] == [
            ("keys.rotated", {"key": new.id, "submissions": 3, "failed": 0}),
            ("keys.destroyed", {"keys": [old.id]}),
        ]


def test_destroying_asks_first(sent: list[uuid.UUID], app_settings: Settings) -> None:
    transom("keys", "rotate")
    before = app_settings.private_key_path.read_bytes()
    assert transom("keys", "destroy-old", stdin="n\n").exit_code == 1
    assert app_settings.private_key_path.read_bytes() == before


def test_destroying_first_wraps_what_came_to_the_old_pair(
    contributor: Contributor, sent: list[uuid.UUID], app_settings: Settings
) -> None:
    # A server for contributors may still have the old public key, and wrap new submissions to it.
    old = app_settings.public_key_path.read_bytes()
    transom("keys", "rotate")
    new = app_settings.public_key_path.read_bytes()
    app_settings.public_key_path.write_bytes(old)
    key_holder.cache_clear()
    late = contributor.submit()
    app_settings.public_key_path.write_bytes(new)
    assert "Wrapped the keys of 1 submission." in transom("keys", "destroy-old", "--yes").stdout
    assert opens([*sent, late])


def test_keys_that_do_not_open_are_named(sent: list[uuid.UUID], app_settings: Settings) -> None:
    app_settings.private_key_path.unlink()
    app_settings.public_key_path.unlink()
    prepare(app_settings)
    key_holder.cache_clear()
    assert "Stored submissions need the private key" in sentence(transom("keys", "check"))
    result = transom("keys", "rotate")
    assert result.exit_code == 1
    assert "The keys of 3 submissions do not open with the key files here: " in result.stderr
    assert str(sent[0])[:8] in result.stderr


@pytest.mark.parametrize("command", ["list", "check", "rotate", "destroy-old"])
@pytest.mark.parametrize("data", [None, b"words"], ids=["missing", "damaged"])
def test_a_key_file_that_is_missing_or_damaged(
    sent: list[uuid.UUID], app_settings: Settings, command: str, data: bytes | None
) -> None:
    path = app_settings.private_key_path
    path.unlink()
    if data is not None:
        path.write_bytes(data)
        path.chmod(0o600)
    said = transom("keys", command, *(["--yes"] if command == "destroy-old" else []))
    assert said.exit_code == 1
    assert f"Error: The private key {path} " in said.stderr
    assert "Traceback" not in said.output


def test_the_database_is_away(database_away: Settings) -> None:
    for command in ("list", "check", "rotate"):
        prepare(database_away)
        keyring()
        assert sentence(transom("keys", command)).startswith("The database does not answer.")


def test_files_for_a_server_for_contributors(sent: list[uuid.UUID], reset: Reset) -> None:
    config = reset()
    folder = config.data_dir / "public"
    said = transom("keys", "export-public", str(folder))
    assert said.stdout.splitlines() == [
        f"Wrote {folder}/installation.pub.",
        f"Wrote {folder}/public.secrets.",
    ]


def test_a_folder_that_cannot_be_written(sent: list[uuid.UUID]) -> None:
    assert sentence(transom("keys", "export-public", "/proc/nothing")).startswith(
        "/proc/nothing cannot be written"
    )


def test_keys_of_a_new_installation_with_a_bucket(reset: Reset) -> None:
    config = reset(
        TRANSOM_S3_URL="https://s3.example.org/newsroom",
        TRANSOM_S3_ACCESS_KEY="newsroom",
        TRANSOM_S3_SECRET_KEY="-",
    )
    said = transom("keys", "create")
    assert said.stdout == f"The key files are in {config.private_key_path.parent}.\n"
    assert config.master_key_path.exists()
    before = config.private_key_path.read_bytes()
    assert transom("keys", "create").exit_code == 0
    assert config.private_key_path.read_bytes() == before


def test_no_secret_is_made_beside_other_key_files(sent: list[uuid.UUID], app_settings: Settings) -> None:
    app_settings.master_key_path.unlink()
    for lost in (None, app_settings.private_key_path):
        if lost:
            lost.unlink()
        assert "The application secret" in sentence(transom("keys", "create"))
        assert "The application secret" in sentence(transom("worker"))
    assert not app_settings.master_key_path.exists()


def test_no_pair_is_made_while_stored_submissions_need_another(
    sent: list[uuid.UUID], app_settings: Settings
) -> None:
    shutil.rmtree(app_settings.private_key_path.parent)
    for command in ("migrate", "worker"):
        assert sentence(transom(command)).startswith("Stored submissions need the private key")
    assert not app_settings.private_key_path.parent.exists()


def test_migrating_wraps_keys_of_before(sent: list[uuid.UUID], app_settings: Settings) -> None:
    with transaction() as session:
        former_wrap(session, *sent)
    said = transom("migrate")
    assert said.stdout == "Wrapped the keys of 3 submissions.\n"
    assert opens(sent)
    assert '"wrap"' in app_settings.public_secrets_path.read_text()


def test_a_worker_without_its_key_says_so_and_does_not_start(
    sent: list[uuid.UUID], app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.execve", lambda *_: pytest.fail("it started"))
    app_settings.private_key_path.unlink()
    said = sentence(transom("worker"))
    assert said.startswith(f"The private key {app_settings.private_key_path} cannot be read")
    assert said.endswith("See docs/ops/keys.md.")


def test_a_worker_with_another_key_says_so_and_does_not_start(
    sent: list[uuid.UUID], app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.execve", lambda *_: pytest.fail("it started"))
    app_settings.private_key_path.unlink()
    app_settings.public_key_path.unlink()
    assert sentence(transom("worker", "photos")).startswith("Stored submissions need the private key")


def test_the_worker_that_mails_needs_no_key(
    sent: list[uuid.UUID], app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr("os.execve", lambda *args: started.append(args))
    app_settings.private_key_path.unlink()
    assert transom("worker", "notify").exit_code == 0
    assert started


def test_a_server_for_contributors_without_its_files_says_so_and_does_not_start(reset: Reset) -> None:
    reset(TRANSOM_WEB_SIDE="public")
    assert "transom keys export-public" in sentence(transom("web"))
