import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import json
from markupsafe import Markup

from intake.web.api.serialize import plain


@dataclass(frozen=True)
class Inner:
    at: datetime
    words: Markup


@dataclass(frozen=True)
class Outer:
    id: uuid.UUID
    inner: Inner | None
    several: list[Inner]
    may: set[str]
    named: dict[uuid.UUID, int]


def test_all_the_way_down() -> None:
    inner = Inner(datetime(2026, 11, 23, tzinfo=UTC), Markup("<b>x</b>"))
    found = plain(Outer(uuid.UUID(int=1), inner, [inner], {"b", "a"}, {uuid.UUID(int=2): 3}))
    said = {"at": "2026-11-23T00:00:00+00:00", "words": "<b>x</b>"}
    assert found == {
        "id": "00000000-0000-0000-0000-000000000001",
        "inner": said,
        "several": [said],
        "may": ["a", "b"],
        "named": {"00000000-0000-0000-0000-000000000002": 3},
    }
    assert json.loads(json.dumps(found)) == found
    assert type(found["inner"]["words"]) is str


def test_what_json_has_stays() -> None:
    values: list[object] = [None, True, 3, 0.5, "x", [], {}]
    for value in values:
        assert plain(value) == value
