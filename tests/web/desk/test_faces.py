"""Suggested faces on the page to redact a photo, without a script."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import update

from intake.db import transaction
from intake.models import FaceSearch
from intake.photos.faces import MOST_FACES, PossibleFace
from intake.retouches import faces
from tests.web.bodies import File
from tests.web.conftest import JPEG
from tests.web.desk.test_photos import BOX, CHOICES, photo
from tests.web.people import Newsroom

FOUND = [PossibleFace(1000 * number, 2000, 512, 1234) for number in range(1, 4)]
ALONE = "The program misses faces that are small, bent, veiled or turned: look yourself."


@pytest.fixture
def url(submitted: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> str:
    """URL of a photo's redactions, on an installation with the optional face detection."""
    monkeypatch.setattr(faces, "is_installed", lambda: True)
    address = submitted(File("photo-1", JPEG))
    return f"{address}/photos/{photo(1).id}/redactions"


def found(*areas: PossibleFace, state: str = "done") -> None:
    with transaction() as session:
        values = {"state": state, "areas": [list(vars(area).values()) for area in areas]}
        session.execute(update(FaceSearch).values(**values))


def words(page: str) -> str:
    part = re.search(r"<p data-faces-words>(.*?)</p>", page)
    return part[1] if part else ""


def marks(page: str) -> list[tuple[str, ...]]:
    """Return the coordinates of all rows that are not empty."""
    values = re.findall(r'name="marks-\d+-(?:x|y|width|height)"[^>]*? value="([^"]*)"', page)
    rows = [tuple(values[start : start + 4]) for start in range(0, len(values), 4)]
    return [row for row in rows if any(row)]


def test_the_page_asks_waits_and_shows(editor: Newsroom, url: str) -> None:
    page = editor.get(f"{url}/new").text
    assert "It recognizes nobody." in words(page)
    page = editor.post(url, faces="ask", **CHOICES).text
    assert "is looking for possible faces" in words(page)
    assert words(editor.get(f"{url}/new").text) == words(page)
    found(*FOUND)
    page = editor.post(url, faces="ask").text
    assert words(page) == f"3 possible faces. {ALONE}"
    assert page.count('class="overlay__face"') == 3
    assert 'x="10.0%" y="20.0%" width="5.12%" height="12.34%"' in page
    assert "Mark all 3" in page
    assert marks(page) == []


@pytest.mark.parametrize(
    ("count", "sentence", "button"),
    [
        (0, ALONE, ""),
        (1, f"1 possible face. {ALONE}", "Mark it"),
        (2, f"2 possible faces. {ALONE}", "Mark all 2"),
    ],
)
def test_the_plural_is_right_and_nothing_is_said_of_none(
    editor: Newsroom, url: str, count: int, sentence: str, button: str
) -> None:
    editor.post(url, faces="ask")
    found(*FOUND[:count])
    page = editor.get(f"{url}/new").text
    assert words(page) == sentence
    assert re.findall(r'value="all">([^<]*)<', page) == ([button] if button else [])
    assert not re.search(r"\b(no|0|zero) (possible )?faces?\b", page, re.IGNORECASE)


def test_all_are_marked_and_what_was_marked_before_stays(editor: Newsroom, url: str) -> None:
    editor.post(url, faces="ask")
    found(*FOUND)
    page = editor.post(
        url, faces="all", **BOX, **{f"marks-0-{name}": choice for name, choice in CHOICES.items()}
    ).text
    assert marks(page) == [
        ("10", "20", "30", "5.5"),
        ("10.0", "20.0", "5.12", "12.34"),
        ("20.0", "20.0", "5.12", "12.34"),
        ("30.0", "20.0", "5.12", "12.34"),
    ]
    assert words(page) == ALONE
    assert "overlay__face" not in page


def test_one_is_marked_and_the_others_keep_their_numbers(editor: Newsroom, url: str) -> None:
    editor.post(url, faces="ask")
    found(*FOUND)
    page = editor.post(url, faces="2").text
    assert marks(page) == [("20.0", "20.0", "5.12", "12.34")]
    assert re.findall(r"Mark face (\d)", page) == ["1", "3"]
    for unknown in ("7", "x", "-1"):
        assert marks(editor.post(url, faces=unknown).text) == []


def test_there_are_never_more_marks_than_allowed(editor: Newsroom, url: str) -> None:
    editor.post(url, faces="ask")
    found(*[PossibleFace(100 * number, 0, 50, 50) for number in range(MOST_FACES)])
    page = editor.post(url, faces="all").text
    assert page.count('class="mark-row"') - 1 == MOST_FACES  # one in the template


def test_a_search_that_failed_can_be_tried_again(editor: Newsroom, url: str) -> None:
    editor.post(url, faces="ask")
    found(state="failed")
    page = editor.get(f"{url}/new").text
    assert words(page) == "The program could not look for faces. Look yourself."
    assert "Try again" in page
    assert "is looking" in words(editor.post(url, faces="ask").text)


def test_without_the_extra_the_page_says_nothing_of_it(
    editor: Newsroom, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "is_installed", lambda: False)
    assert "possible face" not in editor.get(f"{url}/new").text
    assert "data-faces" not in editor.get(f"{url}/new").text
    assert editor.post(url, faces="ask").status_code == 404


def test_the_enter_key_neither_marks_nor_destroys(editor: Newsroom, url: str) -> None:
    editor.post(url, faces="ask")
    found(*FOUND)
    form = editor.get(f"{url}/new").text.partition("data-redaction")[2]
    first = re.search(r'<button[^>]*type="submit"[^>]*>', form)
    assert first
    assert 'name="another"' in first[0]


def test_the_history_tells_of_it(editor: Newsroom, url: str) -> None:
    editor.post(url, faces="ask")
    assert "Photo 1: possible faces looked for" in editor.get(url.partition("/photos/")[0]).text
