"""An editor limited to a section cannot see, find or change submissions of other sections, on any page or API."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from intake.accounts import administration
from intake.db import transaction
from intake.decisions.batch import request_batch, undo_batch
from intake.decisions.decide import DecisionInput, decide
from intake.decisions.notice import decision_notice
from intake.models import Batch, BatchItem, Editor, Event, Job, LoginSession, Notification, Submission
from intake.models.event import announce
from intake.notifications.digest import editor_counts
from intake.notifications.notify import claim_unmailed, unread_count
from intake.permissions.reach import reach_of
from intake.queue.claims import claim
from intake.review.translations import NOT_THERE
from intake.web import Transom
from intake.web.live_updates import Hub, Viewer
from tests.cast import RunJobs, join
from tests.web.bodies import File
from tests.web.conftest import JPEG, at_the_desk, newest
from tests.web.people import Contributor, Newsroom
from tests.web.programs import Program, token_of

NOBODY = uuid.uuid4()
SIDES = ("desk", "desk_api", "feeds")
TITLE = "Zanzibar harbour"
FOR_CHIEFS = {"desk.ask_for_hold", "desk.confirm_hold", "desk.release_hold"}
"""Routes that an editor may not use for any submission."""
OTHERS = {
    "size": "web", "number": 1, "decision_id": 1, "retouch_id": 1, "kind": "note", "code": "faces", "link_id": 1, "hold_id": 1, "opening_id": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Limited:
    """Editor of the section News, with a browser and a program with all scopes of the desk."""

    account: Editor
    browser: Newsroom
    program: Program

    def open(self, method: str, url: str) -> TestResponse:
        """Send a request: to a page by the browser, to an API by the program."""
        if url.startswith("/desk/"):
            return self.browser.get(url) if method == "GET" else self.browser.post(url)
        return self.program.open(method, url, json={} if method in {"POST", "PUT"} else None)


def limit(
    editor: Editor, *, sections: tuple[str, ...] = (), languages: tuple[str, ...] = (), contact: bool = False
) -> None:
    """Give an editor these limits."""
    with transaction() as session:
        administration.change_limits(
            session, editor.id, None, sections=sections, languages=languages, reads_contact=contact
        )
        session.get_one(Editor, editor.id).holds_originals = contact


@pytest.fixture
def limited(app: Transom) -> Limited:
    """Editor who sees the section News, and may read contact details there."""
    account = join("Limited", "editor")
    limit(account, sections=("News",), contact=True)
    token = token_of(account, "read", "write", "decide", "feed")
    return Limited(account, at_the_desk(app, account), Program(app.test_client(), token))


@pytest.fixture
def hidden(contributor: Contributor, run_jobs: RunJobs, chief: Newsroom) -> Submission:
    """Accepted submission of the section Opinion, with photo, contact, decision, message and note."""
    contributor.send(File("photo-1", JPEG), title=TITLE, section="Opinion", contact="signal")
    run_jobs()
    url = f"/desk/submissions/{newest().id}"
    for path, words in {
        "notes": {"note": "@Limited please look"},
        "messages": {"letter": "Thank you"},
        "decisions": {"verdict": "accept"},
    }.items():
        assert chief.post(f"{url}/{path}", version=str(newest().version), **words).status_code == 303
    return newest()


@pytest.fixture
def shown(contributor: Contributor, hidden: Submission, run_jobs: RunJobs) -> Submission:
    """Submission of the section News, with a photo."""
    contributor.send(File("photo-1", JPEG), title="Market day", contact="signal", key="2")
    run_jobs()
    return newest()


def photo_of(submission: Submission) -> uuid.UUID:
    """Return the id of the submission's photo."""
    with transaction() as session:
        return session.get_one(Submission, submission.id).photos[0].id


def rules(app: Transom, part: str) -> Iterator[tuple[Rule, str]]:
    """Return all routes of the desk that name a submission or a photo, with each method."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in SIDES and part in rule.arguments:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method


def address(rule: Rule, **parts: object) -> str:
    """Return the URL of a route."""
    values = OTHERS | parts
    return (rule.build({name: values[name] for name in rule.arguments}) or ("", ""))[1]


def plain(answer: TestResponse) -> str:
    """Return the body without its CSRF tokens, which differ in each response."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text)


def test_point_37_every_route_hides_what_is_beyond_the_limits_like_a_random_id(
    app: Transom, limited: Limited, hidden: Submission
) -> None:
    walked = 0
    photo = photo_of(hidden)
    for rule, method in rules(app, "submission_id"):
        walked += 1
        theirs = limited.open(method, address(rule, submission_id=hidden.id, photo_id=photo))
        random = limited.open(method, address(rule, submission_id=NOBODY, photo_id=NOBODY))
        code = 403 if rule.endpoint in FOR_CHIEFS else 404
        assert (theirs.status_code, random.status_code) == (code, code), (rule, method)
        assert plain(theirs) == plain(random), (rule, method)
    assert walked == 89
    with transaction() as session:
        assert not list(
            session.scalars(
                select(Event.id).where(
                    Event.editor_id == limited.account.id, Event.submission_id.is_not(None)
                )
            )
        )


