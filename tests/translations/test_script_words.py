"""Messages of the desk's scripts: the list in Python has exactly those that the scripts use."""

import re
from pathlib import Path

import pytest

from intake.paths import STATIC
from intake.translations import catalogue, interface, script_words

SCRIPTS = STATIC / "js"
ONE = re.compile(r'(?<![\w.$])t\("([^"]*)"')
TWO = re.compile(r'(?<![\w.$])tn\("([^"]*)", "([^"]*)"')


def bundle(file: Path) -> str:
    """Return the bundle of messages for the folder of a script."""
    folder = file.parent.name
    return folder if folder in {"editor", "retouch"} else "desk"


def test_the_list_has_the_messages_of_the_scripts() -> None:
    one: dict[str, set[str]] = {name: set() for name in script_words.ONE_FORM}
    two: dict[str, set[tuple[str, str]]] = {name: set() for name in script_words.TWO_FORMS}
    for file in SCRIPTS.rglob("*.js"):
        text = file.read_text("utf-8")
        one[bundle(file)] |= set(ONE.findall(text))
        two[bundle(file)] |= set(TWO.findall(text))
    assert {name: set(words) for name, words in script_words.ONE_FORM.items()} == one
    assert {name: set(words) for name, words in script_words.TWO_FORMS.items()} == two


@pytest.mark.parametrize("code", interface.DESK[1:])
def test_a_page_carries_the_translations_of_its_scripts(code: str) -> None:
    words = script_words.words(catalogue.load(code), "editor")
    assert words["Next submission"] != "Next submission"
    assert "Photo {number}" in words
    assert "Dragging draws a mark" not in words
    forms = words["{num} word"]
    assert isinstance(forms, list)
    assert len(forms) == {"ru": 3, "zh-Hans": 1}.get(code, 2)
