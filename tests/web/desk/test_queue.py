import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import func

from intake.db import transaction
from intake.models import Submission
from intake.paging import cursor
from intake.queue import ordered_search
from intake.queue import page as queue
from tests.statements import statements
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.people import Newsroom

Submitted = Callable[..., str]


def titles(page: str) -> list[str]:
    return re.findall(r'class="story__link"[^>]*>([^<]*)</a>', page)


def look(somebody: Newsroom, **words: str) -> str:
    answer = somebody.get(f"/desk/?{urlencode(words)}")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def change(**values: Any) -> None:
    """Change columns of the newest submission."""
    with transaction() as session:
        one = session.get_one(Submission, newest().id)
        for name, value in values.items():
            setattr(one, name, value)


def said(page: str) -> str:
    """Return the text of the page without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_longest_waiting_come_first(editor: Newsroom, submitted: Submitted) -> None:
    for title in ("One", "Two"):
        submitted(title=title)
    assert titles(look(editor)) == ["One", "Two"]
    assert titles(look(editor, sort="newest")) == ["Two", "One"]
    assert titles(look(editor, sort="sideways")) == ["One", "Two"]


def test_lanes_and_how_many_are_in_each(editor: Newsroom, submitted: Submitted) -> None:
    editor.post(f"{submitted(title='One')}/decisions", verdict="accept", version="2")
    submitted(title="Two")
    assert titles(look(editor)) == ["Two"]
    assert titles(look(editor, lane="publishing")) == ["One"]
    assert titles(look(editor, status="accepted")) == ["One"]
    assert titles(look(editor, lane="all")) == ["Two", "One"]
    page = said(look(editor))
    assert "Our turn 1 Contributor’s turn 0 Processing 0 To publish 1 Done 0 Everything 2" in page


@pytest.mark.parametrize(
    "given", ["lane=nowhere", "status=nonsense", "status=%00", "hours=x", "after=x&sort=%27", "q=%00"]
)
def test_what_is_not_known_is_passed_over(editor: Newsroom, submitted: Submitted, given: str) -> None:
    submitted(title="One")
    answer = editor.get(f"/desk/?{given}")
    assert (answer.status_code, titles(answer.text)) == (200, ["One"])


@pytest.mark.parametrize("sort", ["waiting", "newest", "oldest"])
def test_pages_show_everything_once(
    editor: Newsroom, submitted: Submitted, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    for i in range(5):
        submitted(title=str(i))
    page, seen = look(editor, sort=sort), list[str]()
    assert "Back to the first page" not in page
    for _ in range(3):
        seen += titles(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        page = html.unescape(editor.get(following[1]).text) if following else ""
        assert not page or "Back to the first page" in page
    assert page == ""
    assert seen == (list("43210") if sort == "newest" else list("01234"))


@pytest.mark.parametrize(
    "after",
    ["x", "%00", "ключ", "A" * 5000, "=", "MjAyNi0wMS0wMXw", "|", "MDAwMS0wMS0wMVQwMDowMDowMCsyMzo1OXww",
     cursor(datetime(1, 1, 1), 0),
     cursor(datetime(9999, 12, 31, tzinfo=UTC), 0)],
)  # fmt: skip
def test_a_cursor_that_is_none(editor: Newsroom, submitted: Submitted, after: str) -> None:
    submitted()
    assert editor.get(f"/desk/?after={after}").status_code == 200


def test_a_row_says_what_is_urgent_and_whose_it_is(
    editor: Newsroom, other_editor: Newsroom, submitted: Submitted
) -> None:
    url = submitted(File("photo-1", JPEG), title="One")
    change(waiting_since=datetime(2026, 1, 1, tzinfo=UTC), flagged=True, region="Алматы", tags=["су"])
    editor.post(f"{url}/claims")
    page = said(look(editor))
    for words in (
        "Overdue",
        "Needs a second look",
        "Claimed by you",
        "Алматы",
        "# су",
        "1 photo",
        "no name",
        "Waiting 1",
    ):
        assert words in page, words
    assert "Claimed by Asel Nurbekova" in said(look(other_editor))


def test_a_decision_that_can_be_taken_back_waits_in_the_machine(
    editor: Newsroom, submitted: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    from intake.settings import settings

    monkeypatch.setenv("TRANSOM_UNDO_SECONDS", "30")
    settings.cache_clear()
    editor.post(f"{submitted(title='One')}/decisions", verdict="accept", version="2")
    assert titles(look(editor)) == []
    assert re.search(r"Will be accepted in (30|2\d) seconds", said(look(editor, lane="machine")))


@pytest.mark.parametrize(
    ("verdict", "lane", "word"),
    [
        ("accept", "publishing", "To publish"),
        ("request_changes", "theirs", "Contributor’s turn"),
        ("hold", "ours", "Our turn"),
        ("spam", "done", "Done"),
    ],
)
def test_a_decision_that_can_be_taken_back_says_where_the_submission_goes(
    editor: Newsroom,
    submitted: Submitted,
    monkeypatch: pytest.MonkeyPatch,
    verdict: str,
    lane: str,
    word: str,
) -> None:
    from intake.settings import settings

    monkeypatch.setenv("TRANSOM_UNDO_SECONDS", "30")
    settings.cache_clear()
    answer = editor.post(f"{submitted()}/decisions", verdict=verdict, version="2", message="Please.")
    page = html.unescape(editor.get(answer.location).text)
    assert f'Then under “<a href="/desk/?lane={lane}">{word}</a>”' in page


def test_only_what_can_be_decided_has_a_tick(editor: Newsroom, submitted: Submitted) -> None:
    editor.post(f"{submitted()}/decisions", verdict="accept", version="2")
    submitted()
    here = newest()
    page = look(editor, lane="all")
    assert re.findall(r'name="item" value="([^"]+)" form="bulk"', page) == [f"{here.id}:{here.version}"]
    assert f'data-item="{here.id}"' in page


def test_words_are_found_everywhere_and_can_be_narrowed(editor: Newsroom, submitted: Submitted) -> None:
    editor.post(f"{submitted(title='Сайлау')}/decisions", verdict="accept", version="2")
    submitted(title="Сайлауда не болды", language="kk")
    page = look(editor, q="сайлау")
    assert titles(page) == ["Сайлауда не болды", "Сайлау"]
    assert "2 found" in page
    assert 'value="сайлау"' in page
    assert titles(look(editor, q="сайлау", lane="publishing")) == ["Сайлау"]
    assert titles(look(editor, q="сайлау", language="kk")) == ["Сайлауда не болды"]
    assert "Nothing found" in look(editor, q="жауап")
    assert "No search words" in look(editor, q="-сайлау")


def test_each_filter_is_a_chip_that_can_be_taken_away(editor: Newsroom, submitted: Submitted) -> None:
    submitted(title="One", language="kk")
    page = look(editor, language="kk", flagged="yes", claimed="nobody", hours="2", photos="no")
    words = said(page)
    for chip in (
        "Language Қазақша",
        "Only needs a second look",
        "Claimed by nobody",
        "Waiting 2 hours",
        "Photos without",
    ):
        assert chip in words, chip
    away = re.search(r'class="chip" href="([^"]+)"><span class="chip__kind">Language', page)
    assert away
    assert "language" not in away[1]
    assert "flagged=yes" in away[1]


def test_the_panel_shows_what_is_chosen(editor: Newsroom, submitted: Submitted) -> None:
    submitted()
    change(region="Алматы", tags=["су"])
    page = look(editor, language="kk", region="Алматы", hours="5", overdue="yes")
    assert '<option selected value="kk">' in page
    assert re.search(r'name="region"[^>]* value="Алматы"', page)
    assert re.search(r'name="hours"[^>]* value="5"', page)
    assert re.search(r"<input checked[^>]* name=\"overdue\"", page)
    assert '<option value="су">' in page


def test_what_is_typed_is_shown_as_text(editor: Newsroom) -> None:
    evil = '"><script>alert(1)</script>'
    for name in ("q", "region", "tag", "section", "language"):
        answer = editor.get(f"/desk/?{urlencode({name: evil})}")
        assert "<script>alert" not in answer.text, name


def test_a_search_that_was_cut_says_so_and_can_be_taken_further(
    editor: Newsroom, submitted: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordered_search, "WALK_LIMIT_FOR_WORDS", 1)
    monkeypatch.setattr(ordered_search, "HIT_LIMIT", 0)
    for title in ("Comet", "Planet"):
        submitted(title=title)
    page = look(editor, q="comet")
    assert "Nothing found so far" in page
    further = re.search(r'rel="next" href="([^"]+)">Search further<', page)
    assert further
    page = html.unescape(editor.get(further[1]).text)
    assert titles(page) == ["Comet"]
    assert "1 found so far" in page


def test_an_empty_queue_says_so_in_its_own_words(editor: Newsroom) -> None:
    assert "Nothing is waiting" in look(editor)
    assert "No contributor has been asked" in look(editor, lane="theirs")
    assert "Nothing is being processed" in look(editor, lane="machine")
    assert "Nothing here yet" in look(editor, lane="done")


def test_a_word_with_a_wrong_letter_finds_similar_words_and_says_so(
    editor: Newsroom, submitted: Submitted
) -> None:
    submitted(title="Before the court")
    page = look(editor, q="Cuort -river")
    assert titles(page) == ["Before the court"]
    assert "Nothing found for “ Cuort ”. Searched for similar words instead: “ court ”" in said(page)
    link = re.search(r'<a href="([^"]+)">Search for exactly “Cuort”</a>', page)
    assert link
    exact = html.unescape(editor.get(link[1]).text)
    assert titles(exact) == []
    assert 'value=""Cuort" -river"' in exact.replace("&#34;", '\\"') or '"Cuort" -river' in exact
    assert "Searched for" not in exact
    assert "Searched for" not in look(editor, q="court")


def test_many_similar_words_are_not_all_named(editor: Newsroom, submitted: Submitted) -> None:
    submitted(title="batter better bitter butter bettor botter bytter")
    page = said(look(editor, q="bwtter"))
    assert (
        "Searched for similar words instead: “ batter ”, “ better ”, “ bitter ”, “ botter ”, “ butter ” and 1 more"
        in page
    )
    submitted(title="bstter")
    assert "and 2 more" in said(look(editor, q="bwtter"))
    assert "instead: “ better ”, “ bettor ”" in said(look(editor, q="bettr"))


def test_similar_words_are_named_where_filters_leave_nothing(editor: Newsroom, submitted: Submitted) -> None:
    submitted(title="Before the court")
    page = said(look(editor, q="cuort", lane="done"))
    assert "Searched for similar words instead: “ court ”" in page
    assert "One wrong letter is tolerated" in page


def test_a_search_without_result_says_how_many_errors_are_tolerated(editor: Newsroom) -> None:
    page = look(editor, q="cuort")
    assert "One wrong letter is tolerated in a word of five or more, but not two." in said(page)
    assert "Search everything, without filters" not in page
    for narrowed in ({"lane": "done"}, {"section": "News"}):
        assert 'href="/desk/?q=cuort">Search everything, without filters' in look(
            editor, q="cuort", **narrowed
        )


def test_a_filter_without_result_leads_to_the_whole_queue(editor: Newsroom) -> None:
    page = look(editor, section="News", lane="done")
    assert 'href="/desk/">See all submissions in “Our turn”' in page


def test_a_page_costs_as_many_queries_with_one_submission_as_with_many(
    editor: Newsroom, submitted: Submitted
) -> None:
    submitted(title="What")
    for words in ({}, {"lane": "all", "photos": "no"}, {"q": "what"}):
        assert cost(editor, **words) == cost(editor, **words)
    submitted(title="What")
    before = {q: cost(editor, q=q) for q in ("", "what")}
    for i in range(5):
        submitted(title=f"What {i}")
    change(claimed_by=1, claimed_until=func.now() + func.make_interval(0, 0, 0, 1))
    assert {q: cost(editor, q=q) for q in ("", "what")} == before


def cost(somebody: Newsroom, **words: str) -> int:
    """Count the SQL statements of a page."""
    with statements() as sent:
        look(somebody, **words)
    return len(sent)


def test_rows_of_one_line_are_remembered_for_the_person(
    editor: Newsroom, other_editor: Newsroom, submitted: Submitted
) -> None:
    submitted(title="One")
    assert "queue--dense" not in look(editor)
    answer = editor.post("/desk/density", **{"dense": "y", "in": "lane=all&sort=oldest"})
    assert (answer.status_code, answer.location) == (303, "/desk/?lane=all&sort=oldest")
    assert "queue--dense" in look(editor)
    assert "queue--dense" not in look(other_editor)
    editor.post("/desk/density", dense="")
    assert "queue--dense" not in look(editor)


def test_a_link_leads_to_the_place_in_the_list_and_back(editor: Newsroom, submitted: Submitted) -> None:
    for title in ("One", "Two", "Three"):
        submitted(title=title)
    page = look(editor, sort="newest")
    link = re.search(r'class="story__link" href="([^"]+)">Two<', page)
    assert link
    page = html.unescape(editor.get(link[1]).text)
    assert "2 of 3" in said(page)
    back = re.search(r'href="([^"]+)" data-key="q"', page)
    assert back
    assert re.fullmatch(r"/desk/\?lane=ours&sort=newest#story-[0-9a-f-]{36}", back[1])
    assert page.count("in=lane%3Dours%26sort%3Dnewest") > 5
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    assert ">One<" in editor.get(following[1]).text.split("<h1", 1)[1][:400]
    assert "3 of 3" in said(editor.get(following[1]).text)


def test_a_submission_that_left_the_list_says_so(editor: Newsroom, submitted: Submitted) -> None:
    url = submitted(title="One")
    submitted(title="Two")
    editor.post(f"{url}/decisions", verdict="accept", version="2")
    assert "Not in this list, 1 left" in said(editor.get(url).text)


@pytest.mark.parametrize("listed", ["nonsense", "lane=nowhere&sort=x", "%00=%00", "q=%22"])
def test_a_list_that_is_none(editor: Newsroom, submitted: Submitted, listed: str) -> None:
    url = submitted(title="One")
    assert editor.get(f"{url}?{urlencode({'in': listed})}").status_code == 200


def test_the_whole_list_is_offered_with_its_count_and_limit(
    editor: Newsroom, submitted: Submitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(3):
        submitted(title=str(i))
    assert "Select all 3 shown" in said(look(editor))
    assert "in this list" not in said(look(editor))
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    assert "Select all 3 in this list" in said(look(editor))
    monkeypatch.setattr("intake.web.desk.queue.MOST", 2)
    assert "Select the first 2 of 3 in this list" in said(look(editor))
    assert "in this list" not in said(look(editor, lane="all"))
