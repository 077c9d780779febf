import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.programs import DESK, Program

EDIT: dict[str, Any] = {
    "title": "A better title",
    "body": "<p>They came.</p><script>x</script>",
    "note": "Shorter",
}


def test_an_edit_is_cleaned_and_kept(program: Program, url: str) -> None:
    answer = program.post(f"{url}/revisions", version=2, **EDIT)
    assert answer.status_code == 201
    found = answer.get_json()
    assert found["version"] == 3
    newest = found["revisions"][0]
    assert (newest["number"], newest["title"], newest["author"]) == (2, "A better title", "Asel Nurbekova")
    assert (newest["html"], newest["note"]) == ("<p>They came.</p>", "Shorter")


def test_a_stale_edit_is_refused_with_what_changed(program: Program, other: Program, url: str) -> None:
    other.post(f"{url}/revisions", version=2, **EDIT)
    answer = program.post(f"{url}/revisions", version=2, **EDIT)
    assert (answer.status_code, answer.get_json()["version"]) == (409, 3)


def test_an_edit_may_be_as_long_as_on_the_page(program: Program, url: str) -> None:
    long = "<p>" + "река " * 50_000 + "</p>"
    assert program.post(f"{url}/revisions", version=2, title="Long", body=long).status_code == 201
    longer = long * 2
    answer = program.post(f"{url}/revisions", version=3, title="Longer", body=longer)
    assert list(answer.get_json()["errors"]) == ["body"]


def test_what_an_edit_leaves_out_stays(program: Program, url: str) -> None:
    before = program.get(url).get_json()
    after = program.post(f"{url}/revisions", version=2, tags=["ice", "река"], region="Almaty").get_json()
    assert (after["tags"], after["region"]) == (["ice", "река"], "Almaty")
    for name in ("section", "language", "print_name"):
        assert after[name] == before[name]
    assert after["revisions"][0]["title"] == before["revisions"][0]["title"]
    assert after["revisions"][0]["html"] == before["revisions"][0]["html"]
    assert after["photos"] == before["photos"]


def test_words_beside_photos_and_their_order(program: Program, submitted: Callable[..., str]) -> None:
    submitted(File("photo-1", JPEG), File("photo-2", JPEG), **{"caption-1": "One", "caption-2": "Two"})
    url = f"{DESK}/{newest().id}"
    first, second = (photo["id"] for photo in program.get(url).get_json()["photos"])
    photos = [{"id": second, "alt": "A river"}, {"id": first, "caption": "A door"}]
    found = program.post(f"{url}/revisions", version=2, photos=photos).get_json()["photos"]
    assert [(one["id"], one["caption"], one["alt"]) for one in found] == [
        (second, "Two", "A river"),
        (first, "A door", None),
    ]


@pytest.mark.parametrize("photos", ["x", ["x"], [{}], [{"id": "x"}]])
def test_photos_are_a_list_of_those_of_the_piece(program: Program, url: str, photos: object) -> None:
    answer = program.post(f"{url}/revisions", version=2, photos=photos)
    assert list(answer.get_json()["errors"]) == ["photos"]


def test_a_photo_has_no_other_words(program: Program, url: str) -> None:
    photo = program.get(url).get_json()["photos"][0]["id"]
    answer = program.post(f"{url}/revisions", version=2, photos=[{"id": photo, "captoin": "x"}])
    assert list(answer.get_json()["errors"]) == ["photos: captoin"]
    answer = program.post(f"{url}/revisions", version=2, photos=[{"id": photo, "caption": "x" * 1001}])
    assert list(answer.get_json()["errors"]) == ["photos"]


@pytest.mark.parametrize(
    "body",
    [
        {"title": ""},
        {"title": "x" * 301},
        {"body": "<script>x</script>"},
        {"section": "No such"},
        {"tags": ["x" * 51]},
    ],
)
def test_an_edit_that_cannot_be_taken(program: Program, url: str, body: dict[str, Any]) -> None:
    answer = program.post(f"{url}/revisions", version=2, **{**EDIT, **body})
    assert answer.status_code == 422
    assert answer.get_json()["errors"].keys() == body.keys()


def test_a_program_places_a_photo_and_features_another(
    program: Program, submitted: Callable[..., str]
) -> None:
    submitted(File("photo-1", JPEG), File("photo-2", JPEG))
    url = f"{DESK}/{newest().id}"
    one, two = (photo["id"] for photo in program.get(url).get_json()["photos"])
    mark = f'<figure id="photo-{one}"></figure>'
    body = f"<p>a</p>{mark}<figure id='photo-{uuid.uuid4()}'></figure><p>b</p>"
    found = program.post(
        f"{url}/revisions", version=2, body=body, photos=[{"id": one}, {"id": two, "featured": True}]
    ).get_json()
    assert found["revisions"][0]["html"] == f"<p>a</p>{mark}<p>b</p>"
    assert [photo["featured"] for photo in found["photos"]] == [False, True]
    found = program.post(f"{url}/revisions", version=3, photos=[{"id": one, "featured": True}]).get_json()
    assert [photo["featured"] for photo in found["photos"]] == [True, False]
