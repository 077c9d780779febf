from typing import Any

import pytest

from tests.web.programs import Program

VIEWS = "/api/v1/desk/views"
FILTERS = {"status": "in_review", "photos": "yes"}


@pytest.mark.usefixtures("url")
def test_a_view_is_kept_counted_changed_and_forgotten(program: Program, other: Program) -> None:
    answer = program.post(VIEWS, name="With photos", filters=FILTERS)
    made = answer.get_json()
    assert (answer.status_code, made["mine"], made["count"]["number"]) == (201, True, 1)
    assert len(program.get(made["url"]).get_json()["items"]) == 1
    assert other.get(VIEWS).get_json()["items"] == []
    changed = program.put(f"{VIEWS}/{made['id']}", name="Pictures", shared=True).get_json()
    assert (changed["name"], changed["filters"]) == ("Pictures", made["filters"])
    (shared,) = other.get(VIEWS).get_json()["items"]
    assert (shared["owner"], shared["mine"]) == ("Asel Nurbekova", False)
    assert other.put(f"{VIEWS}/{made['id']}", name="Mine").status_code == 404
    assert other.delete(f"{VIEWS}/{made['id']}").status_code == 404
    assert program.delete(f"{VIEWS}/{made['id']}").status_code == 204
    assert program.get(VIEWS).get_json()["items"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"filters": FILTERS}, "name"),
        ({"name": "Taken"}, "name"),
        ({"name": "x", "filters": "x"}, "filters"),
        ({"name": "x", "filters": {"stat": "accepted"}}, "stat"),
        ({"name": "x", "filters": {"status": "nothing"}}, "status"),
    ],
)
def test_a_view_that_cannot_be_kept(program: Program, body: dict[str, Any], field: str) -> None:
    program.post(VIEWS, name="Taken")
    answer = program.post(VIEWS, **body)
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])
