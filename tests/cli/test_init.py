"""Common behaviour of all commands: help with an example, and one sentence for an invalid setting."""

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from intake.cli import COMMANDS, main
from intake.logs import log_to_stderr
from intake.settings import settings
from tests.cli.commands import sentence, transom


def paths(group: click.Group, *before: str) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*before, name)
        if isinstance(command, click.Group):
            yield from paths(command, *before, name)


ALL = list(paths(main))


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_every_command_that_is_promised_is_there() -> None:
    promised = {
        "answer",
        "audit",
        "backup",
        "backups",
        "demo",
        "doctor",
        "document",
        "draft",
        "incidents",
        "jobs",
        "keys",
        "migrate",
        "photo",
        "queue",
        "receipt",
        "relay",
        "restore",
        "schedule",
        "scrub",
        "scheduler",
        "settings",
        "status",
        "stop-worker",
        "submit",
        "text",
        "up",
        "user",
    }
    assert promised | {"web", "worker"} == set(COMMANDS)
    assert {("photo", "clean"), ("photo", "inspect"), ("text", "clean"), ("user", "add")} <= set(ALL)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_has_help_with_an_example_that_calls_it(words: tuple[str, ...]) -> None:
    result = transom(*words, "--help")
    assert result.exit_code == 0
    example = " ".join(result.stdout.partition("Example:")[2].split())
    assert f"transom {' '.join(words)}" in example


def test_help_lists_the_commands_and_version_prints_the_version() -> None:
    listed = transom("--help").stdout
    assert all(f"\n  {name} " in listed for name in COMMANDS)
    assert transom("--version").stdout.startswith("transom, version ")


def test_help_brings_in_nothing_heavy() -> None:
    heavy = "{'sqlalchemy', 'celery', 'flask', 'PIL', 'lxml', 'pydantic'}"
    code = f"import sys, intake.cli; intake.cli.main(['--help'], standalone_mode=False); print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")


def test_a_command_that_is_not_there_is_refused() -> None:
    result = transom("publish")
    assert result.exit_code == 2
    assert "No such command 'publish'" in result.stderr


def test_a_setting_that_cannot_be_read_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    assert sentence(transom("status")) == "PORT is 'eighty', but a whole number above 0 is needed."


def test_commands_log_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    import logging

    log_to_stderr()
    logging.getLogger("intake").warning("one\ntwo")
    assert capsys.readouterr().err.endswith("WARNING intake: one\\ntwo\n")
