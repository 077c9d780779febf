import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("checklist_ticks", "ck_checklist_ticks_revision", {"revision": 0}),
    Violation("checklist_ticks", "fk_checklist_ticks_editor_id", {"editor_id": 9}),
    Violation("checklist_ticks", "pk_checklist_ticks", second=True),
    Violation("publication_notes", "ck_publication_notes_kind", {"kind": "praise", "dated": None}),
    Violation("publication_notes", "ck_publication_notes_dated", {"dated": None}),
    Violation("publication_notes", "ck_publication_notes_dated", {"kind": "retraction"}),
    Violation("publication_notes", "ck_publication_notes_body", {"body": b""}),
    Violation("publication_notes", "fk_publication_notes_editor_id", {"editor_id": 9}),
    Violation("translation_links", "ck_translation_links_source_revision", {"source_revision": 0}),
    Violation("translation_links", "fk_translation_links_editor_id", {"editor_id": 9}),
    Violation("translation_links", "pk_translation_links", second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
