import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from intake import consent
from intake.models import Photo, Submission
from intake.photos.refusal import why_and_what_to_do
from intake.receipts import new_token
from intake.settings import Settings
from intake.web import Transom
from intake.web.api.openapi import Generator, Problem
from intake.web.api.public.submissions import Received
from tests.web.bodies import MULTIPART, File
from tests.web.conftest import JPEG, count, newest, quarantine
from tests.web.people import WORDS, Contributor

PROBLEM = TypeAdapter(Problem).json_schema(schema_generator=Generator)
RECEIVED = TypeAdapter(Received).json_schema(schema_generator=Generator, mode="serialization")
SMALLEST = {"title": "T", "body": "B", "consent": "yes"}


def is_problem(answer: Any, code: int) -> dict[str, Any]:
    """Assert that the response is a problem document with the status code of the response."""
    assert answer.status_code == code, answer.text
    assert answer.content_type == "application/problem+json"
    document: dict[str, Any] = json.loads(answer.text)
    Draft202012Validator(PROBLEM).validate(document)
    assert document["status"] == code
    return document


def test_created(contributor: Contributor, app_settings: Settings) -> None:
    answer = contributor.call(File("photo-1", JPEG), File("photo-2", b"no photo"))
    assert answer.status_code == 201
    assert answer.content_type == "application/json"
    document = json.loads(answer.text)
    Draft202012Validator(RECEIVED).validate(document)
    assert document["consent_version"] == consent.VERSION
    assert document["photos"] == [
        {"position": 1, "status": "received", "reason": None, "sentence": ""},
        {
            "position": 2,
            "status": "refused",
            "reason": "not_a_photo",
            "sentence": why_and_what_to_do("not_a_photo"),
        },
    ]
    assert contributor.look(document["receipt"]).status_code == 200
    assert len(quarantine(app_settings)) == 1


def test_what_may_be_left_out(contributor: Contributor) -> None:
    assert contributor.post("/api/v1/submissions", SMALLEST).status_code == 201
    submission = newest()
    assert (submission.language, submission.section) == ("und", "News")


def test_the_same_key_again_is_the_same_submission(contributor: Contributor, app_settings: Settings) -> None:
    key = new_token()
    first = contributor.call(File("photo-1", JPEG), File("photo-2", b""), key=key)
    again = contributor.call(key=key, title="")
    assert again.status_code == 201
    assert json.loads(first.text) == json.loads(again.text)
    assert (count(Submission), count(Photo)) == (1, 2)
    assert len(quarantine(app_settings)) == 1


def test_another_key_or_none_is_another_submission(contributor: Contributor) -> None:
    answers = [contributor.call(key=new_token()) for _ in range(2)]
    answers += [contributor.call() for _ in range(2)]
    assert len({json.loads(answer.text)["receipt"] for answer in answers}) == 4


def test_a_key_gives_another_receipt_than_a_form_with_the_same_token(contributor: Contributor) -> None:
    """Otherwise an API client that knows a form's token could learn its receipt."""
    token = contributor.token()
    form = contributor.send(token=token)
    answer = contributor.call(key=token)
    assert json.loads(answer.text)["receipt"] not in form.text
    assert count(Submission) == 2


@pytest.mark.parametrize("key", ["short", "x" * 21, "x" * 201])
def test_a_key_that_others_could_guess(contributor: Contributor, app_settings: Settings, key: str) -> None:
    is_problem(contributor.call(File("photo-1", JPEG), key=key), 400)
    assert quarantine(app_settings) == []


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ({"title": ""}, {"title"}),
        ({"title": "\u200b"}, {"title"}),
        ({"title": "x" * 301, "contact": "x" * 301}, {"title", "contact"}),
        ({"consent": "no"}, {"consent"}),
        ({"consent": "0"}, {"consent"}),
        ({"consent": ""}, {"consent"}),
        ({"language": "tlh"}, {"language"}),
        ({"section": "Gossip"}, {"section"}),
        ({"format": "pdf"}, {"format"}),
        ({"caption-1": "x" * 1001}, {"caption-1"}),
        ({"body": "x" * 400_000}, {"body"}),
    ],
)
def test_fields_that_need_another_look(
    contributor: Contributor, app_settings: Settings, words: dict[str, str], fields: set[str]
) -> None:
    document = is_problem(contributor.call(File("photo-1", JPEG), **words), 422)
    assert set(document["errors"]) == fields
    assert count(Submission) == 0
    assert quarantine(app_settings) == []


