from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.fuzz.__main__ import main
from tests.fuzz.text import command
from tests.fuzz.trial import Trial


def test_a_run_tells_what_became_of_the_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "sources", lambda: ["<p>a</p>"])
    done = CliRunner().invoke(main, ["text", "--minutes", "0.02", "--seed", "5", "--save", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "--seed 5, 1 texts to spoil" in done.output
    assert "0 findings" in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_finding_is_made_small_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, kept = tmp_path / "text", tmp_path / "kept"
    text.write_bytes("all around x and \ud800".encode("utf-8", "surrogatepass"))
    monkeypatch.setattr(command, "attempt", lambda raw: Trial(finding="html lost: 'x'" if "x" in raw else ""))
    done = CliRunner().invoke(main, ["text", "--replay", str(text), "--save", str(kept)])
    assert done.exit_code == 1
    (saved,) = kept.iterdir()
    assert saved.read_bytes() == b"x"
    assert f"html lost: 'x'\n  again: script/fuzz text --replay {saved}" in done.output
