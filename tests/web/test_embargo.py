"""The embargo of a submission: set by its contributor or an editor, and obeyed by every export and feed of the desk."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree
from sqlalchemy import func, update

from intake.db import transaction
from intake.models import Editor, Submission
from intake.publishing import accepted
from intake.submissions.removal import purge
from intake.web import Transom
from intake.web.api.request_body import NO_TIME
from intake.web.forms.contribute import PAST
from intake.web.forms.fields import NO_MOMENT
from intake.wording import stamp
from tests.web.bodies import File
from tests.web.conftest import JPEG, count, events, newest, opened
from tests.web.people import Contributor, Newsroom
from tests.web.programs import DESK, Program, token_of

END = (datetime.now(UTC) + timedelta(days=30)).replace(second=0, microsecond=0)
TYPED = f"{END:%Y-%m-%dT%H:%M}"
JSON, ATOM = "/feeds/accepted.json", "/feeds/accepted.atom"


@pytest.fixture
def url(submitted: Callable[..., str], editor: Newsroom) -> str:
    """A submission with a photo and an embargo, accepted, in version 4."""
    address = submitted(File("photo-1", JPEG), embargo_until=TYPED)
    editor.post(f"{address}/decisions", verdict="accept", version="2")
    return address


@pytest.fixture
def program(app: Transom, editor: Newsroom) -> Program:
    """An editor's script, which also reads feeds."""
    with transaction() as session:
        person = session.query(Editor).filter_by(email="asel@transom.example").one()
    return Program(app.test_client(), token_of(person, "read", "write", "decide", "feed"))


def end_embargo(submission_id: uuid.UUID, ago: timedelta = timedelta(0)) -> None:
    """Move the end of a submission's embargo to now, or to a time span before now."""
    with transaction() as session:
        ended = update(Submission).where(Submission.id == submission_id)
        session.execute(ended.values(embargo_until=func.now() - ago))


def titles(program: Program) -> list[str]:
    """Return the titles on the first page of the feed."""
    as_json, as_atom = program.get(JSON), etree.fromstring(program.get(ATOM).data)
    found = [item["title"] for item in as_json.get_json(force=True)["items"]]
    assert as_atom.xpath("//*[local-name()='entry']/*[local-name()='title']/text()") == found
    return found


def test_a_contributor_sets_it_in_utc(contributor: Contributor) -> None:
    page = contributor.client.get("/send").text
    assert 'type="datetime-local"' in page
    assert "In UTC it is now" in page
    assert contributor.send(embargo_until=TYPED).status_code == 200
    assert newest().embargo_until == END
    contributor.send(embargo_until="")
    assert newest().embargo_until is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2020-01-01T00:00", PAST),
        ("tomorrow", NO_MOMENT),
        ("9999-12-31T23:59:59.5", "Please give a time within the next 10 years."),
        ("0001-01-01T00:00+14:00", "Please give a time within the next 10 years."),
    ],
)
def test_a_time_that_cannot_be_kept_is_refused_and_stays_typed(
    contributor: Contributor, typed: str, sentence: str
) -> None:
    answer = contributor.send(embargo_until=typed, title="Kept")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed}"' in answer.text
    assert 'value="Kept"' in answer.text
    assert count(Submission) == 0


def test_a_program_sets_it_with_a_zone(contributor: Contributor) -> None:
    zoned = END.astimezone().replace(second=0) - timedelta(seconds=59)
    assert contributor.call(embargo_until=zoned.isoformat()).status_code == 201
    assert newest().embargo_until == END
    assert contributor.call(embargo_until="").status_code == 201
    assert newest().embargo_until is None


@pytest.mark.parametrize(
    ("sent", "sentence"),
    # TYPED contains the current time, but all processes of pytest-xdist must collect the same test ids.
    [pytest.param(TYPED, NO_TIME, id="no zone"), ("soon", NO_TIME), ("2020-01-01T00:00:00Z", PAST)],
)
def test_a_program_is_told_what_to_send(contributor: Contributor, sent: str, sentence: str) -> None:
    answer = contributor.call(embargo_until=sent)
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == {"embargo_until": [sentence]}


def test_the_desk_shows_it_and_offers_no_way_out(editor: Newsroom, url: str) -> None:
    page = editor.get(url).text
    assert stamp(END) in page
    assert "Download as ZIP" not in page
    assert "Mark as published" not in page
    end_embargo(newest().id)
    page = editor.get(url).text
    assert "Must not be published before" not in page
    assert "Download as ZIP" in page
    assert "Mark as published" in page


