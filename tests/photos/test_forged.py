"""Answers of a child that was taken over: every field of every kind of answer, forged."""

from pathlib import Path
from typing import Any

import pytest

from intake.photos import PhotoRefused, answers, clean_photo
from intake.photos.answers import CleanedAnswer, NotesAnswer, SizeAnswer, TraceAnswer, TracesAnswer
from intake.photos.batch import inspection
from intake.photos.batch.inspection import inspect_file
from intake.photos.limits import MAX_PAGES
from intake.photos.retouch import Area, Mark, PhotoEdit, retouch_photo
from tests.photos import made
from tests.sandbox import tasks

CLEAN = made.encoded(made.scene(), "JPEG")
WIDTH, HEIGHT = made.scene().size
PNG = made.encoded(made.scene(), "PNG")
HONEST: dict[str, Any] = {
    "format": "jpeg", "format_in": "jpeg", "width": WIDTH, "height": HEIGHT, "frames": 1, "removed": {}, "notes": {},
}  # fmt: skip
NO_SIZES: list[Any] = [0, -1, 1 << 40, "1", "wide", 1.0, 1e999, True, None, [], WIDTH + 1]
NO_NOTES: dict[str, list[Any]] = {
    "raw": ["yes", 1, False],
    "pages": [-1, 0, "many", 1.5, 1 << 40, True],
    "page": [[1], 3, [1, 2, 3], [0, 1], ["1", "2"], [1, MAX_PAGES + 1], [2, 5], {}],
    "pictures": [{}, 0, 1 << 31],
    "made_smaller": [[1, 2, 3, 1 << 40], [1, 2, 3], [[1, 2, 3, 4]], "1234"],
    "incomplete": [0, "x", False],
    "cut": [[], "x"],
    "made_by": ["Ilham", ["camera"], 1],
    "name": ["Ilham"],
}
BAD: dict[str, list[Any]] = {
    "format": ["svg", "png", "", 7, None, ["jpeg"]],
    "format_in": ["svg", "Ilham", "", 7, None],
    "width": NO_SIZES,
    "height": NO_SIZES,
    "frames": [0, -1, 1001, "1", 1.5, None],
    "removed": [
        {"position": "43.2389 N"},
        {"position": 6},
        {"date": ["one"]},
        {"43.2389 N": "one"},
        7,
        None,
        [],
    ],
    "notes": [7, None, [], *({key: value} for key, values in NO_NOTES.items() for value in values)],
    "place": ["Alma"],
}
THREE = [CLEAN] * 3
FORGED = [
    *((HONEST | {field: value}, THREE) for field, values in BAD.items() for value in values),
    *(({name: HONEST[name] for name in HONEST if name != left_out}, THREE) for left_out in HONEST),
    ({}, THREE),
    (HONEST, []),
    (HONEST, [CLEAN] * 2),
    (HONEST, [CLEAN] * 4),
    (HONEST, [made.jpeg_with_gps(WIDTH, HEIGHT, "SECRET"), CLEAN, CLEAN]),
    (HONEST, [CLEAN, CLEAN, b""]),
    (HONEST, [CLEAN, PNG, CLEAN]),
    (HONEST, [CLEAN, made.encoded(made.scene(1700, 10), "JPEG"), CLEAN]),
    (HONEST, [CLEAN, CLEAN, made.encoded(made.scene(330, 10), "JPEG")]),
    (HONEST | {"frames": 1000, "width": 50_000, "height": 1000}, THREE),
    ({"refused": "damaged", "detail": "43.2389\n"}, []),
]


