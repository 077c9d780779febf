import sys

import pytest

from tests.bench.progress import Progress
from tests.bench.standins import noted


def run(progress: Progress) -> None:
    for turn in range(3):
        for mark in "AB":
            progress.note(turn, noted(mark))
    progress.end()


def test_elsewhere_it_is_a_line_for_each_round(capsys: pytest.CaptureFixture[str]) -> None:
    run(Progress(2))
    assert capsys.readouterr() == ("", "warm-up\nround 1 of 2\nround 2 of 2\n")


def test_on_a_terminal_it_is_one_line_that_is_gone_at_the_end(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    run(Progress(2))
    out, err = capsys.readouterr()
    assert out == ""
    assert "\n" not in err
    shown = err.split("\r\033[K")
    assert shown[1:] == [
        "warm-up: A", "warm-up: B", "round 1 of 2: A", "round 1 of 2: B", "round 2 of 2: A", "round 2 of 2: B", "",
    ]  # fmt: skip
