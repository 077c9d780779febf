"""Rules of names and words, so that a stranger understands the code (CONTRIBUTING.md, "Style")."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = sorted(path for folder in ("intake", "workers", "tests") for path in (ROOT / folder).rglob("*.py"))
PROSE = sorted(
    [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "templates").rglob("*.txt"),
        *(path for path in (ROOT / "docs").rglob("*.md")),
        *ROOT.glob("*.md"),
    ]
)

# Names of classes, functions, variables and modules that were replaced by a standard term.
RETIRED_NAMES = frozenset(
    """
    Ruling ruling Dossier dossier Wish Deed deed deeds Grounds grounds Machinery machinery Hearing hearing is_deaf telling
    let_go tell_holder tell_asker given_up Chosen Searched Offered Piece piece pieces lever levers Signs judge patience
    vitals leftovers leash unroot crew obstacle befell
    """.split()  # noqa: SIM905 - a list of so many words is read more easily so
)
# The same in sentences. "piece" and "letter" have other meanings as well, and "wishes" is a field of the public API.
RETIRED_WORDS = (
    r"rulings?", r"dossiers?", r"deeds?", r"levers?", r"machinery", r"let go", r"kept ready", r"by the clock",
    r"befell", r"leaves? the house", r"left the house", r"pieces? of work", r"parted by", r"is deaf",
)  # fmt: skip
# Contributors read these, and their pages speak in a tone of their own.
FOR_CONTRIBUTORS = ("intake/web/contribute/form.py", "intake/web/errors.py")
# These hold the words in order to find them.
ABOUT_WORDS = ("tests/test_style.py", "tests/docs/test_pages.py")
ODD_BEGINNINGS = ("What", "Who", "It", "As", "The same", "Those", "Whether")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _identifiers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.alias(name=name, asname=other):
                yield from (*name.split("."), other or "")


def _docstrings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            text = ast.get_docstring(node)
            if text:
                yield text


def test_no_retired_name_is_used() -> None:
    found = {_name(path): RETIRED_NAMES & set(_identifiers(ast.parse(path.read_text()))) for path in PYTHON}
    assert {path: names for path, names in found.items() if names} == {}
    assert [_name(path) for path in PYTHON if path.stem.removeprefix("test_") in RETIRED_NAMES] == []


@pytest.mark.parametrize("word", RETIRED_WORDS)
def test_no_retired_word_is_written(word: str) -> None:
    pattern = re.compile(rf"\b{word}\b", re.IGNORECASE)
    found = [_name(path) for path in (*PYTHON, *PROSE) if pattern.search(path.read_text())]
    assert [name for name in found if name not in (*FOR_CONTRIBUTORS, *ABOUT_WORDS)] == []


def test_a_docstring_begins_with_what_is_returned_or_done() -> None:
    odd = re.compile(rf"(?:{'|'.join(ODD_BEGINNINGS)})\b")
    assert [
        f"{_name(path)}: {text}" for path in PYTHON for text in _docstrings(path) if odd.match(text)
    ] == []


def test_a_class_name_is_defined_once() -> None:
    places: dict[str, list[str]] = {}
    for path in PYTHON:
        if not _name(path).startswith("tests/"):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places.setdefault(node.name, []).append(_name(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_functions_are_called_through_their_module_and_not_under_another_name() -> None:
    """A module may get another name where two are named alike."""
    renamed = [
        f"{_name(path)}: {alias.name} as {alias.asname}"
        for path in PYTHON
        if not _name(path).startswith("tests/")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("intake", "workers")
        for alias in node.names
        if alias.asname and not _is_module(f"{node.module}.{alias.name}")
    ]
    assert renamed == []


def _is_module(name: str) -> bool:
    place = ROOT / name.replace(".", "/")
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()
