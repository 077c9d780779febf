import errno
import io
import json
import sys

import pytest

from intake.local.supervision.output import Output, say


def test_lines_are_told_when_they_are_whole() -> None:
    told: list[str] = []
    output = Output("web", told.append)
    output.feed(b"one\ntw")
    assert told == ["web       | one"]
    output.feed(b"o\n")
    output.feed(b"rest")
    output.close()
    assert told[1:] == ["web       | two", "web       | rest"]


def test_a_letter_that_comes_in_two_pieces_stays_whole() -> None:
    told: list[str] = []
    output = Output("web", told.append)
    for byte in "қ\n".encode():
        output.feed(bytes([byte]))
    assert told == ["web       | қ"]


def test_bytes_that_are_no_text_are_told_all_the_same() -> None:
    told: list[str] = []
    Output("web", told.append).feed(b"\xff\xfe\n")
    assert told == ["web       | \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"]


class Gone(io.StringIO):
    """A terminal that was closed."""

    def write(self, text: str) -> int:
        raise OSError(errno.EIO, "Input/output error")


def test_a_terminal_that_is_gone_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Gone())
    say("one")
    say("two")
    assert sys.stdout.name == "/dev/null"
    sys.stdout.close()


def test_in_json_each_line_is_an_object_that_names_the_process() -> None:
    told: list[str] = []
    output = Output("web", told.append, "json")
    output.feed(b'{"level": "INFO", "message": "up"}\nPostgreSQL says \xff"so"\n[1]\n')
    assert [json.loads(line) for line in told] == [
        {"process": "web", "level": "INFO", "message": "up"},
        {"process": "web", "message": 'PostgreSQL says \ufffd"so"'},
        {"process": "web", "message": "[1]"},
    ]
