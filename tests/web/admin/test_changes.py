"""Page of the changes to accounts, settings, queues and workers."""

import html
import re
from typing import Any

import pytest
from sqlalchemy import func, select

from intake.accounts import administration
from intake.audit import changes
from intake.audit.changes import KINDS, PAGE, ChangePage
from intake.db import transaction
from intake.jobs import queues
from intake.models import Editor, record
from intake.web.admin.changes import KIND_LABELS
from tests.web.people import Newsroom

EXAMPLES: dict[str, tuple[dict[str, Any], str]] = {
    "account.created": ({"roles": ["editor", "chief"]}, "Account created / Editor, Chief editor"),
    "account.renamed": ({}, "Name changed / "),
    "account.roles_changed": ({"roles": []}, "Roles changed / No role"),
    "account.limits_changed": (
        {"sections": ["News"], "languages": ["kk"], "reads_contact": True},
        "Limits changed / Sections: News. Languages: Қазақша. May read contact details",
    ),
    "account.switched_off": ({}, "Account switched off / "),
    "account.switched_on": ({}, "Account switched on / "),
    "account.deleted": ({}, "Account deleted / "),
    "account.password_changed": ({"tokens_ended": True}, "Password changed / "),
    "account.sessions_ended": ({}, "Sessions ended / "),
    "factor.added": ({"kind": "app"}, "Second factor set up: authenticator app / "),
    "factor.removed": ({"kind": "passkey"}, "Second factor removed: passkey / "),
    "codes.made": ({}, "Recovery codes created / "),
    "code.used": ({"left": 7}, "Recovery code used, 7 left / "),
    "openid.linked": ({}, "Account linked to the OpenID provider / "),
    "openid.unlinked": ({}, "Link to the OpenID provider removed / "),
    "reset.asked": ({"kind": "factor"}, "Reset asked for: second factor / "),
    "reset.agreed": ({"kind": "factor"}, "A second admin agreed to a reset: second factor / "),
    "reset.called_off": ({"kind": "password"}, "Reset called off: password / "),
    "reset.done": ({"kind": "password"}, "Reset done: password / "),
    "share.named": ({}, "Named for opening unchanged photos / "),
    "share.removed": ({}, "No longer named for opening unchanged photos / "),
    "share.key_made": ({}, "Key for opening unchanged photos made / "),
    "token.created": (
        {"token": 1, "scopes": ["feed"]},
        "API token created / Read the feed of accepted submissions",
    ),
    "token.revoked": ({"token": 1}, "API token revoked / "),
    "settings.changed": ({"version": 2}, "Settings changed / "),
    "magazine_text.changed": (
        {"text": "consent", "language": "uk", "version": 1},
        "Text of the contributor’s pages changed / Consent, Українська",
    ),
    "phrases.changed": ({"version": 2}, "List of spam phrases changed / "),
    "queue.paused": ({"queue": "photos", "reason": "Disk <full>"}, "Queue photos paused / Disk <full>"),
    "queue.resumed": ({"queue": "photos"}, "Queue photos resumed / "),
    "jobs.retried": ({"jobs": [1], "count": 1, "reason": "Disk"}, "1 job retried together / Disk"),
    "jobs.discarded": (
        {"jobs": [1, 2], "count": 1200, "reason": "Old"},
        "1,200 jobs discarded together / Old",
    ),
    "keys.rotated": (
        {"key": "ab12", "submissions": 3, "failed": 1},
        "Keys rotated / New pair ab12. Keys of 3 submissions wrapped anew. Those of 1 submission did not open.",
    ),
    "keys.destroyed": ({"keys": ["ab12", "cd34"]}, "Older private keys destroyed / ab12, cd34"),
    "search_keys.rotated": ({"submissions": 1}, "Search keys rotated / 1 submission indexed anew"),
    "backup.made": ({"made": "2026-11-27 03:00", "encrypted": True}, "Backup made / Encrypted"),
    "backup.deleted": ({"made": "2026-11-27 03:00"}, "Backup deleted / Made on 2026-11-27 03:00 UTC"),
    "backup.restored": (
        {"made": "2026-11-27 03:00", "deleted": 2},
        "Restored from a backup / As of 2026-11-27 03:00 UTC. 2 submissions deleted again",
    ),
    "worker.stop_asked": (
        {"worker": "host:1", "reason": "Slow"},
        "Worker host:1 asked to stop after its jobs / Slow",
    ),
    "schedule.run_asked": (
        {"kind": "notify.digest", "reason": "Late"},
        "Immediate run of notify.digest requested / Late",
    ),
}
"""Event → its data, and the sentence and the details on the page."""


DETAILS = 'p class="system-change__details" dir="auto"'


