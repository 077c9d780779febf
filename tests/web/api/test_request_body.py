import pytest

from tests.web.api.desk.conftest import joined, person, program, url
from tests.web.programs import Program

__all__ = ["joined", "person", "program", "url"]


@pytest.mark.parametrize("data", ["[]", "3", "null", '"x"'])
def test_a_body_is_an_object(program: Program, url: str, data: str) -> None:
    answer = program.open("POST", f"{url}/decisions", data=data, content_type="application/json")
    assert answer.status_code == 422


def test_a_body_that_cannot_be_read(program: Program, url: str) -> None:
    answer = program.open("POST", f"{url}/decisions", data="{", content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_form_is_no_json(program: Program, url: str) -> None:
    answer = program.open("POST", f"{url}/decisions", data={"verdict": "accept", "version": "2"})
    assert (answer.status_code, answer.mimetype) == (415, "application/problem+json")


def test_too_much(program: Program, url: str) -> None:
    answer = program.post(f"{url}/notes", body="x" * (2 * 1024 * 1024))
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")
