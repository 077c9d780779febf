from random import Random

import pytest

from tests.fuzz.text.mutators import LARGEST, MUTATORS, Mutator, mutate
from tests.fuzz.text.sources import OWN, sources


@pytest.mark.parametrize("mutator", MUTATORS, ids=lambda mutator: mutator.__name__)
def test_each_spoils_and_can_be_done_again(mutator: Mutator) -> None:
    first, again = ([mutator(Random(n), OWN[0], OWN[1]) for n in range(20)] for _ in range(2))
    assert first == again
    assert any(text != OWN[0] for text in first)
    assert mutator(Random(1), "", "") is not None


def test_texts_are_of_many_kinds_and_none_is_too_long() -> None:
    made = [mutate(Random(n), OWN) for n in range(300)]
    assert len(set(made)) > 250
    assert max(len(text.encode("utf-8", "surrogatepass")) for text in made) <= LARGEST
    assert any("<" in text for text in made)
    assert any("\u200b" in text for text in made)


def test_there_are_always_texts_to_spoil() -> None:
    assert set(OWN) <= {*sources(), *OWN}
    assert len(sources()) >= len(OWN)
