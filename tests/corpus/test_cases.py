"""Cases made after public bug reports. Skipped if the corpus is missing."""

from typing import Any

import pytest

from intake.text import clean_body
from tests.corpus.texts import needs_corpus, rows

pytestmark = [pytest.mark.slow, needs_corpus]


@pytest.mark.parametrize("case", rows("cases/cases.jsonl"), ids=lambda case: case["id"])
def test_nothing_of_a_case_is_lost_or_left(case: dict[str, Any]) -> None:
    cleaned = clean_body(case["payload"], format=case["format"])
    assert [words for words in case["gone"] if words in cleaned.html or words in cleaned.text] == []
    assert [words for words in case["keep"] if words not in cleaned.html] == []
    assert clean_body(cleaned.html, format="html").html == cleaned.html
