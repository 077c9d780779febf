import pytest

from intake.documents.rtf.flow import Flow
from intake.documents.rtf.formatting import CHANGES
from intake.documents.rtf.state import State


@pytest.mark.parametrize("word", CHANGES)
@pytest.mark.parametrize("number", [None, 0, 1, -1, 1 << 31, -(1 << 31)])
def test_any_number_is_taken(word: str, number: int | None) -> None:
    state = CHANGES[word](State(Flow()), number)
    assert 0 <= state.level <= 9
    assert 0 <= state.list_level <= 8
    assert 0 <= state.skipped <= 16


def test_zero_switches_off() -> None:
    bold = CHANGES["b"](State(Flow()), None)
    assert bold.bold
    assert not CHANGES["b"](bold, 0).bold


def test_a_word_that_changes_nothing_keeps_the_state() -> None:
    state = CHANGES["b"](State(Flow()), None)
    assert CHANGES["b"](state, 1) is state
    assert CHANGES["fs"](state, 24) is state
