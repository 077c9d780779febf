"""Sending over a connection that breaks."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from intake import receipts
from intake.cli.contribute import client, upload
from intake.db import transaction
from intake.models.lookup import by_receipt
from intake.storage import files
from tests.cli.commands import transom
from tests.journeys.line import Line, line

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the delays before a retry."""
    for module in (client, upload):
        monkeypatch.setattr(module, "DELAYS", (0.3,) * 4)


@pytest.fixture
def large(picture: Path) -> Path:
    """Photo of 5 MB."""
    with picture.open("ab") as file:
        file.write(os.urandom(5 * MB))
    return picture


def port_of(url: str) -> int:
    port = urlsplit(url).port
    assert port
    return port


def photos(receipt: str) -> list[bytes]:
    """Bytes of the photos in quarantine."""
    with transaction() as session:
        found = by_receipt(session, receipts.canonical(receipt) or "")
        assert found
        return [files().read(one.quarantine_name, found.key) for one in found.photos]


def test_a_line_that_is_cut_carries_no_byte_twice(url: str, large: Path) -> None:
    with line(port_of(url), cut_every=MB) as wire:
        result = transom(
            "submit", "--to", f"http://127.0.0.1:{wire.port}", "--title", "T", "--photo", str(large)
        )
    assert result.exit_code == 0, result.output
    assert photos(result.stdout.splitlines()[0]) == [large.read_bytes()]
    assert wire.cuts >= 3
    assert wire.sent <= 1.1 * large.stat().st_size


def test_a_line_that_stays_broken_leaves_a_draft_that_goes_on(
    url: str, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry, wire = Line._exchange, Line(port_of(url), cut_every=2 * MB)

    def cut_once(self: Line, *sockets: object) -> None:
        carry(self, *sockets)  # type: ignore[arg-type]
        self.is_down = self.cuts > 0

    monkeypatch.setattr(Line, "_exchange", cut_once)
    words = ("--title", "T", "--photo", str(large))
    broken = transom("submit", "--to", f"http://127.0.0.1:{wire.port}", *words)
    assert broken.exit_code == 1
    assert "Go on with: transom submit --resume" in broken.stderr.splitlines()[-1]
    receipt = broken.stdout.strip()
    assert photos(receipt) == []
    wire.is_down, wire.cut_every, wire.cuts = False, 0, 0
    resumed = transom(
        "submit", "--to", f"http://127.0.0.1:{wire.port}", "--resume", "--photo", str(large), stdin=receipt
    )
    assert (resumed.exit_code, resumed.stdout) == (0, ""), resumed.output
    assert photos(receipt) == [large.read_bytes()]
    assert wire.sent <= 1.1 * large.stat().st_size
    again = transom("submit", "--to", url, "--resume", receipt, "--photo", str(large))
    assert (again.exit_code, again.stderr) == (0, "It was sent before.\n")
    wire.close()


def test_a_file_that_is_given_again_is_not_sent_again(url: str, large: Path) -> None:
    receipt = transom("submit", "--to", url, "--draft", "--title", "T", "--photo", str(large)).stdout.strip()
    renamed = large.rename(large.with_name("other.jpg"))
    with line(port_of(url)) as wire:
        result = transom(
            "submit", "--to", f"http://127.0.0.1:{wire.port}", "--resume", receipt, "--photo", str(renamed)
        )
    assert result.exit_code == 0, result.output
    assert wire.sent < MB
    assert photos(receipt) == [renamed.read_bytes()]


def test_a_receipt_that_nobody_knows_promises_no_draft(url: str) -> None:
    result = transom("submit", "--to", url, "--resume", "ABCD-EFGH-JKMN-PQRS", "--title", "T")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: Nothing is known of this receipt. Compare it once more, and the address too.\n"
    )


def test_what_takes_longer_than_a_second_is_told(
    url: str, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.cli.contribute.progress.PATIENCE", 0)
    result = transom("submit", "--to", url, "--title", "T", "--photo", str(large))
    lines = result.stderr.splitlines()
    assert (lines[0], lines[-2]) == ("Photo 1 of 1: 0 %", "Photo 1 of 1: 100 %")
    assert result.stdout.count("\n") == 1
