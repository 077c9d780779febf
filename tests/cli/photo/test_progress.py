import sys

import pytest

from intake.cli.photo.progress import Progress


def test_on_a_terminal_the_count_is_cleared_before_each_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Progress(2) as progress:
        progress.line("one")
    printed = capsys.readouterr()
    assert printed.out == "one\n"
    assert printed.err == "0 of 2 files\r\x1b[2K1 of 2 files\r\x1b[2K"


@pytest.mark.parametrize(("length", "is_terminal"), [(1, True), (9, False)])
def test_elsewhere_and_for_one_file_there_is_none(
    length: int, is_terminal: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    with Progress(length) as progress:
        progress.line("one")
    assert capsys.readouterr() == ("one\n", "")
