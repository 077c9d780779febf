import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

import pytest
from sqlalchemy import update

from intake.accounts import administration, login_links, resets
from intake.accounts.notices import tell
from intake.crypto import keyring
from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor
from intake.settings import settings
from tests.accounts.factors_of import set_up_app
from tests.cast import RunJobs
from tests.post_office import PostOffice


@pytest.fixture
def mailing(post_office: PostOffice, monkeypatch: pytest.MonkeyPatch, editor: Editor) -> Iterator[PostOffice]:
    """Settings with a mail server of the test."""
    monkeypatch.setenv("TRANSOM_SMTP_URL", f"smtp://127.0.0.1:{post_office.port}")
    settings.cache_clear()
    yield post_office
    settings.cache_clear()


@dataclass
class Mail:
    """A mail with its text as one line."""

    to: str
    text: str


def mails(office: PostOffice) -> list[Mail]:
    return [Mail(to, decoded(mail)) for to, mail in office.mails]


def decoded(mail: Message) -> str:
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().replace("\r", "")


def link_in(text: str) -> str:
    found = re.search(r"^http\S+/(?:resets|login/links)/\S+$", text, re.MULTILINE)
    assert found, text
    return urlsplit(found[0]).path.rpartition("/")[2]


def test_50_the_person_gets_a_link_to_call_a_reset_off_and_the_chiefs_get_none(
    mailing: PostOffice, run_jobs: RunJobs, editor: Editor, chief: Editor, admin: Editor
) -> None:
    set_up_app(editor.id)
    run_jobs()
    mailing.mails.clear()
    with transaction() as session:
        resets.ask(session, editor.id, admin, "factor")
    run_jobs()
    by_address = {mail.to: mail.text for mail in mails(mailing)}
    assert by_address.keys() == {editor.email, chief.email, admin.email}
    with transaction() as session:
        who, found = resets.open_by_token(session, link_in(by_address.pop(editor.email)))
        assert (who.id, len(found)) == (editor.id, 1)
    for text in by_address.values():
        assert "/resets/" not in text
        assert "of a colleague" in text
        assert editor.name not in text


def test_an_admin_is_mailed_that_a_legal_hold_waits(
    mailing: PostOffice, run_jobs: RunJobs, chief: Editor, admin: Editor
) -> None:
    with transaction() as session:
        tell(session, [admin.id], chief.id, "hold_asked", chief)
    run_jobs()
    (mail,) = mails(mailing)
    assert mail.to == admin.email
    assert mail.text.startswith("A chief editor asks for a legal hold. A second person has to confirm it.\n")
    assert "/admin/retention\n" in mail.text
    assert "safety of accounts" not in mail.text
    assert chief.name not in mail.text


def test_such_mails_come_whatever_mail_the_person_wants(
    mailing: PostOffice, run_jobs: RunJobs, editor: Editor
) -> None:
    with transaction() as session:
        session.execute(update(Editor).values(mail=False))
        tell(session, [editor.id], editor.id, "factor_added")
    run_jobs()
    (mail,) = mails(mailing)
    assert "A second factor was set up for your account." in mail.text


def test_an_account_that_is_switched_off_gets_none(
    mailing: PostOffice, run_jobs: RunJobs, editor: Editor
) -> None:
    with transaction() as session:
        tell(session, [editor.id], editor.id, "factor_added")
        session.execute(update(Editor).values(active=False))
    run_jobs()
    assert mailing.mails == []


def test_a_person_is_told_by_mail_that_the_account_is_switched_off_and_not_that_it_is_deleted(
    mailing: PostOffice, run_jobs: RunJobs, editor: Editor, chief: Editor, admin: Editor
) -> None:
    with transaction() as session:
        administration.switch_off(session, editor.id, admin)
    run_jobs()
    assert {mail.to: mail.text.splitlines()[0] for mail in mails(mailing)} == {
        editor.email: "Your account was switched off. You are logged out, and your API tokens are ended.",
        chief.email: "The account of a colleague was switched off.",
    }
    mailing.mails.clear()
    with transaction() as session:
        administration.delete_account(session, editor.id, admin)
    run_jobs()
    assert [mail.to for mail in mails(mailing)] == [chief.email]


def test_51_a_link_for_the_login_is_mailed(mailing: PostOffice, run_jobs: RunJobs, editor: Editor) -> None:
    with transaction() as session:
        session.get_one(Editor, editor.id).password = "hash"
        login_links.ask_link(session, f" {editor.email.upper()} ")
        login_links.ask_link(session, "nobody@transom.example")
    run_jobs()
    (mail,) = mails(mailing)
    assert "valid for 30 minutes" in mail.text
    with transaction() as session:
        assert login_links.address_of_link(session, link_in(mail.text)) == editor.email
    with pytest.raises(NotFound), transaction() as session:
        login_links.address_of_link(session, "x")


def test_at_most_three_links_in_half_an_hour(mailing: PostOffice, run_jobs: RunJobs, editor: Editor) -> None:
    with transaction() as session:
        session.get_one(Editor, editor.id).password = "hash"
    for _ in range(5):
        with transaction() as session:
            login_links.ask_link(session, editor.email)
    run_jobs()
    assert len(mailing.mails) == 3


def test_the_worker_that_mails_needs_no_key(
    mailing: PostOffice, run_jobs: RunJobs, editor: Editor, admin: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up_app(editor.id)
    with transaction() as session:
        session.get_one(Editor, editor.id).password = "hash"
        resets.ask(session, editor.id, admin, "factor")
        login_links.ask_link(session, editor.email)
    monkeypatch.setattr(type(keyring()), "subkey", None)
    run_jobs()
    assert sum("/resets/" in mail.text or "/login/links/" in mail.text for mail in mails(mailing)) == 2


def test_without_a_mail_server_nothing_fails(run_jobs: RunJobs, editor: Editor) -> None:
    with transaction() as session:
        tell(session, [editor.id], editor.id, "factor_added")
    assert "notify.account" in run_jobs()
