"""An attacker with a full copy of the contributors' host (database, files, keys, settings, memory) reads no text."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psutil
import pytest
from sqlalchemy import select

from intake import receipts
from intake.crypto import KeyFault, keyring, new_key
from intake.db import transaction
from intake.keys.files import key_holder, prepare, read_private
from intake.keys.pair import PrivateKey
from intake.keys.rotation import export_public
from intake.models import Heartbeat, Note, Revision, Submission
from intake.models.lookup import by_receipt
from intake.settings import Settings
from intake.storage import files
from intake.submissions import draft
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned, join
from tests.forgetting import forget
from tests.photos.made import jpeg_with_gps
from tests.waiting import until
from tests.web.server.conftest import Served

if TYPE_CHECKING:
    import uuid

DESK_PURPOSES = (
    "totp",
    "recovery code",
    "session",
    "password",
    "token",
    "invitation",
    "wrap",
    "openid subject",
    "words of the desk",
    "terms of the desk",
)


class Secrets:
    """Secrets of the whole installation, and two submissions with their receipts and keys."""

    def __init__(self, settings: Settings) -> None:
        contributor, editor = Contributor(), join("Asel Nurbekova", "editor")
        self.private = [key.raw for key in read_private(settings.private_key_path).keys]
        self.master = settings.master_key_path.read_bytes()
        self.desk = [keyring().subkey(purpose) for purpose in DESK_PURPOSES]
        self.receipts: dict[uuid.UUID, str] = {}
        for _ in range(2):
            contributor.submit(jpeg_with_gps(64, 48, "CNRY"), contact="signal: +7 700")
            self.receipts[contributor.submission_id] = contributor.receipt
            with transaction() as session:
                text_cleaned(session, contributor.submission_id, cleaned(title=contributor.receipt))
                session.add(Note(submission_id=contributor.submission_id, editor_id=editor.id, body="Why?"))
        with transaction() as session:
            receipt = receipts.derive(receipts.new_token())
            begun = draft.begin(session, receipt, new_key())
            self.receipts[begun.id] = receipt
        with transaction() as session:
            self.keys = {one: session.get_one(Submission, one).key for one in self.receipts}


@pytest.fixture
def secrets(app_settings: Settings) -> Secrets:
    keyring()
    prepare(app_settings)
    return Secrets(app_settings)


@pytest.fixture
def copied(
    secrets: Secrets, app_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Secrets:
    """Simulate a copy of the public host, without the key files that only the desk's host has."""
    public, pair = export_public(app_settings, keyring(), tmp_path / "public", {})
    monkeypatch.setenv("TRANSOM_WEB_SIDE", "public")
    monkeypatch.setenv("TRANSOM_PUBLIC_KEY_FILE", str(public))
    monkeypatch.setenv("TRANSOM_PUBLIC_SECRETS_FILE", str(pair))
    app_settings.private_key_path.unlink()
    app_settings.master_key_path.unlink()
    forget()
    return secrets


def test_without_a_receipt_no_submission_and_no_draft_opens(copied: Secrets) -> None:
    for one in copied.receipts:
        with transaction() as session, pytest.raises(KeyFault):
            _ = session.get_one(Submission, one).key
    for purpose in DESK_PURPOSES:
        with pytest.raises(KeyFault):
            keyring().subkey(purpose)


def test_with_a_receipt_exactly_one_opens(copied: Secrets) -> None:
    for one, receipt in copied.receipts.items():
        with transaction() as session:
            found = by_receipt(session, receipt)
            assert found
            assert (found.id, found.key) == (one, copied.keys[one])
            for photo in found.photos:
                assert files().read(photo.quarantine_name, found.key).startswith(b"\xff\xd8\xff")
        for other in copied.receipts.keys() - {one}:
            with transaction() as session:
                found = session.get_one(Submission, other)
                found.open_with(receipt=receipt)
                with pytest.raises(KeyFault):
                    _ = found.key


def test_words_open_with_their_receipt_alone(copied: Secrets) -> None:
    """Texts written at the desk cannot be decrypted at all."""
    sent = select(Revision).where(Revision.number == 1)
    for one, receipt in copied.receipts.items():
        with transaction() as session:
            assert by_receipt(session, receipt)
            opened = []
            for revision in session.scalars(sent):
                with contextlib.suppress(KeyFault):
                    opened.append(revision.title)
                with pytest.raises(KeyFault):
                    _ = revision.details
            is_sent = session.get_one(Submission, one).status != "draft"
            assert opened == ([receipt] if is_sent else [])
            for note in session.scalars(select(Note)):
                with pytest.raises(KeyFault):
                    _ = note.body


