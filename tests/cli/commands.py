"""Run `transom` inside the test process, with the settings of the test."""

from click.testing import CliRunner, Result

from intake.cli import main


def transom(*words: str, stdin: str | None = None) -> Result:
    """Run the command. Returns its `stdout`, `stderr`, combined `output`, and `exit_code`."""
    return CliRunner().invoke(main, words, input=stdin, prog_name="transom", catch_exceptions=False)


def sentence(result: Result) -> str:
    """Error message of a command, without click's prefix. Fails if there is any other output."""
    assert result.exit_code == 1, result.output
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("Error: ")
    return lines[0].removeprefix("Error: ")
