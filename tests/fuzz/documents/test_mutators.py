import time
from random import Random

import pytest

from tests.documents import made
from tests.documents.test_init import MARKDOWN, RTF
from tests.documents.word_files import unzipped
from tests.fuzz.documents import tokens
from tests.fuzz.documents.mutators import MUTATORS, Mutator, mutate
from tests.fuzz.documents.sources import is_zip, own

PART = tokens.split(unzipped(made.WORD_PLANTED)["word/document.xml"])


@pytest.mark.parametrize("mutator", list(dict.fromkeys(MUTATORS)), ids=lambda mutator: mutator.__name__)
def test_each_spoils_and_can_be_done_again(mutator: Mutator) -> None:
    for parts in (PART, tokens.split(RTF), tokens.split(MARKDOWN)):
        first, again = ([mutator(Random(n), list(parts)) for n in range(60)] for _ in range(2))
        assert first == again
    assert any(mutator(Random(n), list(PART)) != PART for n in range(60))
    assert all(mutator(Random(n), [b"a"]) is not None for n in range(20))


def test_a_seed_makes_the_same_files_again(monkeypatch: pytest.MonkeyPatch) -> None:
    files = own()
    first = [mutate(Random(f"7:{n}"), files) for n in range(40)]
    # ZIP archives store times in steps of two seconds. The time of a run must not change the bytes.
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)
    assert [mutate(Random(f"7:{n}"), files) for n in range(40)] == first
    assert len(set(first)) > 30


def test_most_archives_can_still_be_opened() -> None:
    spoilt = [mutate(Random(n), [made.WORD_PLANTED]) for n in range(100)]
    assert sum(data.startswith(b"PK") and is_zip(data) for data in spoilt) > 80
