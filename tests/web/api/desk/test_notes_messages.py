from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from intake.models import Message, Note
from tests.web.conftest import count
from tests.web.programs import Program

KEY = {"Idempotency-Key": "5b1e8c70-3a0f-4f0e-9d8e-0d6b6a1f6e11"}


@pytest.mark.parametrize(("tail", "table"), [("notes", Note), ("messages", Message)])
def test_what_is_sent_twice_under_one_key_stands_once(
    program: Program, other: Program, url: str, tail: str, table: type
) -> None:
    first = program.post(f"{url}/{tail}", KEY, body="Once.")
    again = program.post(f"{url}/{tail}", KEY, body="Once.")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    assert [one["body"] for one in again.get_json()[tail]] == ["Once."]
    assert program.post(f"{url}/{tail}", {"Idempotency-Key": "x" * 30}, body="Once.").status_code == 201
    assert other.post(f"{url}/{tail}", KEY, body="Once.").status_code == 201
    assert count(table) == 3


def test_without_a_key_every_note_counts(program: Program, url: str) -> None:
    for _ in range(2):
        assert program.post(f"{url}/notes", body="Again.").status_code == 201
    assert count(Note) == 2


def test_of_many_at_once_one_is_written(program: Program, url: str) -> None:
    def send(_: int) -> int:
        own = Program(program.client.application.test_client(), program.token)
        return own.post(f"{url}/notes", KEY, body="Once.").status_code

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(send, range(8)))
    assert codes == [200] * 7 + [201]
    assert count(Note) == 1


def test_the_same_key_for_another_text_is_a_mistake_of_the_program(program: Program, url: str) -> None:
    program.post(f"{url}/notes", KEY, body="Once.")
    answer = program.post(f"{url}/notes", KEY, body="Something else.")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "idempotency_key")
    assert count(Note) == 1


def test_a_key_that_could_be_guessed_is_refused(program: Program, url: str) -> None:
    answer = program.post(f"{url}/notes", {"Idempotency-Key": "1"}, body="Once.")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "idempotency_key")


@pytest.mark.parametrize("tail", ["notes", "messages"])
@pytest.mark.parametrize(
    "body", [{}, {"body": ""}, {"body": " "}, {"body": "x" * 5001}, {"body": "x", "to": "y"}]
)
def test_words_that_cannot_be_taken(program: Program, url: str, tail: str, body: dict[str, Any]) -> None:
    assert program.post(f"{url}/{tail}", **body).status_code == 422


def test_words_are_cleaned(program: Program, url: str) -> None:
    found = program.post(f"{url}/notes", body="a\u200bb\x00c\n\nd").get_json()
    assert found["notes"][0]["body"] == "abc\n\nd"
