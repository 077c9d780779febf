import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("magazine_texts", "ck_magazine_texts_name", {"name": "farewell"}),
    Violation("magazine_texts", "ck_magazine_texts_number", {"number": 0}),
    Violation("magazine_texts", "pk_magazine_texts", second=True),
    Violation("setting_versions", "ck_setting_versions_number", {"number": 0, "restored": -1}),
    Violation("setting_versions", "ck_setting_versions_source", {"source": "guess", "restored": None}),
    Violation("setting_versions", "ck_setting_versions_restored", {"restored": 2}),
    Violation("setting_versions", "ck_setting_versions_source_restored", {"source": "page"}),
    Violation("setting_versions", "pk_setting_versions", second=True),
    Violation("logos", "ck_logos_digest", {"digest": "A" * 64}),
    Violation("logos", "ck_logos_format", {"format": "svg"}),
    Violation("logos", "ck_logos_content", {"content": b""}),
    Violation("logos", "pk_logos", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
