from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from intake.db import transaction
from intake.models import Submission
from intake.publishing.calendar import this_monday, week_name
from tests.web.people import Newsroom


def test_this_week_shows_what_appeared(editor: Newsroom, url: str) -> None:
    editor.get(url)  # consumes the flashed message about the publication
    page = editor.get("/desk/calendar").text
    assert f'href="{url}"' in page
    assert 'aria-current="date"' in page
    assert "This week" not in page
    again = editor.get(f"/desk/calendar?week={week_name(this_monday())}").text
    # Compare only the main part: the page's header may contain a relative time in seconds.
    assert again.partition("<main")[2] == page.partition("<main")[2] != ""


def test_weeks_are_linked_and_an_empty_one_says_so(editor: Newsroom, url: str) -> None:
    page = editor.get("/desk/calendar?week=2026-W01").text
    assert "Nothing in this week" in page
    assert "Week 1: 29 Dec 2025\u2009–\u20094 Jan 2026" in page
    assert 'rel="prev" href="/desk/calendar?week=2025-W52" data-key="k"' in page
    assert 'rel="next" href="/desk/calendar?week=2026-W02" data-key="j"' in page
    assert "This week" in page
    assert "Previous week" not in editor.get("/desk/calendar?week=2000-W01").text


def test_an_embargo_is_shown_with_its_time(editor: Newsroom, submitted: Callable[..., str]) -> None:
    address = submitted()
    editor.post(f"{address}/decisions", verdict="accept", version="2")
    with transaction() as session:
        session.execute(update(Submission).values(embargo_until=datetime(2031, 3, 6, 18, 30, tzinfo=UTC)))
    page = editor.get("/desk/calendar?week=2031-W10").text
    assert "Scheduled" in page
    assert "18:30" in page


@pytest.mark.parametrize("week", ["nonsense", "2026-W60", "1066-W01"])
def test_what_is_no_week_leads_to_this_one(editor: Newsroom, week: str) -> None:
    assert editor.get(f"/desk/calendar?week={week}").location == "/desk/calendar"


def test_the_lane_to_publish_has_its_states(editor: Newsroom, url: str) -> None:
    page = editor.get("/desk/?lane=publishing&state=published").text
    assert url in page
    assert "To publish" in page
    assert "Save as a view" in page
    assert "Nothing is scheduled" in editor.get("/desk/?lane=publishing&state=scheduled").text
    assert url in editor.get("/desk/?lane=publishing").text
    assert "To publish: published" in editor.get(f"{url}?in=state%3Dpublished").text


@pytest.mark.parametrize(
    ("words", "title", "text"),
    [
        ("", "Nothing here yet", "Submissions appear here once they are accepted."),
        (
            "&state=accepted",
            "Nothing is ready to be published",
            "wait here until you mark them as published.",
        ),
        ("&state=scheduled", "Nothing is scheduled", "with an embargo wait here until it ends."),
        ("&state=published", "Nothing is published", "once you mark them as published."),
        ("&state=corrected", "Nothing was corrected", "once you record a correction."),
        ("&state=retracted", "Nothing was retracted", "once you retract them."),
    ],
)
def test_each_empty_state_of_the_lane_says_what_will_be_there(
    editor: Newsroom, submitted: Callable[..., str], words: str, title: str, text: str
) -> None:
    url = submitted()
    page = editor.get(f"/desk/?lane=publishing{words}").text
    assert title in page
    assert text in page
    assert url not in page
