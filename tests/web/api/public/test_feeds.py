from collections.abc import Callable

import pytest
from lxml import etree

from intake.db import transaction
from intake.models import Editor
from intake.publishing import accepted
from intake.web import Transom
from tests.cast import join
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.programs import DESK, Program, token_of

JSON, ATOM = "/feeds/accepted.json", "/feeds/accepted.atom"


@pytest.fixture
def person(app: Transom) -> Editor:
    """Account of the person whose token reads the feed."""
    return join("Asel Nurbekova", "editor")


@pytest.fixture
def reader(app: Transom, person: Editor) -> Program:
    """A feed reader."""
    return Program(app.test_client(), token_of(person, "feed"))


@pytest.fixture
def accept(app: Transom, person: Editor, submitted: Callable[..., str]) -> Callable[..., str]:
    """Function that sends and accepts a submission. Returns its id."""
    desk = Program(app.test_client(), token_of(person, "decide", "write"))

    def make(*files: File, **words: str) -> str:
        submitted(*files, **words)
        number = str(newest().id)
        assert desk.post(f"{DESK}/{number}/decisions", verdict="accept", version=2).status_code == 201
        return number

    return make


def test_what_is_accepted_is_in_both(
    reader: Program, accept: Callable[..., str], submitted: Callable[..., str]
) -> None:
    number = accept(title="Мұз", contact="signal +7", print_name="Ә. Н.")
    submitted(title="In review")
    as_json, as_atom = reader.get(JSON), reader.get(ATOM)
    assert (as_json.mimetype, as_atom.mimetype) == ("application/feed+json", "application/atom+xml")
    assert [item["title"] for item in as_json.get_json(force=True)["items"]] == ["Мұз"]
    feed = etree.fromstring(as_atom.data)
    assert feed.xpath("//*[local-name()='entry']/*[local-name()='id']/text()") == [f"urn:uuid:{number}"]
    for answer in (as_json, as_atom):
        assert "signal" not in answer.text
        assert "In review" not in answer.text
        assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_reader_that_has_it_gets_nothing_again(reader: Program, accept: Callable[..., str]) -> None:
    accept()
    for url in (JSON, ATOM):
        etag = reader.get(url).headers["ETag"]
        again = reader.get(url, headers={"If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b"")
    accept(title="Another")
    for url in (JSON, ATOM):
        assert reader.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_not_even_that_nothing_changed_is_said_without_a_token(reader: Program, app: Transom) -> None:
    etag = reader.get(JSON).headers["ETag"]
    assert app.test_client().get(JSON, headers={"If-None-Match": etag}).status_code == 401


def test_page_by_page(reader: Program, accept: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    for title in ("First", "Second", "Third"):
        accept(title=title)
    monkeypatch.setattr(accepted, "PAGE", 2)
    page = reader.get(JSON).get_json(force=True)
    assert [item["title"] for item in page["items"]] == ["Third", "Second"]
    last = reader.get(page["next_url"]).get_json(force=True)
    assert [item["title"] for item in last["items"]] == ["First"]
    assert last["feed_url"] == page["next_url"]
    assert "next_url" not in last


def test_photos_are_for_those_with_the_token(
    reader: Program, accept: Callable[..., str], app: Transom, person: Editor
) -> None:
    accept(File("photo-1", JPEG), **{"caption-1": "The door"})
    (photo,) = reader.get(JSON).get_json(force=True)["items"][0]["attachments"]
    assert photo["title"] == "The door"
    submission = newest()
    with transaction() as session:
        photo_id = session.merge(submission).photos[0].id
    address = f"/feeds/submissions/{submission.id}/photos/{photo_id}/full"
    answer = reader.get(address)
    assert (answer.data, answer.mimetype) == (JPEG, "image/jpeg")
    assert app.test_client().get(address).status_code == 401
    assert Program(app.test_client(), token_of(person, "read")).get(address).status_code == 403


def test_photos_of_other_pieces_are_none_of_its_business(
    reader: Program, submitted: Callable[..., str], app: Transom, person: Editor
) -> None:
    submitted(File("photo-1", JPEG))
    desk = Program(app.test_client(), token_of(person, "read"))
    photo = desk.get(f"{DESK}/{newest().id}").get_json()["photos"][0]
    address = photo["urls"]["full"].replace("/api/v1/desk/", "/feeds/")
    assert reader.get(address).status_code == 404