@pytest.fixture
def forged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the tasks of children by tasks that answer with their input, so that a test can forge any answer."""
    for name in ("CLEAN", "TRACES", "RETOUCH"):
        monkeypatch.setattr(answers, name, tasks.forged(getattr(answers, name)))
    monkeypatch.setattr(inspection, "TRACES", answers.TRACES)


def test_every_field_is_forged_here() -> None:
    assert set(BAD) - {"place"} == set(HONEST) == set(CleanedAnswer.model_fields)
    assert set(NO_NOTES) - {"name"} == set(NotesAnswer.model_fields)
    assert set(NO_TRACES) - {"place"} == set(TraceAnswer.model_fields)
    assert {*TracesAnswer.model_fields} == {"traces", "notes"}
    assert {*SizeAnswer.model_fields} == {"width", "height"}


@pytest.mark.usefixtures("forged")
@pytest.mark.parametrize(("header", "blobs"), FORGED)
def test_a_child_that_was_taken_over_is_not_believed(header: dict[str, Any], blobs: list[bytes]) -> None:
    with pytest.raises(PhotoRefused) as refused:
        clean_photo(tasks.lie(header, *blobs))
    assert refused.value.reason == "not_proven_clean"
    assert "43.2389" not in refused.value.detail


@pytest.mark.usefixtures("forged")
def test_an_honest_child_is_believed() -> None:
    told = HONEST | {"removed": {"position": "one"}, "notes": {"cut": True}}
    cleaned = clean_photo(tasks.lie(told, *THREE))
    assert (cleaned.removed, cleaned.notes, cleaned.full) == ({"position": "one"}, {"cut": True}, CLEAN)


@pytest.mark.usefixtures("forged")
def test_a_child_cannot_add_pages_to_those_that_were_allowed() -> None:
    told = tasks.lie(HONEST | {"notes": {"page": [2, 3]}}, *THREE)
    assert clean_photo(told, page=2, max_pages=3).notes == {"page": [2, 3]}
    for page, max_pages in ((2, 2), (1, 3)):
        with pytest.raises(PhotoRefused, match="not_proven_clean"):
            clean_photo(told, page=page, max_pages=max_pages)


@pytest.mark.usefixtures("forged")
def test_copies_have_no_room_for_more_bytes_than_their_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.photos.proof._HEAD", 0)
    monkeypatch.setattr("intake.photos.proof._PIXEL", 0.001)
    with pytest.raises(PhotoRefused, match="not_proven_clean"):
        clean_photo(tasks.lie(HONEST, *THREE))


TRACE: dict[str, Any] = {"kind": "date", "name": "x", "amount": 1}
NO_TRACES: dict[str, list[Any]] = {
    "kind": ["lie", 7, None],
    "name": ["x" * 201, 7, None],
    "amount": ["many", -1, 1 << 40, 1.5, True, None],
    "place": ["Alma"],
}


@pytest.mark.usefixtures("forged")
@pytest.mark.parametrize(
    ("header", "values"),
    [
        *(
            ({"traces": [TRACE | {field: wrong}], "notes": {}}, [b"value"])
            for field, wrongs in NO_TRACES.items()
            for wrong in wrongs
        ),
        ({"traces": [["date", "x", 1]], "notes": {}}, [b"value"]),
        ({"traces": 3, "notes": {}}, [b"value"]),
        ({"traces": [TRACE]}, [b"value"]),
        ({"traces": [TRACE], "notes": {"made_by": "Ilham"}}, [b"value"]),
        ({"traces": [TRACE], "notes": {}, "more": 1}, [b"value"]),
        ({"traces": [TRACE], "notes": {}}, []),
        ({"traces": [TRACE], "notes": {}}, [b"value"] * 2),
        ({"traces": [TRACE], "notes": {}}, [b"x" * 801]),
        ({}, [b"value"]),
    ],
)
def test_forged_traces_are_refused(tmp_path: Path, header: dict[str, Any], values: list[bytes]) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(tasks.lie(header, *values))
    with pytest.raises(PhotoRefused, match="damaged"):
        inspect_file(file)


@pytest.mark.usefixtures("forged")
def test_sound_traces_are_believed(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(tasks.lie({"traces": [TRACE], "notes": {}}, b"value"))
    assert [(trace.name, trace.value) for trace in inspect_file(file).traces] == [("x", b"value")]


BOX = Mark(0.1, 0.1, 0.2, 0.2)
SIZE = {"width": WIDTH, "height": HEIGHT}


@pytest.mark.usefixtures("forged")
@pytest.mark.parametrize(
    ("header", "blobs"),
    [
        ({}, THREE),
        *((SIZE | {side: wrong}, THREE) for side in SIZE for wrong in NO_SIZES),
        (SIZE | {"more": 1}, THREE),
        (SIZE, []),
        (SIZE, [b""] * 3),
        (SIZE, [CLEAN] * 4),
        (SIZE, [CLEAN] * 5),
        (SIZE, [PNG] * 3),
    ],
)
def test_a_forged_retouch_is_refused(
    monkeypatch: pytest.MonkeyPatch, header: dict[str, Any], blobs: list[bytes]
) -> None:
    monkeypatch.setattr("intake.photos.retouch.sniff", lambda _: "jpeg")
    with pytest.raises(PhotoRefused, match="not_proven_clean"):
        retouch_photo(tasks.lie(header, *blobs), PhotoEdit((BOX,)))


@pytest.mark.usefixtures("forged")
def test_an_honest_retouch_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.photos.retouch.sniff", lambda _: "jpeg")
    edit = PhotoEdit((BOX,), Area(0.0, 0.0, 1.0, 1.0))
    assert retouch_photo(tasks.lie(SIZE, *THREE, CLEAN), edit).base == CLEAN
    with pytest.raises(PhotoRefused, match="not_proven_clean"):
        retouch_photo(tasks.lie(SIZE, *THREE), edit)
