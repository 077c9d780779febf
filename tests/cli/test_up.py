import pytest
from click.testing import CliRunner

from intake.cli.up import up
from intake.local.errors import CannotStart
from intake.settings import Settings, settings


def test_it_runs_with_the_settings(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Settings] = []
    monkeypatch.setattr("intake.local.up.up", given.append)
    assert CliRunner().invoke(up).exit_code == 0
    assert given == [settings()]


def test_a_refusal_is_one_sentence_and_exit_code_1(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(settings: Settings) -> None:
        raise CannotStart("Port 8000 is taken.")

    monkeypatch.setattr("intake.local.up.up", refuse)
    result = CliRunner().invoke(up)
    assert (result.exit_code, result.output) == (1, "Error: Port 8000 is taken.\n")


def test_help_has_an_example() -> None:
    assert "Example: PORT=8080 transom up" in CliRunner().invoke(up, ["--help"]).output
