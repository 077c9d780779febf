"""Photos of the feeds by signed URLs. A valid URL returns the photo, every other one the same 404."""

import re
import time
import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func

from intake.db import transaction
from intake.models import Photo, Submission
from intake.publishing import picture_addresses
from intake.publishing.picture_addresses import DAY_SECONDS, PictureAddress
from intake.submissions.removal import blank_photo
from intake.web import Transom
from intake.web.api.public import feed_pictures
from intake.web.api.public.feed_pictures import Allowance
from tests.cast import join
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.programs import DESK, Program, token_of


@pytest.fixture
def feed(app: Transom) -> Program:
    return Program(app.test_client(), token_of(join("Reader", "editor"), "feed"))


@pytest.fixture
def nobody(app: Transom) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def accepted(app: Transom, submitted: Callable[..., str]) -> uuid.UUID:
    """Id of an accepted submission with a photo."""
    submitted(File("photo-1", JPEG))
    desk = Program(app.test_client(), token_of(join("Asel Nurbekova", "editor"), "decide", "write"))
    number = newest().id
    assert desk.post(f"{DESK}/{number}/decisions", verdict="accept", version=2).status_code == 201
    return number


def addresses(feed: Program) -> list[str]:
    """Paths of all pictures in the JSON Feed: featured, attachment, and in the content."""
    (item,) = (feed.get("/feeds/accepted.json").get_json(force=True))["items"]
    found = [
        item["image"],
        *(one["url"] for one in item["attachments"]),
        *re.findall('src="([^"]+)"', item["content_html"]),
    ]
    return [re.sub("^https?://[^/]+", "", one) for one in found]


def test_a_reader_without_a_token_sees_the_pictures(
    accepted: uuid.UUID, feed: Program, nobody: FlaskClient
) -> None:
    paths = addresses(feed)
    assert len(paths) == 3
    for path in paths:
        answer = nobody.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert re.fullmatch(r"private, max-age=\d+", answer.headers["Cache-Control"])
        assert "Set-Cookie" not in answer.headers
    atom = feed.get("/feeds/accepted.atom").text
    assert all(path in atom for path in paths)


def test_the_feed_is_the_same_at_the_next_poll(
    accepted: uuid.UUID, feed: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("/feeds/accepted.json", "/feeds/accepted.atom"):
        first = feed.get(path)
        again = feed.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        with monkeypatch.context() as later:
            now = picture_addresses._now()
            later.setattr(picture_addresses, "_now", lambda now=now: now + DAY_SECONDS)
            changed = feed.get(path, headers={"If-None-Match": first.headers["ETag"]})
            assert changed.status_code == 200


def test_each_refusal_is_the_same(
    accepted: uuid.UUID, feed: Program, nobody: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = addresses(feed)[0]
    parts = path.removeprefix("/feeds/pictures/").split("/")
    known = PictureAddress(uuid.UUID(parts[0]), uuid.UUID(parts[1]), int(parts[2]), parts[3], int(parts[4]))
    signed = [
        replace(known, submission=uuid.uuid4()),
        replace(known, photo=uuid.uuid4()),
        replace(known, generation=7),
        replace(known, size="base"),
        replace(known, expires=1),
    ]
    wrong = [
        path.replace(parts[5], f"{'A' * 43}.jpg"),
        path.replace("/web/", "/full/"),
        path.replace(parts[4], str(int(parts[4]) + 1)),
        path.replace(".jpg", ".png"),
        *(one.path("jpg") for one in signed),
        f"/feeds/pictures/{uuid.uuid4()}/{uuid.uuid4()}/0/web/{parts[4]}/{'ü' * 9}.jpg",
    ]
    answers = {
        (answer.status_code, answer.text, *sorted(answer.headers.items()))
        for answer in map(nobody.get, wrong)
    }
    assert nobody.get(path).status_code == 200
    monkeypatch.setattr(picture_addresses, "_now", lambda: known.expires)
    late = nobody.get(path)
    answers.add((late.status_code, late.text, *sorted(late.headers.items())))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404


@pytest.mark.parametrize("change", ["withdrawn", "embargoed", "not accepted", "photo purged", "redacted"])
def test_an_address_ends_with_the_right_to_see_the_photo(
    accepted: uuid.UUID, feed: Program, nobody: FlaskClient, change: str
) -> None:
    path = addresses(feed)[0]
    unknown = nobody.get(path.replace(".jpg", ".png"))
    with transaction() as session:
        submission = session.get_one(Submission, accepted)
        photo = session.get_one(Photo, submission.photos[0].id)
        if change == "withdrawn":
            submission.status = "withdrawn"
        elif change == "not accepted":
            submission.status = "in_review"
        elif change == "embargoed":
            submission.embargo_until = func.now() + func.make_interval(0, 0, 0, 9)
        elif change == "photo purged":
            blank_photo(photo)
        else:
            photo.generation += 1
    gone = nobody.get(path)
    assert (gone.status_code, gone.text) == (404, unknown.text)


def test_a_guess_reads_neither_database_nor_file(
    accepted: uuid.UUID, feed: Program, nobody: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    path = addresses(feed)[0]
    monkeypatch.setattr(feed_pictures, "transaction", refuse)
    monkeypatch.setattr(feed_pictures, "picture", refuse)
    assert nobody.get(path.replace("/web/", "/full/")).status_code == 404


def test_readers_wait_when_they_ask_for_too_much(
    accepted: uuid.UUID, feed: Program, nobody: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = addresses(feed)[0]
    monkeypatch.setattr(feed_pictures, "allowance", Allowance(2, 0.0))
    guessed = [nobody.get(path.replace("/web/", "/full/")).status_code for _ in range(5)]
    # Invalid URLs do not count against the rate limit, so attackers cannot use it up.
    assert guessed == [404] * 5
    assert [nobody.get(path).status_code for _ in range(3)] == [200, 200, 429]
    assert nobody.get(path).headers["Retry-After"] == "60"


def test_an_allowance_grows_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    one = Allowance(1, 0.5)
    assert [one.take(), one.take()] == [True, False]
    clock[0] = 2.0
    assert [one.take(), one.take()] == [True, False]
