import gc
from collections.abc import Iterator
from importlib import import_module

import pytest

from intake.imports import importing


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_nothing_is_collected_while_packages_are_imported() -> None:
    frozen = gc.get_freeze_count()
    with importing():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > frozen


def test_a_failed_import_leaves_the_collection_on() -> None:
    with pytest.raises(ModuleNotFoundError), importing():
        import_module("no_such_package")
    assert gc.isenabled()
