from typing import Any

import pytest

from tests.web.programs import Program

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


@pytest.mark.parametrize("body", [{"title": ""}, {"title": "x" * 301}, {"body": "<script>x</script>"}])
def test_an_edit_that_cannot_be_taken(program: Program, url: str, body: dict[str, Any]) -> None:
    answer = program.post(f"{url}/revisions", version=2, **{**EDIT, **body})
    assert answer.status_code == 422
    assert answer.get_json()["errors"].keys() == body.keys()
