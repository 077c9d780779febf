"""Every page of editors in the pseudo-locale: no text without a translation, in elements, in attributes and in scripts."""

import html
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from babel.messages.pofile import read_po
from sqlalchemy import select

from intake.db import transaction
from intake.models import Decision, Editor, Photo, Reply, Revision
from intake.models.account import ROLES
from intake.translations import catalogue
from intake.web import Transom, language
from tests.cast import Contributor, RunJobs
from tests.originals.kept import pass_minutes, send
from tests.translations.page_text import findings
from tests.translations.pseudo import Pseudo, pseudo
from tests.web.bodies import File
from tests.web.conftest import JPEG
from tests.web.desk import test_originals as originals
from tests.web.people import Newsroom, value

UNTRANSLATED = "text that is not translated"
# Endpoints without an ordinary page: files, streams and redirections. `desk.originals` is for key holders only.
NO_PAGES = frozenset(
    {"desk.photo", "desk.export", "desk.stream", "desk.changes", "accounts.token", "accounts.start", "desk.originals"}
)  # fmt: skip
# Shortcuts after the names of buttons, and letters on the text editor's buttons, which are not translated.
SHORTCUT = re.compile(r" \((?:Ctrl|Alt)\+[^)]*\)")
SIGNS = frozenset("BIUSax")
UNSHOWN = "Consent Version"
"""Label that WTForms generates for a hidden field of the contributor's form, which no page shows."""
# Untranslated words of the tests' people, of the demo magazine and of its contributor.
OWN = frozenset(
    {"What I saw", "What I heard", "A neighbour", "Asel", "News", "Opinion", "The door", "A note", "Guest", "Over the river"}
)  # fmt: skip


class Recording(Pseudo):
    """Pseudo-locale that remembers which messages were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        """Pseudo-translate a message."""
        self.asked.add(message)
        return super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Pseudo-translate the English form for a number."""
        self.asked.add(msgid1)
        return super().ngettext(msgid1, msgid2, n)

    ugettext = gettext
    ungettext = ngettext


@cache
def known() -> frozenset[str]:
    """Return all messages of the templates for translators."""
    found = set()
    for template in (catalogue.TEMPLATE, catalogue.DESK_TEMPLATE):
        with template.open("rb") as source:
            found |= {one.id if isinstance(one.id, str) else one.id[0] for one in read_po(source) if one.id}
    return frozenset(found)


@pytest.fixture(autouse=True)
def _pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    loaded = Recording()
    monkeypatch.setattr(catalogue, "load", lambda _language: loaded)
    # English pages embed no messages of scripts, which this test does not check.
    monkeypatch.setattr(language, "current", lambda: "en")
    yield
    # All requested messages are in the templates for translators. A translated sentence, such as a flash, may be
    # requested again.
    assert {one for one in loaded.asked - known() if not one.startswith(("[!!", "⟦"))} <= {UNSHOWN}


@pytest.fixture
def check(app: Transom) -> Callable[..., None]:
    """Function that asserts the status of a response, and that the whole page is translated."""
    settings = app.extensions["settings"]

    def look(response: Any, status: int = 200) -> None:
        with transaction() as session:
            people = set(session.scalars(select(Editor.name)))
            replies = {
                words for reply in session.scalars(select(Reply)) for words in (reply.name, reply.body)
            }
        own = {*settings.section_names, *OWN, *SIGNS, *people, *replies}
        names = frozenset({settings.magazine, *own, *(f"{one} · {settings.magazine}" for one in own)})
        page = SHORTCUT.sub("", response.get_data(as_text=True))
        assert response.status_code == status
        assert "[!!" in page
        wrong = [one for one in findings(page, names=names) if one.startswith(UNTRANSLATED)]
        assert wrong == [], "\n".join(wrong)

    return look


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """Submission with two clean photos, one that was refused, and a word that needs a second look."""
    return submitted(
        File("photo-1", JPEG),
        File("photo-2", JPEG),
        File("photo-3", b"no photo"),
        contact="signal +7",
        region="Almaty",
        body="They came at night.\n\nWe wеre asleep.",
        **{"caption-1": "The door", "credit-2": "A neighbour"},
    )


def filled(rule: Any, url: str) -> str | None:
    """Return the address of a page with GET about a submission. None if it needs another argument."""
    with transaction() as session:
        photo = session.scalars(select(Photo).where(Photo.status == "clean").order_by(Photo.position)).first()
        reply = session.scalars(select(Reply).order_by(Reply.id)).first()
        number = session.scalar(select(Revision.number).order_by(Revision.number.desc()).limit(1))
    known = {
        "submission_id": url.rpartition("/")[2],
        "photo_id": photo and photo.id,
        "reply_id": reply and reply.id,
        "number": number,
    }
    if not set(rule.arguments) <= set(known):
        return None
    return re.sub(r"<(?:[^<>:]+:)?(\w+)>", lambda found: str(known[found[1]]), rule.rule)


