import pytest

from tests.web.programs import Program


def test_a_piece_is_marked_as_published(program: Program, url: str) -> None:
    program.post(f"{url}/decisions", verdict="accept", version=2)
    answer = program.post(f"{url}/publications", version=4, url="https://magazine.example/river")
    assert answer.status_code == 201
    found = answer.get_json()
    assert (found["status"], found["published_url"]) == ("published", "https://magazine.example/river")
    assert found["published_at"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "magazine.example", "https://", "https://u:p@x.example/"]
)
def test_an_address_is_one_of_the_web(program: Program, url: str, address: str) -> None:
    program.post(f"{url}/decisions", verdict="accept", version=2)
    answer = program.post(f"{url}/publications", version=4, url=address)
    assert list(answer.get_json()["errors"]) == ["url"]


def test_only_what_is_accepted_can_be_published(program: Program, url: str) -> None:
    answer = program.post(f"{url}/publications", version=2)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "illegal_move")
    assert answer.get_json()["detail"] == "Cannot publish a submission that is in review."
