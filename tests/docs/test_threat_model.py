"""docs/threat-model.md: complete for each adversary, with a drill of commands that exist."""

import re
import shlex
from pathlib import Path

import click
import pytest

from intake.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
ADVERSARIES = (
    "Somebody watches the contributor's line",
    "The laptop of an editor is seized",
    "A reading link falls into wrong hands",
    "The server is seized",
    "A backup is stolen",
    "An admin turns hostile",
    "A contributor is hostile",
    "A flood",
    "The host is compelled",
    "A dependency is malicious",
)
PARTS = ["Holds.", "Does not hold.", "On the day."]


def section(title: str) -> str:
    """Text below a heading, up to the next heading of the second level."""
    assert f"\n## {title}\n" in PAGE
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def commands(text: str) -> list[list[str]]:
    """Words of each `transom` command in the code blocks of a text, without the comments."""
    lines = re.findall(r"^ *```sh\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    parts = [part for block in lines for line in block.splitlines() for part in line.split("&&")]
    words = [shlex.split(part, comments=True) for part in parts]
    return [found for found in words if found[:1] == ["transom"]]


@pytest.mark.parametrize("title", ADVERSARIES)
def test_each_adversary_has_what_holds_what_does_not_and_what_to_do(title: str) -> None:
    assert re.findall(r"^\*\*(.*?)\*\*", section(title), re.MULTILINE) == PARTS


def test_other_tools_that_protect_better_are_named() -> None:
    text = section("Where other tools protect better")
    assert re.findall(r"^- \*\*(\w+)\*\*", text, re.MULTILINE) == ["SecureDrop", "CoverDrop", "Tella"]


def test_the_commands_of_the_drill_are_complete() -> None:
    """Each command parses with its options, so that none is missing in an emergency."""
    found = commands(section("Drill: a seized device"))
    assert [words[1] for words in found] == ["user", "user", "user", "user", "status", "doctor"]
    for words in found:
        command: click.Command = main
        name, rest = "transom", words[1:]
        while isinstance(command, click.Group):
            inner = command.get_command(click.Context(command), rest[0])
            assert inner is not None, words
            command, name, rest = inner, rest[0], rest[1:]
        command.make_context(name, rest)
    assert {words[1] for words in found} <= COMMANDS.keys()


def test_reports_go_to_the_repository_that_the_package_names() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "security advisories" in text
    assert "[project.urls]" in text
    assert not re.search(r"[\w.]+@[\w.]+|https?://", text), "an address may be wrong one day"