def test_point_37_a_photo_or_decision_of_another_submission_is_like_a_random_one(
    app: Transom, limited: Limited, hidden: Submission, shown: Submission
) -> None:
    photo, walked = photo_of(hidden), 0
    for rule, method in rules(app, "photo_id"):
        walked += 1
        theirs = limited.open(method, address(rule, submission_id=shown.id, photo_id=photo))
        random = limited.open(method, address(rule, submission_id=shown.id, photo_id=NOBODY))
        assert (theirs.status_code, plain(theirs)) == (random.status_code, plain(random)), (rule, method)
        assert theirs.status_code in {404, 422}, (rule, method)
    assert walked == 18
    for url in (f"/desk/submissions/{shown.id}/decisions", f"/api/v1/desk/submissions/{shown.id}/decisions"):
        for number in (hidden.decision_id, 10**9):
            page = url.startswith("/desk/")
            answer = limited.open("POST" if page else "DELETE", f"{url}/{number}{'/undo' * page}")
            assert answer.status_code == 404


LISTS = (
    "/desk/", "/desk/?lane=all", "/desk/?q=Zanzibar", "/desk/?q=Zanzibra", "/desk/?section=Opinion&lane=all", "/desk/for-you", "/desk/views",
    "/desk/changes?after=0", "/api/v1/desk/submissions?lane=all", "/api/v1/desk/submissions?q=Zanzibar", "/api/v1/desk/submissions?q=Zanzibra",
    "/api/v1/desk/submissions?section=Opinion&lane=all", "/api/v1/desk/for-you", "/api/v1/desk/views",
    "/feeds/accepted.json", "/feeds/accepted.atom",
)  # fmt: skip


@pytest.mark.parametrize("url", LISTS)
def test_no_list_names_it(limited: Limited, hidden: Submission, run_jobs: RunJobs, url: str) -> None:
    settle(run_jobs)
    answer = limited.open("GET", url)
    assert answer.status_code == 200
    assert str(hidden.id) not in answer.text
    assert TITLE not in answer.text


def settle(run_jobs: RunJobs) -> None:
    """Let the decision take effect."""
    with transaction() as session:
        for job in session.scalars(select(Job).where(Job.status == "pending")):
            job.run_at = job.created_at
        for one in session.scalars(select(Submission).where(Submission.settles_at.is_not(None))):
            one.settles_at = one.received_at
    run_jobs()


def test_a_chief_finds_it_in_each_list(
    app: Transom, chief: Newsroom, hidden: Submission, run_jobs: RunJobs
) -> None:
    """Test that all LISTS show the hidden submission to a chief editor. Otherwise the tests above would prove nothing."""
    settle(run_jobs)
    # The first page after a decision shows its confirmation, which contains the title.
    assert TITLE in chief.get("/desk/").text
    program = Program(app.test_client(), token_of(join("Boss", "chief"), "read", "feed"))
    for url in LISTS:
        if "for-you" in url or "views" in url:
            continue
        answer = chief.get(url) if url.startswith("/desk/") else program.get(url)
        assert (str(hidden.id) in answer.text) == (url != "/desk/"), url


def test_nothing_counts_or_suggests_it(limited: Limited, chief: Newsroom, hidden: Submission) -> None:
    with transaction() as session:
        session.get_one(Submission, hidden.id).region = "Pemba"
    assert chief.get("/api/v1/desk/submissions").status_code == 401
    assert "Pemba" in chief.get("/desk/").text
    assert "Pemba" not in limited.browser.get("/desk/").text
    found = limited.program.get("/api/v1/desk/submissions").json or {}
    assert {lane: number["number"] for lane, number in found["counts"].items()} == dict.fromkeys(
        found["counts"], 0
    )
    limited.program.post("/api/v1/desk/views", name="All", filters={"lane": "all"}, shared=False)
    (view,) = (limited.program.get("/api/v1/desk/views").json or {})["items"]
    assert view["count"]["number"] == 0
    assert (limited.program.get("/api/v1/desk/for-you").json or {})["count"] == 0


