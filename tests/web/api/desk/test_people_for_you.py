from tests.web.programs import Program

FOR_YOU = "/api/v1/desk/for-you"


def test_what_one_was_told_of_until_it_is_seen(program: Program, other: Program, url: str) -> None:
    other.post(f"{url}/notes", body="@Asel can you look at the date?")
    found = program.get(FOR_YOU).get_json()
    assert found["count"] == 1
    assert (found["items"][0]["title"], found["items"][0]["kind"]) == ("What I saw", "mentioned")
    assert found["items"][0]["url"].endswith(url)
    assert other.get(FOR_YOU).get_json() == {"items": [], "count": 0}
    assert program.post(f"{url}/seen").get_json()["count"] == 0


def test_all_of_it_is_seen(program: Program, other: Program, url: str) -> None:
    other.post(f"{url}/notes", body="@Asel one")
    assert other.post(f"{FOR_YOU}/seen").status_code == 200
    assert program.get(FOR_YOU).get_json()["count"] == 1
    assert program.post(f"{FOR_YOU}/seen").get_json() == {"items": [], "count": 0}
