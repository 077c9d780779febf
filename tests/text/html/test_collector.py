import gc
from collections.abc import Iterator

import pytest

from intake.text.html.cleaning import clean
from intake.text.html.collector import MOST_CHARS, paused


@pytest.fixture(autouse=True)
def _enabled_again() -> Iterator[None]:
    yield
    gc.enable()


def test_it_is_paused_for_the_block_and_also_goes_on_after_an_error() -> None:
    with paused("text"):
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"), paused("text"):
        raise ValueError("broken")
    assert gc.isenabled()


def test_it_goes_on_beside_a_long_text() -> None:
    with paused("x" * (MOST_CHARS + 1)):
        assert gc.isenabled()


def test_who_has_switched_it_off_finds_it_off() -> None:
    gc.disable()
    with paused("text"):
        pass
    assert not gc.isenabled()


@pytest.mark.parametrize("raw", ["<p>One</p>", "<ul><li>" * 200, ""])
def test_it_runs_after_each_text(raw: str) -> None:
    clean(raw)
    assert gc.isenabled()
