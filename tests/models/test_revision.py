import pytest

from tests.models.rows import Rows, Violation

RAW = {"number": 0, "sealed": b"words", "title": None, "html": None}

REFUSED = [
    Violation("revisions", "ck_revisions_raw_is_sealed", RAW | {"sealed": None}),
    Violation("revisions", "ck_revisions_raw_is_sealed", {"sealed": b"words"}),
    Violation("revisions", "ck_revisions_clean_is_shown", RAW | {"title": "Words in clear"}),
    Violation("revisions", "ck_revisions_clean_is_shown", RAW | {"html": "<p>Words in clear</p>"}),
    Violation("revisions", "ck_revisions_clean_is_shown", {"title": None}),
    Violation("revisions", "ck_revisions_clean_is_shown", {"html": None}),
    Violation("revisions", "ck_revisions_the_first_are_the_contributor_s", {"editor_id": 1}),
    Violation("revisions", "ck_revisions_counts", {"number": -1}),
    Violation("revisions", "ck_revisions_counts", {"words": -1}),
    Violation("revisions", "uq_revisions_submission_id_number", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)


def test_the_contributor_s_own_the_cleaned_and_the_edited_text_are_let_in(rows: Rows) -> None:
    rows.insert_before("revisions")
    rows.insert("revisions", **RAW)
    rows.insert("revisions")
    rows.insert("revisions", number=2, editor_id=1)
