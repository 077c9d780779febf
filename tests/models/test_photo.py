import uuid
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from intake.lifecycle import PHOTO_STATUSES
from intake.models import Photo
from intake.models.photo import BASE, SIZES
from intake.storage import NAME
from tests.models.rows import CLEAN, KEYS, PHOTO, SUBMISSION, Rows, Violation

GONE = {"status": "purged", "original_key": None}
NO_ORIGINAL = {"original_key": None}

REFUSED = [
    Violation("photos", "ck_photos_status", {"status": "lost", "original_key": None}),
    Violation("photos", "ck_photos_original", NO_ORIGINAL),
    Violation("photos", "ck_photos_original", CLEAN),
    Violation("photos", "ck_photos_original", {"status": "refused", "reason": "damaged"}),
    Violation("photos", "ck_photos_original", {"status": "purged"}),
    *(Violation("photos", "ck_photos_clean", CLEAN | NO_ORIGINAL | {key: None}) for key in KEYS),
    *(Violation("photos", "ck_photos_clean", {key: value}) for key, value in KEYS.items()),
    *(Violation("photos", "ck_photos_clean", GONE | {key: value}) for key, value in KEYS.items()),
    *(
        Violation("photos", "ck_photos_clean_is_described", CLEAN | NO_ORIGINAL | {column: None})
        for column in ("format", "width", "height")
    ),
    Violation("photos", "ck_photos_refused", {"status": "refused", "original_key": None}),
    Violation("photos", "ck_photos_refused", {"reason": "damaged"}),
    *(
        Violation("photos", "ck_photos_purged", GONE | {column: "words"})
        for column in ("caption", "credit", "alt", "format")
    ),
    *(
        Violation("photos", "ck_photos_purged", GONE | {column: Jsonb({"x": 1})})
        for column in ("crop", "focus", "removed")
    ),
    *(Violation("photos", "ck_photos_purged", GONE | {column: 4}) for column in ("width", "height")),
    Violation("photos", "ck_photos_counts", {"position": 0}),
    Violation("photos", "ck_photos_counts", CLEAN | NO_ORIGINAL | {"width": 0}),
    Violation("photos", "ck_photos_counts", CLEAN | NO_ORIGINAL | {"height": -1}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)


def test_two_photos_may_change_places_and_not_share_one(rows: Rows) -> None:
    rows.insert_before("photos")
    other = uuid.UUID(int=9)
    rows.insert("photos")
    rows.insert("photos", id=other, position=2)
    rows.execute("UPDATE photos SET position = 2 WHERE id = %s", PHOTO)
    rows.execute("UPDATE photos SET position = 1 WHERE id = %s", other)
    rows.execute("SET CONSTRAINTS ALL IMMEDIATE")
    rows.execute("SET CONSTRAINTS ALL DEFERRED")
    rows.execute("UPDATE photos SET position = 2 WHERE id = %s", other)
    with pytest.raises(psycopg.errors.UniqueViolation):
        rows.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_photo_in_each_status_is_let_in(rows: Rows) -> None:
    rows.insert_before("photos")
    legal: dict[str, dict[str, Any]] = {
        "received": {},
        "clean": CLEAN | NO_ORIGINAL,
        "refused": {"status": "refused", "reason": "damaged", "original_key": None},
        "purged": GONE,
    }
    assert legal.keys() == set(PHOTO_STATUSES)
    for position, changes in enumerate(legal.values(), start=1):
        rows.insert("photos", **changes | {"id": uuid.UUID(int=position), "position": position})


def test_its_files_have_names_that_storage_gives_out() -> None:
    photo = Photo(id=PHOTO, submission_id=SUBMISSION)
    sizes = (*SIZES, BASE)
    names = [
        photo.quarantine_name,
        *(photo.clean_name(size, made) for size in sizes for made in (0, 7, 2**63 - 1)),
    ]
    assert all(NAME.fullmatch(name) for name in names)
    assert len(set(names)) == 1 + 3 * len(sizes)
    photo.generation = 7
    assert photo.clean_name("web") == photo.clean_name("web", 7)
