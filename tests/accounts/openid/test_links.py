"""Links of accounts to people at the OpenID provider."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask_security import verify_password
from sqlalchemy import select

from intake.accounts import administration
from intake.accounts.openid import links
from intake.accounts.openid.id_token import ProvedIdentity
from intake.accounts.openid.links import LinkedToOther
from intake.db import transaction
from intake.models import Editor, OpenIDLink
from intake.settings import Settings, settings
from intake.web import create_app
from tests.cast import join
from tests.cli.commands import sentence, transom

ASEL = ProvedIdentity("https://login.example.org", "248289761001", None, False)


def link(editor_id: int, identity: ProvedIdentity = ASEL, *, is_passwordless: bool = False) -> None:
    with transaction() as session:
        links.link(session, session.get_one(Editor, editor_id), identity, is_passwordless=is_passwordless)


def owner(identity: ProvedIdentity = ASEL) -> int | None:
    with transaction() as session:
        return links.owner(session, identity)


def test_the_database_does_not_tell_who_it_is(app_settings: Settings) -> None:
    link(join("Asel", "editor").id)
    with transaction() as session:
        row = session.scalars(select(OpenIDLink)).one()
        assert ASEL.subject.encode() not in row.subject_hash
        assert row.issuer == ASEL.issuer


def test_another_link_replaces_the_first(app_settings: Settings) -> None:
    asel = join("Asel", "editor").id
    link(asel, is_passwordless=True)
    other = ProvedIdentity(ASEL.issuer, "other", None, False)
    link(asel, other)
    assert (owner(), owner(other)) == (None, asel)
    with transaction() as session:
        found = links.link_of(session, asel)
    assert found is not None
    assert found.is_passwordless


def test_of_two_accounts_at_the_same_time_one_is_linked(app_settings: Settings) -> None:
    people = [join(name, "editor").id for name in ("Asel", "Berik")]

    def attempt(editor_id: int) -> bool:
        try:
            link(editor_id)
        except LinkedToOther:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, people)) == [False, True]


def test_a_deleted_account_has_no_link(app_settings: Settings) -> None:
    asel, admin = join("Asel", "editor"), join("Zhanna", "admin")
    link(asel.id)
    with transaction() as session:
        administration.delete_account(session, asel.id, session.get_one(Editor, admin.id))
    assert owner() is None


@pytest.mark.parametrize("typed", ["", "correct horse battery"])
def test_nobody_knows_an_unknown_password(app_settings: Settings, typed: str) -> None:
    with create_app(app_settings).app_context():
        assert not verify_password(typed, links.unknown_password())
    assert links.unknown_password() != links.unknown_password()


def test_the_command_lists_and_removes_links(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    asel = join("Asel", "editor")
    assert sentence(transom("user", "unlink", asel.email)) == "Asel has no link to an OpenID provider."
    link(asel.id)
    assert "linked to an earlier provider" in transom("user", "list").stdout
    monkeypatch.setenv("TRANSOM_OIDC_ISSUER", ASEL.issuer)
    monkeypatch.setenv("TRANSOM_OIDC_CLIENT_ID", "transom")
    settings.cache_clear()
    assert "logs in with single sign-on" in transom("user", "list").stdout
    assert transom("user", "unlink", asel.email).exit_code == 0
    assert "logs in with" not in transom("user", "list").stdout
    link(asel.id, is_passwordless=True)
    refused = transom("user", "unlink", asel.email)
    assert refused.exit_code == 1
    assert f"transom user reset-password {asel.email}" in refused.output
    assert owner() == asel.id
