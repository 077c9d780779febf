"""A backup that is encrypted to a public key: nothing in it is readable without the identity."""

import shutil
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.backup import age, checksums, header
from intake.backup.errors import BackupFault
from intake.backup.folder import Folder
from intake.backup.key import of_installation
from intake.backup.make import back_up
from intake.backup.restore import check, restore
from intake.db import engine, transaction
from intake.health.database import installed
from intake.models import Photo, Submission
from intake.settings import Settings
from intake.storage import files
from tests.backup.conftest import Go
from tests.backup.test_restore import restored_rows, rows


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    """An identity on another machine."""
    age.write_identity(tmp_path / "backup.identity")
    return tmp_path / "backup.identity"


def public(identity: Path) -> str:
    """Public key of an identity."""
    return str(age.identities(identity)[0].to_public())


@pytest.fixture
def sealed(
    accepted: uuid.UUID, received: uuid.UUID, identity: Path, app_settings: Settings, tmp_path: Path
) -> Path:
    """Encrypted backup of two submissions."""
    back_up(tmp_path / "sealed", config=replace(app_settings, backup_recipient=public(identity)))
    return tmp_path / "sealed"


@pytest.fixture
def keys(tmp_path: Path, sealed: Path, app_settings: Settings) -> Path:
    """A copy of the keys."""
    (tmp_path / "stick.keys").write_bytes(of_installation(app_settings).data)
    return tmp_path / "stick.keys"


@pytest.fixture
def empty(go: Go, keys: Path, empty_database_url: str) -> Settings:
    """Empty installation without tables and keys."""
    return go(empty_database_url)


def test_all_that_is_not_sealed_already_is_encrypted(sealed: Path, accepted: uuid.UUID) -> None:
    clear = {"backup.json", "SHA256SUMS"}
    for path in (path for path in sealed.rglob("*") if path.is_file()):
        name = str(path.relative_to(sealed))
        begin = path.read_bytes()[:22]
        if name.startswith("files/"):
            assert begin.startswith(b"TRN1"), name
        elif name not in clear:
            assert name.endswith(".age")
            assert begin == b"age-encryption.org/v1\n", name
        for data in (path.read_bytes(), name.encode()):
            for told in (str(accepted), accepted.hex, "«Ω»", "marta@", "accepted"):
                assert told.encode() not in data, (name, told)


def test_the_machine_that_made_it_cannot_read_it(sealed: Path, app_settings: Settings, go: Go) -> None:
    with pytest.raises(
        BackupFault, match=r"is encrypted: name the identity of age1\w+, with --identity FILE"
    ):
        restore(sealed, app_settings)
    for key in (app_settings.data_dir / "keys").iterdir():
        with pytest.raises(BackupFault, match="has no identity of age"):
            restore(sealed, app_settings, identity=key)


def test_every_row_and_every_photo_is_as_it_was(
    app_settings: Settings, empty: Settings, sealed: Path, keys: Path, identity: Path, accepted: uuid.UUID
) -> None:
    restore(sealed, empty, keys, identity=identity)
    assert restored_rows(empty.database_url) == rows(app_settings.database_url)
    with transaction() as session:
        photo = session.scalars(select(Photo).where(Photo.submission_id == accepted)).one()
        for size in ("full", "web", "thumb"):
            assert files().read(photo.clean_name(size), photo.submission.key)


def test_each_of_several_identities_opens_it(
    accepted: uuid.UUID, app_settings: Settings, tmp_path: Path, identity: Path
) -> None:
    age.write_identity(tmp_path / "other")
    to = f"{public(identity)}, {public(tmp_path / 'other')}"
    back_up(tmp_path / "sealed", config=replace(app_settings, backup_recipient=to))
    for one in (identity, tmp_path / "other"):
        assert check(tmp_path / "sealed", one).manifest.rows("submissions") == 1


def _wrong(tmp_path: Path, identity: Path, how: str) -> Path | None:
    if how == "missing":
        return None
    path = tmp_path / "wrong"
    if how == "another":
        age.write_identity(path)
    elif how == "public":
        path.write_text(public(identity))
    elif how == "binary":
        path.write_bytes(bytes(range(256)))
    elif how == "empty":
        path.write_text("")
    return path


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("missing", "is encrypted: name the identity of age1"),
        ("another", "The identity does not open .*: name that of age1"),
        ("public", "has no identity of age"),
        ("binary", "has no identity of age"),
        ("empty", "has no identity of age"),
        ("not there", "cannot be read"),
    ],
)
def test_a_wrong_or_missing_identity_is_one_sentence_and_restores_nothing(
    empty: Settings, sealed: Path, keys: Path, tmp_path: Path, identity: Path, how: str, said: str
) -> None:
    with pytest.raises(BackupFault, match=said):
        restore(sealed, empty, keys, identity=_wrong(tmp_path, identity, how))
    assert installed(engine())[1] is None
    assert not empty.data_dir.exists()


