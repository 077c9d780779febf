"""Attempts of a hostile child, made from inside the sandbox."""

import os

import pytest

from intake import sandbox
from tests.sandbox import attempts, tasks

full = pytest.mark.skipif(
    sandbox.strength() != "full", reason="SYSTEM CALLS CANNOT BE FILTERED HERE: limits alone"
)


@full
@pytest.mark.parametrize("name", attempts.ATTEMPTS)
def test_refuses(name: str) -> None:
    assert tasks.run(attempts.attempt, name=name)[0] == {"refused_with": "PermissionError"}


@full
def test_memory_cannot_be_made_executable() -> None:
    assert tasks.run(attempts.make_executable)[0] == {"refused_with": "PermissionError"}


def test_has_no_descriptor_but_its_own() -> None:
    """A secret that the parent holds open is out of the child's reach."""
    reading, writing = os.pipe()
    os.set_inheritable(reading, True)
    try:
        assert tasks.run(attempts.list_descriptors)[0] == {"open": [0, 1, 2, 3]}
    finally:
        os.close(reading)
        os.close(writing)