def test_until_then_it_is_not_downloaded_and_not_published(editor: Newsroom, url: str) -> None:
    before = events()
    for answer in (editor.get(f"{url}/export.zip"), editor.post(f"{url}/publications", version="4", url="")):
        assert answer.status_code == 409
        assert f"under an embargo until {stamp(END)}." in answer.text
    assert events() == before
    end_embargo(newest().id)
    assert editor.get(f"{url}/export.zip").status_code == 200
    assert editor.post(f"{url}/publications", version="4", url="").status_code == 303


def test_programs_are_told_until_when(program: Program, url: str) -> None:
    address = f"{DESK}/{newest().id}"
    found = program.get(address).get_json()
    assert (datetime.fromisoformat(found["embargo_until"]), found["is_embargoed"]) == (END, True)
    assert not {"export", "publish"} & {*found["may"]}
    assert found["export_url"] is None
    for answer in (program.get(f"{address}/export.zip"), program.post(f"{address}/publications", version=4)):
        assert (answer.status_code, answer.get_json()["code"]) == (409, "embargoed")
        assert stamp(END) in answer.get_json()["detail"]


def test_programs_edit_it(program: Program, url: str) -> None:
    address = f"{DESK}/{newest().id}/revisions"
    late = END + timedelta(seconds=1)
    found = program.post(address, version=4, embargo_until=late.isoformat()).get_json()
    assert datetime.fromisoformat(found["embargo_until"]) == END + timedelta(minutes=1)
    assert (
        program.post(address, version=5, title="Other").get_json()["embargo_until"] == found["embargo_until"]
    )
    assert program.post(address, version=6, embargo_until=None).get_json()["is_embargoed"] is False
    wrong = program.post(address, version=7, embargo_until=TYPED)
    assert wrong.get_json()["errors"] == {"embargo_until": [NO_TIME]}


def test_editors_change_compare_and_restore_it(editor: Newsroom, url: str) -> None:
    assert f'value="{TYPED}"' in editor.get(f"{url}/revisions/new").text
    editor.post(f"{url}/revisions", version="4", embargo_until="")
    assert newest().embargo_until is None
    assert stamp(END) in editor.get(f"{url}/revisions/1").text
    assert "Embargo until" in editor.get(f"{url}/compare").text
    editor.post(f"{url}/revisions/1/restore", version="5")
    assert newest().embargo_until == END
    wrong = editor.post(f"{url}/revisions", version="6", embargo_until="soon", title="Kept")
    assert wrong.status_code == 422
    assert NO_MOMENT in wrong.text
    assert 'value="soon"' in wrong.text
    assert newest().embargo_until == END


def test_an_edit_of_something_else_keeps_a_time_that_is_over(editor: Newsroom, url: str) -> None:
    end_embargo(newest().id, timedelta(days=9))
    editor.post(f"{url}/revisions", version="4", embargo_until="2026-01-01T10:00", region="Almaty")
    assert newest().region == "Almaty"


def test_feeds_show_it_first_once_it_has_ended(
    program: Program,
    editor: Newsroom,
    url: str,
    submitted: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = newest().id
    photo = program.get(f"{DESK}/{held}").get_json()["photos"][0]["id"]
    for title in ("Second", "Third"):
        editor.post(f"{submitted(title=title)}/decisions", verdict="accept", version="2")
    assert titles(program) == ["Third", "Second"]
    assert program.get(f"/feeds/submissions/{held}/photos/{photo}/web").status_code == 404
    end_embargo(held)
    monkeypatch.setattr(accepted, "PAGE", 1)
    assert titles(program) == ["What I saw"]
    (item,) = program.get(JSON).get_json(force=True)["items"]
    with transaction() as session:
        ended = session.get_one(Submission, held).embargo_until
    assert ended
    assert item["date_published"] == item["date_modified"] == ended.isoformat()
    assert program.get(f"/feeds/submissions/{held}/photos/{photo}/web").status_code == 200


def test_feeds_show_it_first_when_an_editor_ends_it(
    program: Program, editor: Newsroom, url: str, submitted: Callable[..., str]
) -> None:
    editor.post(f"{submitted(title='Second')}/decisions", verdict="accept", version="2")
    editor.post(f"{url}/revisions", version="4", embargo_until="")
    assert titles(program) == ["What I saw", "Second"]


def test_an_older_embargo_leaves_the_order_as_it_is(
    program: Program, editor: Newsroom, url: str, submitted: Callable[..., str]
) -> None:
    held = newest().id
    editor.post(f"{submitted(title='Second')}/decisions", verdict="accept", version="2")
    end_embargo(held, timedelta(hours=1))
    assert titles(program) == ["Second", "What I saw"]


def test_a_purge_empties_it(contributor: Contributor) -> None:
    contributor.send(embargo_until=TYPED)
    with opened() as submission:
        submission.move("withdraw")
    with transaction() as session:
        purge(session, newest().id)
    assert newest().embargo_until is None
