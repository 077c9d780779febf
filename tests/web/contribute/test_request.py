import io
from collections.abc import Callable
from typing import IO, cast

import pytest
from flask import request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from intake.web import FORM_MEMORY, ORDINARY_BODY, Transom
from intake.web.contribute.request import DRAIN_FACTOR, intake_request
from tests.web.bodies import BOUNDARY, MULTIPART, File, multipart, raw
from tests.web.people import Contributor, Newsroom

URLENCODED = "application/x-www-form-urlencoded"
WITH_PHOTOS = ("/submissions", "/api/v1/submissions")
WITHOUT = ("/receipt", "/receipt/withdrawals", "/login")


def test_a_file_that_nobody_asked_for_is_thrown_away(app: Transom) -> None:
    body = multipart({"a": "b"}, [File("photo-1", b"x" * 1000)])
    with app.test_request_context("/login", method="POST", data=body, content_type=MULTIPART):
        assert request.form.to_dict() == {"a": "b"}
        assert not request.files
        assert intake_request().upload is None


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", ""])
def test_other_ways_of_writing_a_request_are_a_415(app: Transom, content_type: str) -> None:
    for url in WITH_PHOTOS:
        answer = app.test_client().post(url, data=b"{}", content_type=content_type)
        assert answer.status_code == 415
        assert "multipart/form-data" in answer.text


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"x"),
        (MULTIPART, b"no such boundary"),
        (MULTIPART, multipart({"title": "cut"}, closed=False)),
    ],
    ids=["no boundary", "another boundary", "cut short"],
)
def test_a_malformed_body_is_a_400(app: Transom, content_type: str, body: bytes) -> None:
    for url in (*WITH_PHOTOS, *WITHOUT):
        assert app.test_client().post(url, data=body, content_type=content_type).status_code == 400, url


def test_a_part_without_a_name_breaks_nothing(app: Transom) -> None:
    body = f"--{BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nx\r\n--{BOUNDARY}--\r\n".encode()
    codes = {
        url: app.test_client().post(url, data=body, content_type=MULTIPART).status_code
        for url in (*WITH_PHOTOS, *WITHOUT)
    }
    assert codes == dict.fromkeys(codes, 422) | {"/login": 400}


@pytest.mark.parametrize("content_type", [URLENCODED, MULTIPART])
def test_an_ordinary_page_takes_a_megabyte(app: Transom, content_type: str) -> None:
    words = {"receipt": "x" * (ORDINARY_BODY + 1)}
    body = multipart(words) if content_type == MULTIPART else b"receipt=" + words["receipt"].encode()
    for url in WITHOUT:
        assert app.test_client().post(url, data=body, content_type=content_type).status_code == 413, url


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (URLENCODED, b"body=" + b"x" * (FORM_MEMORY + 1)),
        (URLENCODED, b"a&" * 1001),
        (MULTIPART, multipart({f"f{i}": "x" * (FORM_MEMORY // 8) for i in range(9)})),
        (MULTIPART, multipart({f"f{i}": "" for i in range(1001)})),
    ],
    ids=["one word", "many words", "words of many megabytes", "1,001 parts"],
)
def test_words_have_a_limit_of_their_own(app: Transom, content_type: str, body: bytes) -> None:
    for url in WITH_PHOTOS:
        answer = app.test_client().post(url, data=body, content_type=content_type)
        assert answer.status_code == 413
        assert "Up to 200 MB can be sent at once: up to 20 photos of 50 MB each" in answer.text
        assert "a text of 300 KB" in answer.text


def test_a_thousand_parts_are_read(app: Transom) -> None:
    body = multipart({f"f{i}": "" for i in range(1000)})
    for url in WITH_PHOTOS:
        assert app.test_client().post(url, data=body, content_type=MULTIPART).status_code == 422


def test_more_than_is_drained_is_refused_before_it_is_read(made: Callable[..., Transom]) -> None:
    class Unread(io.RawIOBase):
        def read(self, _size: int = -1) -> bytes:
            raise AssertionError("read")

    client = made(max_request_bytes=1000).test_client()
    told = raw(cast("IO[bytes]", Unread()), DRAIN_FACTOR * 1000 + 1)
    answer = client.post("/submissions", environ_overrides=told)
    assert answer.status_code == 413
    assert "Up to 1000 bytes can be sent at once" in answer.text


def chunked(client: FlaskClient, url: str, body: bytes) -> TestResponse:
    """Request without a Content-Length, as gunicorn passes it on."""
    return client.post(url, environ_overrides=raw(io.BytesIO(body)))


def test_a_request_that_does_not_say_how_long_it_is(made: Callable[..., Transom]) -> None:
    client = made(max_request_bytes=1000).test_client()
    fields = {"title": "T", "body": "B", "consent": "yes"}
    assert chunked(client, "/api/v1/submissions", multipart(fields)).status_code == 201
    photos = [File(f"photo-{i}", b"\xff\xd8\xff" + b"x" * 600) for i in (1, 2)]
    assert chunked(client, "/api/v1/submissions", multipart(fields, photos)).status_code == 413
    large = [File("photo-1", b"\xff\xd8\xff" + b"x" * DRAIN_FACTOR * 1000)]
    assert chunked(client, "/api/v1/submissions", multipart(fields, large)).status_code == 413


def test_words_may_come_without_files_in_the_old_way(contributor: Contributor) -> None:
    fields = {"title": "Қ ала & more", "body": "100 %", "consent": "yes"}
    assert contributor.client.post("/api/v1/submissions", data=fields).status_code == 201


def test_an_edit_may_be_as_long_as_its_text_and_the_way_it_is_written_make_it(
    editor: Newsroom, submitted: Callable[..., str]
) -> None:
    """The body limit must allow for URL encoding, which triples the bytes of Cyrillic text, and for markup."""
    url = submitted()
    body = "<p>" + "ж" * 295_000 + "</p>"
    assert editor.post(f"{url}/revisions", version="2", title="T", body=body).status_code == 303
    refused = editor.post(f"{url}/revisions", version="3", title="T", body="ж" * 400_000)
    assert refused.status_code == 422
    assert "larger than 600 KB" in refused.text
    assert "ж" * 400_000 in refused.text