def items(page: str) -> list[str]:
    """Return sentence and details of each item of the page."""
    found = re.findall(r'<li class="system-change">.*?</li>', page, re.DOTALL)
    return [f"{_words(one, 'strong')} / {_words(one, DETAILS)}" for one in found]


def _words(item: str, tag: str) -> str:
    found = re.search(rf"<{tag}>(.*?)</{tag.split()[0]}>", item, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def test_each_event_has_its_words(admin: Newsroom, editor: Newsroom) -> None:
    assert EXAMPLES.keys() == set(sum(KINDS.values(), ()))
    assert KIND_LABELS.keys() == KINDS.keys()
    for event, (data, words) in EXAMPLES.items():
        with transaction() as session:
            record(session, event, **data)
        assert items(admin.get("/admin/changes").text)[0] == words


def test_a_day_a_person_and_the_one_who_did_it(admin: Newsroom, editor: Newsroom) -> None:
    with transaction() as session:
        person = session.scalars(select(Editor).where(Editor.name == "Asel Nurbekova")).one()
        boss = session.scalars(select(Editor).where(Editor.roles.any(name="admin"))).one()
        administration.switch_off(session, person.id, boss)
        today = session.scalars(select(func.now())).one().date()
    page = admin.get(f"/admin/changes?person={person.id}&kind=accounts").text
    assert items(page)[0] == "Account switched off / "
    assert f'<time datetime="{today.isoformat()}">' in page
    assert f'<a href="/admin/people/{person.id}"><bdi>Asel Nurbekova</bdi></a>' in page
    assert f"by <bdi>{boss.name}</bdi>" in page
    assert f'<option selected value="{person.id}">Asel Nurbekova</option>' in page
    assert "No changes match this filter" in admin.get(f"/admin/changes?person={person.id}&kind=queues").text
    with transaction() as session:
        queues.pause(session, "photos", "Disk")
    page = admin.get("/admin/changes?kind=queues").text
    assert "by a command on the server" in page
    assert 'href="/admin/settings/history"' in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"way": "setup"}, "with the setup link"),
        ({"way": "command"}, "by a command on the server"),
        ({"roles": ["admin", "chief"]}, "with the setup link or by a command on the server"),
        ({"roles": ["editor"]}, "by a command on the server"),
    ],
)
def test_how_an_account_was_made_without_an_admin(admin: Newsroom, data: dict[str, Any], said: str) -> None:
    with transaction() as session:
        boss = session.scalars(select(Editor)).one()
        record(session, "account.created", actor=boss, account=boss.id, **({"roles": ["admin"]} | data))
    newest = admin.get("/admin/changes").text.split('<li class="system-change">')[1]
    assert f'<p class="system-change__actor">{said}</p>' in newest


@pytest.mark.parametrize(
    "words", ["person=x&kind=y", "person=999999", "after=x", f"after={2**70}", "kind=%00"]
)
def test_a_filter_that_is_not_offered_is_none(admin: Newsroom, words: str) -> None:
    page = admin.get(f"/admin/changes?{words}")
    assert page.status_code == 200
    assert items(page.text)


def test_older_changes_keep_the_filter(admin: Newsroom) -> None:
    with transaction() as session:
        for number in range(PAGE + 1):
            record(session, "queue.resumed", queue=f"q{number}")
    page = admin.get("/admin/changes?kind=queues").text
    assert len(items(page)) == PAGE
    older = re.findall(r'rel="next" href="([^"]+)"', page)
    assert len(older) == 1
    page = admin.get(html.unescape(older[0])).text
    assert items(page) == ["Queue q0 resumed / "]
    assert 'href="/admin/changes?kind=queues">Back to the newest' in page
    assert "No older changes" in admin.get("/admin/changes?after=1").text


def test_nothing_yet(admin: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No changes match this filter" in admin.get("/admin/changes?kind=settings").text
    # Replaced, because the list is never empty: the creation of the admin's account is a change, too.
    monkeypatch.setattr(changes, "change_page", lambda *_: ChangePage([], None))
    assert "Nothing was changed yet" in admin.get("/admin/changes").text


def test_admins_and_chief_editors_find_the_page(admin: Newsroom, chief: Newsroom, editor: Newsroom) -> None:
    assert 'href="/admin/changes"' in admin.get("/admin/").text
    assert 'href="/admin/changes?kind=accounts"' in admin.get("/admin/people").text
    for path in ("/desk/me", "/desk/chain"):
        assert 'href="/admin/changes"' in chief.get(path).text
    page = chief.get("/admin/changes").text
    assert items(page)
    # Only admins can open the pages of accounts, so a chief editor's page has no links to them.
    assert 'href="/admin/people/' not in page
    assert editor.get("/admin/changes").status_code == 403
    assert 'href="/admin/changes"' not in editor.get("/desk/me").text
