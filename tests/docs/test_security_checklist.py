"""docs/security-checklist.md: complete, current, and true of tests that exist."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.docs.security_points import SecurityPoint, document, points

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "security-checklist.md"


@cache
def functions(file: str) -> frozenset[str]:
    """Names of the test functions of a file, read without importing it. Empty if the file does not exist."""
    path = TESTS / file
    if not path.is_file():
        return frozenset()
    body = ast.parse(path.read_text("utf-8")).body
    return frozenset(
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


def exists(test: str) -> bool:
    """Return whether `file::function` is a test function below tests/."""
    file, _, function = test.partition("::")
    return function in functions(file)


def test_all_seventy_points_are_there_in_order() -> None:
    assert [point.number for point in points()] == list(range(1, 71))


@pytest.mark.parametrize("point", points(), ids=lambda point: str(point.number))
def test_a_point_is_shown_by_tests_that_exist_or_says_what_is_missing(point: SecurityPoint) -> None:
    assert [test for test in point.tests if not exists(test)] == []
    assert len(set(point.tests)) == len(point.tests)
    assert point.tests or point.not_yet
    assert point.holds.endswith(".")
    assert "|" not in point.holds + point.not_yet


def test_a_test_that_is_not_there_is_noticed() -> None:
    assert exists("docs/test_security_checklist.py::test_a_test_that_is_not_there_is_noticed")
    assert not exists("docs/test_security_checklist.py::test_nothing")
    assert not exists("docs/test_security_checklist.py::exists")
    assert not exists("docs/test_no_such_file.py::test_nothing")


def test_the_page_is_what_the_points_say_now() -> None:
    assert PAGE.read_text("utf-8") == document(), "run script/security-checklist"