def test_no_batch_reaches_it(app: Transom, limited: Limited, shown: Submission, hidden: Submission) -> None:
    """Test the preview, the request, and a batch of a colleague that also holds a visible submission."""
    body: dict[str, Any] = {"verdict": "hold", "token": str(uuid.uuid4())}
    items = [{"id": str(one), "version": 1} for one in (hidden.id, NOBODY)]
    previewed = limited.program.post("/api/v1/desk/batches/preview", **body, items=items).json or {}
    theirs, random = ({**one, "id": ""} for one in previewed["left_out"])
    assert theirs == random
    refused = [limited.program.post("/api/v1/desk/batches", **body, items=[one]) for one in items]
    assert [answer.status_code for answer in refused] == [422, 422]
    assert refused[0].text == refused[1].text
    boss = join("Boss", "chief")
    mixed, other = batch_of(boss, shown, hidden), batch_of(boss, hidden)
    seen = limited.program.get(f"/api/v1/desk/batches/{mixed}").json or {}
    assert [one["id"] for one in seen["items"]] == [str(shown.id)]
    for number in (other, 10**9):
        assert limited.program.get(f"/api/v1/desk/batches/{number}").status_code == 404
        assert limited.program.delete(f"/api/v1/desk/batches/{number}").status_code == 404
        assert limited.browser.get(f"/desk/batches/{number}").status_code == 404
        assert limited.browser.post(f"/desk/batches/{number}/undo").status_code == 404
    assert TITLE not in limited.browser.get(f"/desk/batches/{mixed}").text
    assert limited.program.delete(f"/api/v1/desk/batches/{mixed}").status_code == 200
    with transaction() as session:
        assert session.get_one(BatchItem, (mixed, shown.id)).outcome == "undone"
        assert session.get_one(BatchItem, (mixed, hidden.id)).outcome == "waiting"
        assert session.get_one(Batch, mixed).undone_at is None, "a part of it goes on"
    with transaction() as session:
        undo_batch(session, mixed, boss)
        assert session.get_one(Batch, mixed).undone_at is not None


def batch_of(editor: Editor, *submissions: Submission) -> int:
    """Request a batch that no worker has started. Returns its id."""
    with transaction() as session:
        items = [(one.id, one.version) for one in submissions]
        return request_batch(session, editor, uuid.uuid4(), DecisionInput("hold"), {}, items)


def test_who_is_limited_by_language_sees_an_unknown_one_only_if_named(
    app: Transom, contributor: Contributor, run_jobs: RunJobs
) -> None:
    account = join("Reader", "editor")
    limit(account, languages=("fa",))
    reader = at_the_desk(app, account)
    contributor.send()
    run_jobs()
    url = f"/desk/submissions/{newest().id}"
    for tag, limits, code in (
        ("en", ("fa",), 404), ("fa", ("fa",), 200), ("und", ("fa",), 404), ("und", ("fa", "und"), 200), ("", ("und",), 200),
        ("", ("fa",), 404), ("zh-Hant", ("zh",), 200), ("zh-Hant", ("zh-Hans",), 404), ("en", (), 200),
    ):  # fmt: skip
        limit(account, languages=limits)
        with transaction() as session:
            session.get_one(Submission, newest().id).language = tag
        assert reader.get(url).status_code == code, (tag, limits)


def test_a_chief_sees_all_whatever_the_limits_say(chief: Newsroom, hidden: Submission) -> None:
    with transaction() as session:
        editor = session.scalars(select(Editor).where(Editor.roles.any(name="chief"))).one()
    limit(editor, sections=("News",))
    assert chief.get(f"/desk/submissions/{hidden.id}").status_code == 200


def test_no_event_and_no_presence_of_it_is_streamed(
    app: Transom, limited: Limited, shown: Submission, hidden: Submission
) -> None:
    """Compare the streams of the limited editor and of a chief. The stream must also end when the limits change."""
    hub = Hub()
    with transaction() as session:
        account = session.get_one(Editor, limited.account.id)
        chief = session.scalars(select(Editor).where(Editor.roles.any(name="chief"))).one()
        ids = {one.editor_id: one.id for one in session.scalars(select(LoginSession))}
        viewers = [Viewer(who.id, ids[who.id], "submission.read", reach_of(who)) for who in (account, chief)]
    mine, all_of_it = (hub.join(viewer) for viewer in viewers)
    assert mine
    assert all_of_it
    try:
        with transaction() as session:
            announce(session, hidden.id)
            claim(session, hidden.id, chief)
            announce(session, shown.id)
        read = [all_of_it.waiting.get(timeout=20) for _ in range(3)]
        assert sum(str(hidden.id) in message for message in read) == 2
        assert str(shown.id) in mine.waiting.get(timeout=20)
        assert mine.waiting.empty()
        limit(account, sections=("Opinion",))
        assert mine.ended.wait(20)
        assert not all_of_it.ended.is_set()
    finally:
        hub.close()
        for stream in (mine, all_of_it):
            hub.leave(stream)