def test_no_field_at_all(contributor: Contributor) -> None:
    for fields in ({}, {"x": "y"}):
        document = is_problem(contributor.post("/api/v1/submissions", fields), 422)
        assert set(document["errors"]) == {"title", "consent"}


def test_neither_text_nor_photo(contributor: Contributor) -> None:
    is_problem(contributor.call(File("photo-1", b"no photo"), body=" "), 422)
    assert count(Submission) == 0


@pytest.mark.parametrize(
    ("limits", "files", "says"),
    [
        ({"max_photo_bytes": 3000}, 1, "Photo 1 is larger than 2.9 KB"),
        ({"max_photos": 1}, 2, "Up to 1 photo can be sent at once;"),
        ({"max_request_bytes": 3000}, 1, "Up to 2.9 KB can be sent at once"),
        ({"max_request_bytes": 100}, 1, "Up to 100 bytes can be sent at once: up to 20 photos"),
    ],
)
def test_over_a_limit(
    made: Callable[..., Transom], app_settings: Settings, limits: dict[str, int], files: int, says: str
) -> None:
    contributor = Contributor(made(**limits).test_client())
    photos = [File(f"photo-{i}", b"\xff\xd8\xff" + bytes(3000)) for i in range(1, files + 1)]
    assert says in is_problem(contributor.call(*photos), 413)["detail"]
    assert quarantine(app_settings) == []


def test_every_error_below_the_api_is_a_problem_document(
    app: Transom, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    is_problem(client.get("/api/v1/nothing"), 404)
    is_problem(client.get("/api/"), 404)
    refused = client.get("/api/v1/submissions")
    is_problem(refused, 405)
    assert set(refused.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    is_problem(client.post("/api/v1/submissions", data=b"{}", content_type="application/json"), 415)
    is_problem(client.post("/api/v1/submissions", data=b"x", content_type=MULTIPART), 400)

    def broken(_receipt: str) -> None:
        raise RuntimeError("a contributor's words")

    monkeypatch.setattr("intake.web.contribute.submission_intake.earlier", broken)
    document = is_problem(client.post("/api/v1/submissions", data=SMALLEST), 500)
    assert "words" not in document["detail"]


def test_the_database_is_away(
    contributor: Contributor, database_away: Callable[[], AbstractContextManager[None]]
) -> None:
    with database_away():
        answer = contributor.call()
    is_problem(answer, 503)
    assert answer.headers["Retry-After"] == "60"


def test_no_other_site_may_read_the_answer(contributor: Contributor) -> None:
    answer = contributor.post("/api/v1/submissions", WORDS, headers={"Origin": "https://elsewhere.example"})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_a_browser_s_form_is_taken_too(contributor: Contributor) -> None:
    assert contributor.post("/api/v1/submissions", WORDS).status_code == 201


def test_a_document_is_taken_as_the_text(contributor: Contributor, app_settings: Settings) -> None:
    answer = contributor.call(File("document", b"# A heading\n\nWords.", "story.md"), body="")
    assert answer.status_code == 201
    assert newest().has_document
    assert len(quarantine(app_settings)) == 1


def test_a_document_that_cannot_be_taken_is_a_problem(
    contributor: Contributor, app_settings: Settings
) -> None:
    document = is_problem(contributor.call(File("document", b"%PDF-1.4", "story.pdf")), 422)
    assert document["detail"].startswith("We cannot take a PDF")
    assert (count(Submission), quarantine(app_settings)) == (0, [])
