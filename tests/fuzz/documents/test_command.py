from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.documents import made
from tests.fuzz.__main__ import main
from tests.fuzz.documents import command
from tests.fuzz.trial import Trial


def test_a_run_tells_what_became_of_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "sources", lambda: [made.SOUND["plain"]])
    done = CliRunner().invoke(
        main, ["documents", "--minutes", "0.02", "--seed", "5", "--save", str(tmp_path)]
    )
    assert done.exit_code == 0, done.output
    assert "--seed 5, 1 documents to spoil" in done.output
    assert "0 findings" in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_finding_is_kept_and_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document, kept = tmp_path / "document", tmp_path / "kept"
    document.write_bytes(b"spoilt")
    told: list[bool] = []

    def attempt(_data: bytes, *, in_child: bool) -> Trial:
        told.append(in_child)
        return Trial("finding", "fault: KeyError in story.py:7", 0.5)

    monkeypatch.setattr(command, "attempt", attempt)
    done = CliRunner().invoke(main, ["documents", "--replay", str(document), "--save", str(kept)])
    assert (done.exit_code, told) == (1, [True])
    (saved,) = kept.iterdir()
    assert saved.read_bytes() == b"spoilt"
    assert f"fault: KeyError in story.py:7\n  again: script/fuzz documents --replay {saved}" in done.output


def test_the_sandbox_reads_every_so_many(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[bool] = []

    def attempt(_data: bytes, *, in_child: bool) -> Trial:
        told.append(in_child)
        if len(told) == 9:
            raise KeyboardInterrupt
        return Trial()

    monkeypatch.setattr(command, "attempt", attempt)
    monkeypatch.setattr(command, "sources", lambda: [made.SOUND["plain"]])
    CliRunner().invoke(main, ["documents", "--every", "3", "--save", str(tmp_path)])
    assert told == [False, False, True] * 3