def test_nobody_is_told_or_mailed_of_it(limited: Limited, hidden: Submission) -> None:
    """Test a mention in a note, and a notification that was created before the editor was limited."""
    with transaction() as session:
        assert not list(session.scalars(select(Notification)))
        session.add(Notification(editor_id=limited.account.id, submission_id=hidden.id, kind="mentioned"))
    with transaction() as session:
        account = session.get_one(Editor, limited.account.id)
        assert unread_count(session, account) == 0
        assert claim_unmailed(session, account.id) == []
        assert editor_counts(session, account.id) == {"claimed": 0, "unseen": 0}
        suspected = session.get_one(Submission, hidden.id)
        suspected.claimed_by, suspected.claimed_until = account.id, suspected.received_at + timedelta(days=9)
        assert editor_counts(session, account.id)["claimed"] == 0
    limit(limited.account)
    with transaction() as session:
        assert editor_counts(session, limited.account.id) == {"claimed": 1, "unseen": 1}
        assert len(claim_unmailed(session, limited.account.id)) == 1


def test_who_moves_a_submission_out_of_her_limits_is_told_so(limited: Limited, shown: Submission) -> None:
    page = limited.browser.get(f"/desk/submissions/{shown.id}/revisions/new").text
    values = {
        "version": shown.version,
        "section": "Opinion",
        "language": shown.language,
        "title": "Over the ice",
        "body": "<p>It broke.</p>",
    }
    assert "Opinion" in page
    answer = limited.browser.post(f"/desk/submissions/{shown.id}/revisions", **values)
    assert (answer.status_code, answer.location) == (303, "/desk/")
    assert "now in a section or a language that you do not see" in limited.browser.get("/desk/").text
    assert limited.browser.get(f"/desk/submissions/{shown.id}").status_code == 404


def test_who_cannot_see_a_submission_is_not_offered_for_notes_about_it(
    chief: Newsroom, limited: Limited, shown: Submission, hidden: Submission
) -> None:
    offer = f'mention-names__one">@{limited.account.name}<'
    assert offer in chief.get(f"/desk/submissions/{shown.id}").text
    assert offer not in chief.get(f"/desk/submissions/{hidden.id}").text


def test_the_confirmation_of_a_decision_is_not_shown_beyond_the_limits(
    limited: Limited, shown: Submission
) -> None:
    with transaction() as session:
        decision = decide(
            session,
            shown.id,
            session.get_one(Editor, limited.account.id),
            shown.version,
            DecisionInput("hold"),
        )
        reach = reach_of(session.get_one(Editor, limited.account.id))
        assert decision_notice(session, decision.id, reach) is not None
        session.get_one(Submission, shown.id).section = "Essays"
        session.flush()
        assert decision_notice(session, decision.id, reach) is None


def test_point_37_the_calendar_and_the_states_show_nothing_hidden(
    limited: Limited, hidden: Submission, chief: Newsroom
) -> None:
    version = str(newest().version)
    assert chief.post(f"/desk/submissions/{hidden.id}/publications", version=version).status_code == 303
    lane = "?lane=publishing&state=published"
    for opened in (chief.get("/desk/calendar").text, chief.get(f"/desk/{lane}").text):
        assert TITLE in opened
    for url in (
        "/desk/calendar",
        f"/desk/{lane}",
        "/api/v1/desk/calendar",
        f"/api/v1/desk/submissions{lane}",
    ):
        shown = limited.open("GET", url)
        assert shown.status_code == 200
        assert TITLE not in shown.text
        assert str(hidden.id) not in shown.text
    assert "Nothing in this week" in limited.browser.get("/desk/calendar").text


def test_point_37_a_hidden_submission_is_no_source_and_shows_on_no_other_page(
    limited: Limited, hidden: Submission, shown: Submission, chief: Newsroom
) -> None:
    page, api = f"/desk/submissions/{shown.id}", f"/api/v1/desk/submissions/{shown.id}"
    for source in (str(hidden.id), str(hidden.id)[:8]):
        asked = limited.browser.post(f"{page}/source", source=source)
        unknown = limited.browser.post(f"{page}/source", source=str(NOBODY)[: len(source)])
        assert (asked.status_code, unknown.status_code) == (422, 422)
        assert NOT_THERE in asked.text
        assert NOT_THERE in unknown.text
        assert TITLE not in asked.text
    assert limited.program.put(f"{api}/source", source=str(hidden.id)).status_code == 404
    with transaction() as session:
        session.get_one(Submission, shown.id).language = "ru"
    assert chief.post(f"{page}/source", source=str(hidden.id)).status_code == 303
    assert TITLE in chief.get(page).text
    for url in (page, api):
        found = limited.open("GET", url)
        assert TITLE not in found.text
        assert str(hidden.id) not in found.text
    assert limited.program.post(f"{api}/source/renewals").status_code == 404
    assert "a submission that you may not see" in limited.browser.get(page).text
