"""Calling `transom` inside the test's own process, where its settings are the test's."""

from click.testing import CliRunner, Result

from intake.cli import main


def transom(*words: str, stdin: str | None = None) -> Result:
    """What the command said (`stdout`, `stderr`, `output` as both come on a terminal) and its `exit_code`."""
    return CliRunner().invoke(main, words, input=stdin, prog_name="transom", catch_exceptions=False)


def sentence(result: Result) -> str:
    """The one line of an error, without the word that click puts before it; fails unless that is all there is."""
    assert result.exit_code == 1, result.output
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("Error: ")
    return lines[0].removeprefix("Error: ")