def test_it_takes_submissions_that_only_the_desk_and_the_receipt_open(copied: Secrets) -> None:
    contributor = Contributor()
    contributor.submit()
    with transaction() as session, pytest.raises(KeyFault, match="serves contributors only"):
        _ = session.get_one(Submission, contributor.submission_id).key
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        (row,) = [row for row in found.keys if row.holder == key_holder().public().id]
        key = PrivateKey(copied.private[0]).unwrap(row.wrapped, found.id)
        mine = by_receipt(session, contributor.receipt)
        assert mine
        assert mine.key == key


def memory(process: psutil.Process) -> Iterator[bytes]:
    """Yield the writable memory of a process, one mapping at a time."""
    with open(f"/proc/{process.pid}/mem", "rb", buffering=0) as source:
        for line in Path(f"/proc/{process.pid}/maps").read_text().splitlines():
            span, rights = line.split()[:2]
            begin, end = (int(one, 16) for one in span.split("-"))
            if rights.startswith("rw"):
                with contextlib.suppress(OSError, OverflowError, ValueError):
                    source.seek(begin)
                    yield source.read(end - begin)


def found_in(processes: list[psutil.Process], wanted: dict[str, bytes]) -> set[str]:
    """Names of the wanted bytes that are in the memory of the processes, raw or in hexadecimal."""
    names = set()
    for process in processes:
        for part in memory(process):
            names |= {name for name, one in wanted.items() if one in part or one.hex().encode() in part}
    return names


@pytest.fixture
def public_host(copied: Secrets, request: pytest.FixtureRequest) -> Served:
    served: Served = request.getfixturevalue("served")
    return served


def test_its_memory_has_no_key_that_opens_what_others_sent(copied: Secrets, public_host: Served) -> None:
    opened, *others = copied.receipts
    form = urlencode({"receipt": receipts.grouped(copied.receipts[opened])})
    head = f"Host: here\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n"
    assert b" 200 " in public_host.talk(f"POST /receipt HTTP/1.0\r\n{head}\r\n{form}".encode())
    assert b" 200 " in public_host.talk(b"GET / HTTP/1.0\r\nHost: here\r\n\r\n")
    assert b" 404 " in public_host.talk(b"GET /desk/ HTTP/1.0\r\nHost: here\r\n\r\n")
    parent = psutil.Process(public_host.process.pid)
    processes = [parent, *parent.children(recursive=True)]
    assert len(processes) > 1
    held = {purpose: keyring().subkey(purpose) for purpose in ("receipt", "form token")}
    try:
        assert found_in(processes, held) == set(held), "the search finds what is there"
    except PermissionError:
        pytest.skip("the memory of another process cannot be read here")
    wanted = {f"private {number}": one for number, one in enumerate(copied.private)}
    wanted |= {f"desk {purpose}": one for purpose, one in zip(DESK_PURPOSES, copied.desk, strict=True)}
    wanted |= {"master": copied.master, **{f"key {one}": copied.keys[one] for one in others}}
    assert found_in(processes, wanted) == set()


@pytest.mark.parametrize("name", ["relay", "scheduler"])
def test_relay_and_scheduler_hold_no_key(
    secrets: Secrets, app_settings: Settings, tmp_path: Path, name: str
) -> None:
    """The key files are at their usual paths, so both processes could read them."""
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "intake", name], stdout=log, stderr=log)
    try:
        until(lambda: _is_alive(name))
        wanted = {"master": app_settings.master_key_path.read_bytes(), "private": secrets.private[0]}
        wanted |= {f"desk {purpose}": one for purpose, one in zip(DESK_PURPOSES, secrets.desk, strict=True)}
        wanted |= {f"key {one}": key for one, key in secrets.keys.items()}
        present = {"database": app_settings.database_url.encode()[-20:]}
        try:
            assert found_in([psutil.Process(process.pid)], wanted | present) == {"database"}
        except PermissionError:
            pytest.skip("the memory of another process cannot be read here")
    finally:
        process.terminate()
        process.wait(20)


def _is_alive(kind: str) -> bool:
    with transaction() as session:
        return session.scalar(select(Heartbeat.name).where(Heartbeat.kind == kind)) is not None