def pages(app: Transom, *blueprints: str) -> list[Any]:
    """Return the rules of the pages of blueprints that a browser can fetch."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in blueprints
        and "GET" in (rule.methods or ())
        and rule.endpoint not in NO_PAGES
    ]


def test_every_page_about_a_submission(
    app: Transom, editor: Newsroom, url: str, check: Callable[..., None]
) -> None:
    edit(editor, url)
    found = {rule.endpoint: filled(rule, url) for rule in pages(app, "desk") if rule.arguments}
    looked = {endpoint: address for endpoint, address in found.items() if address}
    assert {"desk.submission", "desk.edit", "desk.compare", "desk.photo_page", "desk.crop"} <= set(looked)
    for address in looked.values():
        check(editor.get(address))


def test_every_other_page(app: Transom, chief: Newsroom, url: str, check: Callable[..., None]) -> None:
    found = [
        rule.rule for rule in pages(app, "desk", "accounts", "factors", "security") if not rule.arguments
    ]
    assert {"/desk/", "/desk/me", "/desk/calendar", "/desk/views", "/account/factors", "/change"} <= set(
        found
    )
    for address in found:
        answer = chief.get(address)
        if answer.status_code == 200:
            check(answer)


def edit(editor: Newsroom, url: str) -> None:
    """Save a second revision with another text, title and detail."""
    page = editor.get(f"{url}/revisions/new").text
    fields = {name: value(page, name) for name in ("version", "base")}
    words = {"title": "What I heard", "body": "<h2>They came</h2><p>We were <b>awake</b>.</p>"}
    answer = editor.post(
        f"{url}/revisions", **fields, **words, section="Opinion", language="en", note="A note"
    )
    assert answer.status_code == 303


@pytest.mark.parametrize("lane", ["ours", "theirs", "machine", "publishing", "done", "suspicious", "all"])
def test_every_lane(editor: Newsroom, url: str, lane: str, check: Callable[..., None]) -> None:
    check(editor.get(f"/desk/?lane={lane}"))
    check(editor.get(f"/desk/?lane={lane}&q=night&photos=yes&hours=3&due=week&flagged=yes&claimed=me"))


@pytest.mark.parametrize("verdict", ["accept", "reject", "request_changes", "hold", "spam"])
def test_a_decision_and_its_undoing(
    editor: Newsroom, url: str, verdict: str, run_jobs: RunJobs, check: Callable[..., None]
) -> None:
    fields = {"version": value(editor.get(url).text, "version"), "verdict": verdict}
    code = {"reject": "reject.late", "request_changes": "request_changes.sources"}.get(verdict, "")
    assert editor.post(f"{url}/decisions", **fields, code=code, message="Words").status_code == 303
    check(editor.get(url))
    check(editor.get("/desk/?lane=machine"))
    with transaction() as session:
        number = session.scalars(select(Decision.id)).one()
    answer = editor.post(f"{url}/decisions/{number}/undo")
    # The decision may have taken effect by now.
    if answer.status_code == 303:
        check(editor.get(url))
    else:
        check(answer, 409)


def test_forms_with_mistakes(editor: Newsroom, url: str, check: Callable[..., None]) -> None:
    version = value(editor.get(url).text, "version")
    wrong = {
        "decisions": {"verdict": "reject"},
        "notes": {"note": ""},
        "messages": {"letter": "x" * 5001},
        "revisions": {
            "title": "",
            "body": "",
            "tags": ",".join(map(str, range(30))),
            "section": "News",
            "language": "en",
        },
        "assignment": {"assignee": "", "priority": "normal", "due": "soon"},
        "reading-links": {"name": ""},
    }
    for place, words in wrong.items():
        answer = editor.post(f"{url}/{place}", version=version, **words)
        if answer.status_code != 404:
            check(answer, 422)


@pytest.mark.parametrize("path", ["/desk/nothing", "/account/nothing", "/desk/submissions/nothing"])
def test_errors(editor: Newsroom, path: str, check: Callable[..., None]) -> None:
    check(editor.get(path), 404)


def test_opening_unchanged_photos(
    app: Transom, admin: Newsroom, run_jobs: RunJobs, check: Callable[..., None]
) -> None:
    one = originals.holder(app, admin, "Noor Haddad", "chief")
    check(one.browser.get(originals.KEY))
    other = originals.holder(app, admin, "Liam Byrne", "editor")
    url = f"/desk/submissions/{send(Contributor(), run_jobs)}/originals"
    check(one.browser.get(url))
    for wrong in ({"reason": " "}, {"passphrase": other.passphrase, "reason": "Why"}):
        check(one.browser.post(url, **wrong), 422)
    assert one.browser.post(url, passphrase=one.passphrase, reason="Why").status_code == 303
    check(one.browser.post(url, passphrase=one.passphrase, reason="Why"), 409)
    check(other.browser.get(url))
    agreements = f"{url}/openings/1/agreements"
    assert other.browser.post(agreements, passphrase=other.passphrase).status_code == 303
    for person in (one, other):
        check(person.browser.get(url))
        readings = originals.photo_url(url, "readings")
        check(person.browser.post(readings, passphrase=person.passphrase))
    pass_minutes(15)
    check(one.browser.get(url))


def test_notes_claims_and_assignments(
    editor: Newsroom, other_editor: Newsroom, url: str, check: Callable[..., None]
) -> None:
    version = value(editor.get(url).text, "version")
    editor.post(f"{url}/claim")
    editor.post(f"{url}/notes", version=version, note="A note")
    for who in (editor, other_editor):
        check(who.get(url))
        check(who.get("/desk/"))
        check(who.get("/desk/for-you"))


def test_the_login(app: Transom, check: Callable[..., None]) -> None:
    client = app.test_client()
    check(client.get("/login"))


def test_messages_of_scripts_are_translated_too(editor: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "data-words" not in editor.get("/desk/").text
    monkeypatch.setattr(language, "current", lambda: "ru")
    found = re.search(r'data-words="([^"]*)"', editor.get("/desk/").text)
    assert found
    words = json.loads(html.unescape(found[1]))
    assert words["Next submission"] == pseudo("Next submission")
    assert words["{num} selected"]


def test_words_of_roles_are_translated() -> None:
    assert all(Pseudo().gettext(word).startswith("[!!") for word in ROLES.values())
