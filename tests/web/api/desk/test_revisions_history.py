import pytest

from tests.web.programs import Program


def test_an_older_revision_with_what_stood_beside_it(program: Program, url: str) -> None:
    program.post(f"{url}/revisions", version=2, title="Later", region="Almaty")
    old = program.get(f"{url}/revisions/1").get_json()
    assert (old["title"], old["author"], old["details"]["region"]) == ("What I saw", None, "")
    assert old["details"]["photos"][0]["caption"] == "The door"
    for number in (0, 3, 2**31 - 1, 2**31):
        assert program.get(f"{url}/revisions/{number}").status_code == 404


def test_two_revisions_are_compared(program: Program, url: str) -> None:
    program.post(f"{url}/revisions", version=2, title="Later", body="<p>They came at noon.</p>")
    found = program.get(f"{url}/compare").get_json()
    assert (found["from"], found["to"], found["incomplete"]) == (1, 2, False)
    assert [one["label"] for one in found["details"]] == ["Title"]
    assert {one["kind"] for one in found["text"]} == {"changed", "gone"}
    assert program.get(f"{url}/compare?from=2&to=2").get_json()["text"] == []
    assert program.get(f"{url}/compare?from=7").status_code == 404


@pytest.mark.parametrize("query", ["from=x", "to=-1", "frm=1"])
def test_a_misspelt_number_is_refused(program: Program, url: str, query: str) -> None:
    answer = program.get(f"{url}/compare?{query}")
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [query.split("=")[0]])


def test_one_goes_back_on_the_version_that_was_read(program: Program, other: Program, url: str) -> None:
    program.post(f"{url}/revisions", version=2, title="Later")
    stale = other.post(f"{url}/revisions/1/restore", version=2)
    assert (stale.status_code, stale.get_json()["code"], stale.get_json()["version"]) == (409, "stale", 3)
    answer = other.post(f"{url}/revisions/1/restore", version=3)
    assert answer.status_code == 201
    newest = answer.get_json()["revisions"][0]
    assert (newest["number"], newest["title"], newest["note"]) == (3, "What I saw", "Back to revision 1")
    assert other.post(f"{url}/revisions/0/restore", version=4).status_code == 404
