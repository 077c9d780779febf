from collections.abc import Callable

import pytest

from intake.queue import page as queue
from tests.web.programs import DESK, Program


def test_the_queue_page_by_page(
    program: Program, submitted: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("First", "Second", "Third"):
        submitted(title=title)
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    page = program.get(f"{DESK}?lane=ours&sort=oldest").get_json()
    assert [item["title"] for item in page["items"]] == ["First", "Second"]
    assert page["counts"]["ours"] == {"number": 3, "more": False}
    assert program.get(page["items"][0]["url"]).get_json()["revisions"][0]["title"] == "First"
    last = program.get(page["next"]).get_json()
    assert [item["title"] for item in last["items"]] == ["Third"]
    assert last["next"] is None


def test_the_queue_by_status(program: Program, url: str) -> None:
    assert len(program.get(f"{DESK}?status=in_review").get_json()["items"]) == 1
    assert program.get(f"{DESK}?status=accepted").get_json()["items"] == []


@pytest.mark.parametrize("query", ["status=nothing", "sort=best", "hours=long", "stat=accepted"])
def test_a_misspelt_filter_is_refused(program: Program, query: str) -> None:
    answer = program.get(f"{DESK}?{query}")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid")
    assert list(answer.get_json()["errors"]) == [query.split("=")[0]]


def test_similar_words_are_named(program: Program, submitted: Callable[..., str]) -> None:
    submitted(title="Before the court")
    page = program.get(f"{DESK}?q=cuort").get_json()
    assert [item["title"] for item in page["items"]] == ["Before the court"]
    assert page["similar"] == [{"typed": "cuort", "words": ["court"]}]
    assert program.get(f"{DESK}?q=court").get_json()["similar"] == []
    exact = program.get(f"{DESK}?q=%22cuort%22").get_json()
    assert (exact["items"], exact["similar"]) == ([], [])
