"""Addresses in cases that were made after public bug reports. Skips without the corpus."""

import pytest

from intake.text import clean_body
from tests.corpus.texts import needs_corpus, rows

pytestmark = needs_corpus


@pytest.mark.parametrize(
    ("name", "keep"), [("07-safelink-text", ["example.org"]), ("25-tel", ["tips@example.org", "Report"])]
)
def test_a_case_comes_out_as_it_should(name: str, keep: list[str]) -> None:
    (row,) = (row for row in rows("cases/cases.jsonl") if row["id"] == name)
    cleaned = clean_body(row["payload"], format=row["format"])
    assert [words for words in row["gone"] if words in cleaned.html + cleaned.text] == []
    assert [words for words in keep if words not in cleaned.html] == []
    assert "disguised-link" not in cleaned.flags
