import pytest

from intake.photos.answers import NotesAnswer
from intake.photos.notes import MADE_BY, NOTES, Notes, hint, sentences

ONE_OF_EACH: Notes = {
    "raw": True,
    "pages": 40,
    "page": [2, 3],
    "pictures": 4,
    "made_smaller": [16320, 12240, 8160, 6120],
    "incomplete": True,
    "cut": True,
    "made_by": "camera",
}


def test_every_note_is_tried_here() -> None:
    assert set(ONE_OF_EACH) == {*NOTES, "made_by"}


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("raw", "Made from the photo inside a camera's raw file."),
        ("pages", "The file has 40 pages."),
        ("page", "Page 2 of 3 of one file."),
        ("pictures", "One of 4 pictures in this file was kept."),
        ("made_smaller", "Made smaller: 16320 × 12240 → 8160 × 6120."),
        ("incomplete", "The bottom of the picture is incomplete."),
        ("cut", "The end of the file is missing, so a part of the picture may be less sharp."),
    ],
)
def test_a_note_is_a_sentence(note: str, said: str) -> None:
    assert sentences({note: ONE_OF_EACH[note]}) == said


def test_several_notes_are_several_sentences() -> None:
    assert sentences({"incomplete": True, "page": [1, 2]}) == (
        "Page 1 of 2 of one file. The bottom of the picture is incomplete."
    )
    assert sentences({}) == ""


def test_by_what_the_picture_was_made_is_for_editors_alone() -> None:
    for maker, sentence in MADE_BY.items():
        assert hint({"made_by": maker}) == sentence
        assert sentences({"made_by": maker}) == ""
    assert hint({"raw": True}) == ""


def test_sound_notes_of_a_child_are_copied() -> None:
    assert NotesAnswer.model_validate(ONE_OF_EACH).notes() == ONE_OF_EACH
    assert NotesAnswer.model_validate({}).notes() == {}
