from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from intake.settings import settings
from intake.web.forms.publication import NOT_YET
from tests.cast import RunJobs
from tests.web.conftest import newest
from tests.web.people import Contributor
from tests.web.programs import DESK, Program

URL = "https://magazine.example/river"


@pytest.fixture
def published(program: Program, url: str) -> str:
    """Published submission, in version 5."""
    program.post(f"{url}/decisions", verdict="accept", version=2)
    program.post(f"{url}/publications", version=4, url=URL)
    return url


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Checklist of the section News."""
    monkeypatch.setenv("TRANSOM_CHECKLISTS", "News = captions, faces")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def test_an_address_is_mended(program: Program, published: str) -> None:
    found = program.put(f"{published}/publication", version=5, url=f"{URL}-2").get_json()
    assert (found["published_url"], found["version"]) == (f"{URL}-2", 6)
    assert program.put(f"{published}/publication", version=6).get_json()["published_url"] is None
    assert program.put(f"{published}/publication", version=7, url="x").status_code == 422
    assert program.put(f"{published}/publication", version=1).get_json()["code"] == "stale"


def test_a_correction_has_words_and_a_day(program: Program, published: str) -> None:
    answer = program.post(f"{published}/corrections", version=5, correction="A name", dated="2026-11-03")
    assert answer.status_code == 201
    (note,) = answer.get_json()["publication_notes"]
    assert (note["kind"], note["body"], note["dated"]) == ("correction", "A name", "2026-11-03")
    assert answer.get_json()["corrected_at"]
    late = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}"
    for day, said in ((late, NOT_YET), ("yesterday", "Please send a day, such as 2026-03-01.")):
        wrong = program.post(f"{published}/corrections", version=6, correction="A name", dated=day)
        assert wrong.get_json()["errors"] == {"dated": [said]}


def test_a_retraction_tells_the_contributor(program: Program, published: str) -> None:
    assert program.post(f"{published}/retractions", version=5, reason=" ").status_code == 422
    found = program.post(f"{published}/retractions", version=5, reason="Why").get_json()
    assert found["status"] == "retracted"
    assert found["messages"][-1]["body"].startswith("Your story is no longer published.")
    assert "publish" in found["may"]
    assert (
        program.post(f"{published}/retractions", version=6, reason="Why").get_json()["code"] == "illegal_move"
    )


def test_what_is_unpublished_is_accepted(program: Program, published: str) -> None:
    found = program.post(f"{published}/publication-removals", version=5).get_json()
    assert (found["status"], found["published_at"]) == ("accepted", None)


def test_a_checklist_is_ticked_or_passed_over(program: Program, listed: None, url: str) -> None:
    points = program.get(url).get_json()["checklist"]
    assert [(one["code"], one["done"], one["is_tickable"]) for one in points] == [
        ("captions", True, False),
        ("faces", False, True),
    ]
    refused = program.post(f"{url}/decisions", verdict="accept", version=2)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "open_points")
    assert program.put(f"{url}/checklist/faces").get_json()["checklist"][1]["by"] == "Asel Nurbekova"
    assert not program.delete(f"{url}/checklist/faces").get_json()["checklist"][1]["done"]
    assert program.put(f"{url}/checklist/captions").get_json()["code"] == "illegal_move"
    done = program.post(f"{url}/decisions", verdict="accept", version=2, despite="It is urgent.")
    assert done.status_code == 201
    assert program.post(f"{url}/publications", version=4).get_json()["code"] == "open_points"
    assert program.post(f"{url}/publications", version=4, despite="So be it.").status_code == 201


def test_a_translation_is_linked_renewed_and_unlinked(
    program: Program, url: str, contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.send(title="Река", language="ru", key="2")
    run_jobs()
    other, source = f"{DESK}/{newest().id}", url.rpartition("/")[2]
    found = program.put(f"{other}/source", source=source).get_json()["translations"]
    assert (found["source"]["id"], found["translated"], found["newest"]) == (source, 1, 1)
    program.post(f"{url}/revisions", version=2, title="New", body="<p>New.</p>")
    assert program.get(other).get_json()["translations"]["newest"] == 2
    assert program.post(f"{other}/source/renewals").get_json()["translations"]["translated"] == 2
    assert [one["language"] for one in program.get(url).get_json()["translations"]["others"]] == ["ru"]
    again = program.put(f"{other}/source", source=source)
    assert (again.status_code, list(again.get_json()["errors"])) == (422, ["source"])
    assert program.delete(f"{other}/source").get_json()["translations"]["source"] is None
    assert program.delete(f"{other}/source").status_code == 404


def test_the_calendar_is_a_week(program: Program, published: str) -> None:
    found = program.get("/api/v1/desk/calendar").get_json()
    (entry,) = [one for day in found["days"] for one in day["entries"]]
    assert (entry["state"], entry["published_url"]) == ("published", URL)
    assert len(found["days"]) == 7
    before = program.get("/" + found["previous"].split("/", 3)[3])
    assert not any(day["entries"] for day in before.get_json()["days"])
    wrong = program.get("/api/v1/desk/calendar?week=2026-W60")
    assert (wrong.status_code, list(wrong.get_json()["errors"])) == (422, ["week"])


def test_the_queue_has_states(program: Program, published: str) -> None:
    found = program.get("/api/v1/desk/submissions?state=published").get_json()
    assert [one["state"] for one in found["items"]] == ["published"]
    assert found["counts"]["publishing"]["number"] == 1
    assert found["counts"]["ready"]["number"] == 0
    assert program.get("/api/v1/desk/submissions?state=scheduled").get_json()["items"] == []