def _forged(sealed: Path) -> None:
    """Recompute the checksums for the present files, as somebody who forges a backup would."""
    old = header.read(sealed)
    names = [line.split("  ")[1] for line in (sealed / "SHA256SUMS").read_text().splitlines()]
    text = checksums.text_of({name: checksums.digest_of(sealed / name) for name in names})
    (sealed / "SHA256SUMS").write_text(text)
    replace(old, sums=checksums.digest_of(sealed / "SHA256SUMS")).write(Folder(sealed))


@pytest.mark.parametrize(
    ("name", "is_forged"), [("manifest.json.age", False), ("database/submissions.copy.age", True)]
)
@pytest.mark.parametrize(
    "how", ["truncated", "last byte", "middle byte", "header", "of another table", "empty"]
)
def test_what_was_altered_restores_nothing(
    empty: Settings, sealed: Path, keys: Path, identity: Path, name: str, how: str, is_forged: bool
) -> None:
    path = sealed / name
    data = bytearray(path.read_bytes())
    if how == "truncated":
        del data[-20:]
    elif how == "of another table":
        data = bytearray((sealed / "database/jobs.copy.age").read_bytes())
    elif how == "empty":
        data.clear()
    else:
        data[{"last byte": -1, "middle byte": -60, "header": 60}[how]] ^= 1
    path.write_bytes(data)
    if is_forged:
        _forged(sealed)
    with pytest.raises(BackupFault, match=r"use another backup\.$"):
        restore(sealed, empty, keys, identity=identity)
    assert installed(engine())[1] is None
    assert not empty.data_dir.exists()


def test_nothing_in_clear_touches_the_disk(
    accepted: uuid.UUID,
    app_settings: Settings,
    tmp_path: Path,
    identity: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rows pass through memory in chunks: no write exceeds 1 MiB, and no temporary file is made."""
    import tempfile

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    for name in ("mkstemp", "TemporaryFile", "NamedTemporaryFile", "mkdtemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)
    written: list[int] = []
    write = checksums.HashingWriter.write

    def counted(self: checksums.HashingWriter, data: bytes) -> int:
        written.append(len(data))
        return write(self, data)

    monkeypatch.setattr(checksums.HashingWriter, "write", counted)
    back_up(tmp_path / "sealed", config=replace(app_settings, backup_recipient=public(identity)))
    assert max(written) <= 1024 * 1024


def test_a_table_of_many_chunks_is_streamed(tmp_path: Path, identity: Path) -> None:
    folder = Folder.fresh(tmp_path / "backup", [public(identity)])
    chunk, count = b"x" * 100_000, 300
    alive = 0

    def chunks() -> Iterator[bytes]:
        nonlocal alive
        for number in range(count):
            alive = number
            yield chunk

    seen: list[tuple[int, int]] = []
    target = folder.root / "database/large.copy.age"
    add, written = age.encrypt, 0

    class Noted:
        def write(self, data: bytes) -> None:
            nonlocal written
            written += len(data)
            seen.append((alive, written))

    add(chunks(), Noted(), age.recipients([public(identity)]))
    # When a chunk is read, at most the last few chunks before it are not written yet.
    assert all((read + 1) * len(chunk) - done < 4 * len(chunk) for read, done in seen[3:])
    folder.add_sealed("database/large.copy", chunks())
    assert target.stat().st_size > count * len(chunk)
    taken: list[int] = []
    Folder(folder.root, [public(identity)], age.identities(identity)).pour(
        "database/large.copy", lambda data: taken.append(len(data))
    )
    assert (sum(taken), max(taken) <= 65536) == (count * len(chunk), True)


@pytest.mark.parametrize("name", ["nonsense", "age1" + "q" * 58])
def test_a_recipient_that_is_none_makes_no_backup(
    accepted: uuid.UUID, app_settings: Settings, tmp_path: Path, name: str
) -> None:
    with pytest.raises(BackupFault, match="which is no public key of age"):
        back_up(tmp_path / "sealed", config=replace(app_settings, backup_recipient=name))
    assert not list(tmp_path.glob("sealed/**/*.copy*"))


AGE = pytest.mark.skipif(not shutil.which("age"), reason="the machine has no age")


@AGE
def test_the_program_age_reads_it(sealed: Path, identity: Path) -> None:
    done = subprocess.run(
        ["age", "--decrypt", "--identity", identity, sealed / "manifest.json.age"],
        capture_output=True,
        check=True,
    )
    assert b'"tables"' in done.stdout


@AGE
def test_an_identity_of_age_keygen_opens_it(
    accepted: uuid.UUID, app_settings: Settings, tmp_path: Path
) -> None:
    subprocess.run(["age-keygen", "-o", tmp_path / "of-age"], capture_output=True, check=True)
    to = subprocess.run(["age-keygen", "-y", tmp_path / "of-age"], capture_output=True, text=True, check=True)
    back_up(tmp_path / "sealed", config=replace(app_settings, backup_recipient=to.stdout.strip()))
    assert check(tmp_path / "sealed", tmp_path / "of-age").manifest.rows("submissions") == 1


def test_the_text_of_a_submission_is_read_in_the_restored_one_only(
    empty: Settings, sealed: Path, keys: Path, identity: Path, accepted: uuid.UUID
) -> None:
    restore(sealed, empty, keys, identity=identity)
    with transaction() as session:
        assert session.get_one(Submission, accepted).status == "accepted"
