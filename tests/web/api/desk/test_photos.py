from typing import Any

import pytest
from sqlalchemy import update

from intake.db import transaction
from intake.models import Photo
from intake.retouches import request
from intake.settings import settings
from tests.web.programs import Program

MARK = {"x": 0.1, "y": 0.2, "width": 0.3, "height": 0.25, "shape": "ellipse", "how": "mosaic"}
AREA = {"x": 0.0, "y": 0.25, "width": 1.0, "height": 0.5}


@pytest.fixture
def photo(program: Program, url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of the submission's photo. A requested retouch waits for 30 seconds."""
    monkeypatch.setattr(request, "settings", lambda: type(settings())(undo_seconds=30))
    return f"{url}/photos/{program.get(url).get_json()['photos'][0]['id']}"


def test_a_photo_is_marked_as_graphic_and_no_longer(program: Program, photo: str) -> None:
    for _ in range(2):
        assert program.put(f"{photo}/graphic").get_json()["photos"][0]["graphic"] is True
    assert program.delete(f"{photo}/graphic").get_json()["photos"][0]["graphic"] is False


def test_a_redaction_waits_and_can_be_taken_back_once(program: Program, other: Program, photo: str) -> None:
    answer = program.post(f"{photo}/redactions", marks=[MARK])
    assert answer.status_code == 201
    (wish,) = answer.get_json()["photos"][0]["wishes"]
    assert (wish["kind"], wish["by"], wish["marks"]) == ("redaction", "Asel Nurbekova", [MARK])
    back = other.delete(f"{photo}/retouches/{wish['id']}")
    assert back.get_json()["photos"][0]["wishes"] == []
    again = other.delete(f"{photo}/retouches/{wish['id']}")
    assert (again.status_code, again.get_json()["code"]) == (409, "illegal_move")
    assert other.delete(f"{photo}/retouches/999").status_code == 404


def test_a_crop_is_asked_for_in_parts_of_the_whole(program: Program, photo: str) -> None:
    answer = program.put(f"{photo}/crop", **AREA, focus_x=0.5, focus_y=0.5)
    (wish,) = answer.get_json()["photos"][0]["wishes"]
    assert (wish["kind"], wish["crop"]) == ("crop", AREA)
    wishes = program.delete(f"{photo}/crop").get_json()["photos"][0]["wishes"]
    assert [one["crop"] for one in wishes] == [AREA, None]


def test_of_a_cropped_photo_the_whole_has_an_address_too(program: Program, url: str, photo: str) -> None:
    with transaction() as session:
        session.execute(update(Photo).values(crop=AREA))
    found = program.get(url).get_json()["photos"][0]
    assert found["crop"] == AREA
    assert found["urls"]["base"].endswith(f"{photo}/base")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "marks"),
        ({"marks": []}, "marks"),
        ({"marks": ["x"]}, "marks"),
        ({"marks": [MARK] * 61}, "marks"),
        ({"marks": [{**MARK, "x": 40}]}, "marks"),
        ({"marks": [{**MARK, "x": True}]}, "marks"),
        ({"marks": [{**MARK, "how": "blur"}]}, "marks"),
        ({"marks": [{"x": 0.1, "y": 0.1, "width": 0.1}]}, "marks"),
        ({"marks": [{**MARK, "hight": 1}]}, "marks: hight"),
        ({"marks": [MARK], "mark": 1}, "mark"),
    ],
)
def test_marks_that_cannot_be_taken(program: Program, photo: str, body: dict[str, Any], field: str) -> None:
    answer = program.post(f"{photo}/redactions", **body)
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**AREA, "width": 100}, "width"),
        ({**AREA, "height": "0.5"}, "height"),
        ({**AREA, "aspect": "oval"}, "aspect"),
        ({**AREA, "focus_x": 0.5}, "focus_y"),
        ({**AREA, "focus_x": 0.5, "focus_y": 0.1}, "focus_x"),
    ],
)
def test_a_crop_that_cannot_be_taken(program: Program, photo: str, body: dict[str, Any], field: str) -> None:
    answer = program.put(f"{photo}/crop", **body)
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])


def test_a_crop_has_four_numbers(program: Program, photo: str) -> None:
    answer = program.put(f"{photo}/crop")
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["height", "width", "x", "y"])


def test_a_photo_that_is_not_there(program: Program, url: str) -> None:
    nowhere = f"{url}/photos/00000000-0000-0000-0000-000000000000"
    assert program.put(f"{nowhere}/graphic").status_code == 404
    assert program.put(f"{nowhere}/crop", **AREA).status_code == 404
    assert program.post(f"{nowhere}/redactions", marks=[MARK]).status_code == 404
